"""Who is done on a day: by table."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.training.states import (
    FOREVER,
    Held,
    Proved,
    State,
    Status,
    Sums,
    last_day,
    next_due,
    states_on,
    sums_by_unit,
)

KIM, UNIT = uuid4(), uuid4()
DAY = date(2026, 12, 31)


def held(
    since: date = date(2026, 1, 1),
    until: date | None = None,
    *,
    deferred: bool = False,
    who: UUID = KIM,
    name: str = "Kim",
) -> Held:
    return Held(who, UNIT, name, since, until, deferred)


def proved(
    month: date,
    until: date | None = None,
    version: str = "2026-11-01",
    noted: date | None = None,
) -> Proved:
    return Proved(KIM, month, until, version, noted or month)


@pytest.mark.parametrize(
    ("holding", "proofs", "status"),
    [
        (held(), [], Status.OPEN),
        (held(deferred=True), [], Status.DEFERRED),
        (held(), [proved(date(2026, 3, 1))], Status.DONE),
        (held(deferred=True), [proved(date(2026, 3, 1))], Status.DONE),
        (held(), [proved(date(2025, 3, 1), date(2026, 3, 31))], Status.OPEN),
        (held(), [proved(date(2025, 12, 1), DAY)], Status.DONE),
        (held(), [proved(date(2027, 1, 1))], Status.OPEN),
        (held(), [proved(date(2026, 3, 1), noted=date(2027, 1, 1))], Status.OPEN),
        (held(), [proved(date(2026, 3, 1), noted=date(2026, 12, 1))], Status.DONE),
    ],
)
def test_the_state_of_somebody(
    holding: Held, proofs: list[Proved], status: Status
) -> None:
    [state] = states_on(DAY, [holding], proofs)
    assert state.status == status


def test_the_newest_evidence_that_holds_is_told() -> None:
    old = proved(date(2025, 12, 1), date(2026, 12, 31), "2025-10-01")
    new = proved(date(2026, 11, 1), date(2027, 11, 30), "2026-11-01")
    [now] = states_on(DAY, [held()], [new, old])
    assert (now.month, now.version) == (date(2026, 11, 1), "2026-11-01")
    # A renewal keeps the old evidence: the state of last spring is told as it was.
    [then] = states_on(date(2026, 4, 30), [held()], [new, old])
    assert (then.month, then.version) == (date(2025, 12, 1), "2025-10-01")


@pytest.mark.parametrize(
    ("since", "until", "is_there"),
    [
        (date(2026, 12, 1), None, True),
        (date(2027, 1, 1), None, False),
        (date(2026, 1, 1), date(2026, 12, 1), False),
        (date(2026, 1, 1), date(2027, 1, 1), True),
    ],
)
def test_only_who_was_assigned_then_is_told_of(
    since: date, until: date | None, is_there: bool
) -> None:
    assert bool(states_on(DAY, [held(since, until)], [])) is is_there


def test_people_are_sorted_by_name_alone() -> None:
    people = [held(who=uuid4(), name=name) for name in ("lou", "Kim", "Ada")]
    names = [state.name for state in states_on(DAY, people, [])]
    assert names == ["Ada", "Kim", "lou"]


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2026, 12, 5), date(2026, 12, 31)),
        (date(2028, 2, 1), date(2028, 2, 29)),
        (date(2026, 4, 30), date(2026, 4, 30)),
    ],
)
def test_the_last_day_of_a_month(day: date, last: date) -> None:
    assert last_day(day) == last


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(Status))))
def test_a_unit_counts_everybody_below_it_once(
    people: list[tuple[int, Status]],
) -> None:
    chain = [uuid4() for _unit in range(4)]  # each below the one before
    ways = {chain[n]: tuple(chain[: n + 1]) for n in range(4)}
    states = [State(chain[n], "", status) for n, status in people]
    sums = sums_by_unit(states, ways)
    for n, unit in enumerate(chain):
        below = [status for at, status in people if at >= n]
        expected = Sums(
            below.count(Status.DONE),
            below.count(Status.OPEN),
            below.count(Status.DEFERRED),
        )
        assert sums.get(unit, Sums()) == expected


FIRST = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("end", "is_yearly", "due"),
    [
        (None, False, FIRST),
        (None, True, FIRST),
        (date(2027, 2, 28), False, date(2027, 2, 28)),
        (date(2025, 12, 31), False, FIRST),  # older than the assignment
        (date(2026, 12, 31), True, date(2027, 3, 31)),
        (date(2029, 12, 31), True, date(2030, 3, 31)),
        (date(2027, 1, 31), True, date(2027, 3, 31)),  # recognised, ends when it ends
        (FOREVER, False, FOREVER),
        (FOREVER, True, FOREVER),
    ],
)
def test_when_training_is_due_again(
    end: date | None, is_yearly: bool, due: date
) -> None:
    assert next_due(FIRST, end, is_yearly=is_yearly) == due


def test_the_29th_of_february_comes_each_year() -> None:
    due = next_due(date(2028, 2, 29), date(2028, 12, 31), is_yearly=True)
    assert due == date(2029, 2, 28)


@given(st.dates(date(2020, 1, 1), date(2050, 12, 31)), st.integers(2020, 2050))
def test_nobody_is_late_as_soon_as_a_year_is_over(first: date, year: int) -> None:
    due = next_due(first, date(year, 12, 31), is_yearly=True)
    assert due > date(year, 12, 31)
    assert due >= first
