"""A complete run: refused by finger and keyboard, once fooled, once walked out."""

from collections.abc import Iterator

from playwright.sync_api import Locator, Page, expect

BY_CLICK = {
    "Wetter": ["Ablehnen"],
    "Bote": ["ohne Einwilligung weiterlesen"],
    "Rösterei": ["Auswahl bestätigen"],
    "Löffelweise": ["Einstellungen", "Zwecke verwalten", "Auswahl speichern"],
    "Tierheim": ["die Tiere sind mir egal", "im Stich", "Ohne Cookies weiter"],
}


def walk(page: Page) -> Iterator[None]:
    """Play the lab from its start to what it means."""
    board = page.locator(".lab-board")
    press(board, "Zum ersten Banner")
    for site, ways in BY_CLICK.items():
        expect(board.get_by_role("heading", name=site)).to_be_focused()
        yield
        for way in ways:
            in_banner(board, way)
        if site == "Rösterei":
            expect(board.get_by_role("heading", name="Alles erlaubt")).to_be_focused()
            press(board, "Noch einmal versuchen")
            for box in board.get_by_role("checkbox").all():
                box.uncheck()
            in_banner(board, "Auswahl bestätigen")
        expect(board.get_by_role("heading", name="Alles abgelehnt")).to_be_focused()
        press(board, "Weiter zu Banner")
    by_keyboard(page, board)
    for way in ("Optionen", "Berechtigtes Interesse"):
        in_banner(board, way)
    in_banner(board, "Allen widersprechen")
    in_banner(board, "Auswahl bestätigen")
    press(board, "Weiter zu Banner")
    out_of_the_trap(page, board)
    press(board, "Zur Auswertung")
    expect(board.get_by_text("7 von 8 Bannern vollständig")).to_be_visible()
    yield
    press(board, "Was heißt das?")


def by_keyboard(page: Page, board: Locator) -> None:
    """Refuse in the library: a mouse does nothing, twelve tabs and Enter do."""
    board.get_by_role("button", name="Einverstanden").click()
    expect(board.get_by_text("Hier hilft weder Maus")).to_be_visible()
    press(board, "Mit den Tasten")
    for _ in range(12):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(board.get_by_role("heading", name="Alles abgelehnt")).to_be_focused()
    press(board, "Weiter zu Banner")


def out_of_the_trap(page: Page, board: Locator) -> None:
    """Tab goes round in the cinema; Escape leads to the way out, which works."""
    press(board, "Mit den Tasten")
    for _ in range(5):
        page.keyboard.press("Tab")
    expect(board.get_by_role("button", name="Alles erlauben")).to_be_focused()
    page.keyboard.press("Escape")
    expect(board.get_by_role("button", name="Banner verlassen")).to_be_focused()
    page.keyboard.press("Enter")
    expect(board.get_by_role("heading", name="Ohne Antwort")).to_be_focused()


def press(board: Locator, name: str) -> None:
    board.get_by_role("button", name=name).press("Enter")


def in_banner(board: Locator, name: str) -> None:
    board.get_by_role("region", name="Nachgebautes Banner").get_by_role(
        "button", name=name
    ).click()
