"""Taking over a visitor's cookie into an account: asked for, never silent."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import transaction

from . import cookie
from .models import Attempt, Enrolment, FinalTest, LessonProgress, LessonState
from .queries import columns_of, standing_of
from .run_cookie import Standings
from .runs import merged


@dataclass(frozen=True)
class KnownLesson:
    """A lesson in one language whose progress a cookie may hold."""

    key: UUID
    course_key: UUID
    exercise_keys: tuple[str, ...]


def merge_record(
    *,
    user: Any,
    record: cookie.Record,
    tests: Standings,
    lessons: Iterable[KnownLesson],
) -> None:
    """Add what a device's cookies hold to an account's rows, in one transaction.

    Nothing is lost or lowered: where a row exists the further state and the better
    score win, and a place or a run of a final test is taken only where the account has
    none. The answers to exercises were never in the cookie. Announces nothing.
    """
    known = _known_by_short_key(lessons)
    courses = {cookie.short_key(lesson.course_key): lesson for lesson in known.values()}
    kept = [(known[s], r) for s, r in record.lessons.items() if s in known]
    with transaction.atomic():
        _merge_lessons(user, kept)
        _merge_scores(user, kept)
        _merge_places(user, record, known, courses)
        _merge_tests(user, tests)


def _known_by_short_key(lessons: Iterable[KnownLesson]) -> dict[bytes, KnownLesson]:
    """Return each lesson once, with the exercises of all its languages.

    A language may lack an exercise that was answered in another.
    """
    known: dict[bytes, KnownLesson] = {}
    for lesson in lessons:
        short = cookie.short_key(lesson.key)
        if same := known.get(short):
            keys = dict.fromkeys((*same.exercise_keys, *lesson.exercise_keys))
            lesson = replace(same, exercise_keys=tuple(keys))
        known[short] = lesson
    return known


def _merge_lessons(
    user: Any, kept: list[tuple[KnownLesson, cookie.LessonRecord]]
) -> None:
    LessonProgress.objects.bulk_create(
        [
            LessonProgress(user=user, lesson_key=k.key, state=r.state, day=r.day)
            for k, r in kept
        ],
        ignore_conflicts=True,
    )
    done = [k.key for k, r in kept if r.state == LessonState.DONE]
    LessonProgress.objects.filter(
        user=user, lesson_key__in=done, state__lt=LessonState.DONE
    ).update(state=LessonState.DONE)


def _merge_scores(
    user: Any, kept: list[tuple[KnownLesson, cookie.LessonRecord]]
) -> None:
    found = [
        Attempt(
            user=user,
            lesson_key=lesson.key,
            exercise_key=key,
            score=record.scores[number],
            best=record.scores[number],
            day=record.day,
        )
        for lesson, record in kept
        for key in lesson.exercise_keys
        if (number := cookie.exercise_number(key)) in record.scores
    ]
    Attempt.objects.bulk_create(found, ignore_conflicts=True)
    wanted = {(a.lesson_key, a.exercise_key): a.best for a in found}
    lower = [
        row
        for row in Attempt.objects.select_for_update().filter(
            user=user, lesson_key__in={a.lesson_key for a in found}
        )
        if row.best < wanted.get((row.lesson_key, row.exercise_key), 0)
    ]
    for row in lower:
        row.best = wanted[row.lesson_key, row.exercise_key]
    Attempt.objects.bulk_update(lower, ["best"])


def _merge_places(
    user: Any,
    record: cookie.Record,
    lessons: dict[bytes, KnownLesson],
    courses: dict[bytes, KnownLesson],
) -> None:
    Enrolment.objects.bulk_create(
        [
            Enrolment(
                user=user,
                course_key=courses[short].course_key,
                place_lesson=lessons[place.lesson].key,
                place_block=place.block,
                day=place.day,
            )
            for short, place in record.courses.items()
            if short in courses and place.lesson in lessons
        ],
        ignore_conflicts=True,
    )


def _merge_tests(user: Any, tests: Standings) -> None:
    if not tests:
        return
    # First those that are new, then the locked rows: another device may do the same.
    FinalTest.objects.bulk_create(
        [
            FinalTest(user=user, course_key=course, **columns_of(found))
            for course, found in tests.items()
        ],
        ignore_conflicts=True,
    )
    rows = FinalTest.objects.select_for_update().filter(user=user, course_key__in=tests)
    for row in rows:
        own = standing_of(row)
        both = merged(own, tests[row.course_key])
        if both != own:
            FinalTest.objects.filter(pk=row.pk).update(**columns_of(both))
