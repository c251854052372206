"""What the block families share.

Two attributes of ``Meta`` tell the package format how a block is written:
``package_argument`` names the field that follows the directive's name,
``package_body`` the field that holds its prose.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from content.licences import Licence
from content.richtext import BLOCK_FEATURES, INLINE_FEATURES

#: What a picture or a quotation may stand under besides.
LICENCES = [
    *Licence.choices,
    ("PD", _("Public domain")),
    ("quotation", _("Right of quotation (section 51 UrhG)")),
]


def inline(**options: Any) -> blocks.RichTextBlock:
    """Return a field for one run of text: emphasis, links, terms, no paragraphs."""
    return blocks.RichTextBlock(features=INLINE_FEATURES, **options)


def prose(**options: Any) -> blocks.RichTextBlock:
    """Return a field for paragraphs, headings and lists."""
    return blocks.RichTextBlock(features=BLOCK_FEATURES, **options)


def refuse(**messages: Any) -> StructBlockValidationError:
    """Return the error that puts each message at the field of its name."""
    return StructBlockValidationError(
        {field: ValidationError(message) for field, message in messages.items()}
    )
