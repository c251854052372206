"""Wiedererkannt: a table without names, and how few columns find one person in it."""

from content.labs.base import Lab

LAB = Lab(name="wiedererkannt", minutes=15, settings=("schule", "verwaltung"))
