"""Reads of a learner's rows."""

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count

from .models import (
    Attempt,
    Enrolment,
    FinalTest,
    FinalTestState,
    LessonProgress,
    LessonState,
)
from .runs import Run, Standing, items_from_json, items_to_json
from .state import Answered, Pass, Place, Progress

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
UNION ALL
SELECT 'test', CAST(course_key AS text), '',
  CASE WHEN passed_day IS NOT NULL THEN 3 WHEN handed_in THEN 2 ELSE 1 END, '', ''
  FROM courses_finaltest WHERE user_id = %s AND course_key = %s
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
    tests: dict[UUID, FinalTestState] = {}
    for kind, key, text, number, answer, mark in _rows(user, course_key, lesson_key):
        if kind == "answer":
            answered[text] = Answered(number, answer and json.loads(answer), mark)
        elif kind == "place":
            place = Place(UUID(key), text)
        elif kind == "test":
            tests[UUID(key)] = FinalTestState(number)
        elif (lesson := UUID(key)) in wanted:
            lessons[lesson] = LessonState(number)
    return Progress(lessons, place, answered, tests)


def _rows(user: Any, course_key: UUID, lesson_key: UUID | None) -> list[tuple]:
    def bare(key: UUID | None) -> Any:
        return key and Attempt._meta.get_field("id").get_db_prep_value(key, connection)

    person, course = bare(user.pk), bare(course_key)
    values = [person, person, course, person, bare(lesson_key), person, course]
    with connection.cursor() as cursor:
        cursor.execute(COURSE_PROGRESS, values)
        return cursor.fetchall()


def all_progress(user: Any) -> tuple[dict[UUID, Place | None], Progress]:
    """Return each begun course with its place, all lessons and tests: 3 statements."""
    places = {
        course: Place(lesson, block) if lesson else None
        for course, lesson, block in Enrolment.objects.filter(user=user)
        .order_by("-day")
        .values_list("course_key", "place_lesson", "place_block")
    }
    lessons = LessonProgress.objects.filter(user=user).values_list(
        "lesson_key", "state"
    )
    tests = FinalTest.objects.filter(user=user).values_list(
        "course_key", "handed_in", "passed_day"
    )
    return places, Progress(
        lessons={k: LessonState(s) for k, s in lessons},
        tests={
            course: FinalTestState.of(is_done=is_done, is_passed=day is not None)
            for course, is_done, day in tests
        },
    )


def standing(user: Any, course_key: UUID) -> Standing:
    """Return all that is kept of a learner's final test in a course: one statement."""
    row = FinalTest.objects.filter(user=user, course_key=course_key).first()
    return standing_of(row) if row else Standing()


def standing_of(row: FinalTest) -> Standing:
    """Return what a row says."""
    passed = None
    if row.passed_day is not None and row.passed_score is not None:
        passed = Pass(row.passed_day, row.passed_score, row.passed_version)
    items = items_from_json(row.items)
    return Standing(
        run=Run(row.run, items, row.pass_mark, row.handed_in, row.run_version)
        if row.run
        else None,
        attempts=row.attempts,
        version=row.version,
        best=row.best,
        passed=passed,
    )


def columns_of(standing: Standing) -> dict[str, Any]:
    """Return the columns of a row that says the same."""
    run, passed = standing.run, standing.passed
    return {
        "run": run.id if run else "",
        "items": items_to_json(run.items if run else ()),
        "handed_in": bool(run and run.handed_in),
        "pass_mark": run.pass_mark if run else 0,
        "run_version": run and run.version,
        "version": standing.version,
        "attempts": standing.attempts,
        "best": standing.best,
        "passed_day": passed and passed.day,
        "passed_score": passed and passed.score,
        "passed_version": passed and passed.version,
    }


def passed_test(user: Any, course_key: UUID) -> Pass | None:
    """Return when, how well and on which version a final test was passed, if at all.

    One statement.
    """
    return standing(user, course_key).passed


def learning_days(
    user: Any, lesson_keys: Iterable[UUID]
) -> dict[UUID, tuple[date, date]]:
    """Return the first and the last day kept of each of some lessons: one statement."""
    keys = list(lesson_keys)
    lessons = LessonProgress.objects.filter(user=user, lesson_key__in=keys)
    answers = Attempt.objects.filter(user=user, lesson_key__in=keys)
    found = lessons.values_list("lesson_key", "day").union(
        answers.values_list("lesson_key", "day")
    )
    days: dict[UUID, tuple[date, date]] = {}
    for key, day in found:
        first, last = days.get(key, (day, day))
        days[key] = (min(first, day), max(last, day))
    return days


def has_finishers(lesson_keys: Iterable[UUID], without: UUID) -> bool:
    """Whether any account has done all of some lessons, but not one other.

    One statement; how many or who is nobody's business.
    """
    keys = set(lesson_keys)
    done = LessonProgress.objects.filter(state=LessonState.DONE)
    here = done.filter(lesson_key__in=keys).values("user").annotate(n=Count("pk"))
    there = done.filter(lesson_key=without).values("user")
    return bool(keys) and here.filter(n=len(keys)).exclude(user__in=there).exists()


def answered_exercises(user: Any) -> dict[UUID, dict[str, date]]:
    """Return the answered exercises of each lesson with their days: one statement."""
    found: dict[UUID, dict[str, date]] = defaultdict(dict)
    rows = Attempt.objects.filter(user=user)
    for lesson, exercise, day in rows.values_list("lesson_key", "exercise_key", "day"):
        found[lesson][exercise] = day
    return dict(found)
