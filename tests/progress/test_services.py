"""Writes are idempotent, and what they announce is true."""

from uuid import uuid4

import pytest

from courses.progress import services
from courses.progress.events import happened
from courses.progress.models import Attempt, LessonProgress, LessonState
from learnsite.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def announced():
    events = []

    def receive(sender, event, **kwargs) -> None:
        events.append(event)

    happened.connect(receive)
    yield events
    happened.disconnect(receive)


@pytest.fixture
def lena() -> User:
    return User.objects.create_user(display_name="Lena")


def test_two_devices_that_answer_at_once_make_one_first_answer(lena, announced) -> None:
    lesson, course = uuid4(), uuid4()
    for answer, score in (([1], 100), ([0], 0)):
        services.record_answer(
            user=lena,
            course_key=course,
            lesson_key=lesson,
            exercise_key="wetter-app",
            answer=answer,
            fingerprint="abc",
            score=score,
            before=None,  # neither has seen the other
            lesson_state=None,
        )
    assert [event.first for event in announced] == [True, False]
    assert [event.solved for event in announced] == [True, False]
    row = Attempt.objects.get()
    assert (row.answer, row.score, row.best) == ([0], 0, 100)


def test_completing_twice_is_announced_as_first_once(lena, announced) -> None:
    lesson, course = uuid4(), uuid4()
    for _turn in range(2):
        services.complete_lesson(user=lena, course_key=course, lesson_key=lesson)
    assert [event.first for event in announced] == [True, False]


def test_an_answer_never_undoes_a_done_lesson(lena) -> None:
    lesson, course = uuid4(), uuid4()
    services.complete_lesson(user=lena, course_key=course, lesson_key=lesson)
    services.record_answer(
        user=lena,
        course_key=course,
        lesson_key=lesson,
        exercise_key="a",
        answer=[0],
        fingerprint="abc",
        score=0,
        before=None,
        lesson_state=None,
    )
    assert LessonProgress.objects.get().state == LessonState.DONE
