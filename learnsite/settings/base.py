"""Settings that hold everywhere. What differs comes from the environment.

Every variable read here stands in ``docs/operate.md``; a test keeps that list complete.
"""

from pathlib import Path

import environ
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = BASE_DIR / "var"
VAR_DIR.mkdir(exist_ok=True)  # SQLite does not make its folder

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

# --- Where and who ---------------------------------------------------------------

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY", default="")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
# Peppers of the learning keys, newest first. They live apart from SECRET_KEY, because
# a lost SECRET_KEY costs sessions, a lost pepper costs every learning key.
LEARNING_KEY_PEPPERS = env.list("LEARNING_KEY_PEPPERS", default=[])
# Sign open badges, newest first; without any, none are offered.
BADGE_KEYS = env.list("BADGE_KEYS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000")
WAGTAILADMIN_BASE_URL = SITE_URL
DEMO_PEOPLE = False

ROOT_URLCONF = "learnsite.urls"
WSGI_APPLICATION = "learnsite.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "learnsite.accounts",
    "content",
    "courses",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "learnsite.accounts.wagtail_users.LearnsiteUsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",  # allauth's list of passkeys uses it
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "learnsite.middleware.content_security_policy",
    "learnsite.middleware.readable_length",
    "learnsite.middleware.page_cache",
    # Inside the page cache, so that kept pages are compressed once.
    "learnsite.middleware.compression",
    "learnsite.redirects.moved_pages",
    # Around whatever sets a cookie.
    "learnsite.middleware.shared_device",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "learnsite.accounts.csrf.SameOriginCsrfMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "learnsite.accounts.cms_guard.second_factor_for_cms",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Plug-in folders (question types, labs) are no apps; APP_DIRS misses them.
        "DIRS": [
            BASE_DIR / "learnsite" / "templates",
            BASE_DIR / "courses" / "exercises" / "types",
            BASE_DIR / "content" / "labs",
        ],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "learnsite.shell.shell",
            ],
        },
    }
]

# --- Database and cache ------------------------------------------------------------

DATABASES = {
    "default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'site.sqlite3'}")
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # Writers queue at BEGIN instead of failing at their first write.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL;"
            "PRAGMA synchronous=NORMAL;"
            "PRAGMA cache_size=-16000;"
            "PRAGMA temp_store=MEMORY;"
        ),
    }
    DATABASES["default"]["CONN_MAX_AGE"] = None
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

CACHES = {"default": env.cache("CACHE_URL", default="locmemcache://learnsite")}
if CACHES["default"]["BACKEND"].endswith(("LocMemCache", "FileBasedCache")):
    CACHES["default"].setdefault("OPTIONS", {})["MAX_ENTRIES"] = 5000
# What is kept of rooms stands nowhere else, so it never makes way for pages; nor do
# tests that were handed in and the waits of picture PINs, which stand beside it.
CACHES["rooms"] = {
    **CACHES["default"],
    "KEY_PREFIX": "rooms",
    "OPTIONS": {**CACHES["default"].get("OPTIONS", {})},
}
if CACHES["rooms"]["BACKEND"].endswith("LocMemCache"):
    CACHES["rooms"]["LOCATION"] = "rooms"
    CACHES["rooms"]["OPTIONS"]["MAX_ENTRIES"] = 200_000
elif CACHES["rooms"]["BACKEND"].endswith("FileBasedCache"):
    CACHES["rooms"]["BACKEND"] = "learnsite.room_files.RoomFiles"
    CACHES["rooms"]["LOCATION"] = f"{CACHES['default']['LOCATION']}/rooms"
PAGE_CACHE_SECONDS = env.int("PAGE_CACHE_SECONDS", default=3600)

# --- Sessions, sign-in ----------------------------------------------------------------

SESSION_ENGINE = "learnsite.accounts.sessions"
SESSION_COOKIE_NAME = "sitzung"
# How long somebody stays signed in who chose to; everybody else until the browser is
# closed, because devices are shared.
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "schutz"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"
LANGUAGE_COOKIE_NAME = "sprache"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

PROGRESS_COOKIE_NAME = "lernstand"
TESTS_COOKIE_NAME = "abschlusstest"
REVIEW_COOKIE_NAME = "wiederholen"
# An answer on its way to the page that explains it; a minute, without script only.
ANSWER_COOKIE_NAME = "antwort"
PROGRESS_COOKIE_AGE = 365 * 24 * 3600
# So long the cache remembers that a test without account was handed in.
SPENT_RUN_AGE = 14 * 24 * 3600
# A random token until the card of a new key has arrived; ten minutes at most.
NEW_KEY_COOKIE_NAME = "schluessel"
TEXT_SIZE_COOKIE_NAME = "ansicht"
# A seat in a room, until the browser is closed.
ROOM_COOKIE_NAME = "raum"
# Whose invitation was opened on the device, and their test for evidence.
EMPLOYEE_COOKIE_NAME = "einladung"
EVIDENCE_COOKIE_NAME = "nachweis"
# Their entry check of a renewal, which proves what it finds known.
RENEWAL_COOKIE_NAME = "auffrischung"
# A device that several people use one after the other for their training; so long after
# its last use.
KIOSK_COOKIE_NAME = "gemeinsam"
KIOSK_COOKIE_AGE = 90 * 24 * 3600

