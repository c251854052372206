"""Lists of small facts as lines of text: how editors type goals, sources and so on.

Each format turns JSON values into lines and lines back into values; a line that cannot
be read raises ``ValueError`` with a message for the editor.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content.addresses import is_plain
from content.frameworks import frameworks

from .changes import MONTH


@dataclass(frozen=True)
class LineFormat:
    """How a list of values is typed."""

    help_text: Any
    write: Callable[[Any], Sequence[str]]
    read: Callable[[Sequence[str]], Any]


def _read_goal(line: str) -> dict[str, str]:
    name, colon, text = (part.strip() for part in line.partition(":"))
    if not (name and colon and text):
        raise ValueError(_("Write “id: text”, for example “traces: I can …”."))
    return {"id": name, "text": text}


def _read_source(line: str) -> dict[str, Any]:
    parts = [part.strip() for part in line.split("|")]
    if len(parts) == 1 and is_plain(parts[0]):
        parts = ["", "", "", "", parts[0]]
    if len(parts) == 4:
        parts = [*parts, ""]
    if len(parts) != 5 or not (parts[0] or parts[4]):
        raise ValueError(
            _(
                "Write “title | publisher | address | day”; parts may be empty. A "
                "shared source is its id alone."
            )
        )
    title, publisher, url, accessed, shared = parts
    if url and not url.startswith(("https://", "http://")):
        raise ValueError(_("The address of a source begins with https://."))
    if accessed and not _is_day(accessed):
        raise ValueError(_("Write the day as year-month-day, for example 2026-11-23."))
    own = {
        "title": title,
        "publisher": publisher,
        "url": url,
        "accessed": accessed or None,
    }
    return {"shared": shared, **own} if shared else own


def _read_change(line: str) -> dict[str, str]:
    month, _colon, text = (part.strip() for part in line.partition(":"))
    if not (re.fullmatch(MONTH, month) and text):
        raise ValueError(
            _("Write “year-month: what changed”, for example “2026-11: New lesson”.")
        )
    return {"month": month, "text": text}


def _is_day(text: str) -> bool:
    try:
        return parse_date(text) is not None
    except ValueError:
        return False


def _write_source(source: dict[str, Any]) -> str:
    names = ("title", "publisher", "url", "accessed")
    words = [str(source.get(name) or "") for name in names]
    shared = str(source.get("shared") or "")
    if shared and not any(words):
        return shared
    return " | ".join([*words, *([shared] if shared else [])])


def _read_competences(lines: Sequence[str]) -> dict[str, list[str]]:
    known = {framework.name: framework.competences for framework in frameworks()}
    result: dict[str, list[str]] = {}
    for line in lines:
        name, _colon, rest = line.partition(":")
        codes = [code.strip() for code in rest.split(",") if code.strip()]
        if name.strip() not in known:
            raise ValueError(
                _("“%(name)s” is no framework. There are: %(known)s.")
                % {"name": name.strip(), "known": ", ".join(known)}
            )
        unknown = [code for code in codes if code not in known[name.strip()]]
        if unknown:
            raise ValueError(
                _("%(framework)s has no competence %(codes)s.")
                % {"framework": name.strip(), "codes": ", ".join(unknown)}
            )
        result[name.strip()] = codes
    return result


WORDS = LineFormat(gettext_lazy("One in each line."), list, list)
GOALS = LineFormat(
    gettext_lazy("One in each line: id, colon, text."),
    lambda goals: [f"{goal.get('id', '')}: {goal.get('text', '')}" for goal in goals],
    lambda lines: [_read_goal(line) for line in lines],
)
SOURCES = LineFormat(
    gettext_lazy(
        "One in each line: title | publisher | address | day read; or the id of a "
        "shared source, or all of it with | and that id behind it."
    ),
    lambda sources: [_write_source(source) for source in sources],
    lambda lines: [_read_source(line) for line in lines],
)
CHANGES = LineFormat(
    gettext_lazy(
        "One in each line: year-month, colon, what changed for learners, for example "
        "“2026-11: New lesson”. Who has to renew their evidence reads it."
    ),
    lambda changes: [f"{each['month']}: {each['text']}" for each in changes],
    lambda lines: [_read_change(line) for line in lines],
)
COMPETENCES = LineFormat(
    gettext_lazy("One framework in each line, for example “digcomp: 4.2, 2.6”."),
    lambda found: [f"{name}: {', '.join(codes)}" for name, codes in found.items()],
    _read_competences,
)
