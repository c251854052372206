"""Orders are the same in every process, and never give a solution away."""

from hypothesis import given
from hypothesis import strategies as st

from courses.exercises.types.base import display_order, hidden_order

counts = st.integers(2, 12)
seeds = st.text(max_size=20)


def test_without_a_seed_the_author_s_order_stays() -> None:
    assert display_order(4, "") == [0, 1, 2, 3]


def test_a_seed_gives_the_same_order_in_every_process() -> None:
    assert display_order(5, "seed") == [4, 3, 1, 2, 0]


@given(counts, seeds)
def test_every_number_stands_once(count: int, seed: str) -> None:
    assert sorted(display_order(count, seed)) == list(range(count))


@given(counts, seeds)
def test_a_hidden_order_is_never_the_author_s(count: int, seed: str) -> None:
    order = hidden_order({"key": "a"}, count, seed)

    assert sorted(order) == list(range(count))
    assert order != list(range(count))
