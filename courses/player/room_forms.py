"""What teachers type for a room."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.groups.rooms import MOST_OPTIONS

FEWEST_OPTIONS = 2


class PollForm(forms.Form):
    """A question of one's own with two to six options."""

    question = forms.CharField(
        label=_("Question"),
        max_length=200,
        error_messages={"required": _("Please write the question.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, MOST_OPTIONS + 1):
            self.fields[f"option_{number}"] = forms.CharField(
                label=_("Option %(number)d") % {"number": number},
                max_length=80,
                required=number <= FEWEST_OPTIONS,
                error_messages={"required": _("Please write two options at least.")},
            )

    def clean(self) -> dict[str, Any]:
        """Refuse the same option twice: nobody could tell the bars apart."""
        cleaned = super().clean() or {}
        options = self._options(cleaned)
        if len(set(map(str.casefold, options))) < len(options):
            raise forms.ValidationError(_("Two options are the same."))
        return cleaned

    @property
    def options(self) -> tuple[str, ...]:
        """The options that were filled in."""
        return self._options(self.cleaned_data)

    @staticmethod
    def _options(cleaned: dict[str, Any]) -> tuple[str, ...]:
        names = (f"option_{number}" for number in range(1, MOST_OPTIONS + 1))
        return tuple(filter(None, (cleaned.get(name) for name in names)))
