"""Answers in a room: each counts once for a seat; what is shown never tells of one.

Who answers writes one key of their own. Reading counts the keys and lets through what
:mod:`courses.groups.counting` allows; what was shown once is kept, so that two windows
of a teacher never show two charts that differ by one person.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from .counting import Chart, Solved, next_chart, next_solved, stepped
from .rooms import (
    MOST_LOOKS,
    OpenLesson,
    Room,
    Running,
    Ticket,
    key_of,
    look_key,
    store,
    taken_seats,
)

SOLVED, UNSOLVED = 1, 0

Look = TypeVar("Look", Chart, Solved)


@dataclass(frozen=True)
class ExerciseCount:
    """What may be shown of an exercise: people in steps of five."""

    number: int
    answered: int
    solved: int
    is_hidden: bool


def note_exercise(
    *, ticket: Ticket, room: Room, lesson_key: UUID, exercise_key: str, solved: bool
) -> None:
    """Count that a seat answered an exercise of a lesson that ran here.

    Solved stays solved, whatever is tried afterwards.
    """
    lesson = room.lesson(lesson_key)
    if lesson is None or exercise_key not in lesson.exercise_keys:
        return
    key = key_of(room.code, lesson.about(exercise_key), ticket.seat)
    if solved:
        store().set(key, SOLVED, room.seconds_left)
    else:
        store().add(key, UNSOLVED, room.seconds_left)


def answer_question(
    *, ticket: Ticket, room: Room, running: Running, chosen: list[int]
) -> bool:
    """Count an answer to the live question; only the first of a seat counts."""
    key = key_of(room.code, running.about, ticket.seat)
    return store().add(key, chosen, room.seconds_left)


def has_answered(ticket: Ticket, running: Running) -> bool:
    """Return whether a seat has answered the live question."""
    return store().has_key(key_of(ticket.code, running.about, ticket.seat))


def people_in(room: Room) -> int:
    """Return how many took a seat, in steps."""
    return stepped(len(taken_seats(room)))


def exercise_counts(room: Room, lesson: OpenLesson) -> list[ExerciseCount]:
    """Return what may be shown of each exercise of a lesson now."""
    seats = taken_seats(room)
    return [
        _exercise_count(room, lesson.about(key), number, seats)
        for number, key in enumerate(lesson.exercise_keys, start=1)
    ]


def _exercise_count(
    room: Room, about: str, number: int, seats: list[int]
) -> ExerciseCount:
    given = _given(room, about, seats)
    answered, solved = len(given), given.count(SOLVED)
    shown = advance(
        room, about, Solved(), lambda before: next_solved(before, answered, solved)
    )
    return ExerciseCount(
        number, stepped(answered), stepped(shown.solved), shown.is_hidden
    )


def question_count(room: Room, running: Running) -> int:
    """Return how many have answered the live question, in steps."""
    return stepped(len(_given(room, running.about, taken_seats(room))))


def new_chart(room: Room, running: Running, options: int) -> Chart:
    """Return what may be shown now of the answers to a live question."""
    given = _given(room, running.about, taken_seats(room))
    counts = [sum(number in chosen for chosen in given) for number in range(options)]
    return advance(
        room,
        running.about,
        Chart(),
        lambda before: next_chart(before, counts, people=len(given)),
    )


def last_chart(room: Room, running: Running) -> Chart:
    """Return the chart that was shown last, without counting anew."""
    looks: list[Chart] = _looks(room, running.about)
    return looks[-1] if looks else Chart()


def _given(room: Room, about: str, seats: list[int]) -> list[Any]:
    keys = [key_of(room.code, about, seat) for seat in seats]
    return list(store().get_many(keys).values())


def _looks(room: Room, about: str) -> list[Any]:
    looks: list[Any] = []
    for number in range(MOST_LOOKS):
        look = store().get(look_key(room.code, about, number))
        if look is None:
            break
        looks.append(look)
    return looks


def advance(room: Room, about: str, first: Look, step: Callable[[Look], Look]) -> Look:
    """Return what is shown now; of two who look at once the first one's is kept.

    ``step`` returns what it was given as long as there is nothing to be kept.
    """
    looks = _looks(room, about)
    before: Look = looks[-1] if looks else first
    after = step(before)
    if after is before:
        return before
    key = look_key(room.code, about, len(looks))
    store().add(key, after, room.seconds_left)
    kept: Look = store().get(key, after)
    return kept
