"""Which of an exercise's parts stand where, as far as an edit has moved them.

Answers speak in the author's numbers. Whoever corrects an ordering by moving its items,
or gives two cards to each other's partners, changes what those numbers mean, though
there are as many as before. What counts is that the words of one place now stand in
another; new words alone change nothing, and a translation that is edited alike stays
the same exercise.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from .types.base import plain

LENGTH: Final = 12
#: Parts that no answer speaks of.
TOLD: Final = frozenset(["feedback", "explanation", "hint", "accepted", "wrong"])

#: Where words stand: names of fields and numbers in lists.
Place = tuple[str | int, ...]


def moved(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[list[Place]]:
    """Return the places whose words stood in another place before, with that place."""
    old, new = dict(_words_in(before)), dict(_words_in(after))
    stood = {words: place for place, words in reversed(old.items())}
    return [
        [place, stood[words]]
        for place, words in new.items()
        if words in stood and old.get(place) != words
    ]


def arranged(
    known: str, before: Mapping[str, Any] | None, after: Mapping[str, Any]
) -> str:
    """Return what names an exercise's arrangement after an edit.

    ``known`` is the one before, "" for the first; it stays where nothing was moved.
    """
    moves = moved(before, after) if before is not None else []
    if not moves:
        return known
    text = json.dumps([known, moves])
    return hashlib.sha256(text.encode()).hexdigest()[:LENGTH]


def _words_in(value: Any, place: Place = ()) -> Iterator[tuple[Place, str]]:
    """Yield the words that stand in lists, each with its place."""
    if isinstance(value, Mapping):
        for name, each in value.items():
            if name not in TOLD:
                yield from _words_in(each, (*place, name))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for number, each in enumerate(value):
            yield from _words_in(each, (*place, number))
    elif any(isinstance(part, int) for part in place) and (words := _words(value)):
        yield place, words


def _words(value: Any) -> str:
    is_text = isinstance(value, str) or hasattr(value, "source")
    return plain(value) if is_text else ""
