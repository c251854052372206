"""What a reader reads of a package: every paragraph, heading, item, cell and label."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock

from courses.catalogue.choices import Address

from .. import schema
from ..files import Folder
from ..package import Edition, Package, Text, model_of
from ..richtext import read_html
from ..text_tree import Heading, Item, List, Run, Runs, Tree, plain
from ..values import Path as ValuePath
from ..values import Reading, list_item
from .sentences import sentences
from .word_list import WordList

Kind = Literal["paragraph", "heading", "item", "cell", "line"]

SIMPLE = "de-simple"
#: Fields nobody reads as language: ids, addresses, forms of typed answers.
NOT_WORDS = frozenset(
    ["key", "id", "goal", "category", "also", "to", "unit", "accepted", "name"]
    + ["lab", "link", "credit", "fixed", "shared", "see", "sources"]
)
#: Titles and names of others stand as they are, in whatever language.
NAMES_OF_OTHERS = frozenset(["source", "place", "publisher", "holder", "authors"])
#: Blocks that hold what others wrote.
OTHERS_BLOCKS = frozenset(["quote", "sources", "link_card"])
#: Facts that are read on the page or in the catalogue.
FACTS = (
    "title", "headline", "claim", "summary", "intro", "audience", "image_alt",
    "draft_notice",
)  # fmt: skip
#: Lists of the site's package with what stands in each of their entries.
LISTS = {"terms": schema.TERM, "cards": schema.CARD}


@dataclass(frozen=True)
class Passage:
    """A stretch of words with its place.

    ``line`` is that of the field; the words may start further down. ``block`` is the
    type of the block around it, empty for facts.
    """

    line: int
    block: str
    field: str
    kind: Kind
    runs: Runs
    level: int = 0
    can_link: bool = False

    @cached_property
    def text(self) -> str:
        """Return the words without marks."""
        return plain(self.runs)

    @cached_property
    def own_text(self) -> str:
        """Return the words without those in another language."""
        return "".join(" " if is_foreign(run) else run.text for run in self.runs)

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """Return the sentences."""
        return tuple(sentences(self.text))

    @property
    def is_by_others(self) -> bool:
        """Whether somebody else wrote it, so that nobody here may change it."""
        return self.block in OTHERS_BLOCKS or self.field in NAMES_OF_OTHERS

    @property
    def is_alternative(self) -> bool:
        """Whether it stands for a picture."""
        return self.field in ("alt", "image_alt")


def is_foreign(run: Run) -> bool:
    """Say whether words are marked as being in another language."""
    return run.entity is not None and run.entity.kind == "lang"


@dataclass(frozen=True)
class Sheet:
    """One file of one language: what stands in it, in its order.

    ``part`` is the name of the stream, empty for ``course.yaml``. ``listed`` holds the
    words that are right and known although no dictionary has them or they are long.
    ``address`` is how the text speaks to whoever learns, empty where both are right.
    """

    folder: Folder
    file: str
    part: str
    text: Text
    locale: str
    passages: tuple[Passage, ...]
    reading: Reading
    listed: WordList
    address: str = ""

    @property
    def is_lesson(self) -> bool:
        """Whether this is the body of a lesson."""
        return self.part == "body" and "minutes" in self.text.facts

    @property
    def own(self) -> Iterator[Passage]:
        """Yield what the authors wrote themselves."""
        return (each for each in self.passages if not each.is_by_others)


def sheets(folder: Folder, package: Package, edition: Edition) -> Iterator[Sheet]:
    """Yield every file of a language; facts stand with the text behind them."""
    listed = word_list(folder.root, edition)
    for text in edition.texts:
        facts = tuple(_facts(text, edition))
        parts = {} if text.main in text.streams else {"": facts}
        for name, raw in text.streams.items():
            if name in text.readings:
                stream = model_of(package, text)._meta.get_field(name).stream_block
                found = tuple(_stream(stream, raw, text.readings[name]))
                parts[name] = facts + found if name == text.main else found
        for part, passages in parts.items():
            yield Sheet(
                folder, text.files[part], part, text, edition.locale, passages,
                text.readings[part], listed, _address(package, edition),
            )  # fmt: skip
    yield from _lists(folder, edition, listed)


def _lists(folder: Folder, edition: Edition, listed: WordList) -> Iterator[Sheet]:
    """Yield the glossary and the step cards of the site's package."""
    head = edition.head
    for name, block in LISTS.items():
        if reading := head.readings.get(name):
            passages = tuple(
                passage
                for index, entry in enumerate(getattr(edition, name))
                for passage in _value(block, entry, (index,), reading, name, "")
            )
            yield Sheet(
                folder, head.files[name], name, head, edition.locale, passages,
                reading, listed,
            )  # fmt: skip


