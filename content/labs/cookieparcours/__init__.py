"""Cookie-Parcours: eight consent banners, one task: refuse everything."""

from content.labs.base import Lab

LAB = Lab(name="cookieparcours", minutes=15, settings=("schule", "erwachsene"))
