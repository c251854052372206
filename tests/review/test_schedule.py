"""The memory model by whole days: later after success, sooner after a failure."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from courses.exercises.types.base import Recall
from courses.review.schedule import LONGEST_DAYS, Memory, reviewed

TODAY = date(2026, 11, 25)
FRESH = Memory(due=TODAY)
recalls = st.sampled_from(Recall)


def days_after(*recalls: Recall) -> list[int]:
    """Return the days between reviews that are each done when they are due."""
    memory, waits = FRESH, []
    for recall in recalls:
        after = reviewed(memory, recall, memory.due, item=1)
        waits.append((after.due - memory.due).days)
        memory = after
    return waits


def test_what_is_known_comes_later_each_time() -> None:
    assert days_after(Recall.GOOD, Recall.GOOD, Recall.GOOD) == [2, 11, 46]


def test_what_was_forgotten_comes_tomorrow_or_soon() -> None:
    assert days_after(Recall.AGAIN) == [1]
    assert days_after(Recall.GOOD, Recall.GOOD, Recall.AGAIN)[-1] < 11


def test_a_hard_one_comes_sooner_than_a_good_one() -> None:
    assert (
        days_after(Recall.GOOD, Recall.HARD)[-1]
        < days_after(Recall.GOOD, Recall.GOOD)[-1]
    )


def test_a_review_remembers_its_day_and_question() -> None:
    after = reviewed(FRESH, Recall.GOOD, TODAY, item=77)

    assert (after.last_review, after.last_item) == (TODAY, 77)
    assert not after.is_due(TODAY)
    assert after.is_due(after.due)


@given(st.lists(st.tuples(recalls, st.integers(0, 400)), min_size=1, max_size=20))
def test_a_card_is_due_within_a_year_and_never_on_the_same_day(steps) -> None:
    memory = FRESH
    for recall, late in steps:
        today = memory.due + timedelta(days=late)
        memory = reviewed(memory, recall, today, item=1)
        assert 1 <= (memory.due - today).days <= LONGEST_DAYS
        assert 1 <= memory.difficulty <= 10
        assert memory.stability > 0
