"""What the CMS learns from ``courses``: exercises, questions, outdated translations."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel
from wagtail.admin.views.generic import DeleteView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import Button
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from content.pages.base import SitePage

from .catalogue import tryout
from .catalogue.models import CoursePage, LessonPage
from .catalogue.variety import few_questions_message, goals_with_few_questions
from .groups.models import Organisation
from .packages.questions.views import import_questions, may_import
from .progress.queries import has_finishers
from .training.closing import erase_organisation
from .training.models import Evidence
from .translations.queries import (
    original_of,
    outdated_translations,
    state_of,
    with_outdated,
)
from .translations.views import OutdatedTranslations, comparison, still_right


class CloseOrganisation(DeleteView):
    """Close an organisation with everything of it, after saying what that is."""

    @property
    def confirmation_message(self) -> str:
        """Ask, and say what goes."""
        count = Evidence.objects.filter(employee__organisation=self.object).count()
        goes = ngettext(
            "With it go its groups, its list of people and %(count)d piece of "
            "evidence, for good. Reports that are still needed have to be downloaded "
            "first.",
            "With it go its groups, its list of people and %(count)d pieces of "
            "evidence, for good. Reports that are still needed have to be downloaded "
            "first.",
            count,
        )
        return f"{super().confirmation_message} {goes % {'count': count}}"

    def delete_action(self) -> None:
        """Note it in the log and erase; evidence would keep the organisation."""
        with transaction.atomic():
            log(instance=self.object, action="wagtail.delete")
            erase_organisation(self.object)


class OrganisationViewSet(ModelViewSet):
    """Organisations in the CMS, for those who run the site; people elsewhere.

    The CMS has no list of accounts to choose from: it would show all learners.
    """

    model = Organisation
    icon = "group"
    menu_label = _("Organisations")
    add_to_settings_menu = True
    panels = (
        FieldPanel("name"),
        FieldPanel("kind"),
        FieldPanel("ceiling"),
        FieldPanel(
            "retention_days",
            help_text=_(
                "For administrations and adult education, and only for groups opened "
                "from now on. Without effect in schools: their groups go with the "
                "school year."
            ),
        ),
        FieldPanel("evidence_years"),
        FieldPanel("sends_reminders"),
    )
    list_display = ("name", "kind")
    search_fields = ("name",)
    inspect_view_enabled = False
    delete_view_class = CloseOrganisation


@hooks.register("register_admin_viewset")
def register_organisations() -> OrganisationViewSet:
    """Offer organisations below the settings."""
    return OrganisationViewSet("organisations")


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern]:
    """Add the pages of the CMS that are ours; Wagtail asks for the sign-in."""
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
        path(
            "reports/translations/",
            OutdatedTranslations.as_view(),
            name="outdated_translations",
        ),
        path(
            "reports/translations/results/",
            OutdatedTranslations.as_view(results_only=True),
            name="outdated_translations_results",
        ),
        path("still-right/<int:page_id>/", still_right, name="translation_still_right"),
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


class EditorsMenuItem(MenuItem):
    """An entry for those who work on pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Leave it out for people without any page to edit."""
        return page_permission_policy.user_has_any_permission(
            request.user, ["add", "change", "publish"]
        )


@hooks.register("register_reports_menu_item")
def register_translations_report() -> MenuItem:
    """Offer the report of outdated translations."""
    return EditorsMenuItem(
        _("Outdated translations"),
        reverse("outdated_translations"),
        name="outdated-translations",
        icon_name="globe",
        order=1050,
    )


@hooks.register("construct_explorer_page_queryset")
def mark_outdated(parent_page: Page, pages: QuerySet, request: HttpRequest) -> QuerySet:
    """Let the list of pages say which translations are outdated."""
    return with_outdated(pages)


@hooks.register("before_edit_page")
def tell_outdated(request: HttpRequest, page: Page) -> None:
    """Say above the form that the original has changed, and what can be done."""
    if request.method != "GET" or state_of(page) is None:
        return
    messages.warning(
        request,
        _("The original of this translation was published with other words since."),
        buttons=[
            messages.button(comparison(page), _("See what changed")),
            messages.button(
                reverse("translation_still_right", args=[page.pk]), _("Still right …")
            ),
        ],
    )


@hooks.register("before_edit_page")
def tell_of_goals(request: HttpRequest, page: Page) -> None:
    """Say above a course's form which goals reviews could ask about with one question.

    A course without questions is only begun; nobody is told what to write first. What
    a translation lacks is its original's to get, or still to be translated.
    """
    course = page.specific
    if request.method != "GET" or not isinstance(course, CoursePage):
        return
    if original_of(course):
        return
    lessons = LessonPage.objects.live().child_of(course)
    asked = [
        goal
        for goals in lessons.values_list("exercise_goals", flat=True)
        for goal in goals.values()
    ]
    few = goals_with_few_questions(course.public_goal_ids(), asked)
    if asked and few:
        messages.warning(request, few_questions_message(few))


@hooks.register("after_publish_page")
def tell_of_translations(request: HttpRequest, page: Page) -> None:
    """Say after publishing an original which translations now lag behind."""
    specific = page.specific
    if not isinstance(specific, SitePage):
        return
    lagging = outdated_translations(specific).select_related("locale")
    if names := [str(other.locale.get_display_name()) for other in lagging]:
        messages.warning(
            request,
            ngettext(
                "This translation may be outdated now: %(languages)s.",
                "These translations may be outdated now: %(languages)s.",
                len(names),
            )
            % {"languages": ", ".join(names)},
            buttons=[messages.button(reverse("outdated_translations"), _("Show"))],
        )


@hooks.register("after_publish_page")
def tell_of_finishers(request: HttpRequest, page: Page) -> None:
    """Say after publishing a new lesson that it is open for who had finished."""
    lesson = LessonPage.objects.filter(pk=page.pk).first()
    if lesson is None or lesson.first_published_at != lesson.last_published_at:
        return
    others = LessonPage.objects.live().sibling_of(lesson, inclusive=False)
    keys = others.values_list("translation_key", flat=True)
    if has_finishers(keys, without=lesson.translation_key):
        messages.warning(
            request,
            _(
                "There are learners who had finished this course. This lesson is open "
                "for them now, and they get a certificate again once it is done; those "
                "who had passed the final test keep theirs, without this lesson. "
                "Larger additions are better made as a new version: a course of its "
                "own."
            ),
        )
