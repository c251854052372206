"""Links by name, resolved in the reader's language when a page is rendered.

``page:ID?query``, ``course:ID``, ``papers:COURSE-ID`` (all that a course has for paper)
and ``lesson:COURSE-ID/LESSON-ID`` survive moves, new slugs and export, as does
``card:ID`` (a step card). ``page:ID@de`` means the German page in every language.
``rooms:`` leads to opening a room and ``labs:`` to the labs, which are no pages of the
CMS; all else must be an https address.
"""

import re
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from .cards.queries import step_cards
from .generation import current_generation
from .memory import remembered

NAMED = re.compile(
    r"(?P<kind>page|course|papers):(?P<ref>[a-z0-9-]+)"
    r"(?P<german>@de)?(?P<query>\?[^\s#\"<>]*)?"
    r"|(?P<lesson>lesson):(?P<path>[a-z0-9-]+/[a-z0-9-]+)"
    r"|card:(?P<card>[a-z0-9-]+)"
)
#: What is no page of the CMS, and the name of its view.
PLACES = {"rooms:": "rooms", "labs:": "labs"}
_is_https = URLValidator(schemes=["https"])

#: (kind, reference) → {locale id: page id}
PageMap = dict[tuple[str, str], dict[int, int]]


def validate_link(value: str) -> None:
    """Raise ValidationError unless ``value`` is a link this site understands."""
    if value in PLACES or NAMED.fullmatch(value):
        return
    try:
        _is_https(value)
    except ValidationError as error:
        raise ValidationError(
            _(
                "“%(link)s” is no link. Write page:ID, course:ID, "
                "lesson:COURSE-ID/LESSON-ID, card:ID or an address that starts with "
                "https://."
            )
            % {"link": value}
        ) from error


def resolve(value: str, *, generation: int | None = None) -> str | None:
    """Return the address for ``value``, or None where no such live page or card exists.

    Where the page is missing in the reader's language, its German original is meant.
    """
    if value in PLACES:
        return reverse(PLACES[value])
    match = NAMED.fullmatch(value or "")
    if not match:
        return value if (value or "").startswith("https://") else None
    if match["card"]:
        card = step_cards(generation=generation).get(match["card"])
        return card.address if card else None
    kind, below = match["kind"] or match["lesson"], match["query"] or ""
    if kind == "papers":
        kind, below = "course", f"unterlagen/{below}"
    by_locale = page_map(generation).get((kind, match["ref"] or match["path"]), {})
    page = _find(by_locale, german=bool(match["german"]))
    return page and page.url and page.url + below


def page_map(generation: int | None = None) -> PageMap:
    """Return every live page with an id, cached for this content generation."""
    number = current_generation() if generation is None else generation
    return remembered("links", number, _build)


def _find(by_locale: dict[int, int], *, german: bool = False) -> Page | None:
    default = Locale.get_default()
    for locale in (default,) if german else (Locale.get_active(), default):
        if locale.pk in by_locale:
            return Page.objects.filter(pk=by_locale[locale.pk], live=True).first()
    return None


def _build() -> PageMap:
    found: PageMap = {}
    rows = [(model, row) for model in _models() for row in _rows(model)]
    ids_by_path = {row["path"]: row["package_id"] for _model, row in rows}
    for model, row in rows:
        ref = row["package_id"]
        if model.link_kind == "lesson":
            ref = f"{ids_by_path.get(row['path'][: -Page.steplen], '')}/{ref}"
        found.setdefault((model.link_kind, ref), {})[row["locale_id"]] = row["pk"]
    return found


def _models() -> list[Any]:
    return [m for m in apps.get_models() if hasattr(m, "link_kind")]


def _rows(model: Any) -> Any:
    pages = model.objects.live().exclude(package_id="")
    return pages.values("pk", "path", "locale_id", "package_id")


def glossary_url(generation: int | None = None) -> str | None:
    """Return the address of the glossary in the reader's language, if it has one."""
    number = current_generation() if generation is None else generation
    language = get_language()
    return remembered(("glossary-url", language), number, _glossary_url)


def _glossary_url() -> str | None:
    pages = apps.get_model("content", "GlossaryPage").objects.live()
    for locale in (Locale.get_active(), Locale.get_default()):
        if page := pages.filter(locale=locale).first():
            return page.url
    return None
