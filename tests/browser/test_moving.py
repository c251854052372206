"""Cards that are matched, ordered and sorted: by tap, by keyboard, by dragging."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import open_and_wake, wake

BODY = """
:::{matching} wer-sieht-was
question: Wer bekommt was zu sehen?
pairs:
  - {left: Das Café, right: Adressen, feedback: Es reicht die Pakete weiter.}
  - {left: Der Messenger, right: Wann sie schreibt, feedback: Er stellt zu.}
  - {left: Mika, right: Die Wörter, feedback: Für ihn sind sie bestimmt.}
distractors: [Den Fingerabdruck]
:::

:::{ordering} weg
question: Welchen Weg nimmt die Nachricht?
items:
  - {text: Lenas Handy, feedback: Hier wird sie geschrieben.}
  - {text: Router, feedback: Er führt hinaus.}
  - {text: Server, feedback: Er bewahrt sie auf.}
  - {text: Mikas Handy, feedback: Hier wird sie gelesen.}
from: zuerst
to: zuletzt
:::

:::{sorting} wetter
question: Was braucht die Vorhersage?
categories:
  - {id: noetig, text: Nötig}
  - {id: unnoetig, text: Nicht nötig}
items:
  - {text: Der Ort, category: noetig, feedback: Ohne Ort keine Vorhersage.}
  - {text: Das Datum, category: noetig, feedback: Sie gilt für einen Tag.}
  - {text: Die Kontakte, category: unnoetig, feedback: Keine Nummer ändert es.}
  - {text: Das Mikrofon, category: unnoetig, feedback: Zu hören gibt es nichts.}
:::
"""
STEPS = ["Lenas Handy", "Router", "Server", "Mikas Handy"]
MATCHES = {"Das Café": "Adressen", "Der Messenger": "Wann", "Mika": "Wörter"}
HOMES = {"Ort": 0, "Datum": 0, "Kontakte": 1, "Mikrofon": 1}


@pytest.fixture(scope="module")
def lesson(publish_lesson: Any) -> str:
    return publish_lesson("karten", BODY)


@pytest.fixture
def page(same_page: Callable[..., Page]) -> Page:
    """Return a phone's page that the tests of this file use one after another."""
    return same_page()


@pytest.fixture
def touched(same_page: Callable[..., Page]) -> Page:
    """Return one that is touched by fingers."""
    return same_page(has_touch=True, is_mobile=True)


@pytest.fixture
def wide(same_page: Callable[..., Page]) -> Page:
    """Return one on a desk."""
    return same_page(1280, 900)


def exercise(page: Page, key: str) -> Locator:
    return page.locator(f"[data-exercise={key}]")


def line(page: Page, words: str) -> Locator:
    return page.locator("[data-line]", has_text=words)


def card(page: Page, words: str) -> Locator:
    return page.locator(".pieces [data-card]", has_text=words)


def steps(page: Page) -> list[str]:
    return [each.strip() for each in page.locator(".ranks label").all_inner_texts()]


def rank(page: Page, words: str) -> Locator:
    return page.locator("[data-rank]", has_text=words)


def top(page: Page) -> Locator:
    return page.locator(".stage [data-card]").first


def status(page: Page, key: str) -> Locator:
    return exercise(page, key).locator("[role=status]").first


def check(page: Page, key: str) -> Locator:
    exercise(page, key).get_by_role("button", name="prüfen").click()
    return exercise(page, key).locator("[data-result]")


def settle(page: Page) -> None:
    """Wait until nothing glides any more."""
    page.evaluate(
        "Promise.allSettled(document.getAnimations().map((each) => each.finished))"
    )


def drag(
    page: Page, piece: Locator, place: Locator, *, letting_go: bool = True
) -> None:
    """Drag a piece onto the middle of a place with the mouse."""
    piece.scroll_into_view_if_needed()
    start, goal = piece.bounding_box(), place.bounding_box()
    assert start
    assert goal
    page.mouse.move(start["x"] + 50, start["y"] + 14)
    page.mouse.down()
    page.mouse.move(start["x"] + 60, start["y"] + 24, steps=3)
    page.mouse.move(
        goal["x"] + goal["width"] / 2, goal["y"] + goal["height"] / 2, steps=6
    )
    if letting_go:
        page.mouse.up()


def drag_by_finger(page: Page, grip: Locator, place: Locator) -> None:
    """Drag with a finger; only the browser itself can press one down."""
    grip.scroll_into_view_if_needed()
    start, goal = grip.bounding_box(), place.bounding_box()
    assert start
    assert goal
    here = (start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    there = (goal["x"] + goal["width"] / 2, goal["y"] + goal["height"] / 2)
    finger = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        touched = [{"x": x, "y": y} for x, y in points]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touched})

    touch("touchStart", here)
    for part in range(1, 9):
        moved = [a + (b - a) * part / 8 for a, b in zip(here, there, strict=True)]
        touch("touchMove", (moved[0], moved[1]))
    touch("touchEnd")


