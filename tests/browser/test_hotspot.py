"""Places are found in the picture by tap and by keyboard; the list goes along."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.databases import ROOT

MANUAL = ROOT / "courses" / "exercises" / "types" / "hotspot" / "README.md"
BANNER = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 450" width="800" height="450">
<rect width="800" height="450" fill="#dfece8"/><rect x="80" y="270" width="280" height="90"/></svg>
"""  # noqa: E501


@pytest.fixture(scope="module")
def lesson(publish_lesson: Any) -> str:
    manual = MANUAL.read_text(encoding="utf-8").partition("```markdown\n")[2]
    return publish_lesson(
        "finden", manual.partition("```")[0], media={"banner.svg": BANNER}
    )


def tap(page: Page, frame: Locator, x: float, y: float) -> None:
    """Tap a picture at shares of its width and height."""
    frame.scroll_into_view_if_needed()
    box = frame.bounding_box()
    assert box is not None
    page.touchscreen.tap(box["x"] + x * box["width"], box["y"] + y * box["height"])


def test_a_tap_chooses_a_place_and_a_tap_beside_costs_nothing(
    new_context: Any, lesson: str, traffic: Any
) -> None:
    page = new_context(has_touch=True).new_page()
    page.goto(lesson)
    exercise = page.locator("[data-exercise=banner]")
    frame = exercise.locator(".hotspot-frame")
    said = exercise.locator(".hotspot-said")

    tap(page, frame, 0.25, 0.7)
    expect(said).to_contain_text("Ausgewählt: Großer Knopf „Alle akzeptieren“.")
    tap(page, frame, 0.5, 0.45)
    expect(said).to_have_text(
        "Hier ist nichts Besonderes. Bitte an einer anderen Stelle versuchen."
    )
    tap(page, frame, 0.7, 0.7)
    exercise.get_by_role("button", name="Antwort prüfen").click()

    expect(exercise.locator(".result")).to_contain_text("Das stimmt.")
    expect(exercise.locator(".hotspot-mark.is-right")).to_have_count(2)
    expect(exercise.get_by_text("Dahinter ist das Ablehnen versteckt")).to_be_visible()
    assert traffic.complaints == []


def test_the_keyboard_goes_from_place_to_place_and_the_list_goes_along(
    page: Page, lesson: str
) -> None:
    page.goto(lesson)
    exercise = page.locator("[data-exercise=banner]")
    first = exercise.get_by_role("button", name="Großer Knopf „Alle akzeptieren“")
    first.focus()
    page.keyboard.press("Space")
    expect(first).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    heading = exercise.get_by_role("button", name="Überschrift")
    expect(heading).to_be_focused()

    exercise.get_by_text("Stellen als Liste").click()
    boxes = exercise.get_by_role("checkbox")
    assert [box.is_checked() for box in boxes.all()] == [True, True, False]
    boxes.nth(1).uncheck()
    expect(heading).to_have_attribute("aria-pressed", "false")


def test_places_stay_where_they_are_at_any_size(page: Page, lesson: str) -> None:
    page.goto(lesson)
    frame = page.locator(".hotspot-frame")
    spot = page.locator(".hotspot-spot").first

    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        outer, inner = frame.bounding_box(), spot.bounding_box()
        assert outer is not None
        assert inner is not None
        assert (inner["x"] - outer["x"]) / outer["width"] == pytest.approx(
            0.1, abs=0.01
        )
        assert inner["width"] / outer["width"] == pytest.approx(0.35, abs=0.01)
        assert min(inner["width"], inner["height"]) >= 24


def test_without_javascript_the_list_is_there_and_the_picture_has_numbers(
    new_context: Any, lesson: str
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(lesson)

    expect(page.locator(".hotspot-marks")).to_be_visible()
    expect(page.locator(".hotspot-number").first).to_have_text("1")
    expect(page.locator(".hotspot-how")).to_be_hidden()
    page.get_by_role("checkbox", name="Großer Knopf").check()
    page.get_by_role("button", name="Antwort prüfen").click()
    expect(page.locator(".result")).to_contain_text("Teilweise richtig.")
