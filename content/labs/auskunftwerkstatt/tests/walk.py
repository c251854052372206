"""A complete run by keyboard: send, mark, compare, decide, write, take away."""

import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

from playwright.sync_api import Locator, Page, expect

MARKED = ["Wozu?", "Wer bekommt sie?", "Wie lange?", "Woher?"]


def walk(page: Page) -> Iterator[None]:
    """Play the lab from its start to what it means, with stops on the way."""
    board = page.locator(".lab-board")
    expect(board.get_by_text("verarbeiten Sie Daten", exact=False)).to_have_text(
        re.compile("^verarbeiten")
    )
    press(board, "Brief abschicken")
    expect(heading(board, "Flinkteller antwortet")).to_be_focused()
    expect(board.get_by_text("2. März 2026")).to_be_visible()
    for name in MARKED:
        mark = board.get_by_role("button", name=f"Fehlt: {name}")
        mark.press("Space")
        expect(mark).to_have_attribute("aria-pressed", "true")
    expect(board.get_by_text("4 als fehlend markiert")).to_be_visible()
    yield
    press(board, "Vergleichen")
    expect(heading(board, "3 von 6 Lücken gefunden")).to_be_focused()
    expect(board.get_by_text("Einmal war etwas als fehlend")).to_be_visible()
    press(board, "Nachhaken")
    expect(board.get_by_text("Die Frist läuft nicht neu")).to_be_focused()
    yield
    press(board, "Eigenen Brief schreiben")
    expect(heading(board, "Der eigene Brief")).to_be_focused()
    write(page, board)
    yield
    press(board, "Was heißt das?")


def write(page: Page, board: Locator) -> None:
    """Fill in letters, look at the deadline, take the files."""
    letter = board.get_by_role("group", name="Der Brief")
    board.get_by_label("Vor- und Nachname").fill("Mia Sommer")
    board.get_by_label("Datenhändler oder Auskunftei").check()
    expect(letter.get_by_text("Herkunft aller Daten")).to_be_visible()
    board.get_by_label("Beschweren").check()
    board.get_by_label("In welchem Land").select_option("Bayern")
    expect(letter.get_by_text("Promenade 18")).to_be_visible()
    board.get_by_label("Schule").check()
    expect(letter.get_by_text("Wagmüllerstraße 18")).to_be_visible()
    board.get_by_label("Wann kam der Brief an?").fill("2026-01-31")
    expect(board.get_by_text("Antwort bis 2. März 2026")).to_be_visible()
    with ZipFile(taken(page, board, "Als .odt herunterladen")) as odt:
        assert "Mia Sommer" in odt.read("content.xml").decode()
    dates = taken(page, board, "Frist als .ics herunterladen").read_text()
    assert "DTSTART;VALUE=DATE:20260302" in dates
    board.get_by_text("Alle Aufsichtsbehörden").click()
    expect(board.get_by_text("Häßlerstraße 8")).to_be_visible()


def taken(page: Page, board: Locator, name: str) -> Path:
    with page.expect_download() as download:
        press(board, name)
    return download.value.path()


def heading(board: Locator, name: str) -> Locator:
    return board.get_by_role("heading", name=name)


def press(board: Locator, name: str) -> None:
    board.get_by_role("button", name=name).press("Enter")
