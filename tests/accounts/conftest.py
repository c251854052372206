"""The cast of the account tests: Lena learns by key, Tom teaches with a password."""

import re
from dataclasses import dataclass

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.core.cache import cache
from django.test import Client
from django.test.utils import CaptureQueriesContext

from learnsite.accounts import keys, limits, services
from learnsite.accounts.models import User

PASSWORD = "ein-langes-passwort"


@dataclass
class KeyPerson:
    """An account together with the key that opens it."""

    user: User
    words: tuple[str, ...]

    @property
    def key(self) -> str:
        return keys.written(self.words)


@pytest.fixture(autouse=True)
def _no_limits_left_over():
    limits.wrong_keys.clear()
    limits.wrong_passwords.clear()
    cache.clear()


@pytest.fixture
def lena(db) -> KeyPerson:
    user, words = services.issue_learning_key(display_name="Flinker Otter 27")
    return KeyPerson(user, words)


@pytest.fixture
def fremd(db) -> KeyPerson:
    user, words = services.issue_learning_key(display_name="Kluge Eule 5")
    return KeyPerson(user, words)


@pytest.fixture
def tom(db) -> User:
    return User.objects.create_user("tom", "", PASSWORD, display_name="Tom")


@pytest.fixture
def editor(db) -> User:
    return User.objects.create_superuser(
        "redaktion", "redaktion@example.org", PASSWORD, display_name="Redaktion Ada"
    )


@pytest.fixture
def lena_client(lena: KeyPerson) -> Client:
    client = Client()
    sign_in(client, lena.key)
    let_time_pass(client)
    return client


def statements(captured: CaptureQueriesContext) -> list[str]:
    """Return the SQL that counts; transactions are no statements."""
    ignored = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
    return [
        query["sql"]
        for query in captured.captured_queries
        if not query["sql"].startswith(ignored)
    ]


def sign_in(client: Client, key: str, **data: str):
    """Sign in by key as a browser does."""
    return client.post("/schluessel/", {"key": key, "shared": "on", **data})


def let_time_pass(client: Client) -> None:
    """Let the sign-in lie so far back that it proves nothing any more."""
    session = client.session
    session.pop(AUTHENTICATION_METHODS_SESSION_KEY, None)
    session.save()


def confirm(client: Client, key: str, next_url: str):
    """Type the key again where it is asked for."""
    return client.post("/schluessel/bestaetigen/", {"key": key, "next": next_url})


def replace_key(client: Client, page: str = "/meine-daten/neuer-schluessel/"):
    """Press the button that makes a new key on a page that has one."""
    mark = re.search(r'name="replaces" value="(\w+)"', client.get(page).text)[1]
    return client.post("/meine-daten/neuer-schluessel/", {"replaces": mark})
