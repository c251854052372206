"""Keeping step: what happens when an original or a translation is published."""

from typing import Any

from django.db import transaction
from wagtail.models import Locale, Revision
from wagtail.signals import copy_for_translation_done, page_published

from content.pages.base import SitePage

from .models import TranslatedPage
from .queries import original_of, translations_of
from .words import words_hash


@transaction.atomic
def note_original(original: SitePage) -> None:
    """Flag the translations of an original whose words are others now.

    One that is right for these words again loses its flag. A translation published
    before anybody took notes is flagged: nobody knows what it was made from.
    """
    words = words_hash(original)
    unnoted = translations_of(original).filter(translated__isnull=True, live=True)
    for page in unnoted:
        TranslatedPage.objects.create(page_id=page.pk, words=words_hash(page))
    rows = TranslatedPage.objects.filter(page__in=translations_of(original))
    rows.filter(original_words=words).update(is_outdated=False)
    rows.exclude(original_words=words).update(is_outdated=True)


@transaction.atomic
def note_translation(page: SitePage) -> None:
    """Take a translation whose own words changed as right for its original of now.

    Publishing the same words again says nothing about the original.
    """
    original = original_of(page)
    row = TranslatedPage.objects.filter(page_id=page.pk).first()
    words = words_hash(page)
    if original is not None and (row is None or row.words != words):
        _settle(page, original, words)


@transaction.atomic
def confirm(*, page: SitePage) -> None:
    """Take an editor's word that a translation is right for its original of now."""
    original = original_of(page)
    if original is not None:
        _settle(page, original, words_hash(page))


def _settle(page: SitePage, original: SitePage, words: str) -> None:
    revision: Revision | None = original.live_revision or original.latest_revision
    TranslatedPage.objects.update_or_create(
        page_id=page.pk,
        defaults={
            "words": words,
            "original_words": words_hash(original),
            "original_revision": revision,
            "is_outdated": False,
        },
    )


def on_published(instance: Any, **_signal: Any) -> None:
    """Note what a published page means for its translations, or for itself."""
    if not isinstance(instance, SitePage) or instance.alias_of_id:
        return
    if instance.locale_id == Locale.get_default().pk:
        note_original(instance)
    else:
        note_translation(instance)


def on_copied(source_obj: Any, target_obj: Any, **_signal: Any) -> None:
    """Note what a new translation is made from, still as a draft."""
    if isinstance(target_obj, SitePage) and not target_obj.alias_of_id:
        note_translation(target_obj)


def connect() -> None:
    """Listen; called once when the app is ready."""
    uid = "courses.translations"
    page_published.connect(on_published, dispatch_uid=uid)
    copy_for_translation_done.connect(on_copied, dispatch_uid=uid)
