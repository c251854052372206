"""The demo goes as a whole, and takes nothing along that is somebody else's."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from courses.groups.demo import (
    ADULT_SCHOOL,
    EVENING_COURSE,
    SCHOOL,
    create_demo_evening_course,
    create_demo_school,
)
from courses.groups.models import Group, Organisation, StaffRole
from courses.groups.roles import Role
from courses.groups.services import join
from courses.training.demo import CITY, create_demo_city
from courses.training.models import Employee, Evidence
from learnsite.accounts.demo import create_demo_people
from learnsite.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demo(settings: object) -> None:
    settings.DEMO_PEOPLE = True  # type: ignore[attr-defined]
    create_demo_people()
    create_demo_school()
    create_demo_evening_course()
    create_demo_city()


@pytest.fixture
def remove() -> Callable[[], list[str]]:
    """Return how the demo is removed, line by line of what is said."""

    def run() -> list[str]:
        said = StringIO()
        call_command("remove_demo_people", stdout=said)
        return said.getvalue().splitlines()

    return run


def stranger() -> User:
    return User.objects.create_user(display_name="Flinker Otter 27")


def test_nothing_of_the_demo_is_left(
    client: Client, remove: Callable[[], list[str]]
) -> None:
    employee = Employee.objects.get(reference="4711")
    month = timezone.localdate().replace(day=1)
    Evidence.objects.create(
        employee=employee, course_key=employee.pk, month=month, proof="test"
    )
    join(group=Group.objects.get(), user=User.objects.get(display_name="Lena"))
    assert EVENING_COURSE in client.get("/termine/").content.decode()
    assert remove() == ["4 Demo-Personen gelöscht.", "3 Demo-Organisationen gelöscht."]
    for model in (User, Organisation, Group, Employee, Evidence):
        assert not model.objects.exists(), model
    assert EVENING_COURSE not in client.get("/termine/").content.decode()


def test_a_second_run_finds_nothing(remove: Callable[[], list[str]]) -> None:
    remove()
    assert remove() == ["0 Demo-Personen gelöscht."]


def test_what_somebody_else_uses_stays_and_is_named(
    remove: Callable[[], list[str]],
) -> None:
    school = Organisation.objects.get(name=SCHOOL)
    StaffRole.objects.create(
        organisation=school, user=stranger(), role=Role.TEACHER.value
    )
    join(group=Group.objects.get(), user=stranger())
    city = Organisation.objects.get(name=CITY)
    Employee.objects.create(
        organisation=city, unit=city.units.first(), reference="1", name="Kim Ly"
    )
    assert remove() == [
        "4 Demo-Personen gelöscht.",
        f"„{SCHOOL}“ bleibt: Dort hat noch jemand eine Rolle.",
        f"„{ADULT_SCHOOL}“ bleibt: Dort ist jemand in einer Gruppe.",
        f"„{CITY}“ bleibt: Auf der Liste stehen andere Personen.",
    ]
    assert Group.objects.get().title == EVENING_COURSE
    assert Employee.objects.filter(organisation=city, name="Kim Ly").exists()


def test_another_organisation_of_that_name_is_not_the_demo(
    remove: Callable[[], list[str]],
) -> None:
    other = Organisation.objects.get(name=SCHOOL)
    other.kind = "erwachsene"
    other.save()
    assert "2 Demo-Organisationen gelöscht." in remove()
    assert list(Organisation.objects.all()) == [other]
