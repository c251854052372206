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
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from courses.groups.models import Membership
from learnsite.accounts.models import User
from tests.browser.acting import SAME_ORIGIN, follow, take_key
from tests.browser.conftest import Site
from tests.browser.test_class import (
    CREATE_TEACHER,
    PASSWORD,
    SECRET,
    at_desk,
    open_class,
)

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


def opened(context: BrowserContext, words: list[str]) -> str:
    """Sign in with a key; return the page that this leads to."""
    form = {"key": " ".join(words)}
    reply = context.request.post("/schluessel/", form=form, headers=SAME_ORIGIN)
    assert re.search(r"<h1[^>]*>\s*Mein Lernen", reply.text())
    return reply.text()


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
        opened(new_context(), words.all_inner_texts())

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
        opened(new_context(), words)


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


@pytest.fixture(scope="module")
def entry(site: Site, browser: Browser) -> Iterator[str]:
    """Return the path to which the code of a class leads."""
    code = CREATE_TEACHER.replace("Schule am Wehr", "Schule an der Furt")
    code = code.replace('("ayse", "jan", "mia")', '("fatma",)')
    site.run(code, PASSWORD=PASSWORD, SECRET=SECRET)
    context = browser.new_context(base_url=site.url, locale="de-DE")
    desk = at_desk(context, site, "fatma")
    yield open_class(desk, "6f", "Fortschritt")
    context.close()


def members(site: Site) -> Any:
    return site.rows(Membership).filter(group__title="6f")


def join_button(page: Page) -> Locator:
    return page.get_by_role("button", name="Beitreten", exact=True)


class TestJoiningTwice:
    """A second click, or one after a reply that got lost, takes no second seat."""

    def test_an_impatient_click_takes_one_seat_and_its_key_opens_it(
        self, new_context: Any, site: Site, entry: str
    ) -> None:
        page = new_context(java_script_enabled=False).new_page()
        before = members(site).count()
        page.goto(entry)
        join_button(page).dblclick()
        words = page.locator(".key-words li")
        expect(words).to_have_count(6)
        page.wait_for_timeout(500)

        assert members(site).count() == before + 1
        opened(new_context(), words.all_inner_texts())

    @pytest.mark.parametrize(("scripts", "number"), [(False, "7"), (True, "8")])
    def test_a_lost_reply_comes_with_the_next_click_under_the_same_number(
        self, new_context: Any, site: Site, entry: str, scripts: bool, number: str
    ) -> None:
        context = new_context(java_script_enabled=scripts)
        page = context.new_page()
        page.goto(entry)
        page.get_by_label("Nummer").select_option(number)
        context.route(f"**{entry}", lose_reply, times=1)
        join_button(page).click()
        expect(join_button(page)).to_have_count(0)  # no page came
        [member] = members(site).filter(number=number)

        page.goto(entry)
        # Others do not find it free any more; this device asks for it once more.
        page.get_by_label("Nummer").select_option(number)
        follow(join_button(page))
        words = page.locator(".key-words li").all_inner_texts()

        assert list(members(site).filter(number=number)) == [member]
        assert member.pseudonym in opened(new_context(), words)

    @pytest.mark.parametrize("scripts", [False, True])
    def test_where_no_cookie_stays_that_is_said_and_no_seat_is_taken(
        self,
        new_context: Any,
        site: Site,
        entry: str,
        cookie_refuser: dict[str, str],
        scripts: bool,
    ) -> None:
        page = new_context(java_script_enabled=scripts, proxy=cookie_refuser).new_page()
        before = members(site).count()
        page.goto(entry)
        page.get_by_label("Nummer").select_option("9")
        for _click in range(2):
            follow(join_button(page))
            expect(page.get_by_role("alert")).to_contain_text("keine Cookies")
            expect(page.get_by_label("Nummer")).to_have_value("9")
        assert members(site).count() == before


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
