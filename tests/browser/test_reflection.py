"""One's own thoughts: kept after a click, printed alone, gone with the device."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

BODY = """
:::{reflection} teilen
question: Was bist du bereit zu teilen, und wofür?
:::

:::{next-step} Eine Berechtigung prüfen
---
plan: true
---
Öffne heute die Einstellungen.
:::
"""
THOUGHT = "Meinen Ort, damit der Bus mich findet."


@pytest.fixture(scope="module")
def lesson(publish_lesson: Any) -> str:
    return publish_lesson("nachdenken", BODY)


def test_what_is_written_is_kept_only_after_a_click_and_never_sent(
    page: Page, lesson: str, traffic: Any
) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or ""))
    page.goto(lesson)
    field = page.get_by_label("Eigene Gedanken")
    field.fill(THOUGHT)
    page.reload()
    expect(field).to_have_value("")

    field.fill(THOUGHT)
    field.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Auf diesem Gerät gespeichert.")).to_be_visible()
    page.reload()
    expect(field).to_have_value(THOUGHT)
    assert not [body for body in sent if "Bus" in body]
    assert traffic.complaints == []

    page.get_by_role("button", name="Text löschen").click()
    expect(field).to_be_focused()
    page.reload()
    expect(field).to_have_value("")


def test_the_lesson_is_done_without_it(page: Page, lesson: str) -> None:
    page.goto(lesson)

    expect(page.locator(".lesson-head .facts")).not_to_contain_text("Aufgabe")
    expect(page.locator("[data-finish]")).to_contain_text("Alle Aufgaben sind")
    page.get_by_role("button", name="Kurs abschließen").click()
    page.wait_for_url("**/kurse/nachdenken/#geschafft")
    expect(page.locator("#geschafft")).to_contain_text("Geschafft: alle Lektionen")


def test_paper_shows_it_alone_and_in_full(page: Page, lesson: str) -> None:
    page.goto(lesson)
    page.evaluate("window.print = () => dispatchEvent(new Event('beforeprint'))")
    page.get_by_label("Eigene Gedanken").fill("Zeile\n" * 30)
    page.get_by_role("button", name="Diesen Text drucken").click()
    page.emulate_media(media="print")

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("[data-printed]")).to_be_visible()
    expect(page.get_by_label("Eigene Gedanken")).not_to_be_visible()
    expect(page.get_by_text("Ein Satz davor.")).not_to_be_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.get_by_text("Ein Satz davor.")).to_be_visible()


def test_whoever_empties_the_device_leaves_no_thought(page: Page, lesson: str) -> None:
    page.goto(lesson)
    field = page.get_by_label("Eigene Gedanken")
    field.fill(THOUGHT)
    page.get_by_role("button", name="Auf diesem Gerät speichern").first.click()
    page.get_by_role("button", name=re.compile("Gerät leeren")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("leer")
    page.goto(lesson)
    expect(field).to_have_value("")


def test_a_plan_is_still_kept_as_it_was(page: Page, lesson: str) -> None:
    page.goto(lesson)
    plan = page.locator("[data-plan]")
    plan.scroll_into_view_if_needed()
    plan.get_by_label("Wenn …").fill("wenn ich das Handy lade")
    plan.get_by_label("dann …").fill("dann prüfe ich eine App")
    plan.get_by_role("button", name="speichern").click()
    page.reload()
    plan.scroll_into_view_if_needed()
    expect(plan.get_by_label("dann …")).to_have_value("dann prüfe ich eine App")


def test_without_javascript_there_is_a_field_to_print(
    new_context: Any, lesson: str
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(lesson)

    expect(page.get_by_label("Eigene Gedanken")).to_be_editable()
    expect(page.get_by_text("Auf Papier bleibt er.")).to_be_visible()
    expect(page.get_by_role("button", name="Text löschen")).to_have_count(0)
