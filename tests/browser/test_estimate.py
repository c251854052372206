"""The slider of an estimate goes along with the field, and the field with it."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.databases import ROOT

MANUAL = ROOT / "courses" / "exercises" / "types" / "estimate" / "README.md"
WIDE = """
:::{estimate} briefe
question: Wie viele Briefe im Jahr?
value: 200000
unit: Briefe
tolerance: 100
least: 10
most: 100000000
low: Zu wenig.
high: Zu viel.
right: Gut.
:::
"""


@pytest.fixture(scope="module")
def lesson(publish_lesson: Any) -> str:
    manual = MANUAL.read_text(encoding="utf-8").partition("```markdown\n")[2]
    return publish_lesson("schaetzen", manual.partition("```")[0] + WIDE)


def test_field_and_slider_move_each_other(
    page: Page, lesson: str, traffic: Any
) -> None:
    page.goto(lesson)
    exercise = page.locator("[data-exercise=lampen]")
    field = exercise.get_by_role("textbox", name="Eigene Schätzung")
    slider = exercise.get_by_role("slider", name="Eigene Schätzung")
    expect(slider).to_have_attribute("aria-valuetext", "noch keine Schätzung")
    expect(field).to_have_value("")

    field.fill("30,4")
    expect(slider).to_have_value("30")
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(field).to_have_value("31")
    expect(slider).to_have_attribute("aria-valuetext", "31 %")

    exercise.get_by_role("button", name="Antwort prüfen").click()
    expect(exercise.locator(".result")).to_contain_text("Der Wert ist 20 %.")
    # The form came anew, and its slider with it.
    expect(field).to_have_value("31")
    expect(slider).to_have_value("31")
    slider.focus()
    page.keyboard.press("Home")
    expect(field).to_have_value("0")
    assert traffic.complaints == []


def test_on_a_wide_scale_a_finger_reaches_small_and_large_numbers(
    page: Page, lesson: str
) -> None:
    page.goto(lesson)
    exercise = page.locator("[data-exercise=briefe]")
    field = exercise.get_by_role("textbox", name="Eigene Schätzung")
    slider = exercise.get_by_role("slider")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box is not None
    assert box["height"] >= 44

    page.mouse.click(box["x"] + 2, box["y"] + box["height"] / 2)
    expect(field).to_have_value("10")
    page.mouse.click(box["x"] + box["width"] - 2, box["y"] + box["height"] / 2)
    expect(field).to_have_value("100.000.000")
    field.fill("1.000.000")
    middle = float(slider.input_value()) / float(slider.get_attribute("max") or 1)
    assert 0.69 < middle < 0.74
