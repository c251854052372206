"""When something is due again. Pure: a card, a day and a rating in, a card out.

The memory model is FSRS 6 (Ye et al., open-spaced-repetition; package ``fsrs``) with
its published default weights. It is used by whole days and without its steps of
minutes, because times of learning are not kept. Nothing is fitted to a learner: that
would need a log of what they answered.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final

from fsrs import Card as FsrsCard
from fsrs import Rating, Scheduler, State

from courses.exercises.types.base import Recall

#: Share of questions that should still be known when they come again.
RETENTION: Final = 0.9
#: A year: what is asked less often than that is not remembered here any more.
LONGEST_DAYS: Final = 365

_scheduler = Scheduler(
    desired_retention=RETENTION,
    learning_steps=(),
    relearning_steps=(),
    maximum_interval=LONGEST_DAYS,
    enable_fuzzing=False,
)


@dataclass(frozen=True)
class Memory:
    """What is known of how well a goal is remembered.

    ``stability`` is the number of days after which one in ten such questions is
    forgotten, ``difficulty`` runs from 1 to 10; both are 0 before the first review.
    ``last_item`` is the number of the question that was asked last.
    """

    due: date
    stability: float = 0.0
    difficulty: float = 0.0
    last_review: date | None = None
    last_item: int = 0

    def is_due(self, today: date) -> bool:
        """Whether it should be asked."""
        return self.due <= today


def reviewed(memory: Memory, recall: Recall, today: date, *, item: int) -> Memory:
    """Return the memory after a review; it is due again tomorrow at the earliest."""
    card, _log = _scheduler.review_card(
        _card_of(memory), Rating(int(recall)), _midnight(today)
    )
    return Memory(
        due=card.due.date(),
        stability=card.stability or 0.0,
        difficulty=card.difficulty or 0.0,
        last_review=today,
        last_item=item,
    )


def _card_of(memory: Memory) -> FsrsCard:
    if memory.last_review is None:
        return FsrsCard(card_id=0, due=_midnight(memory.due))
    return FsrsCard(
        card_id=0,
        state=State.Review,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=_midnight(memory.due),
        last_review=_midnight(memory.last_review),
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
