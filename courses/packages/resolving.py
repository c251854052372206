"""Names of a package become numbers of the CMS, all through a stream of blocks."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from .richtext import PageNumber, read_html, write_html
from .streams import RawStream


@dataclass(frozen=True)
class Numbers:
    """Finds the number of a file (by kind and name) and of a page (by its name)."""

    file: Callable[[str, str], int | None]
    page: PageNumber


def resolve_stream(
    stream: blocks.StreamBlock, raw: RawStream, numbers: Numbers
) -> RawStream:
    """Return the stream as the CMS stores it."""
    return [
        {
            **item,
            "value": resolve(stream.child_blocks[item["type"]], item["value"], numbers),
        }
        for item in raw
    ]


def resolve(block: blocks.Block, value: Any, numbers: Numbers) -> Any:
    """Return one value as the CMS stores it."""
    if isinstance(block, blocks.StructBlock):
        return {
            name: resolve(child, (value or {}).get(name), numbers)
            for name, child in block.child_blocks.items()
        }
    if isinstance(block, blocks.ListBlock):
        return [
            {**item, "value": resolve(block.child_block, item["value"], numbers)}
            for item in value or []
        ]
    if not value:
        return value
    if isinstance(block, blocks.RichTextBlock):
        return resolve_html(value, numbers)
    if isinstance(block, ImageChooserBlock):
        return numbers.file("image", value)
    if isinstance(block, DocumentChooserBlock):
        return numbers.file("document", value)
    if isinstance(block, BaseTypedTableBlock):
        rows = [
            {"values": [resolve_html(cell, numbers) for cell in row["values"]]}
            for row in value["rows"]
        ]
        return {**value, "rows": rows}
    return value


def resolve_html(html: str, numbers: Numbers) -> str:
    """Return rich text whose links to pages carry numbers."""
    if "<a " not in html:
        return html  # what the reader wrote without a link is stored as it is
    return write_html(read_html(html), numbers.page)
