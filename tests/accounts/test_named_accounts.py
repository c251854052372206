"""Accounts with user name and password, and what allauth sends and stores for them."""

import os
import re
import subprocess
import sys
from importlib import import_module

import pytest
from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.core.context import request_context
from allauth.mfa.adapter import get_adapter
from django.apps import apps
from django.conf import settings as project
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from django.utils import timezone

from content.identity import SiteIdentity
from learnsite.accounts import mailing
from learnsite.accounts.export import export_html
from learnsite.accounts.models import Session, User

from .conftest import PASSWORD

pytestmark = pytest.mark.django_db
NEW = {"username": "Ada", "password1": PASSWORD, "password2": PASSWORD}


def test_name_and_password_are_enough(client):
    response = client.post("/konto/signup/", NEW)

    assert response.status_code == 302
    user = User.objects.get()
    assert (user.username, user.email, str(user)) == ("ada", "", "ada")
    assert not EmailAddress.objects.exists()
    assert mail.outbox == []


def test_address_is_confirmed_without_a_row_of_times(client):
    client.post("/konto/signup/", {**NEW, "email": "ada@example.org"})

    assert not EmailConfirmation.objects.exists()
    [message] = mail.outbox
    assert message.subject.startswith("[Datenkundig] ")
    link = re.search(r"https?://\S+/konto/confirm-email/\S+/", message.body)[0]
    client.post("/" + link.split("/", 3)[3])
    assert EmailAddress.objects.get().verified is True


def test_signing_up_keeps_nobody_signed_in_beyond_the_browser(client):
    response = client.post("/konto/signup/", NEW)

    assert response.cookies["sitzung"]["max-age"] == ""
    ends = timezone.localtime(Session.objects.get().expire_date)
    assert (ends - timezone.localtime()).days <= 1
    assert "bis der Browser geschlossen wird" in Client().get("/konto/signup/").text


@pytest.mark.parametrize(("remember", "kept"), [("on", 14 * 24 * 3600), ("", "")])
def test_staying_signed_in_is_asked(client, tom, remember, kept):
    data = {"login": "tom", "password": PASSWORD, "remember": remember}
    response = client.post("/konto/login/", data)

    assert response.cookies["sitzung"]["max-age"] == kept


def test_who_has_no_address_reads_what_to_do_about_a_forgotten_password(client):
    form = client.get("/konto/password/reset/").text
    done = client.post(
        "/konto/password/reset/", {"email": "niemand@example.org"}, follow=True
    ).text

    for page in (form, done):
        assert "Keine E-Mail-Adresse angegeben?" in page
        assert 'href="/schluessel/"' in page
        assert 'href="/schluessel/neu/"' in page


@override_settings(SIGNUP_OPEN=False)
def test_sign_up_can_be_closed(client):
    client.post("/konto/signup/", NEW)

    assert not User.objects.exists()


def test_password_is_reset_by_mail(client, tom):
    EmailAddress.objects.create(
        user=tom, email="tom@example.org", verified=True, primary=True
    )

    client.post("/konto/password/reset/", {"email": "tom@example.org"})

    link = re.search(r"https?://\S+/konto/password/reset/key/\S+", mail.outbox[0].body)
    form = client.get("/" + link[0].split("/", 3)[3], follow=True)
    client.post(
        form.request["PATH_INFO"],
        {"password1": "ganz-neues-passwort", "password2": "ganz-neues-passwort"},
    )
    tom.refresh_from_db()
    assert tom.check_password("ganz-neues-passwort")


def test_notice_names_neither_device_nor_browser(client, tom):
    EmailAddress.objects.create(
        user=tom, email="tom@example.org", verified=True, primary=True
    )
    client.post("/konto/login/", {"login": "tom", "password": PASSWORD})
    new = "ganz-neues-passwort"
    client.post(
        "/konto/password/change/",
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
        HTTP_USER_AGENT="Firefox/123",
        REMOTE_ADDR="192.0.2.7",
    )

    [message] = mail.outbox
    assert "192.0.2.7" not in message.body
    assert "Firefox" not in message.body
    assert "Diese Plattform notiert keine Adressen von Geräten." in message.body


def test_signing_out_leaves_nothing(client, tom):
    client.post("/konto/login/", {"login": "tom", "password": PASSWORD})

    response = client.post("/konto/logout/")

    assert response.cookies["sitzung"].value == ""
    assert not Session.objects.exists()


def test_thirty_people_behind_one_address_sign_in_within_a_minute(client):
    for number in range(30):
        User.objects.create_user(f"person{number}", "", PASSWORD)

    answers = []
    for number in range(30):
        client.cookies.clear()
        data = {"login": f"person{number}", "password": PASSWORD}
        answers.append(client.post("/konto/login/", data).status_code)

    assert answers == [302] * 30


