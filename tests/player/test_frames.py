"""What surrounds a lesson is kept for all in the same state, and names nobody."""

from datetime import date

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from content import memory
from courses.exercises.types.short_answer.examples import EXAMPLES
from courses.player.frames import BODY, NAME
from learnsite.accounts.models import User
from tests.factories import lesson

pytestmark = pytest.mark.django_db
LESSON = "/kurse/spuren/tag/"
SHORT_ANSWER = {"type": "short_answer", "value": EXAMPLES[0][0]}
KEY_BACKEND = "learnsite.accounts.backends.LearningKeyBackend"


def signed_in(name: str) -> Client:
    client = Client(headers={"Sec-Fetch-Site": "same-origin"})
    user = User.objects.create_user(display_name=name)
    client.force_login(user, backend=KEY_BACKEND)
    return client


@pytest.mark.parametrize("path", [LESSON, "/kurse/spuren/", "/kurse/"])
def test_everybody_sees_the_own_name(shelf, path) -> None:
    pages = {name: signed_in(name).get(path).text for name in ("Ada", "Tom & <b>Co")}

    assert "Ada" in pages["Ada"]
    assert "Tom &amp; &lt;b&gt;Co" in pages["Tom & <b>Co"]
    assert "Ada" not in pages["Tom & <b>Co"]
    assert not any(hole in page for page in pages.values() for hole in (BODY, NAME))


def test_an_answer_is_shown_to_nobody_else(shelf) -> None:
    ada, tom = signed_in("Ada"), signed_in("Tom")
    for client in (ada, tom):
        client.get(LESSON)
    ada.post(shelf.answer_url(), {"option": "1"})
    tom.post(shelf.answer_url(), {"option": "0"})

    assert "Das stimmt." in ada.get(LESSON).text
    assert "Noch nicht richtig." in tom.get(LESSON).text
    assert "is-answered" not in signed_in("Ute").get(LESSON).text


def test_what_somebody_types_stays_in_no_memory(shelf) -> None:
    lesson(shelf.course, slug="frei", body=[SHORT_ANSWER])
    ada = signed_in("Ada")
    for headers in ({}, {"Accept": "application/json"}):
        response = ada.post(
            "/kurse/spuren/frei/antwort/bait/",
            {"answer": "Lena liebt Tom"},
            headers=headers,
            follow=True,
        )
        assert "Lena liebt Tom" in response.text

    assert "Lena liebt Tom" not in repr(memory._entries)


def test_a_finished_lesson_is_finished_for_its_learner_only(shelf) -> None:
    ada, tom = signed_in("Ada"), signed_in("Tom")
    for client in (ada, tom):
        client.get("/kurse/spuren/")
    for key in ("wetter-app", "daten"):
        ada.post(shelf.answer_url(key), {"option": "0"})
    ada.post(f"{LESSON}weiter/")

    assert 'data-state="done"' in ada.get("/kurse/spuren/").text
    assert 'data-state="done"' not in tom.get("/kurse/spuren/").text
    assert "Diese Lektion ist erledigt." in ada.get(LESSON).text


def test_the_same_page_looks_different_with_and_without_account(shelf, visitor) -> None:
    visitor.post(shelf.answer_url(), {"option": "1"})
    here = visitor.get(LESSON).text
    there = signed_in("Ada").get(LESSON).text

    assert "Nur auf diesem Gerät gespeichert." in here
    assert "Im Konto gespeichert." in there


def test_a_text_size_is_kept_apart(shelf) -> None:
    ada = signed_in("Ada")
    ada.get(LESSON)
    ada.cookies[settings.TEXT_SIZE_COOKIE_NAME] = "200"

    assert 'data-text="200"' in ada.get(LESSON).text


def test_a_message_is_shown_once(shelf) -> None:
    ada = signed_in("Ada")
    ada.get(LESSON)
    ada.post("/meine-daten/name/", {"display_name": "Ada 2"})

    assert "Der Name ist geändert." in ada.get(LESSON).text
    assert "Der Name ist geändert." not in ada.get(LESSON).text
    assert "Ada 2" in ada.get(LESSON).text


@pytest.mark.parametrize("path", ["/kurse/spuren/", LESSON])
def test_a_course_past_its_day_says_so_and_names_no_next_review(shelf, path) -> None:
    shelf.course.review = date(2027, 5, 26)
    shelf.first.as_of = date(2026, 11, 26)
    for each in (shelf.course, shelf.first):
        each.save_revision().publish()
    visitor, ada = Client(), signed_in("Ada")

    for day, is_due in (("2027-05-25", False), ("2027-05-26", True)):
        with time_machine.travel(f"{day} 12:00 +0200", tick=False):
            for client in (visitor, ada):
                page = client.get(path).text
                assert ("hat länger niemand geprüft" in page) is is_due
                assert ("26. Mai 2027" in page) is not is_due
