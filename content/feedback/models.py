"""What people report about barriers. No account, no address of a device, no time."""

from datetime import date, timedelta
from typing import ClassVar

from django.contrib import admin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

ANSWER_WITHIN = timedelta(weeks=6)
KEEP = timedelta(days=365)


def answer_due_today() -> date:
    """Return the last day to answer what comes in today."""
    return timezone.localdate() + ANSWER_WITHIN


class AccessibilityFeedback(models.Model):
    """One report of a barrier; kept for twelve months."""

    message = models.TextField(_("Message"))
    email = models.EmailField(_("E-mail address"), blank=True)
    page = models.CharField(_("Page"), max_length=500, blank=True)
    received = models.DateField(_("Received"), default=timezone.localdate)
    answer_due = models.DateField(_("Answer due"), default=answer_due_today)
    answered = models.BooleanField(_("Answered"), default=False)

    panels: ClassVar = [
        FieldPanel("message", read_only=True),
        FieldPanel("email", read_only=True),
        FieldPanel("page", read_only=True),
        FieldPanel("received", read_only=True),
        FieldPanel("answer_due"),
        FieldPanel("answered"),
    ]

    class Meta:
        verbose_name = _("feedback on accessibility")
        verbose_name_plural = _("feedback on accessibility")
        ordering: ClassVar = ["answered", "answer_due", "pk"]

    def __str__(self) -> str:
        return self.message[:60]

    @admin.display(description=_("Erased on"))
    def erased_on(self) -> date:
        """Return the day on which the report goes by itself."""
        return self.received + KEEP + timedelta(days=1)
