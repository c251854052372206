"""A complete run by keys, buttons and swipe: watched, uncovered, compared, set."""

from collections.abc import Iterator

from playwright.sync_api import Locator, Page, expect

ROUND = 15


def walk(page: Page) -> Iterator[None]:
    """Play the lab from its start to what it means, with stops on the way."""
    board = page.locator(".lab-board")
    press(board, "Feed öffnen")
    for number in range(1, ROUND + 1):
        clip = board.get_by_role("group", name=f"Clip {number} von {ROUND}")
        expect(clip).to_be_focused()
        if number == 2:
            page.keyboard.press("ArrowRight")
            expect(board.get_by_role("button", name="Gefällt mir")).to_have_attribute(
                "aria-pressed", "true"
            )
        if number == 3:
            board.get_by_label("nachts").check()
        if number == 6:
            press(board, "Warum dieser Clip?")
            expect(board.get_by_text("Die Uhr steht")).to_be_visible()
            press(board, "Was nimmt er an?")
            expect(heading(board, "Das nimmt er von dir an")).to_be_focused()
            yield
            press(board, "Zurück zum Clip")
            expect(clip).to_be_focused()
        leave(page, board, number)
    expect(heading(board, "Das waren 15 Clips")).to_be_focused()
    press(board, "Nachrichten")
    expect(heading(board, "Das hat dein Zögern verraten")).to_be_focused()
    expect(board.get_by_text("Du hast auf „Nachrichten“ getippt")).to_be_visible()
    board.get_by_role("button", name="Stimmt nicht").first.press("Space")
    expect(board.get_by_text("Der Feed hat dich das nicht gefragt")).to_be_visible()
    yield
    press(board, "Dasselbe Verhalten")
    press(board, "Vielfalt nehmen")
    expect(board.get_by_text("„Der Reihe nach“ gibt es wirklich")).to_be_visible()
    yield
    press(board, "Jetzt stellst du den Feed ein")
    operate(board)
    yield
    press(board, "Was heißt das?")


def leave(page: Page, board: Locator, number: int) -> None:
    """Leave a clip: by swipe, by a button, by keys."""
    if number == 1:
        caption = board.locator(".derfeed-caption")
        caption.scroll_into_view_if_needed()
        box = caption.bounding_box()
        assert box
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x, y - 90, steps=3)
        page.mouse.up()
    elif number % 3 == 0:
        board.get_by_role("button", name="Weiter").click()
    elif number == 4:
        press(board, "Kein Interesse")
    else:
        page.keyboard.press("ArrowDown")


def operate(board: Locator) -> None:
    """Reach all three goals at once."""
    press(board, "Vielfalt")
    expect(board.get_by_role("button", name="Vielfalt")).to_have_attribute(
        "aria-pressed", "true"
    )
    board.get_by_label("Neues").fill("10")
    board.get_by_label("Werbung").fill("6")
    expect(board.get_by_text("Es geht. Aber wer nur")).to_be_visible()


def heading(board: Locator, name: str) -> Locator:
    return board.get_by_role("heading", name=name)


def press(board: Locator, name: str) -> None:
    board.get_by_role("button", name=name).press("Enter")
