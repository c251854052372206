"""System checks for what operators forget."""

from typing import Any

from django.core.checks import Tags, Warning, register
from django.db import DatabaseError

from .identity import SiteIdentity


@register(Tags.database, deploy=True)
def operator_is_named(**_options: Any) -> list[Warning]:
    """Warn while imprint and privacy notice would not say who runs the site."""
    try:
        identity = SiteIdentity.objects.first() or SiteIdentity()
    except DatabaseError:  # not migrated yet; another check says so
        return []
    missing = identity.missing()
    if not missing:
        return []
    return [
        Warning(
            f"The site's operator is incomplete: {', '.join(missing)}.",
            hint=(
                "Imprint and privacy notice need it. Fill it in under Settings → "
                "Name and operator of the site in the CMS."
            ),
            id="content.W001",
        )
    ]
