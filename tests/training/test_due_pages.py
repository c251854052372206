"""“Who is due?”: what an employer sees, and that it is nothing else."""

import csv
import io
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.utils import timezone

from courses.groups.models import Organisation, StaffRole
from courses.groups.roles import Action, Role, roles_that_may
from courses.training import services
from courses.training.invitations import invite, written
from courses.training.lists import Line
from courses.training.models import (
    Assigned,
    Assignment,
    Employee,
    EmployeeAccess,
    Evidence,
    Proof,
    Renewal,
    Unit,
)
from courses.training.states import last_day
from learnsite.accounts.models import User
from tests.certificates.test_certificate_pages import (
    needs_pango,
    needs_pdftotext,
)
from tests.certificates.test_certificate_pages import (
    text_of as pdf_text,
)
from tests.groups.test_views import browser_of, text_of
from tests.player.conftest import Shelf, published_shelf, shelf

__all__ = ["published_shelf", "shelf"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]

#: All that may stand in a list (journey 9).
COLUMNS = ["Name", "Einheit", "Stand", "Monat", "Gültig bis", "Stand des Kurses"]
LINES = [
    Line("PN-9001", "Kim Ly", ("Dezernat II", "Bürgerbüro"), "kim@hellingen.example"),
    Line("PN-9002", "Lou Berg", ("Dezernat II", "Bürgerbüro")),
    Line("PN-9003", "Ada Fuchs", ("Dezernat II",)),
    Line("PN-9004", "=Böse", ("Archiv",)),
]


@pytest.fixture
def assignment(city: Organisation, shelf: Shelf) -> Assignment:
    plan = services.plan_list(city, LINES)
    services.carry_out(city, LINES, digest=plan.digest)
    assigned, _new = services.assign(
        organisation=city,
        course_key=shelf.course.translation_key,
        due=timezone.localdate() + timedelta(days=30),
        renewal=Renewal.ROLLING,
        valid_months=12,
        people=city.employees.all(),
    )
    return assigned


@pytest.fixture
def prove(assignment: Assignment) -> Callable[..., Evidence]:
    """Return how somebody's evidence comes about, visible at once."""

    def proved(reference: str, month: date, **values: Any) -> Evidence:
        return Evidence.objects.create(
            employee=Employee.objects.get(reference=reference),
            course_key=assignment.course_key,
            course_title="Datenschutz",
            version="2026-11-01",
            month=month,
            proof=Proof.TEST,
            **{"is_visible": True, "noted": month, **values},
        )

    return proved


@pytest.fixture
def desk(manager: User) -> Client:
    return browser_of(manager)


@pytest.fixture
def base(assignment: Assignment) -> str:
    organisation = assignment.organisation_id
    return f"/gruppen/schulung/{organisation}/zuweisung/{assignment.pk}/faellig/"


def table(response: Any) -> list[list[str]]:
    rows = BeautifulSoup(response.content, "html.parser").select("main table tr")
    return [[cell.get_text() for cell in row.select("th, td")] for row in rows]


def unit(name: str) -> str:
    return str(Unit.objects.get(name=name).pk)


def test_each_unit_counts_with_those_below(
    desk: Client, base: str, prove: Callable[..., Evidence]
) -> None:
    prove("PN-9001", services.this_month())
    heading, *rows = table(desk.get(base))
    assert heading == ["Einheit", "Offen", "Erledigt", "Zurückgestellt"]
    assert rows == [
        ["Archiv", "1", "0", "0"],
        ["Dezernat II", "2", "1", "0"],
        ["Bürgerbüro", "1", "1", "0"],
    ]


def test_a_unit_lists_names_and_nothing_that_measures(
    desk: Client, base: str, prove: Callable[..., Evidence]
) -> None:
    month = services.this_month()
    prove("PN-9001", month, valid_until=date(2027, 11, 30))
    rows = table(desk.get(f"{base}{unit('Bürgerbüro')}/"))
    path = "Dezernat II / Bürgerbüro"
    assert rows == [
        COLUMNS,
        ["Kim Ly", path, "erledigt", f"{month:%m/%Y}", "30.11.2027", "01.11.2026"],
        ["Lou Berg", path, "offen", "", "", ""],
    ]
    assert len(table(desk.get(f"{base}{unit('Bürgerbüro')}/?stand=open"))) == 2


