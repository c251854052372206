"""Passwort-Werkstatt: what falls first, what lasts, and why one leak topples eight."""

from content.labs.base import Lab

LAB = Lab(
    name="passwortwerkstatt",
    minutes=15,
    settings=("schule", "verwaltung", "erwachsene"),
)
