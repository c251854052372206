"""Pages of people who learn: what many of them see alike is rendered once.

A lesson page differs between learners in little: their name, which lessons are done,
their answers. What surrounds the lesson's text is a frame with holes. It is kept per
content generation and per state, so that a class in the same lesson shares it; the
text, the name and the reader's mark go into the holes.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import get_language

from content.memory import remembered
from content.requests import (
    generation_of,
    has_device_progress,
    is_in_room,
    is_invited,
    is_kiosk,
    text_size,
)
from courses.progress.learners import Learner

# Private-use characters: no text of ours holds them, and escaping leaves them alone.
BODY = "\ue000"
NAME = "\ue001"
READER = "\ue002"


def framed(
    request: HttpRequest,
    template: str,
    context: Callable[[], dict[str, Any]],
    *,
    learner: Learner,
    state: Hashable,
    segments: Sequence[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Return a page; ``state`` says all it shows of its reader beside the name.

    ``segments`` is a text that differs between readers; it comes as the template's
    ``segments`` and is not kept. With a query string or waiting messages nothing is.
    """
    text = (
        {}
        if segments is None
        else {"segments": [for_reader(part, learner) for part in segments]}
    )
    known = {"is_known": learner.is_known, "reader": READER}
    if request.GET or _has_messages(request):
        known["reader"] = learner.mark
        return render(request, template, {**context(), **known, **text}, status=status)
    holes = {"account_name": NAME, **known, **{name: [BODY] for name in text}}
    before, after = remembered(
        ("frame", template, *_circumstances(request, learner), state),
        generation_of(request),
        lambda: _split(render_to_string(template, {**context(), **holes}, request)),
    )
    name = escape(str(request.user)) if learner.has_account else ""
    around = [for_reader(part.replace(NAME, name), learner) for part in (before, after)]
    parts = around[0], *text.get("segments", ()), around[1]
    return HttpResponse("".join(parts), status=status)


def for_reader(html: str, learner: Learner) -> str:
    """Say in forms whom they write for."""
    return html.replace(READER, learner.mark)


def kept_piece(
    request: HttpRequest,
    template: str,
    context: Callable[[], dict[str, Any]],
    *,
    learner: Learner,
    state: Hashable,
) -> str:
    """Return a part of a page, kept like a frame; it must not hold the name."""
    known = {"is_known": learner.is_known, "reader": READER}
    piece: str = remembered(
        ("piece", template, *_circumstances(request, learner), state),
        generation_of(request),
        lambda: render_to_string(template, {**context(), **known}, request),
    )
    return for_reader(piece, learner)


def _circumstances(request: HttpRequest, learner: Learner) -> tuple[Hashable, ...]:
    """Return what templates ask of a request."""
    return (
        get_language(),
        request.path,
        learner.has_account,
        learner.has_account and bool(request.user.username),  # the menu of staff
        learner.is_known,
        has_device_progress(request),
        is_in_room(request),
        is_invited(request),
        is_kiosk(request),
        settings.SESSION_COOKIE_NAME in request.COOKIES,
        text_size(request),
        timezone.localdate(),  # courses say when the day of their review has come
    )


def _has_messages(request: HttpRequest) -> bool:
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    return bool(len(get_messages(request)))


def _split(html: str) -> tuple[str, str]:
    """Cut a frame at the hole for the text; without one, nothing stands behind."""
    before, _hole, after = html.partition(BODY)
    return before, after
