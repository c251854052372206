"""Settings for the tests: like development, but fast and without side effects."""

import os
import tempfile
from pathlib import Path

from learnsite.catalogues import compile_changed

from .base import *  # noqa: F403
from .base import STORAGES, env

# Here, because pytest-django starts Django, which reads them, before any conftest.
compile_changed()

DEBUG = False
SECRET_KEY = "test-key"  # noqa: S105
LEARNING_KEY_PEPPERS = ["test-pepper"]
BADGE_KEYS = ["test-badge-key"]
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if static_root := env.str("TEST_STATIC_ROOT", default=""):
    # The browser tests see hashed and compressed files, as in production.
    STATIC_ROOT = Path(static_root)
else:
    STORAGES = {
        **STORAGES,
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        },
    }
    # Looked for when asked for: each test client would list them all at its start.
    WHITENOISE_USE_FINDERS = True
    WHITENOISE_AUTOREFRESH = True
MEDIA_ROOT = Path(
    env.str(
        "TEST_MEDIA_ROOT", default=str(Path(tempfile.gettempdir()) / "learnsite-media")
    )
)
TOMBSTONES = str(Path(tempfile.gettempdir()) / f"learnsite-erased-{os.getuid()}")
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
LOCAL_MEMORY = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {
    "default": {"BACKEND": LOCAL_MEMORY},
    "rooms": {
        "BACKEND": LOCAL_MEMORY,
        "LOCATION": "rooms",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    },
}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
