"""What readers set on their device counts: paper, contrast, motion, direction."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

LESSON = "/kurse/datengrabbing/spuren/"
PAGES = ("/", "/kurse/", "/kurse/datengrabbing/", LESSON, "/lernen/", "/glossar/")


@pytest.fixture
def open_with(new_context: Any) -> Any:
    """Return a function that opens an address in a browser with preferences."""

    def open_page(path: str, **preferences: Any) -> Page:
        page = new_context(
            viewport={"width": 1280, "height": 900}, **preferences
        ).new_page()
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


@pytest.mark.parametrize("path", [LESSON, "/kurse/", "/lernen/"])
def test_the_focus_is_seen_in_forced_colours(open_with: Any, path: str) -> None:
    page = open_with(path, forced_colors="active")
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

    assert unseen == []


@pytest.mark.parametrize("path", PAGES)
def test_nothing_moves_for_people_who_asked_for_less_motion(
    open_with: Any, path: str
) -> None:
    page = open_with(path, reduced_motion="reduce")

    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].filter((e) => {
            const style = getComputedStyle(e);
            const longest = (list) => Math.max(...list.split(",").map(parseFloat));
            return longest(style.transitionDuration) > 0.01
                || (style.animationName !== "none"
                    && longest(style.animationDuration) > 0.01)
                || style.scrollBehavior === "smooth";
        }).map((e) => e.outerHTML.slice(0, 100))"""
    )

    assert moving == []


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_from_right_to_left_nothing_scrolls_sideways(
    open_with: Any, path: str, width: int
) -> None:
    page = open_with(path)
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate("document.documentElement.dir = 'rtl'")

    wide = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )

    assert wide <= 0
