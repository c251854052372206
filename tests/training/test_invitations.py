"""A secret opens one employee's invitation, until the next one is made."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.training import invitations
from courses.training.models import Employee, EmployeeAccess

pytestmark = pytest.mark.django_db


def test_a_secret_opens_the_invitation_as_it_is_typed(clerk: Employee) -> None:
    secret = invitations.invite([clerk])[clerk]
    shown = invitations.written(secret)
    for typed in (shown, shown.lower(), secret, f" {shown.replace('-', ' ')} "):
        assert invitations.employee_of_invitation(typed) == clerk


@pytest.mark.parametrize("typed", ["", "#", "ABC", "AEIO-UAEI-OUAE", "0" * 400])
def test_what_cannot_be_a_secret_opens_nothing(clerk: Employee, typed: str) -> None:
    invitations.invite([clerk])
    assert invitations.employee_of_invitation(typed) is None


def test_a_new_secret_ends_the_old_one(clerk: Employee) -> None:
    old = invitations.invite([clerk])[clerk]
    new = invitations.invite([clerk])[clerk]
    assert invitations.employee_of_invitation(old) is None
    assert invitations.employee_of_invitation(new) == clerk


def test_an_invitation_ends_when_somebody_leaves(clerk: Employee) -> None:
    secret = invitations.invite([clerk])[clerk]
    Employee.objects.update(left=date(2026, 11, 1))
    assert invitations.employee_of_invitation(secret) is None


def test_no_row_holds_a_secret(clerk: Employee) -> None:
    secret = invitations.invite([clerk])[clerk]
    row = Employee.objects.values().get()
    assert not [value for value in row.values() if secret in str(value)]


def test_three_hundred_people_take_two_statements(
    hire: Callable[..., Employee],
) -> None:
    people = [hire(str(number)) for number in range(300)]
    with CaptureQueriesContext(
        connection,
    ) as queries:
        made = invitations.invite(people)
    assert len([q for q in queries if q["sql"].startswith("UPDATE")]) == 2
    assert len(set(made.values())) == 300
    last = people[-1]
    assert invitations.employee_of_invitation(made[last]) == last


def test_a_second_card_of_a_day_writes_no_second_entry(
    hire: Callable[..., Employee],
) -> None:
    people = [hire("1"), hire("2")]
    invitations.invite(people[:1])
    with CaptureQueriesContext(connection) as queries:
        invitations.invite(people)
        invitations.invite(people)
    entries = EmployeeAccess.objects.values_list("employee__reference", "role")
    assert sorted(entries) == [("1", "invitation"), ("2", "invitation")]
    table = 'INTO "courses_employeeaccess"'
    written = [q["sql"] for q in queries if table in q["sql"]]
    assert len(written) == 1  # for whom no entry of the day was there
