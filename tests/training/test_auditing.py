"""What the staff council reads is complete, true and about nobody (journey 10)."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.apps import apps
from django.test import Client

from courses.groups.levels import Visibility
from courses.groups.models import Organisation, StaffRole
from courses.groups.roles import ALLOWED, Action, Role
from courses.groups.services import open_group
from courses.training.auditing import ACTIONS, roles_table, sample_report
from courses.training.models import Employee, Unit
from courses.training.stored import STORED, own_fields
from learnsite.accounts.models import User
from tests.certificates.test_certificate_pages import (
    needs_pango,
    needs_pdftotext,
)
from tests.certificates.test_certificate_pages import (
    text_of as pdf_text,
)
from tests.groups.test_views import browser_of, text_of
from tests.training.test_documents import odt_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def council(city: Organisation) -> Client:
    user = User.objects.create_user(username="rat")
    StaffRole.objects.create(organisation=city, user=user, role=Role.AUDITOR.value)
    return browser_of(user)


@pytest.fixture
def path(city: Organisation) -> str:
    return f"/gruppen/pruefung/{city.pk}/"


def test_every_column_of_training_is_named() -> None:
    named = {table.model: set(table.fields) for table in STORED}
    ours = {
        model: set(own_fields(model))
        for model in apps.get_models()
        if model.__module__ == "courses.training.models"
    }
    assert named == ours


def test_every_action_has_words_and_every_role_is_told() -> None:
    assert set(ACTIONS) == set(Action)
    told = dict(roles_table())
    outside = {Role.MEMBER, Role.OUTSIDER}
    assert sorted(map(len, told.values())) == sorted(
        len(ALLOWED[role]) for role in Role if role not in outside
    )


def test_it_says_that_who_administers_the_site_may_give_themselves_a_role(
    council: Client, path: str
) -> None:
    text = text_of(council.get(path))
    assert (
        "Administration der Website (CMS) Rollen vergeben und beenden "
        "Vertretungen einer Gruppe benennen"
    ) in text
    assert "auch sich selbst" in text


@pytest.fixture
def colleague(city: Organisation, hire: Callable[..., Employee]) -> Employee:
    """Somebody who is called unlike all people and offices of the samples."""
    unit = Unit.objects.create(organisation=city, name="Grünflächenamt")
    email = "quirina.zobel@hellingen.example"
    return hire("QZ-4711-0815", unit=unit, name="Quirina Zobel", email=email)


def names_of(employee: Employee) -> list[str]:
    """Return all by which somebody on the list could be told."""
    unit = employee.unit.name
    return [employee.name, *employee.name.split(), employee.reference, unit,
            employee.email, str(employee.pk)]  # fmt: skip


def test_the_page_is_about_nobody(
    council: Client, path: str, colleague: Employee
) -> None:
    response = council.get(path)
    text = text_of(response)
    for words in ("nie gespeichert", "Prüfwert der Einladung", "Stufen", "Fristen"):
        assert words in text
    content = response.content.decode()
    assert [each for each in names_of(colleague) if each in content] == []
    sample = sample_report().rows()
    assert all(cell in text for row in sample for cell in row)


def test_it_says_how_many_groups_have_which_level(council: Client, path: str) -> None:
    text = text_of(council.get(path))
    assert text.count("0 Gruppen haben sie jetzt.") == len(Visibility)
    assert text.count("(hier nicht erlaubt)") == 2


def test_it_names_the_groups_and_nobody_in_them(
    council: Client, path: str, city: Organisation, manager: User
) -> None:
    for title in ("Werkstatt", "Ämterrunde"):
        open_group(
            organisation=city,
            teacher=manager,
            title=title,
            level=Visibility.COMPLETED,
            ends=date(2027, 1, 31),
        )
    text = text_of(council.get(path))
    assert "2 Gruppen haben sie jetzt." in text
    assert "Werkstatt Nur abgeschlossen 31.01.2027" in text
    assert manager.display_name not in text


def test_whoever_only_audits_is_not_told_to_have_no_organisation(
    council: Client, city: Organisation
) -> None:
    text = text_of(council.get("/gruppen/"))
    assert city.name in text
    assert "Noch keine Organisation" not in text


@needs_pango
@needs_pdftotext
def test_the_same_is_a_paper(
    council: Client, path: str, colleague: Employee, tmp_path: Path
) -> None:
    response = council.get(f"{path}mappe.pdf")
    assert response["Content-Type"] == "application/pdf"
    words = pdf_text(response.content, tmp_path)
    assert "Für Personalrat und Datenschutz" in words
    assert "Prüfwert der Einladung" in words
    assert [each for each in names_of(colleague) if each in words] == []


def test_the_same_is_a_file_for_word_processors(
    council: Client, path: str, colleague: Employee
) -> None:
    response = council.get(f"{path}mappe.odt")
    assert response["Content-Type"] == "application/vnd.oasis.opendocument.text"
    assert re.search(r'filename="datenschutz-[\d-]{10}\.odt"', str(response.headers))
    words = odt_text(response.content)
    assert "Für Personalrat und Datenschutz" in words
    assert "Prüfwert der Einladung" in words
    assert "Keep a Changelog" in words
    assert [each for each in names_of(colleague) if each in words] == []


@needs_pango
def test_a_name_that_no_typeface_has_is_said_instead_of_printed(
    council: Client, path: str, city: Organisation
) -> None:
    Organisation.objects.filter(pk=city.pk).update(name="Stadt \U0001e100")
    response = council.get(f"{path}mappe.pdf")
    assert response.status_code == 422
    assert "Textverarbeitung" in response.content.decode()


def test_auditors_read_this_and_no_names(
    council: Client, path: str, city: Organisation
) -> None:
    assert council.get(path).status_code == 200
    assert council.get(f"/gruppen/schulung/{city.pk}/").status_code == 404
    assert council.post(path).status_code == 405


def test_it_takes_few_statements(
    council: Client, path: str, django_assert_num_queries: object
) -> None:
    council.get(path)
    with django_assert_num_queries(5):  # type: ignore[operator]
        council.get(path)
