"""How each kind of Wagtail block is written as a value: one small pair per kind.

``read`` turns a YAML value into what the block stores (``get_prep_value`` form), but
with ``media/…`` paths where the CMS has numbers, and named links in HTML. ``write``
goes back.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, Protocol
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from content.blocks.cards import LinkBlock
from content.sources.blocks import SharedSourceBlock

from .markdown import SITE_LINK, Reference, TextContext, parse_table, parse_text
from .markdown_writer import write_tree
from .richtext import PageName, read_html, write_html, write_runs
from .text_tree import SPACES, UNWRITABLE, List, Paragraph
from .yaml_lines import Map, Node, Scalar, Sequence_
from .yaml_writer import Flow

Path = tuple[str | int, ...]
SHORT = re.compile(r"[\w.-]{1,60}")


class MediaFiles(Protocol):
    """The files of a package, as far as reading a value needs them."""

    def check(self, name: str, kind: str) -> str | None:
        """Return what is wrong with a file (``image`` or ``document``), if anything."""


class NoMedia:
    """A package without files."""

    def check(self, name: str, kind: str) -> str | None:
        """Refuse every file."""
        return _("There are no files here.")


@dataclass
class Reading:
    """One file being read: where problems go, and the line of every value."""

    context: TextContext
    media: MediaFiles = field(default_factory=NoMedia)
    lines: dict[Path, int] = field(default_factory=dict)
    media_used: list[tuple[str, str]] = field(default_factory=list)

    def refuse(self, line: int, message: str) -> None:
        """Note a problem in this file."""
        self.context.report.add(line, message)

    def line_of(self, path: Path) -> int:
        """Return the line of the value, or of the nearest one around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


@dataclass(frozen=True)
class Writing:
    """How numbers of the CMS become names of files and pages."""

    media_name: Callable[[str, Any], str | None] = lambda _kind, value: value
    page_name: PageName | None = None


def features_of(block: blocks.RichTextBlock) -> frozenset[str]:
    """Return what may stand in a rich text."""
    return frozenset(block.features or [])


def clean_line(text: str) -> str:
    """Return a plain text as one line without doubled spaces."""
    return SPACES.sub(" ", UNWRITABLE.sub("", text)).strip()


def clean_lines(text: str) -> str:
    """Return a plain text of several lines without spaces at their ends."""
    lines = UNWRITABLE.sub("", text.replace("\t", " ")).splitlines()
    return "\n".join(line.strip() for line in lines).strip()


# --- Reading ------------------------------------------------------------------------


def read_value(
    block: blocks.Block, node: Node, path: Path, reading: Reading, seed: UUID
) -> Any:
    """Return the stored form of a value; problems are noted, then None is returned."""
    reading.lines[path] = node.line
    if isinstance(block, blocks.StructBlock):
        return _read_struct(block, node, path, reading, seed)
    if isinstance(block, blocks.ListBlock):
        return _read_list(block, node, path, reading, seed)
    if isinstance(block, BaseTypedTableBlock):
        reading.refuse(node.line, _("A table is written as Markdown, not as YAML."))
        return None
    if not isinstance(node, Scalar):
        reading.refuse(
            node.line, _("Here stands a single value, neither a list nor fields.")
        )
        return None
    if node.value is None:
        return None
    return _read_scalar(block, node, reading)