# --- Matching -------------------------------------------------------------------------


def test_a_line_and_a_card_find_each_other_in_either_order(
    touched: Page, lesson: str, traffic: Any
) -> None:
    page = touched
    open_and_wake(page, lesson)
    line(page, "Das Café").tap()
    expect(status(page, "wer-sieht-was")).to_have_text("Was passt zu „Das Café“?")
    card(page, "Adressen").tap()
    expect(line(page, "Das Café")).to_contain_text("Adressen")
    card(page, "Wörter").tap()
    line(page, "Mika").tap()
    expect(status(page, "wer-sieht-was")).to_contain_text("Noch offen: 1.")
    line(page, "Der Messenger").tap()
    card(page, "Wann").tap()
    expect(status(page, "wer-sieht-was")).to_have_text(
        "Alles ist zugeordnet. Jetzt die Antwort prüfen."
    )

    expect(check(page, "wer-sieht-was")).to_contain_text("Das stimmt.")
    assert traffic.complaints == []


def test_a_card_moves_to_another_line_and_away_again(page: Page, lesson: str) -> None:
    open_and_wake(page, lesson)
    line(page, "Mika").click()
    card(page, "Adressen").click()
    line(page, "Das Café").click()
    card(page, "Adressen").click()
    expect(line(page, "Mika")).to_contain_text("noch offen")
    expect(card(page, "Adressen")).to_contain_text("bei 1")
    line(page, "Das Café").click()
    card(page, "Adressen").click()
    expect(line(page, "Das Café")).to_contain_text("noch offen")


def test_the_keyboard_goes_from_line_to_card_and_back(page: Page, lesson: str) -> None:
    open_and_wake(page, lesson)
    line(page, "Der Messenger").get_by_role("button").focus()
    page.keyboard.press("Enter")
    first = page.locator(".pieces .cover").first
    expect(first).to_be_focused()
    page.keyboard.press("Escape")
    expect(line(page, "Der Messenger").get_by_role("button")).to_be_focused()
    expect(
        exercise(page, "wer-sieht-was").locator("[aria-pressed=true]")
    ).to_have_count(0)

    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".pieces .cover").nth(1)).to_be_focused()
    page.keyboard.press("Space")
    button = line(page, "Der Messenger").get_by_role("button")
    expect(button).to_be_focused()
    words = page.locator(".pieces .piece-text").nth(1).inner_text()
    expect(button).to_have_accessible_name(f"2 Der Messenger B {words}")
    page.keyboard.press("Delete")
    expect(button).to_have_accessible_name("2 Der Messenger noch offen")


def test_a_card_is_dragged_by_mouse_and_by_finger(
    wide: Page, touched: Page, lesson: str
) -> None:
    page, phone = wide, touched
    open_and_wake(page, lesson)
    drag(page, card(page, "Wörter"), line(page, "Mika"))
    expect(line(page, "Mika")).to_contain_text("Die Wörter")
    drag(page, card(page, "Adressen"), page.locator("[data-exercise=weg] legend"))
    expect(card(page, "Adressen")).not_to_contain_text("bei")
    expect(page.locator(".is-ghost, .is-over, .is-lifted")).to_have_count(0)

    open_and_wake(phone, lesson)
    line(phone, "Das Café").scroll_into_view_if_needed()
    drag_by_finger(phone, card(phone, "Adressen").locator(".grip"), line(phone, "Mika"))
    expect(line(phone, "Mika")).to_contain_text("Adressen")


def test_what_was_matched_stays_when_something_is_still_open(
    page: Page, lesson: str
) -> None:
    open_and_wake(page, lesson)
    line(page, "Mika").click()
    card(page, "Wörter").click()
    check(page, "wer-sieht-was")
    expect(page.get_by_text("Es ist noch etwas offen.")).to_be_focused()
    expect(line(page, "Mika")).to_contain_text("Die Wörter")
    expect(card(page, "Wörter")).to_contain_text("bei 3")


# --- Ordering -------------------------------------------------------------------------


def test_arrows_move_a_step_that_stays_under_the_pointer(
    page: Page, lesson: str
) -> None:
    open_and_wake(page, lesson)
    last = steps(page)[-1]
    up = rank(page, last).get_by_role("button", name="nach oben")
    up.scroll_into_view_if_needed()
    page.evaluate("scrollBy(0, 200)")
    before = up.bounding_box()
    up.click()
    settle(page)
    after = up.bounding_box()
    assert before
    assert after
    assert abs(after["y"] - before["y"]) <= 1
    expect(up).to_be_focused()
    expect(status(page, "weg")).to_have_text(f"„{last}“ steht jetzt an Stelle 3 von 4.")
    assert steps(page)[2] == last


