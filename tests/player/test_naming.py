"""What is kept of a learner is named on “Meine Daten” as on the pages themselves."""

import uuid
from datetime import date

import pytest

from courses.catalogue.models import LessonPage
from courses.player.naming import chosen_options
from courses.progress.models import Attempt, Enrolment, FinalTest
from courses.review.models import ReviewCard
from learnsite.accounts.export import export_html, export_json
from tests.factories import GOALS, final_test


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


def test_a_final_test_is_told_by_its_questions(shelf, lena, lena_client) -> None:
    shelf.course.goals = GOALS
    shelf.course.save_revision().publish()
    final_test(shelf.course)
    FinalTest.objects.create(
        user=lena,
        course_key=shelf.course.translation_key,
        run="zufall",
        pass_mark=60,
        items=[
            {"key": "erkennen-1", "goal": "erkennen", "answer": [1], "mark": "x"},
            {"key": "handeln-2", "goal": "handeln"},
            {"key": "handeln-1", "goal": "handeln", "answer": [1], "score": 100},
            {"key": "frueher", "goal": "handeln"},
        ],
    )

    for shown in (lena_client.get("/meine-daten/").text, export_html(lena)):
        assert (
            "<dd>1. Frage 1 zu erkennen? – Antwort 2<br>"
            "2. Frage 2 zu handeln? – offen<br>"
            "3. Frage 1 zu handeln? – 100 %<br>"
            "4. (nicht mehr verfügbar) – offen</dd>"
        ) in shown


def test_a_place_is_told_by_counting_and_a_version_by_what_became_of_it(
    shelf, lena, lena_client
) -> None:
    page = LessonPage.objects.get(pk=shelf.first.pk)
    key = page.translation_key
    today = date(2026, 11, 23)
    Enrolment.objects.create(
        user=lena,
        course_key=shelf.course.translation_key,
        place_lesson=key,
        place_block=page.body[1].id[:8],
        day=today,
    )
    Attempt.objects.create(
        user=lena,
        lesson_key=key,
        exercise_key="wetter-app",
        answer=[1],
        fingerprint="0" * 12,
        score=50,
        best=50,
        day=today,
    )

    shown = lena_client.get("/meine-daten/").text

    assert "<dt>Stelle in der Lektion</dt><dd>Abschnitt 2 von 3</dd>" in shown
    assert "<dt>Fassung der Aufgabe</dt><dd>seitdem geändert</dd>" in shown


def test_a_review_is_told_by_its_goal_in_round_numbers(
    shelf, lena, lena_client
) -> None:
    shelf.course.goals = GOALS
    shelf.course.save_revision().publish()
    ReviewCard.objects.create(
        user=lena,
        course_key=shelf.course.translation_key,
        goal="handeln",
        due=date(2026, 12, 1),
        stability=3.17354,
        difficulty=5.2845,
    )

    shown = lena_client.get("/meine-daten/").text

    assert "<dd>Ich weiß, was ich tun kann.</dd>" in shown
    assert "<dt>Tage, bis die Erinnerung nachlässt</dt><dd>3,2</dd>" in shown
