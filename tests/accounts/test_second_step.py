"""What the second step asks for, takes and says."""

import time
from typing import Any

import pytest
from allauth.mfa import app_settings
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    validate_totp_code,
)
from bs4 import BeautifulSoup
from django.test import Client

from learnsite.accounts.models import User

from .conftest import PASSWORD

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.mark.parametrize(
    ("steps", "is_taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_a_code_that_changes_while_it_is_typed_still_counts(
    monkeypatch: pytest.MonkeyPatch, steps: int, is_taken: bool
) -> None:
    now = 1_800_000_015.0
    monkeypatch.setattr(time, "time", lambda: now)
    counter = int(now) // app_settings.TOTP_PERIOD
    code = format_hotp_value(hotp_value(SECRET, counter + steps))
    assert validate_totp_code(SECRET, code) is is_taken


def words(response: Any) -> str:
    main = BeautifulSoup(response.content, "html.parser").select_one("main")
    return " ".join(main.get_text(" ").split())


def asked(tom: User) -> Client:
    """Return the browser of somebody who typed the password and is asked for more."""
    client = Client()
    client.post("/konto/login/", {"login": "tom", "password": PASSWORD})
    return client


@pytest.mark.django_db
def test_no_passkey_is_asked_of_those_who_have_none(tom: User) -> None:
    TOTP.activate(tom, SECRET)
    page = asked(tom).get("/konto/2fa/authenticate/")
    assert "einem Code aus der App oder einem Wiederherstellungscode" in words(page)
    assert "Passkey verwenden" not in page.text


@pytest.mark.django_db
def test_whoever_comes_in_by_a_recovery_code_hears_what_is_left_and_to_do(
    tom: User,
) -> None:
    TOTP.activate(tom, SECRET)
    code = RecoveryCodes.activate(tom).get_unused_codes()[0]
    shown = asked(tom).post("/konto/2fa/authenticate/", {"code": code}, follow=True)
    said = words(shown)
    assert "Dieser Wiederherstellungscode ist verbraucht, 9 sind noch übrig." in said
    assert "Ist das Gerät verloren? Dann bitte entfernen" in said


@pytest.mark.django_db
def test_a_code_of_the_app_is_taken_without_a_word_about_lost_devices(
    tom: User,
) -> None:
    TOTP.activate(tom, SECRET)
    code = format_hotp_value(hotp_value(SECRET, int(time.time()) // 30))
    shown = asked(tom).post("/konto/2fa/authenticate/", {"code": code}, follow=True)
    assert "verloren" not in words(shown)


@pytest.mark.django_db
def test_the_app_can_be_set_up_on_the_device_that_shows_the_page(tom: User) -> None:
    client = Client()
    client.post("/konto/login/", {"login": "tom", "password": PASSWORD})
    # The password once more, as before each change of how one signs in.
    once_more = client.get("/konto/2fa/totp/activate/").url
    page = client.post(once_more, {"password": PASSWORD}, follow=True)
    link = BeautifulSoup(page.content, "html.parser").select_one("main details a")
    secret = page.context["form"].secret
    assert link["href"].startswith("otpauth://totp/")
    assert f"secret={secret}" in link["href"]
    assert secret in words(page)


@pytest.mark.django_db
def test_setting_it_up_signs_out_whoever_came_in_by_the_password_alone(
    tom: User, django_capture_on_commit_callbacks: Any
) -> None:
    owner, stranger = asked(tom), asked(tom)
    assert stranger.get("/konto/2fa/").status_code == 200
    once_more = owner.get("/konto/2fa/totp/activate/").url
    page = owner.post(once_more, {"password": PASSWORD}, follow=True)
    secret = page.context["form"].secret
    counter = int(time.time()) // app_settings.TOTP_PERIOD
    code = format_hotp_value(hotp_value(secret, counter))

    with django_capture_on_commit_callbacks(execute=True):
        owner.post("/konto/2fa/totp/activate/", {"code": code})

    assert tom.authenticator_set.filter(type="totp").exists()
    assert owner.get("/konto/2fa/").status_code == 200
    assert stranger.get("/konto/2fa/").url.startswith("/schluessel/?next=")
