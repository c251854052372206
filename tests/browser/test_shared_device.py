"""One browser, several people: nothing of one reaches the next, not even late."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Error, Page, Route, expect

from courses.models import Attempt
from learnsite.accounts.models import User
from tests.browser.acting import key_in_hand, let_pass

FIRST = "/kurse/datengrabbing/spuren/"
SCRIPTS = Path(__file__).parents[2] / "learnsite" / "static" / "js"


@pytest.fixture
def page(same_page: Callable[..., Page]) -> Page:
    """Return a phone's page that the tests of this file use one after another."""
    return same_page()


def give_answer(page: Page, option: int = 1) -> Any:
    exercise = page.locator("[data-exercise]").first
    exercise.locator("input").nth(option).check()
    exercise.get_by_role("button", name="Antwort prüfen").click()
    return exercise


def empty_device(page: Page) -> None:
    page.locator("form[action$='geraet-leeren/'] button").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Das Gerät ist leer")


def sign_out(page: Page) -> None:
    page.locator(".site-tools .menu", has_text="Konto").locator("summary").click()
    page.get_by_role("button", name="Abmelden").click()
    expect(page.get_by_role("status")).to_contain_text("Abgemeldet.")


def stop_clock(page: Page) -> None:
    """Let time pass only when a test says so; the page is still to be opened."""
    page.clock.install(time=0)
    page.clock.pause_at(1000)


def seconds_until(page: Page, asked: list[Any], number: int) -> float:
    """Let time pass until so many requests were made; return how much, at most 60."""
    seconds = 0.0
    while len(asked) < number and seconds < 60:
        page.clock.run_for(1000)
        seconds += 1
        page.wait_for_timeout(20)  # for the request to arrive here
    return seconds


def cookie_names(context: BrowserContext) -> set[str]:
    return {cookie["name"] for cookie in context.cookies()}


#: Tells whether a page was loaded anew.
LEAVE_A_MARK = "window.isTheSame = true"
IS_MARKED = "window.isTheSame === true"


def reach_the_site_late(route: Route) -> None:
    try:
        route.request.frame.page.wait_for_timeout(2000)
        route.continue_()
    except Error:
        return  # The page has dropped the request.


def read_on(page: Page) -> None:
    page.mouse.wheel(0, 1500)
    page.wait_for_timeout(200)  # for the page to have scrolled
    let_pass(page, 2.5)
    page.wait_for_timeout(300)  # for a request to arrive here


def test_reading_alone_leaves_nothing_on_the_device(new_context: Any) -> None:
    context = new_context(hurried=True)
    page = context.new_page()
    page.goto(FIRST)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    read_on(page)
    page.reload()
    read_on(page)
    assert cookie_names(context) == set()
    assert not [url for url in sent if url.endswith("stelle/")]
    expect(give_answer(page).locator("[data-result] p").first).to_be_visible()
    with page.expect_response("**/stelle/"):
        page.mouse.wheel(0, 1500)


class TestEmptiedDevice:
    """What was under way when the device was emptied never comes back."""

    def test_a_late_reply_does_not_fill_it_again(self, page: Page) -> None:
        context = page.context
        page.goto(FIRST)
        context.route("**/antwort/**", reach_the_site_late)
        context.route("**/stelle/", reach_the_site_late)
        give_answer(page)
        page.evaluate("scrollTo(0, 1500)")
        page.wait_for_timeout(100)
        empty_device(page)
        page.wait_for_timeout(3000)
        assert "lernstand" not in cookie_names(context)

    def test_a_second_tab_drops_what_it_wanted_to_send(self, new_context: Any) -> None:
        context = new_context()
        page, other = context.new_page(), context.new_page()
        stop_clock(other)
        for tab in (page, other):
            tab.goto(FIRST)
        context.route("**/antwort/**", lambda route: route.abort())
        expect(give_answer(other).locator("[data-unsaved]")).to_be_visible()
        empty_device(page)
        context.unroute("**/antwort/**")
        other.clock.run_for(60_000)
        other.wait_for_timeout(500)
        assert "lernstand" not in cookie_names(context)
        assert other.evaluate("sessionStorage.length") == 0

    def test_going_back_shows_nothing_ticked(self, page: Page) -> None:
        page.goto(FIRST)
        page.locator("[data-exercise] input").nth(1).check()
        empty_device(page)
        page.go_back()
        page.wait_for_load_state()
        expect(page.locator("[data-exercise] form").first).to_be_visible()
        expect(page.locator("input:checked")).to_have_count(0)


