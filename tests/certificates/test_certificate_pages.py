"""From the last lesson to a paper that anybody can verify, and nobody can look up."""

import json
import logging
import os
import re
import shutil
import subprocess
import unicodedata
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest
from django.apps import apps
from django.core import serializers
from django.test import Client
from PIL import ImageFile

from courses.certificates.checks import HINT, pdf_is_possible
from courses.certificates.models import Certificate
from courses.certificates.paper import own_files_only
from courses.certificates.services import (
    confirms,
    end_of_month,
    issue,
    prepared_certificate,
)
from courses.models import LessonPage
from courses.progress.models import FinalTest, LessonProgress, LessonState
from learnsite.accounts.models import User
from tests.factories import lesson, translated
from tests.player.conftest import (
    lena,
    lena_client,
    published_shelf,
    shelf,
    visitor,
)
from tests.player.test_statements import statements

__all__ = ["lena", "lena_client", "published_shelf", "shelf", "visitor"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]
PATH = "/kurse/spuren/bescheinigung/"
NAME = "Lena Özdemir-Müller"
#: CI requires what elsewhere is skipped with a line that says how to get it.
IS_REQUIRED = "REQUIRE_BROWSER" in os.environ
needs_pango = pytest.mark.skipif(
    not (pdf_is_possible() or IS_REQUIRED), reason=f"No Pango. {HINT}"
)


def finish(shelf, user: User, day: date = date(2026, 11, 3)) -> None:
    for page in (shelf.first, shelf.second):
        LessonProgress.objects.create(
            user=user, lesson_key=page.translation_key, state=LessonState.DONE, day=day
        )


def text_of(pdf: bytes, tmp_path: Path) -> str:
    file = tmp_path / "paper.pdf"
    file.write_bytes(pdf)
    run = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True
    )
    return run.stdout.decode()


def paper(client: Client, **fields: str) -> bytes:
    response = client.post(PATH, {"name": NAME, "language": "de", **fields})
    assert response["Content-Type"] == "application/pdf", response.content.decode()
    return response.content


needs_pdftotext = pytest.mark.skipif(
    not (shutil.which("pdftotext") and shutil.which("qpdf") or IS_REQUIRED),
    reason="apt-get install poppler-utils qpdf",
)


def test_a_visitor_is_led_to_a_learning_key(shelf, visitor) -> None:
    for key in ("wetter-app", "daten"):
        visitor.post(shelf.answer_url(key), {"option": "0"})
    visitor.post("/kurse/spuren/tag/weiter/")
    assert "1 von 2 Lektionen" in visitor.get(PATH).content.decode()
    visitor.post(shelf.answer_url(slug="werbung"), {"option": "0"})
    visitor.post("/kurse/spuren/werbung/weiter/")

    page = visitor.get(PATH).content.decode()
    assert "Lernschlüssel anlegen und diesen Lernstand mitnehmen" in page
    card = visitor.post(
        "/schluessel/neu/", {"progress": "take", "next": PATH}, follow=True
    )
    assert f'value="{PATH}"' in card.content.decode()
    assert "Bescheinigung erstellen" in visitor.get(PATH).content.decode()


def test_the_way_back_from_a_new_key_never_leaves_the_site(shelf, visitor) -> None:
    card = visitor.post(
        "/schluessel/neu/", {"next": "https://boese.example/"}, follow=True
    )

    assert "boese.example" not in card.content.decode()


def test_an_unfinished_course_names_what_is_open(shelf, lena_client) -> None:
    page = lena_client.get(PATH).content.decode()

    assert "2 Lektionen sind noch offen" in page
    assert "Wer verdient daran?" in page
    assert lena_client.post(PATH, {"name": NAME}).status_code == 200
    assert Certificate.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "message"),
    [("", "Bitte den Namen"), ("  ", "Bitte den Namen"), ("L", "vollständigen")],
)
def test_without_a_name_there_is_no_paper(
    shelf, lena, lena_client, name, message
) -> None:
    finish(shelf, lena)
    response = lena_client.post(PATH, {"name": name, "language": "de"})

    assert response.status_code == 422
    assert message in response.content.decode()
    assert Certificate.objects.count() == 0


@needs_pango
@needs_pdftotext
def test_the_paper_says_what_was_learned(shelf, lena, lena_client, tmp_path) -> None:
    finish(shelf, lena)
    words = text_of(paper(lena_client), tmp_path)
    kept = Certificate.objects.get()

    for said in (
        "Teilnahmebescheinigung", NAME, "Name selbst eingetragen",
        "Datenspuren lesen", "Ein Tag mit Spuren", "Wer verdient daran?",
        "0,5 Unterrichtseinheiten zu 45 Minuten", "Selbstlernkurs online",
        "November 2026", f"/bescheinigung/{kept.id}/",
    ):  # fmt: skip
        assert said in words
    assert "Abschlusstest" not in words


