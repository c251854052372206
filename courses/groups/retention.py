"""When what groups keep goes by itself; called by housekeeping every night."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learnsite.accounts import outbox
from learnsite.accounts.models import User

from . import member_mail
from .models import ANNOUNCED_BEFORE, Access, Group
from .queries import leaders_of

#: How long members can read who looked at what is known of them.
ACCESS_DAYS = 90


def announce_deletions() -> int:
    """Tell by mail, once, whose groups are erased within 14 days; return how many.

    Pages say it by themselves (``Group.goes_soon``); mail goes to those who lead a
    group, to the managers where nobody does, and to members who asked for mail in it;
    only to confirmed addresses.
    """
    today = timezone.localdate()
    groups = Group.objects.select_related("organisation").filter(
        deletion_announced=False,
        delete_on__gt=today,
        delete_on__lte=today + ANNOUNCED_BEFORE,
    )
    with transaction.atomic():
        going = list(groups.order_by("delete_on", "title"))
        told: dict[User, list[Group]] = defaultdict(list)
        for group in going:
            for user in leaders_of(group):
                told[user].append(group)
            _tell_members(group)
        for user, theirs in told.items():
            outbox.post(user=user, subject=_subject(theirs), body=_body(theirs))
        pks = [group.pk for group in going]
        Group.objects.filter(pk__in=pks).update(deletion_announced=True)
    return len(going)


def _tell_members(group: Group) -> None:
    values = {"group": group, "day": date_format(group.delete_on)}
    line = _(
        "On %(day)s this group is erased, with all that it knows of its members. What "
        "they have learned themselves stays with them."
    )
    subject = _("%(group)s: erased on %(day)s") % values
    member_mail.post_to_members(group, subject, [line % values])


def _subject(groups: list[Group]) -> str:
    return ngettext(
        "A group is about to be erased",
        "%(count)d groups are about to be erased",
        len(groups),
    ) % {"count": len(groups)}


def _body(groups: Iterable[Group]) -> str:
    lines = [
        f"– {date_format(group.delete_on)}: {group.title}, {group.organisation}"
        for group in groups
    ]
    address = f"{settings.SITE_URL.rstrip('/')}{reverse('groups')}"
    return "\n".join(
        [
            _("These groups are erased by themselves, as was agreed on:"),
            "",
            *lines,
            "",
            _(
                "With a group goes all that it knows of its members. What they have "
                "learned themselves stays with them."
            ),
            _("Whatever is still needed can be printed until then: %(address)s")
            % {"address": address},
        ]
    )


def delete_ended_groups() -> int:
    """Erase the groups whose day has come, with their ledger; return how many."""
    due = list(Group.objects.filter(delete_on__lte=timezone.localdate()))
    for group in due:
        member_mail.take_back_group(group)
        group.delete()
    return len(due)


def delete_old_accesses() -> None:
    """Erase the entries on who looked that have outlived their period."""
    before = timezone.localdate() - timedelta(days=ACCESS_DAYS)
    Access.objects.filter(day__lt=before).delete()
