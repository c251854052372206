"""Without script an answer leads back to its page, which explains it once."""

from collections.abc import Callable
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.conf import settings
from django.core.signing import Signer
from django.test import Client

from courses.player.carried import SALT
from tests.factories import single_choice, swapped

pytestmark = pytest.mark.django_db
LESSON = "/kurse/spuren/tag/"
COOKIE = settings.ANSWER_COOKIE_NAME
REFUSED = "Deshalb ist die Antwort nirgends gespeichert."


@pytest.fixture(params=["visitor", "lena_client"])
def learner(request) -> Client:
    """Learn without an account, and with one."""
    return request.getfixturevalue(request.param)


def exercise(page: str, key: str = "wetter-app") -> str:
    return page.partition(f'data-exercise="{key}"')[2].partition("</form>")[0]


def test_an_answer_leads_to_its_exercise_in_the_lesson(shelf, learner) -> None:
    learner.cookies["ansicht"] = "100"  # so that it need not be asked for any
    response = learner.post(shelf.answer_url(), {"option": "1"})
    anchor = f"#b-{shelf.first.body[1].id[:8]}"

    assert response.status_code == 303
    assert response["Location"] == f"{LESSON}{anchor}"
    assert "no-store" in response["Cache-Control"]
    assert "Das stimmt." in exercise(learner.get(LESSON).text)


def test_the_cookie_lives_a_minute_and_no_script_reads_it(shelf, learner) -> None:
    cookie = learner.post(shelf.answer_url(), {"option": "1"}).cookies[COOKIE]

    assert cookie["max-age"] == 60
    assert cookie["httponly"] is True
    assert cookie["samesite"] == "Lax"


def test_it_is_read_once(shelf, visitor) -> None:
    visitor.post(shelf.answer_url(), {"option": "1"})
    shown = visitor.get(LESSON)

    assert shown.cookies[COOKIE]["max-age"] == 0
    assert "Das stimmt." not in visitor.get(LESSON).text


def test_the_page_of_everybody_is_neither_kept_nor_given(shelf, visitor) -> None:
    visitor.get(LESSON)  # kept whole from now on
    visitor.post(shelf.answer_url(), {})  # nothing chosen: no progress either
    assert "Bitte eine Antwort auswählen" in visitor.get(LESSON).text

    assert "Bitte eine Antwort auswählen" not in Client().get(LESSON).text


def test_another_page_leaves_it_alone(shelf, visitor) -> None:
    visitor.post(shelf.answer_url(), {"option": "1"})
    other = visitor.get("/kurse/spuren/werbung/")

    assert "Das stimmt." not in other.text
    assert COOKIE not in other.cookies
    assert "Das stimmt." in visitor.get(LESSON).text


def test_another_reader_does_not_see_it(shelf, visitor, lena_client) -> None:
    visitor.post(shelf.answer_url(), {"option": "1"})
    lena_client.cookies[COOKIE] = visitor.cookies[COOKIE].value

    assert "Das stimmt." not in lena_client.get(LESSON).text


def test_an_exercise_changed_in_between_is_shown_fresh(shelf, visitor) -> None:
    visitor.post(shelf.answer_url(), {"option": "1"})
    shelf.first.body = [swapped(single_choice())]
    shelf.first.save_revision().publish()

    assert "Das stimmt." not in visitor.get(LESSON).text


@pytest.mark.parametrize(
    "value",
    [
        "kaputt",
        "a.b",
        "x" * 9000,
        Signer(salt=SALT, sep=".").sign_object("fremd"),
        Signer(salt=SALT, sep=".").sign_object([99]),
    ],
)
def test_a_broken_cookie_is_ignored(shelf, visitor, value) -> None:
    visitor.cookies = SimpleCookie()
    visitor.cookies[COOKIE] = value

    assert visitor.get(LESSON).status_code == 200


def test_a_first_answer_is_sent_again_with_the_cookies_of_its_reply(
    shelf, visitor
) -> None:
    response = visitor.post(shelf.answer_url(), {"option": "1"}, follow=True)

    assert [status for _url, status in response.redirect_chain] == [307, 303]
    assert "Das stimmt." in exercise(response.text)
    assert REFUSED not in response.text
    again = visitor.post(shelf.answer_url(), {"option": "1"}, follow=True)
    assert [status for _url, status in again.redirect_chain] == [303]


class TestWithoutCookies:
    """Where no cookie stays, feedback comes in place, with the word that it is lost."""

    @pytest.fixture
    def refusing(self, shelf, visitor) -> Callable[..., Any]:
        """Answer as a browser that brings no cookie, not even when asked again."""

        def answer(data: dict[str, str], **headers: str) -> Any:
            asked = visitor.post(shelf.answer_url(), data, headers=headers)
            assert asked.status_code == 307
            visitor.cookies.clear()
            return visitor.post(asked["Location"], data, headers=headers)

        return answer

    def test_the_feedback_stands_there_with_what_to_do(self, refusing) -> None:
        page = refusing({"option": "1"})

        assert page.status_code == 200
        assert "Das stimmt." in exercise(page.text)
        assert REFUSED in exercise(page.text)
        assert "Nichts wird gespeichert" in page.text
        assert "Lernstand wird auf diesem Gerät gespeichert" not in page.text
        assert page["Cache-Control"] == "no-store, private"
        assert not page.cookies

    def test_a_script_is_told_the_same(self, refusing) -> None:
        pieces = refusing({"option": "0"}, Accept="application/json").json()

        assert "Noch nicht richtig." in pieces["exercise"]
        assert REFUSED in pieces["exercise"]
        assert "Nichts wird gespeichert" in pieces["finish"]

    def test_a_form_that_could_not_be_read_says_why(self, refusing) -> None:
        page = refusing({})

        assert "Bitte eine Antwort auswählen" in exercise(page.text)
        assert page.status_code == 422

    def test_nobody_else_reads_of_it(self, shelf, refusing) -> None:
        refusing({"option": "1"}, Accept="application/json")

        pieces = Client().post(
            shelf.answer_url(),
            {"option": "1"},
            headers={"Accept": "application/json", "Sec-Fetch-Site": "same-origin"},
            follow=True,
        )
        assert REFUSED not in pieces.text
        assert "Nichts wird gespeichert" not in pieces.text
        assert REFUSED not in Client().get(LESSON).text


def test_where_there_is_no_room_it_is_shown_in_place(shelf, visitor) -> None:
    visitor.cookies["lernstand"] = "x" * 3600
    visitor.cookies["wiederholen"] = "x" * 3500
    response = visitor.post(shelf.answer_url(), {"option": "1"})

    assert response.status_code == 200
    assert "Das stimmt." in exercise(response.text)
    assert COOKIE not in response.cookies
