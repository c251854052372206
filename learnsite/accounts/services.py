"""Writes about accounts: issue and replace keys, sign in and out, erase."""

from collections.abc import Sequence
from dataclasses import dataclass

from allauth.account.app_settings import EmailVerificationMethod
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.flows.logout import logout
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.account.models import Login
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from . import keys, pictures, pseudonyms, tombstones
from .models import Session, User
from .registry import Need, needs_of

CARD_UNSEEN = "key_card_unseen"
KEY_BACKEND = "learnsite.accounts.backends.LearningKeyBackend"
#: How long the pictures may take after the key.
PICTURES_SECONDS = 600
PICTURES_SALT = "learnsite.accounts.services.key_was_right"


def issue_learning_key(
    *, display_name: str | None = None, words: tuple[str, ...] | None = None
) -> tuple[User, tuple[str, ...]]:
    """Create an account that a new learning key opens; return it and the key's words.

    The words exist only in what this returns: show them once, store them nowhere.
    Raises ``IntegrityError`` where ``words`` are given and open an account already.
    """
    words = words or keys.generate()
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


@dataclass(frozen=True)
class KeyWasRight:
    """Somebody typed a key; the pictures are still to come."""

    user: User
    shared_device: bool
    redirect_url: str | None


def seal_sign_in(*, user: User, shared_device: bool, redirect_url: str | None) -> str:
    """Return what the form of the pictures says of the key that was right.

    Signed, good for ten minutes, and worth nothing once the key is another. Nothing is
    stored of a sign-in that is only half done.
    """
    said = [str(user.pk), mark_of_key(user), shared_device, redirect_url]
    return signing.dumps(said, salt=PICTURES_SALT)


def unseal_sign_in(sealed: str) -> KeyWasRight | None:
    """Return the sign-in that waits for pictures, None for what is old or no such."""
    try:
        said = signing.loads(sealed, salt=PICTURES_SALT, max_age=PICTURES_SECONDS)
    except signing.BadSignature:
        return None
    key, mark, shared_device, redirect_url = said
    user = User.objects.filter(pk=key, is_active=True).first()
    if user is None or mark_of_key(user) != mark:
        return None
    return KeyWasRight(user, shared_device, redirect_url)


def is_pin_of(user: User, chosen: Sequence[str]) -> bool:
    """Return whether these pictures are somebody's picture PIN.

    Under any pepper; one found under an older pepper is stored under the newest.
    """
    known = pictures.pin_hashes(user.pk, chosen)
    if user.picture_pin not in known:
        return False
    if user.picture_pin != known[0]:
        user.picture_pin = known[0]
        user.save(update_fields=["picture_pin"])
    return True


def set_picture_pin(*, user: User, chosen: Sequence[str], request: HttpRequest) -> None:
    """Ask for these pictures after the key from now on.

    All other sessions end: whoever came in by the card alone is out.
    """
    with transaction.atomic():
        user.picture_pin = pictures.pin_hashes(user.pk, chosen)[0]
        user.save(update_fields=["picture_pin"])
        end_other_sessions(request=request, user=user)


def remove_picture_pin(*, user: User) -> None:
    """Let the key alone open the account again."""
    user.picture_pin = ""
    user.save(update_fields=["picture_pin"])


def end_other_sessions(*, request: HttpRequest, user: User) -> None:
    """Sign somebody out everywhere but here."""
    others = Session.objects.filter(user=user)
    others.exclude(session_key=request.session.session_key).delete()


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


class StillNeededError(Exception):
    """An account cannot go yet: something would be left with nobody."""

    def __init__(self, needs: Sequence[Need]) -> None:
        super().__init__("; ".join(need.advice for need in needs))
        self.needs = needs


@transaction.atomic
def erase_unless_needed(*, user: User) -> None:
    """Erase an account as :func:`erase_account` does, or raise and change nothing.

    Raises :class:`StillNeededError` where something would be left with nobody.
    """
    if needs := needs_of([user]):
        raise StillNeededError(needs)
    erase_account(user=user)


@transaction.atomic
def erase_account(*, user: User) -> None:
    """Erase an account and all that is stored about the person, at once.

    What an editor wrote stays, without a name. Sessions end everywhere. Nothing is
    kept but a hash that says so to a restored backup (see ``tombstones``). What foreign
    keys do not take along goes by the hooks of ``registry.on_erase`` (see ``signals``).
    """
    user.delete()
