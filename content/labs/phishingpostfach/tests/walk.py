"""A complete run by keyboard: twelve messages, all three ways to decide."""

from collections.abc import Iterator

from playwright.sync_api import Page, expect

ANSWERS = ["Betrug", "Echt", "Auf anderem Weg prüfen"]
MESSAGES = 12


def walk(page: Page) -> Iterator[None]:
    """Play the lab from its start to what it means."""
    board = page.locator(".lab-board")
    board.get_by_role("button", name="Schule").press("Enter")
    board.get_by_role("button", name="Flinkpost").first.press("Enter")
    for number in range(MESSAGES):
        look = board.get_by_role("button", name="Ziel ansehen")
        if look.count():
            look.first.press("Space")
            expect(board.get_by_text("Führt zu:").first).to_be_visible()
        answer = ANSWERS[number % len(ANSWERS)]
        board.get_by_role("group", name="Was ist zu tun?").get_by_role(
            "button", name=answer
        ).press("Enter")
        expect(board.locator(".phishingpostfach-verdict")).to_be_focused()
        if number in (0, 5):
            yield
        onward = "Nächste Nachricht" if number < MESSAGES - 1 else "Zum Ergebnis"
        board.get_by_role("button", name=onward).press("Enter")
    expect(board.get_by_role("heading", name="So ging das")).to_be_focused()
    expect(board.get_by_text("richtig geraten", exact=True)).to_be_visible()
    yield
    board.get_by_role("button", name="Was heißt das?").press("Enter")
