"""What a teacher tells a group, and reminders of its dates. Only one way, never back.

Mail goes to members who gave an address and asked for it in this group. Nothing is
kept about who has read anything.
"""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from learnsite.accounts import outbox, tombstones

from .dates import Announcement, Meeting
from .models import Group, Membership

#: Under this kind a list of what was revoked holds whether members want mail.
MAIL = "mail"


def announce(*, group: Group, text: str) -> Announcement:
    """Tell all members something; whoever wants mail gets it in the next night."""
    return Announcement.objects.create(group=group, text=text)


def withdraw(*, group: Group, pk: UUID) -> bool:
    """Take a message back: until the night nobody gets it by mail, either.

    A mail that has gone out stays where it is. Returns whether the group had it.
    """
    gone, _rows = group.announcements.filter(pk=pk).delete()
    return gone > 0


@transaction.atomic
def ask_for_mail(*, membership: Membership, wanted: bool) -> None:
    """Keep whether a member wants mail about this group, also after a restore."""
    membership.wants_mail = wanted
    membership.save(update_fields=["wants_mail"])
    tombstones.note_last(MAIL, {membership.pk: tombstones.THERE if wanted else ""})


def mail_messages() -> int:
    """Let the messages that no night has seen wait as mails; return how many there are.

    Called before the mails of the night are sent. Whoever has left the group by then,
    or wants no mail any more, gets none.
    """
    new = Announcement.objects.select_related("group").filter(is_mailed=False)
    with transaction.atomic():
        messages = list(new.order_by("day"))
        for message in messages:
            subject = _("Message to the group %(group)s") % {"group": message.group}
            post_to_members(message.group, subject, [message.text])
        pks = [message.pk for message in messages]
        Announcement.objects.filter(pk__in=pks).update(is_mailed=True)
    return len(messages)


def remind() -> int:
    """Remind of the meetings of tomorrow, and of today's if a night was missed.

    Called before the mails of the night are sent; once for each date, and once more
    where it was moved or cancelled. Returns how many dates were looked at.
    """
    today = timezone.localdate()
    due = Meeting.objects.select_related("group").filter(
        day__gte=today, day__lte=today + timedelta(days=1), is_reminded=False
    )
    with transaction.atomic():
        meetings = list(due)
        for meeting in meetings:
            post_to_members(meeting.group, _subject(meeting), _lines(meeting))
        pks = [meeting.pk for meeting in meetings]
        Meeting.objects.filter(pk__in=pks).update(is_reminded=True)
    return len(meetings)


def _subject(meeting: Meeting) -> str:
    values = {"group": meeting.group, "day": date_format(meeting.day)}
    if meeting.canceled:
        return _("Cancelled: %(group)s on %(day)s") % values
    return _("%(group)s on %(day)s") % values


def _lines(meeting: Meeting) -> list[str]:
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


def post_to_members(group: Group, subject: str, lines: list[str]) -> None:
    """Let a mail wait for each member who asked for mail in this group."""
    members = group.members.filter(wants_mail=True).select_related("user")
    for member in members:
        page = reverse("membership", args=[member.pk])
        stop = _("No more such mails: %(address)s") % {
            "address": f"{settings.SITE_URL.rstrip('/')}{page}"
        }
        outbox.post(
            user=member.user, subject=subject, body="\n".join([*lines, "", stop])
        )
