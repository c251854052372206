"""What changed in a course, by month: the log that a renewal is told from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

#: A month as packages and editors write it.
MONTH = r"^[0-9]{4}-(0[1-9]|1[0-2])$"


@dataclass(frozen=True)
class Change:
    """What changed in a month, which is given by its first day."""

    month: date
    text: str


def changes_of(stored: Iterable[Mapping[str, Any]]) -> tuple[Change, ...]:
    """Return stored changes, the newest month first, within a month as written."""
    found = [
        Change(date.fromisoformat(f"{each['month']}-01"), each["text"])
        for each in stored
    ]
    return tuple(sorted(found, key=lambda change: change.month, reverse=True))


def changes_since(changes: Iterable[Change], month: date) -> tuple[Change, ...]:
    """Return what changed in a month or later.

    The month itself counts: who took the course early in it may have missed the change.
    """
    first = month.replace(day=1)
    return tuple(change for change in changes if change.month >= first)
