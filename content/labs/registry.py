"""The labs that exist: one per folder beside this file."""

from content import labs
from content.plugins import scan

from .base import Lab


def all_labs() -> tuple[Lab, ...]:
    """Return every lab, sorted by name."""
    return scan(labs, "LAB")


def find(name: str) -> Lab | None:
    """Return the lab of this name, if its folder exists."""
    return next((lab for lab in all_labs() if lab.name == name), None)


def choices() -> list[tuple[str, str]]:
    """Return the choices of the lab block; a new folder is no migration."""
    return [(lab.name, str(lab.title)) for lab in all_labs()]
