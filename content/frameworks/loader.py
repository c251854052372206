"""Reads the frameworks from the YAML files beside this module, once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
#: The order in which pages show them.
NAMES = ("mkr", "kmk", "digcomp")


@dataclass(frozen=True)
class Competence:
    """One competence. ``original`` is its official wording where ours is translated."""

    framework: str
    code: str
    title: str
    area: str
    description: str = ""
    original: str = ""

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


@dataclass(frozen=True)
class Framework:
    """A framework with its competences by code; ``note`` must be shown with it."""

    name: str
    title: str
    version: str
    publisher: str
    source: str
    licence: str
    note: str
    competences: Mapping[str, Competence]

    def __str__(self) -> str:
        return self.title


@cache
def frameworks() -> tuple[Framework, ...]:
    """Return all frameworks in the order in which pages show them."""
    return tuple(_read(name) for name in NAMES)


def framework(name: str) -> Framework:
    """Return a framework, or raise KeyError."""
    return {found.name: found for found in frameworks()}[name]


def competence(framework_name: str, code: str) -> Competence:
    """Return one competence, or raise KeyError."""
    return framework(framework_name).competences[code]


def choices(framework_name: str) -> list[tuple[str, str]]:
    """Return (code, code and title) for every competence of a framework."""
    found = framework(framework_name).competences.values()
    return [(competence.code, str(competence)) for competence in found]


def _read(name: str) -> Framework:
    text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    areas = {area["code"]: area["title"] for area in data.pop("areas")}
    rows = data.pop("competences")
    competences = {
        row["code"]: Competence(
            framework=name, area=areas[row["code"].partition(".")[0]], **row
        )
        for row in rows
    }
    return Framework(competences=competences, **data)
