"""Writes about accounts: issue and replace keys, sign in and out, erase."""

from collections.abc import Sequence

from allauth.account.app_settings import EmailVerificationMethod
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.flows.logout import logout
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.account.models import Login
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from . import keys, pseudonyms, tombstones
from .models import Session, User

CARD_UNSEEN = "key_card_unseen"
KEY_BACKEND = "learnsite.accounts.backends.LearningKeyBackend"


def issue_learning_key(
    *, display_name: str | None = None
) -> tuple[User, tuple[str, ...]]:
    """Create an account that a new learning key opens; return it and the key's words.

    The words exist only in what this returns: show them once, store them nowhere.
    """
    words = keys.generate()
    user = User.objects.create_user(
        display_name=display_name or pseudonyms.invent(),
        key_hash=keys.key_hash(words),
    )
    return user, words


def has_only_key(user: User) -> bool:
    """Return whether the learning key is the only proof of who somebody is."""
    return bool(user.key_hash) and not get_reauthentication_flows(user)


def replace_learning_key(
    *, user: User, request: HttpRequest | None = None
) -> tuple[str, ...]:
    """Give an account a new key and return its words.

    The old key is dead at once and all sessions end, except the one of ``request``. It
    stays dead when a backup is restored.
    """
    words = keys.generate()
    with transaction.atomic():
        user.key_hash = keys.key_hash(words)
        user.save(update_fields=["key_hash"])
        tombstones.note_new_key(user=user)
        Session.objects.filter(user=user).exclude(
            session_key=request.session.session_key if request else None
        ).delete()
    if request is not None:
        update_session_auth_hash(request, user)
    return words


def mark_of_key(user: User) -> str:
    """Return what a form says of the key it replaces; tells nothing of the key.

    A form sent again (a reload) names a key that is gone already, and does nothing.
    """
    mark = salted_hmac("learnsite.accounts.services.mark_of_key", user.key_hash or "")
    return mark.hexdigest()[:16]


def card_is_unseen(request: HttpRequest) -> bool:
    """Return whether the only key was made in this session and may be on no paper.

    Then nobody could type it, and the session stands in for it: for another card, and
    for nothing else. Ends with "I have written it down" and when the key is typed.
    """
    user = request.user
    if not isinstance(user, User) or CARD_UNSEEN not in request.session:
        return False
    return has_only_key(user)


def sign_in(
    *,
    request: HttpRequest,
    user: User,
    shared_device: bool = True,
    redirect_url: str | None = None,
) -> HttpResponse:
    """Sign somebody in by key and return where to go.

    Goes through allauth, so a second step is asked for where the account has one.
    On a shared device the session ends with the browser. Signing in counts as a
    confirmation: the same words twice in a row prove nothing more. Writes the session,
    once a month the month, and nothing else.
    """
    had_token = settings.CSRF_COOKIE_NAME in request.COOKIES
    user.backend = KEY_BACKEND
    login = Login(
        user=user,
        # Addresses are none of a key's business; asking would cost a statement.
        email_verification=EmailVerificationMethod.NONE,
        redirect_url=redirect_url,
    )
    response = perform_login(request, login)
    if request.user.is_authenticated:  # and not on the way to a second step
        confirm_by_key(request=request, user=user)
    request.session.set_expiry(0 if shared_device else settings.SESSION_COOKIE_AGE)
    if not had_token:
        # Signing in renews the token of a form; who has none needs no cookie for it.
        request.META.pop("CSRF_COOKIE_NEEDS_UPDATE", None)
    return response


def refresh_key_hash(*, user: User, words: Sequence[str]) -> None:
    """Store the key under the newest pepper, if it was found under an older one.

    Sessions on other devices end, because the hash is part of them.
    """
    newest = keys.key_hash(words)
    if user.key_hash != newest:
        user.key_hash = newest
        user.save(update_fields=["key_hash"])


def confirm_by_key(*, request: HttpRequest, user: User) -> None:
    """Note in the session that this person proved a moment ago who they are.

    Whoever has the key has seen its card.
    """
    request.session.pop(CARD_UNSEEN, None)
    record_authentication(request, user, method="key", reauthenticated=True)


def sign_out(*, request: HttpRequest) -> None:
    """End the session; nothing of it stays on the server."""
    logout(request, show_message=False)


def rename(*, user: User, display_name: str) -> None:
    """Change the name shown; an empty one is replaced by an invented one."""
    user.display_name = display_name.strip() or pseudonyms.invent()
    user.save(update_fields=["display_name"])


@transaction.atomic
def erase_account(*, user: User) -> None:
    """Erase an account and all that is stored about the person, at once.

    What an editor wrote stays, without a name. Sessions end everywhere. Nothing is
    kept but a hash that says so to a restored backup (see ``tombstones``). What foreign
    keys do not take along goes by the hooks of ``registry.on_erase`` (see ``signals``).
    """
    user.delete()
