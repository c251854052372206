"""The lab about a chat companion that is friendly and asks."""

from content.labs.base import Lab

LAB = Lab(name="chatfreund", minutes=12, settings=("schule", "erwachsene"))
