"""Who is done with what, on a day: the only figures an employer gets. Pure.

A state of the past is told for the last day of a month, because no days are kept.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, NamedTuple
from uuid import UUID

from .spelling import plain

#: The end of evidence that has none; a day that another can be counted back from.
FOREVER: Final = date(9999, 1, 1)


class Status(StrEnum):
    """How somebody stands to an assigned course."""

    OPEN = "open"
    DONE = "done"
    DEFERRED = "deferred"


class Held(NamedTuple):
    """An assignment somebody holds (or held) from a month, maybe until another."""

    employee: UUID
    unit: UUID
    name: str
    reference: str
    since: date
    until: date | None
    is_deferred: bool


class Proved(NamedTuple):
    """Evidence of somebody: when, of which version, until when it holds.

    ``noted`` is the month in which it was written: no earlier state knew it.
    """

    employee: UUID
    month: date
    valid_until: date | None
    version: str
    noted: date


class State(NamedTuple):
    """One line of a list: a name, and what an employer may know of it.

    ``ended`` is the last day of the newest evidence where it has run out: then nothing
    else of it is told. ``employee`` is shown nowhere: by it is noted whose line was
    read. None for invented people.
    """

    unit: UUID
    name: str
    status: Status
    month: date | None = None
    valid_until: date | None = None
    version: str = ""
    ended: date | None = None
    employee: UUID | None = None


def month_at(day: date, months: int = 0) -> date:
    """Return the first day of the month so many after that of a day; before: < 0."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def last_day(day: date, months: int = 0) -> date:
    """Return the last day of the month so many after that of a day; before: < 0."""
    return month_at(day, months + 1) - timedelta(days=1)


def latest_ends(rows: Iterable[tuple[UUID, date | None]]) -> dict[UUID, date]:
    """Return the last day for which any evidence of each holds or held.

    ``rows`` are pairs of a person, or a course, and the last valid day (None: no end).
    A day beyond ``FOREVER``, as offices write "without end", counts as none.
    """
    ends: dict[UUID, date] = {}
    for key, end in rows:
        ends[key] = max(ends.get(key, date.min), min(end or FOREVER, FOREVER))
    return ends


def due_now(first_due: date, end: date | None, today: date, *, is_yearly: bool) -> date:
    """Return by when training is to be proved next, or was to be.

    ``end`` is the last day for which evidence holds or held, ``FOREVER`` where it has
    no end, None where there is none. Rolling training is due on that day. Yearly
    training is due each year on the day of ``first_due`` (29 February: on the 28th),
    so that nobody is late on New Year's Day. A year that was missed cannot be made up
    for: whoever has no evidence of this one is due on its day.
    """
    if end == FOREVER or not is_yearly:
        return max(first_due, end or first_due)
    last_year = date(today.year - 1, 12, 31)
    covered = max(end or last_year, last_year)
    due = _same_day(first_due, covered.year)
    return max(
        first_due, due if due > covered else _same_day(first_due, covered.year + 1)
    )


def _same_day(day: date, year: int) -> date:
    if (day.month, day.day) == (2, 29):
        return date(year, 2, 28)
    return day.replace(year=year)


def states_on(
    day: date,
    held: Iterable[Held],
    proved: Iterable[Proved],
    *,
    ends_from: date = date.min,
) -> list[State]:
    """Return the state of everybody who is assigned on a day, sorted by name.

    The newest evidence that holds on the day counts. Who is deferred and done is done.
    Of evidence that had run out by then the latest end is told with those who are open,
    unless it is before ``ends_from``.
    Namesakes within a unit are told apart by what the list calls them.
    """
    newest: dict[UUID, Proved] = {}
    ended: dict[UUID, date] = {}
    for each in proved:
        if max(each.month, each.noted) > day:
            continue
        if each.valid_until and each.valid_until < day:
            last = ended.get(each.employee, date.min)
            if each.valid_until >= ends_from:
                ended[each.employee] = max(last, each.valid_until)
            continue
        known = newest.get(each.employee)
        if known is None or each.month > known.month:
            newest[each.employee] = each
    there = [
        each
        for each in held
        if each.since <= day and (each.until is None or each.until > day)
    ]
    found = [_state(each, newest, ended) for each in _told_apart(there)]
    return sorted(found, key=lambda state: (plain(state.name), state.name))


def _told_apart(held: Iterable[Held]) -> list[Held]:
    people = list(held)
    numbers = Counter((each.unit, each.name.casefold()) for each in people)
    return [
        each._replace(name=f"{each.name} ({each.reference})")
        if numbers[each.unit, each.name.casefold()] > 1
        else each
        for each in people
    ]


def _state(
    held: Held, newest: Mapping[UUID, Proved], ended: Mapping[UUID, date]
) -> State:
    proof = newest.get(held.employee)
    if proof is not None:
        return State(
            held.unit,
            held.name,
            Status.DONE,
            proof.month,
            proof.valid_until,
            proof.version,
            employee=held.employee,
        )
    if held.is_deferred:
        return State(held.unit, held.name, Status.DEFERRED, employee=held.employee)
    return State(
        held.unit,
        held.name,
        Status.OPEN,
        ended=ended.get(held.employee),
        employee=held.employee,
    )


class Sums(NamedTuple):
    """How many of some people are done, open, deferred."""

    done: int = 0
    open: int = 0
    deferred: int = 0

    @classmethod
    def of(cls, numbers: Mapping[Status, int]) -> "Sums":
        """Return the sums of how many are in each state; 0 may be left out."""
        return cls(*(numbers.get(status, 0) for status in _IN_ORDER))

    @property
    def all(self) -> int:
        """Everybody."""
        return sum(self)


#: The fields of :class:`Sums`.
_IN_ORDER: Final = (Status.DONE, Status.OPEN, Status.DEFERRED)


def numbers_by_unit(states: Iterable[State]) -> dict[UUID, Counter[Status]]:
    """Return how many are in each state in each unit itself, without those below it."""
    found: dict[UUID, Counter[Status]] = defaultdict(Counter)
    for (unit, status), number in Counter((s.unit, s.status) for s in states).items():
        found[unit][status] = number
    return found


def sums_by_unit(
    numbers: Mapping[UUID, Counter[Status]],
    ways_up: Mapping[UUID, tuple[UUID, ...]],
) -> dict[UUID, Sums]:
    """Return the sums of each unit with all units below it, of those with anybody.

    ``numbers`` are those of :func:`numbers_by_unit`. ``ways_up`` names, for each unit,
    itself and all units above.
    """
    found: dict[UUID, Counter[Status]] = defaultdict(Counter)
    for unit, of_unit in numbers.items():
        for there in ways_up[unit]:
            found[there].update(of_unit)
    return {unit: Sums.of(number) for unit, number in found.items()}
