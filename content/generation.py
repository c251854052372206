"""The content generation: one number that rises whenever public content changes.

Page, body, menu and route caches carry it in their keys. Nothing is ever deleted from
a cache, and per-process caches stay right with several workers, because each request
reads the number once.
"""

from typing import Any

from django.db import connection, models
from django.db.models.signals import post_delete, post_save
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
)

# In plain SQL: every request runs it, and the ORM takes four times as long.
READ_NUMBER = "SELECT number FROM content_contentgeneration WHERE id = 1"


class ContentGeneration(models.Model):
    """A single row (id 1). Nothing else may be kept here."""

    number = models.PositiveBigIntegerField(default=1)

    class Meta:
        verbose_name = "content generation"

    def __str__(self) -> str:
        return str(self.number)


def current_generation() -> int:
    """Return the number; one query, kept nowhere. Read it once per request."""
    with connection.cursor() as cursor:
        cursor.execute(READ_NUMBER)
        row = cursor.fetchone()
    return row[0] if row else 0


def raise_generation(**_signal: Any) -> None:
    """Raise the number by one, in the transaction of the change that causes it."""
    changed = ContentGeneration.objects.filter(pk=1).update(
        number=models.F("number") + 1
    )
    if not changed:
        ContentGeneration.objects.get_or_create(pk=1)


def watched_models() -> list[type[models.Model]]:
    """Return the models whose every save and delete is visible to readers."""
    from .cards.models import StepCard  # noqa: PLC0415 - needs loaded apps
    from .glossary.models import GlossaryTerm  # noqa: PLC0415 - needs loaded apps
    from .identity import SiteIdentity  # noqa: PLC0415 - needs loaded apps
    from .sources.models import Source  # noqa: PLC0415 - needs loaded apps

    return [
        GlossaryTerm,
        SiteIdentity,
        Source,
        StepCard,
        get_image_model(),
        get_document_model(),
        PageViewRestriction,
        Site,
        Locale,
    ]


def connect() -> None:
    """Let every public change raise the number; called once when the app is ready."""
    uid = "content.generation"
    page_signals = (page_published, page_unpublished, page_slug_changed, post_page_move)
    for signal in page_signals:
        signal.connect(raise_generation, dispatch_uid=uid)
    post_delete.connect(raise_generation, sender=Page, dispatch_uid=uid)
    for model in watched_models():
        post_save.connect(raise_generation, sender=model, dispatch_uid=uid)
        post_delete.connect(raise_generation, sender=model, dispatch_uid=uid)
