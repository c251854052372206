"""A complete run: six apps allowed, six refused, a night, twelve cases sorted."""

from collections.abc import Iterator

from playwright.sync_api import Locator, Page, expect

ALLOWED = [
    ("Leuchtkäfer", "Nur beim Benutzen"), ("Hellwetter", "Immer erlauben"),
    ("Plausch", "Erlauben"), ("Blockstapel", "Erlauben"), ("Rundenlauf", "Immer"),
    ("Notizheft", "Erlauben"),
]  # fmt: skip
REFUSED = ["Tippfix", "Marktbude", "Wegweiser", "Schulblick", "Sprachfuchs", "Stadtbus"]
ANSWERS = ["Nicht nötig", "Strittig", "Nötig"]


def walk(page: Page) -> Iterator[None]:
    """Play the lab from its start to what it means."""
    board = page.locator(".lab-board")
    for number, (app, choice) in enumerate(
        [*ALLOWED, *((a, "Nicht") for a in REFUSED)]
    ):
        press(board, app)
        press(board, choice)
        expect(board.get_by_role("heading", name="Geht die App?")).to_be_focused()
        if number == 1:
            yield
        press(board, "Zurück zum Handy")
        expect(board.get_by_role("button", name=app)).to_be_focused()
    expect(board.get_by_text("wird die Praxis")).to_be_visible()
    onward = board.locator(".apprechte-phone").get_by_role("button", name="Nacht")
    expect(onward).to_be_visible()
    yield
    press(board, "Nacht werden lassen")
    expect(board.get_by_text("4 Meldungen")).to_be_visible()
    expect(board.get_by_text("Der Wecker klingelt")).to_have_css("opacity", "1")
    press(board, "Was ist nötig?")
    for number in range(12):
        press(board, ANSWERS[number % 3])
        if number == 0:
            yield
        press(board, "Nächste App" if number < 11 else "Und bei mir?")
    yield
    press(board, "Was heißt das?")


def press(board: Locator, name: str) -> None:
    board.get_by_role("button", name=name, exact=name in {"Nötig", "Erlauben"}).press(
        "Enter"
    )
