"""Writes of the feedback on accessibility."""

from datetime import date

from django.utils import timezone

from .models import KEEP, AccessibilityFeedback


def record_feedback(*, message: str, email: str, page: str) -> AccessibilityFeedback:
    """Store one report with today's date and its due date.

    A report that came in today word for word (a form sent twice) is not stored again.
    """
    words = {"message": message, "email": email, "page": page}
    today = AccessibilityFeedback.objects.filter(received=timezone.localdate())
    return today.filter(**words).first() or AccessibilityFeedback.objects.create(
        **words
    )


def delete_expired_feedback(*, today: date | None = None) -> int:
    """Delete what is older than twelve months; return how many rows went."""
    before = (today or timezone.localdate()) - KEEP
    deleted, _by_model = AccessibilityFeedback.objects.filter(
        received__lt=before
    ).delete()
    return deleted
