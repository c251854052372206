"""The question to a whole class: what its teacher and its members see of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string

from courses.groups import rounds
from courses.groups.counting import Chart
from courses.groups.rooms import Room
from courses.groups.tallies import last_chart

from .room_question import decision_of, question_of
from .room_state import Attended, Led


@dataclass(frozen=True)
class Asked:
    """A question that runs in one of somebody's groups; ``lab`` names a lab's."""

    group_id: UUID
    title: str
    number: int
    has_answered: bool
    lab: str = ""


def asked_in(person: Any, groups: Iterable[tuple[UUID, str]]) -> tuple[Asked, ...]:
    """Return what runs in groups (key and name) of somebody; no statement."""
    titles = dict(groups)
    if not titles:
        return ()
    return tuple(
        Asked(
            pk,
            titles[pk],
            room.running.number,
            rounds.has_answered(room, room.running, person),
            room.running.lab,
        )
        for pk, room in sorted(rounds.rounds_of(titles).items())
        if room.running
    )


def led_round(request: HttpRequest, room: Room) -> Led:
    """Count anew what may be shown of a class's answers; a chart where it is shown."""
    question = question_of(request, room)
    if question is None:
        return Led(room, people=0)
    running = question.running
    return Led(
        room,
        people=0,  # who is there is not asked
        answered=rounds.people_answered(room, running),
        chart=rounds.round_chart(room, running, len(question.options))
        if running.shows_result
        else Chart(),
        question=question,
    )


def attended_round(room: Room, person: Any) -> Attended:
    """Return what a member sees. Charts are those the projector showed."""
    running = room.running
    if running is None:
        return Attended(room, has_answered=False, chart=Chart())
    chart = last_chart(room, running) if running.shows_result else Chart()
    return Attended(room, rounds.has_answered(room, running, person), chart)


def lab_round(request: HttpRequest, name: str, asked: Iterable[Asked]) -> str:
    """Return the form that hands a lab's decision to the round, where one runs."""
    decision = decision_of(name)
    open_ones = [each for each in asked if each.lab == name and not each.has_answered]
    if decision is None or not open_ones:
        return ""
    context = {"name": name, "decision": decision, "asked": open_ones}
    return render_to_string("courses/round/includes/lab.html", context, request)


def lab_place(request: HttpRequest, name: str, asked: Iterable[Asked]) -> str:
    """Return where that form appears on a lesson's page, once one is asked for."""
    if decision_of(name) is None:
        return ""
    context = {"name": name, "html": lab_round(request, name, asked)}
    return render_to_string("courses/round/includes/lab_place.html", context, request)