@needs_pango
@needs_pdftotext
@pytest.mark.parametrize("goals", [5, 6, 7, 12])
def test_nothing_on_a_full_paper_is_printed_over(
    shelf, lena, lena_client, tmp_path, goals
) -> None:
    said = "Ich kann sagen, wer in einem fremden Netz etwas sieht. " * 3
    shelf.course.goals = [{"id": f"z{i}", "text": said} for i in range(goals)]
    shelf.course.competences = {
        "kmk": ["4.1", "4.2", "2.5", "5.3"],
        "digcomp": ["4.1", "4.2", "2.3", "5.4"],
    }
    shelf.course.save_revision().publish()
    finish(shelf, lena)
    file = tmp_path / "p.pdf"
    file.write_bytes(paper(lena_client))
    run = subprocess.run(
        ["pdftotext", "-bbox", str(file), "-"], capture_output=True, check=True
    )
    pages = run.stdout.decode().split("<page ")
    found = {
        word: (number, float(top), float(bottom))
        for number, page in enumerate(pages)
        for top, bottom, word in re.findall(
            r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">(Ausgestellt|Echt\?)<', page
        )
    }

    # First the last line of the table, then, below it, how to verify.
    assert found["Ausgestellt"][:1] + found["Ausgestellt"][2:] < found["Echt?"][:2]


@needs_pango
@needs_pdftotext
def test_the_paper_is_tagged_and_knows_its_language(
    shelf, lena, lena_client, tmp_path
) -> None:
    finish(shelf, lena)
    content = paper(lena_client, language="en")
    file = tmp_path / "p.pdf"
    file.write_bytes(content)
    info = subprocess.run(["pdfinfo", str(file)], capture_output=True, check=True)

    assert re.search(r"Tagged:\s+yes", info.stdout.decode())
    assert re.search(r"Pages:\s+1\n", info.stdout.decode())
    assert "Certificate of participation" in info.stdout.decode()
    loose = ["qpdf", "--qdf", "--object-streams=disable", str(file), "-"]
    assert b"/Lang (en)" in subprocess.run(loose, capture_output=True).stdout
    assert "Name entered by the participant" in text_of(content, tmp_path)


@needs_pango
@needs_pdftotext
def test_what_the_paper_says_is_tied_to_its_label(
    shelf, lena, lena_client, tmp_path
) -> None:
    finish(shelf, lena)
    file = tmp_path / "p.pdf"
    file.write_bytes(paper(lena_client))
    run = subprocess.run(
        ["pdfinfo", "-struct-text", str(file)], capture_output=True, check=True
    )
    tags = re.sub(r"\s+", " ", run.stdout.decode())

    # Each row: a header for its row, then the value.
    assert re.search(r'TR TH .{0,40}"Umfang" TD: .{0,60}"0,5', tags)
    assert not re.search(r" L (?:\(\w+\) )?Div ", tags)


@needs_pango
def test_the_name_is_kept_nowhere_and_written_to_no_log(
    shelf, lena, lena_client, caplog
) -> None:
    finish(shelf, lena)
    with caplog.at_level(logging.DEBUG):
        paper(lena_client)

    rows = [
        serializers.serialize("json", model._base_manager.all())
        for model in apps.get_models()
    ]
    for part in (NAME, "zdemir", json.dumps("Özdemir")[1:-1]):
        assert not any(part in row for row in rows)
        assert part not in caplog.text


@needs_pango
def test_no_row_leads_from_an_account_to_its_certificate(
    shelf, lena, lena_client
) -> None:
    finish(shelf, lena)
    paper(lena_client)
    fields = {field.name for field in Certificate._meta.get_fields()}

    assert fields == {
        "id", "course_key", "version", "lessons", "all_lessons", "month",
        "valid_until", "seal",
    }  # fmt: skip
    lena.delete()
    assert Certificate.objects.count() == 1


def test_the_form_ticks_nothing_that_tells_more_than_needed(
    shelf, lena, lena_client
) -> None:
    finish(shelf, lena)
    FinalTest.objects.create(
        user=lena, course_key=shelf.course.translation_key, attempts=1, best=85,
        pass_mark=60, passed_day=date(2026, 11, 4), passed_score=85,
    )  # fmt: skip
    page = lena_client.get(PATH).content.decode()

    assert 'name="show_result">' in page
    assert "checked" not in page


