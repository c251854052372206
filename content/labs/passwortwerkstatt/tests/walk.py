"""A complete run by keyboard: guess, roll, topple, sign in three ways."""

from collections.abc import Iterator

from playwright.sync_api import Locator, Page, expect


def walk(page: Page) -> Iterator[None]:
    """Play the lab from its start to what it means."""
    board = page.locator(".lab-board")
    press(board, "qwertzuiop")
    second = heading(board, "Und welches hält am längsten?")
    expect(second).to_be_focused()
    expect(second).to_be_in_viewport()
    press(board, "Tarek")
    expect(board.get_by_text("Zweimal richtig getippt.")).to_be_visible()
    expect(board.get_by_text("Vorname + Jahreszahl + Sonderzeichen")).to_be_visible()
    board.get_by_label("schlecht geschützt").check()
    expect(board.get_by_text("7,5 Jahre")).to_be_visible()
    press(board, "Hund07Katze")
    expect(board.get_by_text("Wort + Ziffern + Wort")).to_be_visible()
    yield
    press(board, "Weiter: eins bauen")
    for _ in range(4):
        press(board, "Würfeln")
    board.get_by_text("Ich würfle selbst").press("Enter")
    board.get_by_label("Vier Augenzahlen").fill("1 1 1 1")
    board.get_by_label("Vier Augenzahlen").press("Enter")
    expect(board.get_by_text("1 1 1 1 heißt „abbauen“")).to_be_visible()
    roll_on(board)
    yield
    press(board, "Weiter: Reicht ein starkes")
    press(board, "Ersten Stein anstoßen")
    expect(heading(board, "8 von 8 Konten gefallen")).to_be_focused()
    press(board, "Zurückspulen")
    press(board, "Postfach: Zweiten Faktor einschalten")
    for name in ("Filmkiste", "Flinkpost"):
        press(board, f"{name}: Eigenes Passwort geben")
    press(board, "Noch einmal anstoßen")
    expect(heading(board, "2 von 8 Konten gefallen")).to_be_focused()
    expect(board.get_by_text("Es passt noch, aber der zweite Faktor")).to_be_visible()
    yield
    press(board, "Mit Passwortmanager")
    expect(heading(board, "1 von 8 Konten gefallen")).to_be_focused()
    press(board, "Weiter: Und wenn")
    for way in ("Passwort", "Passwort und Code", "Passkey"):
        board.get_by_label(way, exact=True).check()
        press(board, "Anmelden")
    expect(board.get_by_text("Für diese Seite gibt es keinen Passkey")).to_be_visible()
    board.get_by_label("Echte Seite").check()
    press(board, "Anmelden")
    expect(heading(board, "Was die echte Seite bekommt")).to_be_visible()
    yield
    press(board, "Was heißt das?")


def roll_on(board: Locator) -> None:
    """Type what no dice show, then roll as often as it goes: the focus stays."""
    field = board.get_by_label("Vier Augenzahlen")
    field.fill("7 1 1")
    press(board, "Wort nachschlagen")
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description(
        "Es müssen vier Zahlen von 1 bis 6 sein."
    )
    field.fill("")
    for _ in range(3):
        press(board, "Würfeln")
    expect(board.get_by_text("Sieben Wörter genügen")).to_be_visible()
    expect(
        board.get_by_label("Dein Satz aus Würfeln").get_by_role("listitem")
    ).to_have_count(7)
    expect(board.get_by_role("button", name="Würfeln")).to_be_focused()


def press(board: Locator, name: str) -> None:
    """Press a button by keyboard."""
    board.get_by_role("button", name=name).press("Enter")


def heading(board: Locator, name: str) -> Locator:
    """Return the heading with this name."""
    return board.get_by_role("heading", name=name)
