"""Meine Daten: seen in one step, exported in two, erased in three."""

import json
import time
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone
from django.utils.safestring import mark_safe

from learnsite.accounts import registry, sessions, views
from learnsite.accounts.models import User

from .conftest import PASSWORD, confirm, let_time_pass, sign_in


def test_page_shows_purpose_basis_readers_end_and_values(lena_client):
    page = lena_client.get("/meine-daten/").text

    assert "Flinker Otter 27" in page
    for word in ("Wofür", "Auf welcher Grundlage", "Wer es sieht", "Bis wann"):
        assert f"<dt>{word}</dt>" in page
    assert "24 Monate nach der letzten Nutzung" in page
    assert "Damit sich das Konto auf jedem Gerät wieder öffnen lässt." in page


def test_an_account_without_a_password_is_not_said_to_have_one(
    lena_client, client, tom
):
    client.post("/konto/login/", {"login": "tom", "password": PASSWORD})
    stored = "gespeichert; zur Sicherheit hier nicht gezeigt"

    assert "<dt>Passwort</dt><dd>–</dd>" in lena_client.get("/meine-daten/").text
    assert f"<dt>Passwort</dt><dd>{stored}</dd>" in client.get("/meine-daten/").text


def test_equal_rows_are_shown_once_with_their_number(lena_client, lena):
    for _time in range(2):
        sign_in(Client(), lena.key)

    page = lena_client.get("/meine-daten/").text
    sessions = page.partition("Laufende Anmeldungen")[2].partition("</section>")[0]

    assert sessions.count("<dt>Endet in der Nacht zum</dt>") == 1
    assert "<dt>Anzahl</dt><dd>3</dd>" in sessions
    assert " 03:00" not in sessions
    assert page.count("<dt>Anzahl</dt>") == 1


def test_visitor_reads_that_nothing_is_stored(client, db):
    page = client.get("/meine-daten/").text

    assert "Niemand ist angemeldet." in page
    assert "Der Lernstand liegt nur auf diesem Gerät." in page


def test_other_apps_can_tell_what_lies_on_the_device(client, db, monkeypatch):
    told = [lambda request: mark_safe("<p>Ein Cookie.</p>"), lambda request: ""]
    monkeypatch.setattr(views, "visitor_sections", told)

    response = client.get("/meine-daten/")

    assert response.context["visitor_sections"] == ["<p>Ein Cookie.</p>"]
    assert "<p>Ein Cookie.</p>" in response.text


def test_readable_export_takes_two_steps(lena_client, lena):
    asked = lena_client.get("/meine-daten/lesbar/")  # 1: the link
    page = "/meine-daten/?herunterladen=html"
    assert parse_qs(urlsplit(asked.url).query) == {"next": [page]}

    done = confirm(lena_client, lena.key, page)  # 2: the key

    # The page stays, says that the file comes, and fetches it.
    assert done.url == page
    begun = lena_client.get(page).text
    assert "Bestätigt. Die Datei wird geladen." in begun
    assert 'content="0; url=/meine-daten/lesbar/"' in begun
    export = lena_client.get("/meine-daten/lesbar/")
    assert export.headers["Content-Disposition"] == (
        'attachment; filename="meine-daten.html"'
    )
    assert "Flinker Otter 27" in export.text
    assert "<script" not in export.text
    assert "src=" not in export.text


def test_nobody_is_asked_again_who_has_just_signed_in(client, lena, monkeypatch):
    sign_in(client, lena.key)

    assert client.get("/meine-daten/json/").status_code == 200
    assert client.get("/meine-daten/loeschen/").status_code == 200
    later = time.time() + 361
    monkeypatch.setattr(sessions.time, "time", lambda: later)
    assert client.get("/meine-daten/json/").status_code == 302


def test_no_file_comes_unasked(lena_client):
    page = lena_client.get("/meine-daten/?herunterladen=json").text

    assert "http-equiv" not in page


def test_export_for_machines_is_complete(lena_client, lena):
    confirm(lena_client, lena.key, "/meine-daten/json/")

    export = json.loads(lena_client.get("/meine-daten/json/").text)

    assert export["account"] == str(lena.user.pk)
    assert [section["table"] for section in export["data"]] == [
        item.model for item in registry.declarations()
    ]
    [account] = export["data"][0]["rows"]
    lena.user.refresh_from_db()
    assert account == {
        "id": str(lena.user.pk),
        "display_name": "Flinker Otter 27",
        "username": None,
        "email": "",
        "password": None,
        "key_hash": "withheld",
        "picture_pin": None,
        "joined": lena.user.joined.isoformat(),
        "last_login": timezone.localtime(lena.user.last_login).isoformat(),
        "is_active": True,
    }


