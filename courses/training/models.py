"""Units, employees, assignments and evidence. No score, no answer, no day of learning.

Ids are random and rows are mixed at night, so that no order can be read from them.
Evidence becomes visible at night, in batches.
"""

import uuid
from datetime import date
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from courses.groups.models import Organisation

from .states import due_now, month_at

DEFAULT_VALID_MONTHS = 12
MOST_VALID_MONTHS = 120
#: So far back a state can be asked for, unless evidence goes before.
MONTHS_BACK = 36


def months_told(evidence_years: int) -> int:
    """Return for how many past months a state can be told.

    Evidence that was replaced, or whose owner left, is gone ``evidence_years`` later;
    a month before would be told without it.
    """
    return min(MONTHS_BACK, 12 * evidence_years)


def this_month() -> date:
    """Return the first day of this month."""
    return month_at(timezone.localdate())


class Unit(models.Model):
    """A department of an organisation; units form a tree."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="units"
    )
    parent = models.ForeignKey(
        "self", on_delete=models.RESTRICT, null=True, related_name="children"
    )
    name = models.CharField(_("Unit"), max_length=120)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "parent", "name"), name="one_unit_of_a_name"
            ),
            models.UniqueConstraint(
                fields=("organisation", "name"),
                condition=Q(parent__isnull=True),
                name="one_top_unit_of_a_name",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Employee(models.Model):
    """Somebody an organisation assigns training to. No account, no learner.

    ``reference`` is what the organisation's list calls them by: staff number, user name
    or e-mail address. ``invitation`` is the keyed hash of the secret that opens their
    invitation. Who has left stays, without address and invitation, until the night, and
    after it as long as evidence of theirs is kept or a past month can be told; ``left``
    is the first day of the month.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="employees"
    )
    unit = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="employees")
    reference = models.CharField(_("Staff number or user name"), max_length=120)
    name = models.CharField(_("Name"), max_length=120)
    email = models.EmailField(_("E-mail address"), blank=True)
    # NULL where there is none: a unique column holds the empty text only once.
    invitation = models.CharField(  # noqa: DJ001
        max_length=64, null=True, unique=True, editable=False
    )
    left = models.DateField(_("Left"), null=True, editable=False)

    #: A new invitation writes the row anew, maybe just before somebody learns.
    forgets_order = True

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "reference"), name="one_employee"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Renewal(models.TextChoices):
    """When training that was proved is due again."""

    ONCE = "once", _("Once")
    ROLLING = "rolling", _("So many months after the last evidence")
    YEARLY = "yearly", _("Each calendar year")


class Assignment(models.Model):
    """A course that employees of an organisation are to take.

    ``due`` is the last day for the first evidence; ``renewal`` says when it is due
    again, with ``valid_months`` for the rolling kind. The yearly kind is due on the day
    of ``due`` each year.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="assignments"
    )
    course_key = models.UUIDField(_("Course"))
    due = models.DateField(_("To be done by"))
    renewal = models.CharField(
        _("Renewal"), max_length=8, choices=Renewal, default=Renewal.ROLLING
    )
    valid_months = models.PositiveSmallIntegerField(
        _("Valid for months"),
        default=DEFAULT_VALID_MONTHS,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_VALID_MONTHS)],
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "course_key"), name="one_assignment_of_a_course"
            ),
            models.CheckConstraint(
                condition=Q(valid_months__range=(1, MOST_VALID_MONTHS)),
                name="evidence_holds_for_months_that_can_be_counted",
            ),
        )

    def __str__(self) -> str:
        return f"{self.course_key}, {self.due}"

    def due_now(self, end: date | None = None) -> date:
        """Return by when the course is to be proved next, as :func:`.states.due_now`.

        ``end`` is the last day of the evidence of somebody; without it, of whoever has
        none.
        """
        is_yearly = self.renewal == Renewal.YEARLY
        return due_now(self.due, end, timezone.localdate(), is_yearly=is_yearly)

    @property
    def rhythm(self) -> str:
        """When it is due again, in words."""
        if self.renewal != Renewal.ROLLING:
            return str(self.get_renewal_display())
        return ngettext(
            "valid for %(count)d month", "valid for %(count)d months", self.valid_months
        ) % {"count": self.valid_months}


class AssignedQuerySet(models.QuerySet["Assigned"]):
    """What people are assigned."""

    def held(self) -> "AssignedQuerySet":
        """Return what people on the list are to take now."""
        return self.filter(until=None, employee__left=None)


class Assigned(models.Model):
    """An employee of a unit is assigned a course, or deferred without a reason.

    ``since`` is the first day of the month in which it began and ``until`` the first
    day of the month from which it no longer holds. Who moves, is deferred, is withdrawn
    or assigned again gets another row from that month on, so that what the end of an
    earlier month said can be told again. Within a month the last word stands: what
    somebody holds who leaves ends as of that month, but is written down only once the
    month is over (``closing.end_of_leavers``), so that who comes back by then has it.

    ``reminded`` is the day of the calendar, counted from the due date, up
    to which reminders are settled (:mod:`courses.training.reminders`); it tells that a
    mail went, not when. It is forgotten when a row ends and when evidence moves the due
    date, for whoever was reminded had proved nothing before.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assignment = models.ForeignKey(
        Assignment, on_delete=models.CASCADE, related_name="assigned"
    )
    employee = models.ForeignKey(
        Employee, on_delete=models.CASCADE, related_name="assigned"
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.RESTRICT, related_name="assigned", editable=False
    )
    since = models.DateField(editable=False)
    until = models.DateField(null=True, editable=False)
    is_deferred = models.BooleanField(_("Deferred"), default=False)
    reminded = models.DateField(null=True, editable=False)

    objects = AssignedQuerySet.as_manager()

    forgets_order = True

    class Meta:
        verbose_name_plural = "assigned"
        constraints = (
            models.UniqueConstraint(
                fields=("assignment", "employee"),
                condition=Q(until__isnull=True),
                name="assigned_once",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")),
                name="assigned_since_before_until",
            ),
        )

    def __str__(self) -> str:
        return f"{self.employee_id}: {self.assignment_id}"


