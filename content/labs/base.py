"""What a lab is. Labs import this module and nothing else of the project."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

#: The language in which labs are written first.
ORIGINAL: Final = "de"
SETTINGS: Final = {
    "schule": _("School"),
    "verwaltung": _("Administration"),
    "erwachsene": _("Adults"),
}


@dataclass(frozen=True)
class Lab:
    """A data lab: runs in the browser only and makes no request once it is open.

    ``name`` is the folder's name and the address; ``minutes`` is the time it usually
    takes; ``settings`` says where it is used (schule, verwaltung, erwachsene). Where a
    lab's parts stand follows from its name; what they hold, the README says.
    """

    name: str
    minutes: int
    settings: Sequence[str]

    @property
    def setting_names(self) -> list[str]:
        """Return where it is used, in words."""
        return [str(SETTINGS[each]) for each in self.settings]

    def text_in(self, language: str) -> str:
        """Return the text version: what stands there without JavaScript."""
        return f"{self.name}/lab{_suffix(language)}.html"

    def paper_in(self, language: str) -> str:
        """Return the unplugged version."""
        return f"{self.name}/paper{_suffix(language)}.html"

    @property
    def module(self) -> str:
        """The static path of the module."""
        return f"{self.name}/lab.js"

    @property
    def style(self) -> str:
        """The static path of the style sheet."""
        return f"{self.name}/lab.css"

    @property
    def cover(self) -> str:
        """The static path of the picture."""
        return f"{self.name}/cover.svg"


def _suffix(language: str) -> str:
    """Return what stands in the name of a file that is not in German."""
    return "" if language == ORIGINAL else f".{language}"
