"""One new account for a form that may arrive twice: a double click, a lost reply.

Until the card with the key has arrived, the device holds a random token, and the key
follows from it. So a second form opens the account of the first and shows its key once
more, in whichever order the two are worked on. Nothing is stored for it: the account
has the hash that every key has, and a cache knows for ten minutes that the token is in
use. After that the token opens nothing any more, so that whoever comes later to a
shared device never gets into the account of somebody before.

A token is signed for the ten minutes of the clock it was made in, and good until the
next ten are over, so that one that somebody made up is worth nothing. What remains:
whoever had a shared device within those twenty minutes, and took its token or left one
there that was issued elsewhere, reads the same key as whoever clicks there afterwards.
"""

import hashlib
import secrets
import time

from django.core.cache import caches
from django.db import IntegrityError, transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from . import keys
from .models import User
from .services import issue_learning_key

TOKEN_SECONDS = 600


def new_token() -> str:
    """Return a token for the cookie of a device: 256 random bits and a signature.

    No time can be read from it.
    """
    drawn = secrets.token_urlsafe(32)
    return f"{drawn}.{_signature(drawn, _window())}"


def is_token(value: str) -> bool:
    """Whether we issued this in the current window of ``TOKEN_SECONDS`` or the last."""
    drawn, _dot, signature = value.partition(".")
    window = _window()
    return any(
        constant_time_compare(signature, _signature(drawn, each))
        for each in (window, window - 1)
    )


def issue_key_once(*, token: str) -> tuple[User, tuple[str, ...]]:
    """Create the account that belongs to a token, or find it; return its words, too.

    A token that was in use longer ago than ``TOKEN_SECONDS`` gets an account of its
    own, as everybody does (:func:`issue_learning_key`).
    """
    words = keys.derived(token)
    same = User.objects.filter(key_hash=keys.key_hash(words))
    # The cache whose entries leave the disk as soon as they have expired.
    in_use, mark = caches["rooms"], _mark(token)
    if user := same.first():
        return (user, words) if in_use.get(mark) else issue_learning_key()
    in_use.add(mark, True, TOKEN_SECONDS)
    try:
        with transaction.atomic():
            return issue_learning_key(words=words)
    except IntegrityError:  # the same form arrived at the same moment
        return same.get(), words


def _window() -> int:
    """Return the number of the current window of ``TOKEN_SECONDS``."""
    return int(time.time()) // TOKEN_SECONDS


def _signature(drawn: str, window: int) -> str:
    signed = salted_hmac(f"{__name__}.token", f"{drawn} {window}", algorithm="sha256")
    return signed.hexdigest()


def _mark(token: str) -> str:
    return f"new-key:{hashlib.sha256(token.encode()).hexdigest()}"
