"""Reads of cards."""

from typing import Any
from uuid import UUID

from .models import ReviewCard
from .schedule import Memory

#: Course and goal.
CardKey = tuple[UUID, str]


def cards_of(user: Any) -> dict[CardKey, Memory]:
    """Return all cards of a learner: one statement."""
    return {
        (card.course_key, card.goal): Memory(
            due=card.due,
            stability=card.stability,
            difficulty=card.difficulty,
            last_review=card.last_review,
            last_item=card.last_item,
        )
        for card in ReviewCard.objects.filter(user=user)
    }
