"""Comparison tables."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import (
    TypedTable,
    TypedTableBlock,
    TypedTableBlockValidationError,
)

from .base import inline


class TextTableBlock(TypedTableBlock):
    """A table whose cells all hold one run of text."""

    text = inline(required=False, label=_("Text"))

    def clean(self, table: TypedTable) -> TypedTable:
        """Refuse tables without content and rows that are shorter or longer."""
        problems: list[Any] = []
        if not (table.columns and table.row_data) and not self.is_deferred_validation:
            problems.append(_("The table needs at least one column and one row."))
        width = len(table.columns)
        problems += [
            _("Row %(row)d has %(cells)d cells, the table has %(columns)d columns.")
            % {"row": number, "cells": len(row["values"]), "columns": width}
            for number, row in enumerate(table.row_data, start=1)
            if len(row["values"]) != width
        ]
        if problems:
            raise TypedTableBlockValidationError(
                non_block_errors=[ValidationError(problem) for problem in problems]
            )
        return super().clean(table)


class TableBlock(blocks.StructBlock):
    """A table with a caption."""

    caption = blocks.CharBlock(max_length=250, label=_("Caption"))
    row_headers = blocks.BooleanBlock(
        required=False, label=_("The first column is a heading")
    )
    table = TextTableBlock(label=_("Table"))

    class Meta:
        icon = "table"
        label = _("Table")
        group = _("Text")
        description = _("A comparison in rows and columns.")
        template = "content/blocks/table.html"
        package_argument = "caption"
        package_body = "table"
        preview_value = {
            "caption": "Was zwei Apps erheben",
            "row_headers": True,
            "table": {
                "columns": [
                    {"type": "text", "heading": "App"},
                    {"type": "text", "heading": "braucht sie"},
                ],
                "rows": [
                    {"values": ["Wetter", "ungefährer Ort"]},
                    {"values": ["Taschenlampe", "nichts"]},
                ],
                "caption": "",
            },
        }

    def clean(self, value: Any) -> Any:
        """Keep the caption in one place only: the block's own field."""
        if value["table"] and value["table"].caption:
            value["caption"] = value["caption"] or value["table"].caption
            value["table"].caption = ""
        return super().clean(value)