@needs_pango
@needs_pdftotext
def test_anybody_can_verify_a_paper(
    shelf, lena, lena_client, visitor, tmp_path
) -> None:
    finish(shelf, lena)
    FinalTest.objects.create(
        user=lena, course_key=shelf.course.translation_key, attempts=1, best=85,
        pass_mark=60, passed_day=date(2026, 11, 4), passed_score=85,
    )  # fmt: skip
    words = text_of(paper(lena_client, show_result="on"), tmp_path)
    assert "bestanden mit 85 Prozent" in words
    found = re.search(r"((?:[0-9A-Z]{4}-){5}R85)", words)
    assert found
    address = f"/bescheinigung/{Certificate.objects.get().id}/"

    page = visitor.get(address).content.decode()
    assert "Datenspuren lesen" in page
    assert NAME not in page
    assert "85" not in re.sub(r"<[^>]+>", "", page)
    given = {"name": NAME.lower(), "code": found[1].lower()}
    page = visitor.post(address, given).content.decode()
    assert "Name und Papier gehören zusammen" in page
    assert "85 Prozent" in page
    for wrong in ({"name": "Tom"}, {"code": found[1].replace("R85", "R95")}):
        page = visitor.post(address, given | wrong).content.decode()
        assert "passen nicht zusammen" in page


@needs_pango
@needs_pdftotext
def test_a_result_is_on_the_paper_only_where_it_is_wanted(
    shelf, lena, lena_client, tmp_path
) -> None:
    finish(shelf, lena)
    FinalTest.objects.create(
        user=lena, course_key=shelf.course.translation_key, attempts=1, best=85,
        pass_mark=60, passed_day=date(2026, 11, 4), passed_score=85,
    )  # fmt: skip

    assert "85" not in text_of(paper(lena_client), tmp_path).partition("Echt?")[0]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("course_key", "6f9619ff-8b86-4011-b42d-00cf4fc964ff"),
        ("version", "2026-01-01"),
        ("lessons", 3),
        ("all_lessons", 3),
        ("month", date(2026, 12, 1)),
        ("valid_until", date(2040, 1, 31)),
    ],
)
def test_a_row_that_was_changed_confirms_nobody(db, field, value) -> None:
    issued = prepared_certificate(
        name=NAME, course_key=UUID(int=1), version="2026-11-01", lessons=2,
        all_lessons=2, today=date(2026, 11, 3), valid_until=date(2027, 11, 30),
        result=None,
    )  # fmt: skip
    issue(issued)
    kept = Certificate.objects.get()
    assert confirms(kept, issued.code, NAME)

    setattr(kept, field, value)
    assert not confirms(kept, issued.code, NAME)


@needs_pango
@pytest.mark.parametrize(
    "address", ["http://127.0.0.1/", "file:///etc/hostname", "static:/css/base.css"]
)
def test_a_paper_fetches_nothing_but_typefaces(address) -> None:
    with pytest.raises(ValueError, match="fetches nothing"):
        own_files_only().fetch(address)


def test_an_unknown_number_says_so(db, visitor) -> None:
    number = "6f9619ff-8b86-4011-b42d-00cf4fc964ff"
    response = visitor.get(f"/bescheinigung/{number}/")

    assert response.status_code == 404
    assert "nicht bekannt" in response.content.decode()
    assert response["X-Robots-Tag"] == "noindex"


def test_a_number_can_be_typed(db, visitor) -> None:
    number = "6f9619ff-8b86-4011-b42d-00cf4fc964ff"
    response = visitor.get("/bescheinigung/", {"number": number})
    address = f"https://lernen.example.org/bescheinigung/{number}/#V13Q"
    copied = visitor.get("/bescheinigung/", {"number": address})
    wrong = visitor.get("/bescheinigung/", {"number": "12"})

    assert response["Location"] == f"/bescheinigung/{number}/"
    assert copied["Location"] == response["Location"]
    assert wrong.status_code == 422
    assert "keine Nummer einer Bescheinigung" in wrong.content.decode()


def must_be_renewed(shelf) -> None:
    shelf.course.valid_months = 12
    shelf.course.as_of = date(2026, 11, 1)
    shelf.course.save_revision().publish()


@needs_pango
@needs_pdftotext
def test_validity_counts_from_learning_not_from_asking(
    shelf, lena, lena_client, tmp_path
) -> None:
    must_be_renewed(shelf)
    finish(shelf, lena, date(2026, 3, 9))
    words = text_of(paper(lena_client), tmp_path)

    assert "31. März 2027" in words
    assert Certificate.objects.get().valid_until == date(2027, 3, 31)
    # Learned before the present version of the course existed.
    assert "Stand des Kurses" not in words
    assert Certificate.objects.get().version == ""


