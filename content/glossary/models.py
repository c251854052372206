"""Terms of the glossary. Texts name a term by its key, never by its row."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from content.addresses import is_plain, only_plain
from content.keyed import KeyedMixin
from content.richtext import BLOCK_FEATURES


class GlossaryTerm(KeyedMixin, models.Model):
    """A word that readers may not know, explained in one or two sentences."""

    key = models.CharField(
        _("Id"),
        max_length=80,
        validators=[only_plain],
        help_text=_("Texts name the term by it; it should never change."),
    )
    term = models.CharField(_("Term"), max_length=120)
    short = models.TextField(
        _("Short explanation"),
        max_length=400,
        help_text=_("One or two sentences, shown beside the word in texts."),
    )
    more = RichTextField(_("More"), blank=True, features=BLOCK_FEATURES)
    see = models.JSONField(
        _("See also"),
        default=list,
        blank=True,
        help_text=_("Ids of other terms."),
    )

    panels: ClassVar = [
        FieldPanel("term"),
        FieldPanel("key"),
        FieldPanel("short"),
        FieldPanel("more"),
        FieldPanel("see"),
    ]

    class Meta(KeyedMixin.Meta):
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["key", "locale"], name="one_term_for_key_and_locale"
            )
        ]

    def __str__(self) -> str:
        return self.term

    def clean(self) -> None:
        """Refuse cross references that are no list of ids."""
        super().clean()
        see = self.see
        if not isinstance(see, list) or not all(_is_key_like(key) for key in see):
            example = '["cookie", "tracking"]'
            text = _("Write the ids as a list, like this: %(example)s")
            raise ValidationError({"see": text % {"example": example}})


def _is_key_like(value: object) -> bool:
    return isinstance(value, str) and is_plain(value)
