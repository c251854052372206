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
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import F
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from wagtail.models import Page

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

#: (kind, reference) → {language: path below the home page of that language}
PageMap = dict[tuple[str, str], dict[str, str]]
#: What the glossary is filed under, whatever its id.
GLOSSARY = ("glossary", "")


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
    named = (kind, match["ref"] or match["path"])
    address = _address(named, generation, german=bool(match["german"]))
    return address and address + below


def glossary_url(generation: int | None = None) -> str | None:
    """Return the address of the glossary in the reader's language, if it has one."""
    return _address(GLOSSARY, generation)


def page_map(generation: int | None = None) -> PageMap:
    """Return every live page with an id, cached for this content generation."""
    number = current_generation() if generation is None else generation
    return remembered("links", number, _build)


def _address(
    named: tuple[str, str], generation: int | None, *, german: bool = False
) -> str | None:
    paths = page_map(generation).get(named, {})
    original = settings.LANGUAGE_CODE
    for code in (original,) if german else (get_language() or original, original):
        if code in paths:
            with override(code):
                return reverse("wagtail_serve", args=[paths[code]])
    return None


def _build() -> PageMap:
    """Read all pages in one statement: a text may name many of them."""
    found: PageMap = {}
    kinds = {f"id_{model._meta.model_name}": model.link_kind for model in _models()}
    rows = list(_rows(kinds))
    ids_by_path = {row["path"]: _id_of(row, kinds)[1] for row in rows}
    for row in rows:
        kind, ref = _id_of(row, kinds)
        if kind == "lesson":
            ref = f"{ids_by_path.get(row['path'][: -Page.steplen], '')}/{ref}"
        named = [(kind, ref)] if ref else []
        if row["id_glossarypage"] is not None:
            named.append(GLOSSARY)
        below_home = row["url_path"].split("/", 2)[-1]
        for each in named:
            found.setdefault(each, {}).setdefault(row["language"], below_home)
    return found


def _models() -> list[Any]:
    return [m for m in apps.get_models() if hasattr(m, "link_kind")]


def _rows(kinds: dict[str, str]) -> Any:
    ids = {name: F(f"{name.removeprefix('id_')}__package_id") for name in kinds}
    return (
        Page.objects.live()
        .order_by("path")
        .values("path", "url_path", language=F("locale__language_code"), **ids)
    )


def _id_of(row: dict[str, Any], kinds: dict[str, str]) -> tuple[str, str]:
    """Return kind and id of a page; of one that has none, empty ones."""
    found = ((kind, row[name]) for name, kind in kinds.items() if row[name])
    return next(found, ("", ""))
