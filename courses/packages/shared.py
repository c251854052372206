"""What texts share and the site's package holds as rows of their own: sources, cards.

Both are lists of entries with ids, in a file for each language; both have a day on
which somebody has to look again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.models import Source, StepCard

from . import schema
from .resolving import Numbers, resolve_html

SOURCE_FIELDS = ["title", "publisher", "url", "accessed", "review", "note"]
CARD_FIELDS = ["title", "summary", "as_of", "review"]


@dataclass(frozen=True)
class ListMessages:
    """What is said of a file of entries; all but the first name an ``id``."""

    no_list: Any
    twice: Any
    no_original: Any


@dataclass(frozen=True)
class SharedMessages:
    """What is said of rows; all name an ``id``."""

    unknown: Any
    #: Names a ``day`` too.
    due: Any
    #: Begins the sentences about rows below, and names a ``locale`` too.
    row: Any


CHANGED = _("%(row)s was changed in the CMS and left; --take package overwrites it.")
STAYS = _("%(row)s left the package and stays, because texts name it.")
KEPT = _(
    "%(row)s left the package and stays, because it was changed in the CMS; --take "
    "package deletes it."
)
GONE = _("%(row)s left the package and was deleted.")
#: Not one by one: the first draft of a site would name a hundred.
WAITING = _(
    "Sources, step cards and terms have no draft. Not written before an import without "
    "--draft: %(count)d."
)
TERM_ROW = _("The term “%(id)s” (%(locale)s)")


@dataclass(frozen=True)
class SharedKind:
    """One kind of what texts share.

    ``name`` is that of an edition's list, ``reference`` that of a text's reference.
    ``facts`` reads a row, ``fill`` writes it.
    """

    name: str
    reference: str
    model: Any
    block: blocks.StructBlock
    facts: Callable[[Any], dict[str, Any]]
    fill: Callable[[Any, dict[str, Any], Numbers], None]
    of_list: ListMessages
    messages: SharedMessages

    @property
    def file(self) -> str:
        """Return the name of its file."""
        return f"{self.name}.yaml"


def _source_facts(row: Source) -> dict[str, Any]:
    return {"id": row.key, **{name: getattr(row, name) for name in SOURCE_FIELDS}}


def _fill_source(row: Any, facts: dict[str, Any], _numbers: Numbers) -> None:
    for name in SOURCE_FIELDS:
        setattr(row, name, facts[name])


def _card_facts(row: StepCard) -> dict[str, Any]:
    variants = row.variants.stream_block.get_prep_value(row.variants)
    return {
        "id": row.key,
        **{name: getattr(row, name) for name in CARD_FIELDS},
        "variants": [variant["value"] for variant in variants],
        "sources": [block.value for block in row.sources],
    }


def _fill_card(row: Any, facts: dict[str, Any], numbers: Numbers) -> None:
    for name in CARD_FIELDS:
        setattr(row, name, facts[name])
    row.variants = [
        {
            "type": "variant",
            "value": {
                **variant,
                "steps": [resolve_html(step, numbers) for step in variant["steps"]],
                "note": resolve_html(variant["note"], numbers),
            },
        }
        for variant in facts["variants"]
    ]
    row.sources = [{"type": "source", "value": key} for key in facts["sources"]]


SOURCES = SharedKind(
    name="sources",
    reference="source",
    model=Source,
    block=schema.SHARED,
    facts=_source_facts,
    fill=_fill_source,
    of_list=ListMessages(
        no_list=_("Shared sources are a list; each entry starts with “- id:”."),
        twice=_("The source “%(id)s” stands twice."),
        no_original=_("There is no German source “%(id)s”."),
    ),
    messages=SharedMessages(
        unknown=_("There is no shared source “%(id)s” in _site/sources.yaml."),
        due=_("The source “%(id)s” should have been read again by %(day)s."),
        row=_("The source “%(id)s” (%(locale)s)"),
    ),
)
CARDS = SharedKind(
    name="cards",
    reference="card",
    model=StepCard,
    block=schema.CARD,
    facts=_card_facts,
    fill=_fill_card,
    of_list=ListMessages(
        no_list=_("Step cards are a list; each entry starts with “- id:”."),
        twice=_("The step card “%(id)s” stands twice."),
        no_original=_("There is no German step card “%(id)s”."),
    ),
    messages=SharedMessages(
        unknown=_("There is no step card “%(id)s” in _site/cards.yaml."),
        due=_("The step card “%(id)s” should have been checked again by %(day)s."),
        row=_("The step card “%(id)s” (%(locale)s)"),
    ),
)
#: In the order in which they are written: cards cite sources.
SHARED_KINDS = (SOURCES, CARDS)
