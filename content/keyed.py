"""Rows that texts name by an id: glossary terms, sources, step cards."""

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import TranslatableMixin

#: What Wagtail's reference index keeps: model, row, and two paths within a field.
Use = tuple[type[models.Model], str, str, str]


class KeyedMixin(TranslatableMixin):
    """A row with a ``key`` that is its own within a language.

    A constraint of the database says so too, but forms do not ask it: the language is
    none of their fields.
    """

    key: "models.CharField[str, str]"

    class Meta(TranslatableMixin.Meta):
        abstract = True

    def clean(self) -> None:
        """Refuse an id that another row of the language has."""
        super().clean()
        rows = type(self)._default_manager.filter(locale=self.locale_id, key=self.key)
        if rows.exclude(pk=self.pk).exists():
            text = _("This id is taken in this language. Please choose another one.")
            raise ValidationError({"key": text})


def in_languages(model: type[KeyedMixin], language: str) -> list[tuple[str, Any]]:
    """Return the German rows, then those of a language, each with its language code.

    One statement for both: where a language says nothing, the German row stands.
    """
    codes = list(dict.fromkeys((settings.LANGUAGE_CODE, language)))
    rows = model._default_manager.filter(locale__language_code__in=codes)
    coded = [(row.locale.language_code, row) for row in rows.select_related("locale")]
    return sorted(coded, key=lambda each: codes.index(each[0]))


class SharedQuerySet(models.QuerySet[Any]):
    """Looks up rows that texts share."""

    def originals(self) -> "SharedQuerySet":
        """Return the German rows, which hold for every language."""
        return self.filter(locale__language_code=settings.LANGUAGE_CODE)

    def due(self) -> "SharedQuerySet":
        """Return the rows at which somebody has to look again."""
        return self.filter(review__lte=timezone.localdate())


class SharedMixin(KeyedMixin):
    """A row that packages of the site bring along, with a day to look at it again."""

    #: The field with the day on which somebody looked last.
    looked: ClassVar[str]
    #: How many months that holds.
    months: ClassVar[int]

    #: What the last import wrote; empty for rows made in the CMS.
    import_hash = models.CharField(max_length=64, blank=True, editable=False)

    review: "models.DateField[date | None, date | None]"

    class Meta(KeyedMixin.Meta):
        abstract = True

    @classmethod
    def next_look(cls, looked: date | None, review: date | None) -> date | None:
        """Return when to look again: months later, unless a later day is given.

        A day that is past when somebody looks has been kept.
        """
        if looked is None or (review and review > looked):
            return review
        return _months_after(looked, cls.months)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Say when to look at the row again, also once more after somebody did."""
        self.review = self.next_look(getattr(self, self.looked), self.review)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Refuse another id for what a package named: its next import would fail."""
        super().clean()
        before = type(self)._default_manager.filter(pk=self.pk).first()
        if before and before.import_hash and before.key != self.key:
            text = _("This id comes from a course package and cannot be changed.")
            raise ValidationError({"key": text})


def uses_of(
    model: type[KeyedMixin],
    key: str | None,
    model_path: str = "",
    content_path: str = "",
) -> Iterator[Use]:
    """Yield the use of a row by what names it, for Wagtail's reference index.

    The paths say where the key stands within its field. Uses are counted at the German
    row; a key without one is none.
    """
    if not key:
        return
    rows = model._default_manager.filter(locale__language_code=settings.LANGUAGE_CODE)
    for pk in rows.filter(key=key).order_by().values_list("pk", flat=True)[:1]:
        yield model, str(pk), model_path, content_path


def _months_after(day: date, months: int) -> date:
    """Return the same day so many months later; the first of the next where none is."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return day.replace(year=year, month=month + 1)
    except ValueError:
        return _months_after(day.replace(day=1), months + 1)
