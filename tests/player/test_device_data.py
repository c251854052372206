"""“Meine Daten” lists all that a device's cookie holds, in whatever language."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.utils import timezone

from courses.progress.cookie import CourseRecord, Record, dumps, short_key
from tests.factories import single_choice, translated
from tests.player.test_statements import statements

pytestmark = pytest.mark.django_db
COOKIE = settings.PROGRESS_COOKIE_NAME


@pytest.fixture
def rows(visitor) -> Callable[[str], list[list[str]]]:
    """Read the table of lessons at an address, cell by cell."""

    def read(address: str) -> list[list[str]]:
        soup = BeautifulSoup(visitor.get(address).text, "html.parser")
        rows = soup.select("table.folds tbody tr")
        return [
            [" ".join(cell.text.split()) for cell in row.select("th, td")]
            for row in rows
        ]

    return read


def test_a_lesson_that_the_language_lacks_is_listed_too(shelf, visitor, rows) -> None:
    visitor.post(shelf.answer_url(), {"option": "1"})

    [row] = rows("/en/meine-daten/")
    page = visitor.get("/en/meine-daten/").text

    assert (row[0], row[3]) == ("Ein Tag mit Spuren", "100 %")
    assert '<th scope="row" lang="de">Ein Tag mit Spuren</th>' in page
    assert "there are no results yet" not in page


def test_the_language_of_the_page_comes_first_with_all_scores(
    shelf, visitor, rows
) -> None:
    visitor.post(shelf.answer_url(slug="werbung"), {"option": "0"})
    visitor.post(shelf.answer_url("daten"), {"option": ["0", "2"]})
    translated(shelf.first, "en", title="A day", body=[single_choice()])
    translated(shelf.second, "de-simple", title="Wer bekommt Geld?")

    [first, second] = rows("/en/meine-daten/")

    assert (first[0], first[3]) == ("A day", "100 %")  # an exercise English lacks
    assert (second[0], second[3]) == ("Wer verdient daran?", "0 %")


def test_a_lesson_that_is_no_longer_there_is_listed_too(shelf, visitor, rows) -> None:
    visitor.post(shelf.answer_url(), {"option": "1"})
    shelf.first.unpublish()

    [row] = rows("/meine-daten/")

    assert (row[0], row[3]) == ("(nicht mehr verfügbar)", "100 %")


@pytest.mark.parametrize("address", ["/meine-daten/", "/en/meine-daten/"])
def test_the_place_of_each_course_is_listed(shelf, visitor, address) -> None:
    visitor.post(shelf.answer_url(slug="werbung"), {"option": "1"})

    soup = BeautifulSoup(visitor.get(address).text, "html.parser")
    places = [" ".join(each.text.split()) for each in soup.select("h4 + p + ul li")]

    assert len(places) == 1
    assert places[0].startswith(f"{shelf.course.title} – Wer verdient daran? (")
    assert str(timezone.localdate().year) in places[0]


def test_only_a_place_is_said_to_be_without_results(shelf, visitor) -> None:
    place = CourseRecord(
        short_key(shelf.first.translation_key), "", timezone.localdate()
    )
    record = Record({short_key(shelf.course.translation_key): place})
    visitor.cookies[COOKIE] = dumps(record)

    page = visitor.get("/meine-daten/").text

    assert "Ergebnisse gibt es noch nicht." in page
    assert f"{shelf.course.title}</span> – <span>{shelf.first.title}</span>" in page


def test_it_costs_no_statement_for_a_lesson_or_language(shelf, visitor) -> None:
    visitor.post(shelf.answer_url(), {"option": "1"})
    visitor.get("/en/meine-daten/")
    few = statements(lambda: visitor.get("/en/meine-daten/"))
    visitor.post(shelf.answer_url(slug="werbung"), {"option": "1"})
    more = statements(lambda: visitor.get("/en/meine-daten/"))

    assert (len(few), len(more)) == (1, 1), more  # the content generation
