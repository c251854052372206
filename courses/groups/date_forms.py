"""Forms of a group's dates, its place in the public list, and its messages."""

from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from .dates import LONGEST_MESSAGE
from .models import Group

MOST_WEEKS = 30
NO_URL = _(
    "Please give an address that begins with https:// and belongs to the provider."
)


def _time(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={
            "required": _("Please give a time, such as 18:30."),
            "invalid": _("Please give a time, such as 18:30."),
        },
    )


class MeetingForm(forms.Form):
    """When and where a group meets once."""

    day = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Please give a day."),
            "invalid": _("Please give a day, such as 1.12.2026."),
        },
    )
    begins = _time(_("Begins at"))
    ends = _time(_("Ends at"))
    place = forms.CharField(
        label=_("Where"),
        max_length=120,
        help_text=_("House, street, room."),
        error_messages={"required": _("Please give a place.")},
    )
    note = forms.CharField(
        label=_("Note (optional)"),
        max_length=200,
        required=False,
        help_text=_("Such as “Please bring the own phone”. No names of people."),
    )

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group = group

    def clean_day(self) -> date:
        """Refuse a day that is over, and one after the group's last."""
        day: date = self.cleaned_data["day"]
        if day < timezone.localdate():
            raise forms.ValidationError(
                _("This day is over. Please choose a later one.")
            )
        if day > self.group.ends:
            raise forms.ValidationError(
                _(
                    "The group ends on %(day)s, as was agreed on with its members. "
                    "Please choose an earlier day, or open another group."
                )
                % {"day": date_format(self.group.ends)}
            )
        return day

    def clean(self) -> dict[str, Any]:
        """Refuse an end that is not after the beginning."""
        values: dict[str, Any] = super().clean() or {}
        begins, ends = values.get("begins"), values.get("ends")
        if begins and ends and ends <= begins:
            self.add_error(
                "ends", _("The end must be after the beginning. Please correct it.")
            )
        return values


class CancelForm(forms.Form):
    """Why a meeting does not take place."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=120,
        help_text=_("Stays beside the date. No names, nothing about anybody's health."),
        error_messages={
            "required": _("Please give a reason, such as “Public holiday”.")
        },
    )


class RepeatForm(forms.Form):
    """For how many weeks more."""

    weeks = forms.IntegerField(
        label=_("Weeks more"),
        min_value=1,
        max_value=MOST_WEEKS,
        initial=5,
        help_text=_("Holidays are not known here: take those dates off afterwards."),
        error_messages={
            "required": _("Please give a number from 1 to 30."),
            "invalid": _("Please give a number from 1 to 30."),
            "min_value": _("Please give a number from 1 to 30."),
            "max_value": _("Please give a number from 1 to 30."),
        },
    )


class ListingForm(forms.Form):
    """Whether everybody can see the dates, and where seats are booked."""

    is_listed = forms.BooleanField(
        label=_("Show name, dates and places of this group to everybody"),
        required=False,
    )
    booking_url = forms.URLField(
        label=_("Booking page (optional)"),
        max_length=200,
        required=False,
        assume_scheme="https",
        help_text=_("The provider's own page. Opened as a link that names its host."),
        error_messages={"invalid": NO_URL, "max_length": NO_URL},
    )

    def clean_booking_url(self) -> str:
        """Refuse what is not encrypted, and what hides where it leads."""
        url: str = self.cleaned_data["booking_url"]
        parts = urlsplit(url)
        if url and (parts.scheme != "https" or parts.username or parts.password):
            raise forms.ValidationError(NO_URL)
        return url


class AnnouncementForm(forms.Form):
    """A message to all members, as plain text."""

    text = forms.CharField(
        label=_("Message"),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "At most 1,000 characters, as plain text. Everybody reads the same."
        ),
        error_messages={
            "required": _("Please write a message."),
            "max_length": _("The message is too long: at most 1,000 characters."),
        },
    )
