"""A teacher and six pupils, two of them seen: an hour that leaves nothing behind."""

import re
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.acting import (
    SAME_ORIGIN,
    Steps,
    follow,
    key_in_hand,
    let_pass,
    take_key,
)
from tests.browser.conftest import Site, Traffic
from tests.browser.looking import blemishes
from tests.load.pages import FORM, found

WIDE = {"width": 1280, "height": 800}
#: Seconds within which a page has renewed itself.
RENEWED = 6


@pytest.fixture
def desk(new_context: Any) -> Page:
    """The teacher's browser, with a room open."""
    context = new_context(viewport=WIDE, hurried=True)
    key_in_hand(context)
    page = context.new_page()
    page.goto("/gruppen/raum/")
    open_room(page)
    return page


def open_room(page: Page) -> None:
    steps = Steps()
    steps.take(page.get_by_role("button", name="Raum öffnen"))
    expect(page.locator(".entry-letters")).to_be_visible()
    expect(page.locator(".entry-code .qr svg")).to_be_visible()
    assert steps.taken == 1  # for whoever has an account (journey 4)


def code_on(desk: Page) -> str:
    return desk.locator(".entry-letters").inner_text()


def join(page: Page, code: str) -> Page:
    """Join as pupils do: type what stands on the wall, in lower case."""
    page.goto("/beitreten/")
    page.get_by_label("Code").fill(code.lower())
    page.get_by_role("button", name="Beitreten").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Gleich geht es los")
    return page


def ask_poll(desk: Page, question: str, *options: str) -> None:
    desk.get_by_role("link", name="Eigene Frage stellen").click()
    desk.get_by_label("Frage", exact=True).fill(question)
    for number, option in enumerate(options, start=1):
        desk.get_by_label(f"Möglichkeit {number}").fill(option)
    follow(desk.get_by_role("button", name="Jetzt stellen"))


def hurried_page(new_context: Any) -> Page:
    return new_context(hurried=True).new_page()


def vote(page: Page, option: str) -> None:
    page.get_by_role("radio", name=option).check()
    page.get_by_role("button", name="Antwort senden").click()
    arrived = page.get_by_role("heading", name="Die Antwort ist angekommen")
    expect(arrived).to_be_visible()


class OutOfSight:
    """A pupil at whose pages nobody looks."""

    def __init__(self, context: BrowserContext, code: str) -> None:
        """Join a room."""
        self._ask = context.request
        self._send("/beitreten/", code=code)

    def answer(self, lesson: str, option: int) -> None:
        path, _block = found(FORM, self._ask.get(lesson).text())
        self._send(path, option=str(option))

    def vote(self, option: int) -> None:
        [number] = found(RUNNING, self._ask.get("/raum/").text())
        self._send("/raum/antwort/", number=number, option=str(option))

    def _send(self, path: str, **fields: str) -> None:
        assert self._ask.post(path, form=fields, headers=SAME_ORIGIN).ok


RUNNING = re.compile(r'name="number" value="(\d+)"')


def test_an_hour_with_six_pupils(new_context: Any, traffic: Traffic) -> None:
    # From nothing, by a learning key.
    desk = new_context(viewport=WIDE, hurried=True).new_page()
    desk.goto("/gruppen/raum/")
    assert blemishes(desk) == []
    take_key(desk)
    follow(desk.get_by_role("button", name="notiert"))
    open_room(desk)
    code = code_on(desk)
    pupils = [join(hurried_page(new_context), code) for _pupil in range(2)]
    others = [OutOfSight(new_context(), code) for _pupil in range(4)]
    let_pass(desk, RENEWED)
    here = desk.get_by_text("5 oder mehr Personen sind hier.")
    expect(here).to_be_visible()
    assert blemishes(desk) == []
    assert blemishes(pupils[0]) == []

    # A lesson: it comes up by itself, leads there and back, and counts.
    follow(desk.get_by_role("link", name="Lektion oder Frage wählen"))
    assert blemishes(desk) == []
    follow(desk.get_by_role("button", name="Lektion starten").first)
    for number, page in enumerate(pupils):
        let_pass(page, RENEWED)
        follow(page.get_by_role("link", name="Zur Lektion"))
        exercise = page.locator("[data-exercise]").first
        exercise.locator("input").nth(number % 2).check()
        exercise.get_by_role("button", name="Antwort prüfen").click()
        expect(exercise.locator("[data-result] p").first).to_be_visible()
    for number, other in enumerate(others):
        other.answer(pupils[0].url.partition("#")[0], number % 2)
    assert blemishes(pupils[0], within=".in-room") == []
    let_pass(desk, RENEWED)
    first = desk.locator("tbody tr").first
    expect(first.locator("td").first).to_have_text("5 oder mehr")
    assert blemishes(desk) == []

    # A poll: hidden until shown, then alike on the wall and on the phones.
    places = ("Im Flur", "In der Mensa", "Im Hof", "Nirgends")
    ask_poll(desk, "Wo soll der Automat stehen?", *places)
    for number, page in enumerate(pupils):
        follow(page.get_by_role("link", name="Zurück zum Raum"))
        if number == 0:
            assert blemishes(page) == []
        vote(page, places[number])
    for other, option in zip(others, (0, 1, 0, 2), strict=True):
        other.vote(option)
    let_pass(desk, RENEWED)
    answered = desk.get_by_text("5 oder mehr Personen haben geantwortet.")
    expect(answered).to_be_visible()
    expect(desk.locator(".bars")).to_have_count(0)
    desk.get_by_role("button", name="Ergebnis zeigen").click()
    shares = ["etwa 50 %", "etwa 35 %", "etwa 15 %"]
    expect(desk.locator(".bar-share")).to_have_text(shares)
    expect(desk.locator(".bar-label").last).to_have_text(
        re.compile(r"Zusammen:\s+Im Hof\s*Nirgends")
    )
    let_pass(pupils[0], RENEWED)
    expect(pupils[0].locator(".bar-share")).to_have_text(shares)
    assert blemishes(desk) == []
    assert blemishes(pupils[0]) == []

    # Closed: everybody learns it, and the seat is off the device.
    desk.get_by_role("button", name="Raum schließen").click()
    expect(desk.get_by_text("Der Raum ist geschlossen.")).to_be_visible()
    let_pass(pupils[0], RENEWED)
    over = pupils[0].get_by_role("heading", name="Der Raum ist geschlossen")
    expect(over).to_be_visible()
    assert "raum" not in {each["name"] for each in pupils[0].context.cookies()}
    # The browser itself notes that the room's address answered "gone".
    assert [each for each in traffic.complaints if "410" not in each] == []