def read_struct_fields(
    block: blocks.StructBlock,
    node: Map,
    path: Path,
    reading: Reading,
    seed: UUID,
    *,
    given: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Read the fields of a struct; those in ``given`` come from elsewhere."""
    given = given or {}
    names = [name for name in block.child_blocks if name not in given]
    values: dict[str, Any] = dict(given)
    for name, child_node in node.items.items():
        if name in given:
            reading.refuse(
                node.key_lines[name],
                _("The field “%(name)s” is already given outside of the YAML.")
                % {"name": name},
            )
        elif name not in names:
            reading.refuse(node.key_lines[name], _unknown_field(name, names))
        else:
            child = block.child_blocks[name]
            at = (*path, name)
            values[name] = read_value(child, child_node, at, reading, seed)
            reading.lines[at] = node.key_lines[name]
    for name in names:
        child = block.child_blocks[name]
        child_node = node.items.get(name, Scalar(node.line, None))
        if isinstance(child_node, Scalar) and not child_node.value:
            if is_required(child):
                reading.refuse(child_node.line, missing_field(name))
            if child_node.value is None:
                values[name] = default_value(child)
    return {name: values[name] for name in block.child_blocks}


def missing_field(name: str) -> str:
    """Say that a field must be given."""
    return _("The field “%(name)s” is missing or empty.") % {"name": name}


def is_required(block: blocks.Block) -> bool:
    """Say whether a value must be given."""
    if isinstance(block, blocks.ListBlock):
        return bool(block.meta.min_num)
    return bool(block.required)


def default_value(block: blocks.Block) -> Any:
    """Return what is stored where nothing is given."""
    if isinstance(block, blocks.ListBlock):
        return []
    if isinstance(block, blocks.StructBlock):
        children = block.child_blocks.items()
        return {name: default_value(child) for name, child in children}
    if isinstance(block, blocks.BooleanBlock):
        return bool(block.get_default())
    return block.get_prep_value(block.get_default())


def _unknown_field(name: str, known: list[str]) -> str:
    if near := get_close_matches(name, known, n=1):
        return _("There is no field “%(name)s”; perhaps “%(near)s” is meant.") % {
            "name": name,
            "near": near[0],
        }
    return _("There is no field “%(name)s” here. There are: %(known)s.") % {
        "name": name,
        "known": ", ".join(known) or "–",
    }


def _read_struct(
    block: blocks.StructBlock, node: Node, path: Path, reading: Reading, seed: UUID
) -> dict[str, Any] | None:
    if not isinstance(node, Map):
        reading.refuse(
            node.line,
            _("Here stand fields, each as “name: value”: %(known)s.")
            % {"known": ", ".join(block.child_blocks)},
        )
        return None
    return read_struct_fields(block, node, path, reading, seed)


def _read_list(
    block: blocks.ListBlock, node: Node, path: Path, reading: Reading, seed: UUID
) -> list[dict[str, Any]] | None:
    if not isinstance(node, Sequence_):
        reading.refuse(node.line, _("Here stands a list: each entry starts with “- ”."))
        return None
    items = []
    for index, child in enumerate(node.items):
        at = (*path, index)
        if isinstance(child, Scalar) and not child.value:
            reading.refuse(child.line, _("This entry of the list is empty."))
            continue
        value = read_value(block.child_block, child, at, reading, seed)
        name = "/".join(str(part) for part in at[1:])
        items.append({"type": "item", "value": value, "id": str(uuid5(seed, name))})
    return items


def _read_scalar(block: blocks.Block, node: Scalar, reading: Reading) -> Any:
    text = node.value or ""
    if isinstance(block, blocks.RichTextBlock):
        line = node.text_line or node.line
        tree = parse_text(text, reading.context, line, features_of(block))
        return write_html(tree)
    if isinstance(block, ImageChooserBlock):
        return read_media(text, "image", node.line, reading)
    if isinstance(block, DocumentChooserBlock):
        return read_media(text, "document", node.line, reading)
    for kind, read in _SCALARS:
        if isinstance(block, kind):
            if isinstance(block, LinkBlock):
                _note_link(text, node.line, reading)
            if isinstance(block, SharedSourceBlock):
                ref = Reference("source", text, node.line)
                reading.context.references.append(ref)
            try:
                return read(block, text)
            except ValueError as error:
                reading.refuse(node.line, str(error))
                return None
    raise TypeError(f"{type(block).__name__} cannot be written in a package")


def _note_link(text: str, line: int, reading: Reading) -> None:
    if match := SITE_LINK.fullmatch(text.partition("?")[0]):
        kind = match["kind"] or "lesson"
        ref = Reference(kind, match["id"] or match["path"], line)
        reading.context.references.append(ref)


def read_media(name: str, kind: str, line: int, reading: Reading) -> str | None:
    """Return the path of a file that exists, else note what is wrong with it."""
    if problem := reading.media.check(name, kind):
        reading.refuse(line, problem)
        return None
    reading.media_used.append((name, kind))
    return name


def _boolean(_block: blocks.Block, text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError(_("Write “true” or “false”, not “%(text)s”.") % {"text": text})
    return text == "true"


def _integer(_block: blocks.Block, text: str) -> int:
    if not re.fullmatch(r"-?[0-9]{1,9}", text):
        raise ValueError(_("“%(text)s” is not a whole number.") % {"text": text})
    return int(text)


def _decimal(_block: blocks.Block, text: str) -> str:
    if not re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,6})?", text):
        raise ValueError(
            _("“%(text)s” is not a number; write it as 1234.5.") % {"text": text}
        )
    return decimal_text(text)


def decimal_text(number: Decimal | str | float) -> str:
    """Return a number with a point and no digit too many."""
    return f"{Decimal(str(number)).normalize() + 0:f}"


def _date(_block: blocks.Block, text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise ValueError(
            _("“%(text)s” is no date; write it as 2026-11-23.") % {"text": text}
        ) from error


def _choice(block: blocks.ChoiceBlock, text: str) -> str:
    known = list(_choices(block))
    if text not in known:
        raise ValueError(
            _("“%(text)s” is not possible here. Possible are: %(known)s.")
            % {"text": text, "known": ", ".join(known) or "–"}
        )
    return text


def _choices(block: blocks.ChoiceBlock) -> Iterator[str]:
    for value, label in block.field.choices:
        if isinstance(label, list | tuple):
            yield from (str(each) for each, _label in label if each)
        elif value:
            yield str(value)


def _line(_block: blocks.Block, text: str) -> str:
    if re.search(r"\{[a-z]{2,4}\}`|\*\*|\]\(", text):
        raise ValueError(
            _("This text is shown as it stands: no bold, no links, no {term} in it.")
        )
    return clean_line(text)


def _lines(_block: blocks.Block, text: str) -> str:
    _line(_block, text)
    return clean_lines(text)


#: Every kind of field that holds one value; the first that fits is taken.
_SCALARS: list[tuple[type[blocks.Block], Callable[[Any, str], Any]]] = [
    (blocks.BooleanBlock, _boolean),
    (blocks.IntegerBlock, _integer),
    (blocks.DecimalBlock, _decimal),
    (blocks.DateBlock, _date),
    (blocks.ChoiceBlock, _choice),
    (blocks.URLBlock, lambda _block, text: text.strip()),
    (blocks.TextBlock, _lines),
    (blocks.CharBlock, _line),
    (blocks.RegexBlock, _line),
]


def read_prose(
    block: blocks.Block, text: str, line: int, path: Path, reading: Reading
) -> Any:
    """Read the prose of a directive: Markdown, or a Markdown table."""
    reading.lines[path] = line
    if isinstance(block, BaseTypedTableBlock):
        return _read_table(block, text, line, path, reading)
    if not isinstance(block, blocks.RichTextBlock):
        raise TypeError(f"{type(block).__name__} cannot hold prose")
    return write_html(parse_text(text, reading.context, line, features_of(block)))


def _read_table(
    block: BaseTypedTableBlock, text: str, line: int, path: Path, reading: Reading
) -> dict[str, Any]:
    kind, cell = next(iter(block.child_blocks.items()))
    headings, rows = parse_table(text, reading.context, line, features_of(cell))
    for row in range(len(rows)):
        reading.lines[(*path, row)] = line + 2 + row
    return {
        "columns": [{"type": kind, "heading": heading} for heading in headings],
        "rows": [
            {"values": [f"<p>{write_runs(cell)}</p>" if cell else "" for cell in row]}
            for row in rows
        ],
        "caption": "",
    }


# --- Writing ------------------------------------------------------------------------


def write_value(block: blocks.Block, value: Any, writing: Writing) -> Any:
    """Return a stored value as YAML data; None, an empty text or list for nothing."""
    if isinstance(block, blocks.StructBlock):
        return write_struct_fields(block, value or {}, writing)
    if isinstance(block, blocks.ListBlock):
        return _write_list(block, value or [], writing)
    if value is None:
        return None
    if isinstance(block, blocks.RichTextBlock):
        return write_tree(read_html(value, writing.page_name))
    if isinstance(block, ImageChooserBlock):
        return writing.media_name("image", value)
    if isinstance(block, DocumentChooserBlock):
        return writing.media_name("document", value)
    if isinstance(block, blocks.DateBlock):
        return value if isinstance(value, date) else date.fromisoformat(value)
    if isinstance(block, blocks.BooleanBlock):
        return bool(value)
    if isinstance(block, blocks.IntegerBlock):
        return int(value)
    if isinstance(block, blocks.DecimalBlock):
        return Decimal(decimal_text(value))
    if isinstance(block, blocks.TextBlock):
        return clean_lines(str(value))
    return clean_line(str(value))


def write_struct_fields(
    block: blocks.StructBlock,
    value: dict[str, Any],
    writing: Writing,
    *,
    without: tuple[str | None, ...] = (),
) -> dict[str, Any]:
    """Return the fields that say something, in the order of the block's definition."""
    fields = {}
    for name, child in block.child_blocks.items():
        if name in without or name not in value:
            continue
        written = write_value(child, value[name], writing)
        if not _says_nothing(written) or _needs_saying(child):
            fields[name] = written
    return fields


def _needs_saying(block: blocks.Block) -> bool:
    """Say whether leaving the field out would mean something else than nothing."""
    is_single = isinstance(block, blocks.FieldBlock)
    return is_single and not _says_nothing(default_value(block))


def _says_nothing(value: Any) -> bool:
    return value is None or value is False or value in ("", [], {})


def _write_list(block: blocks.ListBlock, value: list[Any], writing: Writing) -> Any:
    items = [write_value(block.child_block, list_item(item), writing) for item in value]
    items = [item for item in items if not _says_nothing(item)]
    if isinstance(block.child_block, blocks.RichTextBlock):
        return items
    short = all(isinstance(item, str) and SHORT.fullmatch(item) for item in items)
    return Flow(items) if items and short else items


def list_item(item: Any) -> Any:
    """Return the value of a list's entry, which may be wrapped with type and id."""
    if isinstance(item, dict) and item.get("type") == "item" and "value" in item:
        return item["value"]
    return item


def write_prose(block: blocks.Block, value: Any, writing: Writing) -> str:
    """Return the prose of a directive as Markdown."""
    if isinstance(block, BaseTypedTableBlock):
        return _write_table(value or {}, writing)
    return write_tree(read_html(value or "", writing.page_name))


def _write_table(value: dict[str, Any], writing: Writing) -> str:
    headings = [
        _cell(write_inline_text(column["heading"]))
        for column in value.get("columns", [])
    ]
    lines = [headings, ["---"] * len(headings)]
    for row in value.get("rows", []):
        lines.append([_cell(_html_line(html, writing)) for html in row["values"]])
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def write_inline_text(text: str) -> str:
    """Return plain words as Markdown."""
    return write_tree(read_html(f"<p>{_escape(clean_line(text))}</p>"))


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _html_line(html: str, writing: Writing) -> str:
    """Return a cell as one line; paragraphs and list items follow each other."""
    words = []
    for node in read_html(html, writing.page_name):
        runs = node.items[0].runs if isinstance(node, List) else node.runs
        words.append(write_tree((Paragraph(runs),)))
    return " ".join(words)


def _cell(markdown: str) -> str:
    return markdown.replace("|", "\\|")


# --- Errors of Wagtail's own checks ------------------------------------------------


def errors_of(
    error: ValidationError, block: blocks.Block | None, path: Path
) -> Iterator[tuple[Path, blocks.Block | None, str]]:
    """Yield place, block and message of every error inside one of Wagtail's errors."""
    inner = getattr(error, "block_errors", None)
    cells = getattr(error, "cell_errors", None)
    if inner is None and cells is None and not hasattr(error, "non_block_errors"):
        yield from ((path, block, message) for message in error.messages)
        return
    for message in getattr(error, "non_block_errors", None) or []:
        yield path, block, str(message)
    for key, child_error in (inner or {}).items():
        child = _child(block, key)
        yield from errors_of(child_error, child, (*path, key))
    for row, row_errors in (cells or {}).items():
        for cell_error in row_errors.values():
            yield from errors_of(cell_error, None, (*path, row))


def _child(block: blocks.Block | None, key: str | int) -> blocks.Block | None:
    if isinstance(block, blocks.ListBlock):
        return block.child_block
    return getattr(block, "child_blocks", {}).get(key)
