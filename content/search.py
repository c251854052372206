"""Search that forgives: case, umlauts, ß and inflection, alike on every database.

A page carries one normalised text, built when it is saved; a query is normalised the
same way and each of its words must occur. ``Passwörter`` finds ``Passwort``.
"""

import re
import unicodedata
from functools import lru_cache

import snowballstemmer
from django.utils.html import strip_tags

MAX_QUERY_LENGTH = 200
MAX_QUERY_WORDS = 8

_FOLD = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss", "é": "e", "è": "e"})
# People without umlauts on their keyboard write ae, oe, ue.
_TYPED = re.compile(r"(?<![aeiouq])([aou])e")
_WORD = re.compile(r"[^\W_]+")
# Leichte Sprache writes Daten-Schutz or Daten·schutz; people look for Datenschutz.
_COMPOUND = re.compile(r"[^\W_]+(?:[-\u2010\u2011·][^\W_]+)+")
_TYPED_WORD = re.compile(r"[^\W_]+(?:[-\u2010\u2011·][^\W_]+)*")
# The stemmer leaves the s of Kameras, Handys, Apps: it takes one off other letters.
_PLURAL = re.compile(r"(.+[aciopuwy])s")
#: Letters that are enough to look for all words that begin with them: an s less, "das"
#: would find "Daten" and "Haus" what is "häufig". Nor may "Minus" find "Minuten", or
#: "Ausweis" what is "ausweichen".
_BEGINNING = 4

#: The words of a query, each with the pieces of a search text that stand for it.
Words = list[tuple[str, ...]]


def _words(text: str) -> list[str]:
    return [_umlaut(word) for word in _WORD.findall(_plain(text))]


def _plain(text: str) -> str:
    # Some systems send ö as o and its dots.
    plain = unicodedata.normalize("NFC", strip_tags(text)).casefold()
    # A soft hyphen says where a word may break; it is no part of it.
    return plain.replace("\x00", " ").replace("\u00ad", "")


def _compounds(text: str) -> list[str]:
    """Return the words that are written with a mark between their parts, without it."""
    return [
        _umlaut("".join(_WORD.findall(each)))
        for each in _COMPOUND.findall(_plain(text))
    ]


@lru_cache(maxsize=20_000)
def _published_stem(word: str) -> str:
    """Return a word's stem, remembered: the words of a site recur on all its pages.

    Not for what learners type: that is kept nowhere.
    """
    return fold(snowballstemmer.stemmer("german").stemWord(word))


def _umlaut(word: str) -> str:
    return _TYPED.sub(lambda m: {"a": "ä", "o": "ö", "u": "ü"}[m[1]], word)


def fold(word: str) -> str:
    """Return a word in lower case without its marks, for searching and for order."""
    return word.translate(_FOLD)


def search_text(*texts: str) -> str:
    """Return the distinct stems of some texts as one searchable line."""
    words = dict.fromkeys(
        word for text in map(str, texts) for word in (*_words(text), *_compounds(text))
    )
    stems = dict.fromkeys(map(_published_stem, words))
    return f" {' '.join(stems)} " if stems else ""


def query_words(query: str) -> Words:
    """Return the words to look for.

    Too long a query is cut. A word in parts (``DS-GVO``) is there with all its parts or
    as a whole: each part may be found as the whole instead.
    """
    # One of our own: a stemmer holds the word at hand, and threads would mix theirs up.
    stem = snowballstemmer.stemmer("german").stemWord
    words: Words = []
    for typed in _TYPED_WORD.findall(_plain(query[:MAX_QUERY_LENGTH])):
        parts = _WORD.findall(typed)
        stems = [fold(stem(_umlaut(word))) for word in parts]
        whole = _pieces(fold(stem(_umlaut("".join(parts))))) if parts[1:] else ()
        words += [_pieces(each) + whole for each in stems]
    return list(dict.fromkeys(words))[:MAX_QUERY_WORDS]


def _pieces(stem: str) -> tuple[str, ...]:
    """Return what a stem is looked for by: mostly as the beginning of a word."""
    plural = _PLURAL.fullmatch(stem)
    if not plural:
        return (f" {stem}",)
    if len(plural[1]) < _BEGINNING or plural[1].endswith(("u", "ei")):
        return (f" {stem}", f" {plural[1]} ")
    return (f" {plural[1]}",)


def held(text: str, words: Words) -> int:
    """Return how many words of a query a search text has."""
    return sum(any(piece in text for piece in pieces) for pieces in words)


def holds(text: str, words: Words) -> bool:
    """Say whether a search text has every word of a query."""
    return held(text, words) == len(words)
