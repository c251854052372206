"""A complete run by keyboard: four photos, the cleaning, an own photo."""

import base64
import re
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

SAMPLES = Path(__file__).parents[1] / "static" / "vendor" / "samples.js"

#: Lets one file be gone when it is read, and another take longer than the next one.
HARD_TO_READ = """() => {
    const { arrayBuffer } = Blob.prototype;
    Blob.prototype.arrayBuffer = async function () {
        if (this.name === "verschwunden.jpg") throw new Error("gone");
        if (this.name === "langsam.jpg") {
            await new Promise(done => setTimeout(done, 600));
        }
        return arrayBuffer.call(this);
    };
}"""


def walk(page: Page) -> Iterator[None]:
    """Play the lab from its start to what it means."""
    board = page.locator(".lab-board")
    yield from read_traces(board)
    yield from clean(board)
    yield from open_own(page, board)
    press(board, "Was heißt das?")


def read_traces(board: Locator) -> Iterator[None]:
    """Turn the photos over and find the line that answers the question."""
    press(board, "Foto umdrehen")
    expect(board.get_by_role("heading", name="Wo steht das Rad?")).to_be_focused()
    row(board, "Aufgenommen").press("Enter")
    expect(board.get_by_text("Gefragt ist: Wo steht das Rad?")).to_be_visible()
    row(board, "Ort").press("Enter")
    expect(board.get_by_role("img", name="Stecknadel")).to_be_visible()
    yield
    press(board, "Weiter zu Foto 2")
    press(board, "Foto umdrehen")
    row(board, "Copyright").press("Enter")
    press(board, "Auf derselben Rückseite steckt noch etwas")
    row(board, "Vorschaubild").press("Enter")
    expect(board.get_by_role("img", name="Das kleine Vorschaubild")).to_be_visible()
    yield
    press(board, "Weiter zu Foto 3")
    press(board, "Foto umdrehen")
    row(board, "Aufgenommen").press("Enter")
    press(board, "Weiter zu Foto 4")
    press(board, "Foto umdrehen")
    press(board, "Dann das Bild selbst ansehen")
    for name in ("5 Blumentopf", "1 Straßenschild", "2 Hausnummer"):
        press(board, name)
    press(board, "Die ganze Akte ansehen")
    press(board, "Hilf Kim beim Putzen")


def clean(board: Locator) -> Iterator[None]:
    """Guess, clean, compare."""
    board.get_by_role("button", name="Am Hang 8").press("Space")
    press(board, "Fotos putzen")
    expect(board.get_by_text("Alle vier Rückseiten sind leer")).to_be_visible()
    sea = board.get_by_role("listitem").filter(has_text="Gerade am Meer")
    expect(sea).to_contain_text("nur halb weg")
    expect(sea).not_to_contain_text("Anders als vermutet")
    press(board, "Messenger, als Datei")
    expect(board.get_by_text("Als Datei oder Dokument")).to_be_focused()
    yield
    press(board, "Jetzt ein eigenes Foto")


def open_own(page: Page, board: Locator) -> Iterator[None]:
    """Open files as if they were one's own, save a clean copy."""
    field = board.get_by_label("Foto auswählen")
    heic = b"\0\0\0\x18ftypheic"
    field.set_input_files({"name": "a.heic", "mimeType": "image/heic", "buffer": heic})
    expect(board.get_by_text("im Format HEIC")).to_be_focused()
    photo = sample("tasche")
    page.evaluate(HARD_TO_READ)
    for name in ("verschwunden.jpg", "langsam.jpg", "tasche.jpg"):
        field.set_input_files({"name": name, "mimeType": "image/jpeg", "buffer": photo})
        if name == "verschwunden.jpg":
            expect(board.get_by_text("Diese Datei ist beschädigt")).to_be_focused()
    expect(board.get_by_text("5 Spuren auf der Rückseite")).to_be_visible()
    page.wait_for_timeout(900)
    expect(board.get_by_role("figure").filter(has_text="tasche.jpg")).to_be_visible()
    with page.expect_download() as download:
        press(board, "Geputzte Kopie speichern")
    assert download.value.suggested_filename == "tasche-geputzt.jpg"
    copy = download.value.path().read_bytes()
    assert b"Kim Wolter" in photo
    assert b"Kim Wolter" not in copy
    expect(board.get_by_text("Gegenprobe: Die Rückseite ist leer")).to_be_focused()
    yield


def sample(name: str) -> bytes:
    found = re.search(rf'{name}: "([^"]+)"', SAMPLES.read_text())
    assert found
    return base64.b64decode(found[1])


def row(board: Locator, name: str) -> Locator:
    return board.get_by_role("list", name="Rückseite").get_by_role(
        "button", name=re.compile(f"^{name}")
    )


def press(board: Locator, name: str) -> None:
    board.get_by_role("button", name=name, exact=True).press("Enter")
