"""Writes of a learner's rows. Each is short, idempotent and never lowers anything."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Case, F, Q, QuerySet, When
from django.db.models.functions import Greatest
from django.utils import timezone

from courses.exercises.drawing import PoolItem
from courses.exercises.types.base import Answer
from learnsite.accounts import tombstones

from . import runs
from .events import CourseDone, ExerciseAnswered, LessonDone, TestPassed, happened
from .models import Attempt, Enrolment, FinalTest, LessonProgress, LessonState
from .queries import columns_of, standing_of
from .runs import Standing
from .state import FULL, Answered

#: What a restored backup is told where answers were dropped (see ``tombstones``).
ANSWERS = "answers"


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
                solved=score == FULL,
                first=first,
            ),
        )


def complete_lesson(
    *, user: Any, course_key: UUID, lesson_key: UUID, ends_course: bool = False
) -> None:
    """Mark a lesson as done; ``ends_course`` says that it was the last one left.

    Announces :class:`LessonDone`, and then :class:`CourseDone`, inside the transaction.
    """
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
        if ends_course:
            happened.send(
                sender=CourseDone, event=CourseDone(user.pk, course_key, first)
            )


def forget_answers(*, user: Any) -> None:
    """Drop what was answered, how well and on which day, as far as the place allows.

    Where somebody else may hold the key of an account for a moment. What is solved,
    done or passed stays, all of it as if of today. A run of a final test ends, open or
    handed in: it shows what was chosen in it. All stays dropped when a backup is
    restored.
    """
    with transaction.atomic():
        forget_answers_until(user.pk, timezone.localdate())
        tombstones.note(ANSWERS, user=user)


def forget_answers_until(user_id: UUID, day: date) -> bool:
    """Drop the same up to a day (again); return whether there was anything.

    Days are all that is known, so what was answered later on that day goes as well. Of
    a final test not even the day is known: it goes in any case.
    """
    solved = Case(When(best=FULL, then=FULL), default=0)
    changed = _attempts_that_tell(user_id, day).update(
        answer=None, fingerprint="", score=solved, best=solved, day=day
    )
    for rows in (LessonProgress.objects, Enrolment.objects):
        changed += rows.filter(user=user_id, day__lt=day).update(day=day)
    failed = FinalTest.objects.filter(user=user_id, passed_day=None)
    changed += failed.exclude(best=None).update(best=None)
    return bool(changed + _end_runs(user_id))


def _attempts_that_tell(user_id: UUID, day: date) -> QuerySet[Attempt]:
    """Return those up to a day that tell more than whether they were solved."""
    tells = Q(answer__isnull=False) | Q(best__gt=0, best__lt=FULL) | Q(day__lt=day)
    tells |= Q(score__lt=F("best"))
    return Attempt.objects.filter(tells, user=user_id, day__lte=day)


def _end_runs(user: Any) -> int:
    """Drop the last run of every final test; best result, pass and attempts stay."""
    runs_there = FinalTest.objects.filter(user=user).exclude(run="")
    return runs_there.update(
        run="", items=[], handed_in=False, pass_mark=0, run_version=None
    )


def begin_test(
    *,
    user: Any,
    course_key: UUID,
    drawn: Sequence[PoolItem],
    run_id: str,
    after: str,
    rules: runs.Rules,
) -> Standing:
    """Begin a run of a final test, see :func:`runs.begun`."""

    def begun(standing: Standing) -> Standing:
        return runs.begun(standing, drawn, run_id=run_id, after=after, rules=rules)

    return _change_test(user, course_key, begun)[1]


def answer_question(
    *,
    user: Any,
    course_key: UUID,
    run_id: str,
    number: int,
    answer: Answer,
    questions: runs.Questions,
) -> None:
    """Grade and keep an answer within a final test, see :func:`runs.answered`."""

    def answered(standing: Standing) -> Standing:
        return runs.answered(
            standing, run_id=run_id, number=number, answer=answer, questions=questions
        )

    _change_test(user, course_key, answered)


def clear_question(
    *,
    user: Any,
    course_key: UUID,
    run_id: str,
    number: int,
    questions: runs.Questions,
) -> None:
    """Take back an answer within a final test, see :func:`runs.cleared`."""

    def cleared(standing: Standing) -> Standing:
        return runs.cleared(standing, run_id=run_id, number=number, questions=questions)

    _change_test(user, course_key, cleared)


def hand_in_test(
    *, user: Any, course_key: UUID, run_id: str, questions: runs.Questions
) -> Standing:
    """End a run of a final test, see :func:`runs.handed_in`.

    Announces :class:`TestPassed` inside the transaction, once for each run passed.
    """
    today = timezone.localdate()

    def handed_in(standing: Standing) -> Standing:
        return runs.handed_in(standing, run_id=run_id, questions=questions, today=today)

    with transaction.atomic():
        before, after = _change_test(user, course_key, handed_in)
        if after != before and after.run and after.run.is_passed:
            first = before.passed is None
            happened.send(
                sender=TestPassed, event=TestPassed(user.pk, course_key, first)
            )
    return after


def _change_test(
    user: Any, course_key: UUID, change: Callable[[Standing], Standing]
) -> tuple[Standing, Standing]:
    """Let a pure function decide on the locked row; return before and after.

    Of two devices that begin at once, the second finds the row of the first.
    """
    place = {"user": user, "course_key": course_key}
    with transaction.atomic():
        row = FinalTest.objects.select_for_update().filter(**place).first()
        before = standing_of(row) if row else Standing()
        after = change(before)
        if after == before:
            return before, after
        if row:
            FinalTest.objects.filter(pk=row.pk).update(**columns_of(after))
            return before, after
        try:
            with transaction.atomic():
                FinalTest.objects.create(**place, **columns_of(after))
        except IntegrityError:
            return _change_test(user, course_key, change)
    return before, after


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
