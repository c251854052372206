"""A complete run: three people found, the table repaired."""

from collections.abc import Iterator

from playwright.sync_api import Locator, Page, expect


def walk(page: Page) -> Iterator[None]:
    """Play the lab from its start to what it means."""
    board = page.locator(".lab-board")
    for facts, onward in (
        (["Apotheke", "am Markt", "Jahrgang 1987"], "Weiter zu Herrn Petrov"),
        (["fährt Bus", "hinter dem Bahnhof", "also 1964"], "Weiter zu Herrn Brandt"),
        (["unterrichtet", "neben der Schule", "Jahrgang 1979"], "Tabelle reparieren"),
    ):
        for fact in facts:
            board.locator(".lab-choice", has_text=fact).press("Space")
        yield
        board.get_by_role("button", name=onward).press("Enter")
    back_and_forth(board)
    for column in ("Geburtsjahr", "Beruf"):
        board.get_by_role("group", name=column).get_by_label("weglassen").check()
    alone = board.get_by_role("listitem").filter(has_text="niemandes Antwort")
    expect(alone).to_contain_text("noch nicht")
    board.get_by_label("Zeilen weglassen, die").check()
    expect(board.get_by_text("Niemand mit „d“ ist noch in der Tabelle")).to_be_visible()
    expect(board.get_by_text("Ihre Antwort zählt nicht mehr")).to_be_visible()
    yield
    board.get_by_role("button", name="Was heißt das?").click()


def back_and_forth(board: Locator) -> None:
    """Go back to the last person, and on to the table again."""
    board.get_by_role("button", name="Zurück zum Finden").press("Enter")
    expect(board.get_by_role("heading", name="Herr Brandt")).to_be_focused()
    for fact in ("unterrichtet", "Jahrgang 1979"):
        board.locator(".lab-choice", has_text=fact).press("Space")
    board.get_by_role("button", name="Tabelle reparieren").press("Enter")
