"""What the strict check says about a text, and on which line it stands."""

import re
from dataclasses import dataclass, field

from .passages import Passage, Sheet
from .sentences import words

#: Marks of the format around words, with the words kept.
MARKUP = (
    (re.compile(r"\{[A-Za-z-]+\}`([^`<]*?)(?:\s*<[^`>]*>)?`"), r"\1"),
    (re.compile(r"\]\([^)\s]*\)"), ""),
    (re.compile(r"[*\[\]\\|]"), ""),
)
#: So many words tell a sentence from others; a line of the file may end before.
ENOUGH_WORDS = (6, 4, 3, 2, 1)


@dataclass(frozen=True)
class Finding:
    """A message about a passage or a whole file; ``words`` is where to look."""

    sheet: Sheet
    message: str
    passage: Passage | None = None
    words: str = ""


@dataclass
class Lines:
    """The lines of a file without marks, for finding words in them."""

    source: str
    plain: list[list[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.plain = [words(_without_marks(line)) for line in self.source.split("\n")]

    def line_of(self, sought: str, first: int) -> int:
        """Return the first line from ``first`` on that holds the start of the words."""
        wanted = words(sought)
        for count in ENOUGH_WORDS:
            start = wanted[:count]
            if len(start) < min(count, len(wanted)) or not start:
                continue
            for number, line in enumerate(self.plain[first - 1 :], start=first):
                if _holds(line, start):
                    return number
        return first


def _without_marks(line: str) -> str:
    for pattern, instead in MARKUP:
        line = pattern.sub(instead, line)
    return line


def _holds(line: list[str], start: list[str]) -> bool:
    length = len(start)
    return any(line[at : at + length] == start for at in range(len(line) - length + 1))


def shortened(text: str, letters: int = 60) -> str:
    """Return the beginning of a sentence, to recognise it by."""
    if len(text) <= letters:
        return text
    return text[:letters].rsplit(" ", 1)[0] + " …"
