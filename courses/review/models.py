"""What is kept of a learner's memory: one row per goal of a course, no log.

Nothing here says what was answered, how often or at what time of day. Rows exist only
after the learner has switched reviews on, and go when they are switched off.
"""

import uuid

from django.conf import settings
from django.db import models


class ReviewCard(models.Model):
    """How well a learner remembers one goal of a course, and when to ask again.

    ``stability`` and ``difficulty`` are those of the FSRS model; see
    :class:`courses.review.schedule.Memory`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    course_key = models.UUIDField()
    goal = models.CharField(max_length=60)
    due = models.DateField()
    stability = models.FloatField(default=0)
    difficulty = models.FloatField(default=0)
    last_review = models.DateField(null=True)
    last_item = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("user", "course_key", "goal"), name="one_card_per_goal"
            ),
        )

    def __str__(self) -> str:
        return f"{self.course_key}/{self.goal}: {self.due}"
