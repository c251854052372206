"""Stored keys and answers as a learner reads them on “Meine Daten”."""

from html import unescape
from typing import Any
from uuid import UUID

from django.utils.html import strip_tags
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from content.generation import current_generation
from courses.catalogue.library import LessonEntry, Library, library
from courses.progress.models import Attempt

from .body import lesson_body


def course_title(key: UUID) -> str:
    """Return a course's title in the reader's language."""
    course = _shelf().by_key.get(key)
    return course.title if course else _("(not available any more)")


def lesson_title(key: UUID) -> str:
    """Return a lesson's title in the reader's language."""
    lesson = _lesson(key)
    return lesson.title if lesson else _("(not available any more)")


def exercise_question(attempt: Attempt) -> str:
    """Return what an answered exercise asks, in the reader's language."""
    lesson = _lesson(attempt.lesson_key)
    if lesson is None:
        return _("(not available any more)")
    body = lesson_body(lesson.page_id, current_generation(), lesson.path)
    exercise = body.exercises.get(attempt.exercise_key)
    if exercise is None:
        return _("(not available any more)")
    return unescape(strip_tags(exercise.definition["question"].source)).strip()


def _lesson(key: UUID) -> LessonEntry | None:
    found = (course.by_key.get(key) for course in _shelf().courses)
    return next(filter(None, found), None)


def chosen_options(answer: Any) -> str:
    """Return an answer as people read it: options counted from 1, words as typed."""
    if not isinstance(answer, list) or not all(type(n) is int for n in answer):
        return _said(answer, "; ")
    if not answer:
        return _("no option")
    numbers = ", ".join(str(number + 1) for number in answer)
    return ngettext("option %(numbers)s", "options %(numbers)s", len(answer)) % {
        "numbers": numbers
    }


def _said(answer: Any, between: str = " ") -> str:
    """Return an answer of several parts: “ja 2; –” for two statements."""
    if isinstance(answer, dict):
        answer = list(answer.values())
    if isinstance(answer, list):
        given = [_said(each) for each in answer if between != " " or each is not None]
        return between.join(given) or "–"
    if answer is None:
        return "–"
    if isinstance(answer, bool):
        return _("yes") if answer else _("no")
    return str(answer + 1) if isinstance(answer, int) else str(answer)


def drawn_questions(items: Any) -> str:
    """Return the questions of a final test with what is known of each.

    Before the test is handed in, nobody is told what an answer is worth.
    """
    return "; ".join(_question(item) for item in items) or "–"


def _question(item: dict[str, Any]) -> str:
    if "score" in item:
        return _("%(id)s: %(score)d %%") % {"id": item["key"], "score": item["score"]}
    if "mark" in item:
        answer = chosen_options(item.get("answer"))
        return _("%(id)s: %(answer)s") % {"id": item["key"], "answer": answer}
    return _("%(id)s: open") % {"id": item["key"]}


def _shelf() -> Library:
    return library(get_language() or "de", current_generation())
