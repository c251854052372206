"""Answers that were sent again because their reply got lost."""

import hashlib

from django.core.cache import BaseCache, caches
from django.http import HttpRequest

REPLAY_SECONDS = 600


def _sent() -> BaseCache:
    """Return the cache whose entries leave the disk as soon as they have expired.

    What stayed there would tell, by its time, when in the night's rows an answer came.
    """
    return caches["rooms"]


def _request_key(request: HttpRequest) -> str | None:
    token = request.headers.get("Idempotency-Key", "")
    if not 16 <= len(token) <= 64:
        return None
    return f"sent:{hashlib.sha256(f'{request.path} {token}'.encode()).hexdigest()}"


def arrived_before(request: HttpRequest) -> bool:
    """Whether this very answer was written already and only its reply was lost.

    Writing it again would put an old answer over a newer one from another device.
    """
    key = _request_key(request)
    return bool(key and _sent().get(key))


def remember_request(request: HttpRequest) -> None:
    """Remember that a request was carried out."""
    if key := _request_key(request):
        _sent().set(key, True, REPLAY_SECONDS)
