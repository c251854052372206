"""Demo people for a first look, with passwords and a key that everybody knows."""

from collections.abc import Sequence
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.db.models import Q

from . import keys, services
from .models import User

PASSWORD = "hellingen-zeigt-alles"  # noqa: S105 - public by purpose
LENA = "Lena"
# (user name, name shown, groups, administrator)
STAFF = (
    ("tom", "Tom (Lehrkraft)", (), False),
    ("redaktion", "Redaktion", ("Editors", "Moderators"), False),
    ("leitung", "Leitung", (), True),
)
USERNAMES = tuple(username for username, *_ in STAFF)
LENA_KEY_PLACES = (0, 409, 818, 1227, 1636, 2045)


@dataclass(frozen=True)
class DemoPerson:
    """What to print for somebody who wants to look around as this person."""

    name: str
    sign_in: str
    username: str = ""
    password: str = ""
    learning_key: str = ""


def lena_key() -> tuple[str, ...]:
    """Return Lena's fixed key."""
    words = keys.word_list()
    return tuple(words[place] for place in LENA_KEY_PLACES)


@transaction.atomic
def create_demo_people() -> list[DemoPerson]:
    """Create the cast, or find it, and return how to sign in as each.

    Raises ``ImproperlyConfigured`` where ``DEMO_PEOPLE`` is off. A second run changes
    nothing.
    """
    if not settings.DEMO_PEOPLE:
        raise ImproperlyConfigured("Demo people exist only where DEMO_PEOPLE is on.")
    people = [_lena()]
    people += [_with_password(*entry) for entry in STAFF]
    return people


def remove_demo_people() -> int:
    """Erase the cast and return how many there were."""
    cast = User.objects.filter(
        Q(username__in=USERNAMES) | Q(key_hash__in=keys.key_hashes(lena_key()))
    )
    people = [user for user in cast if opens_as_published(user)]
    for user in people:
        services.erase_account(user=user)
    return len(people)


def opens_as_published(user: User) -> bool:
    """Return whether the published password or key opens this account."""
    if user.key_hash in keys.key_hashes(lena_key()):
        return True
    return user.username in USERNAMES and user.check_password(PASSWORD)


def is_refused(user: User) -> bool:
    """Return whether this is one of the cast left over where no demo is wanted.

    Ask only about somebody who typed the published password.
    """
    return not settings.DEMO_PEOPLE and user.username in USERNAMES


def is_refused_key(words: Sequence[str]) -> bool:
    """Return whether this is the published key, where no demo is wanted."""
    return not settings.DEMO_PEOPLE and tuple(words) == lena_key()


def _lena() -> DemoPerson:
    words = lena_key()
    known = User.objects.filter(key_hash__in=keys.key_hashes(words)).exists()
    if not known:
        User.objects.create_user(display_name=LENA, key_hash=keys.key_hash(words))
    return DemoPerson(LENA, "/schluessel/", learning_key=keys.written(words))


def _with_password(
    username: str, display_name: str, groups: tuple[str, ...], administrator: bool
) -> DemoPerson:
    user = User.objects.filter(username=username).first()
    if user is None:
        user = User.objects.create_user(
            username,
            f"{username}@example.org",
            PASSWORD,
            display_name=display_name,
            is_staff=bool(groups) or administrator,
            is_superuser=administrator,
        )
        user.groups.set(Group.objects.filter(name__in=groups))
        EmailAddress.objects.create(
            user=user, email=user.email, verified=True, primary=True
        )
    return DemoPerson(
        display_name, "/konto/login/", username=username, password=PASSWORD
    )
