"""The words of a lab in one language: ``words.<language>.yaml`` in its folder.

Words of the page (title, ending, guide, sources) have the shape below; those below
``stage`` are the lab's own business: its module and its template share them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import get_language

from .base import ORIGINAL, Lab


@dataclass(frozen=True)
class LabInWords:
    """A lab as people meet it; ``language`` is the one its words are in.

    ``words`` holds: ``title``, ``question`` (what makes one curious), ``point`` (what
    one will have seen), ``cover`` (text in place of the picture), ``stage``, ``ending``
    (``meaning``: paragraphs, ``discuss``: a question, ``act``: one thing to do),
    ``guide`` (``aim``, ``before``, ``plans``: steps by minutes, ``questions``) and
    ``sources`` (``title``, ``publisher``, ``url``, ``date``, ``says``). Some have a
    ``decision`` (``question``, ``options``: labels by name) that a class may share.
    """

    lab: Lab
    words: Mapping[str, Any]
    language: str

    @property
    def text(self) -> str:
        """The template of the text version, in the language of the words."""
        return self.lab.text_in(self.language)

    @property
    def paper(self) -> str:
        """The template of the unplugged version, in the language of the words."""
        return self.lab.paper_in(self.language)


def in_words(lab: Lab, folder: Path) -> LabInWords:
    """Return a lab in the reader's language, or in German where it has no other."""
    wanted = get_language() or ORIGINAL
    language = wanted if (folder / f"words.{wanted}.yaml").exists() else ORIGINAL
    return LabInWords(lab, _read(folder / f"words.{language}.yaml"), language)


@cache
def _read(path: Path) -> Mapping[str, Any]:
    # libyaml reads ten times as fast as Python, and a worker waits for it once.
    text = path.read_text(encoding="utf-8")
    words: Mapping[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return words
