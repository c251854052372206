"""Joining by a form that arrives twice, or from a browser that keeps no cookies."""

from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from courses.groups import window
from courses.groups.models import Group, Membership
from learnsite.accounts import keys
from learnsite.accounts.models import User
from tests.player.conftest import published_shelf, shelf, visitor
from tests.player.test_statements import statements

__all__ = ["published_shelf", "shelf", "visitor"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf")]
COOKIE = settings.NEW_KEY_COOKIE_NAME


@pytest.fixture
def group(open_group: Callable[..., Group]) -> Group:
    group = open_group()
    window.open_window(group)
    return group


def path_of(group: Group) -> str:
    return f"/beitreten/gruppe/{group.code}/"


def asked(browser: Client, group: Group, number: str = "") -> str:
    """Send the form of a browser without session; return where it is sent again."""
    response = browser.post(path_of(group), {"number": number})
    assert response.status_code == HTTPStatus.TEMPORARY_REDIRECT
    assert response["Cache-Control"] == "no-store, private"
    return response["Location"]


def without_reply(browser: Client) -> Client:
    """Return a browser to which the last reply did not come through."""
    other = Client(enforce_csrf_checks=True, headers={"Sec-Fetch-Site": "same-origin"})
    other.cookies[COOKIE] = browser.cookies[COOKIE].value
    return other


def numbers_offered(browser: Client, group: Group) -> list[str]:
    page = BeautifulSoup(browser.get(path_of(group)).content, "html.parser")
    return [each.text for each in page.select("#number option")[1:]]


def words_of(card: Any) -> tuple[str, ...]:
    page = BeautifulSoup(card.content, "html.parser")
    return tuple(each.text for each in page.select(".key-words li"))


class TestFormSentTwice:
    """Whoever clicks twice has one seat, and the key on the screen opens it."""

    @pytest.mark.parametrize("number", ["", "7"])
    def test_the_second_reply_shows_the_seat_and_the_key_of_the_first(
        self, group: Group, visitor: Client, number: str
    ) -> None:
        again = asked(visitor, group, number)
        impatient = without_reply(visitor)
        first = visitor.post(again, {"number": number})
        name = group.members.get().pseudonym

        second = impatient.post(path_of(group), {"number": number})

        member = group.members.get()
        assert (member.number, member.pseudonym) == (int(number or 1), name)
        assert words_of(second) == words_of(first)
        assert member.user.key_hash == keys.key_hash(words_of(second))
        assert f"/lernen/gruppe/{member.pk}/" in second.text
        mine = impatient.get(path_of(group))
        assert mine["Location"] == f"/lernen/gruppe/{member.pk}/"

    def test_whoever_has_the_last_seat_is_not_told_that_it_is_taken(
        self, group: Group, visitor: Client
    ) -> None:
        Group.objects.update(seats=1)
        again = asked(visitor, group)
        impatient = without_reply(visitor)
        visitor.post(again, {"number": ""})
        assert len(words_of(impatient.post(again, {"number": ""}))) == keys.KEY_WORDS

    def test_the_page_of_a_full_group_offers_this_device_the_form_once_more(
        self, group: Group, visitor: Client
    ) -> None:
        Group.objects.update(seats=1)
        again = asked(visitor, group, "7")
        impatient = without_reply(visitor)
        visitor.post(again, {"number": "7"})

        assert "7" in numbers_offered(impatient, group)
        stranger = Client(headers={"Sec-Fetch-Site": "same-origin"})
        assert numbers_offered(stranger, group) == []

    def test_nothing_is_offered_again_before_anybody_was_let_in(
        self, group: Group, visitor: Client
    ) -> None:
        other = Client(headers={"Sec-Fetch-Site": "same-origin"})
        other.post(path_of(group), {"number": "7"}, follow=True)
        asked(visitor, group, "7")
        assert "7" not in numbers_offered(visitor, group)

    def test_a_name_chosen_anew_in_between_stays(
        self, group: Group, visitor: Client
    ) -> None:
        again = asked(visitor, group)
        impatient = without_reply(visitor)
        visitor.post(again, {"number": ""})
        member = group.members.get()
        visitor.post(f"/lernen/gruppe/{member.pk}/name/", {"of": "thing"})
        member.refresh_from_db()

        impatient.post(again, {"number": ""})

        assert group.members.get().pseudonym == member.pseudonym
        assert User.objects.get(pk=member.user.pk).display_name == member.pseudonym

    def test_a_card_that_was_not_seen_is_offered_again_where_the_session_came(
        self, group: Group, visitor: Client
    ) -> None:
        visitor.post(path_of(group), {"number": ""}, follow=True)
        mine = f"/lernen/gruppe/{group.members.get().pk}/"

        unseen = visitor.post(path_of(group), {"number": ""})
        assert unseen["Location"] == "/schluessel/karte/"
        visitor.get("/schluessel/karte/", {"next": mine})

        assert visitor.post(path_of(group), {"number": ""})["Location"] == mine
        assert group.members.count() == 1

    def test_nobody_is_let_in_before_the_browser_came_back(
        self, group: Group, visitor: Client
    ) -> None:
        people = User.objects.count()
        asked(visitor, group, "7")
        assert not Membership.objects.exists()
        assert User.objects.count() == people

    def test_the_token_leaves_the_device_with_the_card(
        self, group: Group, visitor: Client
    ) -> None:
        response = visitor.post(asked(visitor, group), {"number": ""})
        assert response.cookies[COOKIE]["max-age"] == 0

    def test_a_number_refused_is_tried_anew_by_another(
        self, group: Group, visitor: Client
    ) -> None:
        other = Client(headers={"Sec-Fetch-Site": "same-origin"})
        other.post(path_of(group), {"number": "7"}, follow=True)
        people = User.objects.count()
        late = visitor.post(path_of(group), {"number": "7"}, follow=True)
        assert late.status_code == HTTPStatus.CONFLICT
        assert User.objects.count() == people

        card = visitor.post(path_of(group), {"number": "8"})

        assert len(words_of(card)) == keys.KEY_WORDS
        assert set(group.members.values_list("number", flat=True)) == {7, 8}


class TestWhoeverComesLater:
    """On a shared device nobody gets into the account of somebody before."""

    def test_another_number_is_another_pupil(
        self, group: Group, visitor: Client
    ) -> None:
        again = asked(visitor, group, "7")
        other = without_reply(visitor)
        first = words_of(visitor.post(again, {"number": "7"}))
        second = words_of(other.post(path_of(group), {"number": "8"}))
        assert len({first, second}) == 2
        seven, eight = group.members.order_by("number")
        assert (seven.number, eight.number) == (7, 8)
        assert seven.user != eight.user
        assert eight.user.key_hash == keys.key_hash(second)

    def test_ten_minutes_later_the_form_is_somebody_elses(
        self, group: Group, visitor: Client
    ) -> None:
        again = asked(visitor, group)
        later = without_reply(visitor)
        first = words_of(visitor.post(again, {"number": ""}))
        caches["rooms"].clear()  # as when ten minutes have passed
        second = words_of(later.post(again, {"number": ""}))
        assert len({first, second}) == 2
        assert group.members.count() == 2

    def test_whoever_put_a_token_of_their_own_there_gets_another_seat(
        self, group: Group, visitor: Client
    ) -> None:
        visitor.cookies[COOKIE] = "x" * 43
        curious = without_reply(visitor)
        first = words_of(visitor.post(path_of(group), {"number": ""}, follow=True))
        second = words_of(curious.post(path_of(group), {"number": ""}, follow=True))
        assert len({first, second}) == 2
        assert group.members.count() == 2

    def test_a_token_two_windows_old_is_replaced_also_where_it_was_asked_for(
        self, group: Group, visitor: Client
    ) -> None:
        again = asked(visitor, group)
        old = visitor.cookies[COOKIE].value
        with time_machine.travel(timezone.now() + timedelta(minutes=20)):
            window.open_window(group)  # that of before is over
            visitor.cookies[COOKIE] = old  # kept by hand: a browser drops it before
            card = visitor.post(again, {"number": ""}, follow=True)
        assert [status for _url, status in card.redirect_chain] == [307]
        assert len(words_of(card)) == keys.KEY_WORDS

    def test_once_the_card_came_the_next_at_the_device_gets_a_seat_of_their_own(
        self, group: Group, visitor: Client
    ) -> None:
        first = words_of(visitor.post(asked(visitor, group), {"number": ""}))
        visitor.cookies.pop("sitzung")  # the browser was closed
        second = words_of(visitor.post(path_of(group), {"number": ""}, follow=True))
        assert len({first, second}) == 2
        assert group.members.count() == 2

    def test_an_emptied_device_has_forgotten_the_form(
        self, group: Group, visitor: Client
    ) -> None:
        again = asked(visitor, group)
        first = words_of(without_reply(visitor).post(again, {"number": ""}))
        visitor.post("/geraet-leeren/")
        second = words_of(visitor.post(path_of(group), {"number": ""}, follow=True))
        assert len({first, second}) == 2
        assert group.members.count() == 2

    def test_another_group_and_a_key_asked_for_get_accounts_of_their_own(
        self, group: Group, open_group: Callable[..., Group], visitor: Client
    ) -> None:
        """Whoever leads one group can print no card of a place in the other."""
        other = open_group(title="9c")
        window.open_window(other)
        again = asked(visitor, group)
        browsers = [without_reply(visitor) for _path in range(2)]
        cards = [visitor.post(again, {"number": ""})] + [
            browser.post(path, {"number": ""})
            for browser, path in zip(
                browsers, (path_of(other), "/schluessel/neu/"), strict=True
            )
        ]
        assert len({words_of(card) for card in cards}) == 3
        assert group.members.get().user != other.members.get().user


class TestWithoutCookies:
    """Where no cookie stays nobody can be signed in: that is said, no seat is taken."""

    @pytest.mark.parametrize(
        ("language", "said"),
        [
            ("", "Dieser Browser nimmt von dieser Seite keine Cookies an."),
            ("/de-simple", "Der Browser nimmt keine Cookies an."),
            ("/en", "This browser accepts no cookies from this site."),
        ],
    )
    def test_it_is_said_and_nothing_is_taken(
        self, group: Group, visitor: Client, language: str, said: str
    ) -> None:
        people = User.objects.count()
        path = f"{language}{path_of(group)}"
        again = visitor.post(path, {"number": "7"})["Location"]
        visitor.cookies.clear()

        page = visitor.post(again, {"number": "7"})

        assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        shown = BeautifulSoup(page.content, "html.parser")
        assert said in shown.select_one("main [role=alert]").text
        assert shown.select_one("main form")["action"] == path
        assert shown.select_one("#number [selected]").text == "7"
        assert not Membership.objects.exists()
        assert User.objects.count() == people

    def test_allowing_them_is_enough_to_join(
        self, group: Group, visitor: Client
    ) -> None:
        again = asked(visitor, group)
        visitor.cookies.clear()
        visitor.post(again, {"number": ""})
        card = visitor.post(path_of(group), {"number": ""}, follow=True)
        assert len(words_of(card)) == keys.KEY_WORDS


def test_what_joining_costs(group: Group, visitor: Client) -> None:
    again = asked(visitor, group)
    impatient = without_reply(visitor)
    visitor.get("/kurse/spuren/tag/")  # what is kept in memory is there
    first = statements(lambda: visitor.post(again, {"number": ""}))
    second = statements(lambda: impatient.post(again, {"number": ""}))
    # one each to look for the account of the form; the second writes a session alone
    assert len(first) == 16, first
    assert len(second) == 8, second
