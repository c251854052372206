"""Made-up names like "Flinker Otter 27", or "Heitere Wolke" for who wants no animal."""

import secrets
from enum import StrEnum
from functools import cache

from . import keys

_ENDINGS = {"m": "er", "f": "e", "n": "es"}


class Bearer(StrEnum):
    """What a made-up name calls somebody; each has a list of its own."""

    ANIMAL = "animals"
    THING = "things"


@cache
def nouns(bearer: Bearer) -> tuple[tuple[str, str], ...]:
    """Return the animals, or the things, with their grammatical gender."""
    pairs = (line.split(";") for line in keys.lines_of(f"{bearer}.txt"))
    return tuple((name.strip(), gender.strip()) for name, gender in pairs)


def invent() -> str:
    """Return a name that says nothing about the person; it need not be unique."""
    return f"{invent_plain()} {secrets.randbelow(98) + 2}"


def invent_plain(bearer: Bearer = Bearer.ANIMAL) -> str:
    """Return such a name without a number: “Flinker Otter”."""
    noun, gender = secrets.choice(nouns(bearer))
    stem = secrets.choice(keys.lines_of("adjectives.txt"))
    return f"{stem.capitalize()}{_ENDINGS[gender]} {noun}"