def test_what_has_run_out_must_be_learned_anew(shelf, lena, lena_client) -> None:
    must_be_renewed(shelf)
    finish(shelf, lena, date(2020, 1, 20))

    page = lena_client.get(PATH).content.decode()
    assert "Zeit zum Erneuern" in page
    assert "Januar 2020" in page
    assert "/kurse/spuren/tag/" in page
    lena_client.post(PATH, {"name": NAME, "language": "de"})
    assert lena_client.post(f"{PATH}abzeichen/")["Location"] == PATH
    assert Certificate.objects.count() == 0


@needs_pango
def test_a_renewal_keeps_the_old_one_and_both_know_their_end(
    shelf, lena, lena_client, visitor
) -> None:
    must_be_renewed(shelf)
    finish(shelf, lena, date(2026, 11, 3))
    paper(lena_client)
    old = Certificate.objects.get()
    Certificate.objects.update(valid_until=date(2020, 1, 31))
    paper(lena_client)

    assert Certificate.objects.count() == 2
    page = visitor.get(f"/bescheinigung/{old.id}/").content.decode()
    assert "31. Januar 2020" in page
    assert "abgelaufen" in page


@needs_pango
@needs_pdftotext
def test_a_renewal_by_test_names_the_version_that_was_tested(
    shelf, lena, lena_client, tmp_path
) -> None:
    must_be_renewed(shelf)
    finish(shelf, lena, date(2020, 1, 20))
    FinalTest.objects.create(
        user=lena, course_key=shelf.course.translation_key, attempts=1, best=85,
        pass_mark=60, passed_day=date(2026, 10, 4), passed_score=85,
        passed_version=date(2026, 9, 1),
    )  # fmt: skip

    words = text_of(paper(lena_client, show_result="on"), tmp_path)
    assert "1. September 2026" in words
    assert "31. Oktober 2027" in words


class TestLessonPublishedLater:
    """What somebody had finished stays finished where the final test proves it."""

    @pytest.fixture
    def finished(self, shelf, lena) -> None:
        finish(shelf, lena, date(2026, 10, 3))

    @pytest.fixture
    def passed(self, shelf, lena, finished) -> None:
        FinalTest.objects.create(
            user=lena, course_key=shelf.course.translation_key, attempts=1, best=85,
            pass_mark=60, passed_day=date(2026, 10, 4), passed_score=85,
            passed_version=date(2026, 9, 1),
        )  # fmt: skip

    @needs_pango
    @needs_pdftotext
    def test_who_had_passed_keeps_the_certificate_without_it(
        self, shelf, passed, lena_client, tmp_path
    ) -> None:
        lesson(shelf.course, "neu", title="Eine neue Lektion")
        course = lena_client.get("/kurse/spuren/").text
        assert f'href="{PATH}">Bescheinigung holen' in course

        words = text_of(paper(lena_client), tmp_path)

        assert "2 von 3 Lektionen" in words
        assert "Wer verdient daran?" in words
        assert "Eine neue Lektion" not in words

    def test_what_was_open_before_the_test_stays_open(
        self, shelf, lena, passed, lena_client
    ) -> None:
        late = lesson(shelf.course, "alt", title="Nie gemacht")
        LessonPage.objects.filter(pk=late.pk).update(
            first_published_at=datetime(2026, 9, 1, 12, tzinfo=UTC)
        )
        shelf.course.save_revision().publish()

        assert "1 Lektion ist noch offen" in lena_client.get(PATH).text

    def test_without_the_test_it_is_open(self, shelf, finished, lena_client) -> None:
        lesson(shelf.course, "neu", title="Eine neue Lektion")

        assert "1 Lektion ist noch offen" in lena_client.get(PATH).text


