"""Visibility levels: what a group may know of its members, as a pure function.

A level is agreed on before anybody joins and never changes. ``facts_of`` is the only
place that turns something learned into something shared; what it does not return is
never written.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.progress.events import (
    CourseDone,
    ExerciseAnswered,
    LessonDone,
    TestPassed,
)


class Visibility(models.IntegerChoices):
    """What teachers of a group can see of a member; a higher number shows more."""

    NOBODY = 0, _("Nobody sees anything")
    COMPLETED = 1, _("Completed only")
    PROGRESS = 2, _("Progress")
    HELP = 3, _("Help during the lesson")


#: What everybody reads before joining, and as long as they are in. It names every kind
#: of line that the level writes, and who is seen to be there.
AGREEMENTS = {
    Visibility.NOBODY: _(
        "Nobody sees who does what. Teachers see which numbers have joined, and how "
        "many have done something, from %(fewest)d people on."
    ),
    Visibility.COMPLETED: _(
        "Teachers see which numbers have joined, which tasks (courses, lessons) are "
        "wholly done and which final tests are passed, with the month. No answers, no "
        "results, no times."
    ),
    Visibility.PROGRESS: _(
        "Teachers see which numbers have joined, which lessons and courses are done "
        "and which final tests are passed. No answers, no results, no times."
    ),
    Visibility.HELP: _(
        "Teachers see which numbers have joined, of each exercise: solved, not yet, or "
        "“I am stuck”, and which lessons, courses and final tests are done. Never what "
        "was chosen, never how often."
    ),
}
#: The same where nobody goes to school: in evening courses and trainings.
AGREEMENTS_OF_COURSES = {
    Visibility.NOBODY: _(
        "Nobody sees who does what. Whoever leads the course sees which numbers have "
        "joined, and how many have done something, from %(fewest)d people on."
    ),
    Visibility.COMPLETED: _(
        "Whoever leads the course sees which numbers have joined, which tasks "
        "(courses, lessons) are wholly done and which final tests are passed, with the "
        "month. No answers, no results, no times."
    ),
    Visibility.PROGRESS: _(
        "Whoever leads the course sees which numbers have joined, which lessons and "
        "courses are done and which final tests are passed. No answers, no results, no "
        "times."
    ),
    Visibility.HELP: _(
        "Whoever leads the course sees which numbers have joined, of each exercise: "
        "solved, not yet, or “I am stuck”, and which lessons, courses and final tests "
        "are done. Never what was chosen, never how often."
    ),
}


def agreement(level: int, *, is_class: bool, fewest: int) -> str:
    """Return in one sentence what a level lets those who lead see.

    ``fewest`` is how many people a count is about at least.
    """
    agreements = AGREEMENTS if is_class else AGREEMENTS_OF_COURSES
    return str(agreements[Visibility(level)]) % {"fewest": fewest}


class FactState(models.IntegerChoices):
    """What a fact says; a higher number is never lowered by what happens.

    Never: what was chosen, how often, or when.
    """

    OPEN = 1, _("not yet")
    HELP = 2, _("needs help")
    SOLVED = 3, _("solved")
    DONE = 4, _("done")


class TaskKind(models.TextChoices):
    """What a group can be given to do."""

    COURSE = "course", _("Course")
    LESSON = "lesson", _("Lesson")
    EXERCISE = "exercise", _("Exercise")
    LAB = "lab", _("Lab")


@dataclass(frozen=True)
class Scope:
    """What one task covers: a course, a lesson of it, or one exercise of that."""

    course_key: UUID | None
    lesson_key: UUID | None = None
    exercise_key: str = ""

    def covers(self, event: "Event") -> bool:
        """Whether what happened belongs to the task, wholly or in part."""
        if self.course_key != event.course_key:
            return False
        lesson = getattr(event, "lesson_key", None)
        if self.lesson_key and self.lesson_key != lesson:
            return False
        exercise = getattr(event, "exercise_key", "")
        return not self.exercise_key or self.exercise_key == exercise

    def holds(self, about: str, lessons: Collection[UUID]) -> bool:
        """Whether a line of the ledger belongs to the task.

        ``lessons`` are those of the task's course.
        """
        kind, _colon, rest = about.partition(":")
        key, _slash, exercise = rest.partition("/")
        if kind in ("course", "test"):
            return not self.lesson_key and key == str(self.course_key)
        if self.lesson_key is None:
            return UUID(key) in lessons
        if key != str(self.lesson_key):
            return False
        return self.exercise_key in ("", exercise)

    def is_met_by(self, event: "LessonDone | CourseDone | TestPassed") -> bool:
        """Whether what was done is the whole task."""
        if isinstance(event, LessonDone):
            return bool(self.lesson_key) and not self.exercise_key
        return not self.lesson_key


@dataclass(frozen=True)
class Fact:
    """One line of the ledger: about what, and what is the case."""

    object_key: str
    state: FactState
    has_month: bool = False


Event = ExerciseAnswered | LessonDone | CourseDone | TestPassed


def object_key(event: Event) -> str:
    """Return what an event is about, as ledger and counts name it."""
    match event:
        case ExerciseAnswered():
            return exercise_object(event.lesson_key, event.exercise_key)
        case LessonDone():
            return f"lesson:{event.lesson_key}"
        case CourseDone():
            return f"course:{event.course_key}"
        case TestPassed():
            return f"test:{event.course_key}"


def exercise_object(lesson_key: UUID, exercise_key: str) -> str:
    """Return how ledger and counts name an exercise."""
    return f"exercise:{lesson_key}/{exercise_key}"


def facts_of(
    level: Visibility, event: Event, scopes: Iterable[Scope]
) -> tuple[Fact, ...]:
    """Return what a level lets a group know of an event.

    Level 1: tasks completed, with the month. Level 2: also each lesson and test,
    without a date. Level 3: also each exercise, solved or not yet. That one is solved
    is a result: below level 3 nothing is written of it, also where it is a task of its
    own. Nothing outside the tasks of the group, whatever the level.
    """
    touched = [scope for scope in scopes if scope.covers(event)]
    if level == Visibility.NOBODY or not touched:
        return ()
    if isinstance(event, ExerciseAnswered):
        if level < Visibility.HELP:
            return ()
        state = FactState.SOLVED if event.solved else FactState.OPEN
        return (Fact(object_key(event), state),)
    is_met = any(scope.is_met_by(event) for scope in touched)
    if not is_met and level < Visibility.PROGRESS:
        return ()
    has_month = level == Visibility.COMPLETED
    return (Fact(object_key(event), FactState.DONE, has_month),)


def counts(level: Visibility, event: Event, scopes: Iterable[Scope]) -> bool:
    """Return whether an event raises a count: only where nobody sees anything else.

    Counts beside individual progress would give away what the level keeps back.
    """
    is_counted = level == Visibility.NOBODY and event.first
    return is_counted and any(scope.covers(event) for scope in scopes)
