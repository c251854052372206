"""Reviewing: offered first, then one due question after the other, for anybody."""

import re
from datetime import date
from urllib.parse import parse_qsl

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.apps import apps
from django.conf import settings
from django.test import Client

from courses.exercises.types.matching import examples as matching
from courses.progress.models import Attempt
from courses.review.cookie import loads
from courses.review.models import ReviewCard
from tests.factories import lesson, world
from tests.player.test_statements import statements
from tests.review.conftest import GOALS

pytestmark = pytest.mark.django_db
PATH = "/lernen/wiederholen/"
LESSON = "/kurse/spuren/tag/"


@pytest.fixture(params=["visitor", "lena_client"])
def client(request) -> Client:
    """A visitor, then a learner with an account: both meet the same pages."""
    return request.getfixturevalue(request.param)


def on(day: str) -> time_machine.travel:
    return time_machine.travel(f"2025-{day} 10:00+01:00", tick=False)


def learn(client: Client, key: str, path: str = LESSON) -> None:
    client.post(f"{path}antwort/{key}/", {"option": "0"})


def begin(client: Client) -> None:
    """Learn on a Monday and switch reviewing on a day later."""
    with on("11-23"):
        learn(client, "eins")
    with on("11-24"):
        client.post(f"{PATH}einstellen/", {"choice": "on"})


def form(html: str) -> dict[str, str]:
    page = BeautifulSoup(html, "html.parser")
    hidden = page.select("form[action*='wiederholen/antwort'] input[type=hidden]")
    return {field["name"]: field["value"] for field in hidden}


def asked(client: Client, number: int = 1) -> str:
    return client.get(f"{PATH}?n={number}").content.decode()


def answer(client: Client, option: int, **more: str) -> str:
    fields = form(asked(client)) | {"option": str(option)} | more
    return client.post(f"{PATH}antwort/", fields, follow=True).content.decode()


def question_in(html: str) -> str:
    found = re.search(r"Frage (\w+)\?", html)
    assert found
    return found[1]


def writes_for(html: str) -> set[str]:
    """Return whom the forms of a page write for."""
    return set(re.findall(r'name="reader" value="([^"]*)"', html))


def test_an_open_page_of_a_visitor_does_not_reach_who_signed_in_meanwhile(
    course, visitor, lena_client
) -> None:
    for client in (visitor, lena_client):
        begin(client)
    with on("11-26"):
        question = asked(visitor)
    with on("11-24"):
        pause = asked(visitor, 11)
    assert writes_for(question) == writes_for(pause) == {""}
    before = list(ReviewCard.objects.values())

    with on("11-26"):
        answered = lena_client.post(f"{PATH}antwort/", form(question) | {"option": "1"})
    switched = lena_client.post(f"{PATH}einstellen/", {"choice": "off", "reader": ""})

    for refused in (answered, switched):
        assert refused.status_code == 409
        assert "Deshalb hat sich nichts geändert." in refused.text
        assert f'href="{PATH}"' in refused.text
    assert list(ReviewCard.objects.values()) == before


def test_an_open_page_of_an_account_does_not_write_to_the_device(
    course, lena, lena_client
) -> None:
    learn(lena_client, "eins")
    [mark] = writes_for(asked(lena_client))
    lena_client.logout()
    learn(lena_client, "eins")
    fields = {"choice": "on", "reader": mark}

    assert len(mark) == 16
    assert lena_client.post(f"{PATH}einstellen/", fields).status_code == 409
    assert settings.REVIEW_COOKIE_NAME not in lena_client.cookies


def test_it_is_offered_in_words_before_anything_is_kept(course, client) -> None:
    learn(client, "eins")
    page = asked(client)

    assert "Wiederholen einschalten" in page
    assert "Keine Antworten, keine Uhrzeiten" in page
    assert ReviewCard.objects.count() == 0
    assert settings.REVIEW_COOKIE_NAME not in client.cookies


def test_without_any_lesson_there_is_nothing_to_switch_on(course, client) -> None:
    page = asked(client)

    assert "Wiederholen einschalten" not in page
    assert 'href="/kurse/"' in page


