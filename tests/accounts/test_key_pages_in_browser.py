"""The modules of the key pages, in Chromium, over pages rendered beforehand."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from .conftest import confirm, replace_key

playwright = pytest.importorskip("playwright.sync_api")

CHROMIUM = Path("/usr/bin/chromium")
STATIC = settings.BASE_DIR / "learnsite" / "static"
ORIGIN = "https://lernen.example"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not CHROMIUM.exists(), reason="needs Chromium: apt-get install chromium"
    ),
]


@pytest.fixture
def sign_in_page(db) -> str:
    return Client().get("/schluessel/").text


@pytest.fixture
def card_page(lena_client, lena) -> str:
    confirm(lena_client, lena.key, "/meine-daten/")
    return replace_key(lena_client).text


def _browse(html: str, **context: object) -> Iterator:
    """Open ``html`` as if the site had sent it; no request leaves the machine."""
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_context(**context).new_page()
        page.sent = []
        page.route("**/*", lambda route: _answer(route, page, html))
        yield page
        browser.close()


def _answer(route, page, html: str) -> None:
    path = route.request.url.removeprefix(ORIGIN)
    if path.startswith("/static/"):
        file = STATIC / path.removeprefix("/static/").partition("?")[0]
        if file.exists():
            route.fulfill(path=file)
        else:
            route.fulfill(status=404)
        return
    page.sent.append((route.request.method, path, route.request.post_data or ""))
    route.fulfill(content_type="text/html; charset=utf-8", body=html)


@pytest.fixture
def visitor(sign_in_page) -> Iterator:
    yield from _browse(sign_in_page)


@pytest.fixture
def visitor_without_script(sign_in_page) -> Iterator:
    yield from _browse(sign_in_page, java_script_enabled=False)


@pytest.fixture
def newcomer(card_page) -> Iterator:
    yield from _browse(card_page, permissions=["clipboard-read", "clipboard-write"])


def test_scanned_card_fills_the_field_and_leaves_the_address_bar(visitor):
    visitor.goto(f"{ORIGIN}/schluessel/?next=/kurse/#apfel-birne-brille-dose-eis-fass")

    assert visitor.locator("[data-key-field]").input_value() == (
        "apfel-birne-brille-dose-eis-fass"
    )
    assert visitor.url == f"{ORIGIN}/schluessel/?next=/kurse/"
    assert ("GET", "/schluessel/?next=/kurse/", "") in visitor.sent
    assert not [path for _method, path, _data in visitor.sent if "apfel" in path]


def test_other_fragments_are_left_alone(visitor):
    visitor.goto(f"{ORIGIN}/schluessel/#inhalt")

    assert visitor.locator("[data-key-field]").input_value() == ""
    assert visitor.url.endswith("#inhalt")


def test_words_are_hidden_when_they_are_sent(visitor):
    visitor.goto(f"{ORIGIN}/schluessel/")
    field = visitor.locator("[data-key-field]")
    assert field.get_attribute("type") == "text"
    visitor.evaluate(
        "document.querySelector('[data-key-form]')"
        ".addEventListener('submit', (event) => event.preventDefault())"
    )
    field.fill("apfel birne")
    field.press("Enter")

    assert field.get_attribute("type") == "password"


def test_without_script_the_words_are_typed_and_sent(visitor_without_script):
    page = visitor_without_script
    page.goto(f"{ORIGIN}/schluessel/")
    page.locator("[data-key-field]").fill("apfel birne")
    page.locator("[data-key-field]").press("Enter")

    assert page.sent[-1] == ("POST", "/schluessel/", "key=apfel+birne&shared=on")


def test_key_is_copied_in_one_line(newcomer):
    newcomer.goto(f"{ORIGIN}/meine-daten/neuer-schluessel/")
    key = newcomer.locator("[data-key-copy-source]").input_value()
    newcomer.locator("[data-key-copy]").click()

    assert newcomer.locator("[data-key-copied]").is_visible()
    assert newcomer.evaluate("navigator.clipboard.readText()") == key
    assert len(re.findall(r"\w+", key)) == 6


def test_going_on_sends_neither_name_nor_key(newcomer):
    newcomer.goto(f"{ORIGIN}/meine-daten/neuer-schluessel/")
    newcomer.locator("[data-key-card] [type=submit]").click()

    method, path, data = newcomer.sent[-1]
    assert (method, data) == ("GET", "")
    assert path == "/schluessel/karte/?next=%2Fmeine-daten%2F"
