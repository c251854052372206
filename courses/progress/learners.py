"""Someone who learns: with an account (rows) or without one (the signed cookie).

Both offer the same few calls, so that a view need not know whom it serves.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from courses.exercises.drawing import PoolItem
from courses.exercises.types.base import Answer

from . import cookie, queries, run_cookie, runs, services, spent
from .models import FinalTestState, LessonState
from .runs import Questions, Reason, Refused, Rules, Standing
from .state import Answered, Pass, Place, Progress

MARK_SALT = "courses.progress.learners"


class Learner(Protocol):
    """What the player may ask of someone who learns."""

    has_account: bool
    #: Whether a test asks the questions that nobody has practised with, too.
    meets_reserved: bool

    @property
    def is_known(self) -> bool: ...

    @property
    def mark(self) -> str: ...

    def course_progress(
        self,
        course_key: UUID,
        lesson_keys: Sequence[UUID],
        lesson_key: UUID | None = None,
        exercise_keys: Sequence[str] = (),
    ) -> Progress: ...

    def all_progress(
        self, courses: Sequence[UUID], lessons: Sequence[UUID]
    ) -> tuple[dict[UUID, Place | None], Progress]: ...

    def answered_exercises(
        self, lessons: Mapping[UUID, Sequence[str]]
    ) -> dict[UUID, dict[str, date]]: ...

    def set_place(self, course_key: UUID, lesson_key: UUID, block: str) -> None: ...

    def record_answer(
        self,
        course_key: UUID,
        lesson_key: UUID,
        exercise_key: str,
        *,
        answer: Any,
        fingerprint: str,
        score: int,
        progress: Progress,
    ) -> None: ...

    def complete_lesson(
        self, course_key: UUID, lesson_key: UUID, *, ends_course: bool = False
    ) -> None: ...

    def final_test(self, course_key: UUID) -> Standing: ...

    def passed_test(self, course_key: UUID) -> Pass | None: ...

    def begin_test(
        self,
        course_key: UUID,
        drawn: Sequence[PoolItem],
        *,
        run_id: str,
        after: str,
        rules: Rules,
    ) -> Standing: ...

    def answer_question(
        self,
        course_key: UUID,
        run_id: str,
        number: int,
        answer: Answer,
        questions: Questions,
    ) -> None: ...

    def clear_question(
        self, course_key: UUID, run_id: str, number: int, questions: Questions
    ) -> None: ...

    def hand_in_test(
        self, course_key: UUID, run_id: str, questions: Questions
    ) -> Standing: ...

    def finish(self, response: HttpResponse) -> None: ...


def learner_of(request: HttpRequest) -> Learner:
    """Return who learns in a request; no statement for somebody without session."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES and (
        request.user.is_authenticated
    ):
        return AccountLearner(request.user)
    return VisitorLearner(
        request.COOKIES.get(settings.PROGRESS_COOKIE_NAME, ""),
        request.COOKIES.get(settings.TESTS_COOKIE_NAME, ""),
    )


class AccountLearner:
    """A learner whose progress lies in rows."""

    has_account = True
    meets_reserved = True
    is_known = True

    def __init__(self, user: Any) -> None:
        self.user = user

    @property
    def mark(self) -> str:
        """What a page says of whom it was loaded for; tells nothing of the account."""
        return salted_hmac(MARK_SALT, str(self.user.pk)).hexdigest()[:16]

    def course_progress(
        self,
        course_key: UUID,
        lesson_keys: Sequence[UUID],
        lesson_key: UUID | None = None,
        exercise_keys: Sequence[str] = (),
    ) -> Progress:
        """Return progress in a course, with the answers of one lesson."""
        return queries.course_progress(self.user, course_key, lesson_keys, lesson_key)

    def all_progress(
        self, courses: Sequence[UUID], lessons: Sequence[UUID]
    ) -> tuple[dict[UUID, Place | None], Progress]:
        """Return all begun courses with their places, and all lessons."""
        return queries.all_progress(self.user)

    def answered_exercises(
        self, lessons: Mapping[UUID, Sequence[str]]
    ) -> dict[UUID, dict[str, date]]:
        """Return the answered exercises of each lesson with their days."""
        return queries.answered_exercises(self.user)

    def set_place(self, course_key: UUID, lesson_key: UUID, block: str) -> None:
        """Remember where to continue."""
        services.set_place(
            user=self.user, course_key=course_key, lesson_key=lesson_key, block=block
        )

    def record_answer(
        self,
        course_key: UUID,
        lesson_key: UUID,
        exercise_key: str,
        *,
        answer: Any,
        fingerprint: str,
        score: int,
        progress: Progress,
    ) -> None:
        """Keep an answer."""
        services.record_answer(
            user=self.user,
            course_key=course_key,
            lesson_key=lesson_key,
            exercise_key=exercise_key,
            answer=answer,
            fingerprint=fingerprint,
            score=score,
            before=progress.answered.get(exercise_key),
            lesson_state=progress.lessons.get(lesson_key),
        )

    def complete_lesson(
        self, course_key: UUID, lesson_key: UUID, *, ends_course: bool = False
    ) -> None:
        """Mark a lesson as done."""
        services.complete_lesson(
            user=self.user,
            course_key=course_key,
            lesson_key=lesson_key,
            ends_course=ends_course,
        )

    def final_test(self, course_key: UUID) -> Standing:
        """Return what is kept of the final test of a course."""
        return queries.standing(self.user, course_key)

    def passed_test(self, course_key: UUID) -> Pass | None:
        """Return when, how well and on which version the final test was passed."""
        return queries.passed_test(self.user, course_key)

    def begin_test(
        self,
        course_key: UUID,
        drawn: Sequence[PoolItem],
        *,
        run_id: str,
        after: str,
        rules: Rules,
    ) -> Standing:
        """Begin a run of a final test."""
        return services.begin_test(
            user=self.user,
            course_key=course_key,
            drawn=drawn,
            run_id=run_id,
            after=after,
            rules=rules,
        )

    def answer_question(
        self,
        course_key: UUID,
        run_id: str,
        number: int,
        answer: Answer,
        questions: Questions,
    ) -> None:
        """Keep an answer within a final test."""
        services.answer_question(
            user=self.user,
            course_key=course_key,
            run_id=run_id,
            number=number,
            answer=answer,
            questions=questions,
        )

    def clear_question(
        self, course_key: UUID, run_id: str, number: int, questions: Questions
    ) -> None:
        """Take back an answer within a final test."""
        services.clear_question(
            user=self.user,
            course_key=course_key,
            run_id=run_id,
            number=number,
            questions=questions,
        )

    def hand_in_test(
        self, course_key: UUID, run_id: str, questions: Questions
    ) -> Standing:
        """End a run of a final test."""
        return services.hand_in_test(
            user=self.user, course_key=course_key, run_id=run_id, questions=questions
        )

    def finish(self, response: HttpResponse) -> None:
        """Do nothing: rows are written already."""


