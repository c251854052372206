"""Evidence is written once, holds as assigned, and goes when its time is over."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from courses.groups.models import Organisation
from courses.training.evidence import (
    confirm,
    duties_of,
    proof_of,
    valid_until,
    write_evidence,
)
from courses.training.models import (
    Assigned,
    Assignment,
    Employee,
    Evidence,
    Proof,
    Renewal,
)
from courses.training.retention import delete_old_evidence, publish_batches
from courses.training.states import month_at
from learnsite.accounts.order import forget_order
from tests.accounts.test_order import as_they_lie

pytestmark = pytest.mark.django_db
COURSE = UUID(int=7)
Hire = Callable[..., Employee]


def proved(employee: Employee, month: date, **values: object) -> Evidence:
    return Evidence.objects.create(
        employee=employee,
        month=month,
        **{
            "course_key": COURSE,
            "course_title": "Datenschutz",
            "version": "2026-07-01",
            "proof": Proof.TEST,
            "is_visible": True,
            "noted": month,
            **values,
        },
    )


def months_ago(number: int) -> date:
    return month_at(timezone.localdate(), -number)


def write(employee: Employee) -> Evidence:
    return write_evidence(
        employee, COURSE, course_title="Datenschutz", version=date(2026, 7, 1)
    )


def test_another_version_in_the_same_month_is_no_second_evidence(
    clerk: Employee,
) -> None:
    first = write(clerk)
    again = write_evidence(
        clerk, COURSE, course_title="Datenschutz", version=date(2026, 8, 1)
    )
    assert again == first
    assert clerk.evidence.get().version == "2026-07-01"


@pytest.mark.parametrize(
    ("renewal", "months", "month", "end"),
    [
        (Renewal.ONCE, 12, date(2026, 11, 1), None),
        (Renewal.ROLLING, 12, date(2026, 11, 1), date(2027, 11, 30)),
        (Renewal.ROLLING, 3, date(2027, 11, 1), date(2028, 2, 29)),
        (Renewal.ROLLING, 1, date(2026, 12, 1), date(2027, 1, 31)),
        (Renewal.YEARLY, 12, date(2026, 1, 1), date(2026, 12, 31)),
        (Renewal.YEARLY, 12, date(2026, 12, 1), date(2026, 12, 31)),
    ],
)
def test_how_long_evidence_holds(
    renewal: str, months: int, month: date, end: date | None
) -> None:
    assert valid_until(renewal, months, month) == end


def test_evidence_follows_its_assignment_and_is_written_once(
    city: Organisation, clerk: Employee
) -> None:
    Assignment.objects.create(
        organisation=city,
        course_key=COURSE,
        due=date(2027, 1, 31),
        renewal=Renewal.YEARLY,
    )
    write(clerk)
    write(clerk)
    evidence = Evidence.objects.get()
    month = months_ago(0)
    assert (evidence.month, evidence.version) == (month, "2026-07-01")
    assert evidence.valid_until == date(month.year, 12, 31)
    assert not evidence.is_visible


def test_a_confirmed_session_counts_like_a_test_and_never_twice(hire: Hire) -> None:
    people = [hire(str(number)) for number in range(3)]
    proved(people[0], months_ago(0))

    def confirmed() -> int:
        return confirm(
            people,
            COURSE,
            course_title="Datenschutz",
            version=date(2026, 7, 1),
            month=months_ago(0),
            proof=Proof.SESSION,
        )

    assert (confirmed(), confirmed()) == (2, 0)
    assert Evidence.objects.filter(proof=Proof.SESSION).count() == 2


def test_at_night_the_day_is_written_anew(hire: Hire) -> None:
    people = [hire(f"{number:03}") for number in range(40)]
    before = {write(each).pk for each in people}
    assert publish_batches() == 40
    assert not before & set(Evidence.objects.values_list("pk", flat=True))
    assert set(Evidence.objects.values_list("is_visible", flat=True)) == {True}
    assert publish_batches() == 0


def test_where_rows_lie_does_not_tell_who_passed_after_whom(hire: Hire) -> None:
    people = [hire(f"{number:03}") for number in range(40)]
    for each in people:
        write(each)
        publish_batches()  # every night one: the batches are mixed too
    forget_order()
    lying = as_they_lie(Evidence._meta.db_table, "employee_id")
    written = [each.pk for each in people]
    found = [UUID(str(each)) for each in lying]
    assert sorted(found) == sorted(written)
    assert found != written
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(DISTINCT xmin::text) FROM courses_evidence")
            assert cursor.fetchone() == (1,)


@pytest.mark.parametrize(
    ("replaced", "left", "stays"),
    [
        (None, None, True),
        (35, None, True),
        (36, None, False),
        (None, 35, True),
        (None, 36, False),
    ],
)
def test_evidence_stays_until_replaced_and_three_years_more(
    clerk: Employee, replaced: int | None, left: int | None, stays: bool
) -> None:
    old = proved(clerk, months_ago(80))
    if replaced is not None:
        proved(clerk, months_ago(replaced))
    if left is not None:
        Employee.objects.update(left=months_ago(left))
    delete_old_evidence()
    assert Evidence.objects.filter(pk=old.pk).exists() == stays
    assert Employee.objects.exists() == (left is None or stays)


def test_other_courses_do_not_replace_evidence(clerk: Employee) -> None:
    proved(clerk, months_ago(80))
    proved(clerk, months_ago(40), course_key=uuid4())
    assert delete_old_evidence() == 0


def test_who_left_without_evidence_goes(hire: Hire) -> None:
    hire("1", left=months_ago(0))
    stays = hire("2")
    delete_old_evidence()
    assert list(Employee.objects.all()) == [stays]


def test_evidence_written_at_that_moment_keeps_its_owner_for_another_night(
    hire: Hire,
) -> None:
    """Else one test handed in by somebody who had just left would stop the night."""
    leaving = hire("1", left=months_ago(0))
    written: list[Evidence] = []

    def hand_in(execute: Any, sql: str, *args: Any) -> Any:
        found = execute(sql, *args)
        if 'FROM "courses_employee"' in sql and not written:
            written.append(proved(leaving, months_ago(0), is_visible=False))
        return found

    with connection.execute_wrapper(hand_in):
        delete_old_evidence()
    assert list(Employee.objects.all()) == [leaving]
    assert list(Evidence.objects.all()) == written


def test_yearly_training_is_late_only_after_its_day(
    clerk: Employee, city: Organisation
) -> None:
    assignment = Assignment.objects.create(
        organisation=city,
        course_key=COURSE,
        due=date(2026, 3, 31),
        renewal=Renewal.YEARLY,
    )
    Assigned.objects.create(
        assignment=assignment, employee=clerk, unit=clerk.unit, since=date(2026, 1, 1)
    )
    proved(clerk, date(2026, 2, 1), valid_until=date(2026, 12, 31))
    for day, was_due in ((date(2027, 1, 1), False), (date(2027, 4, 1), True)):
        with time_machine.travel(day, tick=False):
            [duty] = duties_of(clerk)
            assert (duty.proof, duty.due) == (None, date(2027, 3, 31))
            assert duty.was_due is was_due


def test_a_run_begun_last_year_proves_this_year_again(
    city: Organisation, clerk: Employee
) -> None:
    assignment = Assignment.objects.create(
        organisation=city, course_key=COURSE, due=date(2026, 6, 30), renewal="yearly"
    )
    hired = date(2026, 1, 1)
    Assigned.objects.create(
        assignment=assignment, employee=clerk, unit=clerk.unit, since=hired
    )
    begun = date(2026, 12, 30)
    row: dict[str, Any] = {"course_title": "Datenschutz", "version": None}
    with time_machine.travel(date(2026, 12, 3), tick=False):
        write_evidence(clerk, COURSE, **row, since=date(2026, 12, 3))

    with time_machine.travel(date(2027, 1, 4), tick=False):
        write_evidence(clerk, COURSE, **row, since=begun)
        write_evidence(clerk, COURSE, **row, since=begun)  # sent again
        proof = proof_of(clerk, COURSE, {COURSE})

    months = clerk.evidence.order_by("month").values_list("month", flat=True)
    assert list(months) == [date(2026, 12, 1), date(2027, 1, 1)]
    assert proof is not None
    assert proof.valid_until == date(2027, 12, 31)


SHORT = date(2026, 11, 26)


def recognise(employee: Employee) -> None:
    """Recognise evidence from elsewhere that ends with the month already."""
    confirm(
        [employee],
        COURSE,
        course_title="Anderswo",
        version=None,
        month=date(2026, 11, 1),
        proof=Proof.RECOGNISED,
        until=SHORT,
    )


@pytest.mark.usefixtures("in_november")
def test_a_test_passed_makes_recognised_evidence_of_the_month_hold_longer(
    clerk: Employee,
) -> None:
    recognise(clerk)

    write(clerk)

    [row] = clerk.evidence.all()
    assert (row.proof, row.version) == (Proof.TEST, "2026-07-01")
    assert row.valid_until is not None
    assert row.valid_until > SHORT


def visible(employee: Employee) -> list[tuple[str, date | None]]:
    """Return kind and last day of the rows that a manager may see."""
    shown = employee.evidence.filter(is_visible=True)
    return list(shown.values_list("proof", "valid_until"))


@pytest.mark.usefixtures("in_november")
def test_what_a_test_makes_longer_is_seen_only_with_the_night(clerk: Employee) -> None:
    """Else a manager could read from the new end, on that day, who has just passed."""
    recognise(clerk)
    publish_batches()

    for _handed_in in (1, 2):
        write_evidence(
            clerk,
            COURSE,
            course_title="Datenschutz",
            version=None,
            since=date(2026, 11, 20),
        )

    assert visible(clerk) == [(Proof.RECOGNISED, SHORT)]
    held = proof_of(clerk, COURSE, {COURSE})
    assert held is not None
    assert held.proof == Proof.TEST
    assert publish_batches() == 1
    assert visible(clerk) == [(Proof.TEST, held.valid_until)]
    assert clerk.evidence.count() == 1


@pytest.mark.usefixtures("in_november")
def test_evidence_that_ends_sooner_replaces_nothing(clerk: Employee) -> None:
    first = write(clerk)
    publish_batches()
    write(clerk)
    recognise(clerk)
    publish_batches()
    assert visible(clerk) == [(Proof.TEST, first.valid_until)]
