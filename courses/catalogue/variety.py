"""How many questions tell of each goal: reviews ask another one each time."""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

#: Fewer are soon known by heart, and then the words are remembered, not the matter.
VARIANTS = 3


def goals_with_few_questions(
    goals: Sequence[str], asked: Iterable[str]
) -> dict[str, int]:
    """Return the goals with too few questions, and how many there are of each.

    ``asked`` names the goal of each question that answers can be sent to.
    """
    there = Counter(asked)
    return {goal: there[goal] for goal in goals if there[goal] < VARIANTS}


def few_questions_message(few: dict[str, int]) -> str:
    """Say which goals have too few questions and why that matters."""
    return _(
        "Reviews ask about a learning goal with another question each time. It takes "
        "%(needed)d in the lessons; fewer have: %(goals)s."
    ) % {
        "needed": VARIANTS,
        "goals": ", ".join(f"{goal} ({there})" for goal, there in few.items()),
    }
