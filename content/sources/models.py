"""Sources that texts share. Texts name a source by its key, never by its row."""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from content.addresses import only_plain
from content.keyed import SharedMixin


class SourceQuerySet(models.QuerySet["Source"]):
    """Looks sources up."""

    def originals(self) -> "SourceQuerySet":
        """Return the rows that hold for every language."""
        return self.filter(locale__language_code=settings.LANGUAGE_CODE)

    def due(self) -> "SourceQuerySet":
        """Return the sources that somebody has to read again."""
        return self.filter(review__lte=timezone.localdate())


class Source(SharedMixin, models.Model):
    """A law, a study or a page that texts rest on.

    The German row holds for every language; a row in another language says only what
    is different there, most often the title.
    """

    key = models.CharField(
        _("Id"),
        max_length=80,
        validators=[only_plain],
        help_text=_("Texts name the source by it; it should never change."),
    )
    title = models.CharField(_("Title"), max_length=300)
    publisher = models.CharField(_("Publisher"), max_length=160, blank=True)
    url = models.URLField(_("Web address"), max_length=500, blank=True)
    accessed = models.DateField(_("Read on"), null=True, blank=True)
    review = models.DateField(
        _("Read again by"),
        null=True,
        blank=True,
        help_text=_("Without a day here it is a year after the source was read."),
    )
    note = models.CharField(_("Note"), max_length=300, blank=True)

    objects = SourceQuerySet.as_manager()

    panels: ClassVar = [
        FieldPanel("title"),
        FieldPanel("key"),
        FieldPanel("publisher"),
        FieldPanel("url"),
        FieldPanel("accessed"),
        FieldPanel("review"),
        FieldPanel("note"),
    ]

    class Meta(SharedMixin.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["key", "locale"], name="one_source_for_key_and_locale"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Say when to read the source again, also once more after it was read."""
        self.review = review_of(self.accessed, self.review)
        super().save(*args, **kwargs)


def review_of(
    accessed: date | None, review: date | None, *, months: int = 12
) -> date | None:
    """Return when to look again: so many months later, unless a later day is given.

    A day that is past when somebody looks has been kept.
    """
    if accessed is None or (review and review > accessed):
        return review
    return _months_after(accessed, months)


def _months_after(day: date, months: int) -> date:
    """Return the same day so many months later; the first of the next where none is."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return day.replace(year=year, month=month + 1)
    except ValueError:
        return _months_after(day.replace(day=1), months + 1)
