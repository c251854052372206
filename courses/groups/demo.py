"""Organisations for the demo's teacher, so that a first look can open a class."""

from datetime import date, time

from django.utils import timezone

from learnsite.accounts.models import User

from . import meetings
from .levels import Visibility
from .models import Kind, Organisation, StaffRole
from .roles import Role
from .services import open_group

TEACHER = "tom"
SCHOOL = "Gesamtschule Hellingen (Probe)"
ADULT_SCHOOL = "Volkshochschule Hellingen (Probe)"
EVENING_COURSE = "Smartphone sicher nutzen"
PLACE = "Volkshochschule Hellingen, Marktstraße 12, Raum 104"
#: The first of so many evenings comes a week from now.
EVENINGS = 4


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
    first = today + meetings.WEEK
    group = open_group(
        organisation=adults,
        teacher=tom,
        title=EVENING_COURSE,
        level=Visibility.NOBODY,
        ends=first + meetings.WEEK * (EVENINGS - 1),
        seats=15,
    )
    meetings.list_publicly(group=group, is_listed=True, booking_url="")
    meeting = meetings.add_meeting(group=group, timing=_evening(first))
    meetings.repeat_weekly(meeting=meeting, weeks=EVENINGS - 1)


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
