"""A complete run: three people found, the table repaired."""

from playwright.sync_api import Page


def walk(page: Page) -> None:
    """Play the lab from its start to what it means."""
    board = page.locator(".lab-board")
    for facts, onward in (
        (["Apotheke", "am Markt", "Jahrgang 1987"], "Weiter zu Herr Petrov"),
        (["fährt Bus", "hinter dem Bahnhof", "also 1964"], "Weiter zu Herr Brandt"),
        (["unterrichtet", "neben der Schule", "Jahrgang 1979"], "Tabelle reparieren"),
    ):
        for fact in facts:
            board.locator(".lab-choice", has_text=fact).press("Space")
        board.get_by_role("button", name=onward).press("Enter")
    for column in ("Geburtsjahr", "Beruf"):
        board.get_by_role("group", name=column).get_by_label("weglassen").check()
    board.get_by_label("Zeilen weglassen, die").check()
    board.get_by_role("button", name="Was heißt das?").click()
