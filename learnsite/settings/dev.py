"""Settings for a first look and for development: works without any variable."""

from .base import *  # noqa: F403
from .base import (
    ALLOWED_HOSTS,
    BADGE_KEYS,
    LEARNING_KEY_PEPPERS,
    MIDDLEWARE,
    SECRET_KEY,
    STORAGES,
    env,
)

DEBUG = True
DEMO_PEOPLE = True
SECRET_KEY = SECRET_KEY or "insecure-key-for-development-only"
BADGE_KEYS = BADGE_KEYS or ["insecure-badge-key-for-development"]
LEARNING_KEY_PEPPERS = LEARNING_KEY_PEPPERS or ["insecure-pepper-for-development"]
ALLOWED_HOSTS = ALLOWED_HOSTS or ["127.0.0.1", "localhost", "[::1]"]
MIDDLEWARE = [*MIDDLEWARE, "learnsite.middleware.RealNotFound"]
# Mails are read where the server runs.
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
