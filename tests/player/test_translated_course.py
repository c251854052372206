"""A course of which only some lessons exist in a language says so and leads on."""

from uuid import UUID

import pytest
from bs4 import BeautifulSoup

from content.generation import current_generation
from courses.catalogue.library import library
from courses.groups.titles import object_title
from tests.factories import GOALS, lesson, single_choice, translated, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(db):
    """Two lessons about a goal each; the first one in Leichte Sprache too."""
    course = world().course(
        goals=GOALS, competences={"digcomp": ["4.2"]}, settings=["schule"]
    )
    first = lesson(course, body=[single_choice("eins", goal="erkennen")])
    lesson(
        course, "tun", title="Was tun?", body=[single_choice("zwei", goal="handeln")]
    )
    translated(first, "de-simple")
    return course


def page(client, path: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(path).content, "html.parser")


def test_it_leads_to_the_whole_course(course, client) -> None:
    notice = page(client, "/de-simple/kurse/spuren/").select_one(".notice a")

    assert notice["href"] == "/kurse/spuren/"
    assert notice.get_text() == "Zum Kurs in Alltags-Sprache"


def test_only_goals_of_lessons_that_are_there_stand_on_it(course, client) -> None:
    def goals(path: str) -> list[str]:
        found = page(client, path).select("[aria-labelledby=goals] li")
        return [each.get_text() for each in found]

    assert len(goals("/kurse/spuren/")) == 2
    assert goals("/de-simple/kurse/spuren/") == ["Ich erkenne Spuren."]


def test_frameworks_of_competences_are_not_repeated_in_plain_german(
    course, client
) -> None:
    def words(path: str) -> str:
        return page(client, path).select_one("[aria-labelledby=competences]").get_text()

    assert "4.2" in words("/kurse/spuren/")
    assert "4.2" not in words("/de-simple/kurse/spuren/")
    assert "Der Kurs passt zum Lehr-Plan" in words("/de-simple/kurse/spuren/")


def test_what_is_only_there_in_german_keeps_its_german_title(course) -> None:
    shelf = library("de-simple", current_generation())
    only_german = library("de", current_generation()).courses[0].lessons[1]

    assert shelf.lesson(only_german.key) is None
    assert shelf.known_lesson(only_german.key) == only_german
    assert object_title(f"lesson:{only_german.key}", shelf) == "Lektion „Was tun?“"
    assert shelf.known_course(course.translation_key).path.startswith("/de-simple/")
    assert shelf.known_course(UUID(int=7)) is None


@pytest.mark.parametrize("what", ["lesson", "course"])
def test_where_the_german_page_is_away_the_switch_still_leads_to_a_page(
    course, client, what
) -> None:
    lesson_page = course.get_first_child().specific
    translated(lesson_page, "en")
    (lesson_page if what == "lesson" else course).unpublish()
    shown = page(client, "/en/kurse/spuren/tag/")
    ways = {a["hreflang"]: a["href"] for a in shown.select("a[hreflang]")}
    assert {"de", "de-simple"} <= set(ways)

    found = page(client, ways["de"].partition("#")[0])

    assert found.h1.get_text().endswith("gibt es in dieser Sprache noch nicht")
    there = found.select_one("main a[lang]")
    expected = {
        "lesson": "/de-simple/kurse/spuren/tag/",
        "course": "/de-simple/kurse/spuren/",
    }
    assert (there["lang"], there["href"]) == ("de-simple", expected[what])
    assert "In einer anderen Sprache:" in found.main.get_text()
    for way in page(client, there["href"]).select("a[hreflang]"):
        assert client.get(way["href"].partition("#")[0]).status_code == 200
