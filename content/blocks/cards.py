"""Cards that lead to other pages, for home and overview pages."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content import links
from content.cards.models import StepCard
from content.chosen import PictureChooserBlock
from content.keyed import Use, uses_of

from .base import inline, refuse


class LinkBlock(blocks.CharBlock):
    """A link by name, to a page, a course, a lesson or a step card, or https."""

    def __init__(self, **options: Any) -> None:
        validators = [*options.pop("validators", ()), links.validate_link]
        options.setdefault(
            "help_text",
            _(
                "page:ID, course:ID, lesson:COURSE-ID/LESSON-ID, card:ID or an https "
                "address"
            ),
        )
        super().__init__(max_length=500, validators=validators, **options)

    def extract_references(self, value: Any) -> Iterator[Use]:
        """Count as a use of the step card that it names."""
        match = links.NAMED.fullmatch(value or "")
        return uses_of(StepCard, match and match["card"])

    class Meta:
        icon = "link"


class CardBlock(blocks.StructBlock):
    """One card."""

    title = blocks.CharBlock(max_length=120, label=_("Title"))
    text = inline(label=_("Text"))
    link = LinkBlock(required=False, label=_("Link"))
    image = PictureChooserBlock(required=False, label=_("Picture"))
    alt = blocks.CharBlock(
        required=False, max_length=400, label=_("Alternative text of the picture")
    )

    class Meta:
        icon = "placeholder"
        label = _("Card")
        template = "content/blocks/card.html"

    def clean(self, value: Any) -> Any:
        """Refuse a picture without alternative text."""
        cleaned = super().clean(value)
        missing = cleaned["image"] and not cleaned["alt"].strip()
        if missing and not self.is_deferred_validation:
            raise refuse(alt=_("Say in words what the picture tells."))
        return cleaned

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add ``url``, the link's address in the reader's language, if it exists."""
        context = super().get_context(value, parent_context)
        context["url"] = links.resolve(value["link"])
        return context


class CardsBlock(blocks.StructBlock):
    """A row of cards."""

    items = blocks.ListBlock(CardBlock(), min_num=1, label=_("Cards"))

    class Meta:
        icon = "grip"
        label = _("Cards")
        group = _("Site")
        description = _("Ways to other pages, side by side.")
        template = "content/blocks/cards.html"
        preview_value = {
            "items": [
                {"title": "Für die Klasse", "text": "Sechs Lektionen.", "link": ""},
                {"title": "Für das Rathaus", "text": "Am Schreibtisch.", "link": ""},
            ]
        }
