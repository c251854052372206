"""Writes of cards. Announces nothing: nobody but the learner sees reviews."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from learnsite.accounts import tombstones

from .models import ReviewCard
from .queries import CardKey
from .schedule import Memory

#: What a restored backup is told where a memory was forgotten (see ``tombstones``).
MEMORY = "memory"
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


def begin_anew(*, user: Any) -> None:
    """Forget how well a learner remembers, and since when; what is reviewed stays.

    Where somebody else may hold the key of an account for a moment. It stays forgotten
    when a backup is restored.
    """
    with transaction.atomic():
        begin_anew_until(user.pk, timezone.localdate())
        tombstones.note(MEMORY, user=user)


def begin_anew_until(user_id: UUID, day: date) -> bool:
    """Forget the same up to a day (again); return whether there was anything."""
    cards = ReviewCard.objects.filter(user=user_id)
    reviewed = Q(last_review__lte=day) | Q(last_review=None) & ~Q(due=day)
    anew = {name: getattr(Memory(due=day), name) for name in _STATE}
    return bool(cards.filter(reviewed).update(**anew))


def _card(user: Any, key: CardKey, memory: Memory) -> ReviewCard:
    course_key, goal = key
    state = {name: getattr(memory, name) for name in _STATE}
    return ReviewCard(user=user, course_key=course_key, goal=goal, **state)
