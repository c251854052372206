"""Answering a question to the whole class, as one of its members, once.

``pk`` is that of the group, so that its members' pages differ in nothing.
"""

from collections.abc import Mapping
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_http_methods, require_safe

from content.requests import private
from courses.exercises.types.base import AnswerError
from courses.groups import rounds
from courses.groups.models import Membership
from courses.groups.queries import memberships_of
from courses.groups.rooms import Room
from courses.groups.tags import tag_of
from learnsite.accounts.decorators import person_of

from ..asking import Asked, asked_in, attended_round, lab_round
from ..room_question import question_of
from ..room_state import Attended, context_of


@require_safe
@login_required
def notice(request: HttpRequest) -> HttpResponse:
    """Return what is asked in one's groups just now, or 304 where nothing is new."""
    asked = _asked(request)
    context = {"asked": asked}
    return _fragment(request, "courses/round/includes/notice.html", context, asked)


@require_safe
@login_required
def lab(request: HttpRequest, name: str) -> HttpResponse:
    """Return the form for a lab's decision while one is asked for, or 304."""
    asked = _asked(request)
    html = lab_round(request, name, asked)
    context = {"html": html}
    return _fragment(request, "courses/round/includes/lab_part.html", context, asked)


def _asked(request: HttpRequest) -> tuple[Asked, ...]:
    person = person_of(request)
    groups = memberships_of(person).values_list("group_id", "group__title")
    return asked_in(person, groups)


def _fragment(
    request: HttpRequest,
    template: str,
    context: Mapping[str, object],
    shown: tuple[Asked, ...],
) -> HttpResponse:
    tag = tag_of(*shown)
    unchanged = get_conditional_response(request, etag=tag)
    if unchanged:
        return private(unchanged)
    response = render(request, template, dict(context))
    response.headers["ETag"] = tag
    return private(response)


@require_safe
@login_required
def attend(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what is asked, and what came of it once that is shown."""
    member = _member(request, pk)
    return _page(request, member) if member else _gone(request)


@require_safe
@login_required
def state(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return what has changed, or 304 where nothing has."""
    member = _member(request, pk)
    if member is None:
        return private(HttpResponse(status=410))
    seen = _seen(request, member)
    unchanged = get_conditional_response(request, etag=seen.tag)
    if unchanged:
        return private(unchanged)
    context = context_of(request, seen, answer_url=_answer_url(member))
    response = render(request, "courses/room/includes/attend.html", context)
    response.headers["ETag"] = seen.tag
    return private(response)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Count an answer, once for each member.

    An answer to what does not run any more is dropped; the page shows what does. Who
    was taken out meanwhile is told so.
    """
    member = _member(request, pk)
    if member is None:
        return _gone(request)
    room = rounds.round_of(pk)
    is_sent = room is not None and request.method == "POST"
    question = question_of(request, room) if room and is_sent else None
    if room and question and question.takes(request.POST):
        try:
            chosen = question.read(request.POST)
        except AnswerError as error:
            return _page(request, member, refused=error, status=422)
        rounds.answer_round(
            room=room,
            running=question.running,
            person=member.user,
            counts=member.is_counted,
            chosen=chosen,
        )
    response = redirect(reverse("round_attend", args=[pk]) + "#inhalt")
    response.status_code = 303
    return private(response)


def _member(request: HttpRequest, group_id: UUID) -> Membership | None:
    person = person_of(request)
    member = memberships_of(person).filter(group=group_id).first()
    if member is None or not member.group.is_running:
        return None
    member.user = person  # known already
    return member


def _seen(request: HttpRequest, member: Membership) -> Attended:
    room = rounds.round_of(member.group_id) or _none(member)
    return attended_round(room, member.user)


def _none(member: Membership) -> Room:
    """Return a round in which nothing runs, for a page that waits for one."""
    return Room(rounds.code_of(member.group_id), rounds.OWNER, ends=0)


def _answer_url(member: Membership) -> str:
    return reverse("round_answer", args=[member.group_id])


def _page(
    request: HttpRequest,
    member: Membership,
    refused: AnswerError | None = None,
    status: int = 200,
) -> HttpResponse:
    seen = _seen(request, member)
    context = context_of(request, seen, refused, _answer_url(member))
    context["group"] = member.group
    page = render(request, "courses/round/attend.html", context, status=status)
    return private(page)


def _gone(request: HttpRequest) -> HttpResponse:
    return private(render(request, "courses/groups/gone.html", status=404))
