"""What a teacher's tasks open: the nearest decides, of several groups the most open."""

from typing import Any
from uuid import uuid4

import pytest

from courses.groups.levels import Scope
from courses.groups.opening import Given, Opening, course_is_open, opening_of

COURSE, FIRST, SECOND = uuid4(), uuid4(), uuid4()
KEYS = ("eins", "zwei")


def course(**how: bool) -> Given:
    return Given(COURSE, None, "", **how)


def lesson(**how: bool) -> Given:
    return Given(COURSE, FIRST, "", **how)


def exercise(key: str = "eins", **how: bool) -> Given:
    return Given(COURSE, FIRST, key, **how)


def seen(*groups: list[Given]) -> Opening:
    return opening_of(groups, COURSE, FIRST, KEYS)


SHUT: dict[str, Any] = {"is_open": False}
SEALED: dict[str, Any] = {"shows_solutions": False}


@pytest.mark.parametrize(
    ("groups", "is_open", "closed"),
    [
        ([], True, set()),
        ([[course()]], True, set()),
        ([[course(**SHUT)]], False, {"eins", "zwei"}),
        ([[course(**SHUT), lesson()]], True, set()),
        ([[course(), lesson(**SHUT)]], False, {"eins", "zwei"}),
        ([[course(), exercise(**SHUT)]], True, {"eins"}),
        # An exercise that is open has to be reached; the others wait.
        ([[course(**SHUT), exercise()]], True, {"zwei"}),
        # Nobody closed the lesson itself.
        ([[exercise(**SHUT)]], True, {"eins"}),
        ([[exercise()]], True, set()),
        # Another group has it open.
        ([[course(**SHUT)], [lesson()]], True, set()),
        ([[course(**SHUT)], [lesson(**SHUT)]], False, {"eins", "zwei"}),
        # A group that has no say says nothing.
        ([[course(**SHUT)], [Given(COURSE, SECOND, "")]], False, {"eins", "zwei"}),
        ([[Given(uuid4(), None, "", **SHUT)]], True, set()),
        ([[Given(None, None, "", **SHUT)]], True, set()),  # a lab
    ],
)
def test_what_is_open(
    groups: list[list[Given]], is_open: bool, closed: set[str]
) -> None:
    opening = seen(*groups)
    assert (opening.is_open, opening.closed) == (is_open, closed)


@pytest.mark.parametrize(
    ("groups", "sealed"),
    [
        ([], set()),
        ([[course()]], set()),
        ([[course(**SEALED)]], {"eins", "zwei"}),
        ([[course(**SEALED), lesson()]], set()),
        ([[course(), exercise("zwei", **SEALED)]], {"zwei"}),
        ([[course(**SEALED)], [course()]], set()),
        ([[course(**SEALED)], [Given(uuid4(), None, "")]], {"eins", "zwei"}),
    ],
)
def test_whose_solutions_wait(groups: list[list[Given]], sealed: set[str]) -> None:
    assert seen(*groups).sealed == sealed


def test_a_lesson_is_extra_where_every_group_says_so() -> None:
    extra: dict[str, Any] = {"is_extra": True}
    assert seen([lesson(**extra)]).is_extra
    assert seen([course(), lesson(**extra)]).is_extra
    assert not seen([lesson(**extra)], [course()]).is_extra
    assert not seen([exercise(**extra)]).is_extra
    assert not seen().is_extra


def test_a_course_as_a_whole_is_open_by_its_own_task() -> None:
    assert course_is_open([[course(), lesson(**SHUT)]], COURSE)
    assert not course_is_open([[course(**SHUT), lesson()]], COURSE)
    assert course_is_open([[course(**SHUT)], [course()]], COURSE)
    assert course_is_open([[course(**SHUT)]], uuid4())


def test_which_lines_of_the_ledger_belong_to_a_task() -> None:
    about = {
        "course": f"course:{COURSE}",
        "test": f"test:{COURSE}",
        "lesson": f"lesson:{FIRST}",
        "exercise": f"exercise:{FIRST}/eins",
        "other exercise": f"exercise:{FIRST}/zwei",
        "other lesson": f"lesson:{SECOND}",
        "other course": f"course:{uuid4()}",
        "lesson elsewhere": f"lesson:{uuid4()}",
    }

    def held(scope: Scope) -> set[str]:
        return {
            name for name, key in about.items() if scope.holds(key, {FIRST, SECOND})
        }

    whole = {"course", "test", "lesson", "exercise", "other exercise", "other lesson"}
    assert held(Scope(COURSE)) == whole
    assert held(Scope(COURSE, FIRST)) == {"lesson", "exercise", "other exercise"}
    assert held(Scope(COURSE, FIRST, "eins")) == {"exercise"}