def test_export_gives_away_no_hash(lena_client, lena):
    confirm(lena_client, lena.key, "/meine-daten/json/")

    text = lena_client.get("/meine-daten/json/").text

    assert lena.user.key_hash not in text
    assert lena.user.password not in text


def test_erasing_takes_three_steps(lena_client, lena):
    asked = lena_client.get("/meine-daten/loeschen/")  # 1: the link
    assert asked.status_code == 302
    confirm(lena_client, lena.key, "/meine-daten/loeschen/")  # 2: the key
    assert "Endgültig löschen" in lena_client.get("/meine-daten/loeschen/").text

    done = lena_client.post("/meine-daten/loeschen/", follow=True)  # 3: the button

    assert "Das Konto ist gelöscht" in done.text
    assert not User.objects.exists()
    assert sign_in(Client(), lena.key).status_code == 422


def test_erasing_without_proof_erases_nothing(lena_client):
    lena_client.post("/meine-daten/loeschen/")

    assert User.objects.count() == 1


def test_wrong_key_proves_nothing(lena_client, fremd):
    response = confirm(lena_client, fremd.key, "/meine-daten/loeschen/")

    assert response.status_code == 422
    assert lena_client.get("/meine-daten/loeschen/").status_code == 302


def test_proof_of_one_person_does_not_serve_another(lena_client, lena, fremd):
    confirm(lena_client, lena.key, "/meine-daten/")
    sign_in(lena_client, fremd.key)
    let_time_pass(lena_client)

    assert lena_client.get("/meine-daten/loeschen/").status_code == 302


def test_proof_ends_after_five_minutes(lena_client, lena, monkeypatch):
    confirm(lena_client, lena.key, "/meine-daten/")
    later = time.time() + 361
    monkeypatch.setattr(sessions.time, "time", lambda: later)

    assert lena_client.get("/meine-daten/loeschen/").status_code == 302


def test_person_with_password_confirms_with_it(client, tom):
    client.post("/konto/login/", {"login": "tom", "password": PASSWORD})

    asked = client.get("/meine-daten/loeschen/")

    assert asked.url == "/konto/reauthenticate/?next=%2Fmeine-daten%2Floeschen%2F"
    done = client.post(asked.url, {"password": PASSWORD})
    assert done.url == "/meine-daten/loeschen/"
    assert client.get(done.url).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/konto/email/",
        "/konto/password/set/",
        "/konto/2fa/webauthn/add/",
        "/konto/2fa/totp/activate/",
        "/meine-daten/lesbar/",
        "/meine-daten/json/",
        "/meine-daten/loeschen/",
        "/meine-daten/neuer-schluessel/",
    ],
)
def test_key_is_asked_for_before_anything_that_opens_or_ends_an_account(
    lena_client, lena, path
):
    asked = lena_client.get(path)
    assert asked.status_code == 302
    assert asked.url.startswith("/schluessel/bestaetigen/?next=")

    confirm(lena_client, lena.key, path)

    assert lena_client.get(path).status_code == 200


def test_nobody_adds_an_address_by_post_without_proof(lena_client):
    lena_client.post("/konto/email/", {"email": "fremd@example.org", "action_add": ""})

    assert not EmailAddress.objects.exists()


def test_visitor_is_sent_to_sign_in(client, db):
    assert client.get("/meine-daten/loeschen/").url == (
        "/schluessel/?next=/meine-daten/loeschen/"
    )


def test_name_can_be_changed(lena_client):
    lena_client.post("/meine-daten/name/", {"display_name": "Leni"})

    assert User.objects.get().display_name == "Leni"


def test_empty_name_invents_a_new_one(lena_client):
    lena_client.post("/meine-daten/name/", {"display_name": "  "})

    assert User.objects.get().display_name.split()[-1].isdigit()


def test_no_export_holds_what_would_open_the_session(lena_client, lena):
    confirm(lena_client, lena.key, "/meine-daten/")
    secret = lena_client.cookies["sitzung"].value

    assert secret not in lena_client.get("/meine-daten/json/").text
    assert secret not in lena_client.get("/meine-daten/lesbar/").text


def test_the_list_of_passkeys_opens(lena_client, lena):
    confirm(lena_client, lena.key, "/meine-daten/")

    assert lena_client.get("/konto/2fa/webauthn/").status_code == 200
