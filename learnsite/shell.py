"""What surrounds every page: names, menus, language switch, text size.

Nothing here asks the database about a person unless a session cookie came along, so
that a visitor's page stays the same for everyone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Exists, Q, Subquery
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_info, override
from django.utils.translation import gettext as _
from wagtail.models import Page

from content.identity import SiteIdentity, site_identity
from content.memory import remembered
from content.models import StepCard
from content.requests import (
    generation_of,
    has_device_progress,
    is_in_room,
    is_invited,
    is_kiosk,
    text_size,
)
from courses.groups.meetings import listed_groups

HOME_DEPTH = 2


@dataclass(frozen=True)
class MenuItem:
    """A link in the footer."""

    title: str
    url: str


@dataclass(frozen=True)
class LanguageLink:
    """The way to the same page in another language."""

    code: str
    name: str
    url: str
    is_current: bool


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: everything lazy, so that a template pays for what it uses."""
    language = get_language() or settings.LANGUAGE_CODE
    # A POST may have signed somebody in just now, without any cookie before.
    has_session = (
        settings.SESSION_COOKIE_NAME in request.COOKIES or request.method == "POST"
    )

    def frame() -> dict[str, Any]:
        generation = generation_of(request)
        return remembered(
            ("shell", language), generation, lambda: _read_frame(language, generation)
        )

    return {
        "frame": SimpleLazyObject(frame),
        "language_links": SimpleLazyObject(lambda: language_links(request)),
        "text_size": text_size(request),
        "has_session": has_session,
        "signed_in": SimpleLazyObject(
            lambda: has_session and request.user.is_authenticated
        ),
        "account_name": SimpleLazyObject(lambda: str(request.user)),
        "has_device_progress": has_device_progress(request),
        "is_in_room": is_in_room(request),
        "is_invited": is_invited(request),
        "is_kiosk": is_kiosk(request),
        "is_preview": getattr(request, "is_preview", False),
    }


def language_links(request: HttpRequest) -> list[LanguageLink]:
    """Return the switch; a view may set ``request.language_target(code) -> url``."""
    current = get_language()
    target: Callable[[str], str] = getattr(
        request, "language_target", lambda code: _same_view(request, code)
    )
    return [
        LanguageLink(
            code=code,
            name=get_language_info(code)["name_local"],
            url=target(code),
            is_current=code == current,
        )
        for code, _label in settings.LANGUAGES
    ]


def _same_view(request: HttpRequest, code: str) -> str:
    """Return the address in another language, without resolving this one again."""
    here = request.resolver_match
    if here is None or not here.url_name:
        return request.path
    with override(code):
        try:
            return reverse(here.view_name, args=here.args, kwargs=here.kwargs)
        except NoReverseMatch:
            return request.path


def _read_frame(language: str, generation: int) -> dict[str, Any]:
    pages = list(
        Page.objects.live()
        .filter(locale__language_code=language)
        .filter(
            Q(homepage__isnull=False)
            | Q(glossarypage__isnull=False)
            | Q(legalpage__in_footer=True)
            | Q(standardpage__in_footer=True)
        )
        .order_by("path")
        .values(
            "title",
            "url_path",
            "depth",
            "homepage__claim",
            is_glossary=Q(glossarypage__isnull=False),
            # With the pages: no statement of their own.
            has_dates=Exists(listed_groups()),
            has_cards=Exists(StepCard.objects.all()),
            site_name=Subquery(SiteIdentity.objects.values("site_name")[:1]),
        )
    )
    name = pages[0]["site_name"] if pages else site_identity(generation).site_name
    home = next((page for page in pages if page["depth"] == HOME_DEPTH), None)
    root = home["url_path"] if home else "/"
    prefix = "/" if language == settings.LANGUAGE_CODE else f"/{language}/"
    for page in pages:
        page["url"] = prefix + page["url_path"].removeprefix(root)
    below = [page for page in pages if page["depth"] > HOME_DEPTH]
    has_cards = any(page["has_cards"] for page in pages)
    cards = [MenuItem(_("Step cards"), reverse("step_cards"))] if has_cards else []
    return {
        "glossary_url": next((p["url"] for p in below if p["is_glossary"]), ""),
        "site_name": name or SiteIdentity().site_name,
        "claim": home["homepage__claim"] if home else "",
        "home_url": prefix,
        "has_dates": any(page["has_dates"] for page in pages),
        "footer": cards
        + [
            MenuItem(page["title"], page["url"])
            for page in below
            if not page["is_glossary"]
        ],
    }
