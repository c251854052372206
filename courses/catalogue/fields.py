"""Model fields of the catalogue."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class ChoiceListField(models.JSONField):
    """A list of values out of a set of choices, edited as check boxes.

    The choices stay out of migrations: a new topic is no change of the database.
    """

    def __init__(
        self, *args: Any, values: type[models.TextChoices] | None = None, **kwargs: Any
    ) -> None:
        kwargs.setdefault("default", list)
        super().__init__(*args, **kwargs)
        self.values = values

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        """Offer check boxes."""
        return forms.MultipleChoiceField(
            choices=self.values.choices if self.values else [],
            required=not self.blank,
            label=self.verbose_name,
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
        )

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Refuse what is not a list of known values."""
        super().validate(value, model_instance)
        known = set(self.values.values) if self.values else set()
        if not isinstance(value, list) or not set(value) <= known:
            raise ValidationError(_("Choose from the values offered."))