@pytest.fixture
def without_mail(settings):
    """Live without a mail server."""
    settings.EMAIL_BACKEND = mailing.NOWHERE


class TestWithoutMail:
    """Nobody is asked for an address, or promised a link, that leads nowhere."""

    pytestmark = pytest.mark.usefixtures("without_mail")

    def test_a_forgotten_password_is_told_what_to_do_instead(self, client, tom):
        shown = client.get("/konto/password/reset/")
        sent = client.post("/konto/password/reset/", {"email": "tom@example.org"})

        for page in (shown, sent):
            assert page.status_code == 200
            assert "Diese Plattform verschickt keine E-Mails" in page.text
            assert 'name="email"' not in page.text
            assert 'href="/schluessel/"' in page.text

    def test_a_new_account_is_asked_for_no_address(self, client):
        assert 'name="email"' not in client.get("/konto/signup/").text

        client.post("/konto/signup/", {**NEW, "email": "ada@example.org"})

        assert User.objects.get().email == ""
        assert not EmailAddress.objects.exists()

    def test_an_address_from_before_can_go_and_no_new_one_is_asked_for(
        self, client, tom
    ):
        EmailAddress.objects.create(
            user=tom, email="tom@example.org", verified=True, primary=True
        )
        client.post("/konto/login/", {"login": "tom", "password": PASSWORD})
        client.post("/konto/reauthenticate/", {"password": PASSWORD})
        page = client.get("/konto/email/").text
        assert "fragt deshalb nach keiner Adresse" in page
        assert 'autocomplete="email"' not in page

        client.post("/konto/email/", {"email": "tom@example.org", "action_remove": "1"})

        assert not EmailAddress.objects.exists()


def test_without_an_address_of_a_server_production_prints_no_mail():
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "learnsite.settings.production",
    }
    code = (
        "from django.conf import settings; "
        "print(settings.EMAIL_BACKEND)"
    )  # fmt: skip

    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=project.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )

    assert ran.stdout.strip() == mailing.NOWHERE


def test_mails_exports_and_passkeys_carry_the_name_set_in_the_cms(client, tom, rf):
    identity = SiteIdentity.objects.create(site_name="Lernstadt Hellingen")
    EmailAddress.objects.create(
        user=tom, email="tom@example.org", verified=True, primary=True
    )

    client.post("/konto/password/reset/", {"email": "tom@example.org"})

    [message] = mail.outbox
    assert message.subject.startswith("[Lernstadt Hellingen] ")
    assert message.body.startswith("Guten Tag, hier schreibt Lernstadt Hellingen.")
    assert "Viele Grüße von Lernstadt Hellingen" in message.body
    assert "Datenkundig" not in message.body
    assert f"– {identity.site_name}</title>" in export_html(tom)
    with request_context(rf.get("/")):
        passkeys_are_for = get_adapter().get_public_key_credential_rp_entity()
    assert passkeys_are_for["name"] == "Lernstadt Hellingen"


def test_the_field_says_what_opens_an_account(client):
    page = client.get("/konto/login/").text

    assert re.search(r"<label[^>]*>\s*Benutzername oder E-Mail-Adresse", page)
    assert "placeholder" not in page


@pytest.mark.parametrize("typed", ["Ines.Berg", "ines.berg"])
def test_a_name_opens_its_account_however_capitals_are_typed(client, db, typed):
    User.objects.create_user("Ines.Berg", "", PASSWORD)

    response = client.post("/konto/login/", {"login": typed, "password": PASSWORD})

    assert (response.status_code, response.url) == (302, "/lernen/")


def test_who_is_made_on_the_command_line_signs_in_by_the_name_given(
    client, monkeypatch
):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", "--noinput", username="Admin")

    response = client.post("/konto/login/", {"login": "Admin", "password": PASSWORD})

    assert response.status_code == 302
    with pytest.raises(CommandError, match="already taken|bereits"):
        call_command("createsuperuser", "--noinput", username="ADMIN")


def test_names_of_before_are_written_small_where_nobody_else_has_them(db):
    kept, made = [User.objects.create(username=name) for name in ("Ines.Berg", "Petra")]
    twin = User.objects.create(username="petra")
    import_module("learnsite.accounts.migrations.0004_small_user_names").write_small(
        apps, None
    )

    for user in (kept, made, twin):
        user.refresh_from_db()
    assert (kept.username, made.username, twin.username) == (
        "ines.berg", "Petra", "petra",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("path", "field"), [("/konto/login/", "login"), ("/konto/signup/", "username")]
)
def test_no_telephone_writes_a_user_name_with_a_capital(client, db, path, field):
    page = client.get(path).text

    field = re.search(rf'<input[^>]*name="{field}"[^>]*>', page).group()
    assert 'autocapitalize="none"' in field
