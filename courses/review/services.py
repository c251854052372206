"""Writes of cards. Announces nothing: nobody but the learner sees reviews."""

from collections.abc import Mapping
from typing import Any

from .models import ReviewCard
from .queries import CardKey
from .schedule import Memory

_STATE = ["due", "stability", "difficulty", "last_review", "last_item"]


def keep_card(*, user: Any, key: CardKey, memory: Memory) -> None:
    """Write one card: one upsert."""
    ReviewCard.objects.bulk_create(
        [_card(user, key, memory)],
        update_conflicts=True,
        unique_fields=["user", "course_key", "goal"],
        update_fields=_STATE,
    )


def add_cards(*, user: Any, cards: Mapping[CardKey, Memory]) -> None:
    """Add the cards that are not there yet; existing ones stay as they are."""
    ReviewCard.objects.bulk_create(
        [_card(user, key, memory) for key, memory in cards.items()],
        ignore_conflicts=True,
    )


def forget_cards(*, user: Any) -> None:
    """Delete all cards of a learner."""
    ReviewCard.objects.filter(user=user).delete()


def _card(user: Any, key: CardKey, memory: Memory) -> ReviewCard:
    course_key, goal = key
    state = {name: getattr(memory, name) for name in _STATE}
    return ReviewCard(user=user, course_key=course_key, goal=goal, **state)
