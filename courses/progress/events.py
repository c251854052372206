"""What progress announces. A leaf: it imports nothing of the project.

Groups subscribe to these and know nothing else of progress. Receivers run inside the
transaction that wrote the fact; merging and importing announce nothing.
"""

from dataclasses import dataclass
from uuid import UUID

from django.dispatch import Signal


@dataclass(frozen=True)
class ExerciseAnswered:
    """A learner with an account answered an exercise.

    ``first`` is true for the first answer ever, ``solved`` for a full score.
    """

    user_id: UUID
    course_key: UUID
    lesson_key: UUID
    exercise_key: str
    solved: bool
    first: bool


@dataclass(frozen=True)
class LessonDone:
    """A learner with an account completed a lesson; ``first`` as above."""

    user_id: UUID
    course_key: UUID
    lesson_key: UUID
    first: bool


@dataclass(frozen=True)
class CourseDone:
    """A learner with an account completed the last lesson left of a course."""

    user_id: UUID
    course_key: UUID
    first: bool


@dataclass(frozen=True)
class TestPassed:
    """A learner with an account handed in a final test and passed; ``first`` as above.

    Nothing is announced of a test that was not passed.
    """

    user_id: UUID
    course_key: UUID
    first: bool


#: Sent with ``event=ExerciseAnswered | LessonDone | CourseDone | TestPassed``.
happened = Signal()
