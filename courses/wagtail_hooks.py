"""What the CMS learns from ``courses``: exercises can be tried out in the preview."""

from django.urls import URLPattern, path
from wagtail import hooks

from .catalogue import tryout


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern]:
    """Add where a preview sends answers; Wagtail asks for the sign-in."""
    return [
        path(
            "try-exercise/<slug:key>/<path:preview>",
            tryout.answer,
            name="try_exercise",
        ),
    ]
