"""Forms sent without script: twice, their reply lost, or where no cookie stays.

What a browser sends again by itself, only a browser shows.
"""

import re
from collections.abc import Iterator
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from learnsite.accounts.models import User
from tests.browser.acting import follow, open_account, take_key

KEY_PAGE = "/schluessel/neu/"
FIRST = "/kurse/datengrabbing/spuren/"


class NoCookies(BaseHTTPRequestHandler):
    """A proxy that lets no cookie through, as settings of browsers do."""

    def do_GET(self) -> None:
        """Ask the site as the browser did, and hand the reply on."""
        asked = urlsplit(self.path)
        length = int(self.headers.get("Content-Length", 0))
        site = HTTPConnection(asked.netloc)
        site.request(
            self.command,
            asked._replace(scheme="", netloc="").geturl(),
            body=self.rfile.read(length),
            headers={k: v for k, v in self.headers.items() if k != "Cookie"},
        )
        reply = site.getresponse()
        body = reply.read()
        self.send_response(reply.status)
        for name, value in reply.getheaders():
            if name not in ("Set-Cookie", "Transfer-Encoding", "Connection"):
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        site.close()

    do_POST = do_GET

    def log_message(self, *_words: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def cookie_refuser() -> Iterator[dict[str, str]]:
    """Return the proxy that a browser without cookies goes through."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), NoCookies)
    Thread(target=server.serve_forever, daemon=True).start()
    yield {
        "server": f"http://127.0.0.1:{server.server_port}",
        "bypass": "<-loopback>",
    }
    server.shutdown()
    server.server_close()


def lose_reply(route: Route) -> None:
    """Let a form reach the site, and its last reply reach nobody."""
    context = route.request.frame.page.context
    again = route.fetch(max_redirects=0)
    known = context.cookies()
    context.request.post(
        urljoin(route.request.url, again.headers["location"]),
        headers=route.request.headers,
        data=route.request.post_data or "",
    )
    route.abort()
    context.clear_cookies()
    context.add_cookies(known)


def opens(page: Page, words: list[str]) -> None:
    """Sign in with a key."""
    page.goto("/schluessel/")
    page.get_by_label(re.compile("Lernschlüssel")).first.fill(" ".join(words))
    open_account(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Mein Lernen")


class TestKeyAskedForTwice:
    """Without script nothing stops a second click; it costs nothing either."""

    def test_an_impatient_click_makes_one_account_and_its_key_opens_it(
        self, new_context: Any, site: Any
    ) -> None:
        page = new_context(java_script_enabled=False).new_page()
        before = site.rows(User).count()
        page.goto(KEY_PAGE)
        page.locator("form[data-once] button").first.dblclick()
        words = page.locator(".key-words li")
        expect(words).to_have_count(6)
        page.wait_for_timeout(500)

        assert site.rows(User).count() == before + 1
        opens(new_context().new_page(), words.all_inner_texts())

    @pytest.mark.parametrize("scripts", [False, True])
    def test_a_reply_that_got_lost_comes_with_the_next_click(
        self, new_context: Any, site: Any, scripts: bool
    ) -> None:
        context = new_context(java_script_enabled=scripts)
        page = context.new_page()
        before = site.rows(User).count()
        page.goto(KEY_PAGE)
        context.route(f"**{KEY_PAGE}", lose_reply, times=1)
        page.locator("form[data-once] button").first.click()
        expect(page.locator("form[data-once]")).to_have_count(0)  # no page came
        assert site.rows(User).count() == before + 1

        page.goto(KEY_PAGE)
        words = take_key(page)

        assert site.rows(User).count() == before + 1
        assert {each["name"] for each in context.cookies()} == {"sitzung"}
        opens(new_context().new_page(), words)


@pytest.mark.parametrize("scripts", [False, True])
def test_whose_browser_keeps_no_cookies_reads_so_and_no_account_is_made(
    new_context: Any, site: Any, cookie_refuser: dict[str, str], scripts: bool
) -> None:
    page = new_context(java_script_enabled=scripts, proxy=cookie_refuser).new_page()
    before = site.rows(User).count()
    page.goto(KEY_PAGE)
    for _click in range(2):
        follow(page.locator("form[data-once] button").first)
        expect(page.get_by_role("alert")).to_contain_text("keine Cookies")
    assert site.rows(User).count() == before


def give_answer(page: Page) -> Locator:
    exercise = page.locator("[data-exercise]").first
    exercise.locator("input").nth(1).check()
    exercise.get_by_role("button", name=re.compile("Antwort|antworten")).click()
    return exercise


@pytest.mark.parametrize("scripts", [False, True])
class TestFirstAnswer:
    """Whether a browser keeps cookies shows with the first answer, and is said."""

    def test_where_none_stays_it_is_explained_and_said_to_be_kept_nowhere(
        self, new_context: Any, cookie_refuser: dict[str, str], scripts: bool
    ) -> None:
        page = new_context(java_script_enabled=scripts, proxy=cookie_refuser).new_page()
        page.goto(FIRST)
        for _turn in range(2):
            exercise = give_answer(page)
            expect(exercise.locator("[data-result] .result")).to_be_visible()
            expect(exercise).to_contain_text("die Antwort nirgends gespeichert")
            expect(page.locator("[data-saved]")).to_contain_text(
                "Nichts wird gespeichert"
            )
            page.goto(FIRST)
        expect(page.locator("[data-result] .result")).to_have_count(0)

    def test_where_they_stay_it_is_kept_on_the_device_and_the_page_is_the_lesson(
        self, new_context: Any, site: Any, scripts: bool
    ) -> None:
        page = new_context(java_script_enabled=scripts).new_page()
        page.goto(FIRST)
        exercise = give_answer(page)
        expect(exercise.locator("[data-result] .result")).to_be_visible()
        expect(exercise).not_to_contain_text("nirgends gespeichert")
        assert page.url.partition("#")[0] == f"{site.url}{FIRST}"
        assert {each["name"] for each in page.context.cookies()} == {"lernstand"}
