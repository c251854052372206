"""A trainer confirms a session: names of units for ticking, and nothing else."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from courses.groups.models import Kind, Organisation, StaffRole
from courses.groups.retention import ACCESS_DAYS
from courses.groups.roles import Role
from courses.training.evidence import confirm
from courses.training.forms import ConfirmForm
from courses.training.invitations import invite, written
from courses.training.models import (
    Assigned,
    Assignment,
    Employee,
    EmployeeAccess,
    Evidence,
    Unit,
)
from courses.training.retention import (
    delete_old_employee_accesses,
    publish_batches,
)
from learnsite.accounts.models import User
from tests.groups.test_views import browser_of, text_of

pytestmark = pytest.mark.django_db

Hire = Callable[..., Employee]


@pytest.fixture
def trainer(city: Organisation) -> User:
    user = User.objects.create_user(username="tarek", display_name="Tarek")
    StaffRole.objects.create(organisation=city, user=user, role=Role.TEACHER.value)
    return user


@pytest.fixture
def desk(trainer: User) -> Client:
    return browser_of(trainer)


@pytest.fixture
def archive(city: Organisation) -> Unit:
    return Unit.objects.create(organisation=city, name="Archiv")


@pytest.fixture
def assigned(
    city: Organisation, clerk: Employee, hire: Hire, archive: Unit
) -> Assignment:
    """Return a course assigned to one of the office and one of the archive."""
    there = hire("4799", name="Henrike Schäfer", unit=archive)
    day = timezone.localdate()
    found = Assignment.objects.create(
        organisation=city, course_key=uuid4(), due=day + timedelta(days=30)
    )
    for each in (clerk, there):
        Assigned.objects.create(
            assignment=found,
            employee=each,
            unit=each.unit,
            since=day.replace(day=1),
        )
    return found


@pytest.fixture
def path(assigned: Assignment) -> str:
    base = f"/gruppen/schulung/{assigned.organisation_id}/"
    return f"{base}zuweisung/{assigned.pk}/bestaetigen/"


def ticked(*people: Employee, **more: str) -> dict[str, Any]:
    return {
        "proof": "session",
        "month": timezone.localdate().replace(day=1).isoformat(),
        "person": [str(each.pk) for each in people],
        **more,
    }


def prove(assigned: Assignment, *people: Employee) -> None:
    """Write evidence of these people, as an earlier session would."""
    confirm(
        list(people),
        assigned.course_key,
        course_title="Spuren",
        version=None,
        month=timezone.localdate().replace(day=1),
        proof="session",
        until=None,
    )
    publish_batches()


def test_no_name_is_shown_before_a_unit_is_chosen(
    desk: Client, path: str, office: Unit
) -> None:
    shown = text_of(desk.get(path))
    assert "Bürgerbüro" in shown
    assert "Archiv" in shown
    assert "Yıldız" not in shown
    assert not EmployeeAccess.objects.exists()

    of_office = text_of(desk.get(path, {"einheit": str(office.pk)}))
    assert "Aylin Yıldız" in of_office
    assert "Schäfer" not in of_office


def test_a_page_is_the_same_whether_somebody_is_done_or_not(
    desk: Client, path: str, office: Unit, assigned: Assignment, clerk: Employee
) -> None:
    address = f"{path}?einheit={office.pk}"
    before = text_of(desk.get(address))
    prove(assigned, clerk)
    assert text_of(desk.get(address)) == before
    assert "4711" not in before


def test_namesakes_are_told_apart_by_their_number(
    desk: Client, path: str, office: Unit, assigned: Assignment, hire: Hire
) -> None:
    other = hire("4712")
    month = timezone.localdate().replace(day=1)
    Assigned.objects.create(
        assignment=assigned, employee=other, unit=other.unit, since=month
    )
    shown = text_of(desk.get(path, {"einheit": str(office.pk)}))
    assert "4711" in shown
    assert "4712" in shown


def test_a_session_is_confirmed_and_the_answer_tells_no_state(
    desk: Client, path: str, office: Unit, assigned: Assignment, clerk: Employee
) -> None:
    address = f"{path}?einheit={office.pk}"
    assert "Aylin Yıldız" in text_of(desk.post(address, ticked(clerk)))
    assert not Evidence.objects.exists()

    first = desk.post(address, ticked(clerk, confirm="yes"))
    again = desk.post(address, ticked(clerk, confirm="yes"))

    assert first["Location"] == again["Location"]
    evidence = Evidence.objects.get()
    assert (evidence.employee, evidence.proof) == (clerk, "session")
    assert "für 1 Person bestätigt" in text_of(desk.get(first["Location"]))


def test_a_trainer_recognises_no_other_evidence(
    desk: Client, path: str, office: Unit, clerk: Employee
) -> None:
    values = ticked(clerk, confirm="yes", proof="recognised")
    refused = desk.post(f"{path}?einheit={office.pk}", values)
    assert refused.status_code == 422
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(("until", "is_taken"), [("9999-12-31", False), ("", True)])
def test_evidence_without_end_is_told_by_an_empty_field(
    until: str, is_taken: bool
) -> None:
    month = f"{timezone.localdate().replace(day=1):%Y-%m-%d}"
    data = {"proof": "recognised", "month": month, "until": until}
    form = ConfirmForm(data, is_trainer=False)
    assert form.is_valid() is is_taken
    assert [*form.errors] == ([] if is_taken else ["until"])


def test_nobody_is_confirmed_whose_name_was_not_shown(
    desk: Client, path: str, archive: Unit, clerk: Employee
) -> None:
    values = ticked(clerk, confirm="yes")
    assert desk.post(f"{path}?einheit={archive.pk}", values).status_code == 422
    assert desk.post(path, values).status_code == 422
    assert not Evidence.objects.exists()


def test_a_unit_of_another_organisation_shows_nobody(
    desk: Client, path: str, hire: Hire
) -> None:
    other = Organisation.objects.create(name="Kreis", kind=Kind.ADULTS)
    theirs = Unit.objects.create(organisation=other, name="Kreishaus")
    shown = text_of(desk.get(path, {"einheit": str(theirs.pk)}))
    assert "Kreishaus" not in shown
    assert "Yıldız" not in shown


def test_the_rest_of_training_stays_shut(desk: Client, assigned: Assignment) -> None:
    base = f"/gruppen/schulung/{assigned.organisation_id}/"
    of_course = f"{base}zuweisung/{assigned.pk}/"
    for page in (base, f"{base}personen/", of_course, f"{of_course}faellig/"):
        assert desk.get(page).status_code == 404, page


def test_the_way_there_is_on_the_page_of_groups(
    desk: Client, assigned: Assignment
) -> None:
    way = f"/gruppen/schulung/{assigned.organisation_id}/praesenz/"
    assert way in desk.get("/gruppen/").content.decode()
    assert "/bestaetigen/" in desk.get(way).content.decode()

    Assignment.objects.all().delete()
    assert way not in desk.get("/gruppen/").content.decode()


def test_each_person_reads_that_somebody_looked_once_a_day(
    desk: Client, path: str, office: Unit, clerk: Employee, client: Client
) -> None:
    for _time in range(2):
        desk.get(path, {"einheit": str(office.pk)})
    entry = EmployeeAccess.objects.get()
    assert (entry.employee, entry.role) == (clerk, "teacher")

    code = written(invite([clerk])[clerk])
    overview = client.post("/einladung/", {"code": code}, follow=True)
    assert "hat eine Liste mit diesem Namen geöffnet" in text_of(overview)
    kept = client.get("/nachweis/meine-daten.json").json()
    today = timezone.localdate().isoformat()
    assert kept["accesses"] == [
        {"role": "invitation", "day": today},
        {"role": "teacher", "day": today},
    ]


def test_what_is_counted_is_what_was_written(
    assigned: Assignment, clerk: Employee
) -> None:
    """A test that is handed in at the same moment has written its row already."""
    there = Employee.objects.get(reference="4799")
    month = timezone.localdate().replace(day=1)
    handed_in: list[Evidence] = []

    def hand_in(execute: Any, sql: str, *args: Any) -> Any:
        if sql.startswith("INSERT") and not handed_in:
            row = Evidence(
                employee=clerk,
                course_key=assigned.course_key,
                month=month,
                proof="test",
            )
            handed_in.append(row)
            row.save()
        return execute(sql, *args)

    with connection.execute_wrapper(hand_in):
        number = confirm(
            [clerk, there],
            assigned.course_key,
            course_title="Spuren",
            version=None,
            month=month,
            proof="session",
        )
    assert number == 1
    assert {each.proof for each in clerk.evidence.all()} == {"test"}
    assert {each.proof for each in there.evidence.all()} == {"session"}


def test_entries_go_after_their_period(clerk: Employee) -> None:
    today = timezone.localdate()
    for days in (ACCESS_DAYS, ACCESS_DAYS + 1):
        EmployeeAccess.objects.create(
            employee=clerk, role="teacher", day=today - timedelta(days=days)
        )
    delete_old_employee_accesses()
    kept = EmployeeAccess.objects.get()
    assert kept.day == today - timedelta(days=ACCESS_DAYS)