class TestFewerLessonsInAnotherLanguage:
    """A paper tells of the lessons that were done, whatever language it is in."""

    @pytest.fixture
    def half_english(self, shelf, lena) -> None:
        translated(shelf.course, title="Reading traces")
        translated(shelf.first, title="A day with traces")
        LessonProgress.objects.create(
            user=lena,
            lesson_key=shelf.first.translation_key,
            state=LessonState.DONE,
            day=date(2026, 11, 3),
        )

    @needs_pango
    @needs_pdftotext
    def test_the_paper_says_that_it_is_a_part(
        self, half_english, lena_client, visitor, tmp_path
    ) -> None:
        there = f"/en{PATH}"
        page = lena_client.get(there).content.decode()
        assert "1 of 2 lessons" in page

        response = lena_client.post(there, {"name": NAME, "language": "de"})
        words = text_of(response.content, tmp_path)
        assert "1 von 2 Lektionen" in words
        assert "A day with traces" in words
        assert "Wer verdient daran?" not in words
        address = f"/bescheinigung/{Certificate.objects.get().id}/"
        assert "1 von 2 Lektionen" in visitor.get(address).content.decode()

    def test_the_whole_course_stays_open(self, half_english, lena_client) -> None:
        page = lena_client.get(PATH).content.decode()

        assert "1 Lektion ist noch offen" in page

    def test_the_badge_says_so_too(self, half_english, lena_client, settings) -> None:
        badge = lena_client.post(f"/en{PATH}abzeichen/").json()

        achievement = badge["credentialSubject"]["achievement"]
        assert achievement["name"] == "Reading traces (1 of 2 lessons)"
        assert "A day with traces" in achievement["criteria"]["narrative"]


@needs_pango
def test_a_paper_that_cannot_be_made_leaves_no_row(
    shelf, lena, lena_client, monkeypatch
) -> None:
    finish(shelf, lena)
    monkeypatch.setattr("courses.certificates.paper.STYLE", "css/missing.css")
    lena_client.raise_request_exception = False

    response = lena_client.post(PATH, {"name": NAME, "language": "de"})
    assert response.status_code == 500
    assert Certificate.objects.count() == 0


NAMES = ["Łukasz Żółć", "Özlem Şahin-Yıldırım", "Nguyễn Thị Hồng", "Олена Шевченко"]


@needs_pango
@needs_pdftotext
@pytest.mark.parametrize("name", [*NAMES, "Γιώργος Παπαδόπουλος"])
def test_names_need_no_typeface_of_the_server(
    shelf, lena, lena_client, tmp_path, name
) -> None:
    finish(shelf, lena)
    content = paper(lena_client, name=name)
    file = tmp_path / "p.pdf"
    file.write_bytes(content)
    fonts = subprocess.run(["pdffonts", str(file)], capture_output=True, check=True)

    words = unicodedata.normalize("NFC", text_of(content, tmp_path))
    # A change of typeface inside a word reads like a space.
    assert name.replace(" ", "") in words.replace(" ", "")
    named = [line.split()[0] for line in fonts.stdout.decode().splitlines()[2:]]
    assert all(re.search("Atkinson|Noto", each) for each in named), named


@needs_pango
def test_a_name_that_cannot_be_printed_makes_no_paper_with_boxes(
    shelf, lena, lena_client, caplog
) -> None:
    finish(shelf, lena)
    response = lena_client.post(
        PATH, {"name": "\U0001e100\U0001e101", "language": "de"}
    )

    assert response.status_code == 422
    assert "Schrift für einige dieser Zeichen" in response.content.decode()
    assert Certificate.objects.count() == 0
    assert "1e100" not in caplog.text


@needs_pango
def test_a_name_typed_for_somebody_else_makes_no_paper(
    shelf, lena, lena_client
) -> None:
    finish(shelf, lena)
    given = {"name": NAME, "language": "de", "reader": "0123456789abcdef"}
    response = lena_client.post(PATH, given)

    assert response.status_code == 409
    assert "jemand anderes angemeldet" in response.content.decode()
    assert Certificate.objects.count() == 0


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 11, 25), 12, date(2027, 11, 30)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2027, 12, 1), 2, date(2028, 2, 29)),
    ],
)
def test_validity_ends_with_a_month(start, months, end) -> None:
    assert end_of_month(start, months) == end


def test_making_papers_lets_no_damaged_picture_in() -> None:
    pdf_is_possible()

    assert ImageFile.LOAD_TRUNCATED_IMAGES is False


@needs_pango
def test_ten_papers_a_day_are_enough(shelf, lena, lena_client) -> None:
    finish(shelf, lena)
    for _ in range(10):
        paper(lena_client)
    response = lena_client.post(PATH, {"name": NAME, "language": "de"})

    assert response.status_code == 429
    assert "Morgen geht es wieder" in response.content.decode()


def test_the_form_costs_the_same_for_any_number_of_lessons(
    shelf, lena, lena_client
) -> None:
    finish(shelf, lena)
    lena_client.get(PATH)
    shown = statements(lambda: lena_client.get(PATH))

    # generation, session, user, progress, days, test
    assert len(shown) == 6, shown
