"""What a new list changes in the old one, told before anything is written.

Pure: lists of people in, a plan out. The same two lists give the same plan, so that a
plan can be shown, confirmed, and made again to see whether it still holds.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from .lists import Line
from .spelling import plain

#: A list from which so many are gone at once is probably the wrong list.
MOST_GONE: Final = 5
MOST_GONE_SHARE: Final = 0.2


@dataclass(frozen=True)
class Entry:
    """Somebody on the list we have; who has left may come back.

    ``left_lately``: this month, so what they were to take would hold again.
    """

    line: Line
    has_left: bool = False
    left_lately: bool = False


@dataclass(frozen=True)
class Change:
    """Somebody whose line is another now.

    ``resumes``: who comes back holds again what they were to take.
    """

    before: Line
    after: Line
    resumes: bool = False

    @property
    def is_move(self) -> bool:
        """Whether they work in another unit now."""
        return self.before.unit != self.after.unit

    @property
    def is_other_name(self) -> bool:
        """Whether they are called otherwise: perhaps it is another person."""
        return plain(self.before.name) != plain(self.after.name)


@dataclass(frozen=True)
class Plan:
    """What becomes of everybody: each person stands in exactly one of these."""

    new: tuple[Line, ...]
    back: tuple[Change, ...]
    moved: tuple[Change, ...]
    renamed: tuple[Change, ...]
    gone: tuple[Line, ...]
    unchanged: tuple[Line, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return not (self.new or self.back or self.moved or self.renamed or self.gone)

    @property
    def renamed_back(self) -> list[Change]:
        """Who comes back under another name: their number may be issued anew."""
        return [each for each in self.back if each.is_other_name]

    @property
    def resuming(self) -> list[Change]:
        """Who comes back and holds again what they were to take."""
        return [each for each in self.back if each.resumes]

    @property
    def has_idle(self) -> bool:
        """Whether somebody new or back has nothing to take."""
        return bool(self.new) or len(self.resuming) < len(self.back)

    @property
    def removes_many(self) -> bool:
        """Whether so many are gone that it has to be confirmed by their number."""
        present = len(self.gone) + len(self.moved) + len(self.renamed)
        present += len(self.unchanged)
        gone = len(self.gone)
        return gone > MOST_GONE and gone > present * MOST_GONE_SHARE

    @property
    def digest(self) -> str:
        """Return what is the same for the same plan and for no other."""
        return hashlib.sha256(repr(self).encode()).hexdigest()


def reconcile(lines: Iterable[Line], entries: Mapping[str, Entry]) -> Plan:
    """Compare a list with what is there, by reference (case does not matter).

    ``entries`` are keyed by casefolded reference.
    """
    new: list[Line] = []
    unchanged: list[Line] = []
    back: list[Change] = []
    moved: list[Change] = []
    renamed: list[Change] = []
    wanted = {line.reference.casefold(): line for line in lines}
    for key, line in wanted.items():
        entry = entries.get(key)
        if entry is None:
            new.append(line)
        elif entry.has_left:
            back.append(Change(entry.line, line, resumes=entry.left_lately))
        elif entry.line == line:
            unchanged.append(line)
        else:
            change = Change(entry.line, line)
            (moved if change.is_move else renamed).append(change)
    gone = [
        entry.line
        for key, entry in entries.items()
        if key not in wanted and not entry.has_left
    ]
    return Plan(
        new=_sorted(new),
        back=tuple(sorted(back, key=lambda each: plain(each.after.name))),
        moved=tuple(sorted(moved, key=lambda each: plain(each.after.name))),
        renamed=tuple(sorted(renamed, key=lambda each: plain(each.after.name))),
        gone=_sorted(gone),
        unchanged=_sorted(unchanged),
    )


def shared_addresses(lines: Iterable[Line]) -> dict[str, list[Line]]:
    """Return the addresses that several people of a list have, with these people.

    Offices share mailboxes, so that is no mistake; but whoever reads one can open the
    invitation of each of them.
    """
    people: dict[str, list[Line]] = {}
    for line in lines:
        if line.email:
            people.setdefault(line.email, []).append(line)
    shared = sorted((mail, who) for mail, who in people.items() if len(who) > 1)
    return {mail: list(_sorted(who)) for mail, who in shared}


def _sorted(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(sorted(lines, key=lambda line: (plain(line.name), line.reference)))
