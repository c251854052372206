"""Settings for a site that people use. Secrets come from the environment only."""

from .base import *  # noqa: F403
from .base import SITE_URL, env

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31536000)
# Off until asked for: what a browser once noted binds every host of a domain for long.
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_SUBDOMAINS", default=False)
SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", default=False)
SESSION_COOKIE_SECURE = SITE_URL.startswith("https://")
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE
# Asked for by name, done otherwise: frames are refused by the security policy, forged
# requests by our subclass of Django's middleware (learnsite/accounts/csrf.py). W005 and
# W021 ask for subdomains and preload, which the operator decides (see above).
SILENCED_SYSTEM_CHECKS = [
    "security.W002",
    "security.W003",
    "security.W005",
    "security.W021",
]
