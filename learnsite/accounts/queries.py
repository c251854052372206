"""Reads about accounts."""

from collections.abc import Sequence

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils import timezone

from . import cast, keys
from .models import Session, User

SECOND_STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def user_for_key(words: Sequence[str]) -> User | None:
    """Return the active account a key opens, or None.

    One statement for all peppers; it also brings along whether a second step guards
    the account (``has_second_step``), which allauth would ask for by another. The
    demo's published key opens nothing where ``DEMO_PEOPLE`` is off.
    """
    if cast.is_refused_key(words):
        return None
    guarded = Authenticator.objects.filter(user=OuterRef("pk"), type__in=SECOND_STEPS)
    return (
        User.objects.filter(key_hash__in=keys.key_hashes(words), is_active=True)
        .annotate(has_second_step=Exists(guarded))
        .first()
    )


def is_open_elsewhere(request: HttpRequest, user: User) -> bool:
    """Return whether an account has another session than the one of a request.

    Also where somebody closed the browser without signing out.
    """
    now = timezone.now()
    others = Session.objects.filter(user=user.pk, expire_date__gt=now)
    return others.exclude(session_key=request.session.session_key).exists()
