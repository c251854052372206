"""Reads of a learner's rows."""

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection

from .models import Attempt, Enrolment, LessonProgress, LessonState
from .state import Answered, Place, Progress

# In plain SQL: every page of a course runs it, and as three queries of the ORM it takes
# ten times as long. Each row: kind, key, text, number, answer, fingerprint.
COURSE_PROGRESS = """
SELECT 'lesson', CAST(lesson_key AS text), '', state, '', ''
  FROM courses_lessonprogress WHERE user_id = %s
UNION ALL
SELECT 'place', CAST(place_lesson AS text), place_block, 0, '', ''
  FROM courses_enrolment
  WHERE user_id = %s AND course_key = %s AND place_lesson IS NOT NULL
UNION ALL
SELECT 'answer', '', exercise_key, best, CAST(answer AS text), fingerprint
  FROM courses_attempt WHERE user_id = %s AND lesson_key = %s
"""


def course_progress(
    user: Any, course_key: UUID, lesson_keys: Iterable[UUID], lesson_key: UUID | None
) -> Progress:
    """Return a learner's progress in a course: one statement.

    ``lesson_key`` names the lesson whose answers are wanted, None for none.
    """
    wanted = frozenset(lesson_keys)
    lessons: dict[UUID, LessonState] = {}
    place = None
    answered: dict[str, Answered] = {}
    for kind, key, text, number, answer, mark in _rows(user, course_key, lesson_key):
        if kind == "answer":
            answered[text] = Answered(number, answer and json.loads(answer), mark)
        elif kind == "place":
            place = Place(UUID(key), text)
        elif (lesson := UUID(key)) in wanted:
            lessons[lesson] = LessonState(number)
    return Progress(lessons, place, answered)


def _rows(user: Any, course_key: UUID, lesson_key: UUID | None) -> list[tuple]:
    def bare(key: UUID | None) -> Any:
        return key and Attempt._meta.get_field("id").get_db_prep_value(key, connection)

    person = bare(user.pk)
    values = [person, person, bare(course_key), person, bare(lesson_key)]
    with connection.cursor() as cursor:
        cursor.execute(COURSE_PROGRESS, values)
        return cursor.fetchall()


def all_progress(user: Any) -> tuple[dict[UUID, Place | None], Progress]:
    """Return each begun course with its place, and all lessons: two statements."""
    places = {
        course: Place(lesson, block) if lesson else None
        for course, lesson, block in Enrolment.objects.filter(user=user)
        .order_by("-day")
        .values_list("course_key", "place_lesson", "place_block")
    }
    lessons = LessonProgress.objects.filter(user=user).values_list(
        "lesson_key", "state"
    )
    return places, Progress(lessons={k: LessonState(s) for k, s in lessons})
