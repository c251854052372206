"""System checks of certificates."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from .pango import weasyprint

HINT = (
    "On Debian and Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 "
    "libharfbuzz-subset0"
)


SHORTEST_SECRET = 32


def pdf_is_possible() -> bool:
    """Say whether WeasyPrint finds its system libraries."""
    try:
        weasyprint()
    except OSError:
        return False
    return True


@register(Tags.compatibility)
def check_pango(**kwargs: Any) -> list[CheckMessage]:
    """Warn where no certificate could be made."""
    if pdf_is_possible():
        return []
    return [
        Warning(
            "Certificates cannot be made: WeasyPrint does not find Pango.",
            hint=HINT,
            id="courses.W001",
        )
    ]


@register(Tags.security, deploy=True)
def check_badge_keys(**kwargs: Any) -> list[CheckMessage]:
    """Refuse keys that somebody could guess; having none is fine."""
    weak = [
        secret
        for secret in settings.BADGE_KEYS
        if len(secret) < SHORTEST_SECRET or secret.startswith("insecure")
    ]
    if not weak:
        return []
    return [
        Error(
            "BADGE_KEYS has an entry that is too short.",
            hint=(
                "Set each entry to at least 50 random characters, or leave BADGE_KEYS "
                "empty: then the site offers no open badges."
            ),
            id="courses.E001",
        )
    ]
