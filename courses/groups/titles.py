"""What ledger and tasks are about, as people read it."""

from uuid import UUID

from django.utils.translation import gettext as _

from courses.catalogue.library import Library

from .models import StaffRole


def object_title(object_key: str, shelf: Library) -> str:
    """Return what a line of the ledger is about, in the language of the shelf."""
    kind, _colon, rest = object_key.partition(":")
    key, _slash, exercise = rest.partition("/")
    if kind in ("course", "test"):
        course = shelf.by_key.get(UUID(key))
        if course is None:
            return _("(not available any more)")
        if kind == "course":
            return _("Course “%(title)s”") % {"title": course.title}
        return _("Final test of “%(title)s”") % {"title": course.title}
    lesson = shelf.lesson(UUID(key))
    if lesson is None:
        return _("(not available any more)")
    if kind == "lesson":
        return _("Lesson “%(title)s”") % {"title": lesson.title}
    if exercise not in lesson.exercise_keys:
        return _("Exercise of “%(lesson)s”") % {"lesson": lesson.title}
    return _("Exercise %(number)d of “%(lesson)s”") % {
        "number": lesson.exercise_keys.index(exercise) + 1,
        "lesson": lesson.title,
    }


def role_name(role: str) -> str:
    """Return a role in words."""
    names = dict(StaffRole._meta.get_field("role").flatchoices)
    return str(names.get(role, role))
