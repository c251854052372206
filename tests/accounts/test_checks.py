"""What an operator forgets is named with a hint."""

import pytest
from django.core.checks import run_checks
from django.test import override_settings

from learnsite.accounts import checks, demo, keys

GOOD = "x8" * 30
PRODUCTION = {
    "SECRET_KEY": GOOD,
    "LEARNING_KEY_PEPPERS": ["p7" * 30],
    "ALLOWED_HOSTS": ["lernen.example.de"],
    "SITE_URL": "https://lernen.example.de",
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "DEFAULT_FROM_EMAIL": "lernen@example.de",
    "DEMO_PEOPLE": False,
}


def _ids(**changes: object) -> list[str]:
    with override_settings(**{**PRODUCTION, **changes}):
        found = [
            message
            for message in run_checks(
                include_deployment_checks=True, databases=["default"]
            )
            if str(message.id).startswith("accounts.")
        ]
    assert all(message.hint for message in found)
    return sorted(str(message.id) for message in found)


pytestmark = pytest.mark.django_db


def test_good_settings_pass():
    assert _ids() == []


@pytest.mark.parametrize(
    ("changes", "ids"),
    [
        ({"SECRET_KEY": ""}, ["accounts.E001"]),
        ({"SECRET_KEY": "kurz"}, ["accounts.E001"]),
        ({"SECRET_KEY": "insecure-key-for-development-only"}, ["accounts.E001"]),
        ({"LEARNING_KEY_PEPPERS": []}, ["accounts.E002"]),
        ({"LEARNING_KEY_PEPPERS": ["p7" * 30, "kurz"]}, ["accounts.E002"]),
        ({"LEARNING_KEY_PEPPERS": [GOOD]}, ["accounts.E003"]),
        ({"ALLOWED_HOSTS": []}, ["accounts.E004"]),
        ({"ALLOWED_HOSTS": ["*"]}, ["accounts.E004"]),
        ({"SITE_URL": "http://127.0.0.1:8000"}, ["accounts.E005"]),
        (
            {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"},
            ["accounts.W006"],
        ),
        ({"DEFAULT_FROM_EMAIL": "webmaster@localhost"}, ["accounts.W006"]),
    ],
)
def test_each_slip_is_named(changes, ids):
    assert _ids(**changes) == ids


def test_demo_people_are_refused_in_production():
    with override_settings(DEMO_PEOPLE=True, **_PEPPERS):
        demo.create_demo_people()

    assert _ids() == ["accounts.E007"]


def test_namesake_with_an_own_password_is_no_demo_person(tom):
    assert _ids() == []


def test_check_survives_an_empty_database(monkeypatch):
    assert checks.check_demo_people(None, databases=None) == []


_PEPPERS = {"LEARNING_KEY_PEPPERS": PRODUCTION["LEARNING_KEY_PEPPERS"]}


def test_list_of_words_is_whole(monkeypatch):
    assert checks.check_words(None) == []
    monkeypatch.setattr(keys, "word_list", lambda: ("apfel",))

    [message] = checks.check_words(None)
    assert message.id == "accounts.E008"
