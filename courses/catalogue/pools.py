"""The pool of a final test as drawing sees it, and what it lacks, in words."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.exercises.drawing import POOL_FACTOR, PoolItem, Shortage, shortages

from .keys import exercise_blocks


def items_of(pool: Any) -> list[PoolItem]:
    """Return the questions of a pool's stream, in their order."""
    return [
        PoolItem(
            block.value["key"],
            block.value.get("goal") or "",
            bool(block.value.get("reserved")),
        )
        for block in exercise_blocks(pool)
    ]


def pool_problems(
    pool: Iterable[PoolItem], goals: Sequence[str], per_goal: int
) -> list[str]:
    """Return why no fair test can be drawn from a pool, one sentence for each goal."""
    return [
        shortage_message(found, per_goal) for found in shortages(pool, goals, per_goal)
    ]


def unknown_goal_message(goal: str, goals: Iterable[str]) -> str:
    """Say that a course does not have a goal."""
    return _("The course has no goal “%(id)s”. There are: %(known)s.") % {
        "id": goal,
        "known": ", ".join(goals),
    }


def shortage_message(found: Shortage, per_goal: int) -> str:
    """Say what a goal lacks and why."""
    values = {
        "goal": found.goal,
        "there": found.there,
        "needed": found.needed,
        "drawn": per_goal,
        "times": POOL_FACTOR,
    }
    if found.reserved:
        return (
            ngettext(
                "Goal “%(goal)s” has %(there)d reserved question, but it takes "
                "%(needed)d: as many as are drawn.",
                "Goal “%(goal)s” has %(there)d reserved questions, but it takes "
                "%(needed)d: as many as are drawn.",
                found.there,
            )
            % values
        )
    return (
        ngettext(
            "Goal “%(goal)s” has %(there)d open question, but it takes %(needed)d: "
            "%(times)d times the %(drawn)d that are drawn.",
            "Goal “%(goal)s” has %(there)d open questions, but it takes %(needed)d: "
            "%(times)d times the %(drawn)d that are drawn.",
            found.there,
        )
        % values
    )
