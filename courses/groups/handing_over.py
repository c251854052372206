"""Whose hands groups go into when somebody leads them no longer."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from learnsite.accounts import outbox
from learnsite.accounts.models import User
from learnsite.accounts.registry import on_erase

from .models import Group, GroupTeacher
from .queries import managers_of, staff_that_may, teachers_of
from .roles import Action


@dataclass(frozen=True)
class Handover:
    """A group and who leads it from now on: nobody where nobody can."""

    group: Group
    leaders: tuple[User, ...]


def may_lead(user: Any, organisation_id: UUID) -> bool:
    """Return whether a role lets somebody lead groups of an organisation."""
    staff = staff_that_may(Action.OPEN_GROUP).filter(organisation=organisation_id)
    return staff.filter(user=user.pk).exists()


def handovers(*, user: Any, organisation_id: UUID, heir: Any = None) -> list[Handover]:
    """Return what happens to the groups of an organisation that somebody leads.

    They stay with their deputies. Where there are none a manager takes them, ``heir``,
    who ends the role, only where there is no other: nobody gets to see a group by
    taking it from somebody. Never somebody who takes part as a member.
    """
    led = Group.objects.filter(
        organisation=organisation_id, teachers__user=user.pk
    ).order_by("title")
    return [Handover(group, _next_leaders(group, user, heir)) for group in led]


def _next_leaders(group: Group, user: Any, heir: Any) -> tuple[User, ...]:
    others = User.objects.exclude(pk=user.pk)
    deputies = teachers_of(group).exclude(pk=user.pk)
    if deputies:
        return tuple(deputies.order_by("username"))
    managers = others.filter(pk__in=managers_of(group.organisation_id)).exclude(
        pk__in=group.members.values("user")
    )
    preferred = managers.exclude(pk=heir.pk) if heir else managers
    found = preferred.order_by("username").first() or managers.first()
    return (found,) if found else ()


def hand_over(*, user: Any, organisation_id: UUID, heir: Any = None) -> list[Handover]:
    """Take somebody's groups out of their hands, and return who leads them now.

    Who leads them now is told by mail, except ``heir``, who did it.
    """
    with transaction.atomic():
        found = handovers(user=user, organisation_id=organisation_id, heir=heir)
        for each in found:
            for leader in each.leaders:
                GroupTeacher.objects.get_or_create(group=each.group, user=leader)
        GroupTeacher.objects.filter(
            user=user.pk, group__organisation=organisation_id
        ).delete()
        _tell(found, heir)
    return found


@on_erase
def hand_over_everything(user: User) -> None:
    """Hand over all groups of somebody whose account goes."""
    organisations = GroupTeacher.objects.filter(user=user.pk).values_list(
        "group__organisation", flat=True
    )
    for organisation_id in set(organisations):
        hand_over(user=user, organisation_id=organisation_id)


def _tell(found: Iterable[Handover], heir: Any) -> None:
    theirs: dict[User, list[Group]] = defaultdict(list)
    for each in found:
        for leader in each.leaders:
            if heir is None or leader.pk != heir.pk:
                theirs[leader].append(each.group)
    address = f"{settings.SITE_URL.rstrip('/')}{reverse('groups')}"
    for leader, groups in theirs.items():
        lines = [f"– {group.title}, {group.organisation}" for group in groups]
        words = _("Somebody no longer leads these groups. This account does:")
        body = "\n".join([words, "", *lines, "", address])
        outbox.post(user=leader, subject=_("Groups in other hands"), body=body)
