"""The lab about what a browser reveals without being asked."""

from content.labs.base import Lab

LAB = Lab(
    name="browserspiegel",
    minutes=12,
    settings=("schule", "verwaltung", "erwachsene"),
)