def test_the_keyboard_moves_a_step_without_losing_it(page: Page, lesson: str) -> None:
    open_and_wake(page, lesson)
    words = steps(page)[1]
    up = rank(page, words).get_by_role("button", name="nach oben")
    up.focus()
    page.keyboard.press("Enter")
    expect(up).to_be_focused()
    page.keyboard.press("Enter")
    expect(status(page, "weg")).to_have_text("Weiter geht es nicht.")
    expect(up).to_be_focused()
    for _press in range(3):
        page.keyboard.press("Alt+ArrowDown")
    expect(up).to_be_focused()
    assert steps(page)[3] == words


def test_steps_are_dragged_and_escape_puts_them_back(wide: Page, lesson: str) -> None:
    page = wide
    open_and_wake(page, lesson)
    start = steps(page)
    first, third = rank(page, start[0]), rank(page, start[2])
    drag(page, first, third, letting_go=False)
    expect(page.locator(".ranks label").first).not_to_have_text(start[0])
    page.keyboard.press("Escape")
    settle(page)
    assert steps(page) == start
    page.mouse.up()

    drag(page, rank(page, start[0]), rank(page, start[3]))
    settle(page)
    assert steps(page).index(start[0]) >= 2
    expect(page.locator(".is-ghost, .is-lifted")).to_have_count(0)


def test_a_list_nobody_touched_is_no_answer(page: Page, lesson: str) -> None:
    open_and_wake(page, lesson)
    check(page, "weg")
    expect(page.get_by_text("Bitte zuerst alles in die richtige")).to_be_visible()


def test_an_order_is_solved_by_arrows(page: Page, lesson: str) -> None:
    open_and_wake(page, lesson)
    for place, words in enumerate(STEPS):
        up = rank(page, words).get_by_role("button", name="nach oben")
        for _press in range(steps(page).index(words) - place):
            up.press("Enter")
    assert steps(page) == STEPS

    expect(check(page, "weg")).to_contain_text("Das stimmt.")
    assert steps(page) == STEPS


def test_an_order_that_was_not_sent_yet_survives_a_reload(
    page: Page, lesson: str
) -> None:
    open_and_wake(page, lesson)
    page.route("**/antwort/**", lambda route: route.abort())
    rank(page, steps(page)[0]).get_by_role("button", name="nach unten").click()
    moved = steps(page)
    check(page, "weg")
    expect(exercise(page, "weg").locator("[data-unsaved]")).to_be_visible()
    page.reload()
    wake(page)
    expect(exercise(page, "weg").locator("[data-unsaved]")).to_be_visible()
    assert steps(page) == moved


# --- Sorting --------------------------------------------------------------------------


def put(page: Page, home: int) -> str:
    """Sort the card on top and return its words."""
    words = top(page).inner_text().strip()
    page.locator(".target").nth(home).click()
    return words


#: What a finger is to hit, on the whole page.
SMALL = """() => [...document.querySelectorAll(
     "[data-exercise] :is(button, .grip):not(.is-quiet)")]
   .filter((each) => each.checkVisibility({ visibilityProperty: true }))
   .map((each) => [each, each.getBoundingClientRect()])
   .filter(([, box]) => Math.min(box.width, box.height) < 44)
   .map(([each]) => each.outerHTML.slice(0, 120))"""


def test_card_after_card_goes_where_it_belongs_and_all_is_large_enough_for_a_finger(
    touched: Page, lesson: str, traffic: Any
) -> None:
    page = touched
    open_and_wake(page, lesson)
    place = page.locator(".target").first
    place.scroll_into_view_if_needed()
    before = place.bounding_box()
    for _card in range(4):
        words = top(page).inner_text().strip()
        page.locator(".target").nth(HOMES[words.split()[-1]]).tap()
        settle(page)
        assert place.bounding_box() == before, "Nothing jumps below the finger."
    expect(page.get_by_text("Alle Karten sind eingeordnet.").first).to_be_visible()
    expect(page.locator(".target .badge")).to_have_text(["2", "2"])
    assert page.evaluate(SMALL) == []

    expect(check(page, "wetter")).to_contain_text("Das stimmt.")
    assert traffic.complaints == []


