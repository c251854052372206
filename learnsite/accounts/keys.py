"""Learning keys: six plain German words, about 66 bits.

Pure functions over the word list; they know no account and no database. Only
``key_hashes`` of a key is ever stored.
"""

import hashlib
import hmac
import re
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.crypto import salted_hmac

WORDS_DIR = Path(__file__).resolve().parent / "words"
KEY_WORDS = 6
LONGEST_INPUT = 400
# A key in which each word fell apart once; more is something else, and not searched.
MOST_WORDS = 2 * KEY_WORDS

# How people write umlauts without an umlaut key.
_SPELLINGS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_FORGOTTEN_DOTS = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "s"})
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class TypedKey:
    """What somebody typed, read forgivingly.

    ``unknown`` are the words that are not on the list. Which word was meant by one is
    a search through the list (``nearest``): ask it for what is shown and no more.
    """

    words: tuple[str, ...]
    unknown: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """Return how many words were typed."""
        return len(self.words) + len(self.unknown)

    @property
    def complete(self) -> bool:
        """Whether this can be a key: six words, all on the list."""
        return not self.unknown and len(self.words) == KEY_WORDS


@cache
def word_list() -> tuple[str, ...]:
    """Return the words keys are made of, as written on cards."""
    return lines_of("key_words.txt")


def lines_of(name: str) -> tuple[str, ...]:
    """Return the entries of a list in ``words`` without comments."""
    text = (WORDS_DIR / name).read_text(encoding="utf-8")
    lines = (line.strip() for line in text.splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


@cache
def _spellings() -> dict[str, str]:
    """Return every accepted spelling with the word it stands for."""
    found: dict[str, str] = {}
    for table in (None, _SPELLINGS, _FORGOTTEN_DOTS):
        for word in word_list():
            spelling = word.casefold() if table is None else _fold(word, table)
            found.setdefault(spelling, word)
    return found


def _fold(word: str, table: dict[int, str]) -> str:
    return word.lower().translate(table)


def generate() -> tuple[str, ...]:
    """Return a new key."""
    words = word_list()
    return tuple(secrets.choice(words) for _ in range(KEY_WORDS))


def derived(token: str) -> tuple[str, ...]:
    """Return the key that follows from a random token, the same each time.

    As good as the token's chance; without the site's secret nobody can do it.
    """
    words = word_list()
    digest = salted_hmac("learnsite.accounts.keys.derived", token, algorithm="sha256")
    number = int.from_bytes(digest.digest())
    return tuple(
        words[number // len(words) ** place % len(words)] for place in range(KEY_WORDS)
    )


def read(text: str) -> TypedKey:
    """Read what somebody typed, pasted or scanned.

    Case, spaces, hyphens, commas, line breaks, numbering and the usual spellings of
    umlauts make no difference; of an address only the part after ``#`` counts.
    """
    composed = unicodedata.normalize("NFC", text[:LONGEST_INPUT])
    words = []
    unknown = []
    for piece in _LETTERS.findall(composed.rpartition("#")[2]):
        word = _known(piece)
        if word is None:
            unknown.append(piece[:30])
        else:
            words.append(word)
    return TypedKey(tuple(words), tuple(unknown))


def _known(piece: str) -> str | None:
    spellings = _spellings()
    lowered = piece.lower()
    return spellings.get(lowered.casefold()) or spellings.get(_fold(piece, _SPELLINGS))


@cache
def _letters_of_words() -> tuple[tuple[str, str, frozenset[str]], ...]:
    """Return each word, how it is spelt without umlauts, and its letters."""
    spelt = ((word, _fold(word, _SPELLINGS)) for word in word_list())
    return tuple((word, folded, frozenset(folded)) for word, folded in spelt)


def nearest(piece: str) -> str | None:
    """Return the word on the list that was probably meant, at most two slips away.

    One slip brings in or takes away one letter at most. Comparing the letters first
    spares nearly all of the list the slow comparison.
    """
    typed = _fold(piece, _SPELLINGS)[:20]
    letters = frozenset(typed)
    best, best_distance = None, 3 if len(typed) > 4 else 2
    for word, folded, others in _letters_of_words():
        fewest = max(
            abs(len(folded) - len(typed)), len(letters - others), len(others - letters)
        )
        if fewest < best_distance:
            distance = _distance(typed, folded, best_distance)
            if distance < best_distance:
                best, best_distance = word, distance
    return best


def _distance(left: str, right: str, limit: int) -> int:
    """Return how many slips (wrong, missing, added, swapped) lie between two words."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, letter in enumerate(left, start=1):
        older, before, row = before, row, [i]
        for j, other in enumerate(right, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            swapped = (
                i > 1 and j > 1 and letter == right[j - 2] and left[i - 2] == other
            )
            row.append(min(cost, older[j - 2] + 1) if swapped else cost)
        if min(row) >= limit:
            return limit
    return row[-1]


def written(words: Sequence[str]) -> str:
    """Return a key in one line, as it stands on the card and is pasted."""
    return "-".join(words)


def fragment(words: Sequence[str]) -> str:
    """Return a key for the part of an address after ``#``: plain ASCII."""
    return "-".join(_fold(word, _SPELLINGS) for word in words)


def key_hash(words: Sequence[str]) -> str:
    """Return what is stored of a key: a hash keyed by the newest pepper."""
    return key_hashes(words)[0]


def key_hashes(words: Sequence[str]) -> list[str]:
    """Return the hash of a key under each pepper, newest first.

    A slow hash would add nothing: a key has 66 random bits, and without the pepper
    the hash cannot even be tried.
    """
    message = fragment(words).encode()
    return [
        hmac.new(pepper.encode(), message, hashlib.sha256).hexdigest()
        for pepper in settings.LEARNING_KEY_PEPPERS
    ]