def test_a_late_form_is_told_that_nothing_was_switched_on(course, client) -> None:
    late = client.post(f"{PATH}einstellen/", {"choice": "on"})

    assert late.status_code == 422
    assert "Wiederholen wurde nicht eingeschaltet." in late.text
    assert "Noch gibt es nichts zu wiederholen." in late.text
    assert "nicht eingeschaltet" not in asked(client)


def test_another_question_is_promised_only_where_there_is_one(course, client) -> None:
    with on("11-23"):
        learn(client, "eins")
        learn(client, "vier", "/kurse/spuren/werbung/")
    begin(client)
    with on("11-25"):
        pages = {
            question_in(html): html for html in (answer(client, 1), answer(client, 1))
        }

    promised = "wieder dran, mit einer anderen Frage."
    assert pages.keys() == {"eins", "vier"}
    assert promised in pages["eins"]
    assert promised not in pages["vier"]
    assert "wieder dran." in pages["vier"]


def test_a_met_goal_is_asked_and_comes_again_days_later(course, client) -> None:
    begin(client)
    with on("11-24"):
        reply = answer(client, 1)
        assert "Das stimmt." in reply
        assert "26. November 2025" in reply
        assert "Heute ist nichts dran" in asked(client)
        assert "26. November 2025" in asked(client)
    with on("11-26"):
        assert question_in(asked(client))


def test_what_was_answered_today_is_not_asked_today(course, client) -> None:
    with on("11-23"):
        learn(client, "eins")
        client.post(f"{PATH}einstellen/", {"choice": "on"})
        page = asked(client)
    assert "Heute ist nichts dran" in page
    assert "24. November 2025" in page

    with on("11-24"):
        assert question_in(asked(client))


def test_the_next_question_about_a_goal_tells_another_story(course, client) -> None:
    begin(client)
    with on("11-24"):
        first = question_in(asked(client))
        answer(client, 1)
    with on("11-26"):
        second = question_in(asked(client))

    assert {first, second} == {"eins", "zwei"}


def test_only_goals_and_lessons_already_met_are_asked(course, client) -> None:
    begin(client)
    stories = set()
    for day in ("2025-11-24", "2025-11-26", "2025-12-07", "2026-01-22"):
        with time_machine.travel(f"{day} 10:00+01:00", tick=False):
            stories.add(question_in(asked(client)))
            answer(client, 1)

    assert stories == {"eins", "zwei"}


def test_a_goal_met_later_is_asked_from_the_next_day_on(course, client) -> None:
    begin(client)
    with on("11-24"):
        answer(client, 1)
        learn(client, "vier", "/kurse/spuren/werbung/")
        assert "Heute ist nichts dran" in asked(client)
    with on("11-25"):
        assert question_in(asked(client)) == "vier"


def test_what_was_guessed_comes_tomorrow(course, client) -> None:
    begin(client)
    with on("11-24"):
        assert "25. November 2025" in answer(client, 1, sure="guessed")


def test_a_second_click_changes_nothing_more(course, client) -> None:
    begin(client)
    with on("11-24"):
        fields = form(asked(client)) | {"option": "1"}
        first = client.post(f"{PATH}antwort/", fields, follow=True).text
        other = fields | {"option": "0"}
        second = client.post(f"{PATH}antwort/", other, follow=True)

    assert "26. November 2025" in first
    assert "26. November 2025" in second.text


def test_an_answer_here_is_no_answer_in_the_lesson(course, lena, lena_client) -> None:
    begin(lena_client)
    before = list(Attempt.objects.values())
    with on("11-24"):
        answer(lena_client, 1)

    assert list(Attempt.objects.values()) == before


def test_a_form_without_an_answer_is_asked_again(course, client) -> None:
    begin(client)
    with on("11-24"):
        response = client.post(f"{PATH}antwort/", form(asked(client)), follow=True)

    assert "Antwort auswählen" in response.content.decode()


