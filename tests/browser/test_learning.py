"""A newcomer learns: from the home page to a lesson, away and back again."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from courses.models import Attempt, LessonProgress
from learnsite.accounts.models import User
from tests.browser.acting import follow, open_account, take_key
from tests.browser.conftest import wake

FIRST = "/kurse/datengrabbing/spuren/"
SECOND = "/kurse/datengrabbing/werbung/"
END = "[data-finish] form button"


@pytest.fixture
def page(same_page: Callable[..., Page]) -> Page:
    """Return a phone's page that the tests of this file use one after another."""
    return same_page()


def answer_first(page: Page, option: int = 0) -> None:
    exercise = page.locator("[data-exercise]").first
    exercise.locator("input").nth(option).check()
    exercise.get_by_role("button", name="Antwort prüfen").click()
    expect(exercise.locator("[data-result]")).to_contain_text(
        re.compile("stimmt|richtig|Richtig")
    )


def graded(page: Page) -> Locator:
    """Return the exercises that are sent; a reflection stays on the device."""
    return page.locator("[data-exercise]").filter(has=page.locator("[data-answer]"))


def slow(latency: int) -> dict[str, Any]:
    """Return the conditions of a network that takes so many ms for each reply."""
    speed = {"downloadThroughput": -1, "uploadThroughput": -1}
    return {"offline": False, "latency": latency, **speed}


def choose_first(exercise: Locator) -> None:
    """Choose the first of what there is, for each card where there are cards."""
    cards = exercise.locator("[data-card]").all()
    if exercise.locator(".is-live").count():
        for _card in cards:
            exercise.locator(".target").first.click()
    else:
        for card in cards or [exercise]:
            card.locator("input").first.check()


def answer_all(page: Page) -> None:
    wake(page)
    for index in range(graded(page).count()):
        exercise = graded(page).nth(index)
        choose_first(exercise)
        exercise.get_by_role("button", name=re.compile("prüfen")).click()
        expect(exercise.locator("[data-result] p").first).to_be_visible()


def test_a_newcomer_finds_a_course_learns_and_comes_back(
    new_context: Any, site: Any, traffic: Any
) -> None:
    context = new_context()
    page = context.new_page()
    page.goto("/")
    page.get_by_role("link", name="Kurse", exact=True).first.click()
    page.get_by_role("link", name=re.compile("Datengrabbing")).first.click()
    page.get_by_role("link", name=re.compile("ersten Lektion")).click()
    answer_first(page)
    anchor = page.locator("[data-exercise]").first.get_attribute("id")
    kept = context.storage_state()
    context.close()

    again = new_context(storage_state=kept).new_page()
    again.goto("/lernen/")
    again.get_by_role("link", name=re.compile("^Weiterlernen")).first.click()
    expect(again).to_have_url(f"{site.url}{FIRST}#{anchor}")
    assert traffic.complaints == []


def test_a_whole_lesson_is_done_and_said_to_be(page: Page) -> None:
    page.goto(FIRST)
    answer_all(page)
    expect(page.locator("[data-finish]")).to_contain_text(
        "Alle Aufgaben sind beantwortet."
    )
    follow(page.get_by_role("button", name=re.compile("^Weiter")))
    page.goto("/kurse/datengrabbing/")
    expect(page.get_by_text("1 von 6 Lektionen erledigt")).to_be_visible()


def answer(exercise: Locator) -> None:
    """Answer as it goes without script, and see what comes of it."""
    choose_first(exercise)
    exercise.get_by_role("button", name=re.compile("prüfen")).click()
    expect(exercise.locator("[data-result]")).to_contain_text(
        re.compile("stimmt|richtig")
    )


