"""The card: shown once, complete, printable, without inline style."""

import re

from django.test import Client, RequestFactory, override_settings

from learnsite.accounts import keys
from learnsite.accounts.card import key_address, qr_code, render_key_card
from learnsite.accounts.models import User

from .conftest import PASSWORD, sign_in


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


def test_fields_for_password_managers_are_never_sent(lena):
    form = _card(lena).text.partition("data-key-card>")[2].partition("</form>")[0]
    fields = re.findall(r"<input[^>]+>", form)

    assert not [field for field in fields if " name=" in field]
    assert 'autocomplete="username" value="Flinker Otter 27"' in fields[0]


def test_asking_for_a_card_later_explains_why_it_is_gone(client, lena):
    sign_in(client, lena.key)

    page = client.get("/schluessel/karte/").text

    assert "Die Karte wird nur einmal gezeigt" in page
    assert not [word for word in lena.words if f">{word}<" in page]


def _words(page):
    return tuple(re.findall(r"<li>(\w+)</li>", page.text))


def test_who_lost_the_key_but_is_signed_in_gets_a_new_one(lena_client, lena):
    elsewhere = Client()
    sign_in(elsewhere, lena.key)
    assert lena_client.get("/meine-daten/neuer-schluessel/").status_code == 200

    words = _words(lena_client.post("/meine-daten/neuer-schluessel/"))

    assert words != lena.words
    assert User.objects.get().key_hash == keys.key_hash(words)
    assert lena_client.get("/meine-daten/name/").status_code == 200
    assert elsewhere.get("/meine-daten/name/").status_code == 302
    assert sign_in(Client(), keys.written(words)).status_code == 302
    assert lena_client.get("/meine-daten/json/").status_code == 200


def test_new_key_beside_a_password_is_still_confirmed(client, lena):
    lena.user.username = "lena"
    lena.user.set_password(PASSWORD)
    lena.user.save()
    sign_in(client, lena.key)

    response = client.post("/meine-daten/neuer-schluessel/")

    assert response.status_code == 302
    assert User.objects.get().key_hash == keys.key_hash(lena.words)


def test_second_click_shows_a_card_that_opens_the_same_account(client, db):
    first = _words(client.post("/schluessel/neu/"))

    second = _words(client.post("/schluessel/neu/"))

    assert len(second) == 6
    assert second != first
    assert User.objects.get().key_hash == keys.key_hash(second)


def test_card_that_was_written_down_is_not_replaced(client, db):
    card = client.post("/schluessel/neu/")
    target = re.search(r'name="next" value="([^"]+)"', card.text)[1]
    assert client.get("/schluessel/karte/", {"next": target}).url == target

    response = client.post("/schluessel/neu/")

    assert response.url == "/meine-daten/"
    assert User.objects.get().key_hash == keys.key_hash(_words(card))