def test_what_was_given_so_far_stays_when_something_is_open(client) -> None:
    kind = {"type": "matching", "value": {**matching.VALUE, "goal": "spuren"}}
    lesson(world().course(goals=GOALS), body=[kind])
    with on("11-23"):
        client.post(
            f"{LESSON}antwort/who-sees-what/", dict(parse_qsl(matching.form(0, 1, 2)))
        )
    with on("11-24"):
        client.post(f"{PATH}einstellen/", {"choice": "on"})
        fields = form(asked(client)) | {"pair-1": "2"}
        response = client.post(f"{PATH}antwort/", fields, follow=True)

    page = BeautifulSoup(response.content.decode(), "html.parser")
    assert [o["value"] for o in page.select("select option[selected]")] == ["2"]


@pytest.mark.parametrize(
    "change", [{"exercise": "weg"}, {"lesson": "kaputt"}, {"lesson": ""}]
)
def test_a_question_that_is_gone_says_so(course, client, change) -> None:
    begin(client)
    with on("11-24"):
        fields = form(asked(client)) | {"option": "1"} | change
        response = client.post(f"{PATH}antwort/", fields)

    assert response.status_code == 410
    assert "Diese Frage hat sich geändert" in response.content.decode()


def test_switching_off_deletes_every_card(course, client) -> None:
    begin(client)
    client.post(f"{PATH}einstellen/", {"choice": "off"})

    assert ReviewCard.objects.count() == 0
    assert not client.cookies.get(settings.REVIEW_COOKIE_NAME, None) or (
        client.cookies[settings.REVIEW_COOKIE_NAME].value == ""
    )
    assert "Wiederholen einschalten" in asked(client)


def test_the_server_keeps_nothing_of_a_visitor(course, visitor) -> None:
    def rows() -> dict[str, int]:
        return {m._meta.label: m._base_manager.count() for m in apps.get_models()}

    before = rows()
    begin(visitor)
    with on("11-24"):
        answer(visitor, 1)

    assert rows() == before
    assert len(loads(visitor.cookies[settings.REVIEW_COOKIE_NAME].value)) == 1


def test_ten_questions_make_a_round(course, client) -> None:
    begin(client)
    with on("11-24"):
        page = asked(client, 11)

    assert "10 Fragen sind beantwortet" in page
    assert "Weiter wiederholen" in page


def test_the_calendar_holds_days_and_nothing_of_anybody(course, client) -> None:
    begin(client)
    with on("11-24"):
        answer(client, 1)
        response = client.get(f"{PATH}erinnerung.ics")
    lines = response.content.decode().replace("\r\n ", "").splitlines()

    assert response["Content-Type"].startswith("text/calendar")
    assert "DTSTART;VALUE=DATE:20251126" in lines
    assert "SUMMARY:Wiederholen" in lines
    assert "UID:wiederholen-2025-11-26@testserver" in lines
    assert "DTSTAMP:20251124T000000Z" in lines
    assert not any("Spuren" in line or "Lena" in line for line in lines)


def test_my_learning_says_quietly_what_is_due(course, client) -> None:
    begin(client)
    with on("11-24"):
        assert "1 Frage zum Wiederholen" in client.get("/lernen/").content.decode()
        answer(client, 1)
        assert "Frage zum Wiederholen" not in client.get("/lernen/").content.decode()


def test_progress_that_is_taken_along_brings_its_cards(course, visitor) -> None:
    begin(visitor)
    visitor.post("/schluessel/neu/", {"progress": "take"}, follow=True)
    card = ReviewCard.objects.get()

    assert (card.goal, card.due) == ("spuren", date(2025, 11, 24))
    assert visitor.cookies[settings.REVIEW_COOKIE_NAME].value == ""


def test_statements_do_not_grow(course, lena_client) -> None:
    begin(lena_client)
    with on("11-24"):
        asked(lena_client)
        shown = statements(lambda: asked(lena_client))
        # generation, session, user, cards, answered exercises, what groups opened
        assert len(shown) == 6, shown
        fields = form(asked(lena_client)) | {"option": "1"}
        given = statements(lambda: lena_client.post(f"{PATH}antwort/", fields))
        # the same, and the card
        assert len(given) == 7, given