def test_the_whole_path_works_without_javascript(new_context: Any, site: Any) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(FIRST)
    first = graded(page).first
    answer(first)
    # The answer led back to the exercise, and one can go back to it from elsewhere.
    here = f"{site.url}{FIRST}#{first.get_attribute('id')}"
    expect(page).to_have_url(here)
    follow(page.get_by_role("link", name="Glossar").first)
    page.go_back()
    expect(page).to_have_url(here)
    expect(first).to_contain_text("Schon beantwortet")
    for index in range(1, graded(page).count()):
        answer(graded(page).nth(index))
    follow(page.get_by_role("button", name=re.compile("^Weiter")))
    page.goto("/lernen/")
    expect(page.get_by_text("1 von 6 Lektionen erledigt")).to_be_visible()
    follow(page.get_by_role("link", name=re.compile("Lernschlüssel anlegen")).first)
    words = " ".join(take_key(page))
    page.goto("/lernen/")
    follow(page.get_by_role("button", name=re.compile("Gerät leeren")).first)
    page.goto("/schluessel/")
    page.get_by_label(re.compile("Lernschlüssel")).first.fill(words)
    open_account(page)
    page.goto("/lernen/")
    expect(page.get_by_text("1 von 6 Lektionen erledigt")).to_be_visible()


def test_old_browsers_can_read_and_answer(new_context: Any, site: Any) -> None:
    context = new_context()

    def without_layers(route: Any) -> None:
        # What does not know @layer drops the whole block.
        route.fulfill(status=200, content_type="text/css", body="")

    context.route("**/*.css", without_layers)
    context.route("**/*.js", lambda route: route.abort())
    page = context.new_page()
    page.goto(FIRST)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    exercise = page.locator("[data-exercise]").first
    exercise.locator("input").first.check()
    exercise.get_by_role("button", name="Antwort prüfen").click()
    expect(page.locator("[data-exercise] [data-result]").first).to_contain_text(
        re.compile("stimmt|richtig")
    )


