"""The key of a token: one account, whichever of several forms comes first."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import time_machine
from django.db import connection

from learnsite.accounts import issuing, keys
from learnsite.accounts.models import User

TOGETHER = 6


@pytest.fixture
def people(commits: None) -> Iterator[None]:
    """Let every connection see the accounts that are made, and remove them again."""
    yield
    User.objects.all().delete()


def test_forms_that_arrive_at_the_same_moment_share_one_account(people) -> None:
    token = issuing.new_token()
    ready = Barrier(TOGETHER, timeout=20)

    def issue(_number: int) -> tuple[User, tuple[str, ...]]:
        try:
            ready.wait()
            return issuing.issue_key_once(token=token)
        finally:
            connection.close()

    with ThreadPoolExecutor(TOGETHER) as threads:
        issued = list(threads.map(issue, range(TOGETHER)))

    [user] = User.objects.all()
    assert set(issued) == {(user, keys.derived(token))}


def test_a_key_follows_from_its_token_and_from_nothing_less() -> None:
    token = issuing.new_token()
    shown = keys.derived(token)

    assert keys.derived(token) == shown
    assert len(shown) == keys.KEY_WORDS
    assert set(shown) <= set(keys.word_list())
    assert keys.derived(issuing.new_token()) != shown


@pytest.mark.parametrize(
    ("asked", "is_ours"),
    [("12:00:00", True), ("12:19:59", True), ("12:20:00", False), ("11:59:59", False)],
)
def test_a_token_holds_for_its_ten_minutes_and_the_next(
    asked: str, is_ours: bool
) -> None:
    with time_machine.travel("2026-11-27 12:09:59 +0000", tick=False):
        token = issuing.new_token()
    with time_machine.travel(f"2026-11-27 {asked} +0000", tick=False):
        assert issuing.is_token(token) is is_ours


def test_a_signature_is_good_for_its_own_token_alone() -> None:
    drawn, dot, _signature = issuing.new_token().partition(".")
    _drawn, _dot, signature = issuing.new_token().partition(".")
    assert not issuing.is_token(f"{drawn}{dot}{signature}")


def test_another_site_takes_none_of_our_tokens(settings) -> None:
    token = issuing.new_token()
    settings.SECRET_KEY = "eine andere"
    assert not issuing.is_token(token)


def test_another_site_derives_another_key(settings) -> None:
    token = issuing.new_token()
    here = keys.derived(token)
    settings.SECRET_KEY = "eine andere"
    assert keys.derived(token) != here
