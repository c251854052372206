"""Phishing-Postfach: twelve messages, half of them genuine, three ways to decide."""

from content.labs.base import Lab

LAB = Lab(
    name="phishingpostfach",
    minutes=15,
    settings=("schule", "verwaltung", "erwachsene"),
)
