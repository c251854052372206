"""What a room shows just now: to the one who leads it, and to those who take part.

Both pages ask for it every few seconds. ``tag`` changes when, and only when, something
to be shown does; it is known before anything is rendered.
"""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from courses.exercises.types.base import AnswerError
from courses.groups.counting import Chart
from courses.groups.rooms import Room, Ticket, is_shared_by_processes
from courses.groups.tags import tag_of
from courses.groups.tallies import (
    ExerciseCount,
    exercise_counts,
    has_answered,
    last_chart,
    new_chart,
    people_in,
    question_count,
)

from .room_question import LiveQuestion, lesson_of, question_of


@dataclass(frozen=True)
class Led:
    """A room as its projector shows it: numbers in steps, nobody by name."""

    room: Room
    people: int
    answered: int = 0
    counts: tuple[ExerciseCount, ...] = ()
    chart: Chart = Chart()
    question: LiveQuestion | None = None

    @property
    def tag(self) -> str:
        """What a browser compares."""
        shown = (self.people, self.answered, self.counts, self.chart)
        return tag_of(self.room.running, *shown)


def led(request: HttpRequest, room: Room) -> Led:
    """Count anew what a room's projector may show.

    A chart is made only where it is shown: what nobody has seen binds no later one.
    """
    people, running = people_in(room), room.running
    question = question_of(request, room)
    if running is None:
        return Led(room, people)
    if question:
        return Led(
            room,
            people,
            answered=question_count(room, running),
            chart=new_chart(room, running, len(question.options))
            if running.shows_result
            else Chart(),
            question=question,
        )
    lesson = room.lesson(running.lesson_key) if running.lesson_key else None
    counts = exercise_counts(room, lesson) if lesson and not running.is_question else []
    return Led(room, people, counts=tuple(counts))


@dataclass(frozen=True)
class Attended:
    """A room as one of those who take part sees it."""

    room: Room
    has_answered: bool
    chart: Chart

    @property
    def tag(self) -> str:
        """What a browser compares."""
        return tag_of(self.room.running, self.has_answered, self.chart)


def attended(room: Room, ticket: Ticket) -> Attended:
    """Return what a seat of a room sees. Charts are those the projector showed."""
    running = room.running
    if running is None or not running.is_question:
        return Attended(room, has_answered=False, chart=Chart())
    chart = last_chart(room, running) if running.shows_result else Chart()
    return Attended(room, has_answered(ticket, running), chart)


def context_of(
    request: HttpRequest,
    state: Led | Attended,
    refused: AnswerError | None = None,
    answer_url: str = "",
) -> dict[str, Any]:
    """Return what the templates of a room show, an answer that was refused too.

    ``answer_url`` is where answers are sent, in a room where it is not given.
    """
    answer_url = answer_url or reverse("room_answer")
    running = state.room.running
    is_led = isinstance(state, Led)
    question = state.question if isinstance(state, Led) else None
    question = question or question_of(request, state.room)
    return {
        "state": state,
        "room": state.room,
        "running": running,
        "question": question,
        "bars": question.bars(state.chart) if question else [],
        "lesson": lesson_of(request, running) if running else None,
        "form": question.form(answer_url, refused) if question and not is_led else "",
        "refused": refused,
        "answer_url": answer_url,
    }


def works_here(request: HttpRequest) -> bool:
    """Whether the process that answers next will know of a room.

    With several processes that share no cache, each would have rooms of its own.
    """
    is_alone = not request.META.get("wsgi.multiprocess", False)
    return is_alone or is_shared_by_processes()
