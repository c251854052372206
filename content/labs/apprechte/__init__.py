"""The lab about a phone whose apps ask for permissions."""

from content.labs.base import Lab

LAB = Lab(
    name="apprechte",
    minutes=15,
    settings=("schule", "verwaltung", "erwachsene"),
)
