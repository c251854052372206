"""Who may do what: the whole matrix, asked of the database and of the pages."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from courses.groups import services
from courses.groups.models import Group, GroupTeacher, Kind, Organisation, StaffRole
from courses.groups.queries import groups_for, organisations_for
from courses.groups.roles import ALLOWED, Action, Role, roles_that_may
from learnsite.accounts.models import User
from tests.factories import with_second_factor

pytestmark = pytest.mark.django_db

BACKEND = "learnsite.accounts.backends.AccountBackend"
EXPECTED = {
    # action: the people who may, in the order of PEOPLE
    Action.SEE_BOARD: "teacher deputy",
    Action.SEE_CONTRACT: "teacher deputy manager auditor member",
    Action.SEE_REGISTER: "manager auditor",
    Action.ASSIGN: "teacher deputy",
    Action.ASK: "teacher deputy",
    Action.LET_IN: "teacher deputy",
    Action.SET_DATES: "teacher deputy",
    Action.ANNOUNCE: "teacher deputy",
    Action.REMOVE_MEMBER: "teacher deputy",
    Action.END_GROUP: "teacher deputy manager",
    Action.OPEN_GROUP: "teacher deputy manager",
    Action.MANAGE_PEOPLE: "manager operator",
    Action.NAME_DEPUTIES: "manager operator",
    Action.RUN_TRAINING: "manager",
    Action.CONFIRM: "teacher deputy manager",
    Action.SEE_DUE: "manager",
    Action.AUDIT: "manager auditor",
    Action.REPORT: "member",
    Action.LEAVE: "member",
}
PEOPLE = (
    "teacher",
    "deputy",
    "manager",
    "auditor",
    "operator",
    "member",
    "former member",
    "former teacher",
    "former manager",
    "outsider",
    "editor",
    "colleague",  # without the group
    "member elsewhere",
    "teacher elsewhere",
    "manager elsewhere",
    "auditor elsewhere",
)


@pytest.fixture
def group(open_group: Callable[..., Group]) -> Group:
    return open_group()


@pytest.fixture
def people(
    group: Group,
    teacher: User,
    school: Organisation,
    open_group: Callable[..., Group],
) -> dict[str, User]:
    elsewhere = Organisation.objects.create(name="Schule am Wald", kind=Kind.SCHOOL)
    found = {
        name: User.objects.create_user(username=name.replace(" ", "-"))
        for name in PEOPLE
        if name != "teacher"
    }
    found["teacher"] = teacher
    User.objects.filter(pk=found["operator"].pk).update(is_superuser=True)
    User.objects.filter(pk=found["editor"].pk).update(is_staff=True)
    staff = [
        (school, "deputy", Role.TEACHER),
        (school, "manager", Role.MANAGER),
        (school, "auditor", Role.AUDITOR),
        (school, "colleague", Role.TEACHER),
        (school, "former teacher", Role.TEACHER),
        (school, "former manager", Role.MANAGER),
        (elsewhere, "teacher elsewhere", Role.TEACHER),
        (elsewhere, "manager elsewhere", Role.MANAGER),
        (elsewhere, "auditor elsewhere", Role.AUDITOR),
    ]
    rows = {
        name: StaffRole.objects.create(
            organisation=organisation, user=found[name], role=role.value
        )
        for organisation, name, role in staff
    }
    for name in ("deputy", "former teacher", "former manager"):
        GroupTeacher.objects.create(group=group, user=found[name])
    services.remove_staff(staff=rows["former teacher"])
    services.remove_staff(staff=rows["former manager"])
    services.join(group=group, user=found["member"])
    former = services.join(group=group, user=found["former member"])
    services.leave(membership=former)
    theirs = open_group(
        organisation=elsewhere, teacher=found["teacher elsewhere"], title="7a"
    )
    services.join(group=theirs, user=found["member elsewhere"])
    return {name: User.objects.get(pk=user.pk) for name, user in found.items()}


@pytest.mark.parametrize("action", Action)
def test_who_may_do_what_with_a_group(
    group: Group, people: dict[str, User], action: Action
) -> None:
    may_do = who(people, lambda user: group in groups_for(user, action))
    assert may_do == set(EXPECTED[action].split())


@pytest.mark.parametrize(
    "action", [Action.OPEN_GROUP, Action.MANAGE_PEOPLE, Action.CONFIRM]
)
def test_who_may_do_what_with_an_organisation(
    school: Organisation, people: dict[str, User], action: Action
) -> None:
    may_do = who(people, lambda user: school in organisations_for(user, action))
    assert may_do == of_organisation(action)


def of_organisation(action: Action) -> set[str]:
    """Return who may do something for an organisation: teachers without a group too."""
    expected = set(EXPECTED[action].split())
    if Role.TEACHER in roles_that_may(action):
        expected.add("colleague")
    return expected


def who(people: dict[str, User], may: Callable[[User], bool]) -> set[str]:
    """Return the names of those who may."""
    return {name for name, user in people.items() if may(user)}


# --- The same, asked of every page of a group and of an organisation ---


def pages(argument: str) -> dict[str, Action]:
    """Return the addresses that have this argument alone, with what they ask for."""
    return {
        str(pattern.name): pattern.callback.action
        for pattern in _patterns(get_resolver().url_patterns)
        if list(pattern.pattern.converters) == [argument]
    }


def _patterns(found: list[Any]) -> Iterator[URLPattern]:
    for each in found:
        if isinstance(each, URLResolver):
            yield from _patterns(each.url_patterns)
        else:
            yield each


def status(client: Client, path: str) -> int:
    """Return what a page answers; where it takes no GET, to an empty form."""
    found = client.get(path)
    if found.status_code == 405:
        found = client.post(path)
    return found.status_code


def browsers(people: dict[str, User]) -> Iterator[tuple[str, Client]]:
    for name, user in people.items():
        client = Client()
        client.force_login(with_second_factor(user), backend=BACKEND)
        yield name, client


def test_every_page_of_a_group_opens_for_whom_the_table_says(
    group: Group, people: dict[str, User]
) -> None:
    found = pages("group_id")
    assert {"group", "group_end", "group_leaders"} <= set(found)
    for name, client in browsers(people):
        for page, action in found.items():
            may = name in EXPECTED[action].split()
            answer = status(client, reverse(page, args=[group.pk]))
            assert (answer < 400 or answer == 422) if may else answer == 404, (
                name, page, answer,
            )  # fmt: skip


def test_every_page_of_an_organisation_opens_for_whom_the_table_says(
    school: Organisation, people: dict[str, User]
) -> None:
    for name, client in browsers(people):
        for page, action in pages("organisation_id").items():
            may = name in of_organisation(action)
            answer = status(client, reverse(page, args=[school.pk]))
            assert (answer < 400 or answer == 422) if may else answer == 404, (
                name, page, answer,
            )  # fmt: skip


def test_without_a_second_factor_or_an_account_none_of_them_opens(
    group: Group, people: dict[str, User]
) -> None:
    for page, action in pages("group_id").items():
        path = reverse(page, args=[group.pk])
        assert status(Client(), path) == 302
        for name in EXPECTED[action].split():
            client = Client()
            client.force_login(people[name], backend=BACKEND)
            assert status(client, path) == 403, (name, page)


def test_the_table_of_permissions_knows_every_role_and_action() -> None:
    assert set(ALLOWED) == set(Role)
    assert {action for actions in ALLOWED.values() for action in actions} == set(Action)
    assert not ALLOWED[Role.OUTSIDER]
