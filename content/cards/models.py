"""Step cards. Texts link a card by its key, never by its row."""

from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from content.addresses import only_plain
from content.fields import SlimStreamField
from content.keyed import SharedMixin, SharedQuerySet
from content.sources.blocks import SharedSourceBlock

from .blocks import VariantBlock


class StepCard(SharedMixin, models.Model):
    """Where a setting is found on each system, and on which day it was.

    The German row holds for every language. A row in another language has words of its
    own; days and sources that it leaves out are the German ones.
    """

    key = models.CharField(
        _("Id"),
        max_length=80,
        validators=[only_plain],
        help_text=_("Texts link the card by it; it should never change."),
    )
    title = models.CharField(_("Title"), max_length=160)
    summary = models.TextField(
        _("Summary"),
        max_length=400,
        help_text=_("What it is good for, and what it does not do."),
    )
    as_of = models.DateField(_("Checked on"), null=True, blank=True)
    review = models.DateField(
        _("Check again by"),
        null=True,
        blank=True,
        help_text=_("Without a day here it is six months after the card was checked."),
    )
    variants = SlimStreamField(
        [("variant", VariantBlock())], verbose_name=_("Systems"), min_num=1
    )
    sources = SlimStreamField(
        [
            (
                "source",
                SharedSourceBlock(required=True, label=_("Source"), help_text=""),
            )
        ],
        verbose_name=_("Sources"),
        blank=True,
    )

    looked = "as_of"
    #: Menus change with the versions of a system, which come out once or twice a year.
    months = 6
    objects = SharedQuerySet.as_manager()

    panels: ClassVar = [
        FieldPanel("title"),
        FieldPanel("key"),
        FieldPanel("summary"),
        FieldPanel("as_of"),
        FieldPanel("review"),
        FieldPanel("variants"),
        FieldPanel("sources"),
    ]

    class Meta(SharedMixin.Meta):
        verbose_name = _("step card")
        verbose_name_plural = _("step cards")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["key", "locale"], name="one_step_card_for_key_and_locale"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse a German card of which nobody says when it was checked."""
        super().clean()
        is_original = self.locale.language_code == settings.LANGUAGE_CODE
        if is_original and self.as_of is None:
            raise ValidationError({"as_of": _("Say when the steps were checked.")})
