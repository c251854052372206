"""The final test in a real browser: a visitor, a key holder, two tabs, no scripts."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from courses.models import CoursePage, FinalTest
from tests.browser.acting import key_in_hand, open_account, take_key
from tests.browser.conftest import Site
from tests.browser.looking import NARROWEST, axe, blemishes
from tests.factories import GOALS, multiple_choice, pool

COURSE = "/kurse/pruefstein/"
TEST = f"{COURSE}abschlusstest/"
CREATE_COURSE = """
import json, os
from courses.models import CourseIndexPage
from tests.factories import GOALS, World, final_test, lesson
index = CourseIndexPage.objects.get(locale__language_code="de")
world = World(index.get_parent().specific, index)
course = world.course("pruefstein", title="Prüfstein", goals=GOALS)
lesson(course, "tag", goals=["erkennen"], title="Ein Tag mit Spuren")
final_test(course, questions=json.loads(os.environ["POOL"]), attempts=3)
"""


def two_types() -> list[dict[str, Any]]:
    """Return a pool of single and multiple choices."""
    others = [
        multiple_choice(f"{goal['id']}-m{number}", goal=goal["id"], reserved=False)
        for goal in GOALS
        for number in (1, 2)
    ]
    return [*pool(open_items=2), *others]


@pytest.fixture
def page(same_page: Callable[..., Page]) -> Page:
    """Return a phone's page that the tests of this file use one after another."""
    return same_page()


@pytest.fixture(scope="module", autouse=True)
def course(site: Site) -> None:
    """Publish a course with one lesson and a final test of four questions."""
    site.run(CREATE_COURSE, POOL=json.dumps(two_types()))


def begin(page: Page) -> None:
    page.goto(TEST)
    page.get_by_role("button", name=re.compile("Test (noch einmal )?beginnen")).click()
    expect(heading(page)).to_have_text("Frage 1 von 4")


def choose(page: Page, *, rightly: bool = True) -> None:
    """Answer the question on the page, whichever of the two types it is."""
    if page.locator("main input[type=checkbox]").count():
        for name in ["WLAN-Namen", "GPS"] if rightly else ["Lautstärke"]:
            page.get_by_role("checkbox", name=name).check()
    else:
        name = "Mit Werbung" if rightly else "Mit Schirmen"
        page.get_by_role("radio", name=name).check()


def go_on(page: Page) -> None:
    """Save the answer and wait for the next page: choose() looks at once."""
    name = re.compile("^Speichern und (weiter|zur)")
    with page.expect_navigation():
        page.get_by_role("button", name=name).first.click()


def answer_all(page: Page, *, rightly: bool = True) -> None:
    page.goto(f"{TEST}frage/1/")
    for number in range(1, 5):
        expect(heading(page)).to_have_text(f"Frage {number} von 4")
        choose(page, rightly=rightly)
        go_on(page)
    expect(page).to_have_url(re.compile("/uebersicht/$"))


def hand_in(page: Page) -> None:
    page.get_by_role("button", name=re.compile("abgeben")).click()
    expect(page).to_have_url(re.compile("/ergebnis/$"))


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


