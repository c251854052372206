"""A complete run: six sites, an auction in five steps, two protections."""

from collections.abc import Iterator

from playwright.sync_api import Locator, Page, expect

CLICKS = [
    "wie immer",
    "Mieten",
    "jede Nacht wach",
    "bestellen",
    "Noch eine",
    "Schulden",
]


def walk(page: Page) -> Iterator[None]:
    """Play the lab from its start to what it means."""
    board = page.locator(".lab-board")
    for number, click in enumerate(CLICKS):
        press(board, click)
        expect(
            board.get_by_role("heading", name="Wer hat das mitbekommen?")
        ).to_be_focused()
        last = board.locator(".trackernetz-behind li").last
        expect(last).to_have_css("opacity", "1")
        if number == 1:
            yield
        press(board, "Nächste Seite" if number < 5 else "Jetzt wird ein Werbeplatz")
    for number in range(5):
        expect(board.get_by_role("heading", level=2)).to_contain_text(f"{number + 1}.")
        if number in (1, 3):
            yield
        press(board, "Weiter" if number < 4 else "Zur Akte")
    for protection, kept in [
        ("In sozialen Netzen abmelden", 8),
        ("Cookies von Drittanbietern", 3),
        ("Werbeblocker", 3),
        ("Privates Fenster", 3),
        ("Werbe-ID", 2),
        ("Eigene E-Mail-Adresse", 1),
    ]:
        board.get_by_label(protection).check()
        expect(board.get_by_text(f"{kept} von 8 Zeilen")).to_be_visible()
    yield
    press(board, "Was heißt das?")


def press(board: Locator, name: str) -> None:
    board.get_by_role("button", name=name).press("Enter")
