"""What a lesson page shows around its body: outline, progress, answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import override

from courses.catalogue.library import CourseEntry, LessonEntry, library
from courses.exercises.grading import ExerciseState
from courses.progress.models import FinalTestState, LessonState
from courses.progress.state import Progress

from .body import LessonBody


@dataclass(frozen=True)
class OutlineItem:
    """A lesson in the outline with what is known of it."""

    lesson: LessonEntry
    state: LessonState | None
    is_current: bool

    @property
    def is_done(self) -> bool:
        """Whether the lesson is done."""
        return self.state == LessonState.DONE

    @property
    def is_started(self) -> bool:
        """Whether the lesson is begun, but not done."""
        return self.state == LessonState.STARTED


@dataclass(frozen=True)
class CourseSummary:
    """Progress in a course in numbers."""

    done: int
    total: int
    minutes_left: int

    @property
    def percent(self) -> int:
        """Share of lessons done."""
        return round(100 * self.done / self.total) if self.total else 0

    @property
    def is_complete(self) -> bool:
        """Whether every lesson is done."""
        return bool(self.total) and self.done == self.total


def outline(
    course: CourseEntry, progress: Progress, current: UUID | None = None
) -> list[OutlineItem]:
    """Return the lessons of a course with their states."""
    return [
        OutlineItem(lesson, progress.lessons.get(lesson.key), lesson.key == current)
        for lesson in course.lessons
    ]


def summary(course: CourseEntry, progress: Progress) -> CourseSummary:
    """Return progress in a course in numbers."""
    left = [
        lesson.minutes
        for lesson in course.lessons
        if progress.lessons.get(lesson.key) != LessonState.DONE
    ]
    total = len(course.lessons)
    return CourseSummary(total - len(left), total, sum(left))


def leads_to_test(
    course: CourseEntry, numbers: CourseSummary, state: FinalTestState | None
) -> bool:
    """Whether the final test is what comes next: begun, or alone left to be passed."""
    if course.test is None or state == FinalTestState.PASSED:
        return False
    return numbers.is_complete or state == FinalTestState.STARTED


def exercise_states(body: LessonBody, progress: Progress) -> dict[str, ExerciseState]:
    """Return the state of each answered exercise.

    An answer is shown only while the exercise is still the one that was answered.
    """
    states = {}
    for key, answered in progress.answered.items():
        exercise = body.exercises.get(key)
        if exercise is None:
            continue
        same = answered.fingerprint == exercise.fingerprint
        states[key] = ExerciseState(answered.best, answered.answer if same else None)
    return states


def open_exercises(body: LessonBody, answered: Mapping[str, Any]) -> int:
    """Count the exercises of a lesson that were never answered."""
    return sum(key not in answered for key in body.graded)


def first_open(body: LessonBody, answered: Mapping[str, Any]) -> str:
    """Return the element id of the first exercise never answered, empty if none is."""
    left = (
        exercise.anchor
        for key, exercise in body.exercises.items()
        if key in body.graded and key not in answered
    )
    return next(left, "")


def lesson_url_in(
    code: str, generation: int, course: CourseEntry, lesson: LessonEntry, block: str
) -> str:
    """Return the way to a lesson in another language, keeping the place.

    Where the lesson or its course is missing there, it leads to a page that says so.
    """
    shelf = library(code, generation)
    there = shelf.by_key.get(course.key)
    with override(code):
        if there is None:
            return reverse("course_missing", args=[course.key])
        if lesson.key not in there.by_key:
            return reverse("lesson_missing", args=[there.slug, lesson.key])
    path = there.by_key[lesson.key].path
    return f"{path}#b-{block}" if block else path


def course_url_in(code: str, generation: int, course: CourseEntry) -> str:
    """Return the way to a course in another language, or to a page that says so."""
    there = library(code, generation).by_key.get(course.key)
    if there:
        return there.path
    with override(code):
        return reverse("course_missing", args=[course.key])
