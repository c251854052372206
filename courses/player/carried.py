"""An answer on its way from its form to the page that says what came of it.

Without our script a browser shows whatever page replies to a form, under the form's
address; going back to it later fails. So the reply leads to the page where the question
stands, and what that page needs travels there in a signed cookie: the answer and what
was wrong with the form. It lives for a minute, is read once, and knows no time. A first
form, which brings no cookie, is sent again before: see ``asked_again``.
"""

import zlib
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from content.requests import carries_answer, private
from courses.exercises.grading import ExerciseState

from .asked_again import is_unsure, refuses_cookies, send_again

VERSION: Final = 1
SALT: Final = "courses.player.carried"
SECONDS: Final = 60
#: Answers take some hundred bytes; this is for texts that people wrote themselves.
MAX_COOKIE_LENGTH: Final = 3000
#: Many web servers refuse a line of more than 8 KB unless told otherwise, and other
#: cookies stand in it too.
MAX_ALL_COOKIES: Final = 7000

#: What names a question on its page: a kind, keys, perhaps a number.
About = tuple[str, ...]


@dataclass(frozen=True)
class Carried:
    """An answer that arrived: about which question, and how it is to be shown."""

    about: About
    state: ExerciseState


def lead_to(
    request: HttpRequest,
    path: str,
    *,
    anchor: str,
    about: About,
    state: ExerciseState,
    reader: str,
) -> HttpResponse | None:
    """Return the way to a page with the answer, or None where it cannot be carried.

    It may be too long, or the browser refuse cookies. ``reader`` is the mark of who
    answered; to anybody else it is not shown.
    """
    if refuses_cookies(request):
        return None
    shown = [state.answer, state.error, int(state.reveal)]
    value = _sign([VERSION, path, reader, list(about), shown])
    others = len(request.META.get("HTTP_COOKIE", ""))
    if len(value) > MAX_COOKIE_LENGTH or others + len(value) > MAX_ALL_COOKIES:
        return None
    if is_unsure(request):
        response = send_again(request, anchor)
    else:
        response = HttpResponseRedirect(f"{path}#{anchor}")
        response.status_code = 303
    response.set_cookie(
        settings.ANSWER_COOKIE_NAME,
        value,
        max_age=SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return private(response)


def arrived(request: HttpRequest, path: str, reader: str) -> Carried | None:
    """Return the answer that this page was opened with, if there is one."""
    if not carries_answer(request):
        return None
    value = request.COOKIES[settings.ANSWER_COOKIE_NAME]
    if len(value) > MAX_COOKIE_LENGTH:
        return None
    try:
        version, to, whose, about, shown = Signer(salt=SALT, sep=".").unsign_object(
            value
        )
    except (BadSignature, ValueError, TypeError, zlib.error):
        return None
    if (version, to, whose) != (VERSION, path, reader):
        return None
    answer, error, reveal = shown
    state = ExerciseState(answer=answer, error=error, reveal=bool(reveal))
    return Carried(tuple(about), state)


def forget(response: HttpResponse) -> None:
    """Take the answer off the device: it was read."""
    response.delete_cookie(settings.ANSWER_COOKIE_NAME, samesite="Lax")


def _sign(values: list[Any]) -> str:
    return Signer(salt=SALT, sep=".").sign_object(values, compress=True)
