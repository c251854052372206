"""What a teacher tells a group, and reminders of its dates. Only one way, never back.

Mail goes to members who gave an address and asked for it in this group. Nothing is
kept about who has read anything.
"""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from learnsite.accounts import tombstones

from . import member_mail
from .dates import Announcement, Meeting
from .models import Group, Membership

#: Under this kind a list of what was revoked holds whether members want mail.
MAIL = "mail"


@transaction.atomic
def announce(*, group: Group, text: str) -> tuple[Announcement, bool]:
    """Tell all members something; whoever wants mail gets it in the next night.

    What was told today already stays the one message. Returns it, and whether it is
    new.
    """
    # Who sends it twice waits: the second time finds it told.
    Group.objects.select_for_update().get(pk=group.pk)
    told = group.announcements.filter(text=text, day=timezone.localdate()).first()
    if told:
        return told, False
    return Announcement.objects.create(group=group, text=text), True


def withdraw(*, group: Group, pk: UUID) -> bool:
    """Take a message back: who has not got it by mail does not get it any more.

    A mail that has gone out stays where it is, and so does one that waits where another
    message says the same: it is still true. Returns whether the group had it.
    """
    with transaction.atomic():
        message = group.announcements.filter(pk=pk).first()
        if message is None:
            return False
        message.delete()
        # What no night has seen yet gets a mail of its own.
        same = group.announcements.filter(text=message.text, is_mailed=True)
        if not same.exists():
            member_mail.take_back(group, [message.text])
    return True


@transaction.atomic
def ask_for_mail(*, membership: Membership, wanted: bool) -> None:
    """Keep whether a member wants mail about this group, also after a restore.

    Who wants none does not get what the mail server has refused so far, either.
    """
    membership.wants_mail = wanted
    membership.save(update_fields=["wants_mail"])
    if not wanted:
        member_mail.take_back_all([membership])
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
            member_mail.post_to_members(message.group, subject, [message.text])
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
            lines = member_mail.reminder_lines(meeting)
            member_mail.post_to_members(meeting.group, _subject(meeting), lines)
        pks = [meeting.pk for meeting in meetings]
        Meeting.objects.filter(pk__in=pks).update(is_reminded=True)
    return len(meetings)


def _subject(meeting: Meeting) -> str:
    values = {"group": meeting.group, "day": date_format(meeting.day)}
    if meeting.canceled:
        return _("Cancelled: %(group)s on %(day)s") % values
    return _("%(group)s on %(day)s") % values
