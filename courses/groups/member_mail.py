"""Mail that waits for members who asked for it, and is taken back once it is untrue.

It is written and taken back in one language, whosever page takes it back: a mail is
found again by what it says.
"""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from learnsite.accounts import outbox

from .dates import Meeting
from .models import Group, Membership


@override(settings.LANGUAGE_CODE)
def post_to_members(group: Group, subject: str, lines: list[str]) -> None:
    """Let a mail wait for each member who asked for mail in this group."""
    for member in _wanting(group):
        outbox.post(user=member.user, subject=subject, body=_body(member, lines))


@override(settings.LANGUAGE_CODE)
def take_back(group: Group, lines: list[str]) -> None:
    """Forget what the mail server refused of a mail to the members."""
    outbox.take_back(bodies=[_body(member, lines) for member in _wanting(group)])


@override(settings.LANGUAGE_CODE)
def rewrite(group: Group, before: list[str], now: list[str]) -> None:
    """Let what the mail server refused of a mail to the members say something else."""
    members = _wanting(group)
    outbox.rewrite(bodies={_body(each, before): _body(each, now) for each in members})


def take_back_reminder(meeting: Meeting) -> None:
    """Forget what waits of a reminder of a date as it stands, before that changes."""
    if meeting.is_reminded:
        take_back(meeting.group, reminder_lines(meeting))


@override(settings.LANGUAGE_CODE)
def take_back_all(members: Iterable[Membership]) -> None:
    """Forget all that waits for members about their group: they are in it no more.

    Or they want no more such mail.
    """
    for member in members:
        outbox.take_back_ending(user=member.user_id, ending=_stop(member))


def take_back_group(group: Group) -> None:
    """Forget all that waits about a group, which is about to be erased."""
    take_back_all(_wanting(group))


@override(settings.LANGUAGE_CODE)
def reminder_lines(meeting: Meeting) -> list[str]:
    """Return what a reminder says of a date."""
    when = _("%(day)s, %(begins)s to %(ends)s") % {
        "day": date_format(meeting.day),
        "begins": time_format(meeting.begins, "H:i"),
        "ends": time_format(meeting.ends, "H:i"),
    }
    lines = [when, meeting.place, meeting.note]
    if meeting.canceled:
        reason = {"reason": meeting.canceled}
        lines.insert(0, _("This date is cancelled: %(reason)s") % reason)
    return [line for line in lines if line]


def _wanting(group: Group) -> Iterable[Membership]:
    return group.members.filter(wants_mail=True).select_related("user")


def _body(member: Membership, lines: list[str]) -> str:
    return "\n".join([*lines, "", _stop(member)])


def _stop(member: Membership) -> str:
    """Return the last line of each mail, which names its reader's own page."""
    page = reverse("membership", args=[member.pk])
    return _("No more such mails: %(address)s") % {
        "address": f"{settings.SITE_URL.rstrip('/')}{page}"
    }