class TestPageKeptForTheBackButton:
    """A page that the browser kept whole shows nothing of who sat there before.

    The shell that these tests run in keeps no page for the back button, whatever it is
    told; only whole Chromium does. So the page is told what it hears on coming back:
    the browser's own event, after the device was emptied in another tab.
    """

    COMES_BACK = "dispatchEvent(new PageTransitionEvent('pageshow', {persisted: %s}))"

    def test_it_is_loaded_anew_as_it_looks_to_the_next_and_no_other_is(
        self, page: Page
    ) -> None:
        page.goto(FIRST)
        expect(give_answer(page).locator("[data-result] p").first).to_be_visible()
        other = page.context.new_page()
        other.goto(FIRST)
        empty_device(other)
        other.close()
        expect(page.locator("input:checked")).to_have_count(1)

        # A page that was not kept is not loaded twice.
        page.evaluate(LEAVE_A_MARK)
        page.evaluate(self.COMES_BACK % "false")
        page.wait_for_timeout(500)
        assert page.evaluate(IS_MARKED)

        with page.expect_navigation():
            page.evaluate(self.COMES_BACK % "true")
        assert not page.evaluate(IS_MARKED)
        expect(page.locator("[data-exercise] form").first).to_be_visible()
        expect(page.locator("input:checked")).to_have_count(0)
        expect(page.locator("[data-result] p")).to_have_count(0)
        expect(page.locator("[data-saved]")).to_contain_text("Noch ist nichts")
        assert cookie_names(page.context) == set()


class TestUnsentAnswer:
    """An answer that waits is sent for the person who gave it, or for nobody."""

    def test_it_does_not_enter_the_account_of_the_next(
        self, new_context: Any, site: Any
    ) -> None:
        context = new_context(hurried=True)
        page = context.new_page()
        page.goto(FIRST)
        context.route("**/antwort/**", lambda route: route.abort())
        expect(give_answer(page).locator("[data-unsaved]")).to_be_visible()
        page.goto("/schluessel/neu/")
        context.unroute("**/antwort/**")
        page.locator("form[data-once] button").first.click()
        expect(page.locator(".key-words").first).to_be_visible()
        before = site.rows(Attempt).count()
        page.goto(FIRST)
        let_pass(page, 60)
        page.wait_for_timeout(500)  # for a request to reach the site
        assert site.rows(Attempt).count() == before
        expect(page.locator("[data-unsaved]:visible")).to_have_count(0)
        expect(page.locator("input:checked")).to_have_count(0)

    def test_signing_in_in_another_tab_does_not_take_it_along(
        self, page: Page, site: Any
    ) -> None:
        context = page.context
        page.goto(FIRST)
        page.route("**/antwort/**", lambda route: route.abort())
        exercise = give_answer(page)
        expect(exercise.locator("[data-unsaved]")).to_be_visible()
        key_in_hand(context)  # as another tab does
        before = site.rows(Attempt).count()
        page.unroute("**/antwort/**")
        expect(exercise.locator("[data-result]")).to_contain_text(
            "Deshalb wurde nichts gespeichert."
        )
        expect(exercise.locator("[data-unsaved]")).to_be_hidden()
        assert site.rows(Attempt).count() == before
        assert "lernstand" not in cookie_names(context)

    def test_a_refusal_is_said_once_and_not_repeated(self, new_context: Any) -> None:
        page = new_context().new_page()
        stop_clock(page)
        said, asked = {}, []
        refusals = (403, 404, 410)

        def refuse(route: Route) -> None:
            asked.append(status)
            route.fulfill(status=status, content_type="text/html", body="<p>Nein</p>")

        page.route("**/antwort/**", refuse)
        for status in refusals:
            page.goto(FIRST)
            exercise = give_answer(page)
            expect(exercise.locator("[data-result]")).not_to_be_empty()
            expect(exercise.locator("[data-unsaved]")).to_be_hidden()
            said[status] = exercise.locator("[data-result]").inner_text()
            page.clock.run_for(60_000)
            page.wait_for_timeout(200)  # for a request to arrive here
        over = (
            "Diese Aufgabe lässt sich nicht mehr beantworten. "
            "Bitte die Seite neu laden."
        )
        assert said == dict.fromkeys(refusals, over)
        assert asked == list(refusals)

    def test_retries_take_longer_and_longer(self, new_context: Any) -> None:
        context = new_context()
        page = context.new_page()
        stop_clock(page)
        page.goto(FIRST)
        asked: list[str] = []

        def fail(route: Route) -> None:
            asked.append(route.request.url)
            route.fulfill(status=503, body="")

        context.route("**/antwort/**", fail)
        expect(give_answer(page).locator("[data-unsaved]")).to_be_visible()
        # Never sooner; a step later where the browser was slow to say that it failed.
        pauses = [seconds_until(page, asked, number) for number in (2, 3)]
        assert len(asked) == 3
        assert pauses[0] >= 3
        assert 6 <= pauses[1] < 60

    def test_a_newer_answer_replaces_the_waiting_one(self, page: Page) -> None:
        page.goto(FIRST)
        sent: list[str] = []

        def slowly(route: Route) -> None:
            sent.append(route.request.post_data or "")
            page.wait_for_timeout(500)
            route.fulfill(status=503, body="")

        page.route("**/antwort/**", slowly)
        for option in (0, 1, 2):
            page.locator("[data-exercise]").first.locator("input").nth(option).check()
            page.evaluate("document.querySelector('form[data-answer]').requestSubmit()")
        page.wait_for_timeout(2000)
        assert len(sent) == 2
        assert sent[0] != sent[1]

    def test_any_control_is_filled_again_after_a_reload(self, page: Page) -> None:
        page.goto(FIRST)
        path = page.evaluate(
            "new URL(document.querySelector('form[data-answer]').action).pathname"
        )
        fields = [["a", "eins"], ["a", "zwei"], ["b", "2"], ["c", "lang"]]
        entry = {path: {"fields": fields, "token": "0" * 32, "owner": ""}}
        page.evaluate(
            "entry => sessionStorage.setItem('answers-waiting', JSON.stringify(entry))",
            entry,
        )
        controls = (
            '<input name="a"><input name="a"><textarea name="c"></textarea>'
            '<select name="b"><option>1</option><option>2</option></select>'
        )

        def with_controls(route: Route) -> None:
            reply = route.fetch()
            html = reply.text().replace("<fieldset>", f"<fieldset>{controls}", 1)
            route.fulfill(response=reply, body=html)

        page.route(f"**{FIRST}", with_controls)
        page.route("**/antwort/**", lambda route: route.abort())
        page.reload()
        form = page.locator("form[data-answer]").first
        expect(form.locator("[data-unsaved]")).to_be_visible()
        assert form.locator("[name=a]").nth(0).input_value() == "eins"
        assert form.locator("[name=a]").nth(1).input_value() == "zwei"
        assert form.locator("[name=b]").input_value() == "2"
        assert form.locator("[name=c]").input_value() == "lang"


