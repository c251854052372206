"""System check of what all processes of a site have to know."""

from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register

from .rooms import is_shared_by_processes


@register(Tags.caches, deploy=True)
def check_rooms_are_shared(**kwargs: Any) -> list[CheckMessage]:
    """Warn where a second process of the site would not know of a room.

    Nor of a test that was handed in, nor of a picture PIN that was guessed at.
    How many there are stands in the server's command line; only requests tell.
    """
    if is_shared_by_processes():
        return []
    return [
        Warning(
            "Rooms, tests that were handed in and waits of picture PINs are kept in "
            "the memory of one process.",
            hint=(
                "Set CACHE_URL to something the processes share, such as "
                "filecache:///run/datenkundig/cache. With exactly one process this "
                "may be silenced (SILENCED_SYSTEM_CHECKS)."
            ),
            id="courses.W002",
        )
    ]
