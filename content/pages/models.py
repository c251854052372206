"""The pages of the site around the courses."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from content.blocks import ContentStream
from content.feedback.forms import FeedbackForm
from content.fields import SlimStreamField
from content.glossary.queries import terms_by_letter

from .base import SitePage


class HomePage(SitePage):
    """The first page of a language; the German one is the root of the site."""

    word_fields: ClassVar = [*SitePage.word_fields, "headline", "claim", "image_alt"]

    headline = models.CharField(_("Headline"), max_length=160, blank=True)
    claim = models.CharField(
        _("Claim"),
        max_length=120,
        blank=True,
        help_text=_("Stands beside the name of the site on every page."),
    )
    image = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("Picture"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    image_alt = models.CharField(
        _("Alternative text of the picture"), max_length=400, blank=True
    )
    body = SlimStreamField(ContentStream(), blank=True, verbose_name=_("Content"))

    content_panels: ClassVar = [
        *SitePage.content_panels,
        FieldPanel("headline"),
        FieldPanel("claim"),
        MultiFieldPanel(
            [FieldPanel("image"), FieldPanel("image_alt")], heading=_("Picture")
        ),
        FieldPanel("body"),
    ]
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    template = "content/pages/home.html"

    class Meta:
        verbose_name = _("home page")


class StandardPage(SitePage):
    """A page of text, for example about the project or for teachers."""

    body = SlimStreamField(ContentStream(), blank=True, verbose_name=_("Content"))

    content_panels: ClassVar = [*SitePage.content_panels, FieldPanel("body")]
    parent_page_types: ClassVar = ["content.HomePage", "content.StandardPage"]
    subpage_types: ClassVar = ["content.StandardPage"]
    template = "content/pages/standard.html"

    class Meta:
        verbose_name = _("standard page")


class LegalPage(SitePage):
    """Imprint, privacy notice or accessibility statement; linked from every page."""

    class Kind(models.TextChoices):
        """What the law asks for."""

        IMPRINT = "imprint", _("Imprint")
        PRIVACY = "privacy", _("Privacy notice")
        ACCESSIBILITY = "accessibility", _("Accessibility statement")

    kind = models.CharField(_("Kind"), max_length=20, choices=Kind.choices)
    body = SlimStreamField(ContentStream(), blank=True, verbose_name=_("Content"))

    content_panels: ClassVar = [
        *SitePage.content_panels,
        FieldPanel("kind"),
        FieldPanel("body"),
    ]
    parent_page_types: ClassVar = ["content.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    template = "content/pages/legal.html"

    class Meta:
        verbose_name = _("legal page")

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        """Add ``feedback_form`` on the accessibility statement."""
        context = super().get_context(request, *args, **kwargs)
        if self.kind == self.Kind.ACCESSIBILITY:
            context["feedback_form"] = FeedbackForm()
        return context


class GlossaryPage(SitePage):
    """All terms of one language from A to Z."""

    body = SlimStreamField(ContentStream(), blank=True, verbose_name=_("Introduction"))

    content_panels: ClassVar = [*SitePage.content_panels, FieldPanel("body")]
    parent_page_types: ClassVar = ["content.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    template = "content/pages/glossary.html"

    class Meta:
        verbose_name = _("glossary page")

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        """Add ``letters``: the terms of this page's language by first letter."""
        context = super().get_context(request, *args, **kwargs)
        context["letters"] = terms_by_letter(self.locale.language_code)
        return context
