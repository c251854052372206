"""The form on the accessibility statement."""

from django import forms
from django.utils.translation import gettext_lazy as _

MESSAGE_MAX_LENGTH = 4000


class FeedbackForm(forms.Form):
    """A message, and where wanted an address for the answer."""

    message = forms.CharField(
        label=_("What does not work?"),
        max_length=MESSAGE_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": _("Please describe the barrier in a few words."),
            "max_length": _(
                "The message is too long. At most %(limit_value)d characters fit; "
                "now it has %(show_value)d."
            ),
        },
    )
    page = forms.CharField(
        label=_("On which page? (optional)"), max_length=500, required=False
    )
    email = forms.EmailField(
        label=_("E-mail address for the answer (optional)"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "invalid": _(
                "This e-mail address is not complete. Example: name@example.org"
            )
        },
    )
    # People do not see this field; programs fill it in.
    website = forms.CharField(
        label=_("Please leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    @property
    def is_trap(self) -> bool:
        """Whether a program filled in the field that people do not see."""
        return bool(self.data.get("website", "").strip())
