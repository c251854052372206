"""Who signs in without asking for a page lands where they work."""

import time
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client

from courses.groups.models import Group, GroupTeacher, Kind, Organisation, StaffRole
from courses.groups.roles import Role
from learnsite.accounts.models import User

pytestmark = pytest.mark.django_db

PASSWORD = "Apfelbaum-im-Regen-7"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def petra(db: None) -> User:
    return User.objects.create_user("petra", password=PASSWORD)


def give(user: User, organisation: Organisation, *roles: Role) -> None:
    for role in roles:
        StaffRole.objects.create(organisation=organisation, user=user, role=role.value)


def sign_in(client: Client, **asked: Any) -> str:
    """Sign in by the form; return where that leads."""
    form = {"login": "petra", "password": PASSWORD, **asked}
    return client.post("/konto/login/", form).url


@pytest.mark.parametrize(
    ("kind", "roles", "page"),
    [
        (Kind.SCHOOL, [], "/lernen/"),
        (Kind.SCHOOL, [Role.TEACHER], "/gruppen/"),
        (Kind.SCHOOL, [Role.MANAGER], "/gruppen/"),
        (Kind.ADULTS, [Role.TEACHER], "/gruppen/"),
        (Kind.ADMINISTRATION, [Role.TEACHER], "/gruppen/"),
        (Kind.ADMINISTRATION, [Role.MANAGER], "/gruppen/schulung/{pk}/"),
        (Kind.ADMINISTRATION, [Role.AUDITOR], "/gruppen/pruefung/{pk}/"),
        (Kind.SCHOOL, [Role.AUDITOR], "/gruppen/pruefung/{pk}/"),
        (Kind.ADMINISTRATION, [Role.MANAGER, Role.AUDITOR], "/gruppen/"),
    ],
)
def test_staff_lands_at_work_and_learners_at_their_lessons(
    client: Client, petra: User, kind: Kind, roles: list[Role], page: str
) -> None:
    city = Organisation.objects.create(name="Stadt Hellingen", kind=kind, ceiling=1)
    give(petra, city, *roles)
    assert sign_in(client) == page.format(pk=city.pk)


def test_whoever_works_for_two_chooses(
    client: Client, petra: User, school: Organisation, town_hall: Organisation
) -> None:
    for each in (school, town_hall):
        give(petra, each, Role.AUDITOR)
    assert sign_in(client) == "/gruppen/"


def test_the_page_asked_for_comes_first_and_no_other_site(
    client: Client, petra: User, town_hall: Organisation
) -> None:
    give(petra, town_hall, Role.MANAGER)
    assert sign_in(client, next="/meine-daten/") == "/meine-daten/"
    strange = sign_in(Client(), next="https://boese.example/")
    assert strange == f"/gruppen/schulung/{town_hall.pk}/"


@pytest.mark.parametrize("asked", ["", "/kurse/"])
def test_the_second_step_keeps_where_one_was_going(
    client: Client, petra: User, town_hall: Organisation, asked: str
) -> None:
    give(petra, town_hall, Role.MANAGER)
    TOTP.activate(petra, SECRET)
    step = sign_in(client, **({"next": asked} if asked else {}))
    code = format_hotp_value(hotp_value(SECRET, int(time.time()) // 30))
    landed = client.post(step, {"code": code})
    work = f"/gruppen/schulung/{town_hall.pk}/"
    assert landed.url == (asked or work)
    assert client.get(work).status_code == 200


def test_a_member_of_a_group_and_a_leader_without_a_role_land_as_before(
    client: Client, petra: User, open_group: Any
) -> None:
    group: Group = open_group()
    GroupTeacher.objects.create(group=group, user=petra)
    assert sign_in(client) == "/lernen/"
