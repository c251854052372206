"""Whether a group lets people in just now: a mark in the cache that fades by itself.

A code on a board is seen by whoever passes; so it opens nothing a quarter of an hour
later, and no time is stored.
"""

from django.core.cache import cache

from .models import Group

SECONDS = 15 * 60


def open_window(group: Group) -> None:
    """Let people in for a quarter of an hour."""
    cache.set(_key(group), value=True, timeout=SECONDS)


def close_window(group: Group) -> None:
    """Let nobody in any more."""
    cache.delete(_key(group))


def is_open(group: Group) -> bool:
    """Return whether people can join now."""
    return group.is_running and bool(cache.get(_key(group)))


def _key(group: Group) -> str:
    return f"groups:window:{group.pk}"
