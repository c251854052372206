"""What a first visit to a page transfers, seen by Chromium."""

import shutil
from dataclasses import dataclass, field

CHROMIUM = "/usr/bin/chromium"
ROOM_TO_SCROLL = 600  # CSS pixels
REST = 1500  # ms after the page has loaded


@dataclass
class Visit:
    """Requests and bytes of a first visit, nothing cached."""

    address: str
    requests: int = 0
    transferred: int = 0
    script: int = 0
    foreign: int = 0
    files: list[tuple[str, int]] = field(default_factory=list)

    def add(self, kind: str, url: str, size: int) -> None:
        """Count one response."""
        self.requests += 1
        self.transferred += size
        self.script += size if kind == "Script" else 0
        self.files.append((url.split("?")[0].rpartition("/")[2] or "page", size))


def first_visit(origin: str, path: str) -> Visit | None:
    """Visit a page once; return None where there is no Chromium."""
    executable = shutil.which("chromium") or shutil.which(CHROMIUM)
    if not executable:
        return None
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - slow to import

    visit = Visit(origin + path)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable,
            args=[
                "--no-sandbox", "--disable-gpu", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        )  # fmt: skip
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        network = page.context.new_cdp_session(page)
        kinds: dict[str, tuple[str, str]] = {}
        sizes: dict[str, float] = {}
        network.on(
            "Network.responseReceived",
            lambda e: kinds.__setitem__(
                e["requestId"], (e["type"], e["response"]["url"])
            ),
        )
        network.on(
            "Network.loadingFinished",
            lambda e: sizes.__setitem__(e["requestId"], e["encodedDataLength"]),
        )
        network.send("Network.enable")
        page.goto(visit.address, wait_until="networkidle")
        page.mouse.wheel(0, ROOM_TO_SCROLL)
        page.wait_for_timeout(REST)
        browser.close()
    for number, (kind, url) in kinds.items():
        if url.startswith("data:"):
            continue
        visit.foreign += not url.startswith(origin)
        visit.add(kind, url, int(sizes.get(number, 0)))
    return visit
