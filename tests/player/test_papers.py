"""A course's papers for teachers, on one page."""

import pytest
from bs4 import BeautifulSoup

from tests.factories import GOALS, final_test, lesson, text, world

pytestmark = pytest.mark.django_db
PAPERS = "/kurse/spuren/unterlagen/"
BLOCK = [text("<p>Schreibt auf, was die Wetter-App weiß.</p>")]


@pytest.fixture
def course(db):
    """A course with papers in its lessons, and a test."""
    course = world().course(goals=GOALS)
    lesson(course, worksheet=BLOCK, teacher=BLOCK)
    lesson(course, "tun", title="Was tun?", body=[text()], worksheet=BLOCK)
    return course


def links(client, path: str = PAPERS) -> list[str]:
    page = BeautifulSoup(client.get(path).content, "html.parser")
    return [a["href"] for a in page.select("main a")]


def test_every_paper_of_every_lesson_is_there_and_nothing_that_is_not(
    course, visitor
) -> None:
    found = links(visitor)
    for paper in ("lehrkraft", "arbeitsblatt", "aufgaben", "loesungen", "drucken"):
        assert f"/kurse/spuren/tag/{paper}/" in found
    assert "/kurse/spuren/tun/arbeitsblatt/" in found
    assert "/kurse/spuren/tun/lehrkraft/" not in found
    assert "/kurse/spuren/tun/aufgaben/" not in found
    assert all(visitor.get(path).status_code == 200 for path in found)


def test_the_course_page_leads_there(course, visitor) -> None:
    assert PAPERS in links(visitor, "/kurse/spuren/")


def test_teachers_are_told_that_solutions_are_open_and_why(course, visitor) -> None:
    said = "Lösungen sind für alle offen, die den Link haben, auch für Lernende"
    for path in (PAPERS, "/kurse/spuren/tag/lehrkraft/"):
        assert said in visitor.get(path).text


def test_without_exercises_there_is_no_word_of_solutions(visitor) -> None:
    lesson(world().course(), body=[text()], teacher=BLOCK)
    for path in (PAPERS, "/kurse/spuren/tag/lehrkraft/"):
        assert "Lösungen sind" not in visitor.get(path).text


def test_what_a_screen_folds_is_open_on_paper(visitor) -> None:
    cited = {"items": [{"title": "Eine Studie", "url": "https://example.org/studie"}]}
    folded = [{"type": "sources", "value": cited}]
    lesson(world().course(), body=[text(), *folded], teacher=folded, worksheet=folded)

    def details(path: str) -> list[bool]:
        page = BeautifulSoup(visitor.get(path).content, "html.parser")
        return [each.has_attr("open") for each in page.select("details.more")]

    assert details("/kurse/spuren/tag/") == [False]
    for paper in ("drucken", "lehrkraft", "arbeitsblatt"):
        assert details(f"/kurse/spuren/tag/{paper}/") == [True], paper


def test_all_worksheets_come_on_one_page(course, visitor) -> None:
    assert f"{PAPERS}arbeitsblaetter/" in links(visitor)
    page = visitor.get(f"{PAPERS}arbeitsblaetter/").text

    assert page.count("Schreibt auf, was die Wetter-App weiß.") == 2
    assert page.index("Ein Tag mit Spuren") < page.index("Was tun?")


def test_a_course_without_worksheets_has_nothing_to_print_in_one_go(
    shelf, visitor
) -> None:
    assert visitor.get(PAPERS).status_code == 200
    assert visitor.get(f"{PAPERS}arbeitsblaetter/").status_code == 404


def test_the_final_test_counts_in_what_a_course_takes(course, visitor) -> None:
    assert "Abschlusstest von" not in visitor.get("/kurse/spuren/").text
    test = final_test(course)
    said = f"und ein Abschlusstest von {test.minutes} Minuten"
    assert said in visitor.get("/kurse/spuren/").text


def test_a_test_comes_on_paper_in_two_variants(course, visitor) -> None:
    final_test(course)
    first, again, other = (
        visitor.get(f"{PAPERS}abschlusstest-{variant}/").text for variant in "aab"
    )

    assert first == again
    assert first != other
    assert first.count('class="paper-exercise"') == 4
    assert "So ist das mit" not in first
    assert f"{PAPERS}abschlusstest-b/loesungen/" in links(visitor)
    assert "So ist das mit" in visitor.get(f"{PAPERS}abschlusstest-a/loesungen/").text
    assert visitor.get(f"{PAPERS}abschlusstest-c/").status_code == 404


def test_reserved_questions_are_on_no_paper(course, visitor) -> None:
    final_test(course)
    sheets = [visitor.get(f"{PAPERS}abschlusstest-{v}/").text for v in "ab"]

    for goal in ("erkennen", "handeln"):
        assert all(sheet.count(f" zu {goal}?") == 2 for sheet in sheets)
        for reserved in (5, 6):
            assert not any(f"Frage {reserved} zu {goal}?" in s for s in sheets)


def test_where_attempts_are_counted_no_solutions_lie_open(course, visitor) -> None:
    final_test(course, attempts=2)

    assert f"{PAPERS}abschlusstest-a/" in links(visitor)
    assert f"{PAPERS}abschlusstest-a/loesungen/" not in links(visitor)
    assert visitor.get(f"{PAPERS}abschlusstest-a/loesungen/").status_code == 404


def test_an_unknown_course_has_no_papers(course, visitor) -> None:
    assert visitor.get("/kurse/fehlt/unterlagen/").status_code == 404


@pytest.mark.parametrize(
    ("settings", "heading"),
    [
        (["schule"], "Für Lehrkräfte"),
        (["verwaltung"], "Für Trainerinnen und Trainer"),
        (["erwachsene"], "Für Kursleitungen"),
        (["schule", "erwachsene"], "Für Lehrkräfte"),
    ],
)
def test_a_teachers_page_names_who_teaches_where_the_course_is_used(
    visitor, settings: list[str], heading: str
) -> None:
    lesson(world().course(settings=settings), body=[text()], teacher=BLOCK)

    assert heading in visitor.get("/kurse/spuren/tag/").text
    for path in (PAPERS, "/kurse/spuren/tag/lehrkraft/"):
        assert heading in visitor.get(path).text
