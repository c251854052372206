"""Agreements and registers that an organisation owes, filled from the real settings.

They are drafts in German, whatever the language of the page, because they are written
under German law. What only the organisation knows stays a marked gap; nothing is
guessed. The texts lie in ``texts/``, read by :func:`.document.read_parts`.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from content.identity import SiteIdentity
from courses.groups.models import Organisation

from .document import Document, Part, read_parts
from .dossier import sample_table
from .paper_facts import (
    accounts_table,
    facts_of,
    levels_table,
    roles_as_table,
    stored_table,
)

TEXTS: Final = Path(__file__).parent / "texts"
GERMAN: Final = "de"


@dataclass(frozen=True)
class Paper:
    """A text to be agreed on or kept; ``slug`` names its address and its file."""

    slug: str
    title: str | Promise
    about: str | Promise


PAPERS: Final = (
    Paper(
        "dienstvereinbarung",
        _("Agreement with the staff council"),
        _("§ 70 LPVG NRW: what the employer sees, and what never."),
    ),
    Paper(
        "verzeichnis",
        _("Record of processing activities"),
        _("Art. 30 GDPR: every field, why, who sees it, until when."),
    ),
    Paper(
        "folgenabschaetzung",
        _("Data protection impact assessment"),
        _("Art. 35 GDPR: risks for employees, and what the software does about them."),
    ),
    Paper(
        "auftragsverarbeitung",
        _("Contract with the operator"),
        _("Art. 28 GDPR: where somebody else runs the platform."),
    ),
)


def paper_of(slug: str) -> Paper | None:
    """Return the paper of a name, if there is one."""
    return next((paper for paper in PAPERS if paper.slug == slug), None)


def draft(organisation: Organisation, paper: Paper, identity: SiteIdentity) -> Document:
    """Return a paper, filled; no statement."""
    with translation.override(GERMAN):
        facts = facts_of(organisation, identity)
        inserts: dict[str, list[Part]] = {
            "stored": [stored_table()],
            "accounts": [accounts_table()],
            "roles": [roles_as_table()],
            "levels": [levels_table(organisation)],
            "sample": [sample_table()],
        }
        for name in ("fristen", "massnahmen"):
            inserts[name] = list(read_parts(_text(name), facts))
        return Document(
            title=str(paper.title),
            lead=f"{organisation} · {facts['site_name']} · {facts['day']}",
            author=organisation.name,
            language=GERMAN,
            parts=read_parts(_text(paper.slug), facts, inserts),
        )


def _text(name: str) -> str:
    return (TEXTS / f"{name}.md").read_text(encoding="utf-8")
