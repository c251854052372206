"""Who runs this site, and the marks in texts that stand for it."""

import re
from typing import ClassVar

from django.db import models
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from .generation import current_generation
from .memory import remembered

MARK = re.compile(r"\{(operator|operator-address|operator-email|site-name)\}")


@register_setting(icon="home")
class SiteIdentity(BaseGenericSetting):
    """Name of the site and the facts that imprint and privacy notice need."""

    site_name = models.CharField(
        _("Name of the site"), max_length=80, default="Datenkundig"
    )
    claim = models.CharField(
        _("Claim"),
        max_length=120,
        blank=True,
        default="digitale Selbstbestimmung lernen",
    )
    operator_name = models.CharField(_("Operator"), max_length=160, blank=True)
    operator_address = models.TextField(
        _("Address of the operator"), max_length=400, blank=True
    )
    operator_email = models.EmailField(_("E-mail of the operator"), blank=True)
    operator_phone = models.CharField(
        _("Phone of the operator"), max_length=60, blank=True
    )
    supervisory_authority = models.CharField(
        _("Supervisory authority"), max_length=250, blank=True
    )
    responsible_person = models.CharField(
        _("Responsible for content (section 18 (2) MStV)"),
        max_length=250,
        blank=True,
    )
    accessibility_contact = models.TextField(
        _("Contact for accessibility"), max_length=400, blank=True
    )

    panels: ClassVar = [
        MultiFieldPanel(
            [FieldPanel("site_name"), FieldPanel("claim")], heading=_("Site")
        ),
        MultiFieldPanel(
            [
                FieldPanel("operator_name"),
                FieldPanel("operator_address"),
                FieldPanel("operator_email"),
                FieldPanel("operator_phone"),
                FieldPanel("supervisory_authority"),
                FieldPanel("responsible_person"),
                FieldPanel("accessibility_contact"),
            ],
            heading=_("Operator"),
        ),
    ]

    class Meta:
        verbose_name = _("name and operator of the site")

    def missing(self) -> list[str]:
        """Return the names of the facts an imprint needs and does not have yet."""
        needed = ["operator_name", "operator_address", "operator_email"]
        return [
            str(self._meta.get_field(name).verbose_name)
            for name in needed
            if not getattr(self, name).strip()
        ]


def site_identity(generation: int | None = None) -> SiteIdentity:
    """Return the identity without writing one; unsaved defaults where none exists."""
    number = current_generation() if generation is None else generation
    return remembered(
        "identity", number, lambda: SiteIdentity.objects.first() or SiteIdentity()
    )


def fill_marks(html: str, generation: int | None = None) -> SafeString:
    """Replace ``{operator}``, ``{operator-address}``, … in HTML by the site's facts.

    A fact that is not there yet leaves nothing behind; a system check names it.
    """
    if not MARK.search(html):
        return mark_safe(html)  # noqa: S308 - the caller's HTML, unchanged
    identity = site_identity(generation)
    email = conditional_escape(identity.operator_email)
    facts = {
        "operator": conditional_escape(identity.operator_name),
        "operator-address": _lines(identity.operator_address),
        "operator-email": f'<a href="mailto:{email}">{email}</a>' if email else "",
        "site-name": conditional_escape(identity.site_name),
    }
    filled = MARK.sub(lambda mark: facts[mark[1]], html)
    return mark_safe(filled)  # noqa: S308 - facts are escaped above


def _lines(text: str) -> str:
    return "<br>".join(conditional_escape(line) for line in text.splitlines())