def test_a_keyboard_alone_is_enough_and_meets_the_skip_link_first(page: Page) -> None:
    page.goto(FIRST)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("href", "#inhalt")
    page.locator("[data-exercise] input").first.focus()
    page.keyboard.press("Space")
    button = page.locator("[data-exercise]").first.get_by_role(
        "button", name="Antwort prüfen"
    )
    for _press in range(30):
        if button.evaluate("b => b === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    result = page.locator("[data-exercise]").first.locator("[data-result]")
    expect(result).to_be_focused()


class TestJourneyOfAKey:
    """Next week, another device: the card is enough."""

    def test_a_card_opens_the_exact_exercise_in_two_steps_and_erasing_is_complete(
        self, new_context: Any, site: Any
    ) -> None:
        phone = new_context().new_page()
        phone.goto(FIRST)
        answer_first(phone)
        anchor = phone.locator("[data-exercise]").first.get_attribute("id")
        phone.goto("/schluessel/neu/")
        words = take_key(phone)
        card = f"{site.url}/schluessel/#{'-'.join(words)}"
        before = set(site.rows(User).values_list("pk", flat=True))

        other = new_context().new_page()
        asked: list[str] = []
        other.on("request", lambda request: asked.append(request.url))
        other.goto(card)
        assert "#" not in other.url
        open_account(other)
        other.get_by_role("link", name=re.compile("^Weiterlernen")).first.click()
        expect(other).to_have_url(f"{site.url}{FIRST}#{anchor}")
        fragment = card.partition("#")[2]
        assert not [url for url in asked if fragment in url.partition("#")[0]]

        other.goto("/meine-daten/")
        follow(other.get_by_role("link", name=re.compile("löschen")).first)
        if "bestaetigen" in other.url:
            other.get_by_label(re.compile("Lernschlüssel")).first.fill(
                fragment.replace("-", " ")
            )
            other.get_by_role("button", name=re.compile("Bestätigen|Weiter")).click()
        other.get_by_role("button", name=re.compile("löschen")).last.click()
        expect(other.get_by_role("heading", level=1)).to_contain_text("gelöscht")
        gone = before - set(site.rows(User).values_list("pk", flat=True))
        assert len(gone) == 1
        assert not site.rows(Attempt).filter(user_id__in=gone).exists()
        assert not site.rows(LessonProgress).filter(user_id__in=gone).exists()


class TestSharedDevice:
    """Two pupils, one browser, one after the other."""

    def test_nothing_of_the_first_is_left_for_the_second(self, page: Page) -> None:
        page.goto(FIRST)
        answer_first(page)
        page.goto("/lernen/")
        page.get_by_role("button", name=re.compile("Gerät leeren")).first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(
            "Das Gerät ist leer"
        )
        names = {cookie["name"] for cookie in page.context.cookies()}
        assert "lernstand" not in names
        page.go_back()
        page.go_back()
        page.wait_for_load_state()
        expect(page.locator("body")).not_to_contain_text("Das stimmt.")
        page.goto(FIRST)
        expect(page.locator("[data-exercise].is-answered")).to_have_count(0)
        page.goto("/lernen/")
        expect(page.get_by_text("Noch nichts begonnen")).to_be_visible()


def leave_unsent_answer(page: Page) -> None:
    """Answer in a lesson while no answer gets through."""
    page.goto(FIRST)
    page.route("**/antwort/**", lambda route: route.abort())
    choose_first(graded(page).first)
    graded(page).first.get_by_role("button", name="Antwort prüfen").click()
    expect(graded(page).first.locator("[data-unsaved]")).to_be_visible()


class TestBadWiFi:
    """An answer that could not be sent stays, is retried and survives a reload."""

    def test_a_cut_of_ten_seconds_loses_nothing(self, new_context: Any) -> None:
        context = new_context()
        page = context.new_page()
        page.clock.install()
        page.goto(FIRST)
        context.set_offline(True)
        exercise = page.locator("[data-exercise]").first
        exercise.locator("input").nth(1).check()
        exercise.get_by_role("button", name="Antwort prüfen").click()
        expect(exercise.locator("[data-unsaved]")).to_be_visible()
        expect(exercise.locator("[data-unsaved]")).to_contain_text(
            "Noch nicht gespeichert"
        )
        page.clock.run_for(10_000)
        expect(exercise.locator("[data-unsaved]")).to_be_visible()
        context.set_offline(False)
        expect(
            page.locator("[data-exercise]").first.locator("[data-result]")
        ).to_contain_text(re.compile("stimmt|richtig"))

    @pytest.mark.parametrize("way", ["link", "end of the lesson", "address"])
    def test_who_reads_on_before_the_reply_loses_no_answer(
        self, page: Page, way: str
    ) -> None:
        page.goto(FIRST)
        answer_first(page)
        network = page.context.new_cdp_session(page)
        network.send("Network.enable")
        network.send("Network.emulateNetworkConditions", slow(1500))
        choose_first(graded(page).nth(1))
        with page.expect_request("**/antwort/**"):
            graded(page).nth(1).get_by_role("button", name="Antwort prüfen").click()
        page.wait_for_timeout(750)  # what is asked now is replied to later
        if way == "address":
            page.goto(SECOND)
        else:
            ways = {"link": f"a[href='{SECOND}']", "end of the lesson": END}
            with page.expect_navigation():
                page.locator(ways[way]).first.evaluate("way => way.click()")
        network.send("Network.emulateNetworkConditions", slow(0))
        page.wait_for_load_state("networkidle")
        page.goto(FIRST)
        for index in range(2):
            expect(graded(page).nth(index)).to_contain_text("estes Ergebnis")

    def test_a_reload_keeps_the_unsent_answer(self, page: Page) -> None:
        page.goto(FIRST)
        page.route("**/antwort/**", lambda route: route.abort())
        exercise = page.locator("[data-exercise]").first
        exercise.locator("input").nth(1).check()
        exercise.get_by_role("button", name="Antwort prüfen").click()
        expect(exercise.locator("[data-unsaved]")).to_be_visible()
        page.reload()
        exercise = page.locator("[data-exercise]").first
        expect(exercise.locator("input").nth(1)).to_be_checked()
        expect(exercise.locator("[data-unsaved]")).to_be_visible()
        page.unroute("**/antwort/**")
        expect(
            page.locator("[data-exercise]").first.locator("[data-result]")
        ).to_contain_text(re.compile("stimmt|richtig"))

    def test_an_unsent_answer_is_told_of_and_sent_wherever_one_goes(
        self, page: Page
    ) -> None:
        page.goto(FIRST)
        wake(page)
        answer_first(page)
        page.route("**/antwort/**", lambda route: route.abort())
        for index in (1, 2):
            choose_first(graded(page).nth(index))
            exercise = graded(page).nth(index)
            exercise.get_by_role("button", name="Antwort prüfen").click()
            expect(exercise.locator("[data-unsaved]")).to_be_visible()
            expect(page.locator("[data-elsewhere]:visible")).to_have_count(0)
        with page.expect_navigation():
            page.locator(f"a[href='{SECOND}']").first.evaluate("way => way.click()")
        told = page.locator("[data-elsewhere]").first
        expect(told).to_contain_text("2 Antworten aus anderen Lektionen sind noch")
        expect(page.locator("[data-finish] [data-elsewhere]")).to_be_visible()
        expect(page.locator("[data-saved]")).to_be_hidden()
        for address in ("/kurse/datengrabbing/", "/lernen/"):
            page.goto(address)
            expect(told).to_contain_text("2 Antworten aus Lektionen sind noch nicht")
        page.unroute("**/antwort/**")
        expect(told).to_be_hidden()
        page.goto(FIRST)
        for index in range(3):
            expect(graded(page).nth(index)).to_contain_text("estes Ergebnis")
        expect(page.locator("[data-saved]")).to_be_visible()

    def test_a_single_unsent_answer_is_sent_from_the_page_of_a_course(
        self, page: Page
    ) -> None:
        leave_unsent_answer(page)
        page.goto("/de-simple/kurse/daten-grabbing/")
        told = page.locator("[data-elsewhere]")
        expect(told).to_contain_text("1 Antwort aus einer Lektion ist noch nicht")
        page.unroute("**/antwort/**")
        expect(told).to_be_hidden()
        page.goto(FIRST)
        expect(graded(page).first).to_contain_text("estes Ergebnis")

    @pytest.mark.parametrize(
        ("reply", "said"),
        [
            ({"message": "Die Lektion ist nicht mehr da."}, "ist nicht mehr da"),
            ({}, "ließ sich nicht speichern"),
        ],
    )
    def test_an_answer_refused_while_its_lesson_is_not_open_is_told_of(
        self, page: Page, reply: dict[str, str], said: str
    ) -> None:
        leave_unsent_answer(page)
        page.unroute("**/antwort/**")
        page.route("**/antwort/**", lambda route: route.fulfill(status=410, json=reply))
        page.goto("/lernen/")
        told = page.locator("[data-elsewhere]")
        expect(told).to_contain_text(said)
        expect(told).not_to_contain_text("noch nicht gespeichert")


class TestLanguages:
    """Leichte Sprache and English are siblings; the place is kept."""

    def test_switching_keeps_the_place_and_the_score(
        self, same_page: Callable[..., Page]
    ) -> None:
        page = same_page(1280, 900)
        page.goto(FIRST)
        answer_first(page)
        anchor = page.locator("[data-exercise]").first.get_attribute("id")
        page.goto("/en/kurse/")
        page.goto(FIRST)
        href = page.locator("a[hreflang=de-simple]").first.get_attribute("href")
        assert href.startswith("/de-simple/kurse/")
        assert href.endswith(f"#{anchor}")
        page.goto(href)
        expect(page.locator("html")).to_have_attribute("lang", "de-simple")
        expect(page.locator(f"#{anchor}")).to_contain_text(re.compile("estes Ergebnis"))

    @pytest.mark.parametrize(
        ("course", "lesson", "code", "says"),
        [
            ("datengrabbing", "feeds", "de-simple", "noch nicht in Leichter Sprache"),
            (
                "datenschutz-im-rathaus",
                "daten",
                "en",
                "does not exist in this language",
            ),
        ],
    )
    def test_a_missing_lesson_says_so_in_that_language(
        self, page: Page, course: str, lesson: str, code: str, says: str
    ) -> None:
        text = page.request.get(f"/kurse/{course}/{lesson}/").text()
        link = next(
            a for a in re.findall(r"<a\s[^>]*>", text) if f'hreflang="{code}"' in a
        )
        response = page.goto(re.findall('href="([^"]+)"', link)[0])
        assert response.status == 200
        expect(page.locator("html")).to_have_attribute("lang", code)
        expect(page.locator("main")).to_contain_text(says)
        page.locator("main a[href*='/kurse/']").last.click()
        expect(page.locator("html")).to_have_attribute("lang", code)


class TestTwoTabs:
    """One cookie, two tabs: neither loses what the other did."""

    def test_answers_sent_at_the_same_moment_are_both_kept(self, page: Page) -> None:
        tabs = [page, page.context.new_page()]
        for index, tab in enumerate(tabs):
            tab.goto(FIRST)
            tab.locator("[data-exercise]").nth(index).locator("input").first.check()
        for index, tab in enumerate(tabs):
            forms = "document.querySelectorAll('form[data-answer]')"
            tab.evaluate(f"{forms}[{index}].requestSubmit()")
        for index, tab in enumerate(tabs):
            result = tab.locator("[data-exercise]").nth(index).locator("[data-result]")
            expect(result).to_contain_text(re.compile("stimmt|richtig"))
        tabs[1].close()
        tabs[0].goto(FIRST)
        expect(tabs[0].get_by_text("bestes Ergebnis")).to_have_count(2)


class TestTextSize:
    """Whoever needs larger text in the middle of a lesson stays in the middle."""

    def test_larger_text_leads_back_to_the_exercise_at_hand(self, page: Page) -> None:
        page.goto(FIRST)
        wake(page)
        exercise = graded(page).nth(2)
        choose_first(exercise)
        exercise.get_by_role("button", name=re.compile("prüfen")).click()
        expect(exercise.locator("[data-result] p").first).to_be_visible()
        page.evaluate("scrollTo(0, 0)")
        page.locator("[data-grows] button[value='200']").first.click()

        expect(page.locator("html")).to_have_attribute("data-text", "200")
        expect(graded(page).nth(2)).to_be_in_viewport()
        expect(graded(page).nth(2)).to_be_focused()


#: Leave steps in the history of a tab.
WANDER = "steps => { for (; steps; steps--) history.pushState(null, '', `#${steps}`); }"


@pytest.mark.parametrize(
    ("lesson", "been"),
    [("geraet", 0), ("wlan", 60)],  # no history of a browser counts so many
)
def test_who_looks_up_a_step_card_comes_back_to_the_words_that_led_there(
    page: Page, lesson: str, been: int
) -> None:
    page.goto("/impressum/")
    page.evaluate(WANDER, been)
    page.goto(f"/kurse/erste-schritte/{lesson}/", wait_until="networkidle")
    link = page.locator(".prose a[data-address]").first
    link.scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    before = link.evaluate("link => link.getBoundingClientRect().top")
    link.click()
    # A chosen system is a step of its own in the browser's history.
    page.locator(".chips a").first.click()
    page.get_by_role("button", name="Zurück zur vorigen Seite").click()
    page.wait_for_url(f"**/kurse/erste-schritte/{lesson}/")
    expect(link).to_be_focused()
    after = link.evaluate("link => link.getBoundingClientRect().top")
    assert abs(after - before) < 40


def test_who_opens_a_step_card_from_elsewhere_is_led_nowhere(page: Page) -> None:
    page.goto("/handgriffe/updates/", wait_until="networkidle")
    expect(page.locator("[data-back]")).to_be_hidden()
