"""Which options of a chart share a line, as pure functions.

An option that one person chose gives that person away to whoever knows the rest. So it
stands in one line with all that nobody chose, and only their sum is shown: a *fold*.
Options of a fold have looked alike in every chart, and every rule treats options alike,
whatever their place. So what is known of one of them may as well be true of another;
that is all the protection there is, and it needs two that differ.

Statistical offices call it complementary suppression. Here it has to hold for several
charts of answers that become more. Record 0033 says why it does.
"""

from collections.abc import Sequence
from typing import Final

#: So many people are no single person.
MANY: Final = 2

#: How many chose an option: of those who count towards a step, and of others.
Pair = tuple[int, int]
Fold = frozenset[int]


def folds(now: Sequence[Pair], alike: Fold) -> tuple[Fold, ...]:
    """Return the folds that would do, one to be drawn by lot.

    An empty one says that none is needed; no fold at all, that none would help. What
    nobody or one person chose is folded, as soon as there is a single person, or
    somebody who does not count. Where it stands alone, or all of it is single, as the
    sum would say, the next smallest joins it. ``alike`` are the options that no chart
    has told apart so far.

    Those who count decide alone: the viewer may know what the others chose.
    """
    rare = frozenset(n for n, (counting, _others) in enumerate(now) if counting < MANY)
    is_single = any(now[n][0] == 1 or sum(now[n]) == 1 for n in rare)
    if not is_single and not any(others for _counting, others in now):
        return (frozenset(),)
    found = [fold for fold in _around(rare, now, alike) if len(fold) < len(now)]
    return tuple(found or ([] if is_single else [frozenset()]))


def _around(rare: Fold, now: Sequence[Pair], alike: Fold) -> list[Fold]:
    """Return what is rare, with the next smallest where its sum would tell."""
    if not rare or (len(rare) > 1 and any(now[n][0] != 1 for n in rare)):
        return [rare]
    spare = alike - rare
    smallest = min((now[n][0] for n in spare), default=0)
    return [rare | {n} for n in sorted(spare) if now[n][0] == smallest]


def opens(
    fold: Fold, now: Sequence[Pair], before: Sequence[Pair], newcomers: int
) -> bool:
    """Return whether the options of a fold may have lines of their own by now.

    They may when each of them has at least as many as any of them had in the chart
    before, so that each may have been any other; and when not nearly all newcomers can
    have chosen the same.
    """
    has = [now[n][0] for n in fold]
    had = [before[n][0] for n in fold]
    others = max(now[n][1] for n in fold)
    if min(sum(now[n]) for n in fold) < max(MANY, *had) + others:
        return False
    fewest = min(had) if min(had) >= MANY else 0  # one or none: nobody can tell
    return newcomers - (max(has) - fewest) >= MANY