def _address(package: Package, edition: Edition) -> str:
    """Return how a course speaks to its readers in a language; texts of all say both.

    Leichte Sprache says du in every course.
    """
    if package.kind == "site":
        return ""
    if edition.locale == SIMPLE:
        return Address.DU.value
    return str(package.original.head.facts["address"])


def word_list(root: Path, edition: Edition) -> WordList:
    """Return the words a language may use beside those of the dictionary.

    They stand in ``words.de.txt`` of the package, in that of the site's package beside
    it, and in the glossary.
    """
    readings = [text.readings.get(text.main) for text in edition.texts]
    terms = {
        word
        for reading in readings
        if reading
        for word in reading.context.terms.values()
    }
    return WordList.read(
        (root, root.parent / "_site"), language_of(edition.locale), terms
    )


def language_of(locale: str) -> str:
    """Return the language whose spelling a locale has."""
    return locale.partition("-")[0]


def _facts(text: Text, edition: Edition) -> Iterator[Passage]:
    reading = text.readings[""]
    for name in FACTS:
        # What a translation takes from its original is read there.
        if (name,) in reading.lines and text.facts.get(name):
            line = reading.line_of((name,))
            if name == "intro":
                block = schema.FINAL_TEST.child_blocks[name]
                yield from _value(block, text.facts[name], (name,), reading, "", name)
            else:
                yield _line(text.facts[name], line, "", name)
    if ("goals",) in reading.lines and text is edition.head:
        for index, goal in enumerate(text.facts.get("goals", ())):
            line = reading.line_of(("goals", index, "text"))
            yield _line(goal["text"], line, "", "goal text")
    for index, change in enumerate(text.facts.get("changes", ())):
        line = reading.line_of(("changes", index, "text"))
        yield _line(change["text"], line, "", "change text")


def _line(words: str, line: int, block: str, field: str) -> Passage:
    return Passage(line, block, field, "line", (Run(words),))


def _stream(
    stream: blocks.StreamBlock, raw: list[dict[str, Any]], reading: Reading
) -> Iterator[Passage]:
    """Yield each block: a mark without words, then its words."""
    for index, item in enumerate(raw):
        name = item["type"]
        child = stream.child_blocks[name]
        yield _line("", reading.line_of((index,)), name, "")
        field = "text" if isinstance(child, blocks.RichTextBlock) else ""
        yield from _value(child, item["value"], (index,), reading, name, field)


def _value(
    block: blocks.Block,
    value: Any,
    path: ValuePath,
    reading: Reading,
    around: str,
    field: str,
) -> Iterator[Passage]:
    """Yield what stands in a value; an empty text is a passage without words."""
    if isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            if name not in NOT_WORDS and not (name == "text" and "wrong" in path):
                at = (*path, name)
                inner = (value or {}).get(name)
                yield from _value(child, inner, at, reading, around, name)
    elif isinstance(block, blocks.ListBlock):
        for index, item in enumerate(value or []):
            inner, at = list_item(item), (*path, index)
            yield from _value(block.child_block, inner, at, reading, around, field)
    elif isinstance(block, BaseTypedTableBlock):
        yield from _table(value or {}, path, reading, around)
    elif isinstance(block, blocks.RichTextBlock):
        can_link = "glossary-term" in (block.features or [])
        line = reading.line_of(path)
        yield from _rich(read_html(value or ""), line, around, field, can_link)
    elif isinstance(block, blocks.CharBlock | blocks.TextBlock):
        yield _line(value or "", reading.line_of(path), around, field)


def _rich(
    tree: Tree, line: int, block: str, field: str, can_link: bool
) -> Iterator[Passage]:
    if not tree:
        yield _line("", line, block, field)
    for node in tree:
        if isinstance(node, List):
            for item in node.items:
                yield from _item(item, line, block, field, can_link)
        elif isinstance(node, Heading):
            yield Passage(line, block, field, "heading", node.runs, node.level)
        else:
            yield Passage(line, block, field, "paragraph", node.runs, can_link=can_link)


def _item(
    item: Item, line: int, block: str, field: str, can_link: bool
) -> Iterator[Passage]:
    yield Passage(line, block, field, "item", item.runs, can_link=can_link)
    for below in item.lists:
        for inner in below.items:
            yield from _item(inner, line, block, field, can_link)


def _table(
    value: dict[str, Any], path: ValuePath, reading: Reading, around: str
) -> Iterator[Passage]:
    line = reading.line_of(path)
    for column in value.get("columns", []):
        yield Passage(line, around, "table", "cell", (Run(column["heading"]),))
    for number, row in enumerate(value.get("rows", [])):
        at = reading.line_of((*path, number))
        for cell in row["values"]:
            for node in read_html(cell or ""):
                runs = node.items[0].runs if isinstance(node, List) else node.runs
                yield Passage(at, around, "table", "cell", runs, can_link=True)
