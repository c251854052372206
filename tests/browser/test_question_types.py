"""What every question type keeps to in a browser, found by itself like its examples.

One lesson holds the first example of each type. Without JavaScript the keyboard alone
solves it; with JavaScript it is solved without leaving the page; axe looks at it fresh,
wrongly answered and solved.
"""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl
from uuid import NAMESPACE_OID, uuid5

import pytest
from playwright.sync_api import Locator, Page, expect

from courses.exercises.registry import question_types
from tests.browser.conftest import Site
from tests.browser.looking import blemishes
from tests.contracts.test_question_types import GRADED, TYPES, examples_of, first_value

LESSON = "/kurse/aufgabentypen/alle/"
CREATE_LESSON = """
import json, os
from courses.models import CourseIndexPage
from courses.exercises.registry import question_types
from tests.factories import World, lesson, with_pictures
index = CourseIndexPage.objects.get(locale__language_code="de")
course = World(index.get_parent().specific, index).course("aufgabentypen")
body = json.loads(os.environ["BODY"])
for each in body:
    block = question_types()[each["type"]].block()
    each["value"] = with_pictures(block, each["value"])
lesson(course, "alle", body=body)
"""
each_graded_type = pytest.mark.parametrize("name", GRADED)
#: How often Tab is pressed before giving up; a form has fewer stops.
MOST_STOPS = 60

Pairs = list[tuple[str, str]]


@pytest.fixture(scope="module")
def lesson(site: Site) -> str:
    """Publish a lesson with the first example of each type and return its address."""
    values = {name: first_value(name) for name in TYPES}
    keys = [value["key"] for value in values.values()]
    assert len(set(keys)) == len(keys), "Give the first example a key of its own."
    body = [
        {"type": name, "value": value, "id": block_id(name)}
        for name, value in values.items()
    ]
    site.run(CREATE_LESSON, BODY=json.dumps(body))
    return LESSON


def block_id(name: str) -> str:
    return str(uuid5(NAMESPACE_OID, name))


def pairs_of(name: str, *, solving: bool) -> Pairs:
    """Return the fields of an example of the first exercise that solves it or fails."""
    scored = [
        (score, form)
        for value, form, score in examples_of(name)
        if value == first_value(name)
    ]
    _score, form = max(scored) if solving else min(scored)
    return parse_qsl(form, keep_blank_values=True)


def exercise_of(page: Page, name: str) -> Locator:
    return page.locator(f"#b-{block_id(name)[:8]}")


# --- Without JavaScript, by keyboard alone --------------------------------------------

FOCUSED = """() => {
    const { name, value, type, localName } = document.activeElement;
    return { name, value, type: type ?? "", tag: localName };
}"""


def focused(page: Page) -> Mapping[str, str]:
    return page.evaluate(FOCUSED)


def solve_by_keyboard(page: Page, pairs: Pairs) -> None:
    """Go through the form with Tab, fill in what is to be, and send it off.

    A form that comes in steps shows the next ones after sending.
    """
    waiting = list(pairs)
    while True:
        before = len(waiting)
        for _stop in range(MOST_STOPS):
            page.keyboard.press("Tab")
            here = focused(page)
            wanted = [pair for pair in waiting if pair[0] == here["name"]]
            if here["type"] == "submit" and (not here["name"] or wanted):
                if not wanted or (here["name"], here["value"]) in wanted:
                    waiting = [pair for pair in waiting if pair[0] != here["name"]]
                    break
            elif wanted:
                for pair in fill_in(page, here, wanted):
                    waiting.remove(pair)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        if not waiting:
            return
        assert len(waiting) < before, f"No keyboard reaches {waiting}."


def fill_in(page: Page, here: Mapping[str, str], wanted: Pairs) -> Pairs:
    """Fill in the focused field; return which of the wanted values it took."""
    value = wanted[0][1]
    if here["type"] == "checkbox":
        if (here["name"], here["value"]) not in wanted:
            return []
        page.keyboard.press("Space")
        return [(here["name"], here["value"])]
    if here["type"] == "radio" and here["value"] == value:
        page.keyboard.press("Space")
    elif here["type"] == "radio" or here["tag"] == "select":
        for _option in range(MOST_STOPS):
            if focused(page)["value"] == value:
                break
            page.keyboard.press("ArrowDown")
    else:
        page.keyboard.type(value)
    return wanted[:1]