def test_open_tells_who_never_proved_it_from_whose_evidence_ran_out(
    desk: Client, base: str, prove: Callable[..., Evidence], city: Organisation
) -> None:
    """Both were seen before: that there was evidence, and until when it holds."""
    Assigned.objects.update(since=date(2025, 1, 1))
    prove("PN-9001", date(2024, 3, 1), valid_until=date(2025, 3, 31))
    prove("PN-9001", date(2025, 3, 1), valid_until=date(2026, 3, 31))
    there = f"{base}{unit('Bürgerbüro')}/"
    path = "Dezernat II / Bürgerbüro"
    expected = [
        ["Kim Ly", path, "offen, abgelaufen 03/2026", "", "", ""],
        ["Lou Berg", path, "offen", "", "", ""],
    ]
    assert table(desk.get(there))[1:] == expected
    assert table(desk.get(f"{there}?stand=open"))[1:] == expected
    text = desk.get(f"{there}liste.csv").content.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text), delimiter=";"))[1:] == expected
    then = table(desk.get(f"{there}?am=2026-03-31"))[1]
    assert then[2:5] == ["erledigt", "03/2025", "31.03.2026"]

    kim = Employee.objects.filter(reference="PN-9001")
    services.defer(Assignment.objects.get(), kim, deferred=True)
    assert table(desk.get(there))[1][2] == "zurückgestellt"


@pytest.mark.parametrize(
    ("years", "ended", "said"),
    [
        (3, date(2023, 11, 30), "offen, abgelaufen 11/2023"),
        (3, date(2023, 10, 31), "offen"),
        (1, date(2025, 10, 31), "offen"),
    ],
)
def test_when_evidence_ran_out_is_told_as_far_back_as_months_are(
    desk: Client,
    base: str,
    prove: Callable[..., Evidence],
    city: Organisation,
    years: int,
    ended: date,
    said: str,
) -> None:
    """What nothing replaced is kept: else it would be told for ever."""
    Organisation.objects.update(evidence_years=years)
    prove("PN-9001", date(2022, 11, 1), valid_until=ended)
    assert table(desk.get(f"{base}{unit('Bürgerbüro')}/"))[1][2] == said


def test_namesakes_in_a_unit_carry_their_numbers_in_page_and_file(
    desk: Client, base: str
) -> None:
    Employee.objects.filter(reference="PN-9002").update(name="Kim Ly")
    there = f"{base}{unit('Bürgerbüro')}/"
    names = [row[0] for row in table(desk.get(there))[1:]]
    assert names == ["Kim Ly (PN-9001)", "Kim Ly (PN-9002)"]
    text = desk.get(f"{there}liste.csv").content.decode("utf-8-sig")
    assert [row[0] for row in csv.reader(io.StringIO(text), delimiter=";")] == [
        "Name",
        *names,
    ]


def test_csv_and_ods_say_the_same_as_the_page(
    desk: Client, base: str, prove: Callable[..., Evidence]
) -> None:
    prove("PN-9003", services.this_month())
    response = desk.get(f"{base}liste.csv")
    text = response.content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[0] == COLUMNS
    assert [row[0] for row in rows[1:]] == ["'=Böse", "Ada Fuchs", "Kim Ly", "Lou Berg"]
    ods = desk.get(f"{base}liste.ods")
    assert ods["Content-Type"] == "application/vnd.oasis.opendocument.spreadsheet"
    one = desk.get(f"{base}{unit('Archiv')}/liste.csv").content.decode("utf-8-sig")
    assert len(one.splitlines()) == 2
    assert re.search(
        r'filename="[\w-]+-\d{4}-\d\d-\d\d\.csv"', response["Content-Disposition"]
    )


def test_files_of_units_and_states_have_names_of_their_own(
    desk: Client, base: str
) -> None:
    """Ten downloads lie in one folder and must be told apart there."""

    def about(path: str) -> str:
        header = desk.get(f"{base}{path}")["Content-Disposition"]
        found = re.search(
            r'filename="datenspuren-lesen-(.*?)\d{4}-\d\d-\d\d\.csv"', header
        )
        assert found is not None, header
        return found[1]

    assert about("liste.csv") == ""
    assert about(f"{unit('Bürgerbüro')}/liste.csv") == "dezernat-ii-buergerbuero-"
    assert about("liste.csv?stand=open") == "offen-"


