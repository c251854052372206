"""Foto-Detektiv: what stands on the back of a photo, and how to wipe it."""

from content.labs.base import Lab

LAB = Lab(
    name="fotodetektiv",
    minutes=15,
    settings=("schule", "verwaltung", "erwachsene"),
)
