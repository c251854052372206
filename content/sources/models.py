"""Sources that texts share. Texts name a source by its key, never by its row."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from content.addresses import only_plain
from content.keyed import SharedMixin, SharedQuerySet


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

    looked = "accessed"
    months = 12
    objects = SharedQuerySet.as_manager()

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
