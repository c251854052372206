"""A learning key for a form that arrives twice, or from a browser without cookies."""

import re
from http import HTTPStatus

import pytest
import time_machine
from django.conf import settings
from django.core.cache import caches
from django.test import Client

from courses.progress.models import Attempt
from learnsite.accounts import keys
from learnsite.accounts.models import User

PATH = "/schluessel/neu/"
COOKIE = settings.NEW_KEY_COOKIE_NAME


def words(card) -> tuple[str, ...]:
    return tuple(re.findall(r"<li>(\w+)</li>", card.text))


def asked(browser: Client) -> str:
    """Send the form of a browser without session; return where it is sent again."""
    response = browser.post(PATH)
    assert response.status_code == HTTPStatus.TEMPORARY_REDIRECT
    return response["Location"]


def without_reply(browser: Client) -> Client:
    """Return a browser to which the last reply did not come through."""
    other = Client(enforce_csrf_checks=True, headers={"Sec-Fetch-Site": "same-origin"})
    other.cookies[COOKIE] = browser.cookies[COOKIE].value
    return other


@pytest.mark.django_db
class TestFormSentTwice:
    """Whoever clicks twice has one account, and the key on the screen opens it."""

    def test_the_second_reply_shows_the_key_of_the_first_account(self, visitor):
        again = asked(visitor)
        impatient = without_reply(visitor)
        visitor.post(again)

        card = impatient.post(PATH)

        assert User.objects.get().key_hash == keys.key_hash(words(card))
        assert impatient.get("/lernen/").context["has_account"]

    def test_it_takes_the_progress_of_the_device_along_once(self, shelf, visitor):
        visitor.post(shelf.answer_url(), {"option": "1"})
        visitor.post(PATH, {"progress": "take"})
        impatient = without_reply(visitor)
        impatient.cookies["lernstand"] = visitor.cookies["lernstand"].value
        for browser in (visitor, impatient):
            browser.post(PATH, {"progress": "take"})

        assert list(Attempt.objects.values_list("user", "best")) == [
            (User.objects.get().pk, 100)
        ]

    def test_no_account_is_made_before_the_browser_came_back(self, visitor):
        asked(visitor)
        assert not User.objects.exists()

    def test_the_token_leaves_the_device_with_the_card(self, visitor):
        response = visitor.post(asked(visitor))
        assert response.cookies[COOKIE]["max-age"] == 0

    def test_a_script_cannot_read_the_token(self, visitor):
        cookie = visitor.post(PATH).cookies[COOKIE]
        assert (cookie["max-age"], cookie["httponly"], cookie["samesite"]) == (
            600, True, "Lax",
        )  # fmt: skip

    def test_nothing_stored_tells_the_key_or_the_token(self, visitor):
        again = asked(visitor)
        token = visitor.cookies[COOKIE].value
        card = visitor.post(again)

        stored = repr(User.objects.values().get())
        assert token not in stored
        assert all(word not in stored for word in words(card))


@pytest.mark.django_db
class TestWhoeverComesLater:
    """On a shared device nobody gets into the account of somebody before."""

    def test_a_form_sent_again_hours_later_makes_another_account(self, visitor):
        again = asked(visitor)
        later = without_reply(visitor)
        first = words(visitor.post(again))
        caches["rooms"].clear()  # as when ten minutes have passed

        second = words(later.post(again))

        assert len({first, second}) == 2
        assert User.objects.count() == 2
        assert later.get("/lernen/").wsgi_request.user.key_hash == keys.key_hash(second)

    def test_an_emptied_device_has_forgotten_the_form(self, visitor):
        again = asked(visitor)
        first = words(without_reply(visitor).post(again))
        visitor.post("/geraet-leeren/")

        second = words(visitor.post(PATH, follow=True))

        assert first != second
        assert User.objects.count() == 2

    @pytest.mark.parametrize(
        "value", ["", "kurz", "x" * 43, "x" * 44, "ä" * 43, f"{'x' * 43}.{'0' * 64}"]
    )
    def test_what_is_no_token_of_ours_is_replaced(self, visitor, value):
        """Also by the second request, which a page left open may send once more."""
        for path in (PATH, f"{PATH}?cookie"):
            visitor.cookies.clear()
            visitor.cookies[COOKIE] = value
            again = visitor.post(path)
            assert again.status_code == HTTPStatus.TEMPORARY_REDIRECT
            assert visitor.cookies[COOKIE].value != value
            assert len(words(visitor.post(again["Location"]))) == keys.KEY_WORDS

    def test_whoever_put_a_token_of_their_own_there_reads_no_key(self, visitor):
        visitor.cookies[COOKIE] = "x" * 43
        curious = without_reply(visitor)

        shown = words(visitor.post(PATH, follow=True))

        assert words(curious.post(PATH, follow=True)) != shown
        assert User.objects.count() == 2

    def test_a_token_two_windows_old_is_replaced(self, visitor):
        with time_machine.travel("2026-11-27 12:09:59 +0000", tick=False):
            again = asked(visitor)
            old = visitor.cookies[COOKIE].value
        with time_machine.travel("2026-11-27 12:20:00 +0000", tick=False):
            visitor.cookies[COOKIE] = old  # kept by hand: a browser drops it before
            assert visitor.post(again).status_code == HTTPStatus.TEMPORARY_REDIRECT
            assert visitor.cookies[COOKIE].value != old
            assert len(words(visitor.post(again))) == keys.KEY_WORDS


@pytest.mark.django_db
class TestWithoutCookies:
    """Where no cookie stays nobody can be signed in: that is said, nothing is made."""

    def test_it_is_said_and_no_account_is_left_behind(self, visitor):
        again = asked(visitor)
        visitor.cookies.clear()

        page = visitor.post(again, {"next": "/raum/"})

        assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "Dieser Browser nimmt von dieser Seite keine Cookies an." in page.text
        assert 'name="next" value="/raum/"' in page.text
        assert not User.objects.exists()

    def test_allowing_them_is_enough_to_go_on(self, visitor):
        again = asked(visitor)
        visitor.cookies.clear()
        visitor.post(again)

        card = visitor.post(PATH, follow=True)

        assert len(words(card)) == keys.KEY_WORDS
