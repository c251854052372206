"""The limits of the strict check; what they are and why stands in a file of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("strictness.yaml")
#: Limits of this section hold in every language.
EVERYWHERE = "every-language"
#: Limits of this section hold for drawings, which several languages share.
DRAWINGS = "drawings"


@dataclass(frozen=True)
class Limit:
    """One limit with the reason for it and where the reason comes from."""

    value: float
    why: str
    source: str


@cache
def all_limits() -> Mapping[str, Mapping[str, Limit]]:
    """Return the limits by section, mostly a language, and name of the measure.

    Raises TypeError where an entry lacks its value, reason or source.
    """
    content = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {
        language: {name: Limit(**entry) for name, entry in entries.items()}
        for language, entries in content.items()
    }


def limits_for(locale: str) -> Mapping[str, Limit]:
    """Return what is measured in a language, and how strictly."""
    found = all_limits()
    return {**found[EVERYWHERE], **found.get(locale, {})}
