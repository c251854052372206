"""Every address that a role opens, with rows that its ids can name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID, uuid4

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from courses.groups import meetings, notices, services
from courses.groups.models import Group, Organisation, StaffRole
from courses.groups.roles import Action
from courses.training.models import Assigned, Assignment, Employee, Unit
from courses.training.papers import PAPERS

#: ``<uuid:group_id>`` of a route.
ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Address:
    """An address that asks for a role: its name, its route, what it asks for."""

    name: str
    route: str
    action: Action

    @property
    def arguments(self) -> list[str]:
        """The names of its ids, in their order; the first is asked for the role."""
        return ARGUMENT.findall(self.route)

    def path(self, ids: dict[str, str]) -> str:
        """Return the address of these things."""
        return "/" + ARGUMENT.sub(lambda found: ids[found[1]], self.route)


def patterns(found: list[Any] | None = None) -> Iterator[URLPattern]:
    """Yield each pattern of the site."""
    for each in get_resolver().url_patterns if found is None else found:
        if isinstance(each, URLResolver):
            yield from patterns(each.url_patterns)
        else:
            yield each


def guarded() -> list[Address]:
    """Return the addresses that ask for a role, as the site has them."""
    return [
        Address(str(each.name), str(each.pattern), each.callback.action)
        for each in patterns()
        if hasattr(each.callback, "action")
    ]


def rows_of(
    organisation: Organisation,
    group: Group,
    staff: StaffRole,
    *,
    reference: str = "4711",
    unit: str = "Bürgerbüro",
) -> dict[str, str]:
    """Make one row of each kind that an address can name; return ids by argument.

    ``staff`` is a role of the organisation that may end.
    """
    tomorrow = timezone.localdate().replace(year=timezone.localdate().year + 1)
    meetings.add_meeting(
        group=group,
        timing={
            "day": tomorrow,
            "begins": time(18),
            "ends": time(19, 30),
            "place": "Raum 3",
            "note": "",
        },
    )
    notices.announce(group=group, text="Bitte Kopfhörer mitbringen.")
    [(card, _words)] = services.add_cards(group=group, numbers=[30])
    office = Unit.objects.create(organisation=organisation, name=unit)
    employee = Employee.objects.create(
        organisation=organisation, unit=office, reference=reference, name="Aylin Yıldız"
    )
    assignment = Assignment.objects.create(
        organisation=organisation, course_key=uuid4(), due=date(2026, 12, 31)
    )
    Assigned.objects.create(
        assignment=assignment,
        employee=employee,
        unit=office,
        since=timezone.localdate().replace(day=1),
    )
    found: dict[str, UUID | str] = {
        "organisation_id": organisation.pk,
        "group_id": group.pk,
        "staff_id": staff.pk,
        "task_id": group.tasks.get().pk,
        "meeting_id": group.meetings.get().pk,
        "message_id": group.announcements.get().pk,
        "member_id": card.pk,
        "unit_id": office.pk,
        "employee_id": employee.pk,
        "assignment_id": assignment.pk,
        "slug": PAPERS[0].slug,
    }
    return {name: str(value) for name, value in found.items()}
