"""Writes of a learner's rows. Each is short, idempotent and never lowers anything."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models.functions import Greatest
from django.utils import timezone

from .events import ExerciseAnswered, LessonDone, happened
from .models import Attempt, Enrolment, LessonProgress, LessonState
from .state import Answered


def set_place(*, user: Any, course_key: UUID, lesson_key: UUID, block: str) -> None:
    """Remember where to continue: one upsert."""
    Enrolment.objects.bulk_create(
        [
            Enrolment(
                user=user,
                course_key=course_key,
                place_lesson=lesson_key,
                place_block=block,
                day=timezone.localdate(),
            )
        ],
        update_conflicts=True,
        unique_fields=["user", "course_key"],
        update_fields=["place_lesson", "place_block", "day"],
    )


def record_answer(
    *,
    user: Any,
    course_key: UUID,
    lesson_key: UUID,
    exercise_key: str,
    answer: Any,
    fingerprint: str,
    score: int,
    before: Answered | None,
    lesson_state: LessonState | None,
) -> None:
    """Keep the last answer and the best score; the lesson counts as started.

    ``before`` and ``lesson_state`` are what the caller read in this request; they only
    save statements, the rows themselves never go down. Announces
    :class:`ExerciseAnswered` inside the transaction.
    """
    today = timezone.localdate()
    with transaction.atomic():
        if lesson_state is None:
            _start_lesson(user, lesson_key, today)
        first = _keep_attempt(
            {"user": user, "lesson_key": lesson_key, "exercise_key": exercise_key},
            {
                "answer": answer,
                "fingerprint": fingerprint,
                "score": score,
                "day": today,
            },
            is_new=before is None,
        )
        happened.send(
            sender=ExerciseAnswered,
            event=ExerciseAnswered(
                user_id=user.pk,
                course_key=course_key,
                lesson_key=lesson_key,
                exercise_key=exercise_key,
                solved=score == 100,
                first=first,
            ),
        )


def complete_lesson(*, user: Any, course_key: UUID, lesson_key: UUID) -> None:
    """Mark a lesson as done. Announces :class:`LessonDone` inside the transaction."""
    today = timezone.localdate()
    with transaction.atomic():
        _start_lesson(user, lesson_key, today)
        first = bool(
            LessonProgress.objects.filter(
                user=user, lesson_key=lesson_key, state__lt=LessonState.DONE
            ).update(state=LessonState.DONE, day=today)
        )
        happened.send(
            sender=LessonDone,
            event=LessonDone(user.pk, course_key, lesson_key, first),
        )


def _start_lesson(user: Any, lesson_key: UUID, today: date) -> None:
    LessonProgress.objects.bulk_create(
        [
            LessonProgress(
                user=user, lesson_key=lesson_key, state=LessonState.STARTED, day=today
            )
        ],
        ignore_conflicts=True,
    )


def _keep_attempt(
    place: dict[str, Any], values: dict[str, Any], *, is_new: bool
) -> bool:
    """Insert or update an attempt; return whether it is the first one ever.

    Of two devices that answer at once, the insert of one fails and becomes an update.
    """
    score = values["score"]
    if is_new:
        try:
            with transaction.atomic():
                Attempt.objects.create(**place, **values, best=score)
        except IntegrityError:
            pass
        else:
            return True
    Attempt.objects.filter(**place).update(**values, best=Greatest("best", score))
    return False
