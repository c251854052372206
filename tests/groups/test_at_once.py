"""Two come at the same moment, each in a transaction of their own.

Elsewhere each test is one transaction, in which nobody ever waits. Only PostgreSQL lets
several in at once: there, the row of the group has to be locked.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from courses.groups import services, tasks
from courses.groups.levels import Scope, TaskKind, Visibility
from courses.groups.models import Group, Kind, Organisation, StaffRole
from courses.groups.queries import with_cards
from courses.groups.roles import Role
from courses.groups.services import GroupError
from courses.player.reissuing import CardsChanged, renew_cards
from courses.training.models import Assigned, Assignment, Employee, Unit
from courses.training.services import TrainingError, change_unit, defer
from learnsite.accounts.issuing import new_token
from learnsite.accounts.models import User

TOGETHER = 8


def at_once(act: Callable[[], Any], *, times: int = TOGETHER) -> list[Any]:
    """Do something in as many threads, begun together; return what each returned."""
    ready = Barrier(times, timeout=20)

    def each(_number: int) -> Any:
        try:
            ready.wait()
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(each, range(times)))


@pytest.fixture
def group(commits: None) -> Iterator[Group]:
    """A class as every connection sees it: its rows are written, and removed again."""
    school = Organisation.objects.create(name="Schule Hellingen", kind=Kind.SCHOOL)
    tom = User.objects.create_user(username="tom")
    StaffRole.objects.create(organisation=school, user=tom, role=Role.TEACHER.value)
    yield services.open_group(
        organisation=school,
        teacher=tom,
        title="9b",
        level=Visibility.HELP,
        ends=timezone.localdate() + timedelta(days=9),
        scopes=[],
    )
    Group.objects.all().delete()
    User.objects.all().delete()
    school.delete()


@pytest.fixture
def assigned(commits: None) -> Iterator[tuple[Assignment, Employee]]:
    """A clerk to whom a course is assigned, as every connection sees her."""
    city = Organisation.objects.create(
        name="Stadt Hellingen",
        kind=Kind.ADMINISTRATION,
        ceiling=Visibility.COMPLETED,
    )
    unit = Unit.objects.create(organisation=city, name="Bürgerbüro")
    kim = Employee.objects.create(
        organisation=city, unit=unit, reference="1", name="Kim Ackermann"
    )
    assignment = Assignment.objects.create(
        organisation=city, course_key=uuid4(), due=date(2027, 1, 1)
    )
    Assigned.objects.create(
        assignment=assignment, employee=kim, unit=unit, since=date(2026, 1, 1)
    )
    yield assignment, kim
    Assigned.objects.all().delete()
    assignment.delete()
    kim.delete()
    Unit.objects.update(parent=None)
    Unit.objects.all().delete()
    city.delete()


def test_all_who_take_the_next_free_number_get_one_each(group: Group) -> None:
    numbers = at_once(
        lambda: services.join_anew(group=group, token=new_token())[2].number
    )
    assert sorted(numbers) == list(range(1, TOGETHER + 1))


def test_of_those_who_come_at_once_none_is_more_than_the_seats(group: Group) -> None:
    Group.objects.update(seats=3)
    group.refresh_from_db()

    def join() -> str:
        try:
            services.join_anew(group=group, token=new_token())
        except GroupError as error:
            return error.reason
        return "in"

    said = at_once(join)
    assert sorted(said) == [GroupError.FULL] * (TOGETHER - 3) + ["in"] * 3
    assert group.members.count() == 3


@pytest.mark.parametrize("number", [None, 7])
def test_one_form_that_comes_several_times_at_once_takes_one_seat(
    group: Group, number: int | None
) -> None:
    Group.objects.update(seats=1)
    group.refresh_from_db()
    token = new_token()
    let_in = at_once(
        lambda: services.join_anew(group=group, token=token, number=number)
    )
    member = group.members.get()
    assert member.number == (number or 1)
    assert {each[2] for each in let_in} == {member}
    assert {each[0] for each in let_in} == {member.user}
    assert len({each[1] for each in let_in}) == 1
    assert {each[0].display_name for each in let_in} == {member.pseudonym}


def test_a_task_added_several_times_at_once_stands_once(group: Group) -> None:
    scope = Scope(uuid4())

    def add() -> bool:
        try:
            tasks.add_task(group=group, kind=TaskKind.COURSE, scope=scope)
        except GroupError:
            return False
        return True

    assert sorted(at_once(add, times=4)) == [False, False, False, True]
    assert group.tasks.count() == 1


def test_setting_back_sent_several_times_at_once_is_done_once(
    assigned: tuple[Assignment, Employee],
) -> None:
    assignment, kim = assigned
    at_once(lambda: defer(assignment, [kim], deferred=True), times=4)
    ended, now = assignment.assigned.order_by("since")
    assert (ended.is_deferred, now.is_deferred) == (False, True)
    assert (ended.until, now.until) == (now.since, None)


def test_of_those_who_renew_all_cards_at_once_one_gets_them(group: Group) -> None:
    services.add_cards(group=group, numbers=[1, 2])
    mark = services.mark_of_cards(with_cards(group))

    def renew() -> int:
        try:
            return len(renew_cards(group=group, mark=mark))
        except CardsChanged:
            return 0

    assert sorted(at_once(renew, times=4)) == [0, 0, 0, 2]


def test_units_hung_below_each_other_at_once_close_no_circle(
    assigned: tuple[Assignment, Employee],
) -> None:
    office = assigned[1].unit
    archive = Unit.objects.create(organisation=office.organisation, name="Archiv")
    ways = iter([(office, archive), (archive, office)])

    def hang() -> bool:
        unit, parent = next(ways)
        try:
            change_unit(unit, name=unit.name, parent=parent)
        except TrainingError:
            return False
        return True

    assert sorted(at_once(hang, times=2)) == [False, True]
    assert Unit.objects.filter(parent=None).count() == 1
