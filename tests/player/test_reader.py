"""A page left open writes for the person it was loaded for, or for nobody."""

import re

import pytest
from django.conf import settings

from courses.player.frames import READER
from courses.progress.models import Attempt, Enrolment, LessonProgress
from learnsite.accounts.models import User

pytestmark = pytest.mark.django_db
LESSON = "/kurse/spuren/tag/"
AS_SCRIPT = {"Accept": "application/json"}
SAYS = "Deshalb wurde nichts gespeichert."


def readers(page: str) -> set[str]:
    """Return whom the forms of a page, and its scripts, write for."""
    forms = re.findall(r'name="reader" value="([^"]*)"', page)
    return {*forms, *re.findall(r'data-owner="([^"]*)"', page)}


@pytest.fixture
def open_tab(shelf, visitor) -> set[str]:
    """A visitor's lesson, still open in another tab."""
    return readers(visitor.get(LESSON).text)


def rows() -> list[int]:
    return [m.objects.count() for m in (Attempt, Enrolment, LessonProgress)]


def test_all_forms_of_a_lesson_say_for_whom_they_write(
    shelf, lena_client, visitor
) -> None:
    page = lena_client.get(LESSON).text
    [mark] = readers(page)

    assert len(mark) == 16
    assert page.count(f'name="reader" value="{mark}"') == 3  # two exercises, “Weiter”
    assert readers(visitor.get(LESSON).text) == {""}
    assert READER not in page


def test_pieces_for_the_script_say_it_too(shelf, lena_client) -> None:
    [mark] = readers(lena_client.get(LESSON).text)
    data = {"option": "1", "reader": mark}

    pieces = lena_client.post(shelf.answer_url(), data, headers=AS_SCRIPT).json()

    assert readers(pieces["exercise"]) == {mark}
    assert readers(pieces["finish"]) == {mark}


@pytest.mark.parametrize("headers", [{}, AS_SCRIPT])
def test_a_visitors_answer_does_not_reach_who_signed_in_meanwhile(
    shelf, open_tab, lena_client, headers
) -> None:
    [mark] = open_tab
    data = {"option": "1", "reader": mark}

    response = lena_client.post(shelf.answer_url(), data, headers=headers)

    assert response.status_code == 409
    said = response.json()["message"] if headers else response.text
    assert SAYS in said
    assert rows() == [0, 0, 0]


def test_neither_does_completing_nor_the_place(shelf, open_tab, lena_client) -> None:
    [mark] = open_tab
    done = lena_client.post(f"{LESSON}weiter/", {"reader": mark})
    lena_client.post(f"{LESSON}stelle/", {"block": "0a1b2c3d", "reader": mark})

    assert done.status_code == 409
    assert rows() == [0, 0, 0]


def test_an_accounts_answer_does_not_land_on_the_device_after_signing_out(
    shelf, lena_client
) -> None:
    [mark] = readers(lena_client.get(LESSON).text)
    lena_client.logout()

    response = lena_client.post(shelf.answer_url(), {"option": "1", "reader": mark})

    assert response.status_code == 409
    assert settings.PROGRESS_COOKIE_NAME not in response.cookies


def test_the_same_person_after_signing_in_again_may_go_on(shelf, lena, lena_client):
    [mark] = readers(lena_client.get(LESSON).text)
    lena_client.logout()
    lena_client.force_login(
        lena, backend="learnsite.accounts.backends.LearningKeyBackend"
    )

    response = lena_client.post(shelf.answer_url(), {"option": "1", "reader": mark})

    assert response.status_code == 303
    assert rows() == [1, 1, 1]


class TestProgressFoundOnTheDevice:
    """It goes into the account that was asked whether it is theirs, or into none."""

    TAKE_OVER = "/lernen/uebernehmen/"

    @pytest.fixture
    def question(self, shelf, visitor, lena) -> dict[str, str]:
        """The question as Lena's tab shows it, still open."""
        visitor.post(shelf.answer_url(), {"option": "1"})
        visitor.force_login(
            lena, backend="learnsite.accounts.backends.LearningKeyBackend"
        )
        [mark] = readers(visitor.get("/lernen/").text)
        return {"reader": mark}

    @pytest.mark.parametrize("choice", ["yes", "no"])
    def test_it_does_not_enter_an_account_opened_meanwhile(
        self, visitor, question, choice
    ) -> None:
        visitor.force_login(
            User.objects.create_user(display_name="Fremd"),
            backend="learnsite.accounts.backends.LearningKeyBackend",
        )

        response = visitor.post(self.TAKE_OVER, {**question, "choice": choice})

        assert response.status_code == 409
        assert "Deshalb hat sich nichts geändert." in response.text
        assert rows() == [0, 0, 0]
        assert visitor.cookies[settings.PROGRESS_COOKIE_NAME].value
        assert "Ist es der eigene?" in visitor.get("/lernen/").text

    def test_it_stays_where_the_account_was_closed_meanwhile(
        self, visitor, question
    ) -> None:
        visitor.logout()

        response = visitor.post(self.TAKE_OVER, {**question, "choice": "yes"})

        assert response.status_code == 409
        assert rows() == [0, 0, 0]

    def test_it_enters_the_account_that_was_asked(self, visitor, question) -> None:
        response = visitor.post(self.TAKE_OVER, {**question, "choice": "yes"})

        assert response.status_code == 302
        assert rows() == [1, 1, 1]
        assert response.cookies[settings.PROGRESS_COOKIE_NAME]["max-age"] == 0
