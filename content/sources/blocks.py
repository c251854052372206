"""A field of a block that names a shared source."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.choices import CallableChoiceIterator
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.keyed import Use, uses_of

from .models import Source


class SharedSourceBlock(blocks.CharBlock):
    """The key of a source that several texts share."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        options.setdefault("label", _("Shared source"))
        options.setdefault(
            "help_text",
            _(
                "What is left empty here comes from it, and changes wherever it is "
                "cited when it changes."
            ),
        )
        super().__init__(max_length=80, **options)
        self.field.widget = forms.Select(
            choices=CallableChoiceIterator(_shared_sources)
        )

    def extract_references(self, value: Any) -> Iterator[Use]:
        """Count as a use of the source."""
        return uses_of(Source, value)

    def get_searchable_content(self, value: Any) -> list[str]:
        """Leave the key out of searches."""
        return []


def _shared_sources() -> list[tuple[str, str]]:
    """Return what editors choose from; long titles would widen the page."""
    rows = Source.objects.originals().order_by("title").values_list("key", "title")
    return [("", "–"), *((key, Truncator(title).chars(70)) for key, title in rows)]
