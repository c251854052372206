"""What people do on many pages, with the wait that belongs to it.

Playwright's click does not wait for the page it leads to: a ``goto`` right after it
cancels a form on its way, and whatever looks at once may see the old page.
"""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from learnsite.accounts.keys import KEY_WORDS


def follow(control: Locator) -> None:
    """Click what leads to another page, and wait until that is there."""
    with control.page.expect_navigation():
        control.click()


def let_pass(page: Page, seconds: float) -> None:
    """Let seconds pass on a page of a hurried context at once: what is due then comes.

    A test waits for no page that renews itself every few seconds.
    """
    page.clock.fast_forward(int(seconds * 1000))


class Steps:
    """Takes steps and counts them."""

    def __init__(self) -> None:
        self.taken = 0

    def take(self, control: Locator) -> None:
        """Follow a link or send a form."""
        follow(control)
        self.taken += 1

    def download(self, control: Locator) -> Path:
        """Take a file; return where it lies."""
        with control.page.expect_download() as download:
            control.click()
        self.taken += 1
        return download.value.path()


def take_key(page: Page) -> list[str]:
    """Make a learning key on its page and return the words of the card."""
    follow(page.get_by_role("button", name=re.compile("mitnehmen|Lernschlüssel an")))
    words = page.locator(".key-words li")
    expect(words).to_have_count(KEY_WORDS)
    return words.all_inner_texts()


def open_account(page: Page) -> None:
    """Sign in with the key that was typed or stands behind the address's ``#``."""
    follow(page.get_by_role("button", name=re.compile("öffnen|Anmelden")).last)
