"""Where something is from, and who holds which position on it."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.rendering import current_rendering
from content.sources.blocks import SharedSourceBlock
from content.sources.queries import Citation, cited

from .base import inline, prose, refuse


class CitingValue(blocks.StructValue):
    """A value that names a source of its own or a shared one."""

    @cached_property
    def cited(self) -> Citation:
        """Return the source as the page shows it."""
        state = current_rendering()
        own = {"title": self.get("source"), **self}
        return cited(own, generation=state.generation if state else None)


def _place() -> blocks.CharBlock:
    """Return a field for the article or section of a source that a text means."""
    return blocks.CharBlock(
        required=False,
        max_length=160,
        label=_("Place"),
        help_text=_("Stands behind the title, such as “Article 15” or “page 12”."),
    )


def check_cites(value: Any, field: str, block: blocks.Block) -> None:
    """Refuse a source without words of its own that shares none."""
    if not value[field] and not value["shared"] and not block.is_deferred_validation:
        raise refuse(**{field: _("Write it here, or choose a shared source.")})


class QuoteBlock(blocks.StructBlock):
    """A quotation with its source."""

    text = prose(label=_("Quotation"))
    shared = SharedSourceBlock()
    source = blocks.CharBlock(required=False, max_length=250, label=_("Source"))
    place = _place()
    url = blocks.URLBlock(required=False, label=_("Web address"))

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        group = _("Sources")
        description = _("Words of others with their source.")
        template = "content/blocks/quote.html"
        value_class = CitingValue
        package_body = "text"
        preview_value = {
            "text": "<p>Jede Person hat das Recht auf Schutz der sie betreffenden "
            "personenbezogenen Daten.</p>",
            "source": "Charta der Grundrechte der Europäischen Union, Artikel 8",
        }

    def clean(self, value: Any) -> Any:
        """Refuse a quotation without a source."""
        cleaned = super().clean(value)
        check_cites(cleaned, "source", self)
        return cleaned


class PositionBlock(blocks.StructBlock):
    """One position in a dispute, at its strongest."""

    holder = blocks.CharBlock(max_length=160, label=_("Who holds it"))
    text = inline(label=_("Position"))
    shared = SharedSourceBlock()
    source = blocks.CharBlock(required=False, max_length=250, label=_("Source"))
    place = _place()
    url = blocks.URLBlock(required=False, label=_("Web address"))

    class Meta:
        icon = "user"
        label = _("Position")
        value_class = CitingValue

    def clean(self, value: Any) -> Any:
        """Refuse a position without a source."""
        cleaned = super().clean(value)
        check_cites(cleaned, "source", self)
        return cleaned


class PerspectivesBlock(blocks.StructBlock):
    """A question in dispute with at least two positions."""

    question = blocks.CharBlock(max_length=250, label=_("Question in dispute"))
    positions = blocks.ListBlock(PositionBlock(), label=_("Positions"))

    class Meta:
        icon = "group"
        label = _("Perspectives")
        group = _("Sources")
        description = _("A disputed question with at least two positions.")
        template = "content/blocks/perspectives.html"
        package_argument = "question"
        preview_value = {
            "question": "Soll personalisierte Werbung verboten sein?",
            "positions": [
                {
                    "holder": "Wer dafür ist",
                    "text": "Ohne Profile gibt es weniger Anlass, Daten zu sammeln.",
                    "source": "Beispielquelle",
                },
                {
                    "holder": "Wer dagegen ist",
                    "text": "Werbung, die passt, bezahlt kostenlose Angebote.",
                    "source": "Beispielquelle",
                },
            ],
        }

    def clean(self, value: Any) -> Any:
        """Refuse a dispute with fewer than two positions."""
        cleaned = super().clean(value)
        if len(cleaned["positions"]) < 2 and not self.is_deferred_validation:
            raise refuse(
                positions=_("A disputed question needs at least two positions.")
            )
        return cleaned


class SourceBlock(blocks.StructBlock):
    """One source."""

    shared = SharedSourceBlock()
    title = blocks.CharBlock(required=False, max_length=300, label=_("Title"))
    place = _place()
    publisher = blocks.CharBlock(required=False, max_length=160, label=_("Publisher"))
    url = blocks.URLBlock(required=False, label=_("Web address"))
    accessed = blocks.DateBlock(required=False, label=_("Read on"))
    note = inline(required=False, label=_("Note"))

    class Meta:
        icon = "link"
        label = _("Source")
        value_class = CitingValue

    def clean(self, value: Any) -> Any:
        """Refuse an entry without a source."""
        cleaned = super().clean(value)
        check_cites(cleaned, "title", self)
        return cleaned


class SourcesBlock(blocks.StructBlock):
    """A list of sources."""

    items = blocks.ListBlock(SourceBlock(), min_num=1, label=_("Sources"))

    class Meta:
        icon = "list-ul"
        label = _("Sources")
        group = _("Sources")
        description = _("Titles, publishers, addresses and the day they were read.")
        template = "content/blocks/sources.html"
        preview_value = {
            "items": [
                {
                    "title": "Verordnung (EU) 2016/679 (DSGVO)",
                    "publisher": "Europäische Union",
                    "url": "https://eur-lex.europa.eu/eli/reg/2016/679/oj",
                }
            ]
        }


class LinkCardBlock(blocks.StructBlock):
    """A foreign page or medium: linked, never embedded."""

    url = blocks.URLBlock(label=_("Web address"))
    title = blocks.CharBlock(max_length=160, label=_("Title"))
    description = inline(required=False, label=_("Description"))
    publisher = blocks.CharBlock(required=False, max_length=160, label=_("Publisher"))

    class Meta:
        icon = "link-external"
        label = _("Link card")
        group = _("Sources")
        description = _("A link to a page or medium elsewhere, never embedded.")
        template = "content/blocks/link_card.html"
        package_argument = "url"
        preview_value = {
            "url": "https://www.ldi.nrw.de/",
            "title": "Landesbeauftragte für Datenschutz und Informationsfreiheit",
            "description": "Aufsicht in Nordrhein-Westfalen.",
            "publisher": "LDI NRW",
        }

    def clean(self, value: Any) -> Any:
        """Refuse addresses that are not pages of the web."""
        cleaned = super().clean(value)
        if not cleaned["url"].startswith(("https://", "http://")):
            raise refuse(url=_("The address must start with https:// or http://."))
        return cleaned
