"""Passkeys: when the browser or the person says no, the page says what to do."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from .acting import follow
from .conftest import Site
from .looking import blemishes

#: What a browser answers to a page that asks for a passkey.
REFUSING = """
navigator.credentials.get = navigator.credentials.create = () =>
  Promise.reject(new DOMException("", "%s"));
undefined
"""


#: What it says then, each in other words than the one before, the last than offline.
REFUSALS = {
    "UnknownError": "Das hat nicht geklappt.",
    "NotAllowedError": "Es wurde kein Passkey verwendet.",
    "SecurityError": "Dieser Browser kann hier keine Passkeys verwenden.",
}


def test_a_refused_passkey_and_a_lost_connection_are_said_beside_the_button(
    page: Page, traffic: Any
) -> None:
    page.goto("/konto/login/")
    button = page.get_by_role("button", name="Mit einem Passkey anmelden")
    note = page.get_by_role("alert")
    for refusal, words in REFUSALS.items():
        page.evaluate(REFUSING % refusal)
        button.click()
        expect(note).to_contain_text(words)
    assert traffic.complaints == []
    page.context.set_offline(True)
    button.press("Enter")
    expect(note).to_contain_text("Bitte die Verbindung prüfen")
    page.context.set_offline(False)
    button.press("Enter")  # and once more from the start
    expect(note).to_contain_text(words)


def test_without_script_no_passkey_is_offered(new_context: Any) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/konto/login/")
    expect(page.locator("#passkey_login")).to_be_hidden()
    assert "Passkeys brauchen JavaScript." in page.content()


#: A phone that knows its owner: it keeps passkeys and says yes to whoever asks.
PHONE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def complaints() -> list[str]:
    """Collect what the browser with passkeys complains about, our policy included."""
    return []


@pytest.fixture
def owner(browser: Browser, site: Site, complaints: list[str]) -> Iterator[Page]:
    """Open a browser with passkeys; those hang on a name, so the site needs one."""
    named = site.url.replace("127.0.0.1", "localhost")
    context = browser.new_context(base_url=named, locale="de-DE")
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on(
        "console",
        lambda message: (
            complaints.append(message.text) if message.type == "error" else None
        ),
    )
    page = context.new_page()
    devices = context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": PHONE})
    yield page
    context.close()


@pytest.fixture
def stranger(browser: Browser, site: Site) -> Iterator[Page]:
    """Open a browser without passkeys, on somebody else's device."""
    context = browser.new_context(
        base_url=site.url.replace("127.0.0.1", "localhost"), locale="de-DE"
    )
    yield context.new_page()
    context.close()


def by_password(page: Page, path: str) -> None:
    """Open a page and sign in there with ada's password."""
    page.goto(path)
    page.get_by_label("Benutzername").fill("ada")
    page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    follow(page.get_by_role("button", name="Anmelden", exact=True))


def make_account(page: Page) -> str:
    """Get a learning key; return the name of the account."""
    page.goto("/schluessel/neu/")
    page.locator("main form button").last.click()
    return page.locator("#key-card-name").inner_text()


def sign_out(page: Page) -> None:
    page.goto("/konto/logout/")
    page.locator("main").get_by_role("button", name="Abmelden").click()
    expect(page.get_by_role("status")).to_contain_text("Abgemeldet.")


def test_a_passkey_is_added_and_opens_the_account_again(
    owner: Page, complaints: list[str]
) -> None:
    name = make_account(owner)
    owner.goto("/konto/2fa/webauthn/add/")
    owner.get_by_label("Name des Passkeys").fill("Lenas Handy")
    owner.get_by_role("button", name="Passkey jetzt einrichten").click()
    owner.wait_for_url(lambda url: not url.endswith("/add/"))
    owner.goto("/konto/2fa/webauthn/")
    expect(owner.locator("main")).to_contain_text("Lenas Handy")

    sign_out(owner)
    owner.goto("/konto/login/?next=/meine-daten/")
    owner.get_by_role("button", name="Mit einem Passkey anmelden").click()

    expect(owner).to_have_url(re.compile("/meine-daten/$"))
    expect(owner.locator(".lead")).to_contain_text(name)
    assert complaints == []


CREATE_ADA = """
import os
from django.contrib.auth.models import Group
from learnsite.accounts.models import User
ada = User.objects.create_user("ada", password=os.environ["PASSWORD"], is_staff=True)
ada.groups.set(Group.objects.filter(name="Editors"))
"""
PASSWORD = "Regenschirm-am-Fenster-3"


def test_an_editor_without_a_passkey_is_led_to_one_and_back_to_the_page_asked_for(
    owner: Page, stranger: Page, site: Site, complaints: list[str]
) -> None:
    site.run(CREATE_ADA, PASSWORD=PASSWORD)
    # Somebody who knows the password is in before there is a second step.
    by_password(stranger, "/konto/login/?next=/konto/2fa/")
    expect(stranger).to_have_url(re.compile("/konto/2fa/$"))
    by_password(owner, "/cms/images/")
    stopped = owner.get_by_role("heading", name="Hier braucht es einen zweiten Schritt")
    expect(stopped).to_be_visible()
    assert blemishes(owner) == []

    follow(owner.get_by_role("link", name="Passkey einrichten"))
    owner.get_by_label("Passwort", exact=True).fill(PASSWORD)
    follow(owner.locator("main").get_by_role("button").first)
    owner.get_by_label("Name des Passkeys").fill("Dienstgerät")
    owner.get_by_role("button", name="Passkey jetzt einrichten").click()
    expect(owner.get_by_role("heading", name="Codes")).to_be_visible()
    assert blemishes(owner) == []
    follow(owner.get_by_role("link", name="Die Codes liegen sicher: weiter"))

    expect(owner).to_have_url(re.compile("/cms/images/$"))
    expect(owner.get_by_role("heading", name="Bilder")).to_be_visible()
    # A session opened by the password alone does not become one of staff: it ends.
    for page in ("/konto/2fa/", "/cms/images/"):
        stranger.goto(page)
        expect(stranger).to_have_url(re.compile(f"next={page}$"))

    sign_out(owner)
    by_password(owner, "/konto/login/?next=/lernen/")
    follow(owner.get_by_role("button", name="Passkey verwenden"))
    expect(owner).to_have_url(re.compile("/lernen/$"))
    refused = [each for each in complaints if "403" not in each]
    assert refused == []
