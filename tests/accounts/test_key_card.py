"""The card: shown once, complete, printable, without inline style."""

import re
import time

import pytest
import segno
from django.conf import settings
from django.test import Client, RequestFactory, override_settings

from learnsite.accounts import keys, services, sessions
from learnsite.accounts.card import key_address, qr_code, render_key_card
from learnsite.accounts.models import User

from .conftest import PASSWORD, confirm, replace_key, sign_in


def _card(lena):
    request = RequestFactory().post("/schluessel/neu/")
    request.user = lena.user
    request.session = {}
    return render_key_card(request, lena.user, lena.words)


def test_card_shows_words_name_and_what_they_are_for(lena):
    page = _card(lena).text

    assert re.findall(r"<li>(\w+)</li>", page) == list(lena.words)
    assert "Flinker Otter 27" in page
    assert "24 Monate nach der letzten Nutzung" in page
    assert "Ich habe ihn notiert" in page


def test_card_is_kept_nowhere(lena):
    assert _card(lena).headers["Cache-Control"] == "no-store"


def test_address_carries_the_key_behind_the_hash_only():
    with override_settings(SITE_URL="https://lernen.example/"):
        address = key_address(("brücke", "otter"))

    assert address == "https://lernen.example/schluessel/#bruecke-otter"


def test_code_is_svg_without_inline_style():
    drawing = qr_code("https://lernen.example/schluessel/#a-b")

    assert drawing.startswith("<svg")
    assert "style=" not in drawing


def test_code_on_the_card_opens_the_account_it_was_made_for(lena):
    """Drawn by segno again, because nothing here could read a code."""
    drawn = re.search(r'class="qr-code-modules"[^>]* d="([^"]+)"', _card(lena).text)
    address = f"{settings.SITE_URL}/schluessel/#{keys.fragment(lena.words)}"
    wanted = segno.make(address, error="m", micro=False).svg_inline(omitsize=True)

    assert f' d="{drawn[1]}"' in wanted


def test_fields_for_password_managers_are_never_sent(lena):
    form = _card(lena).text.partition("data-key-card>")[2].partition("</form>")[0]
    fields = re.findall(r"<input[^>]+>", form)

    assert not [field for field in fields if " name=" in field]
    assert 'autocomplete="username" value="Flinker Otter 27"' in fields[0]


def test_asking_for_a_card_later_explains_why_it_is_gone(client, lena):
    sign_in(client, lena.key)

    page = client.get("/schluessel/karte/").text

    assert "Die Karte wird nur einmal gezeigt" in page
    assert not [word for word in lena.words if f"<li>{word}</li>" in page]


def _words(page):
    return tuple(re.findall(r"<li>(\w+)</li>", page.text))


def _write_down(client, card):
    form = card.text.partition("data-key-card>")[2].partition("</form>")[0]
    target = re.search(r'name="next" value="([^"]+)"', form)[1]
    return client.get("/schluessel/karte/", {"next": target})


def test_new_key_is_had_by_typing_the_old(lena_client, lena):
    elsewhere = Client()
    sign_in(elsewhere, lena.key)
    confirm(lena_client, lena.key, "/meine-daten/neuer-schluessel/")

    words = _words(replace_key(lena_client))

    assert words != lena.words
    assert User.objects.get().key_hash == keys.key_hash(words)
    assert lena_client.get("/meine-daten/name/").status_code == 200
    assert elsewhere.get("/meine-daten/name/").status_code == 302
    assert sign_in(Client(), keys.written(words)).status_code == 302


def test_open_session_alone_makes_no_new_key(lena_client, lena):
    response = lena_client.post("/meine-daten/neuer-schluessel/")

    assert response.url.startswith("/schluessel/bestaetigen/")
    assert User.objects.get().key_hash == keys.key_hash(lena.words)


