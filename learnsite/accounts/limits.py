"""Tells whoever guesses to wait, without storing an address or locking anybody out.

An address is only ever used as a hash under a salt that lives in this process's memory
for an hour. Only wrong keys and wrong passwords count. A correct one passes at any
moment, because a whole class sits behind one address, and whoever knows a user name
could lock its owner out; so a wait never delays an answer, it only says how long to let
be.
"""

import hashlib
import hmac
import math
import secrets
import time
from dataclasses import dataclass
from threading import Lock

from allauth.core import ratelimit
from allauth.core.internal.httpkit import get_client_ip
from allauth.core.internal.ratelimit import truncate_ip
from django.core.cache import caches
from django.core.cache.backends.base import BaseCache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

SALT_SECONDS = 3600
# A class of thirty may mistype once each before anybody is asked to wait.
FREE_FAILURES = 30
# Of pictures, which are asked of one person.
FREE_PICTURES = 5
LONGEST_WAIT = 30
MOST_ADDRESSES = 10_000


class _Salt:
    """Random bytes, new every hour; never written anywhere."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._bytes = b""
        self._until = 0.0

    def current(self) -> bytes:
        """Return the salt of this hour."""
        with self._lock:
            now = time.monotonic()
            if now >= self._until:
                self._bytes = secrets.token_bytes(32)
                self._until = now + SALT_SECONDS
            return self._bytes


_salt = _Salt()


def address_hash(request: HttpRequest) -> str:
    """Return a stand-in for the address of a request, useless after an hour.

    Of an IPv6 address the network counts, as allauth has it.
    """
    address = truncate_ip(get_client_ip(request) or "unknown")
    return hmac.new(_salt.current(), address.encode(), hashlib.sha256).hexdigest()[:32]


@dataclass
class _Failures:
    count: int = 0
    wait_until: float = 0.0


class WrongGuesses:
    """Counts wrong keys, or wrong passwords, per hashed address, in memory.

    ``free`` wrong guesses cost nothing.
    """

    def __init__(self, free: int = FREE_FAILURES) -> None:
        self._free = free
        self._lock = Lock()
        self._failures: dict[str, _Failures] = {}

    def record(self, address: str) -> int:
        """Count a wrong guess; return the seconds to wait, 0 for none."""
        now = time.monotonic()
        with self._lock:
            if len(self._failures) >= MOST_ADDRESSES:
                self._failures.clear()
            failures = self._failures.setdefault(address, _Failures())
            if now < failures.wait_until:
                return math.ceil(failures.wait_until - now)
            failures.count += 1
            failures.wait_until = now + wait_after(failures.count, self._free)
            return 0

    def wait(self, address: str) -> int:
        """Return the seconds still to wait, 0 for none; counts nothing."""
        with self._lock:
            failures = self._failures.get(address)
            left = failures.wait_until - time.monotonic() if failures else 0
            return max(0, math.ceil(left))

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._failures.clear()


def wait_after(failures: int, free: int = FREE_FAILURES) -> float:
    """Return the seconds to let be after so many wrong guesses: 0, 1, 2, 4 … 30."""
    over = failures - free
    return 0.0 if over <= 0 else float(min(LONGEST_WAIT, 2 ** min(over - 1, 10)))


wrong_keys = WrongGuesses()
wrong_passwords = WrongGuesses()


def may_sign_up(request: HttpRequest) -> bool:
    """Count a new account from this address; return whether it may be made.

    Keys and user names count together (``ACCOUNT_RATE_LIMITS``), by hashed address.
    """
    return ratelimit.consume(request, action="signup")


def record_wrong_key(request: HttpRequest) -> int:
    """Count a wrong key from the address of ``request``; return seconds to wait."""
    return wrong_keys.record(address_hash(request))


def record_wrong_password(request: HttpRequest) -> int:
    """Count a wrong password from this address; return seconds to wait."""
    return wrong_passwords.record(address_hash(request))


# --- Picture PINs ---------------------------------------------------------------------


@dataclass(frozen=True)
class PictureTry:
    """A try of somebody's pictures: ``wait`` seconds, or 0 where it is looked at."""

    wait: int
    _place: str = ""

    def was_right(self) -> None:
        """Count the try no longer."""
        _shared().delete(self._place)


def try_pictures(owner: object) -> PictureTry:
    """Count a try of an account's pictures, before they are looked at.

    These waits are kept to: there are few picture PINs, and only whoever holds the card
    gets so far as to be kept waiting. So they stand in the cache that all processes
    share. Each try takes a place of its own in one step; of several at once only one is
    looked at. A place is gone after an hour and tells neither whose it is, without the
    site's secret, nor that of the hour before.
    """
    account = _account_hash(owner)
    now = time.time()
    number, ends = 0, 0.0
    while (found := _shared().get(f"{account}:{number + 1}")) is not None:
        number, ends = number + 1, found
    left = min(math.ceil(ends - now), LONGEST_WAIT)  # should the clock be set back
    if left > 0:
        return PictureTry(left)
    place = f"{account}:{number + 1}"
    until = now + wait_after(number + 1, FREE_PICTURES)
    if not _shared().add(place, until, SALT_SECONDS):
        return PictureTry(1)
    return PictureTry(0, place)


def _account_hash(owner: object) -> str:
    """Return a stand-in for an account, the same in all processes for an hour."""
    salt = _shared().get_or_set("pictures-salt", _new_salt, SALT_SECONDS)
    digest = salted_hmac(f"{__name__}.pictures.{salt}", str(owner), algorithm="sha256")
    return f"pictures:{digest.hexdigest()}"


def _new_salt() -> str:
    return secrets.token_hex(32)


def _shared() -> BaseCache:
    return caches["rooms"]
