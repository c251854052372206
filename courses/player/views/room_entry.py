"""Taking part in a room: in by a code, without account, name or key."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_http_methods, require_safe

from content.requests import private
from courses.exercises.types.base import AnswerError
from courses.groups import codes
from courses.groups.queries import group_by_code
from courses.groups.rooms import Room, RoomError, Ticket, join, room_for, room_of
from courses.groups.tallies import answer_question
from courses.progress.learners import learner_of
from learnsite.accounts.decorators import person_of
from learnsite.accounts.limits import record_wrong_key

from ..attending import give_up, room_of_device, take_along, ticket_of
from ..room_question import question_of
from ..room_state import attended, context_of


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Ask for a code; on POST lead into the room or to the group it belongs to."""
    if request.method != "POST":
        return private(render(request, "courses/room/join.html"))
    code = codes.read_code(request.POST.get("code", ""))
    room = room_of(code)
    return _take_seat(request, room) if room else _elsewhere(request, code)


@require_http_methods(["GET", "HEAD", "POST"])
def enter_code(request: HttpRequest, code: str) -> HttpResponse:
    """Say where a code leads, with one button; only the button takes a seat."""
    room = room_of(codes.read_code(code))
    if room is None:
        return _elsewhere(request, codes.read_code(code))
    if request.method == "POST":
        return _take_seat(request, room)
    if _holds_seat(request, room):
        return private(redirect("room_attend"))
    return private(render(request, "courses/room/invited.html", {"room": room}))


def _take_seat(request: HttpRequest, room: Room) -> HttpResponse:
    """Give the device a seat, unless it has one here or leads the room itself."""
    if learner_of(request).has_account and room.owner == str(person_of(request).pk):
        return private(redirect("room", room.code))
    response = redirect("room_attend")
    response.status_code = 303
    if _holds_seat(request, room):
        return private(response)
    try:
        take_along(response, join(room=room))
    except RoomError:
        return private(render(request, "courses/room/full.html", status=409))
    return private(response)


def _holds_seat(request: HttpRequest, room: Room) -> bool:
    mine = room_of_device(request)
    return mine is not None and mine.code == room.code


def _elsewhere(request: HttpRequest, code: str) -> HttpResponse:
    """Lead to a group, or say that nothing is open here.

    Wrong codes count like wrong keys, whichever way they come.
    """
    if code and group_by_code(code):
        return private(redirect("group_join", code))
    context = {
        "typed": request.POST.get("code", ""),
        "is_unknown": True,
        "is_readable": bool(code),
        "wait_seconds": record_wrong_key(request),
    }
    return private(render(request, "courses/room/join.html", context, status=404))


@require_safe
def attend(request: HttpRequest) -> HttpResponse:
    """Show what runs in the room of this device."""
    seat = _seat(request)
    return _page(request, *seat) if seat else _over(request)


@require_safe
def state(request: HttpRequest) -> HttpResponse:
    """Return what has changed, or 304 where nothing has."""
    seat = _seat(request)
    if seat is None:
        return private(HttpResponse(status=410))
    seen = attended(*seat)
    unchanged = get_conditional_response(request, etag=seen.tag)
    if unchanged:
        return private(unchanged)
    template = "courses/room/includes/attend.html"
    response = render(request, template, context_of(request, seen))
    response.headers["ETag"] = seen.tag
    return private(response)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest) -> HttpResponse:
    """Count an answer to the live question, once for a seat.

    An answer to what does not run any more is dropped; the page shows what does.
    """
    seat = _seat(request)
    if seat is None:
        return _over(request)
    room, ticket = seat
    question = question_of(request, room) if request.method == "POST" else None
    if question and question.takes(request.POST):
        try:
            chosen = question.read(request.POST)
        except AnswerError as error:
            return _page(request, room, ticket, refused=error, status=422)
        answer_question(
            ticket=ticket, room=room, running=question.running, chosen=chosen
        )
    response = redirect(f"{reverse('room_attend')}#inhalt")
    response.status_code = 303
    return private(response)


def _seat(request: HttpRequest) -> tuple[Room, Ticket] | None:
    ticket = ticket_of(request)
    room = room_for(ticket)
    return (room, ticket) if room and ticket else None


def _page(
    request: HttpRequest,
    room: Room,
    ticket: Ticket,
    refused: AnswerError | None = None,
    status: int = 200,
) -> HttpResponse:
    context = context_of(request, attended(room, ticket), refused)
    page = render(request, "courses/room/attend.html", context, status=status)
    return private(page)


def _over(request: HttpRequest) -> HttpResponse:
    """Say that the room is over, and take the seat off the device.

    Whoever never was in a room is asked for a code.
    """
    if ticket_of(request) is None:
        response: HttpResponse = redirect("join")
    else:
        response = render(request, "courses/room/over.html", status=410)
    give_up(response)
    return private(response)
