"""What the CMS learns from ``courses``: trying out exercises, importing questions."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.models import Page

from .catalogue import tryout
from .catalogue.models import LessonPage
from .packages.questions.views import import_questions, may_import


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern]:
    """Add where a preview sends answers; Wagtail asks for the sign-in."""
    return [
        path(
            "try-exercise/<slug:key>/<path:preview>",
            tryout.answer,
            name="try_exercise",
        ),
        path(
            "import-questions/<int:page_id>/",
            import_questions,
            name="import_questions",
        ),
    ]


@hooks.register("register_page_header_buttons")
def offer_import(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Offer the import in the menu of each lesson a person may edit."""
    is_lesson = issubclass(page.specific_class or Page, LessonPage)
    if is_lesson and page.pk and may_import(page, user):
        yield Button(
            _("Import questions"),
            reverse("import_questions", args=[page.pk]),
            icon_name="help",
            priority=70,
        )