def test_no_export_has_an_id_a_number_or_an_address(
    desk: Client, base: str, prove: Callable[..., Evidence]
) -> None:
    proof = prove("PN-9001", services.this_month())
    secrets = {
        "PN-9001",
        "kim@hellingen.example",
        str(proof.pk),
        str(proof.employee_id),
    }
    for path in (
        "liste.csv",
        f"{unit('Bürgerbüro')}/",
        f"{unit('Bürgerbüro')}/liste.csv",
    ):
        content = desk.get(f"{base}{path}").content.decode()
        assert not [each for each in secrets if each in content], path


def test_evidence_is_told_only_after_the_night(
    desk: Client, base: str, prove: Callable[..., Evidence]
) -> None:
    prove("PN-9001", services.this_month(), is_visible=False)
    assert table(desk.get(base))[2] == ["Dezernat II", "3", "0", "0"]


def test_the_state_at_the_end_of_a_month_can_be_told_later(
    desk: Client, base: str, prove: Callable[..., Evidence]
) -> None:
    this = services.this_month()
    before = last_day(this - timedelta(days=1))
    earlier = before.replace(day=1)
    Assigned.objects.update(since=earlier)
    prove("PN-9001", earlier, valid_until=before)
    prove("PN-9002", this)
    # Lou's row goes with a new list, yet the past stays as it was.
    services.let_go(Employee.objects.filter(reference="PN-9002"))
    then = table(desk.get(f"{base}?am={before.isoformat()}"))
    assert then[2] == ["Dezernat II", "2", "1", "0"]
    now = table(desk.get(base))
    assert now[2] == ["Dezernat II", "2", "0", "0"]


@pytest.mark.parametrize("day", ["2026-01-15", "gestern", "9999-12-31", "2023-10-31"])
def test_a_day_that_cannot_be_told_is_refused(
    desk: Client, base: str, day: str
) -> None:
    """A list of today in its place would be taken for it."""
    there = f"{base}{unit('Bürgerbüro')}/"
    for page in (base, there, f"{base}liste.csv", f"{there}liste.pdf"):
        refused = desk.get(f"{page}?am={day}")
        assert refused.status_code == 404
        assert "der vergangenen 36 Monate" in text_of(refused)
    assert looks() == {}


def test_months_are_offered_as_long_as_evidence_is_kept(
    desk: Client, base: str, city: Organisation
) -> None:
    """Older ones would be told without the evidence that is gone."""
    city.evidence_years = 1
    city.save()
    page = BeautifulSoup(desk.get(base).content, "html.parser")
    ends = [each["value"] for each in page.select("#day option")][1:]
    assert (ends[0], ends[-1], len(ends)) == ("2026-10-31", "2025-11-30", 12)
    assert desk.get(f"{base}?am=2025-11-30").status_code == 200
    refused = desk.get(f"{base}?am=2025-10-31")
    assert refused.status_code == 404
    assert "der vergangenen 12 Monate" in text_of(refused)


def test_auditors_and_others_see_no_names(city: Organisation, base: str) -> None:
    for role in (Role.AUDITOR, Role.TEACHER):
        user = User.objects.create_user(username=role.value)
        StaffRole.objects.create(organisation=city, user=user, role=role.value)
        client = browser_of(user)
        for path in ("", f"{unit('Archiv')}/", "liste.csv", "liste.pdf"):
            assert client.get(f"{base}{path}").status_code == 404


def looks() -> dict[str, set[str]]:
    """Return whose state was read, by role."""
    found: dict[str, set[str]] = {}
    for role, number in EmployeeAccess.objects.values_list(
        "role", "employee__reference"
    ):
        found.setdefault(role, set()).add(number)
    return found


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("file", ["", "liste.csv", "liste.ods"])
def test_whose_state_was_read_can_read_that_once_a_day(
    desk: Client, base: str, file: str, method: str
) -> None:
    """A HEAD as well: the length of a file for one number tells a state."""
    there = f"{base}{unit('Bürgerbüro')}/{file}"
    for _time in range(2):
        assert getattr(desk, method)(there).status_code == 200
    assert looks() == {"manager": {"PN-9001", "PN-9002"}}
    assert EmployeeAccess.objects.count() == 2


def test_numbers_of_a_unit_of_one_mind_are_noted_like_names(
    desk: Client, base: str, prove: Callable[..., Evidence]
) -> None:
    """Of one person alone, or where all are open, the numbers tell who is."""
    desk.get(base)
    everybody = {line.reference for line in LINES}
    assert looks() == {"manager": everybody}
    EmployeeAccess.objects.all().delete()
    prove("PN-9001", services.this_month())
    desk.get(base)
    # Two in the same office differ: the numbers do not say who is which.
    assert looks() == {"manager": everybody - {"PN-9001", "PN-9002"}}