AUTHENTICATION_BACKENDS = [
    "learnsite.accounts.backends.AccountBackend",
    "learnsite.accounts.backends.LearningKeyBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": (
            "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"
        )
    },
]

# Most accounts are opened by a key; its page leads on to user name and passkey.
LOGIN_URL = "key_signin"
LOGIN_REDIRECT_URL = "learning"
WAGTAILADMIN_LOGIN_URL = "cms_door"
WAGTAIL_FRONTEND_LOGIN_URL = "key_signin"
WAGTAILADMIN_RECENT_EDITS_LIMIT = 5

ACCOUNT_FORMS = {
    "login": "learnsite.accounts.forms.NameSignInForm",
    "signup": "learnsite.accounts.forms.NameSignUpForm",
}
ACCOUNT_ADAPTER = "learnsite.accounts.adapter.AccountAdapter"
MFA_ADAPTER = "learnsite.accounts.adapter.MFAAdapter"
# Whether people may create accounts with a user name themselves; keys always work.
SIGNUP_OPEN = env.bool("SIGNUP_OPEN", default=True)
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PRESERVE_USERNAME_CASING = False
# A class shares one address, and a user name is no secret: no limit may keep anybody
# out who knows the password. Wrong ones are counted by our adapter instead.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    # Left for the six digits of a second step: known to few, and tried by whoever
    # knows the password already.
    "login_failed": "5/300s/key",
    # Keys count here too. Two classes may start within a minute, ten in an hour.
    "signup": "60/m/ip,400/h/ip",
}
MFA_RATE_LIMITS = {"webauthn_login": None}  # nothing there to guess
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
# A code typed as it changes still counts: one step to either side (RFC 6238, 5.2).
MFA_TOTP_TOLERANCE = 1
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {"add_webauthn": "learnsite.accounts.forms.PasskeyForm"}

# --- Language ---------------------------------------------------------------------

# Leichte Sprache is a language of its own (BCP 47 variant "simple").
LANG_INFO.setdefault(
    "de-simple",
    {
        "bidi": False,
        "code": "de-simple",
        "name": "Easy-to-read German",
        "name_local": "Leichte Sprache",
    },
)
LANGUAGE_CODE = "de"
LANGUAGES = [
    ("de", _("German")),
    ("de-simple", _("Easy-to-read German")),
    ("en", _("English")),
]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
WAGTAILADMIN_PERMITTED_LANGUAGES = [("de", "Deutsch"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["learnsite.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Berlin"

# --- Files --------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "learnsite" / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "content.plugins.PluginStaticFinder",
    "learnsite.static_files.JoinedStyleFinder",
]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR_DIR / "media")))
# What was erased, as hashes, so that a restored backup can be told; apart from the
# database, which a restore replaces.
TOMBSTONES = env.str("TOMBSTONES", default=str(VAR_DIR / "tombstones.txt"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "learnsite.static_files.HashedStorage"},
}
LIBRARY_DIR = BASE_DIR / "content" / "library"

# --- Wagtail ------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Datenkundig"
# Who knows the name that editors gave the site: mails, passkeys, exports carry it.
SITE_NAME_FROM = "content.identity.site_name"
WAGTAIL_ALLOW_UNICODE_SLUGS = False  # no route reads others
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "AUTO_UPDATE": True}
}
TASKS = {"default": {"BACKEND": "content.indexing.Backend"}}
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # no request to a third party
WAGTAIL_ENABLE_UPDATE_CHECK = False  # nothing calls home
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILEMBEDS_FINDERS: list[dict[str, object]] = []  # foreign media is never embedded
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp", "svg"]
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "content.images.EditorImageForm"
WAGTAILDOCS_EXTENSIONS = [
    "csv", "epub", "mp3", "mp4", "odp", "ods", "odt", "ogg", "opus", "pdf", "txt",
    "vtt", "webm", "zip",
]  # fmt: skip

# --- Security, mail -----------------------------------------------------------------

SECURE_CONTENT_TYPE_NOSNIFF = True
# "no-referrer" makes Chromium send "Origin: null" and breaks the origin check.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# Without an address of a mail server mails go nowhere: printed, they would stand in the
# journal, links for a new password included.
vars().update(env.email_url("EMAIL_URL", default="dummymail://"))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="webmaster@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        # Django's own handler mails REMOTE_ADDR; ours logs a line without it.
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "django.request": {
            "handlers": ["console"],
            "level": "ERROR",
            "propagate": False,
        },
        "django.server": {"handlers": ["console"], "level": "WARNING"},
    },
}
