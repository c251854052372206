"""What a lesson page shows around its body: outline, progress, answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import override

from courses.catalogue.library import CourseEntry, LessonEntry, Library, library
from courses.exercises.grading import ExerciseState
from courses.groups.opening import Opening
from courses.groups.queries import Sharing
from courses.progress.models import FinalTestState, LessonState
from courses.progress.state import Progress

from .body import LessonBody
from .opened import opening_in

#: The element id of what a course's page says when all its lessons are done.
FINISHED = "geschafft"


@dataclass(frozen=True)
class OutlineItem:
    """A lesson in the outline with what is known of it."""

    lesson: LessonEntry
    state: LessonState | None
    is_current: bool
    opening: Opening = Opening()

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
    course: CourseEntry,
    progress: Progress,
    current: UUID | None = None,
    groups: Sequence[Sharing] = (),
) -> list[OutlineItem]:
    """Return the lessons of a course with their states, and what groups have opened."""
    return [
        OutlineItem(
            lesson,
            progress.lessons.get(lesson.key),
            lesson.key == current,
            opening_in(groups, course, lesson),
        )
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


@dataclass(frozen=True)
class Onward:
    """Where learning goes on in a course: a lesson, and its block if one was left."""

    lesson: LessonEntry
    block: str = ""

    @property
    def path(self) -> str:
        """The address to continue at."""
        return f"{self.lesson.path}#b-{self.block}" if self.block else self.lesson.path


def onward(course: CourseEntry, progress: Progress) -> Onward | None:
    """Return where to continue: the lesson last open, else the next one not done.

    Lessons that were passed by come after those behind them. None when all are done.
    """
    place = progress.place
    last = course.by_key.get(place.lesson_key) if place else None
    at = course.lessons.index(last) if last else 0
    in_turn = [*course.lessons[at:], *course.lessons[:at]]
    left = (k for k in in_turn if progress.lessons.get(k.key) != LessonState.DONE)
    lesson = next(left, None)
    if lesson is None:
        return None
    return Onward(lesson, place.block if place and lesson == last else "")


def is_begun(course: CourseEntry, progress: Progress) -> bool:
    """Whether anything is known of somebody in a course."""
    return progress.place is not None or any(
        key in progress.lessons for key in course.lesson_keys
    )


def following(
    shelf: Library, course: CourseEntry, progress: Progress
) -> CourseEntry | None:
    """Return a course for the same setting that is not done yet, next on the shelf.

    ``progress`` speaks of the lessons of all courses.
    """
    at = shelf.courses.index(course)
    in_turn = [*shelf.courses[at + 1 :], *shelf.courses[:at]]
    fitting = (
        each
        for each in in_turn
        if set(each.settings) & set(course.settings)
        and each.lessons
        and not summary(each, progress).is_complete
    )
    return next(fitting, None)


def finishes_course(
    course: CourseEntry, lesson: LessonEntry, progress: Progress
) -> bool:
    """Whether a lesson is the only one of its course that is not done."""
    left = [
        k for k in course.lesson_keys if progress.lessons.get(k) != LessonState.DONE
    ]
    return left == [lesson.key]


def served_goals(course: CourseEntry) -> list[Mapping[str, str]]:
    """Return the goals that the lessons there are serve; a translation may have few.

    All of them where no lesson names any.
    """
    named = {
        goal
        for lesson in course.lessons
        for goal in (*lesson.goals, *lesson.exercise_goals.values())
    }
    return [g for g in course.goals if g["id"] in named] or list(course.goals)


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


def papers_url_in(code: str, generation: int, course: CourseEntry) -> str:
    """Return the way to a course's papers in another language, as to the course."""
    there = library(code, generation).by_key.get(course.key)
    return there.papers_path if there else course_url_in(code, generation, course)