@each_graded_type
def test_the_keyboard_alone_solves_it_without_javascript(
    new_context: Any, lesson: str, name: str
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    # From the exercise's anchor on, as the outline and “Weiterlernen” lead to it.
    page.goto(f"{lesson}#b-{block_id(name)[:8]}")

    solve_by_keyboard(page, pairs_of(name, solving=True))

    expect(exercise_of(page, name).locator(".result.is-solved")).to_be_visible()
    assert page.url.endswith(f"#b-{block_id(name)[:8]}")


# --- With JavaScript ------------------------------------------------------------------

# Beside its own widgets a type fills in plain fields: those are what is sent.
FILL_AND_SEND = """(form, pairs) => {
    const given = (name) => pairs.filter((pair) => pair[0] === name).map((p) => p[1]);
    for (const field of form.elements) {
        const { name, type } = field;
        if (!name || ["submit", "button", "hidden"].includes(type)) continue;
        const values = given(name);
        const isTick = type === "radio" || type === "checkbox";
        if (isTick) field.checked = values.includes(field.value);
        else field.value = values[0] ?? "";
        field.dispatchEvent(new Event("input", { bubbles: true }));
        field.dispatchEvent(new Event("change", { bubbles: true }));
    }
    const isWanted = ({ name, value, type }) =>
        type === "submit" && name && given(name).includes(value);
    form.requestSubmit([...form.elements].find(isWanted));
}"""


def send(page: Page, name: str, *, solving: bool) -> Locator:
    """Fill in an example, send it by script and return what came of it.

    What takes several steps gets one more of them each time, and starts again first.
    """
    exercise = exercise_of(page, name)
    pairs = pairs_of(name, solving=solving)
    steps = [[pair] for pair in pairs] if question_types()[name].in_steps else [pairs]
    if len(steps) > 1 and exercise.locator(".result").count():
        submit(page, exercise, [])
    for step in steps:
        submit(page, exercise, step)
    solved = exercise.locator(".result.is-solved")
    expect(exercise.locator(".result")).to_be_visible()
    expect(solved).to_have_count(int(solving))
    return exercise.locator("[data-result]")


def submit(page: Page, exercise: Locator, pairs: Pairs) -> None:
    """Fill in and send a form, and wait for what comes in its place."""
    exercise.evaluate("each => { each.isOld = true; }")
    exercise.locator("form").evaluate(FILL_AND_SEND, pairs)
    page.wait_for_function(
        "id => !document.getElementById(id).isOld", arg=exercise.get_attribute("id")
    )


def test_with_javascript_each_is_solved_without_leaving_the_page(
    new_context: Any, lesson: str, traffic: Any
) -> None:
    page = new_context().new_page()
    page.goto(lesson)
    page.evaluate("window.stayed = true")

    for name in GRADED:
        expect(send(page, name, solving=True)).to_be_focused()

    assert page.evaluate("window.stayed") is True
    assert traffic.complaints == []


def test_axe_finds_nothing_and_nothing_is_cut_off_in_any_state(
    new_context: Any, lesson: str
) -> None:
    page = new_context(bypass_csp=True).new_page()
    page.goto(lesson)
    # What stands around a lesson's text is looked at elsewhere.
    found = {"fresh": blemishes(page, within=".prose")}
    for state, solving in (("wrong", False), ("solved", True)):
        for name in GRADED:
            send(page, name, solving=solving)
        found[state] = blemishes(page, within=".prose")
    assert found == {"fresh": [], "wrong": [], "solved": []}


def test_reasons_are_asked_for_once_a_statement_is_judged(
    new_context: Any, lesson: str
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(lesson)
    statement = exercise_of(page, "statements").locator(".statement").first
    why = statement.get_by_role("group", name="Warum?")

    expect(why).to_be_hidden()
    statement.get_by_label("Falsch").check()
    expect(why).to_be_visible()
    statement.get_by_label("Weiß nicht").check()
    expect(why).to_be_hidden()
