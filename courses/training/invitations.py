"""Invitations: a secret on paper or in a mail that says which employee is meant.

A secret has twelve characters of the alphabet of join codes, about 57 bits. Its hash is
keyed with the peppers of learning keys, so that it can be tried at the site only, where
wrong ones are slowed down; a slow hash would add nothing. Whoever holds a secret may
take the test for that person, as whoever holds a slip of paper could: so a new one ends
the old one.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Case, CharField, Value, When

from courses.groups.codes import ALPHABET, read_characters
from learnsite.accounts import tombstones

from .accesses import note_access
from .models import Employee, EmployeeAccess

LENGTH = 12
GROUP = 4
#: Of the player, above this package; invitations speak German like the first page.
PAGE = "/einladung/"
#: So many rows take a new hash in one statement; SQLite allows a limited number of
#: values in one.
BATCH = 200
#: Under this kind a list of what was revoked holds invitations.
INVITATION = "invitation"


def new_secret() -> str:
    """Return a random secret."""
    return "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))


def read_secret(typed: str) -> str:
    """Return the secret somebody meant, or an empty string if it cannot be one.

    Of an address only the part after ``#`` counts; case, blanks, hyphens and characters
    that look alike do not matter.
    """
    return read_characters(typed.rpartition("#")[2], LENGTH)


def written(secret: str) -> str:
    """Return a secret as it is shown: three groups of four."""
    return "-".join(secret[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def address(secret: str) -> str:
    """Return the address that opens an invitation; the secret stands behind ``#``."""
    return f"{settings.SITE_URL.rstrip('/')}{PAGE}#{written(secret)}"


@transaction.atomic
def invite(
    employees: Iterable[Employee], *, only_first: bool = False
) -> dict[Employee, str]:
    """Give each employee a new secret; return it, for it is shown once.

    An earlier one opens nothing any more, not even when a backup is restored. With
    ``only_first`` whoever has one by now keeps it and is left out, so that what was
    clicked twice ends nobody's. Whoever makes one could open it: so it is noted that
    one was made, once a day, where the person reads it.
    """
    people = list(employees)
    if only_first:
        free = _without_invitation(people)
        people = [employee for employee in people if employee.pk in free]
    made = {employee: new_secret() for employee in people}
    hashes = {employee.pk: _hashes(made[employee])[0] for employee in made}
    keys = list(hashes)
    for start in range(0, len(keys), BATCH):
        batch = keys[start : start + BATCH]
        whens = [When(pk=key, then=Value(hashes[key])) for key in batch]
        Employee.objects.filter(pk__in=batch).update(
            invitation=Case(*whens, output_field=CharField())
        )
    tombstones.note_last(INVITATION, hashes)
    for organisation in {each.organisation_id for each in made}:
        theirs = (each.pk for each in made if each.organisation_id == organisation)
        note_access(organisation, theirs, EmployeeAccess.INVITED)
    return made


def _without_invitation(people: Iterable[Employee]) -> set[UUID]:
    """Return who has none, and lock their rows: whoever asks meanwhile waits."""
    keys = [employee.pk for employee in people]
    rows = Employee.objects.filter(pk__in=keys, invitation=None, left=None)
    return set(rows.select_for_update().order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def revoke(employee: Employee, secret: str) -> None:
    """Take an invitation back that nobody got, also where a backup is restored.

    One that was made since stays.
    """
    own = Employee.objects.filter(pk=employee.pk, invitation__in=_hashes(secret))
    if own.update(invitation=None):
        tombstones.note_last(INVITATION, {employee.pk: ""})


def state_of(employees: Iterable[Employee]) -> str:
    """Return a short name of the invitations of some people; it changes with them."""
    pairs = sorted((str(each.pk), each.invitation) for each in employees)
    return hashlib.sha256(repr(pairs).encode()).hexdigest()[:16]


def employee_of_invitation(typed: str) -> Employee | None:
    """Return whom an invitation is for; None where it opens nothing (any more)."""
    secret = read_secret(typed)
    if not secret:
        return None
    people = Employee.objects.filter(left=None, invitation__in=_hashes(secret))
    return people.select_related("unit", "organisation").first()


def _hashes(secret: str) -> list[str]:
    """Return the hash of a secret under each pepper, newest first."""
    message = b"invitation:" + secret.encode()
    return [
        hmac.new(pepper.encode(), message, hashlib.sha256).hexdigest()
        for pepper in settings.LEARNING_KEY_PEPPERS
    ]
