"""The tasks of a group as its members see them: what is open, extra, not yet open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from courses.catalogue.library import CourseEntry, LessonEntry, Library
from courses.groups.levels import TaskKind
from courses.groups.models import GroupTask
from courses.groups.opening import opening_of
from courses.groups.titles import task_title
from courses.progress.models import LessonState
from courses.progress.state import Progress


@dataclass(frozen=True)
class TaskLine:
    """Something to do; ``path`` is empty as long as it is closed, or where it is gone.

    ``is_sealed`` says that solutions wait.
    """

    title: str
    kind: Any
    path: str
    is_open: bool
    is_extra: bool
    is_sealed: bool = False
    is_done: bool = False


def lines_of(
    tasks: Iterable[GroupTask],
    shelf: Library,
    progress: Progress | None = None,
    *,
    by_lesson: bool = False,
) -> list[TaskLine]:
    """Return the tasks of a group in its teacher's order.

    ``by_lesson`` names the lessons of a course one by one, those with a task of their
    own there. ``progress`` tells what its owner has done.
    """
    given = list(tasks)
    lines: list[TaskLine] = []
    for task in given:
        course = shelf.known_course(task.course_key) if task.course_key else None
        if by_lesson and course and task.lesson_key is None:
            lines += _lessons(course, given, progress)
        else:
            lines.append(_line(task, course, shelf, progress))
    return lines


def _lessons(
    course: CourseEntry, given: Sequence[GroupTask], progress: Progress | None
) -> list[TaskLine]:
    own = {each.lesson_key for each in given if not each.exercise_key}
    lines = []
    for lesson in course.lessons:
        if lesson.key in own:
            continue
        opening = opening_of(
            [[each.given for each in given]],
            course.key,
            lesson.key,
            lesson.exercise_keys,
        )
        lines.append(
            TaskLine(
                lesson.title,
                TaskKind.LESSON.label,
                lesson.path if opening.is_open else "",
                opening.is_open,
                opening.is_extra,
                bool(opening.sealed),
                _is_done([lesson], progress),
            )
        )
    return lines


def _line(
    task: GroupTask,
    course: CourseEntry | None,
    shelf: Library,
    progress: Progress | None,
) -> TaskLine:
    lesson = shelf.known_lesson(task.lesson_key) if task.lesson_key else None
    path, lessons = "", []
    if task.kind == TaskKind.LAB:
        path = reverse("lab", args=[task.lab])
    elif lesson:
        path, lessons = lesson.path, [] if task.exercise_key else [lesson]
    elif course and not task.lesson_key:
        path, lessons = course.path, list(course.lessons)
    return TaskLine(
        task_title(task, shelf),
        task.get_kind_display(),
        path if task.is_open else "",
        task.is_open,
        task.is_extra,
        not task.shows_solutions,
        _is_done(lessons, progress),
    )


def _is_done(lessons: Sequence[LessonEntry], progress: Progress | None) -> bool:
    if not lessons or progress is None:
        return False
    return all(progress.lessons.get(k.key) == LessonState.DONE for k in lessons)


def first_open(tasks: Iterable[GroupTask], shelf: Library) -> str:
    """Return where a group begins: at the first thing that is open; empty: nothing."""
    lines = lines_of(tasks, shelf, by_lesson=True)
    return next((line.path for line in lines if line.path), "")


def first_path(tasks: Iterable[GroupTask], shelf: Library) -> str:
    """Return where a group begins, or the courses where nothing of it is open."""
    return first_open(tasks, shelf) or reverse("courses")
