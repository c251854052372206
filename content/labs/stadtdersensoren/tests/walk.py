"""A complete run: eight decisions of all four kinds, a day, the own line."""

from collections.abc import Iterator

from playwright.sync_api import Locator, Page, expect

VOTES = [
    ("Kameras", "Nein"), ("Kennzeichen", "Ja"), ("Parksensoren", "Ja"),
    ("Handys", "Ja, mit Bedingungen"), ("Wasserzähler", "Vertagen"), ("Luft", "Ja"),
    ("Laternen", "Nein"), ("Offener Haushalt", "Ja"),
]  # fmt: skip


def walk(page: Page) -> Iterator[None]:
    """Play the lab from its start to what it means."""
    board = page.locator(".lab-board")
    for name, vote in VOTES:
        press(board, name)
        expect(board.get_by_role("heading", level=2)).to_be_focused()
        if name == "Parksensoren":
            give_up_a_condition(board)
        if vote == "Ja, mit Bedingungen":
            press(board, vote)
            expect(board.get_by_text("mindestens eine Bedingung")).to_be_visible()
            board.get_by_label("Lichtschranke").press("Space")
            expect(board.get_by_text("Zahl je Stunde")).to_be_visible()
            yield
        press(board, vote, exact=True)
        expect(board.get_by_role("button", name=name)).to_be_focused()
    press(board, "Einen Tag durch")
    expect(board.get_by_text("1 Spur führt zu ihr")).to_be_visible()
    yield
    press(board, "Deine Linie")
    expect(board.get_by_text("Kennzeichen am Parkhaus schon")).to_be_visible()
    expect(board.get_by_text("Herr Okafor, Taxistand, ist dafür")).to_be_visible()
    yield
    see_it_printed(page)
    press(board, "Was heißt das?")


def give_up_a_condition(board: Locator) -> None:
    """Tick something and say a plain yes: it is asked before the tick gets lost."""
    board.get_by_label("Daten offen").press("Space")
    press(board, "Ja", exact=True)
    expect(board.get_by_text("Noch einmal „Ja“")).to_be_visible()


def see_it_printed(page: Page) -> None:
    """See that the decisions come out of the printer, not the text of the lab."""
    page.emulate_media(media="print")
    board = page.locator(".lab-board")
    expect(board.get_by_role("heading", name="Abgelehnt")).to_be_visible()
    expect(page.get_by_text("Acht Vorschläge liegen dem Rat")).to_be_hidden()
    page.emulate_media(media="null")


def press(board: Locator, name: str, *, exact: bool = False) -> None:
    board.get_by_role("button", name=name, exact=exact).press("Enter")
