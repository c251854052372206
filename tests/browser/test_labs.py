"""Every lab in a browser: played to its end, clean, silent, readable in all forms."""

import importlib.util
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from content.labs import registry
from content.labs.base import Lab
from tests.browser.looking import axe, sticks_out

each_lab = pytest.mark.parametrize("lab", registry.all_labs(), ids=lambda lab: lab.name)
#: A value shown as the machine writes it, or a gap nobody filled.
RAW = re.compile(r"\b(false|null|undefined|NaN|Infinity)\b|\[object|\{\w+\}")
PHONE: dict[str, Any] = {
    "viewport": {"width": 320, "height": 800},
    "has_touch": True,
    "reduced_motion": "reduce",
}
#: What margins leave of A4 at 96 dots per inch.
PAPER = {"width": 680, "height": 980}
DESK = {"width": 1280, "height": 800}
#: The tables of a paper that lose columns at the printer.
CUT_OFF = """() => [...document.querySelectorAll(".lab-scroll")]
    .filter((each) => each.scrollWidth > each.clientWidth)
    .map((each) => `${location.pathname}: ${each.textContent.trim().slice(0, 80)}`)"""


def walk(lab: Lab, page: Page) -> Iterator[None]:
    """Play a lab to its end, as its folder says; stops where there is much to see."""
    file = registry.folder_of(lab) / "tests" / "walk.py"
    spec = importlib.util.spec_from_file_location(f"{lab.name}_walk", file)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    stops: Iterator[None] = module.walk(page)
    return stops


@each_lab
def test_a_complete_run_is_silent_and_clean_all_the_way(
    new_context: Any, lab: Lab, traffic: Any
) -> None:
    page = new_context(hurried=True, **PHONE).new_page()
    page.goto(f"/labore/{lab.name}/")
    page.wait_for_selector(".lab.is-live")
    page.wait_for_load_state("networkidle")
    expect(page.locator("[data-lab-ending]")).to_be_hidden()
    before = len(traffic.urls)

    stops = 0
    look(page)
    for _ in walk(lab, page):
        stops += 1
        look(page, within=".lab")
    expect(page.locator("[data-lab-ending]")).to_be_visible()
    look(page)

    assert stops > 0, "walk() yields nowhere between start and end"
    page.wait_for_load_state("networkidle")
    asked = [url for url in traffic.urls[before:] if url.startswith("http")]
    assert asked == []
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert traffic.complaints == []


def look(page: Page, *, within: str = "html") -> None:
    """See that axe finds nothing, nothing sticks out and no value is shown as such.

    On a phone by day, and at a desk in the dark: there axe looks at colours alone.
    Around a lab nothing changes between its start and its end.
    """
    shown = page.locator(".lab-board").first.inner_text()
    assert not RAW.search(shown)
    assert axe(page, within=within, apart="[data-lab-specimen]") == []
    assert not sticks_out(page)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.set_viewport_size(DESK)
    found = axe(page, within=within, apart="[data-lab-specimen]", colours=True)
    assert found == []
    assert not sticks_out(page)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.set_viewport_size(PHONE["viewport"])


@each_lab
def test_it_is_played_with_a_mouse_and_moving_pictures_too(
    new_context: Any, lab: Lab, traffic: Any
) -> None:
    page = new_context(hurried=True, viewport=DESK).new_page()
    hurry_pictures(page)
    page.goto(f"/labore/{lab.name}/")
    page.wait_for_selector(".lab.is-live")
    for _ in walk(lab, page):
        assert not RAW.search(page.locator(".lab-board").first.inner_text())
    expect(page.locator("[data-lab-ending]")).to_be_visible()
    assert traffic.complaints == []


def hurry_pictures(page: Page) -> None:
    """Let pictures move many times as fast: a test has seen enough of them sooner."""
    client = page.context.new_cdp_session(page)
    client.send("Animation.enable")
    client.send("Animation.setPlaybackRate", {"playbackRate": 10})


STAGE = """async () => {
  const { h, play } = await import("/static/labs/kit.js");
  document.body.innerHTML = `<section data-lab="probe">
    <script type="application/json">{}</script><div data-lab-text></div></section>`;
  play("probe", (stage) => { window.stage = stage; stage.show(h("p", {}, "eins")); });
  window.next = () => stage.show(h("p", {}, "zwei"));
}"""


def test_what_waits_to_be_said_goes_with_the_part_it_belongs_to(page: Page) -> None:
    page.goto("/labore/")
    page.evaluate(STAGE)
    region = page.locator("[data-lab=probe] [role=status]")
    page.evaluate("stage.say('sofort'); stage.say('später')")
    expect(region).to_have_text("sofort")
    page.evaluate("next()")
    expect(region).to_have_text("")
    page.evaluate("stage.say('neu')")
    expect(region).to_have_text("neu")


def test_without_scripts_all_forms_are_there(new_context: Any) -> None:
    page = new_context(java_script_enabled=False).new_page()
    missing = []
    for lab in registry.all_labs():
        page.goto(f"/labore/{lab.name}/")
        for part in ("[data-lab-text]", "[data-lab-ending]"):
            if not page.locator(part).is_visible():
                missing.append(f"{lab.name} {part}")
        for form in ("papier", "anleitung", "beamer"):
            response = page.context.request.get(f"/labore/{lab.name}/{form}/")
            if response.status != 200 or "<h1" not in response.text():
                missing.append(f"{lab.name}/{form}/: {response.status}")
    assert missing == []


@pytest.mark.parametrize("form", ["papier", "anleitung", "beamer"])
def test_the_heading_of_a_form_is_seen_without_scripts(
    new_context: Any, form: str
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"/labore/{registry.all_labs()[0].name}/{form}/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_their_papers_fit_a_phone_and_go_to_the_printer_whole(
    new_context: Any,
) -> None:
    page = new_context().new_page()
    size = page.viewport_size
    wide = []
    for lab in registry.all_labs():
        page.goto(f"/labore/{lab.name}/papier/")
        if sticks_out(page):
            wide.append(lab.name)
        page.set_viewport_size(PAPER)
        page.emulate_media(media="print")
        wide += page.evaluate(CUT_OFF)
        page.emulate_media(media="screen")
        page.set_viewport_size(size)
    assert wide == []


def test_in_a_lesson_a_finished_lab_is_ticked_off_without_a_cookie_nobody_asked_for(
    page: Page,
) -> None:
    lesson = "/kurse/datengrabbing/profile/"
    finish_in(page, lesson)
    assert page.context.cookies() == []

    page.get_by_role("button", name="Labor abhaken").click()
    expect(page.get_by_text("Labor erledigt")).to_be_visible()
    assert [c["name"] for c in page.context.cookies()] == ["lernstand"]

    page.context.clear_cookies()
    page.goto("/kurse/datengrabbing/spuren/")
    exercise = page.locator("[data-exercise]").first
    exercise.locator("input").first.check()
    exercise.get_by_role("button", name="Antwort prüfen").click()
    expect(exercise.locator("[data-result] p").first).to_be_visible()
    finish_in(page, lesson)
    expect(page.get_by_text("Labor erledigt")).to_be_visible()
    expect(page.locator("[data-lab-ending]")).to_be_focused()


def finish_in(page: Page, lesson: str) -> None:
    """Play the lab of a lesson to its end."""
    page.goto(lesson)
    page.locator("[data-lab]").scroll_into_view_if_needed()
    page.wait_for_selector(".lab.is-live")
    [lab] = [each for each in registry.all_labs() if each.name == "wiedererkannt"]
    for _ in walk(lab, page):
        pass
    expect(page.locator("[data-lab-ending]")).to_be_visible()
