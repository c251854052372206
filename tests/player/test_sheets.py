"""A lesson's exercises on paper: blank for the class, solved for the teacher."""

import pytest

from tests.factories import lesson, text

pytestmark = pytest.mark.django_db


def test_the_sheet_holds_the_exercises_and_no_solution(shelf, visitor) -> None:
    page = visitor.get("/kurse/spuren/tag/aufgaben/").content.decode()

    assert "Womit verdient die Wetter-App Geld?" in page
    assert page.count('class="paper-exercise"') == 2
    assert "Lena schaut auf ihr Handy." not in page
    assert "Warum" not in page
    assert "<input" not in page


def test_the_solutions_explain_every_option(shelf, visitor) -> None:
    page = visitor.get("/kurse/spuren/tag/loesungen/").content.decode()

    assert page.count("is-right") == 3
    assert "Warum „Mit Werbung“ stimmt." in page
    assert "Warum „Mit Schirmen“ nicht stimmt." in page


def test_the_print_view_shows_exercises_as_paper_between_the_texts(
    shelf, visitor
) -> None:
    page = visitor.get("/kurse/spuren/tag/drucken/").content.decode()

    assert "Lena schaut auf ihr Handy." in page
    assert page.count('class="paper-exercise"') == 2
    assert "Antwort prüfen" not in page


def test_a_lesson_without_exercises_has_no_sheet(shelf, visitor) -> None:
    lesson(shelf.course, slug="leer", body=[text()])

    assert visitor.get("/kurse/spuren/leer/aufgaben/").status_code == 404
