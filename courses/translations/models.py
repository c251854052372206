"""What is known of a translated page. No learner and no editor stands here."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision


class TranslatedPage(models.Model):
    """The state of a translation, beside its page.

    It is no field of the page: going back to an old revision would bring back an old
    answer to the question whether the translation is still right.
    """

    page = models.OneToOneField(
        Page, on_delete=models.CASCADE, primary_key=True, related_name="translated"
    )
    #: Hash of the translation's own words.
    words = models.CharField(max_length=64)
    #: Hash of its original's words when it was last changed or found right; empty where
    #: nobody knows.
    original_words = models.CharField(max_length=64, blank=True)
    #: The original as it was then, for comparing.
    original_revision = models.ForeignKey(
        Revision, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    is_outdated = models.BooleanField(default=False, db_index=True)

    class Meta:
        verbose_name = _("translated page")

    def __str__(self) -> str:
        return str(self.page)
