"""Passkeys: when the browser or the person says no, the page says what to do."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

#: What a browser answers to a page that asks for a passkey.
REFUSING = """
navigator.credentials.get = navigator.credentials.create = () =>
  Promise.reject(new DOMException("", "%s"));
"""


def ask(page: Page) -> None:
    page.goto("/konto/login/")
    page.get_by_role("button", name="Mit einem Passkey anmelden").click()


@pytest.mark.parametrize(
    ("refusal", "says"),
    [
        ("NotAllowedError", "Es wurde kein Passkey verwendet."),
        ("SecurityError", "Dieser Browser kann hier keine Passkeys verwenden."),
        ("UnknownError", "Das hat nicht geklappt."),
    ],
)
def test_a_refused_passkey_is_said_beside_the_button(
    page: Page, traffic: Any, refusal: str, says: str
) -> None:
    page.add_init_script(REFUSING % refusal)
    ask(page)
    note = page.get_by_role("alert")
    expect(note).to_contain_text(says)
    assert traffic.complaints == []
    page.get_by_role("button", name="Mit einem Passkey anmelden").press("Enter")
    expect(note).to_contain_text(says)


def test_a_lost_connection_is_said_too(page: Page) -> None:
    page.goto("/konto/login/")
    page.context.set_offline(True)
    page.get_by_role("button", name="Mit einem Passkey anmelden").click()
    expect(page.get_by_role("alert")).to_contain_text("Bitte die Verbindung prüfen")


def test_without_script_no_passkey_is_offered(new_context: Any) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/konto/login/")
    expect(page.locator("#passkey_login")).to_be_hidden()
    assert "Passkeys brauchen JavaScript." in page.content()
