"""Text as packages know it, between Markdown and the CMS's HTML.

A text is a list of paragraphs, headings and lists. Their words are runs: a stretch of
text with bold, italic and at most one of link, glossary term or foreign language, which
is exactly what the editor of the CMS can hold. Both sides meet here, so two texts are
the same when their trees are equal.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

#: What HTML and the CMS's editor treat as white space; a no-break space is none.
SPACES = re.compile(r"[ \t\n\f\r]+")
#: White space of any kind that holds a plain space; the editor keeps that one alone.
MIXED_SPACES = re.compile(r"\s* \s*")
#: Characters that neither HTML nor YAML can carry.
UNWRITABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)
#: Words with single spaces between them, as most texts are: nothing to tidy.
_SIGN = r"[^\s\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
TIDY = re.compile(rf"{_SIGN}+(?: {_SIGN}+)*")
MAX_LIST_DEPTH = 4


@dataclass(frozen=True)
class Entity:
    """What a run points to: an address, the id of a term, or a language code."""

    kind: Literal["link", "term", "lang"]
    value: str


@dataclass(frozen=True)
class Run:
    """A stretch of text whose characters all look and point the same way."""

    text: str
    bold: bool = False
    italic: bool = False
    entity: Entity | None = None

    def saying(self, text: str) -> "Run":
        """Return other words with the same marks."""
        # Ten thousands of times in an import; ``replace`` takes four times as long.
        return Run(text, self.bold, self.italic, self.entity)

    def looks_like(self, other: "Run") -> bool:
        """Say whether another run has the same marks."""
        return (self.bold, self.italic, self.entity) == (
            other.bold,
            other.italic,
            other.entity,
        )


Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph."""

    runs: Runs


@dataclass(frozen=True)
class Heading:
    """A heading of level 2, 3 or 4."""

    level: int
    runs: Runs


@dataclass(frozen=True)
class Item:
    """A list item: its words, then the lists below it."""

    runs: Runs
    lists: tuple["List", ...] = field(default=())


@dataclass(frozen=True)
class List:
    """A tight list."""

    ordered: bool
    items: tuple[Item, ...]


Node = Paragraph | Heading | List
Tree = tuple[Node, ...]


def tidy(runs: Iterable[Run]) -> Runs:
    """Return runs in their one canonical form.

    White space collapses to single spaces and leaves the ends and every mark; terms and
    foreign words are bold or italic as a whole or not at all; equal neighbours merge.
    """
    runs = _merge(runs)
    if len(runs) == 1 and not runs[0].entity and TIDY.fullmatch(runs[0].text):
        return runs
    parted = _merge(_spaces_outside(runs))
    return _merge(_strip(_collapse(_whole_entities(parted))))


def plain(runs: Iterable[Run]) -> str:
    """Return the words of runs."""
    return "".join(run.text for run in runs)


def _spaces_outside(runs: Iterable[Run]) -> Iterable[Run]:
    """Cut every run into words and spaces; a space carries no mark at an edge."""
    for run in runs:
        text = SPACES.sub(" ", UNWRITABLE.sub("", run.text))
        core = text.strip()
        if not core:
            yield Run(text)
            continue
        start = text.index(core)
        yield Run(text[:start])
        yield run.saying(core)
        yield Run(text[start + len(core) :])


def _merge(runs: Iterable[Run]) -> Runs:
    """Drop empty runs and join neighbours with the same marks."""
    merged: list[Run] = []
    for run in runs:
        if not run.text:
            continue
        if merged and merged[-1].looks_like(run):
            merged[-1] = run.saying(merged[-1].text + run.text)
        else:
            merged.append(run)
    return tuple(merged)


def _whole_entities(runs: Iterable[Run]) -> Iterable[Run]:
    for entity, group in groupby(runs, key=lambda run: run.entity):
        parts = tuple(group)
        if entity is None or entity.kind == "link":
            yield from parts
            continue
        text = plain(parts)
        if entity.kind == "term":
            text = text.replace("<", "‹").replace(">", "›")
        yield Run(
            text.replace("`", "'"),
            all(part.bold for part in parts),
            all(part.italic for part in parts),
            entity,
        )


def _collapse(runs: Iterable[Run]) -> Iterable[Run]:
    """Leave one of the spaces that meet where runs meet."""
    ends_in_space = True
    for run in runs:
        text = MIXED_SPACES.sub(" ", run.text)
        text = text.lstrip(" ") if ends_in_space else text
        if text:
            ends_in_space = text.endswith(" ")
            yield run.saying(text)


def _strip(runs: Iterable[Run]) -> Runs:
    kept = list(runs)
    while kept and not kept[-1].text.strip():
        kept.pop()
    while kept and not kept[0].text.strip():
        kept.pop(0)
    if kept:
        kept[0] = kept[0].saying(kept[0].text.lstrip())
        kept[-1] = kept[-1].saying(kept[-1].text.rstrip())
    return tuple(kept)


Mark = Callable[[str], str]


def nest(
    runs: Runs,
    *,
    text: Callable[[str], str],
    bold: Mark,
    italic: Mark,
    entity: Callable[[Entity, str, str], str],
) -> str:
    """Write runs as nested marks: bold around italic around an entity.

    ``entity`` gets the entity, its content already written, and its plain words. A link
    whose words differ in their marks holds these marks inside.
    """
    pieces: list[tuple[bool, bool, str]] = []
    for found, group in groupby(runs, key=lambda run: run.entity):
        parts = tuple(group)
        if found is None:
            pieces += [(part.bold, part.italic, text(part.text)) for part in parts]
            continue
        is_bold = all(part.bold for part in parts)
        is_italic = all(part.italic for part in parts)
        inner = [
            (part.bold and not is_bold, part.italic and not is_italic, text(part.text))
            for part in parts
        ]
        content = _wrap(inner, bold, italic)
        pieces.append((is_bold, is_italic, entity(found, content, plain(parts))))
    return _wrap(pieces, bold, italic)


def _wrap(pieces: Iterable[tuple[bool, bool, str]], bold: Mark, italic: Mark) -> str:
    written = ""
    for is_bold, bolds in groupby(pieces, key=lambda piece: piece[0]):
        inner = ""
        for is_italic, italics in groupby(bolds, key=lambda piece: piece[1]):
            words = "".join(piece[2] for piece in italics)
            inner += italic(words) if is_italic else words
        written += bold(inner) if is_bold else inner
    return written
