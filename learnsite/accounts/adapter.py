"""allauth's hooks: what it may see, send and store."""

from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import limits
from .landing import landing_of
from .naming import site_name
from .queries import SECOND_STEPS

TOO_MANY_WRONG = "too_many_wrong"


class AccountAdapter(DefaultAccountAdapter):
    """Knows no address of a machine and no browser."""

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse no password unread: allauth's limit would lock its owner out."""

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a wrong password, and from many on say how long to wait."""
        if seconds := limits.record_wrong_password(request):
            raise ValidationError(
                ngettext(
                    "These details are not correct, and many wrong passwords have "
                    "been entered from this network. Please wait %(seconds)d second, "
                    "then try again. The right password works at once.",
                    "These details are not correct, and many wrong passwords have "
                    "been entered from this network. Please wait %(seconds)d seconds, "
                    "then try again. The right password works at once.",
                    seconds,
                ),
                code=TOO_MANY_WRONG,
                params={"seconds": seconds},
            )

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return a stand-in for the address; rate limits need no more."""
        return limits.address_hash(request)

    def get_http_user_agent(self, request: HttpRequest) -> str:
        """Return nothing: which browser somebody uses is not our business."""
        return ""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return whether people may create accounts with a user name themselves."""
        return bool(settings.SIGNUP_OPEN)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return where somebody lands who asked for no page."""
        return landing_of(request.user)

    def format_email_subject(self, subject: str) -> str:
        """Prefix mails with the name of the site."""
        return f"[{site_name()}] {subject}"

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Send a mail that names the site as people know it."""
        site = SimpleNamespace(
            name=site_name(), domain=urlsplit(settings.SITE_URL).netloc
        )
        super().send_mail(template_prefix, email, {"current_site": site, **context})

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell somebody that a way to sign in has changed, without naming a machine."""
        if not app_settings.EMAIL_NOTIFICATIONS:
            return
        address = email or EmailAddress.objects.get_primary_email(user)
        if address:
            self.send_mail(template_prefix, address, {**(context or {}), "user": user})

    def get_reauthentication_methods(self, user: Any) -> list[dict]:
        """Offer the learning key beside password and passkey."""
        methods = super().get_reauthentication_methods(user)
        if getattr(user, "key_hash", None):
            methods.append(
                {
                    "id": "key",
                    "description": _("Use the learning key"),
                    "url": reverse("key_confirm"),
                }
            )
        return methods


class MFAAdapter(DefaultMFAAdapter):
    """Second steps and passkeys."""

    def is_mfa_enabled(self, user: Any, types: Any = None) -> bool:
        """Ask the database only if the account did not bring the answer along."""
        known = getattr(user, "has_second_step", None)
        if known is not None and types is not None and set(types) == set(SECOND_STEPS):
            return bool(known)
        return super().is_mfa_enabled(user, types)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """Number the passkeys of a person; people may rename them."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Passkey %(number)d") % {"number": number}

    def _get_site_name(self) -> str:
        return site_name()
