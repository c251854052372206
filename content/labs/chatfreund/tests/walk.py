"""A complete run: one chat in which much is told, one in which little is."""

from collections.abc import Iterator

from playwright.sync_api import Locator, Page, expect

TALKATIVE = [
    "Anstrengend", "Foto geschickt", "Gärtnerstraße", "Schwester", "verliebt", None,
    "gegen zwei", "zeig mal", "Okay, hier", "Na gut",
]  # fmt: skip
SPARING = [
    "Sag einfach du", "Ganz gut", "Frag nicht so viel", "irgendeinen Ort",
    "Da gibt es jemanden", "bleibt bei mir", "Nichts Besonderes", "Handy aus",
    "Vergiss ruhig alles", "nicht meine Daten", "Tschüss",
]  # fmt: skip
#: As long as Milo seems to write, in milliseconds.
TYPING = 350


def walk(page: Page) -> Iterator[None]:
    """Play the lab from its start to what it means."""
    board = page.locator(".lab-board")
    press(board, "Mit Milo schreiben")
    write(board, "Ida")
    for number, answer in enumerate(TALKATIVE):
        if answer is None:
            expect(board.get_by_text("unter uns, versprochen")).to_be_visible()
            write(board, "Ich will nicht mehr leben.")
            expect(
                board.get_by_role("heading", name="hält das Spiel an")
            ).to_be_focused()
            yield
            press(board, "Zurück zum Labor")
            write(board, "Das Geld reicht nicht.")
            continue
        press(board, answer)
        if number == 1:
            expect(board.locator(".chatfreund-said").last).to_be_focused()
            expect(board.get_by_text("undefined")).to_have_count(0)
            yield
    expect(board.get_by_role("heading", name="Der Vorhang")).to_be_focused()
    expect(board.get_by_text("Licht brennt")).to_be_visible()
    yield
    press(board, "Wie hat er das gemacht?")
    press(board, "Noch einmal, aber sparsam")
    for answer in SPARING:
        press(board, answer)
    expect(board.get_by_text("beim zweiten Mal nichts erzählt")).to_be_visible()
    yield
    press(board, "Was heißt das?")


def press(board: Locator, name: str) -> None:
    board.get_by_role("button", name=name).press("Enter")
    board.page.clock.fast_forward(TYPING)


def write(board: Locator, text: str) -> None:
    board.get_by_role("textbox").fill(text)
    board.get_by_role("textbox").press("Enter")
    board.page.clock.fast_forward(TYPING)
