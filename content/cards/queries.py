"""Look-ups of step cards, remembered per content generation."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.rich_text import RichText

from content.generation import current_generation
from content.keyed import in_languages
from content.memory import remembered
from content.search import fold
from content.sources.queries import cited

from .blocks import System
from .models import StepCard


@dataclass(frozen=True)
class Variant:
    """The steps on one system; ``anchor`` is where they stand on the card's page."""

    system: System
    anchor: str
    version: str
    steps: tuple[RichText, ...]
    note: RichText


@dataclass(frozen=True)
class Card:
    """A card as pages show it; ``language`` is the one its words are in.

    ``sources`` are the keys of shared sources.
    """

    key: str
    title: str
    summary: str
    as_of: date | None
    review: date | None
    language: str
    variants: tuple[Variant, ...]
    sources: tuple[str, ...]

    @property
    def address(self) -> str:
        """The path of its page in the reader's language."""
        return reverse("step_card", args=[self.key])

    @property
    def is_due(self) -> bool:
        """Whether the day to check it again has come: its menus may have changed."""
        return self.review is not None and self.review <= timezone.localdate()


def step_cards(
    language: str | None = None, generation: int | None = None
) -> Mapping[str, Card]:
    """Return the cards by key in the order of their titles.

    Where a language has none of its own, the German card stands. The language is the
    active one where none is given.
    """
    code = language or get_language() or settings.LANGUAGE_CODE
    number = current_generation() if generation is None else generation
    return remembered(("step-cards", code), number, lambda: _read(code))


def cards_by_system(cards: Iterable[Card]) -> list[tuple[System, list[Card]]]:
    """Return the systems that cards speak of, each with its cards."""
    found: dict[System, list[Card]] = {system: [] for system in System}
    for card in cards:
        for system in dict.fromkeys(each.system for each in card.variants):
            found[system].append(card)
    return [(system, each) for system, each in found.items() if each]


def card_context(card: Card, generation: int) -> dict[str, Any]:
    """Return what the page of a card shows: ``card`` and its ``sources``."""
    found = (
        cited({"shared": key}, language=card.language, generation=generation)
        for key in card.sources
    )
    return {"card": card, "sources": [each for each in found if each.title]}


def _read(language: str) -> dict[str, Card]:
    found: dict[str, Card] = {}
    for code, row in in_languages(StepCard, language):
        found[row.key] = _card(row, code, found.get(row.key))
    ordered = sorted(found.values(), key=lambda card: fold(card.title.casefold()))
    return {card.key: card for card in ordered}


def _card(row: StepCard, language: str, original: Card | None) -> Card:
    as_of, review = row.as_of, row.review
    sources = tuple(block.value for block in row.sources)
    if original and as_of is None:
        as_of, review = original.as_of, original.review
    if original and not sources:
        sources = original.sources
    variants = tuple(_variants(row))
    return Card(
        row.key, row.title, row.summary, as_of, review, language, variants, sources
    )


def _variants(row: StepCard) -> Iterator[Variant]:
    values = [block.value for block in row.variants]
    order = list(System)
    times: dict[System, int] = {}
    for value in sorted(values, key=lambda value: order.index(value["system"])):
        system = System(value["system"])
        times[system] = times.get(system, 0) + 1
        end = f"-{times[system]}" if times[system] > 1 else ""
        yield Variant(
            system,
            f"{system.value}{end}",
            value["version"],
            tuple(value["steps"]),
            value["note"],
        )
