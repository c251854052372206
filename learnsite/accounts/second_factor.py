"""Whether somebody signs in with a second factor, as staff roles require.

A passkey counts: it is something one has, opened by something one is or knows. Recovery
codes alone do not. The demo's people have none; they exist in development only.
"""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Exists
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from . import cast
from .models import User

KINDS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
#: In the session: the page that asked for a second factor, to come back to.
WAY_ON = "second_factor_for"


def second_factor_of(user: User) -> Exists:
    """Return an expression that is true where ``user`` has a second factor."""
    return Exists(Authenticator.objects.filter(user=user.pk, type__in=KINDS))


def may_go_without(user: User) -> bool:
    """Return whether this is one of the demo's people, on somebody's own machine."""
    is_demo = settings.DEBUG and settings.DEMO_PEOPLE
    return is_demo and user.username in cast.USERNAMES


def has_second_factor(user: User) -> bool:
    """Return whether somebody may use a role of staff: one statement."""
    return (
        may_go_without(user)
        or Authenticator.objects.filter(user=user.pk, type__in=KINDS).exists()
    )


def second_factor_page(request: HttpRequest, why: str) -> HttpResponse:
    """Say that a role needs a second factor and how to set one up (403).

    ``why`` is the reason, in a sentence. The page that was asked for is offered again
    once the factor is there.
    """
    if request.method == "GET":
        request.session[WAY_ON] = request.get_full_path()
    addresses = EmailAddress.objects.filter(user=request.user, verified=False)
    context = {"why": why, "has_open_address": addresses.exists()}
    response = render(request, "accounts/second_factor.html", context, status=403)
    add_never_cache_headers(response)
    return response
