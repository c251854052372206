"""Which questions of a pool are drawn. Pure: pool, rules and seed in, keys out.

A question's place follows from the seed and its own key alone. So the same seed draws
the same questions in every process, and a question that joins or leaves the pool
changes nothing but its own place.
"""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

#: Of each goal the pool holds this many times what is drawn: a second run differs.
POOL_FACTOR = 2


@dataclass(frozen=True)
class PoolItem:
    """A question as drawing sees it.

    ``reserved`` ones are kept for tests that count as evidence: who learns without an
    account has not practised with them.
    """

    key: str
    goal: str
    reserved: bool = False


@dataclass(frozen=True)
class Shortage:
    """A goal of which a pool holds too little; ``reserved`` says in which share."""

    goal: str
    there: int
    needed: int
    reserved: bool = False


def draw(
    pool: Iterable[PoolItem],
    goals: Sequence[str],
    per_goal: int,
    seed: str,
    *,
    evidence: bool = False,
    last: Collection[str] = (),
) -> list[PoolItem]:
    """Return ``per_goal`` questions of each goal, shuffled.

    Drawn from the open share or, for ``evidence``, from all; where that holds too few
    of a goal, all of them come. What was drawn ``last`` comes only where nothing else
    is left.
    """
    share = [item for item in pool if evidence or not item.reserved]
    drawn: list[PoolItem] = []
    for goal in dict.fromkeys(goals):
        lots = _by_lot((i for i in share if i.goal == goal), seed)
        drawn += sorted(lots, key=lambda item: item.key in last)[:per_goal]
    return sorted(drawn, key=lambda item: _lot(f"{seed}/order", item.key))


def replacement(
    pool: Iterable[PoolItem], goal: str, taken: Collection[str], seed: str
) -> PoolItem | None:
    """Return the open question that comes next where one has left the pool.

    One of the same goal if there is any left, else of another; None if all are taken.
    """
    left = [item for item in pool if not item.reserved and item.key not in taken]
    same_goal = [item for item in left if item.goal == goal]
    return next(iter(_by_lot(same_goal or left, seed)), None)


def shortages(
    pool: Iterable[PoolItem], goals: Iterable[str], per_goal: int
) -> list[Shortage]:
    """Return what a pool lacks for these goals.

    Open questions must be there ``POOL_FACTOR`` times. As soon as one is reserved, each
    goal needs as many reserved ones as are drawn.
    """
    pool = list(pool)
    found = []
    for goal in goals:
        there = [item.reserved for item in pool if item.goal == goal]
        if there.count(False) < (needed := POOL_FACTOR * per_goal):
            found.append(Shortage(goal, there.count(False), needed))
        if any(i.reserved for i in pool) and there.count(True) < per_goal:
            found.append(Shortage(goal, there.count(True), per_goal, reserved=True))
    return found


def _by_lot(items: Iterable[PoolItem], seed: str) -> list[PoolItem]:
    return sorted(items, key=lambda item: _lot(seed, item.key))


def _lot(seed: str, key: str) -> bytes:
    return hashlib.sha256(f"{seed}/{key}".encode()).digest()