def test_renewing_takes_nothing_out_of_anybodys_hands(
    desk: Page, new_context: Any
) -> None:
    page = join(hurried_page(new_context), code_on(desk))
    ask_poll(desk, "Und?", "Ja", "Nein")
    let_pass(page, RENEWED)
    choice = page.get_by_role("radio", name="Nein")
    expect(choice).to_be_visible()
    choice.check()
    ask_poll(desk, "Und jetzt?", "Rot", "Blau")
    let_pass(page, RENEWED)
    note = page.locator("[data-renew-note]")
    expect(note).to_be_visible()
    expect(choice).to_be_focused()
    expect(choice).to_be_checked()
    note.get_by_role("link", name="Anzeigen").click()
    vote(page, "Rot")


def test_a_question_that_comes_later_brings_its_module_along(
    desk: Page, new_context: Any, publish_lesson: Any
) -> None:
    publish_lesson("ordnen", ORDERING)
    # Lines that glide over each other would cover what axe measures.
    calm = new_context(reduced_motion="reduce", hurried=True)
    page = join(calm.new_page(), code_on(desk))
    desk.get_by_role("link", name="Lektion oder Frage wählen").click()
    row = desk.locator("section:has(#course-ordnen)")  # others share its title
    row.get_by_role("link", name="Einzelne Fragen").first.click()
    follow(desk.get_by_role("button", name="Stellen").first)
    let_pass(page, RENEWED)
    expect(page.locator("[data-module]")).to_be_visible()
    page.get_by_role("button", name="nach unten").first.click()
    assert blemishes(page) == []
    page.get_by_role("button", name="Antwort senden").click()
    heading = page.get_by_role("heading", name="Die Antwort ist angekommen")
    expect(heading).to_be_visible()


ORDERING = """
:::{ordering} reihenfolge
question: In welcher Reihenfolge geschieht es?
items:
  - text: schreiben
    feedback: Damit fängt es an.
  - text: senden
    feedback: Erst dann geht es auf die Reise.
  - text: lesen
    feedback: Das kommt am Ende.
:::
"""


def test_all_of_it_works_without_scripts(new_context: Any, site: Site) -> None:
    bare = {"java_script_enabled": False}
    desk = new_context(viewport=WIDE, **bare).new_page()
    key_in_hand(desk.context)
    desk.goto("/gruppen/raum/")
    desk.get_by_role("button", name="Raum öffnen").click()
    page = new_context(**bare).new_page()
    page.goto(f"/beitreten/{code_on(desk).replace(' ', '')}/")
    page.get_by_role("button", name="Mitmachen").click()
    ask_poll(desk, "Und?", "Ja", "Nein")
    page.get_by_role("link", name="Zeigen, was gerade läuft").click()
    page.get_by_role("button", name="Antwort senden").click()
    expect(page.get_by_role("alert")).to_have_text(
        "Eine Antwort auswählen, dann senden."
    )
    vote(page, "Ja")
    desk.get_by_role("link", name="Neu zählen").click()
    expect(desk.get_by_text("Noch haben weniger als 5")).to_be_visible()
    follow(desk.get_by_role("button", name="Raum schließen"))
    page.reload()
    expect(page.get_by_role("heading", name="Der Raum ist geschlossen")).to_be_visible()
