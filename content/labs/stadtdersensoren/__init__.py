"""The lab in which a town decides what its sensors may see."""

from content.labs.base import Lab

LAB = Lab(
    name="stadtdersensoren",
    minutes=20,
    settings=("schule", "verwaltung", "erwachsene"),
)
