"""Model fields of the catalogue."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from content.keyed import Use, uses_of
from content.sources.models import Source

from .lines import WORDS, LineFormat


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


class LinesField(models.JSONField):
    """A JSON list of small facts that editors type as lines of text."""

    def __init__(
        self, *args: Any, lines: LineFormat | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines or WORDS

    def extract_references(self, value: Any) -> Iterator[Use]:
        """Count as a use of the shared sources that stand in it."""
        for index, item in enumerate(value if isinstance(value, list) else ()):
            key = item.get("shared") if isinstance(item, dict) else ""
            yield from uses_of(Source, key, "item", str(index))

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        """Offer one text area."""
        return LinesFormField(
            self.lines,
            required=not self.blank,
            label=self.verbose_name,
            help_text=self.help_text or self.lines.help_text,
        )


class LinesFormField(forms.CharField):
    """Reads and shows values line by line; an error names its line."""

    def __init__(self, lines: LineFormat, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 5}), **kwargs)
        self.lines = lines

    def prepare_value(self, value: Any) -> str:
        """Write the values as lines; what was typed stays as it is."""
        if isinstance(value, str):
            return value
        return "\n".join(self.lines.write(value or self.lines.read([])))

    def clean(self, value: str) -> Any:
        """Return the values, or say which line cannot be read and why."""
        typed = [line.strip() for line in super().clean(value).splitlines()]
        for number, line in enumerate(typed, start=1):
            if not line:
                continue
            try:
                self.lines.read([line])
            except ValueError as error:
                raise ValidationError(
                    _("Line %(number)d: %(problem)s"),
                    params={"number": number, "problem": error},
                ) from error
        return self.lines.read([line for line in typed if line])

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare lines with lines."""
        return self.prepare_value(initial) != (data or "")
