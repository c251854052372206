"""The people of the demo and the credentials that everybody knows.

Where no demo is wanted, sign-in asks here what to refuse. ``demo`` makes the people.
"""

from collections.abc import Sequence

from django.conf import settings

from . import keys
from .models import User

PASSWORD = "hellingen-zeigt-alles"  # noqa: S105 - public by purpose
LENA = "Lena"
# (user name, name shown, groups, administrator)
STAFF = (
    ("tom", "Tom (Lehrkraft)", (), False),
    ("redaktion", "Redaktion", ("Editors", "Moderators"), False),
    ("leitung", "Leitung", (), True),
)
USERNAMES = tuple(username for username, *_ in STAFF)
LENA_KEY_PLACES = (0, 409, 818, 1227, 1636, 2045)


def lena_key() -> tuple[str, ...]:
    """Return Lena's fixed key."""
    words = keys.word_list()
    return tuple(words[place] for place in LENA_KEY_PLACES)


def opens_as_published(user: User) -> bool:
    """Return whether the published password or key opens this account."""
    if user.key_hash in keys.key_hashes(lena_key()):
        return True
    return user.username in USERNAMES and user.check_password(PASSWORD)


def is_refused(user: User) -> bool:
    """Return whether this is one of the cast left over where no demo is wanted.

    Ask only about somebody who typed the published password.
    """
    return not settings.DEMO_PEOPLE and user.username in USERNAMES


def is_refused_key(words: Sequence[str]) -> bool:
    """Return whether this is the published key, where no demo is wanted."""
    return not settings.DEMO_PEOPLE and tuple(words) == lena_key()
