"""Leading a room: opened in one step, shown on a projector, closed in one step."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from content.requests import private
from courses.catalogue.library import LessonEntry, shelf_of
from courses.groups import rooms as services
from courses.groups.rooms import MOST_ROOMS, SEATS, Room, RoomError
from learnsite.accounts.card import qr_code
from learnsite.accounts.decorators import person_of

from ..room_forms import PollForm
from ..room_question import askable
from ..room_state import context_of, led, works_here

View = Callable[..., HttpResponse]
CLOSED = "geschlossen"


@require_http_methods(["GET", "HEAD", "POST"])
def rooms(request: HttpRequest) -> HttpResponse:
    """List one's open rooms and say what a room is; on POST open one."""
    lesson = _wanted_lesson(request)
    if request.method != "POST":
        return _start(request, lesson)
    if not request.user.is_authenticated:
        return private(redirect_to_login(request.get_full_path()))
    if not works_here(request):
        return _start(request, lesson, status=503)
    try:
        room = services.open_room(owner=_owner(request))
    except RoomError:
        problem = _("%(count)d rooms are open already. Please close one first.")
        return _start(request, lesson, problem % {"count": MOST_ROOMS}, status=409)
    if lesson:
        _run_lesson(room, lesson)
    return _to(room)


def _start(
    request: HttpRequest,
    lesson: LessonEntry | None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    is_known = request.user.is_authenticated
    context = {
        "is_known": is_known,
        "rooms": services.rooms_of(_owner(request)) if is_known else [],
        "lesson": lesson,
        "here": request.get_full_path(),
        "is_possible": works_here(request),
        "problem": problem,
        "was_closed": CLOSED in request.GET,
        "seats": SEATS,
    }
    page = render(request, "courses/room/start.html", context, status=status)
    return private(page)


def led_by_me(view: View) -> View:
    """Hand a view the open room of its address, if it is the reader's own."""

    @wraps(view)
    def guarded(request: HttpRequest, code: str) -> HttpResponse:
        if not request.user.is_authenticated:
            return private(redirect_to_login(request.get_full_path()))
        room = services.room_of(code)
        if room is None or room.owner != _owner(request):
            page = render(request, "courses/room/gone.html", status=410)
            return private(page)
        return private(view(request, room))

    return guarded


@require_safe
@led_by_me
def lead(request: HttpRequest, room: Room) -> HttpResponse:
    """Show the code, large, and what runs, with what may be shown of it."""
    address = f"{settings.SITE_URL.rstrip('/')}{reverse('join_code', args=[room.code])}"
    context = {
        **context_of(request, led(request, room)),
        "qr_code": qr_code(address, _("QR code that leads into the room")),
        "address": _without_scheme(request, reverse("join")),
    }
    return render(request, "courses/room/lead.html", context)


@require_safe
@led_by_me
def lead_state(request: HttpRequest, room: Room) -> HttpResponse:
    """Return what has changed, or 304 where nothing has."""
    state = led(request, room)
    unchanged = get_conditional_response(request, etag=state.tag)
    if unchanged:
        return unchanged
    template = "courses/room/includes/lead.html"
    response = render(request, template, context_of(request, state))
    response.headers["ETag"] = state.tag
    return response


@require_safe
@led_by_me
def choose(request: HttpRequest, room: Room) -> HttpResponse:
    """Offer all lessons, or the exercises of one of them."""
    lesson = _wanted_lesson(request)
    context = {
        "room": room,
        "courses": [each for each in shelf_of(request).courses if each.lessons],
        "lesson": lesson,
        "exercises": askable(request, lesson) if lesson else [],
    }
    return render(request, "courses/room/choose.html", context)


@require_POST
@led_by_me
def run(request: HttpRequest, room: Room) -> HttpResponse:
    """Let a lesson, an exercise of it, or nothing run."""
    lesson, exercise = _wanted_lesson(request), request.POST.get("exercise", "")
    if lesson is None:
        services.run_nothing(room=room)
    elif not exercise:
        _run_lesson(room, lesson)
    elif exercise in {each.key for each in askable(request, lesson)}:
        services.run_exercise(room=room, lesson_key=lesson.key, exercise_key=exercise)
    else:
        raise Http404
    return _to(room)


@require_http_methods(["GET", "HEAD", "POST"])
@led_by_me
def poll(request: HttpRequest, room: Room) -> HttpResponse:
    """Ask a question of one's own."""
    form = PollForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        question = form.cleaned_data["question"]
        services.run_poll(room=room, question=question, options=form.options)
        return _to(room)
    status = 422 if form.is_bound else 200
    context = {"room": room, "form": form}
    return render(request, "courses/room/poll.html", context, status=status)


@require_POST
@led_by_me
def show(request: HttpRequest, room: Room) -> HttpResponse:
    """Show or hide result and solution."""
    services.show(
        room=room,
        result=_switched(request, "result"),
        solution=_switched(request, "solution"),
    )
    return _to(room)


@require_POST
@led_by_me
def close(request: HttpRequest, room: Room) -> HttpResponse:
    """Close the room; all that was counted in it is erased at once."""
    services.close_room(room=room)
    response = redirect(f"{reverse('rooms')}?{CLOSED}")
    response.status_code = 303
    return response


def _owner(request: HttpRequest) -> str:
    return str(person_of(request).pk)


def _run_lesson(room: Room, lesson: LessonEntry) -> None:
    services.run_lesson(room=room, key=lesson.key, exercise_keys=lesson.exercise_keys)


def _wanted_lesson(request: HttpRequest) -> LessonEntry | None:
    """Return the lesson a link or a button names."""
    named = request.POST.get("lesson") or request.GET.get("lektion", "")
    try:
        return shelf_of(request).lesson(UUID(named))
    except ValueError:
        return None


def _switched(request: HttpRequest, name: str) -> bool | None:
    return {"show": True, "hide": False}.get(request.POST.get(name, ""))


def _without_scheme(request: HttpRequest, path: str) -> str:
    return f"{settings.SITE_URL.rstrip('/')}{path}".split("://", 1)[-1]


def _to(room: Room) -> Any:
    response = redirect("room", room.code)
    response.status_code = 303
    return private(response)
