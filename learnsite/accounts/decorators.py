"""Guards for what must not happen by somebody else's hand on an open screen."""

import time
from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import (
    did_recently_reauthenticate,
    get_reauthentication_flows,
)
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from .models import User
from .services import card_is_unseen

View = Callable[..., HttpResponse]


def confirm_key_required(
    view: View, comes_back: Callable[[], str] | None = None
) -> View:
    """Ask people to prove again who they are before ``view``.

    Stands before all that takes an account along, opens it another way, or ends it.
    With password or second step allauth asks; with a learning key we do, because for
    allauth a person without password counts as confirmed at any time. Proof holds for
    ``ACCOUNT_REAUTHENTICATION_TIMEOUT`` (five minutes); signing in with a key is one.

    Who was asked before a download comes back to the page with the link
    (``comes_back``), which says that it has begun: a file leaves no page to stand on.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        target = comes_back() if comes_back else request.get_full_path()
        if not request.user.is_authenticated:
            return redirect_to_login(target)
        if recently_confirmed(request):
            return view(request, *args, **kwargs)
        return redirect(f"{_confirmation_url(request)}?{urlencode({'next': target})}")

    return guarded


def confirm_key_unless_unseen(view: View) -> View:
    """Like ``confirm_key_required``, but for whoever may never have seen the key.

    Only another card may be had this way (see ``services.card_is_unseen``).
    """
    asked = confirm_key_required(view)

    @wraps(view)
    @login_required
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        chosen = view if card_is_unseen(request) else asked
        return chosen(request, *args, **kwargs)

    return guarded


def person_of(request: HttpRequest) -> User:
    """Return the account of a signed-in request; refuse all others."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def recently_confirmed(request: HttpRequest) -> bool:
    """Return whether this person proved a moment ago who they are."""
    if _confirmed_by_key(request):
        return True
    if person_of(request).key_hash and not _asked_by_allauth(request):
        return False
    return did_recently_reauthenticate(request)


def _confirmed_by_key(request: HttpRequest) -> bool:
    limit = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
    return any(
        record.get("method") == "key"
        and record.get("reauthenticated")
        and record["at"] > limit
        for record in get_authentication_records(request, request.user)
    )


def _asked_by_allauth(request: HttpRequest) -> bool:
    return bool(get_reauthentication_flows(request.user))


def _confirmation_url(request: HttpRequest) -> str:
    methods = get_adapter(request).get_reauthentication_methods(request.user)
    return methods[0]["url"] if methods else reverse("key_confirm")
