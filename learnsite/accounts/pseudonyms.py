"""Made-up names like "Flinker Otter 27"."""

import secrets
from functools import cache

from . import keys

_ENDINGS = {"m": "er", "f": "e", "n": "es"}


@cache
def _animals() -> tuple[tuple[str, str], ...]:
    """Return animals with their grammatical gender."""
    pairs = (line.split(";") for line in keys.lines_of("animals.txt"))
    return tuple((name.strip(), gender.strip()) for name, gender in pairs)


def invent() -> str:
    """Return a name that says nothing about the person; it need not be unique."""
    return f"{invent_plain()} {secrets.randbelow(98) + 2}"


def invent_plain() -> str:
    """Return such a name without a number: “Flinker Otter”."""
    animal, gender = secrets.choice(_animals())
    stem = secrets.choice(keys.lines_of("adjectives.txt"))
    return f"{stem.capitalize()}{_ENDINGS[gender]} {animal}"
