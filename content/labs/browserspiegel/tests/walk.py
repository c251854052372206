"""A complete run: the mirror, a crowd thinned out, a class of equals, what helps."""

from collections.abc import Iterator

from playwright.sync_api import Page, expect


def walk(page: Page) -> Iterator[None]:
    """Play the lab from its start to what it means."""
    board = page.locator(".lab-board")
    board.get_by_role("button", name="Zeig, was mein").press("Enter")
    expect(board.get_by_role("heading", name="keine einzige Nachfrage")).to_be_focused()
    expect(board.locator(".browserspiegel-group li").last).to_have_css("opacity", "1")
    zone = board.get_by_role("listitem").filter(has_text="Zeitzone").first
    here = page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone")
    expect(zone).to_contain_text(here)
    zone.locator("summary").press("Enter")
    expect(zone.get_by_text("Damit Termine stimmen")).to_be_visible()
    yield
    board.get_by_role("button", name="wie selten").press("Enter")
    for box in board.get_by_role("checkbox").all()[:6]:
        box.press("Space")
    expect(board.get_by_text("Nur noch du passt")).to_be_visible()
    board.get_by_label("gleiche Tablet").press("Space")
    expect(board.get_by_text("30 von 1.000")).to_be_visible()
    yield
    board.get_by_role("button", name="Und was hilft?").press("Enter")
    board.get_by_label("Tor Browser").check()
    expect(board.get_by_text("Antworten ändern sich")).to_be_visible()
    scheme = board.get_by_role("listitem").filter(has_text="Hell oder dunkel")
    expect(scheme).to_contain_text("für viele gleich")
    board.get_by_label("Viele Erweiterungen").check()
    expect(scheme).to_contain_text("kommt darauf an")
    yield
    board.get_by_role("button", name="Was heißt das?").press("Enter")
