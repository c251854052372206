"""What is kept of a learner is named on “Meine Daten” as on the pages themselves."""

import uuid
from datetime import date

import pytest

from courses.player.naming import chosen_options
from courses.progress.models import Attempt, Enrolment
from learnsite.accounts.export import export_html, export_json


@pytest.fixture
def answered(shelf, lena) -> None:
    """Lena is in the course and has answered one exercise."""
    lesson = shelf.first.translation_key
    Enrolment.objects.create(
        user=lena,
        course_key=shelf.course.translation_key,
        place_lesson=lesson,
        day=date(2026, 11, 23),
    )
    Attempt.objects.create(
        user=lena,
        lesson_key=lesson,
        exercise_key="wetter-app",
        answer=[0, 2],
        score=50,
        best=50,
        day=date(2026, 11, 23),
    )


@pytest.mark.usefixtures("answered")
def test_page_and_readable_export_show_titles_and_options(
    shelf, lena, lena_client
) -> None:
    for shown in (lena_client.get("/meine-daten/").text, export_html(lena)):
        assert f"<dd>{shelf.course.title}</dd>" in shown.replace("td>", "dd>")
        assert f"<dd>{shelf.first.title}</dd>" in shown.replace("td>", "dd>")
        assert "Antworten 1, 3" in shown
        assert "Womit verdient die Wetter-App Geld?" in shown
        assert ">wetter-app<" not in shown
        assert str(shelf.first.translation_key) not in shown


@pytest.mark.usefixtures("answered")
def test_export_for_machines_keeps_what_is_stored(shelf, lena) -> None:
    export = export_json(lena)

    assert f'"lesson_key": "{shelf.first.translation_key}"' in export
    assert "Antworten 1, 3" not in export


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ([1], "Antwort 2"),
        ([], "keine Antwort"),
        ("Phishing", "Phishing"),
        (["Postkarte", 2, None], "Postkarte; 3; –"),
        ([[True, 1], [False, None], [None, None]], "ja 2; nein; –"),
        ([True, False], "ja; nein"),
        ({"number": "12.5"}, "12.5"),
    ],
)
def test_an_answer_is_told_as_people_gave_it(answer, said) -> None:
    assert chosen_options(answer) == said


def test_what_is_gone_is_said_to_be_gone(shelf, lena, lena_client) -> None:
    gone = uuid.uuid4()
    Enrolment.objects.create(user=lena, course_key=gone, day=date(2026, 11, 23))

    page = lena_client.get("/meine-daten/").text

    assert "<dd>(nicht mehr verfügbar)</dd>" in page
    assert str(gone) not in page


def test_a_vanished_exercise_is_said_to_be_gone(shelf, lena, lena_client) -> None:
    for lesson in (shelf.first.translation_key, uuid.uuid4()):
        Attempt.objects.create(
            user=lena,
            lesson_key=lesson,
            exercise_key="frueher",
            score=50,
            best=50,
            day=date(2026, 11, 23),
        )

    page = lena_client.get("/meine-daten/").text

    assert page.count('data-label="Aufgabe">(nicht mehr verfügbar)') == 2


@pytest.mark.parametrize(
    ("answer", "text"),
    [([1], "Antwort 2"), ([], "keine Antwort"), ("frei", "frei")],
)
def test_answers_are_counted_from_one(answer, text) -> None:
    assert chosen_options(answer) == text
