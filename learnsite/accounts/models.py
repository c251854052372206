"""Who someone is: one model for every kind of account.

A person may have a learning key, a user name with password, an address, passkeys, or
several of these. Nothing here tells when in a month somebody came.
"""

import uuid
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from .sessions import SessionStore


def current_month() -> date:
    """Return the first day of the current month."""
    return timezone.localdate().replace(day=1)


class UserManager(BaseUserManager["User"]):
    """Creates accounts; learning keys are issued in ``services``."""

    def create_user(
        self,
        username: str | None = None,
        email: str = "",
        password: str | None = None,
        **fields: Any,
    ) -> "User":
        """Create an account; without a password it can only be opened by key."""
        user = self.model(
            username=self.model.normalize_username(username) if username else None,
            email=self.normalize_email(email) or "",
            **fields,
        )
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(
        self,
        username: str,
        email: str = "",
        password: str | None = None,
        **fields: Any,
    ) -> "User":
        """Create an account that may do everything."""
        fields.update(is_staff=True, is_superuser=True)
        return self.create_user(username, email, password, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the account of a user name, however its capitals are typed."""
        return self.get(username=self.model.normalize_username(username))


class User(AbstractBaseUser, PermissionsMixin):
    """An account. ``key_hash`` is a keyed hash; the key itself is never stored.

    ``last_login`` keeps its type, because the password-reset token needs it, but only
    ever holds the first of a month (see ``signals``).
    """

    # Random, so that no order of joining can be read from it.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(
        _("User name"),
        max_length=150,
        null=True,
        blank=True,
        unique=True,
    )
    display_name = models.CharField(_("Display name"), max_length=80, blank=True)
    email = models.EmailField(_("E-mail address"), blank=True)
    key_hash = models.CharField(
        max_length=80,
        null=True,
        blank=True,
        unique=True,
        editable=False,
    )
    # A keyed hash of four pictures, asked after the key of a class's card.
    picture_pin = models.CharField(max_length=64, blank=True, editable=False)
    is_active = models.BooleanField(_("Active"), default=True)
    is_staff = models.BooleanField(_("May enter the CMS"), default=False)
    joined = models.DateField(_("Month of joining"), default=current_month)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self) -> str:
        return self.display_name or self.username or self.email or str(self.pk)

    @classmethod
    def normalize_username(cls, username: Any) -> Any:
        """Return a user name as it is stored: small, as signing in looks it up."""
        name = super().normalize_username(username)
        return name.lower() if isinstance(name, str) else name

    def clean(self) -> None:
        """Normalise the user name; an empty one is stored as none at all."""
        if self.username:
            super().clean()
        else:
            self.username = None
        self.email = type(self).objects.normalize_email(self.email)

    def get_full_name(self) -> str:
        """Return the name shown; people need not have another."""
        return str(self)

    def get_short_name(self) -> str:
        """Return the name shown."""
        return str(self)

    def _get_session_auth_hash(self, secret: str | bytes | None = None) -> str:
        # The key counts like a password: a new one ends all older sessions. Django
        # calls this for the current secret and for each fall-back.
        return salted_hmac(
            "learnsite.accounts.models.User.get_session_auth_hash",
            f"{self.password}:{self.key_hash or ''}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()


class Session(AbstractBaseSession):
    """A session row that knows whose it is, so that erasing an account takes it along.

    Written by ``sessions.SessionStore`` only. ``expire_date`` is a fixed hour of the
    night.
    """

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, null=True, related_name="+"
    )

    @classmethod
    def get_session_store_class(cls) -> type["SessionStore"]:
        """Return the store that reads and writes these rows."""
        from .sessions import SessionStore  # noqa: PLC0415 - the store imports models

        return SessionStore


class Upkeep(models.Model):
    """A single row (id 1): since when this site exists, when housekeeping last ended.

    The operator's times, of no learner; ``upkeep`` reads and writes them.
    """

    since = models.DateTimeField(default=timezone.now)
    succeeded = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.succeeded)


class WaitingMail(models.Model):
    """A mail that waits for the night (see ``outbox``); gone once it is sent.

    The address is looked up when it is sent, so none is kept here.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    subject = models.CharField(max_length=200)
    body = models.TextField()
    day = models.DateField(default=timezone.localdate)

    def __str__(self) -> str:
        return self.subject


class Tombstone(models.Model):
    """Something that was erased or revoked, as a keyed hash; kept 35 days.

    ``sealed`` is empty but for a learning key: then it is what took its place,
    unreadable without the account (see ``tombstones``).
    """

    forgets_order = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    sealed = models.CharField(max_length=64, blank=True)
    day = models.DateField(default=timezone.localdate)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("kind", "digest"), name="one_tombstone"),
        )

    def __str__(self) -> str:
        return f"{self.kind}, {self.day}"
