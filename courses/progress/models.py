"""What learners with an account cause, as rows.

Every row hangs on the ``translation_key`` of a course or lesson (an exercise also on
the author's id), never on a page: changing the language keeps place and score, and
editing, moving or deleting a page takes nothing away. Days, never times; ids are
random, so that no order can be read from them. There is no history of attempts; of
final tests the last run is kept, the best result and the pass.
"""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class LessonState(models.IntegerChoices):
    """How far a lesson has come; a higher number is never lowered."""

    STARTED = 1, _("started")
    DONE = 2, _("done")


class Enrolment(models.Model):
    """A learner has begun a course; holds the place to continue at."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    course_key = models.UUIDField()
    place_lesson = models.UUIDField(null=True)
    #: First eight characters of the block's id; empty is the lesson's beginning.
    place_block = models.CharField(max_length=8, blank=True)
    day = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("user", "course_key"), name="one_enrolment_per_course"
            ),
        )

    def __str__(self) -> str:
        return f"{self.course_key}"


class LessonProgress(models.Model):
    """A learner has started or done a lesson."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    lesson_key = models.UUIDField()
    state = models.PositiveSmallIntegerField(choices=LessonState)
    day = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("user", "lesson_key"), name="one_progress_per_lesson"
            ),
        )

    def __str__(self) -> str:
        return f"{self.lesson_key}: {self.get_state_display()}"


class Attempt(models.Model):
    """A learner's last answer to an exercise and the best score so far.

    ``fingerprint`` tells whether the exercise is still the one that was answered; if
    not, score and best stay, but the answer is not shown again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    lesson_key = models.UUIDField()
    exercise_key = models.CharField(max_length=60)
    answer = models.JSONField(null=True)
    fingerprint = models.CharField(max_length=12, blank=True)
    score = models.PositiveSmallIntegerField()
    best = models.PositiveSmallIntegerField()
    day = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("user", "lesson_key", "exercise_key"),
                name="one_attempt_per_exercise",
            ),
        )

    def __str__(self) -> str:
        return f"{self.lesson_key}/{self.exercise_key}: {self.score}"


class FinalTestState(models.IntegerChoices):
    """How far a final test has come, as outlines show it."""

    STARTED = 1, _("started")
    NOT_PASSED = 2, _("not passed yet")
    PASSED = 3, _("passed")

    @classmethod
    def of(cls, *, is_done: bool, is_passed: bool) -> "FinalTestState":
        """Return the state of a test that was begun; once passed, it stays so."""
        if is_passed:
            return cls.PASSED
        return cls.NOT_PASSED if is_done else cls.STARTED


class FinalTest(models.Model):
    """A learner's final test of a course: the last run, the best result, the pass.

    ``run`` is the random id of the last run and ``items`` what was drawn for it, with
    answers (see ``runs``); ``pass_mark`` and ``run_version`` are those of the day it
    began. ``attempts`` counts the runs handed in on ``version``, the newest version of
    the course that a run was begun on, here or on a device taken over. ``passed_…``
    say when, how well and on which version (its as-of date) the test was passed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    course_key = models.UUIDField()
    run = models.CharField(max_length=32)
    items = models.JSONField(default=list)
    handed_in = models.BooleanField(default=False)
    pass_mark = models.PositiveSmallIntegerField()
    run_version = models.DateField(null=True)
    version = models.DateField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    best = models.PositiveSmallIntegerField(null=True)
    passed_day = models.DateField(null=True)
    passed_score = models.PositiveSmallIntegerField(null=True)
    passed_version = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("user", "course_key"), name="one_final_test_per_course"
            ),
        )

    def __str__(self) -> str:
        return f"{self.course_key}: {self.best}"
