"""All that a manager's role opens shows of a person what was agreed on, and no more.

Every address of groups and training is asked. What heads a column or names a value
stands here literally, page by page: a new one fails until somebody has decided on it.
"""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import URLPattern, reverse

from courses.groups import services as groups
from courses.groups import urls as of_groups
from courses.groups.levels import Scope, TaskKind, Visibility
from courses.groups.models import Organisation, StaffRole
from courses.groups.roles import ALLOWED, Role
from courses.models import CoursePage, FinalTest
from courses.training import urls as of_training
from courses.training.models import Assignment, Employee, Evidence
from courses.training.retention import publish_batches
from learnsite.accounts import services as accounts
from learnsite.accounts.models import User
from tests.factories import fresh
from tests.groups.test_views import browser_of
from tests.training.test_proving import answer_all, hand_in, open_invitation
from tests.training.test_raw_database import BACKEND, assign, learn, published

__all__ = ["published"]

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 27)
#: The columns of journey 9; each list of people is these, or fewer.
DUE = ["Name", "Einheit", "Stand", "Monat", "Gültig bis", "Stand des Kurses"]
PERSON = ["Name", "Nummer", "Einheit"]
EXPECTED = {
    "groups": [],
    "group_new": [
        "Name der Gruppe",
        "Was zusammen gelernt wird",
        "Was die Kursleitung sehen kann",
        "Plätze",
        "Letzter Tag",
    ],
    "organisation": ["Benutzername", "Rolle"],
    "role_end": [],
    "group_leaders": ["Benutzername"],
    "group_end": [],
    "trainings": [],
    "training": [],
    "training_list": ["Liste der Personen (CSV)"],
    "training_people": PERSON,
    "training_person": ["Name", "E-Mail-Adresse", "Einheit"],
    "training_evidence": ["Kurs", "In welchem Monat"],
    "training_unit": ["Einheit", "Gehört zu"],
    "training_assign": [
        "Kurs",
        "Zu erledigen bis",
        "Auffrischung",
        "Gültig (in Monaten)",
        "Für wen",
        "Einheiten",
        "Personen",
    ],
    "training_assignment": ["Auswählen", *PERSON, "Stand"],
    "training_mail": ["Auswählen", *PERSON, "Stand"],
    "training_cards": [],
    "training_sessions": [],
    "training_confirm": [
        "Was bestätigt wird",
        "In welchem Monat",
        "Gültig bis (nur bei anderen Nachweisen)",
        "Bürgerbüro",
    ],
    "training_due": ["Einheit", "Offen", "Erledigt", "Zurückgestellt"],
    "training_due_unit": DUE,
    "training_due_csv": DUE,
    "training_due_ods": DUE,
    "training_due_unit_csv": DUE,
    "training_due_unit_ods": DUE,
    # About invented people, and about nobody.
    "audit": [*DUE, "Gruppe", "Stufe", "Letzter Tag"],
    "audit_paper": [
        *("Angabe", "Inhalt"),
        *("Was", "Angaben", "Wofür", "Gesehen von", "Bis wann") * 2,
        *("Rolle", "Darf"),
        *("Was", "Frist"),
    ],
}
#: Made of the same rows and parts as the pages (test_due_pages.py, test_documents.py).
SAME_AS_A_PAGE = {
    "audit_dossier",
    "audit_paper_file",
    "training_due_pdf",
    "training_due_unit_pdf",
}
#: What anybody opens, or a member for themselves: no page of this role.
OF_NO_ROLE = {"dates", "feed", "membership_calendar", "membership_mail"}


@dataclass(frozen=True)
class Town:
    """A manager's browser, what its addresses need, and a name nobody may learn."""

    desk: Client
    arguments: dict[str, Any]
    pseudonym: str


@pytest.fixture
def town(
    published: CoursePage, city: Organisation, manager: User, clerk: Employee
) -> Iterator[Town]:
    """Let somebody learn under an account, join a group and prove their training."""
    with time_machine.travel(TODAY, tick=False):
        course = fresh(published)
        assign(city, course, [clerk])
        user, _words = accounts.issue_learning_key()
        client = Client(headers={"Sec-Fetch-Site": "same-origin"})
        client.force_login(user, BACKEND)
        group = groups.open_group(
            organisation=city,
            teacher=manager,
            title="Auszubildende",
            level=Visibility.COMPLETED,
            ends=date(2027, 3, 1),
            scopes=[(TaskKind.COURSE, Scope(course.translation_key))],
        )
        groups.join(group=group, user=user)
        learn(client, 0)
        open_invitation(client, clerk)
        answer_all(client, "1")
        hand_in(client)
        publish_batches()
        assert Evidence.objects.filter(employee=clerk, is_visible=True).exists()
        assert FinalTest.objects.filter(user=user).exists()
        # Their card is to be printed anew, so that the sheet is not empty.
        Employee.objects.filter(pk=clerk.pk).update(invitation=None)
        arguments = {
            "organisation_id": city.pk,
            "group_id": group.pk,
            "assignment_id": Assignment.objects.get().pk,
            "unit_id": clerk.unit_id,
            "employee_id": clerk.pk,
            "staff_id": StaffRole.objects.get(user=manager).pk,
            "slug": "verzeichnis",
        }
        yield Town(browser_of(manager), arguments, user.display_name)


