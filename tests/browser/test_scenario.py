"""A story goes on in place: what comes next is read next, with and without a script."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.databases import ROOT

MANUAL = ROOT / "courses" / "exercises" / "types" / "scenario" / "README.md"


@pytest.fixture(scope="module")
def lesson(publish_lesson: Any) -> str:
    manual = MANUAL.read_text(encoding="utf-8")
    return publish_lesson(
        "geschichte", manual.partition("```markdown\n")[2].partition("```")[0]
    )


def decide(page: Page, words: str) -> None:
    page.get_by_label(words).check()
    page.get_by_role("button", name="Entscheiden").click()


def test_the_next_step_is_read_next_and_the_way_stays_at_hand(
    page: Page, lesson: str, traffic: Any
) -> None:
    page.goto(lesson)
    decide(page, "Den Link antippen")

    now = page.locator(".story-now")
    expect(now).to_contain_text("nach der Nummer einer Karte")
    expect(now).to_be_focused()
    past = page.get_by_text("Ihr Paket liegt beim Zoll")
    expect(past).to_be_hidden()
    page.get_by_text("Was bisher geschah").click()
    expect(past).to_be_visible()

    decide(page, "Die Seite schließen")
    expect(page.get_by_text("Ende: Noch einmal gut gegangen")).to_be_visible()
    expect(page.locator("[data-exercise] [data-result]")).to_be_focused()
    expect(page.get_by_text("Außer dem Besuch hat niemand")).to_be_visible()
    expect(page.get_by_text("Wer die Nummer hat")).to_have_count(0)

    page.get_by_role("button", name="Noch einmal von vorn").click()
    expect(page.get_by_label("Den Link antippen")).to_be_visible()
    assert traffic.complaints == []


def test_without_a_script_the_whole_story_is_told_too(
    new_context: Any, lesson: str
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(lesson)
    page.get_by_role("button", name="Entscheiden").click()
    expect(page.get_by_role("alert")).to_contain_text("zuerst entscheiden")
    decide(page, "Zuerst nach dem Absender sehen")

    expect(page.get_by_text("Ende: Ruhig geblieben")).to_be_visible()
    expect(page.locator("[data-finish]")).to_contain_text("Alle Aufgaben sind")
