"""A complete run: five findings, one phone among a thousand, the trace blurred."""

from collections.abc import Iterator

from playwright.sync_api import Locator, Page, expect

#: The milliseconds between two announcements.
REST = 10_000
#: Says whether the topmost thing at the heading's first line is the heading.
UNCOVERED = """heading => {
    const { left, top } = heading.getBoundingClientRect();
    return document.elementFromPoint(left + 5, top + 10) === heading;
}"""


def walk(page: Page) -> Iterator[None]:
    """Play the lab from its start to what it means."""
    board = page.locator(".lab-board")

    def press(name: str) -> None:
        board.get_by_role("button", name=name, exact=True).press("Enter")

    said = page.get_by_role("status")
    press("Festlegen")
    expect(said.filter(has_text="Wähle zuerst einen Ort.")).to_have_count(1)
    press("nachts")
    press("Sportplatz")
    press("Festlegen")
    page.clock.fast_forward(REST)
    expect(said.filter(has_text="Das passt nicht.")).to_have_count(1)
    yield
    for place, onward in (
        ("Mühlenhof 7", "Weiter"),
        ("Druckerei", "Weiter"),
        ("Uferweg 12", "Weiter"),
        ("Ärztehaus", "Weiter"),
        ("Moschee", "Und wer ist das?"),
    ):
        press(place)
        press("Festlegen")
        see(page, board.get_by_role("heading", name=f"Gefunden: {place}"))
        if place == "Moschee":
            yield
        press(onward)
    press("schläft im Mühlenhof 7")
    press("arbeitet in der Druckerei")
    expect(board.get_by_text("Zwei Orte, mehr braucht es nicht.")).to_be_visible()
    yield
    press("abends am Sportplatz")
    expect(board.get_by_text("Wohnung und Arbeit hätten genügt.")).to_be_visible()
    press("Kann man das verwischen?")
    expect(board.get_by_role("row", name="der Besuch in der Moschee")).to_be_visible()
    board.get_by_label("Wie genau?").fill("2")
    expect(board.get_by_text("Gröber versteckt die Wohnung")).to_be_visible()
    board.get_by_label("Wie genau?").fill("3")
    board.get_by_label("Wie oft?").fill("2")
    yield
    press("Was heißt das?")


def see(page: Page, heading: Locator) -> None:
    """Look whether a heading has the focus and nothing lies over it, as a map may."""
    expect(heading).to_be_focused()
    page.wait_for_timeout(100)
    assert heading.evaluate(UNCOVERED)
