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
    return remembered("glossaries", number, _read).get(language, {})


def terms_by_letter(
    language: str, generation: int | None = None
) -> list[tuple[str, list[Entry]]]:
    """Return the terms of a language grouped by their first letter, A to Z."""
    entries = glossary(language, generation).values()
    grouped = groupby(entries, key=lambda entry: _letter(entry.term))
    return [(letter, list(terms)) for letter, terms in grouped]


def _read() -> dict[str, dict[str, Entry]]:
    """Read all languages at once: where a term is missing, the German one stands."""
    by_language: dict[str, list[GlossaryTerm]] = {}
    for row in GlossaryTerm.objects.select_related("locale"):
        by_language.setdefault(row.locale.language_code, []).append(row)
    return {code: _entries(rows) for code, rows in by_language.items()}


def _entries(rows: list[GlossaryTerm]) -> dict[str, Entry]:
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
