"""Look-ups of shared sources, remembered per content generation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from content.generation import current_generation
from content.keyed import in_languages
from content.memory import remembered

from .models import Source


@dataclass(frozen=True)
class Citation:
    """A source as pages show it."""

    title: str = ""
    publisher: str = ""
    url: str = ""
    accessed: date | None = None
    note: Any = ""


NOTHING = Citation()
FIELDS = ("title", "publisher", "url", "accessed", "note")


def shared_sources(
    language: str, generation: int | None = None
) -> Mapping[str, Citation]:
    """Return the shared sources by key, as a language has them."""
    number = current_generation() if generation is None else generation
    return remembered(("sources", language), number, lambda: _read(language))


def cited(
    own: Mapping[str, Any],
    *,
    language: str | None = None,
    generation: int | None = None,
) -> Citation:
    """Return a source of a text; what it leaves out comes from the one it shares.

    ``own`` holds the key of that under ``shared``, the fields of a citation, and under
    ``place`` what stands behind the title: the article of a law. The language is the
    active one where none is given.
    """
    shared = NOTHING
    if key := own.get("shared"):
        language = language or get_language() or settings.LANGUAGE_CODE
        shared = shared_sources(language, generation).get(key, NOTHING)
    found = {name: own.get(name) or getattr(shared, name) for name in FIELDS}
    if found["title"] and own.get("place"):
        found["title"] = f"{found['title']}, {own['place']}"
    return Citation(**found)


def _read(language: str) -> dict[str, Citation]:
    """Return the German rows with what those of the language say differently."""
    found: dict[str, Citation] = {}
    for _code, row in in_languages(Source, language):
        before = found.get(row.key, NOTHING)
        words = {n: getattr(row, n) or getattr(before, n) for n in FIELDS}
        found[row.key] = Citation(**words)
    return found
