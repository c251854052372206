"""The limits of the strict check; what they are and why stands in a file of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("strictness.yaml")
#: Limits of this section hold in every language.
EVERYWHERE = "every-language"
#: Limits of this section hold for drawings, which several languages share.
DRAWINGS = "drawings"
#: What is not measured, with its reason.
EXEMPT = "exempt"


@dataclass(frozen=True)
class Limit:
    """One limit with the reason for it and where the reason comes from."""

    value: float
    why: str
    source: str


@dataclass(frozen=True)
class Exemption:
    """Files of the site's package that some measures leave out, or all of them.

    ``files`` are names beside those of any language; an empty list of ``measures``
    stands for all.
    """

    files: Sequence[str]
    why: str
    measures: Sequence[str] = ()
    locales: Sequence[str] = ()

    def covers(self, file: str, locale: str, measure: str) -> bool:
        """Say whether a file of the site's package is left out of a measure."""
        return (
            file.rpartition("/")[2] in self.files
            and (not self.locales or locale in self.locales)
            and (not self.measures or measure in self.measures)
        )


@cache
def _content() -> Mapping[str, Any]:
    content: Mapping[str, Any] = yaml.load(
        FILE.read_text(encoding="utf-8"),
        Loader=yaml.CSafeLoader,  # a tenth of the time
    )
    return content


@cache
def all_limits() -> Mapping[str, Mapping[str, Limit]]:
    """Return the limits by section, mostly a language, and name of the measure.

    Raises TypeError where an entry lacks its value, reason or source.
    """
    return {
        language: {name: Limit(**entry) for name, entry in entries.items()}
        for language, entries in _content().items()
        if language != EXEMPT
    }


@cache
def exemptions() -> Sequence[Exemption]:
    """Return what the site's package need not keep.

    Raises TypeError where an entry lacks its files or reason.
    """
    return [Exemption(**entry) for entry in _content()[EXEMPT]]


def limits_for(locale: str) -> Mapping[str, Limit]:
    """Return what is measured in a language, and how strictly."""
    found = all_limits()
    return {**found[EVERYWHERE], **found.get(locale, {})}
