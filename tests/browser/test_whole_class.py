"""Journey 3: a whole class starts at once, in six browsers and by 29 plain clients."""

import json
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from http.cookiejar import CookieJar
from typing import Any
from urllib.parse import urlencode
from urllib.request import (
    HTTPCookieProcessor,
    HTTPRedirectHandler,
    Request,
    build_opener,
)

import pytest
from playwright.sync_api import Page, expect

from courses.groups.levels import FactState
from courses.groups.models import Membership, SharedFact
from tests.browser.acting import follow, let_pass
from tests.browser.conftest import Site, Traffic
from tests.browser.test_class import (
    CREATE_TEACHER,
    PASSWORD,
    RENEWED,
    SECRET,
    open_class,
    sign_in,
)
from tests.load.pages import BY_SCRIPT, CARD, FORM, LESSON, OWN, found

SCHOOL = "Schule an der Eiche"
SEATS, BROWSERS = 35, 6


@pytest.fixture(scope="module", autouse=True)
def teacher(site: Site) -> None:
    code = CREATE_TEACHER.replace("Schule am Wehr", SCHOOL)
    code = code.replace('("ayse", "jan", "mia")', '("ilse",)')
    site.run(code, PASSWORD=PASSWORD, SECRET=SECRET)


class SentAgain(HTTPRedirectHandler):
    """Sends a form once more where the reply says so (307), as browsers do."""

    def redirect_request(self, req: Request, fp: Any, code: int, *about: Any) -> Any:
        """Return the request that follows a redirect."""
        if code != HTTPStatus.TEMPORARY_REDIRECT:
            return super().redirect_request(req, fp, code, *about)
        _message, _headers, url = about
        return Request(url, req.data, req.headers)  # noqa: S310 - our own site


def plain_client(site: Site) -> Callable[..., str]:
    """Return what asks for a page with cookies of its own; an error is raised."""
    opener = build_opener(HTTPCookieProcessor(CookieJar()), SentAgain)

    def ask(path: str, form: dict[str, str] | None = None, **headers: str) -> str:
        data = None if form is None else urlencode(form).encode()
        url = f"{site.url}{path}"
        request = Request(url, data, {**OWN, **headers})  # noqa: S310 - our own site
        with opener.open(request, timeout=60) as response:
            text: str = response.read().decode()
        return text

    return ask


def join_and_answer(site: Site, path: str) -> str:
    """Join and answer the first exercise; return what the answer brought back."""
    ask = plain_client(site)
    ask(path)
    [way_on] = found(CARD, ask(path, {"number": ""}))
    group = ask(f"/schluessel/karte/?{urlencode({'next': way_on})}")
    form, _block = found(FORM, ask(found(LESSON, group)[0]))
    exercise: str = json.loads(ask(form, {"option": "0"}, **BY_SCRIPT))["exercise"]
    return exercise


def answer(page: Page) -> None:
    exercise = page.locator("[data-exercise]").first
    exercise.locator("input").first.check()
    exercise.get_by_role("button", name="Antwort prüfen").click()


def test_a_whole_class_joins_and_answers_at_once(
    new_context: Any, site: Site, traffic: Traffic
) -> None:
    wide = {"width": 1280, "height": 800}
    desk = new_context(viewport=wide, hurried=True).new_page()
    sign_in(desk, "ilse")
    path = open_class(desk, "5d", "Hilfe im Unterricht", seats=SEATS)
    code = desk.locator(".entry-letters").inner_text()
    follow(desk.get_by_role("link", name="Zur Übersicht"))
    follow(desk.get_by_role("link", name="Deine Spuren an einem Tag"))
    pupils = [new_context().new_page() for _pupil in range(BROWSERS)]

    # Everybody does the same at the same time: the threads all along, and each browser
    # waits for the others before it goes on.
    with ThreadPoolExecutor(SEATS - BROWSERS) as others:
        answers = [
            others.submit(join_and_answer, site, path)
            for _other in range(SEATS - BROWSERS)
        ]
        for page in pupils:
            page.goto("/beitreten/")
            page.get_by_label("Code").fill(code.lower())
        # Three steps from the code to the first exercise (journey 2).
        for button in ("Beitreten", "Beitreten", "Aufgeschrieben: gleich anfangen"):
            for page in pupils:
                follow(page.get_by_role("button", name=button, exact=True))
        for page in pupils:
            answer(page)
        for page in pupils:
            result = page.locator("[data-exercise]").first.locator("[data-result] p")
            expect(result.first).to_be_visible()
        assert all("is-answered" in each.result() for each in answers)

    # Each has a number of its own, and one line in the ledger: that of the answer.
    members = site.rows(Membership).filter(group__organisation__name=SCHOOL)
    numbers = members.values_list("number", flat=True)
    assert sorted(numbers) == list(range(1, SEATS + 1))
    facts = site.rows(SharedFact).filter(membership__in=members.values("pk"))
    assert facts.count() == SEATS
    assert len({fact.object_key for fact in facts}) == 1

    # The board, open all the time, comes to show all of them by itself.
    let_pass(desk, RENEWED)
    board = desk.locator("table.board tbody tr")
    expect(board).to_have_count(SEATS)
    answered = board.filter(has_text=re.compile("gelöst|noch nicht"))
    expect(answered).to_have_count(SEATS)
    states = {fact.membership_id: fact.state for fact in facts}
    for row, member in zip(board.all(), members.order_by("number"), strict=True):
        expect(row).to_contain_text(member.pseudonym)
        expect(row).to_contain_text(str(FactState(states[member.pk]).label))

    # The class is full: one more is told so, and nobody loses a seat.
    late = new_context().new_page()
    late.goto(path)
    expect(late.get_by_role("button", name="Beitreten", exact=True)).to_have_count(0)
    assert members.count() == SEATS
    assert traffic.complaints == []
