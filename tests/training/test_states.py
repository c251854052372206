"""Who is done on a day: by table."""

from datetime import date, timedelta
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
    due_now,
    last_day,
    latest_ends,
    month_at,
    numbers_by_unit,
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
    reference: str = "1",
    unit: UUID = UNIT,
) -> Held:
    return Held(who, unit, name, reference, since, until, deferred)


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


def test_namesakes_in_a_unit_are_told_apart_by_their_number() -> None:
    people = [
        held(who=uuid4(), reference="12"),
        held(who=uuid4(), reference="7", name="kim"),
        held(who=uuid4(), reference="8", unit=uuid4()),
        held(who=uuid4(), reference="9", name="Ada"),
        held(until=date(2026, 12, 1), who=uuid4(), reference="5", name="Ada"),
    ]
    names = [state.name for state in states_on(DAY, people, [])]
    assert names == ["Ada", "Kim", "Kim (12)", "kim (7)"]


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
    sums = sums_by_unit(numbers_by_unit(states), ways)
    for n, unit in enumerate(chain):
        below = [status for at, status in people if at >= n]
        expected = Sums(
            below.count(Status.DONE),
            below.count(Status.OPEN),
            below.count(Status.DEFERRED),
        )
        assert sums.get(unit, Sums()) == expected


@pytest.mark.parametrize(
    ("months", "month"),
    [
        (0, date(2026, 1, 1)),
        (11, date(2026, 12, 1)),
        (12, date(2027, 1, 1)),
        (-1, date(2025, 12, 1)),
        (-13, date(2024, 12, 1)),
    ],
)
def test_a_month_so_many_before_or_after(months: int, month: date) -> None:
    assert month_at(date(2026, 1, 31), months) == month
    assert last_day(date(2026, 1, 31), months - 1) == month - timedelta(days=1)


def test_the_latest_end_counts_and_no_end_is_the_latest() -> None:
    ends = latest_ends(
        [(KIM, DAY), (KIM, date(2025, 12, 31)), (UNIT, DAY), (UNIT, None)]
    )
    assert ends == {KIM: DAY, UNIT: FOREVER}


def test_an_end_beyond_any_calendar_is_none() -> None:
    """31 December 9999 has no day after it, and no year to count on to."""
    ends = latest_ends([(KIM, date(9999, 12, 31))])
    assert ends == {KIM: FOREVER}
    assert due_now(FIRST, ends[KIM], TODAY, is_yearly=True) == FOREVER


FIRST = date(2026, 3, 31)
TODAY = date(2026, 6, 1)


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
    assert due_now(FIRST, end, TODAY, is_yearly=is_yearly) == due


@pytest.mark.parametrize(
    ("today", "end", "due"),
    [
        (date(2025, 12, 1), None, FIRST),  # before the first round
        (date(2026, 12, 31), None, FIRST),
        (date(2027, 1, 1), None, date(2027, 3, 31)),
        (date(2028, 5, 1), date(2026, 12, 31), date(2028, 3, 31)),  # missed 2027
        (date(2028, 5, 1), date(2028, 12, 31), date(2029, 3, 31)),
    ],
)
def test_a_year_that_was_missed_is_over(
    today: date, end: date | None, due: date
) -> None:
    assert due_now(FIRST, end, today, is_yearly=True) == due


def test_rolling_training_stays_due_until_it_is_proved() -> None:
    assert due_now(FIRST, None, date(2028, 5, 1), is_yearly=False) == FIRST


def test_the_29th_of_february_comes_each_year() -> None:
    due = due_now(date(2028, 2, 29), date(2028, 12, 31), TODAY, is_yearly=True)
    assert due == date(2029, 2, 28)


@given(st.dates(date(2020, 1, 1), date(2050, 12, 31)), st.integers(2020, 2050))
def test_nobody_is_late_as_soon_as_a_year_is_over(first: date, year: int) -> None:
    due = due_now(first, date(year, 12, 31), TODAY, is_yearly=True)
    assert due > date(year, 12, 31)
    assert due >= first