class EmployeeAccess(models.Model):
    """Somebody looked at employees on a day: a trainer at names, a manager at states.

    Or made them a new invitation, which could be opened to look, or took evidence back,
    also where there was none: ``INVITED`` or ``TAKEN_BACK`` in the place of a role.
    Shown to the person, kept as long as entries about groups. Who it was is not kept.
    """

    INVITED: ClassVar[str] = "invitation"
    TAKEN_BACK: ClassVar[str] = "taken back"

    #: A new invitation is noted, maybe just before somebody learns.
    forgets_order = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    employee = models.ForeignKey(
        Employee, on_delete=models.CASCADE, related_name="accesses"
    )
    role = models.CharField(max_length=10)
    day = models.DateField()

    class Meta:
        verbose_name_plural = "employee accesses"
        constraints = (
            models.UniqueConstraint(
                fields=("employee", "role", "day"), name="one_employee_access_a_day"
            ),
        )

    def __str__(self) -> str:
        return f"{self.role}, {self.day}"


class Proof(models.TextChoices):
    """How training was proved; each kind is worth the same."""

    TEST = "test", _("Final test passed")
    SESSION = "session", _("Taken part in a session in person")
    RECOGNISED = "recognised", _("Other evidence recognised")


class Evidence(models.Model):
    """Somebody was trained in a course: which version, in which month, until when.

    ``course_title`` and ``version`` (as-of date of the course, ISO 8601) are copies, so
    that the evidence outlives the course. ``month`` is the first day of a month,
    ``noted`` that of the month in which the row was written: evidence recognised later
    changes no state of the past. ``valid_until`` is the last valid day or None. A month
    has one row, whatever the version, and until the night a second one that holds
    longer and is to replace it. ``is_visible`` turns true at night, when all rows of a
    day are written anew in mixed order: who looks from day to day learns the day of a
    batch, not whose test was handed in when. ``deletion_announced`` says that its owner
    was told by mail that it goes soon.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    employee = models.ForeignKey(
        Employee, on_delete=models.PROTECT, related_name="evidence"
    )
    course_key = models.UUIDField(_("Course"))
    course_title = models.CharField(_("Course"), max_length=255)
    version = models.CharField(_("Version of the course"), max_length=10, blank=True)
    month = models.DateField(_("Month"))
    noted = models.DateField(default=this_month, editable=False)
    valid_until = models.DateField(_("Valid until"), null=True)
    proof = models.CharField(_("Kind of evidence"), max_length=10, choices=Proof)
    is_visible = models.BooleanField(default=False, editable=False)
    deletion_announced = models.BooleanField(default=False, editable=False)

    #: Rows must not tell who passed after whom (``learnsite.accounts.order``).
    forgets_order = True

    #: What a training manager may see of a row, and nothing else (journey 9).
    SHOWN: ClassVar[tuple[str, ...]] = ("month", "valid_until", "version")

    class Meta:
        verbose_name_plural = "evidence"
        constraints = (
            models.UniqueConstraint(
                fields=("employee", "course_key", "month", "is_visible"),
                name="one_evidence_a_month",
            ),
        )
        indexes = (models.Index(fields=("employee", "course_key", "-month")),)

    def __str__(self) -> str:
        return f"{self.course_title}, {self.month:%m/%Y}"

    def is_valid_on(self, day: date) -> bool:
        """Return whether the evidence holds on a day."""
        return self.month <= day and (
            self.valid_until is None or day <= self.valid_until
        )
