"""Who may do what: the whole matrix, asked of the database and of the pages."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from uuid import uuid4

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from courses.groups import services, window
from courses.groups import urls as of_groups
from courses.groups.handing_over import handovers
from courses.groups.levels import Scope, TaskKind, Visibility
from courses.groups.models import Group, GroupTeacher, Kind, Organisation, StaffRole
from courses.groups.queries import groups_for, leaders_of, organisations_for
from courses.groups.roles import ALLOWED, Action, Role, roles_that_may
from courses.groups.services import GroupError
from courses.training import urls as of_training
from learnsite.accounts.models import User
from tests.factories import with_second_factor

from .addresses import Address, guarded, patterns, rows_of

pytestmark = pytest.mark.django_db

BACKEND = "learnsite.accounts.backends.AccountBackend"
EXPECTED = {
    # action: the people who may, in the order of PEOPLE
    Action.SEE_BOARD: "teacher deputy",
    Action.SEE_CONTRACT: "teacher deputy member",
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
    Action.TAKE_PART: "member",
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
    "teacher without role",  # a row of leading the group was left behind
    "outsider",
    "editor",
    "colleague",  # without the group
    "member elsewhere",
    "teacher elsewhere",
    "manager elsewhere",
    "auditor elsewhere",
)


@dataclass(frozen=True)
class Made:
    """Two schools with all their people, made once for the module."""

    group: Group
    people: dict[str, User]
    ids: dict[str, str]


@pytest.fixture(scope="module")
def made(module_rows: DjangoDbBlocker) -> Made:
    with module_rows.unblock():
        school = Organisation.objects.create(name="Gesamtschule", kind=Kind.SCHOOL)
        people = {
            name: User.objects.create_user(username=name.replace(" ", "-"))
            for name in PEOPLE
        }
        group = settle(school, people)
        ending = StaffRole.objects.get(organisation=school, user=people["colleague"])
        member = group.members.get(user=people["member"])
        ids = {**rows_of(school, group, ending), "pk": str(member.pk)}
    return Made(group, people, ids)


@pytest.fixture
def group(made: Made, db: None) -> Group:
    return Group.objects.get(pk=made.group.pk)


@pytest.fixture
def school(group: Group) -> Organisation:
    return group.organisation


@pytest.fixture
def people(made: Made, db: None) -> dict[str, User]:
    return {name: User.objects.get(pk=user.pk) for name, user in made.people.items()}


@pytest.fixture
def ids(made: Made, db: None) -> dict[str, str]:
    return made.ids


def settle(school: Organisation, found: dict[str, User]) -> Group:
    """Give everybody their place, in and around a group, and return the group."""
    elsewhere = Organisation.objects.create(name="Schule am Wald", kind=Kind.SCHOOL)
    User.objects.filter(pk=found["operator"].pk).update(is_superuser=True)
    User.objects.filter(pk=found["editor"].pk).update(is_staff=True)
    staff = [
        (school, "teacher", Role.TEACHER),
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
    group = opened_by(found["teacher"], school, "9b")
    for name in ("deputy", "former teacher", "former manager"):
        GroupTeacher.objects.create(group=group, user=found[name])
    services.remove_staff(staff=rows["former teacher"])
    services.remove_staff(staff=rows["former manager"])
    GroupTeacher.objects.create(group=group, user=found["teacher without role"])
    services.join(group=group, user=found["member"])
    former = services.join(group=group, user=found["former member"])
    services.leave(membership=former)
    theirs = opened_by(found["teacher elsewhere"], elsewhere, "7a")
    services.join(group=theirs, user=found["member elsewhere"])
    return group


def opened_by(teacher: User, organisation: Organisation, title: str) -> Group:
    return services.open_group(
        organisation=organisation,
        teacher=teacher,
        title=title,
        level=Visibility.HELP,
        ends=timezone.localdate() + timedelta(days=90),
        scopes=[(TaskKind.COURSE, Scope(uuid4()))],
    )


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


# --- The same, asked of every address of groups and of training ---

#: What asks for no role: who comes, and why.
OPEN = {
    "groups": "whoever has no role learns how to get one",
    "group_new": "leads back there without a role",
    "trainings": "leads to what one manages, if anything",
    "dates": "the public list of evening courses",
    "feed": "opened by its secret address",
    "rooms": "anybody signed in opens a room, for four hours",
    "room": "whoever opened the room",
    "room_lead_state": "whoever opened the room",
    "room_choose": "whoever opened the room",
    "room_run": "whoever opened the room",
    "room_poll": "whoever opened the room",
    "room_show": "whoever opened the room",
    "room_close": "whoever opened the room",
}
#: Where a card is reissued, what was answered last goes; nothing of it is read.
FORGETS = {"group_card_renew", "group_cards_renew"}
#: The tables of what somebody has learned.
LEARNED = {
    model._meta.db_table
    for model in apps.get_models()
    if model.__module__.startswith(
        ("courses.progress", "courses.review", "courses.certificates")
    )
}
ADDRESSES = guarded()
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


def test_each_address_of_groups_and_training_is_asked_or_open_for_a_reason() -> None:
    there = {
        str(each.name)
        for each in patterns()
        if each in [*of_groups.urlpatterns, *of_training.urlpatterns]
        or str(each.pattern).startswith("gruppen/")
    }
    asked = {each.name for each in ADDRESSES}
    assert there - asked == set(OPEN)
    assert not asked & set(OPEN)
    # Each says whose it is first; the rows that it names beside that are known.
    first = {each.arguments[0] for each in ADDRESSES}
    assert first == {"group_id", "organisation_id", "pk"}
    beside = {name for each in ADDRESSES for name in each.arguments[1:]}
    assert beside == {
        "staff_id", "task_id", "meeting_id", "message_id", "member_id",
        "unit_id", "employee_id", "assignment_id", "slug",
    }  # fmt: skip


def whom(address: Address) -> set[str]:
    """Return who may open an address."""
    if address.arguments[0] == "organisation_id":
        return of_organisation(address.action)
    return set(EXPECTED[address.action].split())


def answers(client: Client, path: str) -> Iterator[tuple[str, int, list[str]]]:
    """Yield method, status and writes of each way to ask; nothing of it stays."""
    for method, status, asked in asked_of(client, path):
        yield method, status, [sql for sql in asked if sql.startswith(WRITES)]


def asked_of(client: Client, path: str) -> Iterator[tuple[str, int, list[str]]]:
    """Yield method, status and statements of each way to ask; nothing of it stays."""
    for method in ("get", "post"):
        with transaction.atomic(), CaptureQueriesContext(connection) as asked:
            status = getattr(client, method)(path).status_code
            transaction.set_rollback(True)
        if status != 405:
            yield method, status, [q["sql"] for q in asked]


def about_learning(statements: list[str]) -> list[str]:
    """Return the statements that touch what somebody has learned."""
    return [sql for sql in statements if any(f'"{name}"' in sql for name in LEARNED)]


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


@pytest.mark.parametrize("name", PEOPLE)
def test_each_address_opens_for_whom_the_table_says_and_writes_for_nobody_else(
    people: dict[str, User], ids: dict[str, str], name: str
) -> None:
    client = signed_in(with_second_factor(people[name]))
    for address in ADDRESSES:
        found = list(asked_of(client, address.path(ids)))
        assert found, address
        for method, status, asked in found:
            written = [sql for sql in asked if sql.startswith(WRITES)]
            about = (name, method, address.name, status, written)
            if name in whom(address):
                assert status < 400 or status == 422, about
            else:
                assert (status, written) == (404, []), about
            learned = about_learning(asked)
            if name != "member" and address.name in FORGETS and method == "post":
                learned = [sql for sql in learned if not sql.startswith("UPDATE")]
            assert name == "member" or not learned, (name, address.name, learned)


def test_nobody_opens_one_without_signing_in(ids: dict[str, str]) -> None:
    for address in ADDRESSES:
        path = address.path(ids)
        for method, status, written in answers(Client(), path):
            assert (status, written) == (302, []), (method, address.name)


@pytest.mark.parametrize("name", ["teacher", "manager", "auditor", "operator"])
def test_without_a_second_factor_no_role_opens_one(
    people: dict[str, User], ids: dict[str, str], name: str
) -> None:
    client = signed_in(people[name])
    opened = [address for address in ADDRESSES if name in whom(address)]
    assert opened
    for address in opened:
        for method, status, written in answers(client, address.path(ids)):
            # The page says where it leads back to, in the session.
            ours = [sql for sql in written if "accounts_session" not in sql]
            assert (status, ours) == (403, []), (method, address.name)


def test_the_table_of_permissions_knows_every_role_and_action() -> None:
    assert set(ALLOWED) == set(Role)
    assert {action for actions in ALLOWED.values() for action in actions} == set(Action)
    assert not ALLOWED[Role.OUTSIDER]


@pytest.mark.parametrize("action", Action)
def test_each_action_is_asked_by_a_view(action: Action) -> None:
    """What nobody asks would be a permission on paper only."""
    assert action.name in {name for path in VIEWS for name in actions_in(path)}


VIEWS = sorted(settings.BASE_DIR.glob("courses/*/views/*.py"))


@cache
def actions_in(module: Path) -> frozenset[str]:
    """Return the actions that the code of a module names; its comments ask nothing."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    return frozenset(
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "Action"
    )


def test_a_contract_is_read_by_whom_the_table_says_when_nobody_can_join(
    group: Group, people: dict[str, User]
) -> None:
    window.close_window(group)
    path = reverse("group_preview", args=[group.code])
    assert Client().get(path).status_code == 403
    may = who(people, lambda user: signed_in(user).get(path).status_code == 200)
    assert may == set(EXPECTED[Action.SEE_CONTRACT].split())


def test_a_group_has_no_leader_without_a_role(
    group: Group, people: dict[str, User]
) -> None:
    """Not by mail, not as the one who stays, not as the one who takes over."""
    assert set(leaders_of(group)) == {people["teacher"], people["deputy"]}
    StaffRole.objects.filter(user__in=[people["teacher"], people["deputy"]]).delete()
    assert leaders_of(group) == [people["manager"]]
    StaffRole.objects.create(
        organisation=group.organisation,
        user=people["teacher"],
        role=Role.TEACHER.value,
    )
    leading = GroupTeacher.objects.get(group=group, user=people["teacher"])
    with pytest.raises(GroupError):
        services.remove_deputy(teacher=leading)
    [handover] = handovers(
        user=people["teacher"], organisation_id=group.organisation_id
    )
    assert handover.leaders == (people["manager"],)
