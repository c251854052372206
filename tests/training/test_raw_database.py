"""Not even the raw database joins a person to scores, answers or days (journey 9)."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client, override_settings
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from courses.certificates.services import issue, prepared_certificate
from courses.groups.levels import Visibility
from courses.groups.models import Kind, Organisation
from courses.models import Attempt, CoursePage, FinalTest
from courses.training.models import (
    Assigned,
    Assignment,
    Employee,
    Evidence,
    Proof,
    Unit,
)
from courses.training.reminders import send_reminders
from courses.training.states import month_at
from learnsite.accounts import services
from learnsite.accounts.models import User
from tests.factories import (
    GOALS,
    final_test,
    fresh,
    lesson,
    multiple_choice,
    single_choice,
    text,
    world,
)
from tests.training.raw_database import Reader, pairs_by_order
from tests.training.test_proving import PROOF, answer_all, hand_in, open_invitation

pytestmark = pytest.mark.django_db

#: Each learns under an account, then proves it; more than the crowd that hides one.
WITH_ACCOUNT = 16
VISITORS = 4
HALF_WAY = 10
#: That so many of sixteen are paired rightly by chance: once in a thousand million.
TOO_MANY = 12
CHECK = f"{PROOF}auffrischung/"
BACKEND = "learnsite.accounts.backends.LearningKeyBackend"
OWN_TABLES = {
    "courses_employee",
    "courses_employeeaccess",
    "courses_assigned",
    "courses_evidence",
}


@pytest.fixture(scope="module")
def published(module_rows: DjangoDbBlocker) -> CoursePage:
    with module_rows.unblock():
        course = world().course(goals=GOALS, as_of=date(2026, 7, 1))
        body = [text(), single_choice(), multiple_choice()]
        lesson(course, body=body, goals=["erkennen", "handeln"])
        final_test(course)
    return course


@dataclass
class People:
    """Employees with their learning accounts, as only this test knows them."""

    employees: list[Employee]
    accounts: list[User]

    @property
    def pairs(self) -> tuple[list[str], list[str]]:
        """The ids of those who learned under an account, pairwise."""
        employees = self.employees[: len(self.accounts)]
        return [e.pk.hex for e in employees], [a.pk.hex for a in self.accounts]


@pytest.fixture(scope="module")
def learned(
    published: CoursePage,
    module_rows: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[People]:
    """Let people learn, once for the module."""
    tombstones = str(tmp_path_factory.mktemp("people") / "tombstones")
    with override_settings(TOMBSTONES=tombstones):
        with module_rows.unblock():
            found = all_have_learned(fresh(published))
        yield found


@pytest.fixture
def people(learned: People, db: None) -> People:
    return People(
        [fresh(each) for each in learned.employees],
        [fresh(each) for each in learned.accounts],
    )


def all_have_learned(course: CoursePage) -> People:
    """Let employees learn and prove it, one after another; half way reminders go.

    Every other one had evidence that ran out, and passes the entry check of a renewal.
    """
    city = Organisation.objects.create(
        name="Stadt Hellingen", kind=Kind.ADMINISTRATION, ceiling=Visibility.COMPLETED
    )
    office = Unit.objects.create(organisation=city, name="Bürgerbüro")
    hired = [
        Employee.objects.create(
            organisation=city,
            unit=office,
            reference=f"PN-{place:03}",
            name=f"Person {place:03}",
            email=f"p{place}@x.example",
        )
        for place in range(WITH_ACCOUNT + VISITORS)
    ]
    # The order of the list is that of names, not of learning.
    Random(5).shuffle(hired)
    assign(city, course, hired)
    renewing = hired[::2]
    ran_out(course, renewing)
    found = People(hired, [])
    for place, employee in enumerate(hired):
        if place == HALF_WAY:
            assert send_reminders() == len(hired) - HALF_WAY
        client = Client(headers={"Sec-Fetch-Site": "same-origin"})
        if place < WITH_ACCOUNT:
            user, _words = services.issue_learning_key()
            client.force_login(user, BACKEND)
            found.accounts.append(user)
        learn(client, place)
        open_invitation(client, employee)
        where = CHECK if employee in renewing else PROOF
        answer_all(client, "1", where)
        hand_in(client, where)
        take_certificate(employee)
    assert Evidence.objects.filter(is_visible=False).count() == len(hired)
    return found


def assign(city: Organisation, course: CoursePage, people: list[Employee]) -> None:
    assignment = Assignment.objects.create(
        organisation=city,
        course_key=course.translation_key,
        due=timezone.localdate() + timedelta(days=30),
    )
    month = timezone.localdate().replace(day=1)
    for each in sorted(people, key=lambda employee: employee.name):
        Assigned.objects.create(
            assignment=assignment, employee=each, unit=each.unit, since=month
        )


def ran_out(course: CoursePage, people: list[Employee]) -> None:
    """Enter evidence of a year ago that does not hold any more."""
    today = timezone.localdate()
    month = month_at(today, -13)
    for each in sorted(people, key=lambda employee: employee.name):
        Evidence.objects.create(
            employee=each,
            course_key=course.translation_key,
            course_title=course.title,
            month=month,
            noted=month,
            valid_until=today - timedelta(days=1),
            proof=Proof.TEST,
            is_visible=True,
        )


def learn(client: Client, place: int) -> None:
    """Answer the lesson, rightly or not, and take the own final test."""
    for key, option in (("wetter-app", str(place % 2)), ("kennzeichen", "0")):
        client.post(f"/kurse/spuren/tag/antwort/{key}/", {"option": option})
    client.post("/kurse/spuren/tag/weiter/")
    test = "/kurse/spuren/abschlusstest/"
    client.post(f"{test}beginnen/")
    client.post(f"{test}abgeben/")
    assert client.get("/lernen/").status_code == 200


def take_certificate(employee: Employee) -> None:
    """Issue the paper about evidence, as the page does once it is printed."""
    evidence = employee.evidence.latest("month")
    issued = prepared_certificate(
        name=employee.name,
        course_key=evidence.course_key,
        version=evidence.version,
        lessons=1,
        all_lessons=1,
        today=timezone.localdate(),
        valid_until=evidence.valid_until,
        result=None,
    )
    issue(issued)


def joined(people: People) -> dict[str, set[str]]:
    """Return which tables lead on from which employee, beyond their own rows."""
    reader = Reader()
    found = {}
    for employee in people.employees:
        tables = {row.table for row in reader.reached_from(employee.pk.hex)}
        if beyond := tables - OWN_TABLES:
            found[employee.reference] = beyond
    return found


def paired(people: People) -> dict[str, int]:
    """Return the pairs of columns whose orders tell who is who."""
    hits = pairs_by_order(Reader(), *people.pairs)
    return {columns: number for columns, number in hits.items() if number >= TOO_MANY}


def reminded(people: People) -> set[date | None]:
    """Return what reminders left in the rows of everybody."""
    rows = Assigned.objects.filter(employee__in=people.employees)
    return set(rows.values_list("reminded", flat=True))


def test_nothing_leads_from_a_person_to_a_score_an_answer_or_a_day(
    people: People,
) -> None:
    reader = Reader()
    # The accounts have what is looked for, and the search can see it.
    account = {row.table for row in reader.reached_from(people.accounts[0].pk.hex)}
    assert account >= {"accounts_user", "courses_attempt", "courses_finaltest"}
    assert joined(people) == {}  # on the very day, before any night
    # How rows lie would tell it for a day: that is what the night is for.
    assert paired(people) != {}
    # And who was reminded had not yet passed: it parts the first half from the second.
    assert len(reminded(people)) == 2

    call_command("housekeeping")

    assert joined(people) == {}
    assert paired(people) == {}
    assert {each.is_visible for each in Evidence.objects.all()} == {True}
    assert reminded(people) == {None}


def run(statement: str, rows: list[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)


def table(name: str, *columns: str) -> None:
    with connection.cursor() as cursor:
        words = ", ".join(f"{column} varchar(64)" for column in columns)
        cursor.execute(f"CREATE TEMPORARY TABLE {name} ({words})")


def a_table_that_joins(employee: Employee, account: User) -> None:
    table("log", "who", "what")
    run("INSERT INTO log VALUES (%s, %s)", [(employee.pk.hex, str(account.pk))])


def two_tables_that_join(employee: Employee, account: User) -> None:
    """One names the evidence, the other an answer; a made-up word is in both."""
    table("one", "evidence", "token")
    table("two", "token", "attempt")
    proof, attempt = employee.evidence.get(), account_rows(Attempt, account)[0]
    run("INSERT INTO one VALUES (%s, %s)", [(proof.pk.hex, "7f3a")])
    run("INSERT INTO two VALUES (%s, %s)", [("7f3a", attempt.pk.hex)])


def a_hash_of_an_id(employee: Employee, account: User) -> None:
    made = hashlib.sha256(str(employee.pk).encode()).hexdigest()[:16]
    User.objects.filter(pk=account.pk).update(display_name=made)


def a_number_within_an_answer(employee: Employee, account: User) -> None:
    answer = {"option": "1", "note": f"von {employee.pk}"}
    account_rows(Attempt, account).update(answer=answer)


def a_day_that_only_two_rows_have(employee: Employee, account: User) -> None:
    day = date(2031, 3, 17)
    employee.evidence.update(valid_until=day)
    account_rows(FinalTest, account).update(passed_day=day)


def the_address_on_the_list(employee: Employee, account: User) -> None:
    EmailAddress.objects.create(user=account, email=employee.email)


def the_number_on_the_list(employee: Employee, account: User) -> None:
    User.objects.filter(pk=account.pk).update(username=employee.reference)


def account_rows(model: Any, account: User) -> Any:
    return model.objects.filter(user=account)


LEAKS = [
    a_table_that_joins,
    two_tables_that_join,
    a_hash_of_an_id,
    a_number_within_an_answer,
    a_day_that_only_two_rows_have,
]
#: What people may enter into their account themselves; papers and pages say so.
STATED = [the_address_on_the_list, the_number_on_the_list]


def test_the_search_would_find_a_leak(people: People) -> None:
    call_command("housekeeping")
    employee, account = people.employees[3], people.accounts[3]
    for leak in (*LEAKS, *STATED):
        with rolled_back():
            leak(employee, account)
            found = joined(people)
            assert "accounts_user" in found.get(employee.reference, ()), leak.__name__
            assert found.keys() == {employee.reference}
    with rolled_back():
        numbers_in_the_order_of_learning(people)
        assert paired(people) == {"seen.number ~ begun.number": WITH_ACCOUNT}
    assert joined(people) == {}


def numbers_in_the_order_of_learning(people: People) -> None:
    """Two tables without anything in common but that both were counted up."""
    for name, ids in zip(("seen", "begun"), people.pairs, strict=True):
        table(name, "who", "number")
        mixed = [(each, str(place)) for place, each in enumerate(ids)]
        Random(name).shuffle(mixed)
        run(f"INSERT INTO {name} VALUES (%s, %s)", mixed)  # noqa: S608 - ours


@contextmanager
def rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