def test_a_list_of_the_open_ones_alone_does_not_keep_who_was_open(
    desk: Client, base: str, prove: Callable[..., Evidence]
) -> None:
    """With a day, that would tell who passed before it."""
    prove("PN-9001", services.this_month())
    for file in ("", "liste.csv"):
        EmployeeAccess.objects.all().delete()
        desk.get(f"{base}{unit('Bürgerbüro')}/{file}?stand=open")
        assert looks() == {"manager": {"PN-9001", "PN-9002"}}


def test_a_file_of_everybody_is_noted_for_everybody(desk: Client, base: str) -> None:
    desk.get(f"{base}liste.csv?q=Ly")
    assert looks() == {"manager": {"PN-9001"}}
    desk.get(f"{base}liste.csv")
    assert looks() == {"manager": {line.reference for line in LINES}}


def test_only_managers_read_states_so_the_entry_names_them() -> None:
    assert roles_that_may(Action.SEE_DUE) == {Role.MANAGER}


def test_the_person_reads_that_the_management_looked(
    desk: Client, base: str, client: Client
) -> None:
    desk.get(f"{base}{unit('Bürgerbüro')}/")
    kim = Employee.objects.get(reference="PN-9001")
    code = written(invite([kim])[kim])
    overview = client.post("/einladung/", {"code": code}, follow=True)
    assert (
        "Die Schulungsleitung hat gelesen, was unter diesem Namen offen und erledigt "
        "ist: 25. November 2026" in text_of(overview)
    )


def test_a_page_of_names_takes_one_statement_more_for_the_entries(
    desk: Client, base: str, django_assert_num_queries: Any
) -> None:
    there = f"{base}{unit('Dezernat II')}/"
    desk.get(there)
    # Session, account, organisation with role, assignment, the report's three, the
    # course's title, and who was noted today, however many people there are.
    with django_assert_num_queries(9):
        desk.get(there)


@pytest.mark.parametrize("path", ["", "liste.csv"])
def test_five_thousand_people_take_as_many_statements_as_four(
    desk: Client,
    base: str,
    city: Organisation,
    assignment: Assignment,
    django_assert_num_queries: Any,
    path: str,
) -> None:
    """Once they are noted: on SQLite a statement may hold 249 entries on who looked.

    The numbers take one more than eight, since those of all these units tell states by
    name, and who was noted today is to be read.
    """
    there = f"{base}{path}"
    desk.get(there)
    with django_assert_num_queries(9):
        desk.get(there)
    many = [Line(str(n), f"Kim {n}", (f"Amt {n % 20}",)) for n in range(300)]
    plan = services.plan_list(city, [*LINES, *many])
    services.carry_out(city, [*LINES, *many], digest=plan.digest)
    services.assign(
        organisation=city,
        course_key=assignment.course_key,
        due=assignment.due,
        renewal=Renewal.ROLLING,
        valid_months=12,
        people=city.employees.all(),
    )
    writing = 2 if connection.vendor == "sqlite" else 1
    with django_assert_num_queries(9 + writing):
        desk.get(there)
    assert EmployeeAccess.objects.count() == 304
    with django_assert_num_queries(9):
        desk.get(there)


@needs_pango
@needs_pdftotext
def test_the_pdf_names_open_and_done(
    desk: Client, base: str, prove: Callable[..., Evidence], tmp_path: Path
) -> None:
    prove("PN-9001", services.this_month())
    words = pdf_text(desk.get(f"{base}liste.pdf").content, tmp_path)
    assert re.search(r"Kim Ly .+erledigt", words)
    assert "Offen: 3." in words


def test_a_day_before_anybody_was_assigned_says_only_that(
    desk: Client, base: str
) -> None:
    text = text_of(desk.get(f"{base}?am=2026-08-31"))
    assert "Zu dieser Zeit war der Kurs niemandem zugewiesen." in text
    assert "haben es erledigt" not in text
    assert "in der folgenden Nacht" not in text


def test_words_that_are_looked_for_stand_in_german_quotation_marks(
    desk: Client, base: str
) -> None:
    assert "„Böse“" in text_of(desk.get(f"{base}{unit('Archiv')}/?q=B%C3%B6se"))
