"""A document as parts: the one thing a page, a PDF and an .odt are made of. Pure.

:func:`read_parts` reads the few marks that texts of documents use: ``## Heading``,
``- item``, ``1. item``, paragraphs, ``{fact}`` for a value that is known only when the
document is made, and a line ``[[name]]`` where parts are put that a program makes.
What stands in a value is never read for marks.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Final

#: A place only the organisation can fill: marked in every form of the document.
GAP: Final = "[auszufüllen: {}]"
PIECE: Final = re.compile(
    r"(\[auszufüllen: [^\]]+\]|https?://[^\s<>)\]]*[^\s<>)\].,;:])"
)
FACT: Final = re.compile(r"\{([a-z_]+)\}")
ITEM: Final = re.compile(r"(?:-|(\d+)\.) +")
HEADING: Final = re.compile(r"(#{1,6}) +(.*)")
INSERT: Final = re.compile(r"\[\[([a-z_]+)\]\]")


def gap(what: str) -> str:
    """Return the mark of a place that only the organisation can fill."""
    return GAP.format(what)


@dataclass(frozen=True)
class Run:
    """Some text of one kind: plain, a gap to be filled, or the address of a source."""

    text: str
    kind: str = "plain"


def runs(text: str) -> tuple[Run, ...]:
    """Return text as runs."""
    return tuple(_run(piece) for piece in PIECE.split(text) if piece)


def _run(piece: str) -> Run:
    if not PIECE.fullmatch(piece):
        return Run(piece)
    return Run(piece, "gap" if piece.startswith("[") else "link")


@dataclass(frozen=True)
class Heading:
    """A heading of level 2 or 3; the title of the document is level 1."""

    kind: ClassVar = "heading"

    text: str
    level: int = 2
    anchor: str = ""

    @property
    def runs(self) -> tuple[Run, ...]:
        """The text as runs."""
        return runs(self.text)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph."""

    kind: ClassVar = "paragraph"

    text: str

    @property
    def runs(self) -> tuple[Run, ...]:
        """The text as runs."""
        return runs(self.text)


@dataclass(frozen=True)
class Items:
    """A list, numbered or not."""

    kind: ClassVar = "items"

    items: tuple[str, ...]
    is_numbered: bool = False

    @property
    def lines(self) -> list[tuple[Run, ...]]:
        """Each item as runs."""
        return [runs(item) for item in self.items]


@dataclass(frozen=True)
class Table:
    """A table with a heading; the first cell of each row names the row."""

    kind: ClassVar = "table"

    label: str
    heading: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def lines(self) -> list[list[tuple[Run, ...]]]:
        """Each cell of each row as runs."""
        return [[runs(cell) for cell in row] for row in self.rows]


Part = Heading | Paragraph | Items | Table


@dataclass(frozen=True)
class Document:
    """What is written, in one language."""

    title: str
    lead: str
    author: str
    language: str
    parts: tuple[Part, ...]


def read_parts(
    text: str,
    facts: Mapping[str, str] | None = None,
    inserts: Mapping[str, Sequence[Part]] | None = None,
) -> tuple[Part, ...]:
    """Return the parts of a text; raises ``KeyError`` for a mark nobody knows.

    Without ``facts`` braces are read as they stand.
    """
    reader = _Reader(facts, inserts or {})
    for line in text.splitlines():
        reader.take(line)
    reader.close()
    return tuple(reader.parts)


@dataclass
class _Reader:
    """Reads line by line; facts come in when a part is ended, parts as they are."""

    facts: Mapping[str, str] | None
    inserts: Mapping[str, Sequence[Part]]
    parts: list[Part] = field(default_factory=list)
    _words: list[str] = field(default_factory=list)
    _items: list[str] = field(default_factory=list)
    _rows: list[list[str]] = field(default_factory=list)
    _is_numbered: bool = False

    def take(self, line: str) -> None:
        """Read one more line."""
        bare = line.strip()
        if not bare:
            self.close()
        elif insert := INSERT.fullmatch(bare):
            self.close()
            self.parts.extend(self.inserts[insert[1]])
        elif heading := HEADING.fullmatch(bare):
            self.close()
            level = min(max(len(heading[1]), 2), 3)
            self.parts.append(Heading(self._filled(heading[2]), level))
        elif bare.startswith("|"):
            self._rows.append(bare.strip("|").split("|"))
        elif item := ITEM.match(bare):
            self._begin_item(bare[item.end() :], is_numbered=item[1] is not None)
        elif self._items:
            self._items[-1] = f"{self._items[-1]} {bare}"
        else:
            self._words.append(bare)

    def _begin_item(self, text: str, *, is_numbered: bool) -> None:
        if self._words:
            self.close()
        self._is_numbered = is_numbered
        self._items.append(text)

    def close(self) -> None:
        """End the paragraph, list or table that was being read."""
        if self._words:
            self.parts.append(Paragraph(self._filled(" ".join(self._words))))
        if self._items:
            items = tuple(self._filled(item) for item in self._items)
            self.parts.append(Items(items, self._is_numbered))
        if self._rows:
            self._end_table()
        self._words, self._items, self._rows = [], [], []

    def _end_table(self) -> None:
        heading, *rows = (
            tuple(self._filled(cell.strip()) for cell in row) for row in self._rows
        )
        above = [each.text for each in self.parts if isinstance(each, Heading)]
        label = above[-1] if above else ", ".join(heading)
        self.parts.append(Table(label, heading, tuple(rows)))

    def _filled(self, text: str) -> str:
        facts = self.facts
        if facts is None:
            return text
        return FACT.sub(lambda mark: facts[mark[1]], text)
