"""A visitor's cards come back from the cookie, and nothing else does."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.review.cookie import MOST, dumps, loads, short_key
from courses.review.schedule import Memory

DAY = date(2026, 11, 25)
COURSE = UUID(int=7)
days = st.dates(date(2020, 1, 2), date(2190, 1, 1))
memories = st.builds(
    Memory,
    due=days,
    stability=st.floats(0, 36500, width=32),
    difficulty=st.integers(0, 10_000).map(lambda n: n / 1000),
    last_review=st.none() | days,
    last_item=st.integers(0, 65535),
)


@given(st.dictionaries(st.text(min_size=1, max_size=20), memories, max_size=30))
def test_cards_come_back_as_they_were(goals) -> None:
    cards = {short_key(COURSE, goal): memory for goal, memory in goals.items()}

    assert loads(dumps(cards)) == cards


def test_a_hundred_cards_fit_and_the_latest_due_go_first() -> None:
    cards = {
        short_key(COURSE, f"ziel-{n}"): Memory(DAY + timedelta(days=n), 3.0, 5.0, DAY)
        for n in range(MOST + 20)
    }
    value = dumps(cards)

    assert len(value) < 3200
    kept = loads(value)
    assert len(kept) == MOST
    assert max(m.due for m in kept.values()) == DAY + timedelta(days=MOST - 1)


@pytest.mark.parametrize("value", ["", "kaputt", "a.b", "x" * 9000, "AQ==.x"])
def test_a_foreign_cookie_holds_no_cards(value: str) -> None:
    assert loads(value) == {}


def test_a_changed_cookie_holds_no_cards() -> None:
    value = dumps({short_key(COURSE, "ziel"): Memory(DAY)})

    assert loads("B" + value[1:]) == {}
