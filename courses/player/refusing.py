"""Saying that a request wrote nothing, and why."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from content.requests import private


def wants_pieces(request: HttpRequest) -> bool:
    """Whether our own script asks, which replaces parts of the page."""
    return request.headers.get("Accept", "") == "application/json"


def refusal(
    request: HttpRequest,
    back: Any,
    title: str,
    message: str,
    *,
    status: int,
    after: Any = None,
) -> HttpResponse:
    """Say why nothing was written: in words for a script, else on a page.

    ``back`` is the lesson somebody comes from, or whatever else has the ``path`` and
    ``title`` of a page; ``after`` is the next page, where going on is possible.
    """
    if wants_pieces(request):
        return private(JsonResponse({"message": message}, status=status))
    context = {"back": back, "after": after, "title": title, "message": message}
    return private(render(request, "courses/refused.html", context, status=status))


def page_changed_hands(request: HttpRequest, *, path: str, title: str) -> HttpResponse:
    """Say that somebody else learns now than when the page at ``path`` was loaded."""
    message = _(
        "Since this page was loaded, an account has been opened or closed on this "
        "device. So nothing was changed. Please open the page again."
    )
    back = {"path": path, "title": title}
    return refusal(request, back, _("Nothing was saved"), message, status=409)