def test_new_key_beside_a_password_is_still_confirmed(client, lena):
    lena.user.username = "lena"
    lena.user.set_password(PASSWORD)
    lena.user.save()
    sign_in(client, lena.key)

    response = client.post("/meine-daten/neuer-schluessel/")

    assert response.status_code == 302
    assert User.objects.get().key_hash == keys.key_hash(lena.words)


def test_making_a_key_counts_as_typing_it_for_five_minutes(client, db, monkeypatch):
    client.post("/schluessel/neu/", follow=True)
    assert client.get("/meine-daten/json/").status_code == 200

    later = time.time() + 361
    monkeypatch.setattr(sessions.time, "time", lambda: later)

    assert client.get("/meine-daten/json/").status_code == 302


def test_loading_the_card_again_makes_no_other_key(client, db):
    first = _words(client.post("/schluessel/neu/", follow=True))

    again = client.post("/schluessel/neu/")

    assert again.url == "/schluessel/karte/"
    assert User.objects.get().key_hash == keys.key_hash(first)


def test_loading_the_card_of_a_replaced_key_again_makes_no_other(lena_client, lena):
    confirm(lena_client, lena.key, "/meine-daten/neuer-schluessel/")
    words = _words(replace_key(lena_client))
    sent = lena_client.post(
        "/meine-daten/neuer-schluessel/", {"replaces": services.mark_of_key(lena.user)}
    )

    assert sent.url == "/schluessel/karte/"
    assert User.objects.get().key_hash == keys.key_hash(words)


def test_who_lost_sight_of_a_new_card_gets_another_and_is_told_the_price(
    client, db, monkeypatch
):
    first = _words(client.post("/schluessel/neu/", follow=True))
    later = time.time() + 361
    monkeypatch.setattr(sessions.time, "time", lambda: later)

    page = client.get("/schluessel/karte/").text
    second = _words(replace_key(client, "/schluessel/karte/"))

    assert "Die zuerst gezeigten Wörter öffnen dann nichts mehr." in page
    assert len(second) == 6
    assert second != first
    assert User.objects.get().key_hash == keys.key_hash(second)


def test_unseen_card_excuses_from_the_key_for_another_card_only(
    client, db, monkeypatch
):
    client.post("/schluessel/neu/", follow=True)
    later = time.time() + 361
    monkeypatch.setattr(sessions.time, "time", lambda: later)

    asked = client.get("/meine-daten/loeschen/")

    assert asked.url.startswith("/schluessel/bestaetigen/")
    assert "Eine andere Karte anlegen" in client.get(asked.url).text


def test_card_that_was_written_down_is_not_replaced_unasked(client, db, monkeypatch):
    card = client.post("/schluessel/neu/", follow=True)
    assert _write_down(client, card).url == "/lernen/"
    later = time.time() + 361
    monkeypatch.setattr(sessions.time, "time", lambda: later)

    assert client.post("/schluessel/neu/").url == "/meine-daten/"
    assert client.post("/meine-daten/neuer-schluessel/").status_code == 302
    assert "replaces" not in client.get("/schluessel/karte/").text
    assert User.objects.get().key_hash == keys.key_hash(_words(card))


def test_whoever_types_the_key_has_seen_the_card(client, db, monkeypatch):
    words = _words(client.post("/schluessel/neu/", follow=True))
    confirm(client, keys.written(words), "/meine-daten/")
    later = time.time() + 361
    monkeypatch.setattr(sessions.time, "time", lambda: later)

    assert client.get("/meine-daten/neuer-schluessel/").status_code == 302


@pytest.mark.parametrize("path", ["/lernen/", "/meine-daten/"])
def test_pages_ask_whether_the_card_was_written_down_until_it_was(client, db, path):
    card = client.post("/schluessel/neu/", follow=True)
    assert "Ist der Lernschlüssel notiert?" in client.get(path).text

    _write_down(client, card)

    assert "Ist der Lernschlüssel notiert?" not in client.get(path).text
