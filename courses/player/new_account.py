"""The token on a device by which a form that makes an account is known again.

It is set by a reply that has the form sent once more (see ``asked_again``) and leaves
with the card that shows the key. See ``learnsite.accounts.issuing``.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from learnsite.accounts.issuing import TOKEN_SECONDS, is_token, new_token

from .asked_again import came_again, send_again


def token_in(request: HttpRequest) -> str:
    """Return the token of ours that a form came with and that still holds, if any."""
    token = request.COOKIES.get(settings.NEW_KEY_COOKIE_NAME, "")
    return token if is_token(token) else ""


def keeps_none(request: HttpRequest) -> bool:
    """Whether a device was given a token and brings none: it refuses cookies.

    One that brings another, or one too old, keeps cookies and is given a new one.
    """
    return came_again(request) and settings.NEW_KEY_COOKIE_NAME not in request.COOKIES


def send_with_token(request: HttpRequest) -> HttpResponse:
    """Put a token on the device, and have the browser send the form again with it."""
    response = send_again(request)
    response.set_cookie(
        settings.NEW_KEY_COOKIE_NAME,
        new_token(),
        max_age=TOKEN_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def forget_token(response: HttpResponse) -> None:
    """Take the token from the device: the card is there."""
    response.delete_cookie(settings.NEW_KEY_COOKIE_NAME, samesite="Lax")
