"""Drawing is pure: the seed decides, every goal is covered, no share is mixed up."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.exercises.drawing import (
    PoolItem,
    Shortage,
    draw,
    replacement,
    shortages,
)

GOALS = ["erkennen", "pruefen", "handeln"]
keys = st.text("abcdefghijklmnop", min_size=1, max_size=6)
seeds = st.text(min_size=1, max_size=16)
pools = st.dictionaries(
    keys, st.tuples(st.sampled_from(GOALS), st.booleans()), max_size=40
).map(lambda found: [PoolItem(k, goal, kept) for k, (goal, kept) in found.items()])


def share(pool: list[PoolItem], goal: str, *, evidence: bool) -> int:
    return sum(i.goal == goal and (evidence or not i.reserved) for i in pool)


def full_pool(open_items: int = 4, reserved_items: int = 2) -> list[PoolItem]:
    return [
        PoolItem(f"{goal}-{number}", goal, number >= open_items)
        for goal in GOALS
        for number in range(open_items + reserved_items)
    ]


@given(pools, st.integers(1, 5), seeds, st.booleans())
def test_each_goal_gets_its_number_or_all_there_is(pool, per_goal, seed, evidence):
    drawn = draw(pool, GOALS, per_goal, seed, evidence=evidence)

    assert Counter(item.goal for item in drawn) == Counter(
        {
            goal: count
            for goal in GOALS
            if (count := min(per_goal, share(pool, goal, evidence=evidence)))
        }
    )
    assert len({item.key for item in drawn}) == len(drawn)
    assert evidence or not any(item.reserved for item in drawn)


@given(pools, st.integers(1, 5), seeds, st.randoms())
def test_a_seed_draws_the_same_whatever_the_order_of_the_pool(pool, n, seed, random):
    other = list(pool)
    random.shuffle(other)

    assert draw(pool, GOALS, n, seed) == draw(other, GOALS, n, seed)


@given(pools, st.integers(1, 3), seeds, keys, st.sampled_from(GOALS))
def test_a_question_that_joins_displaces_at_most_one(pool, n, seed, key, goal):
    before = {item.key for item in draw(pool, GOALS, n, seed)}
    grown = [item for item in pool if item.key != key] + [PoolItem(key, goal)]
    if key in {item.key for item in pool}:
        return
    after = {item.key for item in draw(grown, GOALS, n, seed)}

    assert after - before <= {key}
    assert len(before - after) <= 1


@given(pools, seeds, st.sampled_from(GOALS), st.sets(keys))
def test_a_replacement_is_open_new_and_of_the_same_goal_if_there_is_one(
    pool, seed, goal, taken
):
    found = replacement(pool, goal, taken, seed)
    left = [i for i in pool if not i.reserved and i.key not in taken]

    assert (found is None) == (left == [])
    if found:
        assert found in left
        assert found.goal == goal or goal not in {item.goal for item in left}


def test_different_seeds_draw_and_order_differently() -> None:
    draws = [tuple(draw(full_pool(), GOALS, 2, str(seed))) for seed in range(40)]

    assert len(set(draws)) == 40
    first_goals = Counter(drawn[0].goal for drawn in draws)
    assert set(first_goals) == set(GOALS)
    drawn_keys = Counter(item.key for drawn in draws for item in drawn)
    assert set(drawn_keys) == {i.key for i in full_pool() if not i.reserved}


def test_the_same_seed_draws_the_same_in_every_version() -> None:
    drawn = [item.key for item in draw(full_pool(), GOALS, 1, "0a1b2c")]

    assert drawn == ["handeln-0", "pruefen-2", "erkennen-2"]


def test_evidence_is_drawn_from_the_whole_pool() -> None:
    draws = [draw(full_pool(), GOALS, 2, str(n), evidence=True) for n in range(40)]

    assert {item.key for drawn in draws for item in drawn} == {
        item.key for item in full_pool()
    }


@given(pools, st.integers(1, 3), seeds, seeds)
def test_what_came_last_comes_again_only_where_nothing_else_is_left(
    pool, per_goal, seed, other
):
    last = {item.key for item in draw(pool, GOALS, per_goal, seed)}
    again = draw(pool, GOALS, per_goal, other, last=last)

    for goal in GOALS:
        there = share(pool, goal, evidence=False)
        repeated = sum(item.goal == goal and item.key in last for item in again)
        assert repeated == max(0, 2 * min(per_goal, there) - there)


@pytest.mark.parametrize(
    ("pool", "found"),
    [
        (full_pool(4, 2), []),
        (full_pool(4, 0), []),
        (full_pool(3, 0), [Shortage(goal, 3, 4) for goal in GOALS]),
        (full_pool(4, 1), [Shortage(goal, 1, 2, reserved=True) for goal in GOALS]),
        (
            [item for item in full_pool(4, 0) if item.goal != "handeln"],
            [Shortage("handeln", 0, 4)],
        ),
        (
            [*full_pool(4, 0), PoolItem("neu", "pruefen", reserved=True)],
            [
                Shortage("erkennen", 0, 2, reserved=True),
                Shortage("pruefen", 1, 2, reserved=True),
                Shortage("handeln", 0, 2, reserved=True),
            ],
        ),
    ],
)
def test_a_pool_that_is_too_small_is_told_by_goal_and_share(pool, found) -> None:
    assert shortages(pool, GOALS, 2) == found
