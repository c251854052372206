"""The labs that exist: one per folder beside this file."""

from functools import lru_cache
from pathlib import Path

from django.utils.translation import get_language

from content import labs
from content.plugins import scan

from .base import Lab
from .words import LabInWords, in_words


def all_labs() -> tuple[Lab, ...]:
    """Return every lab, sorted by name."""
    return scan(labs, "LAB")


def shelf() -> list[LabInWords]:
    """Return every lab in the reader's words, sorted by title."""
    return sorted(map(worded, all_labs()), key=lambda each: each.words["title"])


def find(name: str) -> LabInWords | None:
    """Return the lab of this name in the reader's words, if its folder exists."""
    return next((worded(lab) for lab in all_labs() if lab.name == name), None)


def choices() -> list[tuple[str, str]]:
    """Return the choices of the lab block; a new folder is no migration."""
    return list(_choices(all_labs(), get_language()))


@lru_cache(maxsize=16)
def _choices(labs: tuple[Lab, ...], language: str) -> tuple[tuple[str, str], ...]:
    # Asked for whenever a lab block is made or checked, hundreds of times in an import.
    return tuple((each.lab.name, each.words["title"]) for each in shelf())


def worded(lab: Lab) -> LabInWords:
    """Return a lab in the reader's words."""
    return in_words(lab, folder_of(lab))


def folder_of(lab: Lab) -> Path:
    """Return the folder of a lab."""
    roots = (Path(root) for root in labs.__path__)
    return next(root / lab.name for root in roots if (root / lab.name).is_dir())
