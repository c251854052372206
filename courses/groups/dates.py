"""Dates of a group and what its teacher tells it. Nothing here leads to a person.

Who wrote a message is not kept, nor who has read it.
"""

import uuid
from datetime import UTC, datetime

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .models import Group

LONGEST_MESSAGE = 1000


class Meeting(models.Model):
    """A date on which a group meets: a timetable that was published, no learning time.

    ``canceled`` is the reason for which it does not take place, or empty. ``sequence``
    counts the changes, for calendars (RFC 5545); ``is_reminded`` keeps a reminder from
    being sent twice.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="meetings")
    day = models.DateField(_("Day"))
    begins = models.TimeField(_("Begins at"))
    ends = models.TimeField(_("Ends at"))
    place = models.CharField(_("Where"), max_length=120)
    note = models.CharField(_("Note"), max_length=200, blank=True)
    canceled = models.CharField(_("Reason"), max_length=120, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    is_reminded = models.BooleanField(default=False)

    class Meta:
        ordering = ("day", "begins")
        constraints = (
            models.CheckConstraint(
                condition=Q(begins__lt=F("ends")), name="a_meeting_begins_and_ends"
            ),
        )

    def __str__(self) -> str:
        return f"{self.day}, {self.place}"

    @property
    def is_over(self) -> bool:
        """Whether its day is past."""
        return self.day < timezone.localdate()

    @property
    def span(self) -> tuple[datetime, datetime]:
        """Begin and end in UTC, which every calendar reads alike."""
        begin, end = (
            timezone.make_aware(datetime.combine(self.day, each)).astimezone(UTC)
            for each in (self.begins, self.ends)
        )
        return begin, end


class Announcement(models.Model):
    """A message of a group's teacher to its members; it ends with the group.

    ``is_mailed`` keeps it from being mailed twice.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(
        Group, on_delete=models.CASCADE, related_name="announcements"
    )
    text = models.TextField(_("Message"), max_length=LONGEST_MESSAGE)
    day = models.DateField(default=timezone.localdate)
    is_mailed = models.BooleanField(default=False)

    class Meta:
        ordering = ("-day",)

    def __str__(self) -> str:
        return self.text[:60]
