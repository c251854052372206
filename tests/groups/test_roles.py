"""Who may do what: the whole matrix, asked of the database."""

from collections.abc import Callable

import pytest

from courses.groups import services
from courses.groups.models import Group, GroupTeacher, Kind, Organisation, StaffRole
from courses.groups.queries import groups_for, organisations_for, role_in
from courses.groups.roles import ALLOWED, Action, Role, may
from learnsite.accounts.models import User

pytestmark = pytest.mark.django_db

EXPECTED = {
    # action: the people who may, in the order of PEOPLE
    Action.SEE_BOARD: "teacher",
    Action.SEE_CONTRACT: "teacher manager auditor member",
    Action.SEE_REGISTER: "manager auditor",
    Action.ASSIGN: "teacher",
    Action.LET_IN: "teacher",
    Action.REMOVE_MEMBER: "teacher",
    Action.END_GROUP: "teacher manager",
    Action.OPEN_GROUP: "teacher manager",
    Action.MANAGE_PEOPLE: "manager",
    Action.RUN_TRAINING: "manager",
    Action.REPORT: "member",
    Action.LEAVE: "member",
}
PEOPLE = (
    "teacher",
    "manager",
    "auditor",
    "member",
    "former member",
    "outsider",
    "colleague without the group",
    "teacher elsewhere",
    "manager elsewhere",
    "auditor elsewhere",
)


@pytest.fixture
def group(open_group: Callable[..., Group]) -> Group:
    return open_group()


@pytest.fixture
def people(group: Group, teacher: User, school: Organisation) -> dict[str, User]:
    elsewhere = Organisation.objects.create(name="Schule am Wald", kind=Kind.SCHOOL)
    found = {
        name: User.objects.create_user(display_name=name)
        for name in PEOPLE
        if name != "teacher"
    }
    found["teacher"] = teacher
    staff = [
        (school, "manager", Role.MANAGER),
        (school, "auditor", Role.AUDITOR),
        (school, "colleague without the group", Role.TEACHER),
        (elsewhere, "teacher elsewhere", Role.TEACHER),
        (elsewhere, "manager elsewhere", Role.MANAGER),
        (elsewhere, "auditor elsewhere", Role.AUDITOR),
    ]
    for organisation, name, role in staff:
        StaffRole.objects.create(
            organisation=organisation, user=found[name], role=role.value
        )
    services.join(group=group, user=found["member"])
    former = services.join(group=group, user=found["former member"])
    services.leave(membership=former)
    return found


@pytest.mark.parametrize("action", Action)
def test_who_may_do_what_with_a_group(
    group: Group, people: dict[str, User], action: Action
) -> None:
    may_do = {n for n, u in people.items() if group in groups_for(u, action)}
    assert may_do == set(EXPECTED[action].split())


@pytest.mark.parametrize("action", [Action.OPEN_GROUP, Action.MANAGE_PEOPLE])
def test_who_may_do_what_with_an_organisation(
    school: Organisation, people: dict[str, User], action: Action
) -> None:
    may_do = {n for n, u in people.items() if school in organisations_for(u, action)}
    expected = {"manager"}
    if action == Action.OPEN_GROUP:
        expected |= {"teacher", "colleague without the group"}
    assert may_do == expected


def test_everybody_has_the_role_that_shows_most(
    group: Group, people: dict[str, User], school: Organisation
) -> None:
    roles = {name: role_in(user, group) for name, user in people.items()}
    for name, role in roles.items():
        assert role == (Role(name) if name in set(Role) else Role.OUTSIDER), name
    GroupTeacher.objects.create(group=group, user=people["manager"])
    assert role_in(people["manager"], group) == Role.TEACHER


def test_the_table_of_permissions_knows_every_role_and_action() -> None:
    assert set(ALLOWED) == set(Role)
    assert {action for actions in ALLOWED.values() for action in actions} == set(Action)
    assert not any(may(Role.OUTSIDER, action) for action in Action)
