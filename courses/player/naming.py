"""Stored keys and answers as a learner reads them on “Meine Daten”."""

from collections.abc import Mapping
from html import unescape
from typing import Any
from uuid import UUID

from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content.generation import current_generation
from courses.catalogue.keys import lab_of
from courses.catalogue.library import LessonEntry, shelf_now
from courses.exercises.grading import Exercise
from courses.groups.titles import object_title
from courses.progress.models import Attempt, Enrolment, FinalTest
from courses.review.models import ReviewCard

from .body import LessonBody, lesson_body
from .labs import lab_title
from .sittings import test_body


def course_title(key: UUID) -> str:
    """Return a course's title in the reader's language."""
    course = shelf_now().known_course(key)
    return course.title if course else _("(not available any more)")


def lesson_title(key: UUID) -> str:
    """Return a lesson's title in the reader's language."""
    lesson = _lesson(key)
    return lesson.title if lesson else _("(not available any more)")


def exercise_question(attempt: Attempt) -> str:
    """Return what an answered exercise asks, in the reader's language."""
    if name := lab_of(attempt.exercise_key):
        return _("Data lab “%(title)s”") % {"title": lab_title(name)}
    return _asked_by(_exercise(attempt))


def exercise_version(attempt: Attempt) -> str:
    """Return whether the exercise that was answered is still the same today."""
    if lab_of(attempt.exercise_key):
        return "–"
    exercise = _exercise(attempt)
    if exercise is None:
        return _("(not available any more)")
    is_same = exercise.fingerprint == attempt.fingerprint
    return _("the same as today") if is_same else _("changed since then")


def place_in_lesson(enrolment: Enrolment) -> str:
    """Return at which of a lesson's parts somebody goes on."""
    lesson = _lesson(enrolment.place_lesson)
    blocks = [part.block_id[:8] for part in _body(lesson).segments] if lesson else []
    if enrolment.place_block not in blocks:
        return _("(not available any more)")
    return _("part %(number)d of %(count)d") % {
        "number": blocks.index(enrolment.place_block) + 1,
        "count": len(blocks),
    }


def goal_text(card: ReviewCard) -> str:
    """Return what a goal of a course says, in the reader's language."""
    course = shelf_now().known_course(card.course_key)
    goals = {goal["id"]: goal["text"] for goal in course.goals} if course else {}
    return goals.get(card.goal) or _("(not available any more)")


def shared_object(object_key: str) -> str:
    """Return what a line of a group's ledger is about, in the reader's language."""
    return object_title(object_key, shelf_now())


def _exercise(attempt: Attempt) -> Exercise | None:
    lesson = _lesson(attempt.lesson_key)
    return _body(lesson).exercises.get(attempt.exercise_key) if lesson else None


def _asked_by(exercise: Exercise | None) -> str:
    if exercise is None:
        return _("(not available any more)")
    return unescape(strip_tags(exercise.definition["question"].source)).strip()


def _body(lesson: LessonEntry) -> LessonBody:
    return lesson_body(lesson.page_id, current_generation(), lesson.path)


def _lesson(key: UUID | None) -> LessonEntry | None:
    return shelf_now().known_lesson(key) if key else None


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


def drawn_questions(test: FinalTest) -> str:
    """Return the questions of a final test, a line each, with what is known of it.

    Before the test is handed in, nobody is told what an answer is worth.
    """
    course = shelf_now().known_course(test.course_key)
    known: Mapping[str, Exercise] = {}
    if course and course.test:
        known = test_body(course.test.page_id, current_generation()).questions
    lines = [
        f"{number}. {_asked_by(known.get(item['key']))} – {_came_of(item)}"
        for number, item in enumerate(test.items, start=1)
    ]
    return "\n".join(lines) or "–"


def _came_of(item: dict[str, Any]) -> str:
    if "score" in item:
        return _("%(score)d %%") % {"score": item["score"]}
    return chosen_options(item.get("answer")) if "mark" in item else _("open")
