"""What is known of someone's learning when a page is shown.

Both stores speak in these terms: rows (an account) and the signed cookie (a visitor).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from .models import FinalTestState, LessonState

#: The score of what is solved.
FULL = 100


@dataclass(frozen=True)
class Place:
    """Where to continue in a course; an empty block is the lesson's beginning."""

    lesson_key: UUID
    block: str = ""


@dataclass(frozen=True)
class Answered:
    """An answered exercise. Visitors keep the score only, no answer."""

    best: int
    answer: Any = None
    fingerprint: str = ""


@dataclass(frozen=True)
class Pass:
    """A passed final test: on which day, how well in per cent, on which version.

    The version is the as-of date the course had when the test was begun.
    """

    day: date
    score: int
    version: date | None = None


@dataclass(frozen=True)
class Progress:
    """Progress in one course, with the answers of one of its lessons.

    ``tests`` says by course how far its final test has come.
    """

    lessons: Mapping[UUID, LessonState] = field(default_factory=dict)
    place: Place | None = None
    answered: Mapping[str, Answered] = field(default_factory=dict)
    tests: Mapping[UUID, FinalTestState] = field(default_factory=dict)

    def done(self, lesson_keys: Sequence[UUID]) -> int:
        """Count the lessons done among some."""
        return sum(self.lessons.get(key) == LessonState.DONE for key in lesson_keys)
