"""Whether this site sends mail; some live without."""

from django.conf import settings

NOWHERE = "django.core.mail.backends.dummy.EmailBackend"


def is_sent() -> bool:
    """Return whether a mail goes anywhere: without ``EMAIL_URL`` none does."""
    return settings.EMAIL_BACKEND != NOWHERE
