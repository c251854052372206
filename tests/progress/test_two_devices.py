"""Two devices answer at the same moment, each in a transaction of its own.

Elsewhere each test is one transaction, in which nobody ever waits. Only PostgreSQL lets
both in at once: there, the row has to be locked.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from uuid import uuid4

import pytest
from django.db import connection

from courses.exercises.drawing import PoolItem
from courses.exercises.grading import Exercise
from courses.progress import services
from courses.progress.learners import AccountLearner
from courses.progress.models import FinalTest
from courses.progress.runs import Rules
from learnsite.accounts.models import User
from tests.factories import exercise_of, single_choice

COURSE = uuid4()
RUN = "1" * 16
DRAWN = [PoolItem("a", "g"), PoolItem("b", "g")]


class Meeting(dict[str, Exercise]):
    """The questions, looked up only once both devices have read what is stored.

    Where one keeps the other out, as it should be, it waits in vain and goes on.
    """

    def __init__(self) -> None:
        super().__init__({k: exercise_of(single_choice(k, goal="g")) for k in "ab"})
        self.both = Barrier(2, timeout=1)

    def __getitem__(self, key: str) -> Exercise:
        with suppress(BrokenBarrierError):
            self.both.wait()
        return super().__getitem__(key)


@pytest.fixture
def lena(commits: None) -> Iterator[User]:
    """Lena as every connection sees her: her rows are written, and removed again."""
    user = User.objects.create_user(display_name="Lena")
    yield user
    FinalTest.objects.filter(user=user).delete()
    user.delete()


def test_two_answers_at_the_same_moment_are_both_kept(lena: User) -> None:
    services.begin_test(
        user=lena,
        course_key=COURSE,
        drawn=DRAWN,
        run_id=RUN,
        after="",
        rules=Rules(60),
    )
    questions = Meeting()

    def answer(number: int) -> None:
        try:
            services.answer_question(
                user=lena,
                course_key=COURSE,
                run_id=RUN,
                number=number,
                answer=[1],
                questions=questions,
            )
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as devices:
        list(devices.map(answer, range(2)))

    run = AccountLearner(User.objects.get(pk=lena.pk)).final_test(COURSE).run
    assert run is not None
    assert [item.answer for item in run.items] == [[1], [1]]
