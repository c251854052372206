"""The demo's evening course, whatever day it is."""

from datetime import date, timedelta

import pytest

from courses.groups.demo import EVENINGS, evenings_after

A_YEAR = [date(2026, 7, 1) + timedelta(days=n) for n in range(366)]


@pytest.mark.parametrize(
    ("today", "days"),
    [
        ("2026-11-03", ["2026-11-10", "2026-11-17", "2026-11-24", "2026-12-01"]),
        ("2026-12-11", ["2026-12-18", "2027-01-08", "2027-01-15", "2027-01-22"]),
        ("2026-12-24", ["2027-01-07", "2027-01-14", "2027-01-21", "2027-01-28"]),
    ],
)
def test_it_meets_weekly_but_not_over_christmas(today: str, days: list[str]) -> None:
    found = evenings_after(date.fromisoformat(today))
    assert [day.isoformat() for day in found] == days


def test_no_day_of_the_year_brings_it_under_the_tree() -> None:
    for today in A_YEAR:
        found = evenings_after(today)
        assert len(set(found)) == EVENINGS
        assert {day.weekday() for day in found} == {today.weekday()}
        assert not any((12, 20) <= (day.month, day.day) for day in found)
        assert not any((day.month, day.day) <= (1, 6) for day in found)
