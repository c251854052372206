"""Competence frameworks as data: DigComp, Medienkompetenzrahmen NRW, KMK."""

from .loader import Competence, Framework, choices, competence, framework, frameworks

__all__ = [
    "Competence",
    "Framework",
    "choices",
    "competence",
    "framework",
    "frameworks",
]
