"""The words of a text that are spelled, and lists of those no dictionary has."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

#: An address, a mail address, a host or a path of this site („/gruppen/raum/“).
ADDRESS = re.compile(
    r"\S*(?:://|@)\S*|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,8}\b(?:/\S*)?"
    r"|(?<![\w/])/(?:[\w-]+/)+"
)
MARKS = re.compile(r"\{\{?[\w-]+\}?\}")
#: A word; one that leaves its end to another („Meinungs- und …“) is none.
TOKEN = re.compile(r"[^\W\d_]++(?:[-‑’'·][^\W\d_]++)*+(?!-)")
JOINTS = re.compile(r"[-‑·]")
#: Endings that a listed word may take without standing in the list again.
ENDINGS = ("", "s", "n", "en", "e", "es", "’s")


@dataclass(frozen=True)
class WordList:
    """Words that are right although no dictionary has them."""

    words: frozenset[str] = frozenset()

    @classmethod
    def read(
        cls, folders: Iterable[Path], language: str, terms: Iterable[str] = ()
    ) -> "WordList":
        """Read ``words.LANGUAGE.txt`` of folders; words of terms are right too."""
        found = {token for term in terms for token in tokens(term)}
        for folder in folders:
            file = folder / f"words.{language}.txt"
            if file.is_file():
                found |= set(file.read_text(encoding="utf-8").split())
        return cls(frozenset(found))

    @cached_property
    def _forms(self) -> frozenset[str]:
        return frozenset(word + end for word in self.words for end in ENDINGS)

    def has(self, word: str) -> bool:
        """Say whether the word, or the word without an ending, is listed."""
        return word in self._forms

    def unused(self, texts: Iterable[str]) -> frozenset[str]:
        """Return the listed words that occur in no text, alone or within a word."""
        seen: set[str] = set()
        for text in texts:
            for token in tokens(text):
                seen |= {token, *JOINTS.split(token)}
        return frozenset(
            word for word in self.words if not seen & {word + end for end in ENDINGS}
        )


@lru_cache(maxsize=20_000)
def tokens(text: str) -> tuple[str, ...]:
    """Return what is spelled: no addresses, no marks, nothing with digits.

    Asked for two or three times for each passage of a check.
    """
    bare = ADDRESS.sub(" ", MARKS.sub(" ", text))
    spelled = (part for part in bare.split() if not re.search(r"\d|\w_\w", part))
    return tuple(TOKEN.findall(" ".join(spelled)))
