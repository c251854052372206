"""Where somebody lands after signing in with a name or a passkey.

An app that gives accounts something to work on says so; all others go on learning.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.shortcuts import resolve_url

Landing = Callable[[Any], str]

_landings: list[Landing] = []


def lands(landing: Landing) -> Landing:
    """Ask ``landing`` for the page of an account; "" means it has none to offer."""
    _landings.append(landing)
    return landing


def landing_of(user: Any) -> str:
    """Return the address where somebody lands who asked for no page."""
    offered = (landing(user) for landing in _landings)
    return next(filter(None, offered), "") or resolve_url(settings.LOGIN_REDIRECT_URL)
