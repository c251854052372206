"""What a learner may hold, but not read: a keyed hash that the server compares.

An open run of a final test lies where its owner can look at it, in the cookie or in a
copy of “Meine Daten”. A score in it, or the plain hash of a question with its solution,
would tell which answers are right. A seal tells nothing, and the server opens it by
trying the few values it may stand for. Older keys in ``SECRET_KEY_FALLBACKS`` still
open what they sealed.
"""

from collections.abc import Iterable
from typing import Final

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

SALT: Final = "courses.progress.sealing"
LENGTH: Final = 12
SCORES: Final = (100, 0, *range(1, 100))


def seal(*parts: object) -> str:
    """Return what stands for some values."""
    return _seal(settings.SECRET_KEY, parts)


def seals(*parts: object) -> list[str]:
    """Return what stands for some values under each key, today's first."""
    return [_seal(key, parts) for key in _keys()]


def is_seal_of(sealed: str, *parts: object) -> bool:
    """Whether a seal stands for these values."""
    return any(constant_time_compare(sealed, each) for each in seals(*parts))


def sealed_score(sealed: str, *parts: object) -> int | None:
    """Return the score that was sealed together with these values; None for none."""
    if not sealed:
        return None
    return next((s for s in SCORES if is_seal_of(sealed, *parts, s)), None)


def _keys() -> Iterable[str]:
    return (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


def _seal(key: str, parts: tuple[object, ...]) -> str:
    # Lengths in front: no two lists of values run together to the same text.
    text = "".join(f"{len(part)}:{part}" for part in map(str, parts))
    made = salted_hmac(SALT, text, secret=key, algorithm="sha256")
    return made.hexdigest()[:LENGTH]
