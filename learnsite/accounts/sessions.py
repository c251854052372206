"""Sessions that tell nobody when in the day somebody came.

Four things differ from Django's database store:

* ``expire_date`` is rounded up to a fixed hour of the night, so it tells a day.
* The data are signed without a time; Django's signature holds the second of writing.
* Time stamps that allauth leaves in the session data are veiled (see ``veil``), and
  the request it would keep for later (with address and browser) is dropped. A veiled
  time that has become useless is forgotten with the next page, or by housekeeping.
* Signing in writes one row once; Django writes three times.
"""

import secrets
import time
from datetime import datetime, timedelta
from datetime import time as time_of_day
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.serializers import JSONSerializer
from django.core.signing import BadSignature, Signer
from django.db import IntegrityError
from django.utils import timezone
from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac

if TYPE_CHECKING:
    from .models import Session

NIGHT = time_of_day(3)
# How long the server keeps a session that ends with the browser.
SHARED_DEVICE_AGE = timedelta(days=1)

# allauth's two time stamps: confirmations ("at") and half-finished sign-ins.
TIME_KEYS = frozenset({"at", "initiated_at"})
# The longest of allauth's time-outs, in minutes (ACCOUNT_LOGIN_TIMEOUT is 15).
VEIL_MINUTES = 15
LONG_AGO = 1.0
ALLAUTH_USER_KEY = "account_authentication_methods_user"
ALLAUTH_SUSPENDED_KEY = "account_reauthentication_state"


def following_night(moment: datetime) -> datetime:
    """Return the first 03:00 local time at or after ``moment``."""
    local = timezone.localtime(moment)
    night = datetime.combine(local.date(), NIGHT, tzinfo=local.tzinfo)
    if night < local:
        night = datetime.combine(
            local.date() + timedelta(days=1), NIGHT, tzinfo=local.tzinfo
        )
    return night


def veil(data: Any) -> Any:
    """Return session data without readable times.

    A time that still matters (somebody confirmed who they are a moment ago) becomes a
    keyed hash of its minute: the store can find out within ``VEIL_MINUTES`` whether it
    is recent, and nobody can read a time from the database. All others become
    ``LONG_AGO``.
    """
    if isinstance(data, list):
        return [veil(item) for item in data]
    if not isinstance(data, dict):
        return data
    signed_in_only = "method" in data and not data.get("reauthenticated")
    return {
        key: _veiled(value, drop=signed_in_only)
        if key in TIME_KEYS and isinstance(value, int | float)
        else veil(value)
        for key, value in data.items()
    }


def unveil(data: Any) -> Any:
    """Return session data with veiled times as seconds again, to the minute."""
    if isinstance(data, list):
        return [unveil(item) for item in data]
    if not isinstance(data, dict):
        return data
    return {
        key: _unveiled(value)
        if key in TIME_KEYS and isinstance(value, str)
        else unveil(value)
        for key, value in data.items()
    }


def has_outdated_mark(data: Any) -> bool:
    """Return whether stored data hold the mark of a time that matters no longer."""
    if isinstance(data, list):
        return any(has_outdated_mark(item) for item in data)
    if not isinstance(data, dict):
        return False
    return any(
        _unveiled(value) == LONG_AGO
        if key in TIME_KEYS and isinstance(value, str)
        else has_outdated_mark(value)
        for key, value in data.items()
    )


def read(session_data: str) -> dict[str, Any]:
    """Return what a row holds, times still veiled; empty if we did not write it."""
    try:
        return _signer().unsign_object(session_data, serializer=JSONSerializer)
    except (BadSignature, ValueError):
        return {}


def write(data: dict[str, Any]) -> str:
    """Return what a row is to hold; it does not tell when it was written."""
    return _signer().sign_object(data, serializer=JSONSerializer, compress=True)


def _signer() -> Signer:
    return Signer(salt="learnsite.accounts.sessions.data")


def _veiled(seconds: float, *, drop: bool) -> float | str:
    minute = int(seconds // 60)
    if drop or not 0 <= _current_minute() - minute <= VEIL_MINUTES:
        return LONG_AGO
    nonce = secrets.token_hex(6)
    return f"{nonce}:{_minute_hash(nonce, minute)}"


def _unveiled(token: str) -> float:
    nonce, _, digest = token.partition(":")
    now = _current_minute()
    for minute in range(now, now - VEIL_MINUTES - 1, -1):
        if constant_time_compare(digest, _minute_hash(nonce, minute)):
            return minute * 60.0
    return LONG_AGO


def _current_minute() -> int:
    return int(time.time() // 60)


def _minute_hash(nonce: str, minute: int) -> str:
    return salted_hmac(
        "learnsite.accounts.sessions", f"{nonce}:{minute}", algorithm="sha256"
    ).hexdigest()[:32]


class SessionStore(DatabaseStore):
    """Database sessions to the day, with the person they belong to."""

    _unsaved = False

    @classmethod
    def get_model_class(cls) -> type["Session"]:
        """Return the model whose rows carry the person."""
        from .models import Session  # noqa: PLC0415 - models are not loaded earlier

        return Session

    def encode(self, session_dict: dict[str, Any]) -> str:
        """Serialise without readable times and without a suspended request."""
        data = veil(session_dict)
        if "request" in (data.get(ALLAUTH_SUSPENDED_KEY) or {}):
            del data[ALLAUTH_SUSPENDED_KEY]
        return write(data)

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """Restore what ``encode`` wrote; outdated marks go when the response leaves."""
        data = read(str(session_data))
        if has_outdated_mark(data):
            self.modified = True
        return unveil(data)

    def get_expiry_date(self, **kwargs: Any) -> datetime:
        """Return the end of the session: an 03:00, never an exact time."""
        expiry = kwargs.get("expiry", self.get("_session_expiry"))
        ends_with_browser = settings.SESSION_EXPIRE_AT_BROWSER_CLOSE
        if expiry == 0 or (expiry is None and ends_with_browser):
            modified = kwargs.get("modification", timezone.now())
            return following_night(modified + SHARED_DEVICE_AGE)
        return following_night(super().get_expiry_date(**kwargs))

    def create_model_instance(self, data: dict[str, Any]) -> "Session":
        """Return the row to save, with its person."""
        row = cast("Session", super().create_model_instance(data))
        row.user_id = data.get(SESSION_KEY) or data.get(ALLAUTH_USER_KEY)
        return row

    def _get_new_session_key(self) -> str:
        # 165 random bits need no look whether they are taken; the insert would fail.
        return get_random_string(32, "abcdefghijklmnopqrstuvwxyz0123456789")

    def cycle_key(self) -> None:
        """Take a new key; the row is written once, when the response leaves."""
        data = self._get_session()  # type: ignore[attr-defined]
        old_key = self.session_key
        self._session_key = self._get_new_session_key()
        self._session_cache = data
        self._unsaved = True
        self.modified = True
        if old_key:
            self.delete(old_key)

    def save(self, must_create: bool = False) -> None:
        """Write the row. An account erased meanwhile ends the session."""
        create = must_create or (self._unsaved and self.session_key is not None)
        self._unsaved = False
        try:
            super().save(must_create=create)
        except (CreateError, IntegrityError) as error:
            # Keys do not collide; the account is gone. Trying again would never end.
            raise UpdateError from error

    def delete(self, session_key: str | None = None) -> None:
        """Delete the row in one statement."""
        key = session_key or self.session_key
        if key:
            self.model.objects.filter(session_key=key).delete()
