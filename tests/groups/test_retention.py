"""What groups keep goes on the day that was promised."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.utils import timezone
from django.utils.formats import date_format

from courses.groups import notices, services
from courses.groups.models import Access, Group, Membership, Organisation, StaffRole
from courses.groups.retention import (
    announce_deletions,
    delete_ended_groups,
    delete_old_accesses,
)
from courses.groups.roles import Role
from learnsite.accounts import outbox
from learnsite.accounts.models import User

pytestmark = pytest.mark.django_db


def test_a_group_goes_on_its_day_and_not_before(
    open_group: Callable[..., Group], lena: User
) -> None:
    today = timezone.localdate()
    due, later = open_group(title="alt"), open_group(title="neu")
    services.join(group=due, user=lena)
    yesterday, tomorrow = today - timedelta(days=1), today + timedelta(days=1)
    Group.objects.filter(pk=due.pk).update(
        starts=yesterday, ends=yesterday, delete_on=today
    )
    Group.objects.filter(pk=later.pk).update(ends=today, delete_on=tomorrow)

    assert delete_ended_groups() == 1

    assert [group.title for group in Group.objects.all()] == ["neu"]
    assert not Membership.objects.exists()
    assert User.objects.filter(pk=lena.pk).exists()
    assert delete_ended_groups() == 0


def ending_in(open_group: Callable[..., Group], days: int, **fields: Any) -> Group:
    """Open a group and set the day on which it goes."""
    group = open_group(**fields)
    day = timezone.localdate() + timedelta(days=days)
    ends = min(group.ends, day - timedelta(days=1))
    Group.objects.filter(pk=group.pk).update(ends=ends, delete_on=day)
    return Group.objects.get(pk=group.pk)


def give_address(user: User, address: str) -> None:
    EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)


def test_those_who_lead_are_told_once_by_one_mail_14_days_before(
    open_group: Callable[..., Group], teacher: User
) -> None:
    give_address(teacher, "tom@example.org")
    ending_in(open_group, 14, title="9b")
    ending_in(open_group, 1, title="10a")
    ending_in(open_group, 15, title="erst morgen")

    assert announce_deletions() == 2
    assert outbox.send_waiting() == 1

    [sent] = mail.outbox
    assert sent.to == ["tom@example.org"]
    assert "2 Gruppen" in sent.subject
    assert "9b, Gesamtschule Hellingen" in sent.body
    assert "10a" in sent.body
    assert "erst morgen" not in sent.body
    assert sent.body.index("10a") < sent.body.index("9b")  # the next one first
    assert announce_deletions() == 0
    assert outbox.send_waiting() == 0


def test_managers_are_told_where_nobody_leads_a_group(
    open_group: Callable[..., Group], school: Organisation, lena: User
) -> None:
    give_address(lena, "lena@example.org")
    StaffRole.objects.create(organisation=school, user=lena, role=Role.MANAGER.value)
    led = ending_in(open_group, 3, title="mit Lehrkraft")
    ending_in(open_group, 3, title="ohne").teachers.all().delete()

    announce_deletions()
    outbox.send_waiting()

    [sent] = mail.outbox
    assert sent.to == ["lena@example.org"]
    assert "ohne" in sent.body
    assert led.title not in sent.body


def test_members_who_asked_for_mail_in_the_group_are_told_once(
    open_group: Callable[..., Group], lena: User
) -> None:
    group = ending_in(open_group, 14, title="9b")
    other = User.objects.create_user(username="fremd")
    for user, address in ((lena, "lena@example.org"), (other, "fremd@example.org")):
        give_address(user, address)
        services.join(group=group, user=user)
    member = Membership.objects.get(user=lena)
    notices.ask_for_mail(membership=member, wanted=True)

    announce_deletions()
    announce_deletions()
    outbox.send_waiting()

    [sent] = mail.outbox
    assert sent.to == ["lena@example.org"]
    assert f"9b: wird am {date_format(group.delete_on)} gelöscht" in sent.subject
    assert f"/lernen/gruppe/{member.pk}/" in sent.body  # where mail is switched off


def test_the_day_is_kept_whether_or_not_anybody_could_be_told(
    open_group: Callable[..., Group],
) -> None:
    ending_in(open_group, 14)
    assert announce_deletions() == 1
    assert outbox.send_waiting() == 0
    assert mail.outbox == []


def test_who_looked_can_be_read_for_ninety_days(
    open_group: Callable[..., Group], lena: User
) -> None:
    member = services.join(group=open_group(), user=lena)
    today = timezone.localdate()
    for age in (90, 91):
        Access.objects.create(
            membership=member, role="teacher", day=today - timedelta(days=age)
        )
    delete_old_accesses()
    [kept] = Access.objects.all()
    assert kept.day == today - timedelta(days=90)
