"""A visitor's memory cards, packed into one signed cookie. Pure.

Layout, version 1 (big endian)::

    u8 version
    each card: 6 bytes course, 4 bytes goal, f32 stability, u16 difficulty * 1000,
               u16 due day, u16 day of the last review (0: none), u16 last question

Days count from 2020-01-01. A card takes 22 bytes; beyond :data:`MOST` those that are
due last go first. The signature carries no time.
"""

import hashlib
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.core.signing import BadSignature, Signer

from .schedule import Memory

VERSION: Final = 1
MOST: Final = 100
SALT: Final = "courses.review.cookie"
LONGEST: Final = 4000

_EPOCH: Final = date(2020, 1, 1)
_CARD: Final = struct.Struct(">6s4sfHHHH")

#: What stands for (course, goal) in the cookie.
ShortKey = tuple[bytes, bytes]


def short_key(course_key: UUID, goal: str) -> ShortKey:
    """Return what stands for a goal of a course."""
    return course_key.bytes[:6], hashlib.sha256(goal.encode()).digest()[:4]


def dumps(cards: Mapping[ShortKey, Memory]) -> str:
    """Pack and sign."""
    kept = sorted(cards.items(), key=lambda card: card[1].due)[:MOST]
    packed = bytes([VERSION]) + b"".join(_pack(key, memory) for key, memory in kept)
    return Signer(salt=SALT, sep=".").sign(urlsafe_b64encode(packed).decode())


def loads(value: str) -> dict[ShortKey, Memory]:
    """Unpack a cookie; anything not written by this site holds no cards."""
    if not value or len(value) > LONGEST:
        return {}
    try:
        packed = urlsafe_b64decode(Signer(salt=SALT, sep=".").unsign(value))
        if packed[:1] != bytes([VERSION]):
            return {}
        return dict(map(_unpack, _CARD.iter_unpack(packed[1:])))
    except (BadSignature, ValueError, struct.error, OverflowError):
        return {}


def _pack(key: ShortKey, memory: Memory) -> bytes:
    return _CARD.pack(
        *key,
        memory.stability,
        round(memory.difficulty * 1000),
        _number(memory.due),
        _number(memory.last_review) if memory.last_review else 0,
        memory.last_item,
    )


def _unpack(card: tuple) -> tuple[ShortKey, Memory]:
    course, goal, stability, difficulty, due, last, item = card
    return (course, goal), Memory(
        due=_day(due),
        stability=stability,
        difficulty=difficulty / 1000,
        last_review=_day(last) if last else None,
        last_item=item,
    )


def _number(day: date) -> int:
    return (day - _EPOCH).days


def _day(number: int) -> date:
    return _EPOCH + timedelta(days=number)
