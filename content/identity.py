"""Who runs this site, and the marks in texts that stand for it."""

import re
from typing import ClassVar

from django.db import models
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from .generation import current_generation
from .memory import remembered

#: What stands in place of a fact every site owes its readers, while it is missing.
GAPS = {
    "operator": _("The operator of this site still has to enter their name here."),
    "operator-address": _(
        "The operator of this site still has to enter their postal address here."
    ),
    "operator-email": _(
        "The operator of this site still has to enter their e-mail address here."
    ),
    "responsible-person": _(
        "The operator of this site still has to name the person who is responsible "
        "for its content."
    ),
}
MARK = re.compile(
    r"\{(operator(?:-address|-email|-phone)?|responsible-person"
    r"|supervisory-authority|accessibility-contact|site-name)\}"
)
# Facts that not every site has: without the fact its paragraph goes.
WITH_OPTIONAL = re.compile(
    r"<(?P<tag>p|li)\b[^>]*>(?:(?!</(?P=tag)>).)*?"
    r"\{(?P<mark>operator-phone|supervisory-authority)\}.*?</(?P=tag)>",
    re.DOTALL,
)


@register_setting(icon="home")
class SiteIdentity(BaseGenericSetting):
    """Name of the site and the facts that imprint and privacy notice need."""

    site_name = models.CharField(
        _("Name of the site"), max_length=80, default="Datenkundig"
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
        FieldPanel("site_name"),
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


def site_name() -> str:
    """Return the name of the site."""
    return site_identity().site_name


def fill_marks(html: str, generation: int | None = None) -> SafeString:
    """Replace ``{operator}``, ``{operator-address}``, … in HTML by the site's facts.

    A fact that is missing leaves a sentence that says so (``GAPS``); a system check
    names it too. Texts therefore give each of these marks a paragraph of its own.
    """
    if not MARK.search(html):
        return mark_safe(html)  # noqa: S308 - the caller's HTML, unchanged
    facts = _facts(site_identity(generation))
    html = WITH_OPTIONAL.sub(lambda found: facts[found["mark"]] and found[0], html)
    filled = MARK.sub(lambda mark: facts[mark[1]], html)
    return mark_safe(filled)  # noqa: S308 - facts are escaped in _facts


def _facts(identity: SiteIdentity) -> dict[str, str]:
    """Return the HTML for every mark; empty only where a fact is optional."""
    facts = {
        "operator": conditional_escape(identity.operator_name),
        "operator-address": _lines(identity.operator_address),
        "operator-email": _mail_link(identity.operator_email),
        "operator-phone": conditional_escape(identity.operator_phone),
        "responsible-person": conditional_escape(identity.responsible_person),
        "supervisory-authority": conditional_escape(identity.supervisory_authority),
        "site-name": conditional_escape(identity.site_name),
    }
    for name, sentence in GAPS.items():
        facts[name] = facts[name] or format_html("<em>{}</em>", sentence)
    operator = ("operator", "operator-address", "operator-email")
    facts["accessibility-contact"] = _lines(identity.accessibility_contact) or (
        "<br>".join(facts[name] for name in operator)
    )
    return facts


def _lines(text: str) -> str:
    return "<br>".join(conditional_escape(line) for line in text.splitlines())


def _mail_link(address: str) -> str:
    return format_html('<a href="mailto:{0}">{0}</a>', address) if address else ""
