"""What groups keep goes on the day that was promised."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from courses.groups import services
from courses.groups.models import Access, Group, Membership
from courses.groups.retention import delete_ended_groups, delete_old_accesses
from learnsite.accounts.models import User

pytestmark = pytest.mark.django_db


def test_a_group_goes_on_its_day_and_not_before(
    open_group: Callable[..., Group], lena: User
) -> None:
    today = timezone.localdate()
    due, later = open_group(title="alt"), open_group(title="neu")
    services.join(group=due, user=lena)
    Group.objects.filter(pk=due.pk).update(starts=today, ends=today, delete_on=today)
    tomorrow = today + timedelta(days=1)
    Group.objects.filter(pk=later.pk).update(ends=today, delete_on=tomorrow)

    assert delete_ended_groups() == 1

    assert [group.title for group in Group.objects.all()] == ["neu"]
    assert not Membership.objects.exists()
    assert User.objects.filter(pk=lena.pk).exists()
    assert delete_ended_groups() == 0


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
