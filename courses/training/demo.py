"""A town hall for the demo, so that a first look can run a training.

It goes with the demo, unless somebody real stands on its list.
"""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from content.generation import current_generation
from courses.catalogue.library import library
from courses.groups.demo import (
    Removal,
    demo_organisations,
    reason_to_keep,
)
from courses.groups.levels import Visibility
from courses.groups.models import Kind, Organisation, StaffRole
from courses.groups.roles import Role
from learnsite.accounts.models import User

from . import services
from .closing import erase_organisation
from .lists import Line
from .models import Renewal, this_month
from .queries import people_of

MANAGER = "leitung"
CITY = "Stadt Hellingen (Probe)"
COURSE = "datenschutz-im-rathaus"
OFFICE = ("Dezernat II", "Bürgerbüro")
SCHOOLS = ("Dezernat II", "Schulamt")
ARCHIVE = ("Dezernat III", "Stadtarchiv")
PEOPLE = (
    Line("4711", "Aylin Yıldız", OFFICE, "a.yildiz@hellingen.example"),
    Line("4712", "Kofi Mensah", OFFICE),
    Line("4713", "Jana Wolf", SCHOOLS, "j.wolf@hellingen.example"),
    Line("4714", "Piotr Nowak", SCHOOLS, "p.nowak@hellingen.example"),
    Line("4715", "Henrike Schäfer", ARCHIVE),
    Line("4716", "Samir Haddad", ARCHIVE, "s.haddad@hellingen.example"),
)


def create_demo_city() -> None:
    """Make the demo's management run a training; a second run changes nothing."""
    city, is_new = Organisation.objects.get_or_create(
        name=CITY, kind=Kind.ADMINISTRATION, ceiling=Visibility.COMPLETED
    )
    if not is_new:
        return
    user = User.objects.get(username=MANAGER)
    StaffRole.objects.create(organisation=city, user=user, role=Role.MANAGER.value)
    plan = services.plan_list(city, PEOPLE)
    services.carry_out(city, PEOPLE, digest=plan.digest)
    course = _course_key()
    if course is not None:
        services.assign(
            organisation=city,
            course_key=course,
            due=date(this_month().year + 1, 3, 31),
            renewal=Renewal.ROLLING,
            valid_months=12,
            people=people_of(city),
        )


@transaction.atomic
def remove_demo_city(cast: Collection[User]) -> list[Removal]:
    """Erase the demo's town hall with its list; leave it where others are on it."""
    removed: list[Removal] = []
    for city in demo_organisations({CITY: Kind.ADMINISTRATION}):
        why_kept = reason_to_keep(city, cast) or _others_on_list(city)
        if not why_kept:
            erase_organisation(city)
        removed.append(Removal(city.name, why_kept))
    return removed


def _others_on_list(city: Organisation) -> str:
    invented = {(line.reference, line.name) for line in PEOPLE}
    listed = set(city.employees.values_list("reference", "name"))
    return _("other people are on its list") if listed - invented else ""


def _course_key() -> UUID | None:
    course = library("de", current_generation()).by_slug.get(COURSE)
    return course.key if course else None
