"""Search that forgives: case, umlauts, ß and inflection, alike on every database.

A page carries one normalised text, built when it is saved; a query is normalised the
same way and each of its words must occur. ``Passwörter`` finds ``Passwort``.
"""

import re
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


def normalise(text: str) -> list[str]:
    """Return the stems of a text's words, in order."""
    # One of our own: a stemmer holds the word at hand, and threads would mix theirs up.
    stemmer = snowballstemmer.stemmer("german")
    return [fold(stem) for stem in stemmer.stemWords(_words(text))]


def _words(text: str) -> list[str]:
    return [_umlaut(word) for word in _WORD.findall(_plain(text))]


def _plain(text: str) -> str:
    # A soft hyphen says where a word may break; it is no part of it.
    return strip_tags(text).casefold().replace("\x00", " ").replace("\u00ad", "")


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


def query_stems(query: str) -> list[str]:
    """Return the stems to look for; too long a query is cut."""
    return list(dict.fromkeys(normalise(query[:MAX_QUERY_LENGTH])))[:MAX_QUERY_WORDS]
