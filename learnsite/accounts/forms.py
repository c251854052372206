"""Forms around learning keys and the account."""

from typing import Any

from allauth.account.forms import LoginForm, SignupForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from . import keys, mailing
from .models import User

#: A telephone neither begins such a word with a capital nor mends it.
AS_TYPED = {"autocapitalize": "none", "autocorrect": "off", "spellcheck": "false"}


class LearningKeyField(forms.CharField):
    """Six words, read forgivingly; cleaned to a tuple of words.

    A text field, because nobody types six words blindly; the module hides them when
    the form is sent, so that a password manager offers to keep them.
    """

    def __init__(self) -> None:
        super().__init__(
            label=_("Learning key"),
            help_text=_(
                "The six words from the card. Capital letters, spaces and hyphens do "
                "not matter."
            ),
            max_length=keys.LONGEST_INPUT,
            error_messages={"required": _("Please type the six words of the key.")},
            widget=forms.TextInput(
                attrs={
                    **AS_TYPED,
                    "autocomplete": "current-password",
                    "data-key-field": "",
                }
            ),
        )

    def clean(self, value: str) -> tuple[str, ...]:
        """Return the words, or say which one is not on the list."""
        typed = keys.read(super().clean(value))
        if typed.unknown and typed.count <= keys.MOST_WORDS:
            raise ValidationError([_unknown_word(word) for word in typed.unknown[:3]])
        if not typed.complete:
            count = typed.count
            raise ValidationError(
                ngettext(
                    "A learning key has six words; you entered %(count)d word.",
                    "A learning key has six words; you entered %(count)d words.",
                    count,
                )
                % {"count": count}
            )
        return typed.words


def _unknown_word(typed: str) -> str:
    nearest = keys.nearest(typed)
    if nearest is None:
        return gettext("The word “%(typed)s” does not occur in any key.") % {
            "typed": typed
        }
    return gettext(
        "The word “%(typed)s” does not occur in any key. Did you mean “%(nearest)s”?"
    ) % {"typed": typed, "nearest": nearest}


class KeySignInForm(forms.Form):
    """Open an account with a key."""

    key = LearningKeyField()
    shared = forms.BooleanField(
        label=_("Shared device"),
        help_text=_("Signs out when the browser is closed."),
        required=False,
        initial=True,
    )


class KeyConfirmForm(forms.Form):
    """Prove with the key who one is."""

    key = LearningKeyField()


class PasskeyForm(AddWebAuthnForm):
    """Set up a passkey; one that opens the account by itself unless taken off."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the passkey")
        alone = self.fields["passwordless"]
        alone.label = _("Opens the account by itself")
        alone.help_text = _("Without it, the passkey serves as a second step only.")
        alone.initial = True


class NameSignInForm(LoginForm):
    """Open an account by user name or address; the label says so, for good."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User name or e-mail address")
        self.fields["login"].widget.attrs.update(AS_TYPED)
        for name in ("login", "password"):
            self.fields[name].widget.attrs.pop("placeholder", None)


class NameSignUpForm(SignupForm):
    """Create an account with a user name; asks for no address that leads nowhere."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs.update(AS_TYPED)
        if not mailing.is_sent():
            del self.fields["email"]


class RenameForm(forms.ModelForm):
    """Change the name shown."""

    class Meta:
        model = User
        fields = ("display_name",)
