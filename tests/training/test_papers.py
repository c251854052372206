"""Templates say what the software does, name every field, and mark what they miss."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import translation

from content.identity import SiteIdentity, site_identity
from courses.groups.levels import Visibility
from courses.groups.models import Kind, Organisation, StaffRole
from courses.groups.roles import Role
from courses.training import dossier
from courses.training.document import Document, Table
from courses.training.papers import PAPERS, draft, paper_of
from courses.training.stored import STORED
from learnsite.accounts.models import User
from learnsite.accounts.registry import declarations
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

SLUGS = [paper.slug for paper in PAPERS]


def draft_of(organisation: Organisation, slug: str) -> Document:
    paper = paper_of(slug)
    assert paper is not None
    return draft(organisation, paper, site_identity())


def words_of(document: Document) -> str:
    """Return all that a document says."""
    said = [document.title, document.lead]
    for part in document.parts:
        if isinstance(part, Table):
            said += [part.label, *part.heading, *(c for row in part.rows for c in row)]
        else:
            said += getattr(part, "items", None) or [getattr(part, "text", "")]
    return "\n".join(said)


@pytest.fixture
def said(city: Organisation) -> Callable[[str], str]:
    """Return what a paper says of the city as it is in the database now."""
    return lambda slug: words_of(draft_of(Organisation.objects.get(pk=city.pk), slug))


@pytest.fixture
def council(city: Organisation) -> Client:
    user = User.objects.create_user(username="rat")
    StaffRole.objects.create(organisation=city, user=user, role=Role.AUDITOR.value)
    return browser_of(user)


# --- Complete -------------------------------------------------------------------------


@pytest.mark.parametrize("slug", SLUGS)
def test_every_stored_field_of_employees_stands_in_every_paper(
    said: Callable[[str], str], slug: str
) -> None:
    words = said(slug)
    with translation.override("de"):
        for table in STORED:
            for told in (table.title, table.purpose, table.seen_by, table.until):
                assert str(told) in words
            for label in table.labels:
                assert str(label) in words


def test_every_declared_field_of_accounts_stands_in_the_register(
    said: Callable[[str], str],
) -> None:
    words = said("verzeichnis")
    with translation.override("de"):
        for each in declarations():
            for told in (each.title, each.purpose, each.basis, each.until):
                assert str(told) in words
            for field in each.fields:
                assert str(field.label) in words


@pytest.mark.parametrize(
    ("slug", "asked"),
    [
        ("verzeichnis", [f"(Abs. 1 Buchst. {letter}" for letter in "abceg"]),
        ("folgenabschaetzung", [f"Abs. 7 Buchst. {letter}" for letter in "abc"]),
        ("auftragsverarbeitung", [f"Abs. 3 Buchst. {letter}" for letter in "abcdefgh"]),
        ("dienstvereinbarung", ["§ 70 LPVG NRW", "§ 72 Abs. 3 Nr. 1 und 2 LPVG NRW"]),
    ],
)
def test_each_paper_answers_what_its_law_asks(
    said: Callable[[str], str], slug: str, asked: list[str]
) -> None:
    words = said(slug)
    assert [each for each in asked if each not in words] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_no_mark_is_left_and_sources_are_named(
    said: Callable[[str], str], slug: str
) -> None:
    words = said(slug)
    assert "{" not in words
    assert "[[" not in words
    assert "Quellen" in words
    assert "Fassung der Gesetze geprüft am: [auszufüllen:" in words


# --- True -----------------------------------------------------------------------------


@pytest.mark.parametrize("slug", SLUGS)
def test_a_changed_period_changes_every_paper(
    said: Callable[[str], str], city: Organisation, slug: str
) -> None:
    assert "danach 3 Jahre" in said(slug)
    Organisation.objects.filter(pk=city.pk).update(evidence_years=1, retention_days=61)
    words = said(slug)
    assert "danach 1 Jahr\n" in words
    assert "61 Tage nach ihrem Ende" in words
    assert "danach 3 Jahre" not in words


@pytest.mark.parametrize("slug", SLUGS)
def test_groups_of_a_school_go_with_the_school_year(slug: str) -> None:
    school = Organisation.objects.create(name="Schule am Wehr", kind=Kind.SCHOOL)
    words = words_of(draft_of(school, slug))
    assert "bis das Schuljahr endet, in dem sie enden (31. Juli)" in words
    assert "Tage nach ihrem Ende" not in words


def test_what_joins_an_account_with_the_list_is_said(
    said: Callable[[str], str], city: Organisation
) -> None:
    told = "mit einer E-Mail-Adresse oder einem Benutzernamen, die auch auf der Liste"
    for slug in ("dienstvereinbarung", "folgenabschaetzung"):
        assert told in " ".join(said(slug).split())
    assert told in words_of(dossier.facts(city))


def test_settings_of_the_server_change_what_is_said(
    said: Callable[[str], str], settings: Any
) -> None:
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = True
    settings.SECURE_HSTS_SECONDS = 30 * 24 * 3600
    settings.SESSION_COOKIE_AGE = 3 * 24 * 3600
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    settings.SITE_URL = "https://lernen.hellingen.example/"
    settings.EMAIL_HOST = "post.hellingen.example"
    words = said("verzeichnis")
    for told in (
        "Verbindungen nur über HTTPS; Browser merken sich das 30 Tage lang",
        "bis zum Abmelden, höchstens 3 Tage",
        "Prüfwerte (Argon2)",
        "(https://lernen.hellingen.example)",
        "Mailserver post.hellingen.example",
    ):
        assert told in words

    settings.EMAIL_HOST = None  # as where mails are only shown
    assert "Mailserver [auszufüllen: Name], für" in said("verzeichnis")

    settings.SECURE_SSL_REDIRECT = False
    assert "[auszufüllen: wie Verbindungen geschützt sind" in said("verzeichnis")


def test_reminders_are_told_as_they_are_set(
    said: Callable[[str], str], city: Organisation, settings: Any
) -> None:
    sent, off = "30 und 7 Tage vor dem Termin", "Per E-Mail wird niemand erinnert"
    assert sent in said("dienstvereinbarung")
    Organisation.objects.filter(pk=city.pk).update(sends_reminders=False)
    assert off in said("dienstvereinbarung")
    Organisation.objects.filter(pk=city.pk).update(sends_reminders=True)
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert off in said("dienstvereinbarung")
    assert "die Plattform verschickt keine E-Mail" in said("verzeichnis")


def test_the_highest_level_is_the_one_of_the_organisation(
    said: Callable[[str], str], city: Organisation
) -> None:
    for kind, ceiling in (
        (Kind.ADMINISTRATION, Visibility.COMPLETED),
        (Kind.ADULTS, Visibility.HELP),
    ):
        Organisation.objects.filter(pk=city.pk).update(kind=kind, ceiling=ceiling)
        with translation.override("de"):
            label = str(ceiling.label)
        assert f"höchstens die Stufe „{label}“" in said("dienstvereinbarung")


def facts_in_german(organisation: Organisation) -> Document:
    with translation.override("de"):
        return dossier.facts(organisation)


def test_counts_start_at_as_many_people_as_the_kind_asks_for(
    said: Callable[[str], str], city: Organisation
) -> None:
    for kind, fewest in ((Kind.ADMINISTRATION, 10), (Kind.ADULTS, 5)):
        Organisation.objects.filter(pk=city.pk).update(kind=kind)
        changed = Organisation.objects.get(pk=city.pk)
        for words in (said("dienstvereinbarung"), words_of(facts_in_german(changed))):
            found = re.findall(r"und ab (\d+) Personen, wie viele", words)
            assert found == [str(fewest)]


def test_who_runs_the_site_is_a_gap_until_it_is_entered(
    said: Callable[[str], str], city: Organisation
) -> None:
    contract = "auftragsverarbeitung"
    assert "[auszufüllen: wer die Plattform betreibt" in said(contract)
    identity = SiteIdentity.load()
    identity.operator_name = "Zweckverband <Rechenzentrum>"
    identity.operator_address = "Ring 1\n12345 Hellingen"
    identity.supervisory_authority = "LDI NRW, Düsseldorf"
    identity.save()
    assert "Zweckverband <Rechenzentrum>, Ring 1, 12345 Hellingen" in said(contract)
    assert "Soweit das nur auf Weisung geschieht" in said(contract)
    assert "LDI NRW, Düsseldorf" in said("verzeichnis")

    identity.operator_name = city.name
    identity.save()
    assert "betreibt Stadt Hellingen die Plattform selbst" in said(contract)


def test_levels_are_called_what_the_rest_of_the_paper_calls_them(
    said: Callable[[str], str],
) -> None:
    words = said("dienstvereinbarung")
    assert "Stufe\nVereinbart" in words
    assert "Niveau" not in words


def test_it_says_whose_names_a_trainer_sees(said: Callable[[str], str]) -> None:
    words = said("dienstvereinbarung")
    assert "sieht die Namen aus den ausgewählten Einheiten" in words
    assert "Jede Person kann 90 Tage lang nachlesen" in words


def test_a_name_never_becomes_part_of_the_structure(
    said: Callable[[str], str], city: Organisation
) -> None:
    name = "## Amt | {day} [[roles]]"
    Organisation.objects.filter(pk=city.pk).update(name=name)
    assert f"Verantwortlich\n{name}, [auszufüllen" in said("verzeichnis")


# --- The same in every form -----------------------------------------------------------


@pytest.mark.parametrize("slug", SLUGS)
def test_page_and_file_say_the_same(
    council: Client, city: Organisation, slug: str
) -> None:
    document = draft_of(city, slug)
    path = f"/gruppen/pruefung/{city.pk}/vorlagen/{slug}"
    shown = BeautifulSoup(council.get(f"{path}/").content, "html.parser")
    prose = shown.select_one(".prose[lang=de]")
    assert prose is not None
    gaps = [mark.get_text() for mark in prose.select("mark")]
    assert gaps
    assert all(each.startswith("[auszufüllen: ") for each in gaps)

    file = council.get(f"{path}.odt")
    assert file["Content-Type"] == "application/vnd.oasis.opendocument.text"
    words, page = odt_text(file.content), " ".join(prose.get_text().split())
    labels = {part.label for part in document.parts if isinstance(part, Table)}
    for line in words_of(document).splitlines()[2:]:
        if line not in labels:
            assert " ".join(line.split()) in page
            assert line in words


@needs_pango
@needs_pdftotext
def test_a_template_is_a_paper(
    council: Client, city: Organisation, tmp_path: Path
) -> None:
    response = council.get(f"/gruppen/pruefung/{city.pk}/vorlagen/verzeichnis.pdf")
    assert response["Content-Type"] == "application/pdf"
    words = pdf_text(response.content, tmp_path)
    assert "Verzeichnis von Verarbeitungstätigkeiten" in words
    assert "[auszufüllen: Name oder Funktion, Kontakt]" in " ".join(words.split())


def test_they_are_german_in_every_language_of_the_page(
    council: Client, city: Organisation
) -> None:
    page = council.get(f"/en/gruppen/pruefung/{city.pk}/vorlagen/verzeichnis/")
    assert 'lang="de"' in page.content.decode()
    assert "Was gespeichert ist" not in text_of(page)
    assert "Prüfwert der Einladung" in text_of(page)


# --- Who reads them -------------------------------------------------------------------


def test_managers_are_led_there_and_strangers_are_not(
    council: Client, manager: User, city: Organisation
) -> None:
    desk = browser_of(manager)
    audit = f"/gruppen/pruefung/{city.pk}/"
    links = BeautifulSoup(
        desk.get(f"/gruppen/schulung/{city.pk}/").content, "html.parser"
    ).select("main a")
    assert audit in [link["href"] for link in links]
    for slug in SLUGS:
        assert f"{audit}vorlagen/{slug}/" in council.get(audit).content.decode()
    stranger = browser_of(User.objects.create_user(username="fremd"))
    for name in ("verzeichnis/", "verzeichnis.odt", "verzeichnis.pdf"):
        assert stranger.get(f"{audit}vorlagen/{name}").status_code == 404
    assert council.get(f"{audit}vorlagen/anderes/").status_code == 404
    assert council.post(f"{audit}vorlagen/verzeichnis/").status_code == 405


def test_a_template_takes_few_statements(
    council: Client, city: Organisation, django_assert_num_queries: Any
) -> None:
    path = f"/gruppen/pruefung/{city.pk}/vorlagen/dienstvereinbarung/"
    council.get(path)
    with django_assert_num_queries(4):
        council.get(path)
