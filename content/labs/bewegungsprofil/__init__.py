"""Bewegungsprofil: one week of a phone without a name, and what it tells."""

from content.labs.base import Lab

LAB = Lab(name="bewegungsprofil", minutes=15, settings=("schule", "erwachsene"))
