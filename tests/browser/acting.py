"""What people do on many pages, with the wait that belongs to it.

Playwright's click does not wait for the page it leads to: a ``goto`` right after it
cancels a form on its way, and whatever looks at once may see the old page.
"""

import re
import secrets
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, expect

from learnsite.accounts.keys import KEY_WORDS

SIGN_IN = """
import os
from django.conf import settings
from django.contrib import auth
from learnsite.accounts.models import User
from learnsite.accounts.sessions import SessionStore
user = User.objects.get(username=os.environ["NAME"])
session = SessionStore()
session[auth.SESSION_KEY] = str(user.pk)
session[auth.BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
session[auth.HASH_SESSION_KEY] = user.get_session_auth_hash()
session._session_key = os.environ["KEY"]
session.save(must_create=True)
"""
#: What browsers say of a form that was sent from one of our own pages.
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}
KEY_IN_ONE_LINE = re.compile(r'id="key-card-key"[^>]*? value="([^"]+)"')


def follow(control: Locator) -> None:
    """Click what leads to another page, and wait until that is there."""
    with control.page.expect_navigation():
        control.click()


def let_pass(page: Page, seconds: float) -> None:
    """Let seconds pass on a page of a hurried context at once: what is due then comes.

    A test waits for no page that renews itself every few seconds.
    """
    page.clock.fast_forward(int(seconds * 1000))


def key_in_hand(context: BrowserContext) -> list[str]:
    """Give a new learning key to a browser whose page for it nobody looks at."""
    reply = context.request.post("/schluessel/neu/", form={}, headers=SAME_ORIGIN)
    words = re.findall(r"\w+", KEY_IN_ONE_LINE.findall(reply.text())[0])
    assert len(words) == KEY_WORDS
    return words


def joined(context: BrowserContext, path: str) -> BrowserContext:
    """Let a pupil into the class behind a code, whose way in nobody looks at."""
    assert context.request.post(path, form={"number": ""}, headers=SAME_ORIGIN).ok
    return context


def let_in(context: BrowserContext, site: Any, name: str) -> None:
    """Let somebody be signed in whose way in nobody looks at; a second step counts.

    Each role has a test that signs in on the pages.
    """
    key = secrets.token_hex(16)
    site.run(SIGN_IN, NAME=name, KEY=key)
    context.add_cookies([{"name": "sitzung", "value": key, "url": site.url}])


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