def test_signing_out_leaves_neither_name_nor_plan_for_the_next(page: Page) -> None:
    page.goto("/schluessel/neu/")
    page.locator("form[data-once] button").first.click()
    expect(page.locator(".key-words").first).to_be_visible()
    name = page.locator("#key-card-name").inner_text()
    page.goto(FIRST)
    plan = page.locator("[data-plan]").first
    plan.scroll_into_view_if_needed()
    plan.locator("[name=if]").fill("ich nach Hause komme")
    plan.get_by_role("button", name="Auf diesem Gerät speichern").click()
    assert page.evaluate("localStorage.length") == 1
    page.goto("/suche/")
    expect(page.locator(".site-header")).to_contain_text(name)

    sign_out(page)
    page.wait_for_function("localStorage.length === 0")
    page.go_back()
    page.wait_for_url("**/suche/")
    expect(page.locator("body")).not_to_contain_text(name)
    page.goto(FIRST)
    plan.scroll_into_view_if_needed()
    expect(plan.locator("[name=if]")).to_have_value("")


def test_an_impatient_second_click_creates_no_second_account(
    page: Page, site: Any
) -> None:
    before = site.rows(User).count()
    page.goto("/schluessel/neu/")
    page.locator("form[data-once] button").first.dblclick()
    expect(page.locator(".key-words").first).to_be_visible()
    page.wait_for_timeout(500)
    assert site.rows(User).count() == before + 1


def test_the_scripts_of_a_lesson_stay_small() -> None:
    names = ("answers", "place", "reading")
    assert sum((SCRIPTS / f"{name}.js").stat().st_size for name in names) <= 25 * 1024