def patterns() -> dict[str, URLPattern]:
    """Return the addresses that the role may open, by name."""
    return {
        str(each.name): each
        for each in (*of_groups.urlpatterns, *of_training.urlpatterns)
        if each.name not in OF_NO_ROLE
        and getattr(each.callback, "action", None) in {None, *ALLOWED[Role.MANAGER]}
    }


def answered(town: Town, pattern: URLPattern) -> Any:
    """Return what an address answers; where it takes no GET, to an empty form."""
    arguments = {
        name: town.arguments[name] for name in pattern.pattern.converters
    } | pattern.default_args
    path = reverse(str(pattern.name), kwargs=arguments)
    found = town.desk.get(path, follow=True)
    return town.desk.post(path, follow=True) if found.status_code == 405 else found


def heads(response: Any) -> list[str]:
    """Return what names a value: heads of columns, terms, labels of forms."""
    kind = response["Content-Type"]
    if kind.startswith("text/csv"):
        return next(rows_of_csv(response))
    if kind.endswith("spreadsheet"):
        return rows_of_ods(response)[0]
    page = BeautifulSoup(response.content, "html.parser")
    for choice in page.select(".check, .level, tbody label"):
        choice.decompose()
    found = page.select(
        "main thead th, main dt, main form[method=post] :is(label, legend)"
    )
    return [" ".join(each.get_text(" ").split()) for each in found]


def rows_of_csv(response: Any) -> Iterator[list[str]]:
    text = response.content.decode("utf-8-sig")
    return csv.reader(io.StringIO(text), delimiter=";")


def rows_of_ods(response: Any) -> list[list[str]]:
    with zipfile.ZipFile(io.BytesIO(response.content)) as file:
        tree = ElementTree.fromstring(file.read("content.xml"))  # noqa: S314 - ours
    table = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
    return [
        ["".join(cell.itertext()) for cell in row.iter(f"{table}table-cell")]
        for row in tree.iter(f"{table}table-row")
    ]


def test_every_page_names_only_what_was_agreed_on(town: Town) -> None:
    found: dict[str, list[str]] = {}
    for name, pattern in patterns().items():
        if name in SAME_AS_A_PAGE:
            continue
        response = answered(town, pattern)
        assert response.status_code in (200, 422), name
        assert town.pseudonym not in response.content.decode("latin-1"), name
        found[name] = heads(response)
    assert found == EXPECTED


def test_of_a_person_nothing_else_stands_in_a_row(town: Town) -> None:
    due = ["Aylin Yıldız", "Bürgerbüro", "erledigt", "11/2026", "30.11.2027"]
    expected = {
        "training_people": ["Aylin Yıldız", "4711", "Bürgerbüro"],
        "training_assignment": [
            "",
            "Aylin Yıldız",
            "4711",
            "Bürgerbüro",
            "Nicht eingeladen",
        ],
        "training_due_unit": [*due, "01.07.2026"],
    }
    known = patterns()
    for name, row in expected.items():
        page = BeautifulSoup(answered(town, known[name]).content, "html.parser")
        [shown] = page.select("main tbody tr")
        assert [c.get_text(strip=True) for c in shown.select("th, td")] == row, name
    card = BeautifulSoup(answered(town, known["training_cards"]).content, "html.parser")
    who, secret, address, course, of_unit = card.select(".class-card p")
    assert (who.get_text(), course.get_text(), of_unit.get_text()) == (
        "Aylin Yıldız",
        "Datenspuren lesen, zu erledigen bis 30. November 2027",
        "Bürgerbüro",
    )
    assert (secret["class"], address["class"]) == (
        ["class-card-secret"],
        ["class-card-address"],
    )
    for name in ("training_due_csv", "training_due_unit_csv"):
        assert list(rows_of_csv(answered(town, known[name])))[1:] == [
            [*due, "01.07.2026"]
        ]
    for name in ("training_due_ods", "training_due_unit_ods"):
        assert rows_of_ods(answered(town, known[name]))[1:] == [[*due, "01.07.2026"]]
