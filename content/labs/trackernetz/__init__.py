"""The lab in which a day on six sites becomes a profile."""

from content.labs.base import Lab

LAB = Lab(
    name="trackernetz",
    minutes=15,
    settings=("schule", "verwaltung", "erwachsene"),
)
