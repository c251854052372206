"""Look-ups of the glossary, remembered per content generation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby

from content.generation import current_generation
from content.memory import remembered
from content.search import fold

from .models import GlossaryTerm


@dataclass(frozen=True)
class Entry:
    """A term as pages show it. ``see`` holds (key, term) of terms that exist."""

    key: str
    term: str
    short: str
    more: str
    see: tuple[tuple[str, str], ...] = field(default=())


def glossary(language: str, generation: int | None = None) -> Mapping[str, Entry]:
    """Return the terms of a language by key, in alphabetical order."""
    number = current_generation() if generation is None else generation
    return remembered(("glossary", language), number, lambda: _read(language))


def terms_by_letter(
    language: str, generation: int | None = None
) -> list[tuple[str, list[Entry]]]:
    """Return the terms of a language grouped by their first letter, A to Z."""
    entries = glossary(language, generation).values()
    grouped = groupby(entries, key=lambda entry: _letter(entry.term))
    return [(letter, list(terms)) for letter, terms in grouped]


def _read(language: str) -> dict[str, Entry]:
    rows = GlossaryTerm.objects.filter(locale__language_code=language)
    terms = sorted(rows, key=lambda row: _order(row.term))
    names = {row.key: row.term for row in terms}
    return {
        row.key: Entry(
            row.key,
            row.term,
            row.short,
            row.more,
            tuple((key, names[key]) for key in row.see if key in names),
        )
        for row in terms
    }


def _order(term: str) -> str:
    return fold(term.casefold())


def _letter(term: str) -> str:
    first = _order(term)[:1].upper()
    return first if first.isalpha() else "#"
