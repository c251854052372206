"""Ids of another organisation, of another group, of another person open nothing.

In each address that names more than one thing the first is one's own and another is
somebody else's. Nothing of it is found, and no row changes.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import URLPattern, reverse
from django.utils import timezone

from courses.groups import services
from courses.groups.models import (
    Group,
    GroupTeacher,
    Kind,
    Membership,
    Organisation,
    StaffRole,
)
from courses.groups.roles import Role
from courses.groups.urls import MEMBER
from courses.training.invitations import state_of
from courses.training.models import Employee, Unit
from learnsite.accounts.models import User
from tests.factories import lesson, world

from .addresses import Address, guarded, patterns, rows_of
from .test_views import browser_of

pytestmark = pytest.mark.django_db

#: Texts that everybody has: nobody's.
SHARED = {"slug"}
#: What the buttons and forms of these pages send, beside the ids of their address.
FILLED = {"do": "close", "leave": "yes", "withdraw": "yes", "reason": "Krank"}
#: What assigning a course asks for, beside the people.
COURSE = {
    "course": "{course}",
    "due": "{due}",
    "renewal": "once",
    "valid_months": "12",
    "confirm": "yes",
}
OURS = ("courses.groups", "courses.training", "learnsite.accounts")
Ids = dict[str, str]


def mixtures() -> Iterator[Any]:
    """Yield each address with the one id that is to be somebody else's."""
    for address in guarded():
        for name in address.arguments[1:]:
            if name not in SHARED:
                yield pytest.param(address, name, id=f"{address.name}-{name}")


MIXTURES = list(mixtures())
OF_GROUPS = [each for each in MIXTURES if each.values[0].arguments[0] == "group_id"]


@pytest.fixture
def everything(school: Organisation, teacher: User) -> User:
    """Return somebody with all roles in the one organisation."""
    for role in (Role.MANAGER, Role.AUDITOR):
        StaffRole.objects.create(organisation=school, user=teacher, role=role.value)
    return teacher


@pytest.fixture
def desk(everything: User) -> Client:
    return browser_of(everything)


@pytest.fixture
def ours(school: Organisation, open_group: Callable[..., Group]) -> Ids:
    colleague = User.objects.create_user(username="kollege")
    ending = services.add_staff(
        organisation=school, username="kollege", role=Role.TEACHER
    )
    group = open_group()
    GroupTeacher.objects.create(group=group, user=colleague)
    return rows_of(school, group, ending)


@pytest.fixture
def theirs(open_group: Callable[..., Group]) -> Ids:
    other = Organisation.objects.create(name="Schule am Wald", kind=Kind.SCHOOL)
    for name in ("wanda", "wilma"):
        User.objects.create_user(username=name)
    lead, ending = (
        services.add_staff(organisation=other, username=name, role=Role.TEACHER)
        for name in ("wanda", "wilma")
    )
    group = open_group(organisation=other, teacher=lead.user, title="7a")
    GroupTeacher.objects.create(group=group, user=ending.user)
    return rows_of(other, group, ending, reference="4712", unit="Waldamt")


@pytest.fixture
def parallel(ours: Ids, school: Organisation, open_group: Callable[..., Group]) -> Ids:
    """Return the ids of another group that the same person leads."""
    ending = StaffRole.objects.get(pk=ours["staff_id"])
    group = open_group(title="9c")
    return rows_of(school, group, ending, reference="4713", unit="Standesamt")


def everything_stored() -> dict[str, list[Any]]:
    """Return every row of groups, training and accounts, but for sessions."""
    return {
        model._meta.label: sorted(map(repr, model._base_manager.values()))
        for model in apps.get_models()
        if model.__module__.startswith(OURS) and "session" not in model._meta.db_table
    }


def test_there_is_an_address_with_each_kind_of_row() -> None:
    found = [each.id for each in MIXTURES]
    assert len(found) == len(set(found))
    assert {each.values[1] for each in MIXTURES} == {
        "staff_id", "task_id", "meeting_id", "message_id", "member_id",
        "unit_id", "employee_id", "assignment_id",
    }  # fmt: skip


@pytest.mark.parametrize(("address", "name"), MIXTURES)
def test_a_row_of_another_organisation_is_not_found_behind_ones_own(
    desk: Client, ours: Ids, theirs: Ids, address: Address, name: str
) -> None:
    is_refused(desk, address.path({**ours, name: theirs[name]}), said_by(address))


@pytest.mark.parametrize(("address", "name"), OF_GROUPS)
def test_a_row_of_another_group_is_not_found_behind_ones_own(
    desk: Client, ours: Ids, parallel: Ids, address: Address, name: str
) -> None:
    is_refused(desk, address.path({**ours, name: parallel[name]}), said_by(address))


#: Here somebody else's id is told from one that is gone by nothing: both lead back.
LEADS_BACK = {"group_message_withdraw"}


def said_by(address: Address) -> int:
    """Return the status that says that there is nothing."""
    return 302 if address.name in LEADS_BACK else 404


