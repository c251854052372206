"""Auskunft-Werkstatt: ask what is stored, check the answer, write the own letter."""

from content.labs.base import Lab

LAB = Lab(
    name="auskunftwerkstatt",
    minutes=15,
    settings=("schule", "verwaltung", "erwachsene"),
)
