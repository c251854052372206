"""Organisations for the demo's teacher, so that a first look can open a class.

What became of them goes with the demo, unless somebody real has come to depend on it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, time
from itertools import count, islice

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learnsite.accounts.models import User

from . import meetings
from .levels import Visibility
from .models import GroupTeacher, Kind, Membership, Organisation, StaffRole
from .roles import Role
from .services import end_group, open_group

TEACHER = "tom"
SCHOOL = "Gesamtschule Hellingen (Probe)"
ADULT_SCHOOL = "Volkshochschule Hellingen (Probe)"
EVENING_COURSE = "Smartphone sicher nutzen"
PLACE = "Volkshochschule Hellingen, Marktstraße 12, Raum 104"
#: The first of so many evenings comes a week from now.
EVENINGS = 4


@dataclass(frozen=True)
class Removal:
    """An organisation of the demo that was erased, or why it stays."""

    name: str
    why_kept: str = ""


def create_demo_school() -> None:
    """Make the demo's teacher teach somewhere; a second run changes nothing."""
    tom = User.objects.get(username=TEACHER)
    _teaching_at(SCHOOL, Kind.SCHOOL, tom)


def create_demo_evening_course() -> None:
    """Put an evening course into the public list, and a new one once it is over."""
    tom = User.objects.get(username=TEACHER)
    adults = _teaching_at(ADULT_SCHOOL, Kind.ADULTS, tom)
    today = timezone.localdate()
    if adults.groups.filter(title=EVENING_COURSE, ends__gte=today).exists():
        return
    days = evenings_after(today)
    group = open_group(
        organisation=adults,
        teacher=tom,
        title=EVENING_COURSE,
        level=Visibility.NOBODY,
        ends=days[-1],
        seats=15,
    )
    meetings.list_publicly(group=group, is_listed=True, booking_url="")
    for day in days:
        meetings.add_meeting(group=group, timing=_evening(day))


def evenings_after(today: date) -> list[date]:
    """Return the days of the demo's course: weekly, but not over Christmas."""
    weeks = (today + meetings.WEEK * n for n in count(1))
    return list(islice((day for day in weeks if not _is_holiday(day)), EVENINGS))


@transaction.atomic
def remove_demo_schools(cast: Collection[User]) -> list[Removal]:
    """Erase the demo's schools with their groups; leave what is somebody else's."""
    return [
        _removed(found, why_kept=reason_to_keep(found, cast))
        for found in demo_organisations(
            {SCHOOL: Kind.SCHOOL, ADULT_SCHOOL: Kind.ADULTS}
        )
    ]


def demo_organisations(kinds: dict[str, Kind]) -> Iterable[Organisation]:
    """Return the organisations of these names and kinds."""
    found = Organisation.objects.filter(name__in=kinds).order_by("name")
    return [each for each in found if each.kind == kinds[each.name]]


def reason_to_keep(organisation: Organisation, cast: Collection[User]) -> str:
    """Say what of people who are not of the demo hangs on an organisation, if any."""
    if organisation.staff.exclude(user__in=cast).exists():
        return _("somebody else has a role there")
    teachers = GroupTeacher.objects.filter(group__organisation=organisation)
    if teachers.exclude(user__in=cast).exists():
        return _("somebody else leads a group there")
    members = Membership.objects.filter(group__organisation=organisation)
    if members.exclude(user__in=cast).exists():
        return _("somebody is a member of a group there")
    return ""


def _removed(organisation: Organisation, *, why_kept: str) -> Removal:
    """Erase an organisation and its groups, unless there is a reason to keep it."""
    if not why_kept:
        for group in organisation.groups.all():
            end_group(group=group)
        organisation.delete()
    return Removal(organisation.name, why_kept)


def _is_holiday(day: date) -> bool:
    return day >= date(day.year, 12, 20) or day <= date(day.year, 1, 6)


def _evening(day: date) -> meetings.Timing:
    return {
        "day": day,
        "begins": time(18, 30),
        "ends": time(20),
        "place": PLACE,
        "note": "",
    }


def _teaching_at(name: str, kind: Kind, user: User) -> Organisation:
    found, _new = Organisation.objects.get_or_create(name=name, kind=kind)
    StaffRole.objects.get_or_create(
        organisation=found, user=user, role=Role.TEACHER.value
    )
    return found
