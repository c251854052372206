"""A lab in a lesson: ticked off or not, and nothing more is kept of it."""

import json

import pytest
from django.test import Client

from courses.models import Attempt
from tests.factories import lesson, single_choice, text, world

NAME = "wiedererkannt"
LESSON = "/kurse/spuren/labor/"
DONE = f"{LESSON}labor/{NAME}/"
OFFER = "Labor abhaken"
SAID = "Labor erledigt"


@pytest.fixture(autouse=True)
def _lesson(db: None) -> None:
    """Publish a lesson with a lab and an exercise."""
    lab = {"type": "lab", "value": {"lab": NAME}}
    body = [text(), lab, single_choice()]
    lesson(world().course(), slug="labor", title="Im Labor", body=body)


def shown(client: Client, path: str = LESSON) -> str:
    return client.get(path).content.decode()


def test_a_lab_can_be_ticked_off_by_a_visitor(visitor) -> None:
    assert OFFER in shown(visitor)

    response = visitor.post(DONE, follow=True)

    target, status = response.redirect_chain[-1]
    assert status == 303
    assert target.startswith(f"{LESSON}#b-")
    assert SAID in shown(visitor)
    assert OFFER not in shown(visitor)
    assert not Attempt.objects.exists()


def test_my_data_names_the_lab_of_a_visitor(visitor) -> None:
    visitor.post(DONE)

    assert "Datenlabor „Wiedererkannt“: erledigt" in shown(visitor, "/meine-daten/")


def test_with_an_account_one_row_says_done_and_nothing_else(lena_client) -> None:
    for _twice in range(2):
        lena_client.post(DONE, {"clicks": "17", "answer": "Frau Aydin"})

    row = Attempt.objects.get()
    assert (row.exercise_key, row.answer, row.best) == (f"lab:{NAME}", None, 100)
    assert SAID in shown(lena_client)
    assert "Datenlabor „Wiedererkannt“" in shown(lena_client, "/meine-daten/")


def test_taking_it_along_loses_no_lab(visitor) -> None:
    visitor.post(DONE)
    visitor.post("/schluessel/neu/", {"progress": "take"}, follow=True)

    assert [row.exercise_key for row in Attempt.objects.all()] == [f"lab:{NAME}"]


def test_a_script_gets_the_mark_and_the_end_of_the_lesson(visitor) -> None:
    response = visitor.post(DONE, headers={"Accept": "application/json"}, follow=True)

    pieces = json.loads(response.content)
    assert SAID in pieces["exercise"]
    assert set(pieces) == {"exercise", "finish"}


def test_a_lab_is_no_exercise_that_a_lesson_waits_for(visitor) -> None:
    visitor.post(f"{LESSON}antwort/wetter-app/", {"option": "1"})
    assert "1 Aufgabe" in shown(visitor)

    visitor.post(f"{LESSON}weiter/")

    assert "erledigt" in shown(visitor, "/lernen/").lower()


def test_a_lab_that_is_not_in_the_lesson_is_gone(visitor) -> None:
    assert visitor.post(f"{LESSON}labor/phishingpostfach/").status_code == 410


def test_a_page_of_somebody_else_ticks_nothing_off(lena_client) -> None:
    response = lena_client.post(DONE, {"reader": "someone"})

    assert response.status_code == 409
    assert not Attempt.objects.exists()