class TestVisitor:
    """Nobody is known, nothing is on the server, and it works all the same."""

    def test_the_last_lesson_leads_to_the_test_and_the_test_to_its_printed_result(
        self, page: Page, site: Site, traffic: Any
    ) -> None:
        before = site.rows(FinalTest).count()
        page.goto(f"{COURSE}tag/")
        exercise = page.locator("[data-exercise]").first
        exercise.locator("input").nth(1).check()
        exercise.get_by_role("button", name="Antwort prüfen").click()
        page.get_by_role("button", name="Kurs abschließen").click()
        expect(page).to_have_url(f"{site.url}{COURSE}#geschafft")
        page.get_by_role("link", name="Zum Abschlusstest").click()
        expect(page).to_have_url(f"{site.url}{TEST}")

        begin(page)
        answer_all(page)
        expect(page.get_by_text("Alle Fragen sind beantwortet.")).to_be_visible()
        hand_in(page)
        expect(heading(page)).to_have_text("Bestanden mit 100 %")
        self.prints_every_question(page)
        page.get_by_role("link", name="Bescheinigung holen").click()
        expect(heading(page)).to_have_text("Bescheinigung")
        assert site.rows(FinalTest).count() == before
        assert traffic.complaints == []

    def prints_every_question(self, page: Page) -> None:
        expect(page.locator("main details[open]")).to_have_count(0)
        page.emulate_media(media="print")
        expect(page.locator("main .exercise legend").first).to_be_visible()
        expect(page.get_by_role("button", name="Noch einmal")).to_have_count(0)
        page.emulate_media(media="screen")

    def test_an_interrupted_test_goes_on_in_a_new_window(
        self, new_context: Any
    ) -> None:
        context = new_context()
        page = context.new_page()
        begin(page)
        choose(page)
        go_on(page)
        expect(heading(page)).to_have_text("Frage 2 von 4")
        kept = context.storage_state()
        context.close()

        again = new_context(storage_state=kept).new_page()
        again.goto(TEST)
        again.get_by_role("link", name="Weiter mit Frage 2").click()
        expect(again.get_by_text("1 von 4 beantwortet").first).to_be_visible()

    def test_a_missed_goal_names_a_lesson_and_the_test_can_be_taken_again(
        self, page: Page
    ) -> None:
        begin(page)
        answer_all(page, rightly=False)
        hand_in(page)
        # Who goes back now meets no open test.
        page.go_back()
        page.wait_for_load_state()
        expect(page.get_by_role("button", name=re.compile("abgeben"))).to_have_count(0)
        page.goto(f"{TEST}ergebnis/")
        expect(heading(page)).to_have_text("0 %: noch nicht bestanden")
        expect(page.locator(".goal-results")).to_contain_text("Ein Tag mit Spuren")
        expect(page.locator("main details[open]")).to_have_count(4)
        page.get_by_role("button", name="Noch einmal mit anderen Fragen").click()
        expect(heading(page)).to_have_text("Frage 1 von 4")
        expect(page.locator("main input:checked")).to_have_count(0)

    def test_an_emptied_device_knows_nothing_of_the_test(self, page: Page) -> None:
        begin(page)
        choose(page)
        go_on(page)
        page.locator("form[action$='geraet-leeren/'] button").first.click()
        expect(heading(page)).to_contain_text("Das Gerät ist leer")
        assert "abschlusstest" not in {each["name"] for each in page.context.cookies()}
        page.go_back()
        expect(page.locator("main input:checked")).to_have_count(0)


class TestKeyHolder:
    """A visitor who takes a key keeps the test; another device goes on with it."""

    def test_a_test_begun_without_account_is_finished_with_a_key_elsewhere(
        self, page: Page, new_context: Any, site: Site
    ) -> None:
        phone = page
        begin(phone)
        choose(phone)
        go_on(phone)
        phone.goto("/schluessel/neu/")
        words = take_key(phone)

        other = new_context().new_page()
        other.goto(f"{site.url}/schluessel/#{'-'.join(words)}")
        open_account(other)
        other.goto(TEST)
        other.get_by_role("link", name="Weiter mit Frage 2").click()
        for number in range(2, 5):
            expect(heading(other)).to_have_text(f"Frage {number} von 4")
            choose(other)
            go_on(other)
        hand_in(other)
        expect(heading(other)).to_have_text("Bestanden mit 100 %")

        phone.goto(TEST)
        passed = phone.get_by_role("heading", name="Der Test ist bestanden")
        expect(passed).to_be_visible()
        [course] = site.rows(CoursePage).filter(slug="pruefstein")
        row = site.rows(FinalTest).get(
            course_key=course.translation_key, passed_score=100
        )
        assert row.attempts == 1

    def test_two_tabs_of_one_account_do_not_harm_each_other(self, page: Page) -> None:
        other = page.context.new_page()
        key_in_hand(page.context)
        begin(page)
        other.goto(f"{TEST}frage/3/")
        choose(other)
        choose(page)
        go_on(page)
        go_on(other)
        expect(other.get_by_text("2 von 4 beantwortet").first).to_be_visible()

        other.goto(f"{TEST}frage/4/")
        choose(other)
        page.goto(f"{TEST}uebersicht/")
        hand_in(page)
        result = heading(page).inner_text()
        go_on(other)
        expect(heading(other)).to_have_text("Nichts gespeichert")
        late = "Dieser Test ist schon abgegeben."
        expect(other.locator("main")).to_contain_text(late)
        page.reload()
        expect(heading(page)).to_have_text(result)
        other.close()


