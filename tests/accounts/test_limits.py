"""Guessing is slowed down; nobody with a correct key ever waits."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.test import Client, RequestFactory

from learnsite.accounts import keys, limits, services
from learnsite.accounts.adapter import AccountAdapter

from .conftest import sign_in


@pytest.mark.django_db
def test_thirty_pupils_sign_in_while_an_attacker_guesses_from_their_address():
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


def test_friendly_page_says_how_long_to_wait(client, db, monkeypatch):
    monkeypatch.setattr(limits, "FREE_FAILURES", 0)
    monkeypatch.setattr(limits, "wait_after", lambda failures: 8.0)
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


def test_slips_in_a_word_are_not_counted(client, db):
    for _ in range(40):
        sign_in(client, "xqxqxq")

    assert limits.wrong_keys._failures == {}


def test_addresses_are_counted_apart():
    wrong = limits.WrongKeys()
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
    wrong = limits.WrongKeys()

    for number in range(10):
        wrong.record(str(number))

    assert len(wrong._failures) <= 3


def test_counting_is_safe_in_parallel():
    wrong = limits.WrongKeys()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(wrong.record, ["a"] * limits.FREE_FAILURES))

    assert wrong._failures["a"].count == limits.FREE_FAILURES
