"""What readers set on their device counts: paper, contrast, motion, direction."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.looking import sticks_out

LESSON = "/kurse/datengrabbing/spuren/"
DESK = {"width": 1280, "height": 900}
PAGES = ("/", "/kurse/", "/kurse/datengrabbing/", LESSON, "/lernen/", "/glossar/")


@pytest.fixture
def open_with(new_context: Any) -> Any:
    """Return a function that opens an address in a browser with preferences."""

    def open_page(path: str, **preferences: Any) -> Page:
        page = new_context(viewport=DESK, **preferences).new_page()
        page.goto(path)
        return page

    return open_page


def first_term(page: Page) -> tuple[Locator, Locator]:
    """Return the first glossary term of a page and its note."""
    term = page.locator(".term:not(.is-again)").first
    return term.locator(".term-word"), term.locator(".term-note")


def test_a_note_opens_under_the_mouse_and_goes_with_it(open_with: Any) -> None:
    page = open_with(LESSON)
    word, note = first_term(page)
    expect(note).to_be_hidden()

    word.hover()
    expect(note).to_be_visible()
    page.mouse.move(2, 2)

    expect(note).to_be_hidden()


def test_on_paper_a_note_stands_in_brackets_behind_its_word(open_with: Any) -> None:
    page = open_with(LESSON)
    page.emulate_media(media="print")
    _word, note = first_term(page)

    expect(note).to_be_visible()
    before = note.evaluate("e => getComputedStyle(e, '::before').content")
    assert before == '" ("'


def test_the_focus_is_seen_in_forced_colours(open_with: Any) -> None:
    page = open_with("/lernen/", forced_colors="active")
    unseen = {"/lernen/": focused_unseen(page)}
    for path in (LESSON, "/kurse/"):
        page.goto(path)
        unseen[path] = focused_unseen(page)

    assert unseen == dict.fromkeys(unseen, [])


def focused_unseen(page: Page) -> list[str]:
    """Return what the first presses of Tab focus without showing it."""
    unseen = []
    for _step in range(25):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => {
                const e = document.activeElement;
                if (e === document.body) return "body";
                const box = e.closest(".option") ?? e;
                return [e, box].some((each) => {
                    const style = getComputedStyle(each);
                    return style.outlineStyle !== "none"
                        && parseFloat(style.outlineWidth) >= 2;
                }) || e.outerHTML.slice(0, 120);
            }"""
        )
        if seen not in (True, "body"):
            unseen.append(seen)
    return unseen


MOVING = """() => [...document.querySelectorAll("*")].filter((e) => {
    const style = getComputedStyle(e);
    const longest = (list) => Math.max(...list.split(",").map(parseFloat));
    return longest(style.transitionDuration) > 0.01
        || (style.animationName !== "none"
            && longest(style.animationDuration) > 0.01)
        || style.scrollBehavior === "smooth";
}).map((e) => e.outerHTML.slice(0, 100))"""


def test_nothing_moves_for_people_who_asked_for_less_motion(new_context: Any) -> None:
    page = new_context(viewport=DESK, reduced_motion="reduce").new_page()
    moving = {}
    for path in PAGES:
        page.goto(path)
        moving[path] = page.evaluate(MOVING)

    assert moving == dict.fromkeys(PAGES, [])


def test_from_right_to_left_nothing_scrolls_sideways(new_context: Any) -> None:
    page = new_context(viewport=DESK).new_page()
    wide = []
    for path in PAGES:
        page.goto(path)
        page.evaluate("document.documentElement.dir = 'rtl'")
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            if sticks_out(page):
                wide.append((path, width))

    assert wide == []