class TestTwoTabsOfAVisitor:
    """One cookie, two tabs: a late one is told, and nothing is lost."""

    def test_a_tab_left_open_cannot_change_what_was_handed_in(self, page: Page) -> None:
        other, third = (page.context.new_page() for _tab in range(2))
        begin(page)
        for tab in (other, third):
            tab.goto(f"{TEST}frage/2/")
            choose(tab)
        answer_all(page, rightly=False)
        hand_in(page)
        go_on(other)
        late = "Dieser Test ist schon abgegeben."
        expect(other.locator("main")).to_contain_text(late)

        page.get_by_role("button", name="Noch einmal mit anderen Fragen").click()
        expect(heading(page)).to_have_text("Frage 1 von 4")
        choose(page)
        go_on(page)
        go_on(third)
        late = "gehört zu einem früheren Versuch"
        expect(third.locator("main")).to_contain_text(late)
        page.reload()
        expect(page.get_by_text("1 von 4 beantwortet").first).to_be_visible()
        other.close()
        third.close()


class TestWithoutScriptsByKeyboard:
    """Tab, space and Enter are enough, with JavaScript switched off."""

    def test_a_whole_test_is_taken(self, new_context: Any) -> None:
        page = new_context(java_script_enabled=False).new_page()
        page.goto(TEST)
        self.press(page, "Test beginnen")
        for _number in range(4):
            self.tab_to(page, "main fieldset input")
            page.keyboard.press("Space")
            self.press(page, "Speichern und")
        self.press(page, "abgeben")
        expect(heading(page)).to_contain_text(re.compile("bestanden", re.IGNORECASE))
        self.tab_to(page, "main summary")
        details = page.locator("main details").first
        was_open = details.get_attribute("open") is not None
        page.keyboard.press("Enter")
        expect(details).to_have_js_property("open", not was_open)

    def tab_to(self, page: Page, selector: str) -> None:
        for _press in range(60):
            page.keyboard.press("Tab")
            if page.locator(f"{selector}:focus").count():
                return
        raise AssertionError(f"No keyboard reaches {selector}.")

    def press(self, page: Page, words: str) -> None:
        for _press in range(60):
            page.keyboard.press("Tab")
            here = page.locator("button:focus")
            if here.count() and words in here.inner_text():
                with page.expect_navigation():
                    page.keyboard.press("Enter")
                return
        raise AssertionError(f"No keyboard reaches “{words}”.")


def test_axe_finds_nothing_and_nothing_sticks_out(new_context: Any) -> None:
    page = new_context(viewport={"width": NARROWEST, "height": 800}).new_page()
    found = {}

    def look(state: str) -> None:
        """Look at a phone by day and by night, and at a desk, where more is shown."""
        found[state] = blemishes(page)
        page.set_viewport_size({"width": 1280, "height": 800})
        found[f"{state}, wide"] = axe(page)
        page.set_viewport_size({"width": NARROWEST, "height": 800})

    page.goto(TEST)
    look("before")
    begin(page)
    look("question")
    page.locator("main details summary").last.click()
    look("what happens to the answers")
    answer_all(page, rightly=False)
    look("overview")
    hand_in(page)
    look("result")
    page.goto(TEST)
    look("after")
    assert {state: each for state, each in found.items() if each} == {}
