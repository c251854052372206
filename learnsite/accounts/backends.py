"""Ways to prove who one is. Permissions come from ``AccountBackend`` alone."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from . import cast
from .models import User


class AccountBackend(AuthenticationBackend):
    """User name or e-mail address with password."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Return whom the password opens; a published one opens only the demo."""
        user = super().authenticate(request, **credentials)
        published = credentials.get("password") == cast.PASSWORD
        if user and published and cast.is_refused(user):
            return None
        return user


class LearningKeyBackend(BaseBackend):
    """The sessions of a learning key; the page of keys opens them, PIN and all."""

    def get_user(self, user_id: Any) -> User | None:
        """Return the person of a session, unless the account is switched off."""
        return User.objects.filter(pk=user_id, is_active=True).first()
