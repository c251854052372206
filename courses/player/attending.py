"""A seat in a room: the cookie that holds it, and what answers in lessons count there.

The cookie is signed, holds the room's code, the seat and a random token, and ends with
the browser. Nothing in it, and nothing kept about it, tells who somebody is.
"""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse

from courses.catalogue.library import LessonEntry
from courses.groups.rooms import Room, Ticket, room_for
from courses.groups.tallies import note_exercise

SALT = "courses.player.attending"


def ticket_of(request: HttpRequest) -> Ticket | None:
    """Return the seat that the device of a request holds, of whatever room."""
    value = request.COOKIES.get(settings.ROOM_COOKIE_NAME, "")
    try:
        code, seat, token = Signer(salt=SALT, sep=".").unsign(value).split("/")
        return Ticket(code, int(seat), token)
    except (BadSignature, ValueError):
        return None


def room_of_device(request: HttpRequest) -> Room | None:
    """Return the open room in which a device holds a seat."""
    return room_for(ticket_of(request))


def take_along(response: HttpResponse, ticket: Ticket) -> None:
    """Put a seat on the device, until its browser is closed."""
    value = f"{ticket.code}/{ticket.seat}/{ticket.token}"
    response.set_cookie(
        settings.ROOM_COOKIE_NAME,
        Signer(salt=SALT, sep=".").sign(value),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def give_up(response: HttpResponse) -> None:
    """Take the seat off the device."""
    response.delete_cookie(settings.ROOM_COOKIE_NAME, samesite="Lax")


def count_answer(
    request: HttpRequest, lesson: LessonEntry, exercise_key: str, *, solved: bool
) -> None:
    """Count an answer in the room of the device, if the lesson ran there."""
    ticket = ticket_of(request)
    room = room_for(ticket)
    if ticket and room:
        note_exercise(
            ticket=ticket,
            room=room,
            lesson_key=lesson.key,
            exercise_key=exercise_key,
            solved=solved,
        )
