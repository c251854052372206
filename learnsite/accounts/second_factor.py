"""Whether somebody signs in with a second factor, as staff roles require.

A passkey counts: it is something one has, opened by something one is or knows. Recovery
codes alone do not. The demo's people have none; they exist in development only.
"""

from allauth.mfa.models import Authenticator
from django.db.models import Exists

from . import cast
from .models import User

KINDS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def second_factor_of(user: User) -> Exists:
    """Return an expression that is true where ``user`` has a second factor."""
    return Exists(Authenticator.objects.filter(user=user.pk, type__in=KINDS))


def may_go_without(user: User) -> bool:
    """Return whether this is one of the demo's people, where a demo is wanted."""
    return user.username in cast.USERNAMES and not cast.is_refused(user)


def has_second_factor(user: User) -> bool:
    """Return whether somebody may use a role of staff: one statement."""
    return (
        may_go_without(user)
        or Authenticator.objects.filter(user=user.pk, type__in=KINDS).exists()
    )
