"""Makes and removes demo people for a first look; ``cast`` says who they are."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.db.models import Q

from . import keys, services
from .cast import LENA, PASSWORD, STAFF, USERNAMES, lena_key, opens_as_published
from .models import User


@dataclass(frozen=True)
class DemoPerson:
    """What to print for somebody who wants to look around as this person."""

    name: str
    sign_in: str
    username: str = ""
    password: str = ""
    learning_key: str = ""


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


def demo_people() -> list[User]:
    """Return the accounts of the cast; a namesake with secrets of their own is none."""
    cast = User.objects.filter(
        Q(username__in=USERNAMES) | Q(key_hash__in=keys.key_hashes(lena_key()))
    )
    return [user for user in cast if opens_as_published(user)]


def remove_demo_people() -> int:
    """Erase the cast and return how many there were."""
    people = demo_people()
    for user in people:
        services.erase_account(user=user)
    return len(people)


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
