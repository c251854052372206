"""What can be seen of a page by rule: what axe finds, and what sticks out."""

import os
from pathlib import Path

from playwright.sync_api import Page

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: What axe finds does not depend on the database: the second run need not ask again.
IS_SEEN = "AXE_IS_SEEN" in os.environ
#: What 400 per cent zoom leaves of a window (WCAG 2.2, 1.4.10).
NARROWEST = 320
#: The rules in use need to know of media alone; axe would read all style sheets too.
RUN = """([within, apart, runOnly]) => axe.run(
    { include: within, exclude: apart ? [[apart]] : [] },
    { runOnly, resultTypes: ["violations"], preload: { assets: ["media"] } },
)"""


def axe(
    page: Page, *, within: str = "html", apart: str = "", colours: bool = False
) -> list[str]:
    """Return what axe finds in a part of a page, one line for each place.

    ``apart`` is left out, such as what is bad on purpose. ``colours`` alone takes a
    fraction of the time.
    """
    if IS_SEEN:
        return []
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
        # Also where this page goes on to: cheaper than sending it again.
        page.add_init_script(AXE)
    only = {"type": "rule", "values": ["color-contrast"]} if colours else TAGS
    found = page.evaluate(RUN, [within, apart, only])
    return [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def blemishes(page: Page, *, within: str = "html") -> list[str]:
    """Return what axe finds by day and by night, and what sticks out, also when narrow.

    The dark scheme changes colours and nothing else: only they are looked at twice.
    """
    found = axe(page, within=within)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    found += [f"dark: {each}" for each in axe(page, within=within, colours=True)]
    page.emulate_media(color_scheme="light")
    size = page.viewport_size
    assert size
    for width in (NARROWEST, size["width"]):
        page.set_viewport_size({"width": width, "height": size["height"]})
        if sticks_out(page):
            found.append(f"scrolls sideways at {width} px")
    return found


def sticks_out(page: Page) -> bool:
    """Say whether a page is wider than its window."""
    wider: bool = page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
    return wider
