"""“Original geändert” in the CMS: a report, and a page to say “still right”."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.views.reports import PageReportView
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from .queries import original_of, state_of
from .services import confirm


class OutdatedTranslations(PageReportView):
    """All translations whose original has changed since."""

    index_url_name = "outdated_translations"
    index_results_url_name = "outdated_translations_results"
    results_template_name = "courses/cms/outdated_translations.html"
    page_title = gettext_lazy("Outdated translations")
    header_icon = "globe"
    export_headings: ClassVar[dict[str, Any]] = {
        "locale": gettext_lazy("Language"),
        "url": gettext_lazy("Address"),
    }
    list_export: ClassVar[list[str]] = ["title", "locale", "url"]
    any_permission_required: ClassVar[list[str]] = ["add", "change", "publish"]

    def get_queryset(self) -> QuerySet:
        """Return the pages that whoever asks may edit, by language and place."""
        pages = page_permission_policy.instances_user_has_permission_for(
            self.request.user, "change"
        )
        outdated = pages.filter(translated__is_outdated=True)
        self.queryset = outdated.select_related("locale").order_by("locale_id", "path")
        return super().get_queryset()

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        """Add the original, and where its change is shown."""
        pages = list(object_list)
        for page in pages:
            page.original = original_of(page.specific_deferred)
            page.comparison = comparison(page)
        return pages


def comparison(page: Page) -> str:
    """Return where the CMS shows what changed in the original of a translation.

    The original's history, where it is not known what the translation was made from.
    """
    state = state_of(page)
    original = original_of(page.specific_deferred)
    if original is None:
        return ""
    if state is None or state.original_revision_id is None:
        return reverse("wagtailadmin_pages:history", args=[original.pk])
    since = str(state.original_revision_id)
    return reverse(
        "wagtailadmin_pages:revisions_compare", args=[original.pk, since, "live"]
    )


@require_http_methods(["GET", "HEAD", "POST"])
def still_right(request: HttpRequest, page_id: int) -> HttpResponse:
    """Ask whether a translation is still right; on POST take the word for it."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    if request.method == "POST":
        confirm(page=page)
        messages.success(
            request,
            _("“%(title)s” counts as right for its original of today.")
            % {"title": page.get_admin_display_title()},
        )
        return redirect("wagtailadmin_pages:edit", page.pk)
    context = {
        "page": page,
        "original": original_of(page),
        "comparison": comparison(page),
        "is_outdated": state_of(page) is not None,
    }
    return render(request, "courses/cms/still_right.html", context)
