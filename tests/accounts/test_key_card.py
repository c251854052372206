"""The card: shown once, complete, printable, without inline style."""

import re

from django.test import RequestFactory, override_settings

from learnsite.accounts import keys
from learnsite.accounts.card import key_address, qr_code, render_key_card
from learnsite.accounts.models import User

from .conftest import confirm, sign_in


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


def test_new_key_needs_the_old_one_first(lena_client):
    response = lena_client.get("/meine-daten/neuer-schluessel/")

    assert response.url == (
        "/schluessel/bestaetigen/?next=%2Fmeine-daten%2Fneuer-schluessel%2F"
    )


def test_new_key_is_shown_and_this_session_stays(lena_client, lena):
    confirm(lena_client, lena.key, "/meine-daten/neuer-schluessel/")

    page = lena_client.post("/meine-daten/neuer-schluessel/")

    words = tuple(re.findall(r"<li>(\w+)</li>", page.text))
    assert words != lena.words
    assert User.objects.get().key_hash == keys.key_hash(words)
    assert lena_client.get("/meine-daten/name/").status_code == 200
