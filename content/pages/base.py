"""What every page of this site shares. Page models never see a learner."""

import re
from collections.abc import Iterator
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.models import Page

from content.memory import remembered
from content.requests import generation_of, offer_languages, same_for_everyone

HEADING = re.compile(r"<h([2-4])\b[^>]*>(.*?)</h\1>", re.DOTALL)


class SitePage(Page):
    """A page written by editors or imported from a package.

    ``package_id`` is the author's identity of the page and never changes;
    ``import_hash`` is the hash of the canonical text last imported.
    """

    # How packages and ``LinkBlock`` name this kind of page: page, course or lesson.
    link_kind: ClassVar[str] = "page"

    # A copy is another page; a translation is the same one, see ``copy``.
    exclude_fields_in_copy: ClassVar[list[str]] = ["package_id", "import_hash"]

    summary = models.TextField(gettext_lazy("Summary"), blank=True)
    as_of = models.DateField(
        gettext_lazy("As of"),
        null=True,
        blank=True,
        help_text=gettext_lazy("Day on which the facts were last checked."),
    )
    package_id = models.CharField(
        gettext_lazy("Id in packages"),
        max_length=80,
        blank=True,
        db_index=True,
        help_text=gettext_lazy(
            "Lower-case letters, digits and hyphens. It names this page in course "
            "packages and links and should never change."
        ),
    )
    import_hash = models.CharField(max_length=64, blank=True, editable=False)
    draft_notice = models.CharField(
        gettext_lazy("Draft notice"),
        max_length=250,
        blank=True,
        help_text=gettext_lazy("Shown at the top of the page while it is not empty."),
    )
    in_footer = models.BooleanField(gettext_lazy("Link in the footer"), default=False)

    promote_panels: ClassVar[list[Any]] = [
        *Page.promote_panels,
        MultiFieldPanel(
            [
                FieldPanel("summary"),
                FieldPanel("as_of"),
                FieldPanel("draft_notice"),
                FieldPanel("in_footer"),
                FieldPanel("package_id"),
            ],
            heading=gettext_lazy("About this page"),
        ),
    ]

    class Meta:
        abstract = True

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """Keep the import hash of the table: going back to an old revision is an edit.

        Were it restored with the revision, the next import would take the page for
        untouched and write over what an editor chose.
        """
        page = super().with_content_json(content)
        page.import_hash = self.import_hash
        return page

    def clean(self) -> None:
        """Refuse a double id, and headings that skip a level in any of the streams."""
        super().clean()
        errors: dict[str, list[str]] = {}
        if self.package_id:
            errors |= self._package_id_errors()
        for name, stream in self.streams():
            if skipped := skipped_heading(stream):
                errors[name] = [
                    _(
                        "The heading “%(heading)s” skips a level. After a heading of "
                        "level %(before)d comes at most level %(allowed)d."
                    )
                    % skipped
                ]
        if errors:
            raise ValidationError(errors)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page; it is the same for every reader and may be kept whole.

        Side effect: tells the language switch where each language has this page.
        """
        addresses = self.addresses(generation_of(request))
        offer_languages(request, lambda code: addresses.get(code) or f"/{code}/")
        response = super().serve(request, *args, **kwargs)
        if getattr(request, "is_preview", False):
            return response
        return same_for_everyone(response)

    def addresses(self, generation: int) -> dict[str, str]:
        """Return the address of this page in each language that has it.

        A language without it gets its home page: better than a page not found.
        """
        return remembered(("addresses", self.pk), generation, self._addresses)

    def _addresses(self) -> dict[str, str]:
        homes = Page.objects.live().filter(depth=2).select_related("locale")
        translations = self.get_translations(inclusive=True).live()
        pages = [*homes, *translations.select_related("locale")]
        return {page.locale.language_code: page.url for page in pages if page.url}

    def copy(self, *args: Any, **kwargs: Any) -> Any:
        """Copy the page; only a translation keeps the id it has in packages."""
        if not kwargs.get("reset_translation_key", True):
            attributes = kwargs.get("update_attrs") or {}
            kwargs["update_attrs"] = {"package_id": self.package_id, **attributes}
        return super().copy(*args, **kwargs)

    def streams(self) -> Iterator[tuple[str, StreamValue]]:
        """Yield name and value of every stream of blocks on this page."""
        for field in self._meta.concrete_fields:
            if isinstance(field, StreamField):
                yield field.name, getattr(self, field.name)

    def package_siblings(self) -> models.QuerySet:
        """Return the pages among which ``package_id`` must be unique.

        A lesson's id is unique within its course, any other within its language.
        """
        same_kind = type(self).objects.filter(locale_id=self.locale_id)
        if self.link_kind == "lesson":
            course_path = self.path[: -self.steplen]
            return same_kind.filter(path__startswith=course_path, depth=self.depth)
        return same_kind

    def _package_id_errors(self) -> dict[str, list[str]]:
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", self.package_id):
            text = _("Use lower-case letters, digits and single hyphens only.")
            return {"package_id": [text]}
        others = self.package_siblings().filter(package_id=self.package_id)
        if others.exclude(pk=self.pk).exists():
            text = _("Another page of this language already has this id.")
            return {"package_id": [text]}
        return {}


def skipped_heading(stream: StreamValue) -> dict[str, Any] | None:
    """Return text and levels of the first heading that skips a level, if any.

    Only text blocks at the top of a stream count; the page title is level 1.
    """
    before = 1
    for block in stream:
        if block.block_type != "text":
            continue
        for level, words in HEADING.findall(block.value.source):
            if int(level) > before + 1:
                heading = strip_tags(words)
                return {"heading": heading, "before": before, "allowed": before + 1}
            before = int(level)
    return None
