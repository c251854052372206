"""The pages around the learning key: scanned, typed, copied, asked for once."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.acting import key_in_hand

SCANNED = "apfel-birne-brille-dose-eis-fass"
SESSION = "sitzung"
WITHOUT_SCRIPT = {"java_script_enabled": False}
FIELD = "[data-key-field]"


@pytest.fixture
def page(same_page: Callable[..., Page]) -> Page:
    """Return a phone's page that the tests of this file use one after another."""
    return same_page()


@pytest.fixture
def sent(page: Page) -> Iterator[list[tuple[str, str, str]]]:
    """Collect what the page's own navigations sent to the site."""
    requests: list[tuple[str, str, str]] = []

    def note(request: Request) -> None:
        if request.is_navigation_request():
            requests.append((request.method, request.url, request.post_data or ""))

    page.on("request", note)
    yield requests
    page.remove_listener("request", note)


def make_key(page: Page) -> str:
    """Get a learning key as a visitor does, and return it in one line."""
    page.goto("/schluessel/neu/")
    page.locator("main form button").last.click()
    key = page.locator("[data-key-copy-source]").input_value()
    assert len(re.findall(r"\w+", key)) == 6
    return key


def sign_in(page: Page, key: str) -> None:
    page.goto("/schluessel/")
    page.locator(FIELD).fill(key)
    page.locator(FIELD).press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Jetzt ist das Konto von")


@pytest.fixture
def key(new_context: Any) -> str:
    """Return the key of an account, made in another browser."""
    return "-".join(key_in_hand(new_context()))


class TestSignInPage:
    """The card scanned, or its words typed."""

    def test_a_scanned_card_fills_the_field_and_leaves_the_address_bar(
        self, page: Page, site: Any, sent: list
    ) -> None:
        page.goto(f"/schluessel/?next=/kurse/#{SCANNED}")
        expect(page.locator(FIELD)).to_have_value(SCANNED)
        assert page.url == f"{site.url}/schluessel/?next=/kurse/"
        page.reload()
        assert sent[-1] == ("GET", f"{site.url}/schluessel/?next=/kurse/", "")

    def test_other_fragments_are_left_alone(self, page: Page) -> None:
        page.goto("/schluessel/#inhalt")
        expect(page.locator(FIELD)).to_have_value("")
        assert page.url.endswith("#inhalt")

    def test_words_are_hidden_when_they_are_sent(self, page: Page) -> None:
        page.goto("/schluessel/")
        field = page.locator(FIELD)
        expect(field).to_have_attribute("type", "text")
        page.evaluate(
            "document.querySelector('[data-key-form]')"
            ".addEventListener('submit', (event) => event.preventDefault())"
        )
        field.fill("apfel birne")
        field.press("Enter")
        expect(field).to_have_attribute("type", "password")

    def test_all_six_words_can_be_read_on_a_phone(self, page: Page) -> None:
        page.goto("/schluessel/")
        words = page.locator("[data-key-words]")
        expect(words).to_be_hidden()
        page.locator(FIELD).fill(f"1. {SCANNED} wald")
        expect(words.locator("li")).to_have_text([*SCANNED.split("-"), "wald"])
        for word in words.locator("li").all():
            expect(word).to_be_in_viewport()
        page.set_viewport_size({"width": 1280, "height": 740})
        expect(words).to_be_hidden()


class TestCard:
    """The card with a new key."""

    def test_the_key_is_copied_in_one_line_and_sent_nowhere_on_going_on(
        self, page: Page, site: Any, sent: list
    ) -> None:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        key = make_key(page)
        page.locator("[data-key-copy]").click()
        expect(page.locator("[data-key-copied]")).to_be_visible()
        assert page.evaluate("navigator.clipboard.readText()") == key
        page.context.clear_permissions()

        page.locator("[data-key-card] [type=submit]").click()
        expect(page).to_have_url(f"{site.url}/lernen/")
        onward = f"{site.url}/schluessel/karte/?next=%2Flernen%2F"
        assert ("GET", onward, "") in sent[-2:]


class TestProof:
    """Asked for before a download, once, and not by whoever has just signed in."""

    def test_who_has_just_signed_in_is_not_asked_again(
        self, page: Page, key: str, tmp_path: Path
    ) -> None:
        sign_in(page, key)
        page.goto("/meine-daten/")
        with page.expect_download() as begun:
            page.get_by_role("link", name=re.compile("JSON")).click()
        begun.value.save_as(tmp_path / "data.json")
        assert json.loads((tmp_path / "data.json").read_text())["data"]
        page.get_by_role("link", name="Konto löschen").click()
        page.get_by_role("button", name="Endgültig löschen").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(
            "Das Konto ist gelöscht"
        )

    @pytest.mark.parametrize("scripts", [True, False])
    def test_the_page_says_that_the_file_comes_and_keeps_no_key(
        self, same_page: Callable[..., Page], site: Any, key: str, scripts: bool
    ) -> None:
        # Without script the words are typed and sent as they are.
        page = same_page(**({} if scripts else WITHOUT_SCRIPT))
        sign_in(page, key)
        [session] = [each for each in page.context.cookies() if each["name"] == SESSION]
        site.run(LET_TIME_PASS, KEY=session["value"])
        page.goto("/meine-daten/")
        page.get_by_role("link", name=re.compile("HTML")).click()
        page.locator(FIELD).fill(key)
        with page.expect_download() as begun:
            page.locator(FIELD).press("Enter")
        assert begun.value.suggested_filename == "meine-daten.html"
        expect(page.get_by_role("status").first).to_contain_text(
            "Bestätigt. Die Datei wird geladen."
        )
        assert key not in page.content()
        page.go_back()
        expect(page.locator(FIELD)).to_have_count(0)


#: What a session knows of its sign-in is forgotten, as minutes later.
LET_TIME_PASS = """
import os
from learnsite.accounts.sessions import SessionStore
store = SessionStore(os.environ["KEY"])
assert store.pop("account_authentication_methods")
store.save()
"""
