"""System checks of certificates."""

from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register

HINT = (
    "On Debian and Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 "
    "libharfbuzz-subset0"
)


def pdf_is_possible() -> bool:
    """Say whether WeasyPrint finds its system libraries."""
    try:
        import weasyprint  # noqa: F401, PLC0415 - needs Pango
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
