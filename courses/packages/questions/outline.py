"""What an imported question holds, field by field, as the editor's form names it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from wagtail import blocks

from courses.exercises.registry import question_types

from .results import Question


@dataclass(frozen=True)
class Row:
    """A field: its label, its words as HTML, and the fields that stand in it."""

    label: str
    html: SafeString = SafeString()
    rows: list["Row"] = field(default_factory=list)


def outline(question: Question) -> list[Row]:
    """Return the fields that hold something."""
    block = question_types()[question.type_name].block()
    return list(_fields(block, question.value))


def _fields(block: blocks.StructBlock, value: dict[str, Any]) -> Iterator[Row]:
    for name, child in block.child_blocks.items():
        if value.get(name) not in ("", None, False, []):
            yield _row(child, value[name])


def _row(block: blocks.Block, value: Any) -> Row:
    label = str(block.label)
    if isinstance(block, blocks.ListBlock):
        return Row(label, rows=[_entry(block.child_block, each) for each in value])
    if isinstance(block, blocks.BooleanBlock):
        return Row(label)
    return Row(label, _words(block, value))


def _entry(block: blocks.Block, value: Any) -> Row:
    """Return an entry of a list by its words; its other fields stand below."""
    if not isinstance(block, blocks.StructBlock):
        return Row("", _words(block, value))
    first, *others = _fields(block, value)
    return Row("", first.html, others)


def _words(block: blocks.Block, value: Any) -> SafeString:
    if isinstance(block, blocks.RichTextBlock):
        return mark_safe(value)  # noqa: S308 - washed by our own reader
    return escape(value)
