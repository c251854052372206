"""What ledger and tasks are about, as people read it."""

from uuid import UUID

from django.utils.translation import gettext as _

from content.labs.registry import find
from courses.catalogue.library import Library

from .levels import TaskKind, exercise_object
from .models import GroupTask, StaffRole

#: Quotation marks, and those for what is quoted inside a quotation.
INNER_MARKS = str.maketrans("„“”", "‚‘’")


def object_title(object_key: str, shelf: Library) -> str:
    """Return what a line of the ledger is about, in the language of the shelf."""
    kind, _colon, rest = object_key.partition(":")
    key, _slash, exercise = rest.partition("/")
    if kind in ("course", "test"):
        course = shelf.known_course(UUID(key))
        if course is None:
            return _("(not available any more)")
        if kind == "course":
            return _("Course “%(title)s”") % {"title": _inside(course.title)}
        return _("Final test of “%(title)s”") % {"title": _inside(course.title)}
    lesson = shelf.known_lesson(UUID(key))
    if lesson is None:
        return _("(not available any more)")
    if kind == "lesson":
        return _("Lesson “%(title)s”") % {"title": _inside(lesson.title)}
    if exercise not in lesson.exercise_keys:
        return _("Exercise of “%(lesson)s”") % {"lesson": _inside(lesson.title)}
    return _("Exercise %(number)d of “%(lesson)s”") % {
        "number": lesson.exercise_keys.index(exercise) + 1,
        "lesson": _inside(lesson.title),
    }


def _inside(title: str) -> str:
    """Return a title as it stands between quotation marks."""
    return title.translate(INNER_MARKS)


def task_title(task: GroupTask, shelf: Library) -> str:
    """Return what a task is called where its kind stands beside it."""
    if task.kind == TaskKind.LAB:
        lab = find(task.lab)
        return lab.words["title"] if lab else _("(not available any more)")
    course = shelf.known_course(task.course_key) if task.course_key else None
    if course is None or task.lesson_key is None:
        return course.title if course else _("(not available any more)")
    if task.exercise_key:
        return object_title(exercise_object(task.lesson_key, task.exercise_key), shelf)
    lesson = shelf.known_lesson(task.lesson_key)
    return lesson.title if lesson else _("(not available any more)")


def role_name(role: str) -> str:
    """Return a role in words."""
    names = dict(StaffRole._meta.get_field("role").flatchoices)
    return str(names.get(role, role))
