"""Rows that texts name by an id: glossary terms, sources, step cards."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from wagtail.models import TranslatableMixin


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


class SharedMixin(KeyedMixin):
    """A row that packages of the site bring along."""

    #: What the last import wrote; empty for rows made in the CMS.
    import_hash = models.CharField(max_length=64, blank=True, editable=False)

    class Meta(KeyedMixin.Meta):
        abstract = True

    def clean(self) -> None:
        """Refuse another id for what a package named: its next import would fail."""
        super().clean()
        before = type(self)._default_manager.filter(pk=self.pk).first()
        if before and before.import_hash and before.key != self.key:
            text = _("This id comes from a course package and cannot be changed.")
            raise ValidationError({"key": text})
