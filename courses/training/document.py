"""A document as parts: the one thing a page, a PDF and an .odt are made of. Pure.

:func:`read_parts` reads the Markdown that texts of documents use: headings, lists,
tables and paragraphs. Beside it stand ``{fact}`` for a value that is known only when
the document is made, and a line ``[[name]]`` where parts are put that a program makes.
What stands in a value is never read for marks.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

#: A place only the organisation can fill: marked in every form of the document.
GAP: Final = "[auszufüllen: {}]"
PIECE: Final = re.compile(
    r"(\[auszufüllen: [^\]]+\]|https?://[^\s<>)\]]*[^\s<>)\].,;:])"
)
FACT: Final = re.compile(r"\{([a-z_]+)\}")
INSERT: Final = re.compile(r"\[\[([a-z_]+)\]\]")
#: Blocks alone: within a line nothing is marked.
READER: Final = MarkdownIt("zero").enable(["heading", "list", "table"])


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
    writer = _Writer(facts, inserts or {})
    parts: list[Part] = []
    for node in SyntaxTreeNode(READER.parse(text)).children:
        parts += writer.parts_of(node, _label(parts))
    return tuple(parts)


def _label(parts: Sequence[Part]) -> str:
    """Return the text of the last heading, which names a table below it."""
    above = (part.text for part in reversed(parts) if isinstance(part, Heading))
    return next(above, "")


def _words(node: SyntaxTreeNode) -> str:
    """Return the text of a node on one line."""
    lines = (each.content for each in node.walk() if each.type == "inline")
    return " ".join(" ".join(lines).split())


@dataclass(frozen=True)
class _Writer:
    """Makes parts of nodes; facts come in last, so that nothing reads their marks."""

    facts: Mapping[str, str] | None
    inserts: Mapping[str, Sequence[Part]]

    def parts_of(self, node: SyntaxTreeNode, label: str) -> Sequence[Part]:
        """Return what becomes of a block below a heading."""
        if node.type == "heading":
            return [Heading(self._text(node), min(max(int(node.tag[1:]), 2), 3))]
        if node.type in ("bullet_list", "ordered_list"):
            items = tuple(map(self._text, node.children))
            return [Items(items, is_numbered=node.type == "ordered_list")]
        if node.type == "table":
            return [self._table(node, label)]
        if insert := INSERT.fullmatch(_words(node)):
            return self.inserts[insert[1]]
        return [Paragraph(self._text(node))]

    def _table(self, node: SyntaxTreeNode, label: str) -> Table:
        lines = [each for each in node.walk() if each.type == "tr"]
        heading, *rows = (tuple(map(self._text, line.children)) for line in lines)
        return Table(label or ", ".join(heading), heading, tuple(rows))

    def _text(self, node: SyntaxTreeNode) -> str:
        text, facts = _words(node), self.facts
        if facts is None:
            return text
        return FACT.sub(lambda mark: facts[mark[1]], text)
