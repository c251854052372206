"""Der Feed: a feed of short clips that learns from hesitation, seen from both sides."""

from content.labs.base import Lab

LAB = Lab(name="derfeed", minutes=15, settings=("schule", "erwachsene"))
