"""The privacy notice names all that is stored: each cookie, each table of people."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from courses.training.stored import STORED
from learnsite.accounts.registry import declarations

SITE = Path(settings.LIBRARY_DIR) / "_site"
LANGUAGES = ("", "en/", "de-simple/")

#: What the notice says of each table; a new table needs a sentence there first.
SAID = {
    "account.EmailAddress": "Benutzername und E-Mail-Adresse, wenn Sie sie angeben",
    "account.EmailConfirmation": "E-Mail auch zum Zurücksetzen des Passworts",
    "accounts.Session": "Sitzung: Kennung und Zuordnung zum Konto",
    "accounts.User": "Name des Kontos: ausgedacht",
    "accounts.WaitingMail": "wer eine Gruppe leitet, bekommt auch Bescheid",
    "courses.Access": "an welchen Tagen eine Lehrkraft nachgesehen hat",
    "courses.Assigned": "für Sie Einheit und Monate, ob zurückgestellt",
    "courses.Assignment": "zugewiesener Kurs, Termin, Erneuerung, Gültigkeit",
    "courses.Attempt": "je Aufgabe: letzte Antwort",
    "courses.Employee": "Name, Einheit, Personalnummer oder Benutzername",
    "courses.EmployeeAccess": "Tag jemand bei einer Schulung vor Ort Ihren Namen",
    "courses.Enrolment": "Lernstand: Kurs, Lektion, Stelle, Stand und Tag",
    "courses.Evidence": "Nachweis: Titel und Fassung des Kurses, Monat",
    "courses.FinalTest": "je Kurs der Abschlusstest",
    "courses.GroupTeacher": "Rolle in einer Schule, Verwaltung oder Volkshochschule",
    "courses.LessonProgress": "Lernstand: Kurs, Lektion, Stelle, Stand und Tag",
    "courses.Membership": "Gruppe, wenn Sie einer beitreten",
    "courses.ReviewCard": "je Lernziel: wann es wieder drankommt",
    "courses.SharedFact": "genau das, was vor dem Beitritt vereinbart war",
    "courses.StaffRole": "Rolle in einer Schule, Verwaltung oder Volkshochschule",
    "courses.Unit": "Name, Einheit, Personalnummer oder Benutzername",
    "mfa.Authenticator": "Passkeys oder ein zweiter Anmeldeschritt",
    "wagtailadmin.EditingSession": "wer wann welche Seite geändert hat",
    "wagtailadmin.FormState": "wer wann welche Seite geändert hat",
    "wagtailcore.Comment": "wer wann welche Seite geändert hat",
    "wagtailcore.CommentReply": "wer wann welche Seite geändert hat",
    "wagtailcore.PageSubscription": "ein Konto im Redaktionssystem",
    "wagtailusers.UserProfile": "ein Konto im Redaktionssystem",
}


def notice(language: str) -> str:
    return (SITE / f"{language}privacy.md").read_text(encoding="utf-8")


def cookies_of(text: str) -> dict[str, list[str]]:
    """Return the rows of the first table of a notice: name and cells."""
    table = text.split(":::{table}")[1].split("\n:::")[0]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in table.splitlines()
        if line.startswith("|")
    ]
    return {row[0]: row[1:] for row in rows[2:]}


@pytest.mark.django_db
def test_the_notice_tells_of_every_table_that_knows_a_person():
    tables = {each.model for each in declarations() if not each.content}
    tables |= {each.model._meta.label for each in STORED}
    assert tables - set(SAID) == set()

    text = notice("")
    assert [each for each in SAID.values() if each not in text] == []


def test_the_paper_for_data_protection_names_every_table_that_knows_a_person():
    tables = {each.model for each in declarations() if not each.content}
    tables |= {each.model._meta.label for each in STORED}
    # Of groups: what is counted of people, though no line of it leads to one.
    tables |= {"courses.GroupTally", "courses.Meeting", "courses.Announcement"}
    text = (settings.BASE_DIR / "docs" / "privacy.md").read_text(encoding="utf-8")
    assert [each for each in sorted(tables) if f"`{each}`" not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_lists_every_cookie(language):
    names = {
        getattr(settings, name)
        for name in dir(settings)
        if name.endswith("_COOKIE_NAME") and name != "LANGUAGE_COOKIE_NAME"
    }
    rows = cookies_of(notice(language))

    assert set(rows) == names
    days = settings.KIOSK_COOKIE_AGE // 86400
    assert re.search(rf"\b{days}\b", rows["gemeinsam"][-1])


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_a_translation_of_the_notice_has_the_same_sections(language):
    def headings(text):
        return len(re.findall(r"^## ", text, re.MULTILINE))

    assert headings(notice(language)) == headings(notice(""))