def is_refused(desk: Client, path: str, status: int = 404) -> None:
    """Assert that neither way of asking finds something or changes a row."""
    before = everything_stored()
    answers = desk.get(path).status_code, desk.post(path, FILLED).status_code
    allowed = {each for each in answers if each != 405}
    assert allowed == {status}
    assert everything_stored() == before


# --- Ids that a form sends ---

#: What is done: the address it is sent to, and what the form names.
FORMS: dict[str, tuple[str, dict[str, str]]] = {
    "members are taken out": ("group_remove", {"member": "{member_id}"}),
    "a leader is taken out": ("group_leaders", {"remove": "{leader}"}),
    "people are deferred": (
        "training_assignment",
        {"person": "{employee_id}", "defer": "yes"},
    ),
    "a course is withdrawn": (
        "training_assignment",
        {"person": "{employee_id}", "withdraw": "yes"},
    ),
    "cards are printed": (
        "training_cards",
        {"person": "{employee_id}", "seen": "{seen}"},
    ),
    "a session is confirmed": (
        "training_confirm",
        {
            "person": "{employee_id}",
            "proof": "session",
            "month": "{month}",
            "number": "1",
            "confirm": "yes",
        },
    ),
    "a person is moved": (
        "training_person",
        {"name": "Aylin Yıldız", "email": "", "unit": "{other_unit}"},
    ),
    "a unit is hung below": (
        "training_unit",
        {"name": "Bürgerbüro", "parent": "{other_unit}"},
    ),
    "units are to take a course": (
        "training_assign",
        {"whom": "units", "units": "{unit_id}", **COURSE},
    ),
    "people are to take a course": (
        "training_assign",
        {"whom": "list", "references": "{reference}", **COURSE},
    ),
}


def sent(form: str, ours: Ids, named: Ids) -> tuple[str, dict[str, str]]:
    """Return address and content of a form of ours that names somebody's rows."""
    name, values = FORMS[form]
    [address] = [each for each in guarded() if each.name == name]
    course = world().course()
    lesson(course)
    today = timezone.localdate()
    known = {
        "leader": GroupTeacher.objects.filter(group=named["group_id"]).last().pk,
        "seen": state_of([Employee.objects.get(pk=ours["employee_id"])]),
        "month": today.replace(day=1),
        "reference": Employee.objects.get(pk=named["employee_id"]).reference,
        "other_unit": Unit.objects.create(
            organisation_id=named["organisation_id"], name="Archiv"
        ).pk,
        "course": course.translation_key,
        "due": today + timedelta(days=30),
        **named,
    }
    data = {key: value.format(**known) for key, value in values.items()}
    return address.path(ours), data


@pytest.mark.parametrize("form", FORMS)
def test_a_form_that_names_a_row_of_another_organisation_changes_nothing(
    desk: Client, ours: Ids, theirs: Ids, form: str
) -> None:
    path, data = sent(form, ours, theirs)
    before = everything_stored()
    answer = desk.post(path, data)
    assert answer.status_code in (302, 422)
    assert everything_stored() == before
    page = desk.get(answer.url) if answer.status_code == 302 else answer
    said = [str(each) for each in page.context["messages"]]
    assert not any(each.startswith("1 ") for each in said)  # as if one had been meant


@pytest.mark.parametrize("form", FORMS)
def test_with_a_row_of_ones_own_the_same_form_does_something(
    desk: Client, ours: Ids, form: str
) -> None:
    path, data = sent(form, ours, ours)
    before = everything_stored()
    desk.post(path, data)
    assert everything_stored() != before


def test_the_number_on_a_card_is_looked_for_in_ones_own_group(
    desk: Client, ours: Ids, theirs: Ids
) -> None:
    Membership.objects.filter(pk=theirs["member_id"]).update(number=31)
    path = reverse("group_card_find", args=[ours["group_id"]])
    assert ours["member_id"] in desk.get(path, {"nummer": "30"}).url
    members = reverse("group_members", args=[ours["group_id"]])
    assert desk.get(path, {"nummer": "31"}).url == members


def test_a_group_is_opened_for_ones_own_organisation_whatever_the_form_names(
    desk: Client, ours: Ids, theirs: Ids
) -> None:
    lesson(world().course())
    page = desk.get(reverse("group_new"), {"organisation": theirs["organisation_id"]})
    assert str(page.context["organisation"].pk) == ours["organisation_id"]


# --- What belongs to one member ---

OF_MEMBERS = [each for each in patterns() if str(each.pattern).startswith(MEMBER)]


@pytest.mark.parametrize("pattern", OF_MEMBERS, ids=lambda each: each.name)
@pytest.mark.parametrize("who", ["everything", "lena"])
def test_a_membership_opens_for_its_member_alone(
    request: pytest.FixtureRequest, ours: Ids, who: str, pattern: URLPattern
) -> None:
    """Neither for another member nor for whoever has all roles in the organisation."""
    somebody = request.getfixturevalue(who)
    group = Group.objects.get(pk=ours["group_id"])
    if who == "lena":
        services.join(group=group, user=somebody)
    path = reverse(str(pattern.name), args=[ours["member_id"]])
    is_refused(browser_of(somebody), path)
