"""Opening an account with a learning key."""

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from learnsite.accounts import keys, services
from learnsite.accounts.models import Session, User

from .conftest import PASSWORD, sign_in, statements


def test_key_opens_the_account_and_says_whose_it_is(client, lena):
    response = sign_in(client, lena.key)

    assert (response.status_code, response.url) == (302, "/lernen/")
    assert client.session["_auth_user_id"] == str(lena.user.pk)
    page = client.get("/meine-daten/")
    assert "Jetzt ist das Konto von Flinker Otter 27 geöffnet." in page.text


def test_key_is_read_forgivingly(client, lena):
    typed = "\n".join(f"{n}. {word.upper()}" for n, word in enumerate(lena.words, 1))

    assert sign_in(client, typed).status_code == 302


def test_next_leads_back_to_where_one_was(client, lena):
    response = sign_in(client, lena.key, next="/kurse/datengrabbing/spuren/")

    assert response.url == "/kurse/datengrabbing/spuren/"


@pytest.mark.parametrize(
    "target",
    ["https://anderswo.example/", "//anderswo.example/", "javascript:alert(1)"],
)
def test_next_never_leads_to_another_site(client, lena, target):
    assert sign_in(client, lena.key, next=target).url == "/lernen/"


def test_unknown_word_is_named_with_its_neighbour(client, lena):
    word = max(keys.word_list(), key=len)
    slipped = word[:-1] + ("q" if word[-1] != "q" else "x")

    response = sign_in(client, "-".join((*lena.words[:5], slipped)))

    assert response.status_code == 422
    assert (
        f"Das Wort „{slipped}“ steht nicht auf der Wortliste. Ist „{word}“ gemeint?"
        in response.text
    )


def test_missing_words_are_counted(client, lena):
    response = sign_in(client, "-".join(lena.words[:5]))

    assert (
        "Ein Lernschlüssel hat sechs Wörter; angekommen sind 5 Wörter." in response.text
    )


@pytest.fixture
def searched(monkeypatch):
    """Collect for which words the list is searched for what was meant."""
    asked = []
    search = keys.nearest
    monkeypatch.setattr(
        keys, "nearest", lambda typed: asked.append(typed) or search(typed)
    )
    return asked


def test_three_unknown_words_at_most_are_searched_for_and_named(client, db, searched):
    response = sign_in(client, "xqxqxq yqyqyq zqzqzq wqwqwq")

    assert searched == ["xqxqxq", "yqyqyq", "zqzqzq"]
    assert response.text.count("steht nicht auf der Wortliste") == 3


def test_long_text_is_counted_and_searched_for_nothing(client, db, searched):
    response = sign_in(client, "xqzwjk " * 57)

    assert searched == []
    assert response.status_code == 422
    assert "angekommen sind 57 Wörter." in response.text


def test_wrong_key_says_that_no_account_opens(client, lena):
    response = sign_in(client, keys.written(keys.generate()))

    assert response.status_code == 422
    assert "Mit diesen sechs Wörtern öffnet sich kein Konto." in response.text
    assert "_auth_user_id" not in client.session


def test_switched_off_account_does_not_open(client, lena):
    User.objects.update(is_active=False)

    assert sign_in(client, lena.key).status_code == 422


def test_typed_words_stay_in_the_field_after_a_slip(client, lena):
    typed = "-".join((*lena.words[:5], "xqxqxq"))

    assert f'value="{typed}"' in sign_in(client, typed).text


def test_signing_in_takes_two_statements(client, lena):
    sign_in(Client(), lena.key)  # the month is noted

    with CaptureQueriesContext(connection) as captured:
        sign_in(client, lena.key)

    # The account together with its second step, and the session. What the site asks
    # before each page (its content generation) is not sign-in's.
    own = [sql for sql in statements(captured) if "contentgeneration" not in sql]
    assert len(own) == 2


def test_signing_in_sets_one_cookie(client, lena):
    response = sign_in(client, lena.key)

    assert list(response.cookies) == ["sitzung"]


def test_session_on_a_shared_device_ends_with_the_browser(client, lena):
    response = sign_in(client, lena.key)

    assert response.cookies["sitzung"]["max-age"] == ""
    ends = timezone.localtime(Session.objects.get().expire_date)
    assert (ends - timezone.localtime()).days <= 1


def test_session_on_an_own_device_lasts_two_weeks(client, lena):
    response = client.post("/schluessel/", {"key": lena.key})

    assert response.cookies["sitzung"]["max-age"] == 14 * 24 * 3600


def test_another_key_opens_another_account_in_a_new_session(client, lena, fremd):
    sign_in(client, lena.key)
    before = client.session.session_key

    sign_in(client, fremd.key)

    assert client.session["_auth_user_id"] == str(fremd.user.pk)
    assert list(Session.objects.values_list("user", flat=True)) == [fremd.user.pk]
    assert client.session.session_key != before


def test_second_step_is_asked_for(client, lena):
    Authenticator.objects.create(
        user=lena.user, type=Authenticator.Type.TOTP, data={"secret": "x"}
    )

    response = sign_in(client, lena.key)

    assert response.url == "/konto/2fa/authenticate/"
    assert "_auth_user_id" not in client.session


def test_old_pepper_opens_once_more_and_is_replaced(client, lena):
    with override_settings(LEARNING_KEY_PEPPERS=["neu", "test-pepper"]):
        assert sign_in(client, lena.key).status_code == 302
        newest = keys.key_hash(lena.words)
    with override_settings(LEARNING_KEY_PEPPERS=["neu"]):
        assert sign_in(Client(), lena.key).status_code == 302

    assert User.objects.get().key_hash == newest


def test_nothing_readable_of_the_key_is_stored(lena):
    stored = str(User.objects.filter(pk=lena.user.pk).values())

    assert not [word for word in lena.words if len(word) > 4 and word in stored]


def test_page_is_not_kept_by_browsers_and_carries_no_token(client, db):
    response = client.get("/schluessel/")

    assert "no-store" in response.headers["Cache-Control"]
    assert "csrfmiddlewaretoken" not in response.text
    assert not response.cookies


def test_field_suits_password_managers(client, db):
    field = client.get("/schluessel/").context["form"]["key"]

    assert 'autocomplete="current-password"' in str(field)
    assert 'autocapitalize="none"' in str(field)


def test_new_key_kills_the_old_one_and_other_sessions(client, lena):
    sign_in(client, lena.key)
    other = Client()
    sign_in(other, lena.key)

    services.replace_learning_key(user=lena.user)

    assert sign_in(Client(), lena.key).status_code == 422
    assert other.get("/meine-daten/name/").status_code == 302
    assert client.get("/meine-daten/name/").status_code == 302


def test_user_name_and_password_open_an_account_too(client, tom):
    response = client.post("/konto/login/", {"login": "tom", "password": PASSWORD})

    assert (response.status_code, response.url) == (302, "/lernen/")


def test_month_of_the_sign_in_is_all_that_is_noted(client, lena):
    sign_in(client, lena.key)

    noted = timezone.localtime(User.objects.get().last_login)
    today = timezone.localdate()
    assert (noted.date(), noted.hour, noted.minute, noted.second) == (
        today.replace(day=1), 0, 0, 0,
    )  # fmt: skip


def test_account_has_a_name_whatever_it_lacks(db):
    assert str(User(display_name="Lena")) == "Lena"
    assert str(User(username="tom")) == "tom"
    assert str(User(email="a@example.org")) == "a@example.org"
    assert len(str(User())) == 36