class VisitorLearner:
    """A learner whose progress lies in cookies only; the server keeps nothing."""

    has_account = False
    meets_reserved = False
    #: Whether the day is kept on which a run was begun, because it will lapse.
    keeps_first_day = False

    def __init__(self, value: str = "", tests: str = "") -> None:
        self.record = cookie.loads(value)
        self.tests = spent.without_replays(run_cookie.loads(tests))
        self.changed = False
        self.tests_value = ""

    @property
    def mark(self) -> str:
        """Nothing: there is nobody to tell apart."""
        return ""

    @property
    def is_known(self) -> bool:
        """Whether anything was learned on this device before."""
        return bool(self.record or self.tests)

    def course_progress(
        self,
        course_key: UUID,
        lesson_keys: Sequence[UUID],
        lesson_key: UUID | None = None,
        exercise_keys: Sequence[str] = (),
    ) -> Progress:
        """Return progress in a course; answers are not kept, only best scores."""
        lessons = self._states(lesson_keys)
        answered: dict[str, Answered] = {}
        kept = lesson_key and self.record.lessons.get(cookie.short_key(lesson_key))
        if kept:
            for key in exercise_keys:
                best = kept.scores.get(cookie.exercise_number(key))
                if best is not None:
                    answered[key] = Answered(best)
        place = self._place(course_key, lesson_keys)
        return Progress(lessons, place, answered, self._test_states())

    def all_progress(
        self, courses: Sequence[UUID], lessons: Sequence[UUID]
    ) -> tuple[dict[UUID, Place | None], Progress]:
        """Return the begun courses, last used first, and all lessons."""
        by_short = {cookie.short_key(key): key for key in courses}
        places = {
            by_short[short]: self._place(by_short[short], lessons)
            for short in reversed(self.record.courses)
            if short in by_short
        }
        return places, Progress(self._states(lessons), tests=self._test_states())

    def answered_exercises(
        self, lessons: Mapping[UUID, Sequence[str]]
    ) -> dict[UUID, dict[str, date]]:
        """Return what was answered in some lessons, given with their exercises' ids.

        The cookie knows a day for each lesson only.
        """
        found = {}
        for key, exercise_keys in lessons.items():
            kept = self.record.lessons.get(cookie.short_key(key))
            if kept:
                found[key] = {
                    exercise: kept.day
                    for exercise in exercise_keys
                    if cookie.exercise_number(exercise) in kept.scores
                }
        return {key: answered for key, answered in found.items() if answered}

    def set_place(self, course_key: UUID, lesson_key: UUID, block: str) -> None:
        """Remember where to continue; the course moves to the end of the cookie."""
        short = cookie.short_key(course_key)
        self.record.courses.pop(short, None)
        self.record.courses[short] = cookie.CourseRecord(
            cookie.short_key(lesson_key), block, timezone.localdate()
        )
        self.changed = True

    def record_answer(
        self,
        course_key: UUID,
        lesson_key: UUID,
        exercise_key: str,
        *,
        answer: Any,
        fingerprint: str,
        score: int,
        progress: Progress,
    ) -> None:
        """Keep the best score; the lesson counts as started."""
        number = cookie.exercise_number(exercise_key)
        kept = self.record.lessons.get(cookie.short_key(lesson_key))
        scores = dict(kept.scores) if kept else {}
        scores[number] = max(score, scores.get(number, 0))
        self._keep(lesson_key, kept.state if kept else LessonState.STARTED, scores)

    def complete_lesson(
        self, course_key: UUID, lesson_key: UUID, *, ends_course: bool = False
    ) -> None:
        """Mark a lesson as done."""
        kept = self.record.lessons.get(cookie.short_key(lesson_key))
        self._keep(lesson_key, LessonState.DONE, dict(kept.scores) if kept else {})

    def final_test(self, course_key: UUID) -> Standing:
        """Return what is kept of the final test of a course."""
        return self.tests.get(course_key, Standing())

    def passed_test(self, course_key: UUID) -> Pass | None:
        """Return when, how well and on which version the final test was passed."""
        return self.final_test(course_key).passed

    def begin_test(
        self,
        course_key: UUID,
        drawn: Sequence[PoolItem],
        *,
        run_id: str,
        after: str,
        rules: Rules,
    ) -> Standing:
        """Begin a run of a final test."""
        begun = runs.begun(
            self.final_test(course_key),
            drawn,
            run_id=run_id,
            after=after,
            rules=rules,
            today=timezone.localdate() if self.keeps_first_day else None,
        )
        return self._keep_test(course_key, begun)

    def answer_question(
        self,
        course_key: UUID,
        run_id: str,
        number: int,
        answer: Answer,
        questions: Questions,
    ) -> None:
        """Keep an answer within a final test, unless the test was handed in."""
        before = self._unspent(course_key)
        self._keep_test(
            course_key,
            runs.answered(
                before,
                run_id=run_id,
                number=number,
                answer=answer,
                questions=questions,
            ),
        )

    def clear_question(
        self, course_key: UUID, run_id: str, number: int, questions: Questions
    ) -> None:
        """Take back an answer within a final test, unless the test was handed in."""
        before = self._unspent(course_key)
        self._keep_test(
            course_key,
            runs.cleared(before, run_id=run_id, number=number, questions=questions),
        )

    def hand_in_test(
        self, course_key: UUID, run_id: str, questions: Questions
    ) -> Standing:
        """End a run of a final test; its id is remembered as spent for a while."""
        before = self.final_test(course_key)
        today = timezone.localdate()
        after = runs.handed_in(before, run_id=run_id, questions=questions, today=today)
        if before.open_run:
            spent.spend(before.open_run)
        return self._keep_test(course_key, after)

    def finish(self, response: HttpResponse) -> None:
        """Write the cookies in which something changed."""
        if self.changed:
            set_cookie(
                response, settings.PROGRESS_COOKIE_NAME, cookie.dumps(self.record)
            )
        if self.tests_value:
            set_cookie(response, settings.TESTS_COOKIE_NAME, self.tests_value)

    def _unspent(self, course_key: UUID) -> Standing:
        standing = self.final_test(course_key)
        if standing.open_run and spent.is_spent(standing.open_run):
            raise Refused(Reason.HANDED_IN)
        return standing

    def _keep_test(self, course_key: UUID, standing: Standing) -> Standing:
        """Keep what there is to know; raises ``Refused`` where the cookie is full."""
        others = {k: each for k, each in self.tests.items() if k != course_key}
        kept = {**others, course_key: standing}
        self.tests_value = self._packed(kept)
        self.tests = kept
        return standing

    def _packed(self, tests: run_cookie.Standings) -> str:
        return run_cookie.dumps(tests)

    def _test_states(self) -> dict[UUID, FinalTestState]:
        states = {course: each.state for course, each in self.tests.items()}
        return {course: state for course, state in states.items() if state}

    def _keep(
        self, lesson_key: UUID, state: LessonState, scores: dict[int, int]
    ) -> None:
        short = cookie.short_key(lesson_key)
        self.record.lessons.pop(short, None)
        self.record.lessons[short] = cookie.LessonRecord(
            state, timezone.localdate(), scores
        )
        self.changed = True

    def _states(self, lesson_keys: Sequence[UUID]) -> dict[UUID, LessonState]:
        kept = ((k, self.record.lessons.get(cookie.short_key(k))) for k in lesson_keys)
        return {key: record.state for key, record in kept if record}

    def _place(self, course_key: UUID, lesson_keys: Sequence[UUID]) -> Place | None:
        kept = self.record.courses.get(cookie.short_key(course_key))
        if not kept:
            return None
        for key in lesson_keys:
            if cookie.short_key(key) == kept.lesson:
                return Place(key, kept.block)
        return None


def set_cookie(response: HttpResponse, name: str, value: str) -> None:
    """Put a value on the device that no script can read."""
    response.set_cookie(
        name,
        value,
        max_age=settings.PROGRESS_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