def test_the_keyboard_sorts_takes_back_and_returns(page: Page, lesson: str) -> None:
    open_and_wake(page, lesson)
    words = top(page).inner_text().strip()
    page.locator(".target").nth(1).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".target").nth(1)).to_be_focused()
    expect(status(page, "wetter")).to_contain_text(f"„{words}“ liegt bei „Nicht nötig“")
    box = page.locator(".sort-box").nth(1)
    box.get_by_role("button", name=words).focus()
    page.keyboard.press("Enter")
    expect(top(page)).to_contain_text(words)
    expect(page.locator(".target").nth(1)).to_be_focused()
    page.keyboard.press("Escape")
    expect(box.get_by_role("button", name=words)).to_be_focused()
    expect(page.locator(".stage [data-card]")).to_have_count(3)


def test_a_card_may_wait_until_later(page: Page, lesson: str) -> None:
    open_and_wake(page, lesson)
    first = top(page).inner_text().strip()
    page.get_by_role("button", name="Diese Karte später einordnen").click()
    expect(top(page)).not_to_contain_text(first)
    for _card in range(3):
        put(page, 0)
    expect(top(page)).to_contain_text(first)


def test_cards_are_dragged_into_boxes_and_between_them(wide: Page, lesson: str) -> None:
    page = wide
    open_and_wake(page, lesson)
    words = top(page).inner_text().strip()
    boxes = page.locator(".sort-box")
    drag(page, top(page), boxes.nth(0))
    expect(boxes.nth(0)).to_contain_text(words)
    settle(page)
    drag(page, boxes.nth(0).locator("[data-card]"), boxes.nth(1))
    expect(boxes.nth(1)).to_contain_text(words)
    expect(page.locator(".stage [data-card]")).to_have_count(3)


def test_an_answer_that_is_checked_may_be_mended(page: Page, lesson: str) -> None:
    open_and_wake(page, lesson)
    for _card in range(4):
        put(page, 0)
    expect(check(page, "wetter")).to_contain_text("2 von 4 Karten passen.")
    expect(page.locator(".target").first).to_be_hidden()
    mended = page.locator(".sort-box .is-wrong").first
    words = mended.locator("legend").inner_text().strip()
    mended.get_by_role("button").click()
    expect(top(page)).to_contain_text(words)
    expect(page.locator(".target").nth(0)).to_be_focused()
    put(page, 1)
    expect(check(page, "wetter")).to_contain_text("3 von 4 Karten passen.")


# --- All of them ----------------------------------------------------------------------


def test_without_javascript_all_three_are_plain_forms(
    new_context: Any, lesson: str
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(lesson)
    for words, match in MATCHES.items():
        select = line(page, words).locator("select")
        option = select.locator("option", has_text=match).get_attribute("value")
        select.select_option(option)
    expect(check(page, "wer-sieht-was")).to_contain_text("Das stimmt.")
    for place, words in enumerate(STEPS):
        page.get_by_label(words, exact=True).select_option(index=place + 1)
    expect(check(page, "weg")).to_contain_text("Das stimmt.")
    for words, home in HOMES.items():
        group = page.get_by_role("group", name=words)
        group.get_by_role("radio").nth(home).check()
    expect(check(page, "wetter")).to_contain_text("Das stimmt.")


# --- After a check --------------------------------------------------------------------


def test_an_error_goes_once_the_cards_are_moved(page: Page, lesson: str) -> None:
    open_and_wake(page, lesson)
    expect(check(page, "wetter").page.get_by_role("alert")).to_contain_text(
        "Bitte alle Karten einordnen."
    )
    wake(page)
    page.locator(".target").first.click()
    expect(page.get_by_role("alert")).to_have_count(0)

    check(page, "wer-sieht-was")
    expect(page.get_by_role("alert")).to_have_count(1)
    wake(page)
    line(page, "Mika").click()
    expect(page.get_by_role("alert")).to_have_count(1)
    card(page, "Adressen").click()
    expect(page.get_by_role("alert")).to_have_count(0)

    check(page, "weg")
    expect(page.get_by_role("alert")).to_have_count(1)
    wake(page)
    rank(page, "Router").locator(".mover").first.focus()
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Alt+ArrowUp")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_to_check_again_is_offered_once_something_was_changed(
    page: Page, lesson: str
) -> None:
    open_and_wake(page, lesson)
    for _card in HOMES:
        page.locator(".target").first.click()
        settle(page)
    check(page, "wetter")
    button = exercise(page, "wetter").locator("[type=submit]")
    expect(button).to_have_text("Andere Antwort ausprobieren")
    wake(page)
    button.click()
    expect(exercise(page, "wetter").locator(".cover").first).to_be_focused()
    exercise(page, "wetter").locator(".sort-box .cover").last.click()
    expect(button).to_have_text("Noch einmal prüfen")
