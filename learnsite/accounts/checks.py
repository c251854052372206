"""System checks: what an operator forgets, with a hint how to mend it."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from . import cast, keys
from .models import User

SHORTEST_SECRET = 32
WORDS_NEEDED = 2048


@register(Tags.security, deploy=True)
def check_secrets(app_configs: Any, **kwargs: object) -> list[CheckMessage]:
    """Secrets are there, long enough and not those of development."""
    messages: list[CheckMessage] = []
    try:
        secret = settings.SECRET_KEY
    except ImproperlyConfigured:  # how Django speaks of an empty one
        secret = ""
    if len(secret) < SHORTEST_SECRET or secret.startswith("insecure"):
        messages.append(
            Error(
                "SECRET_KEY is missing or too short.",
                hint=(
                    "Set the environment variable SECRET_KEY to at least 50 random "
                    "characters and keep it; a new one signs everybody out."
                ),
                id="accounts.E001",
            )
        )
    peppers = settings.LEARNING_KEY_PEPPERS
    if not peppers or any(
        len(pepper) < SHORTEST_SECRET or pepper.startswith("insecure")
        for pepper in peppers
    ):
        messages.append(
            Error(
                "LEARNING_KEY_PEPPERS is missing or has an entry that is too short.",
                hint=(
                    "Set it to at least 50 random characters and back it up apart from "
                    "the database: without it no learning key opens an account. To "
                    "rotate, put the new one first and keep the old one behind it."
                ),
                id="accounts.E002",
            )
        )
    elif secret in peppers:
        messages.append(
            Error(
                "LEARNING_KEY_PEPPERS repeats SECRET_KEY.",
                hint="Use two independent random values.",
                id="accounts.E003",
            )
        )
    return messages


@register(Tags.security, deploy=True)
def check_hosts(app_configs: Any, **kwargs: object) -> list[CheckMessage]:
    """The site knows its own name."""
    messages: list[CheckMessage] = []
    if not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        messages.append(
            Error(
                "ALLOWED_HOSTS is empty or allows every host.",
                hint="Set ALLOWED_HOSTS to the site's names, separated by commas.",
                id="accounts.E004",
            )
        )
    host = urlsplit(settings.SITE_URL).hostname
    if host in (None, "127.0.0.1", "localhost"):
        messages.append(
            Error(
                "SITE_URL is not the public address of the site.",
                hint=(
                    "Set SITE_URL, for example https://lernen.example.de – learning "
                    "cards and mails carry it."
                ),
                id="accounts.E005",
            )
        )
    return messages


@register(Tags.security, deploy=True)
def check_mail(app_configs: Any, **kwargs: object) -> list[CheckMessage]:
    """Mail leaves the machine and has a sender, and no journal keeps what it says."""
    if (
        settings.EMAIL_BACKEND.endswith("smtp.EmailBackend")
        and "localhost" not in settings.DEFAULT_FROM_EMAIL
    ):
        return []
    return [
        Warning(
            "Mail is not sent, or has no sender of yours.",
            hint=(
                "Set EMAIL_URL (smtp+tls://user:password@host:587) and "
                "DEFAULT_FROM_EMAIL. Without mail nobody can set a new password; "
                "learning keys work without it."
            ),
            id="accounts.W006",
        )
    ]


@register(Tags.database, deploy=True)
def check_demo_people(
    app_configs: Any, databases: Any = None, **kwargs: object
) -> list[CheckMessage]:
    """No account with a published password or key."""
    if settings.DEMO_PEOPLE or not databases:
        return []
    try:
        found = list(
            User.objects.filter(username__in=cast.USERNAMES)
            | User.objects.filter(key_hash__in=keys.key_hashes(cast.lena_key()))
        )
    except DatabaseError:
        return []  # not migrated yet
    if not any(cast.opens_as_published(user) for user in found):
        return []
    return [
        Error(
            "Demo people are in this database; their passwords and keys are public.",
            hint="Run: manage.py remove_demo_people",
            id="accounts.E007",
        )
    ]


@register(Tags.security, deploy=True)
def check_tombstones(app_configs: Any, **kwargs: object) -> list[CheckMessage]:
    """What is erased can be written down for restored backups."""
    path = Path(settings.TOMBSTONES)
    if os.access(path if path.exists() else path.parent, os.W_OK):
        return []
    return [
        Error(
            "The list of what was erased cannot be written.",
            hint=(
                "Set TOMBSTONES to a file that the site's user may write, outside of "
                "the database, in a folder that exists."
            ),
            id="accounts.E009",
        )
    ]


@register(Tags.security, deploy=True)
def check_demo_setting(app_configs: Any, **kwargs: object) -> list[CheckMessage]:
    """Demo people, who need no second step, exist on one's own machine only."""
    if settings.DEBUG or not settings.DEMO_PEOPLE:
        return []
    return [
        Error(
            "DEMO_PEOPLE is on where people learn.",
            hint="Set DEMO_PEOPLE = False; only development settings switch it on.",
            id="accounts.E010",
        )
    ]


@register()
def check_words(app_configs: Any, **kwargs: object) -> list[CheckMessage]:
    """The list of words is whole; a key's strength hangs on it."""
    try:
        count = len(set(keys.word_list()))
    except OSError:
        count = 0
    if count == WORDS_NEEDED:
        return []
    return [
        Error(
            f"The list of key words has {count} words instead of {WORDS_NEEDED}.",
            hint="Restore learnsite/accounts/words/key_words.txt from the release.",
            id="accounts.E008",
        )
    ]
