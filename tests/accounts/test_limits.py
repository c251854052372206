"""Who guesses is told to wait; nobody with a correct key or password ever waits."""

from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client, RequestFactory

from learnsite.accounts import keys, limits, services
from learnsite.accounts.adapter import AccountAdapter
from learnsite.accounts.models import User

from .conftest import PASSWORD, sign_in


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Time that stands still for waits: how busy the machine is decides nothing."""
    still = SimpleNamespace(now=1000.0)
    monkeypatch.setattr(limits, "time", SimpleNamespace(monotonic=lambda: still.now))
    return still


@pytest.mark.django_db
def test_thirty_pupils_sign_in_while_an_attacker_guesses_from_their_address(
    clock,
):
    pupils = [services.issue_learning_key()[1] for _ in range(30)]
    attacker = Client()
    answers = []
    for words in pupils:
        for _ in range(5):
            wrong = keys.written(keys.generate())
            answers.append(sign_in(attacker, wrong).status_code)
        response = sign_in(Client(), keys.written(words))
        assert response.status_code == 302

    assert set(answers) == {422, 429}
    assert answers[-1] == 429


def sign_in_by_name(client, name, password):
    return client.post("/konto/login/", {"login": name, "password": password})


@pytest.mark.django_db
def test_thirty_people_sign_in_by_name_while_an_attacker_guesses_their_passwords(
    clock,
):
    names = [f"person{number}" for number in range(30)]
    for name in names:
        User.objects.create_user(name, "", PASSWORD)
    attacker = Client()
    answers = []
    for name in names:
        for guess in range(6):
            answers.append(sign_in_by_name(attacker, name, f"falsch-{guess}"))
        assert sign_in_by_name(Client(), name, PASSWORD).status_code == 302

    assert answers[0].status_code == 200
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["Retry-After"]) > 0


def test_nobody_locks_out_the_owner_of_a_user_name(tom):
    for guess in range(150):
        sign_in_by_name(Client(), "tom", f"falsch-{guess}")

    assert sign_in_by_name(Client(), "tom", PASSWORD).status_code == 302


def test_wrong_password_says_how_long_to_wait(client, tom, clock, monkeypatch):
    monkeypatch.setattr(limits, "FREE_FAILURES", 0)
    monkeypatch.setattr(limits, "wait_after", lambda failures, free: 8.0)
    sign_in_by_name(client, "tom", "falsch")

    response = sign_in_by_name(client, "tom", "falsch")

    assert response.status_code == 429
    assert response.headers["Retry-After"] == "8"
    assert "Bitte 8 Sekunden warten" in response.text


def test_codes_of_the_second_step_are_still_refused_after_five(client, tom):
    Authenticator.objects.create(
        user=tom, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"}
    )
    sign_in_by_name(client, "tom", PASSWORD)

    pages = [
        client.post("/konto/2fa/authenticate/", {"code": f"00000{n}"}).text
        for n in range(6)
    ]

    # Six digits are few: here guessing must end. Only who knows the password gets here.
    assert ["Zu viele Versuche" in page for page in pages] == [False] * 5 + [True]


def test_friendly_page_says_how_long_to_wait(client, db, clock, monkeypatch):
    monkeypatch.setattr(limits, "FREE_FAILURES", 0)
    monkeypatch.setattr(limits, "wait_after", lambda failures, free: 8.0)
    wrong = keys.written(keys.generate())
    sign_in(client, wrong)

    response = sign_in(client, wrong)

    assert response.status_code == 429
    assert response.headers["Retry-After"] == "8"
    assert "Bitte 8 Sekunden warten" in response.text


def test_first_thirty_wrong_keys_cost_no_wait_then_it_doubles():
    assert [limits.wait_after(n) for n in (1, 30, 31, 32, 33, 36, 500)] == [
        0, 0, 1, 2, 4, 30, 30,
    ]  # fmt: skip


def test_a_guess_after_its_wait_is_looked_at_again(clock):
    wrong = limits.WrongGuesses(free=0)
    wrong.record("a")
    wrong.record("a")
    assert wrong.wait("a") == 1
    clock.now += 1

    assert wrong.record("a") == 0
    assert wrong.wait("a") == 2


def test_slips_in_a_word_are_not_counted(client, db):
    for _ in range(40):
        sign_in(client, "xqxqxq")

    assert limits.wrong_keys._failures == {}


def test_addresses_are_counted_apart(clock):
    wrong = limits.WrongGuesses()
    for _ in range(limits.FREE_FAILURES + 1):
        wrong.record("a")

    assert wrong.record("a") == 1
    assert wrong.record("b") == 0


def test_address_is_a_hash_that_the_next_hour_cannot_repeat(monkeypatch):
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.7")
    first = limits.address_hash(request)

    assert limits.address_hash(request) == first
    assert "192.0.2.7" not in first
    monkeypatch.setattr(limits, "_salt", limits._Salt())
    assert limits.address_hash(request) != first


def test_addresses_of_one_ipv6_network_count_as_one():
    make = RequestFactory().get
    one = make("/", REMOTE_ADDR="2001:db8:1:2::1")
    two = make("/", REMOTE_ADDR="2001:db8:1:2:ffff::9")
    other = make("/", REMOTE_ADDR="2001:db8:9:2::1")

    assert limits.address_hash(one) == limits.address_hash(two)
    assert limits.address_hash(one) != limits.address_hash(other)


def test_allauth_sees_the_hash_and_no_browser():
    request = RequestFactory().get(
        "/", REMOTE_ADDR="192.0.2.7", HTTP_USER_AGENT="Firefox"
    )
    adapter = AccountAdapter(request)

    assert adapter.get_client_ip(request) == limits.address_hash(request)
    assert adapter.get_http_user_agent(request) == ""


def test_memory_is_bounded(monkeypatch):
    monkeypatch.setattr(limits, "MOST_ADDRESSES", 3)
    wrong = limits.WrongGuesses()

    for number in range(10):
        wrong.record(str(number))

    assert len(wrong._failures) <= 3


def test_counting_is_safe_in_parallel():
    wrong = limits.WrongGuesses()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(wrong.record, ["a"] * limits.FREE_FAILURES))

    assert wrong._failures["a"].count == limits.FREE_FAILURES
