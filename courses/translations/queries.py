"""Which translations are outdated, and where their originals are."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import Locale, Page

from content.pages.base import SitePage

from .models import TranslatedPage


def translations_of(original: SitePage) -> QuerySet:
    """Return the translations of a page that are pages of their own, no aliases."""
    others = original.get_translations().filter(alias_of__isnull=True)
    return others.exclude(locale_id=Locale.get_default().pk)


def original_of(page: SitePage) -> Any:
    """Return the original as readers see it, or its draft while it has none."""
    original = page.get_translation_or_none(Locale.get_default())
    if original is None or original.pk == page.pk:
        return None
    return original if original.live else original.get_latest_revision_as_object()


def state_of(page: Page) -> TranslatedPage | None:
    """Return what is known of an outdated translation; None while it is right."""
    rows = TranslatedPage.objects.filter(page_id=page.pk, is_outdated=True)
    return rows.first()


def outdated_translations(original: SitePage) -> QuerySet:
    """Return the translations of a page that may say something else by now."""
    return translations_of(original).filter(translated__is_outdated=True)


def with_outdated(pages: QuerySet) -> QuerySet:
    """Let pages of a list know whether they are outdated, in the same statement."""
    rows = TranslatedPage.objects.filter(page_id=OuterRef("pk"), is_outdated=True)
    return pages.annotate(is_outdated=Exists(rows))
