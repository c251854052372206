"""Organisations, groups and their ledger. Nobody's progress lies here.

Ids are random and rows are mixed at night, so that no order of joining can be read from
them. There are days and months, never times.
"""

import uuid
from calendar import monthrange
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import connection, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from .counting import FEWEST, FEWEST_STAFF
from .levels import FactState, Scope, TaskKind, Visibility, agreement
from .opening import Given
from .roles import Role

HIGHEST_NUMBER = 40
#: Evidence is kept so long at most after newer evidence replaced it: a working life,
#: and few enough to count back from any day.
MOST_EVIDENCE_YEARS = 30
#: A group stays so long at most after its end: ten years.
MOST_RETENTION_DAYS = 3650
#: How long before a group is erased its people are told.
ANNOUNCED_BEFORE = timedelta(days=14)
JULY = 7


class Kind(models.TextChoices):
    """What an organisation or a group is, which decides how far levels go."""

    SCHOOL = "schule", _("School")
    ADMINISTRATION = "verwaltung", _("Administration")
    ADULTS = "erwachsene", _("Adult education")


#: The highest level by kind: nobody measures employees' performance (§ 72 LPVG NRW).
HIGHEST_LEVEL = {
    Kind.SCHOOL: Visibility.HELP,
    Kind.ADMINISTRATION: Visibility.COMPLETED,
    Kind.ADULTS: Visibility.HELP,
}
#: How many people a count is about at least, by kind.
FEWEST_OF = {
    Kind.SCHOOL: FEWEST,
    Kind.ADMINISTRATION: FEWEST_STAFF,
    Kind.ADULTS: FEWEST,
}


KIND_IS_AGREED_ON = _(
    "There are groups whose members have agreed on what those who lead see, in words "
    "that go by the kind. End these groups first, or make another organisation."
)
LEVEL_IS_AGREED_ON = _(
    "There are groups with a higher level. Their members have agreed on it, so it "
    "stays. End these groups first, or wait until they are erased."
)

FEWER_YEARS_LATER = _(
    "Fewer years can be set from %(day)s on. Until then something is to be erased that "
    "was announced, or for which fewer years were set lately."
)

STAFF_ROLES = [
    (Role.TEACHER.value, _("Teacher or trainer")),
    (Role.MANAGER.value, _("Manager")),
    (Role.AUDITOR.value, _("Staff council or data protection")),
]


def _end_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


class Organisation(models.Model):
    """A school, an administration, an adult-education centre; apart from all others.

    ``kind`` words what groups agree on and says how far levels go, so neither it nor
    ``ceiling``, the highest level its groups may agree on, takes back what one has
    agreed on. ``retention_days`` is how long a group stays after its end,
    ``evidence_years`` how long evidence of training stays once it was replaced,
    ``sends_reminders`` whether employees are reminded of training by mail.
    ``erasure_announced`` is the day on which something of the list goes that managers
    were told of last; nothing goes before it. Where fewer years were set after that,
    it is the last day of the month before the first in which something may go by them:
    of that they are told in time. Before that day is over, years cannot be lowered
    again: it would move what is to go already.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("Name"), max_length=120, unique=True)
    kind = models.CharField(_("Kind"), max_length=12, choices=Kind)
    ceiling = models.PositiveSmallIntegerField(
        _("Highest visibility level"), choices=Visibility, default=Visibility.HELP
    )
    retention_days = models.PositiveSmallIntegerField(
        _("Days a group is kept after its end"),
        default=30,
        validators=[MaxValueValidator(MOST_RETENTION_DAYS)],
    )
    evidence_years = models.PositiveSmallIntegerField(
        _("Years evidence of training is kept after newer evidence replaced it"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_EVIDENCE_YEARS)],
        help_text=_(
            "What is too old by fewer years goes on the first of a month, at the "
            "earliest after 14 days, and is announced before."
        ),
    )
    sends_reminders = models.BooleanField(
        _("Remind employees of training that is due, by mail to them alone"),
        default=True,
        help_text=_(
            "This goes for the mail as well that tells them 14 days before that old "
            "evidence of theirs is erased."
        ),
    )
    erasure_announced = models.DateField(null=True, editable=False)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = (
            models.CheckConstraint(
                condition=~Q(kind="verwaltung") | Q(ceiling__lte=1),
                name="administrations_see_completed_at_most",
            ),
            models.CheckConstraint(
                condition=Q(evidence_years__range=(1, MOST_EVIDENCE_YEARS)),
                name="evidence_is_kept_for_years_that_can_be_counted",
            ),
            models.CheckConstraint(
                condition=Q(retention_days__lte=MOST_RETENTION_DAYS),
                name="groups_are_kept_for_ten_years_at_most",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep what groups have agreed on, whoever saves.

        Fewer years for evidence hold once what goes by them was announced. Raises
        ValueError for what :meth:`clean` refuses.
        """
        with transaction.atomic():
            if self._breaks_agreements():
                raise ValueError("Groups have agreed on this kind and these levels.")
            if self._keeps_evidence_for_less():
                if self._lowered_from() is not None:
                    raise ValueError("Something is to go before years are lowered.")
                self.erasure_announced = _end_of_month(
                    timezone.localdate() + ANNOUNCED_BEFORE
                )
            super().save(*args, **kwargs)

    def clean(self) -> None:
        """Refuse in words a ceiling above the kind, and what groups agreed against.

        And fewer years for evidence while something is to go by those of before.
        """
        is_staff = self.kind == Kind.ADMINISTRATION
        if is_staff and self.ceiling > HIGHEST_LEVEL[Kind.ADMINISTRATION]:
            raise ValidationError(
                {"ceiling": _("In administrations “Completed only” is the highest.")}
            )
        if broken := self._breaks_agreements():
            raise ValidationError(broken)
        if self._keeps_evidence_for_less() and (day := self._lowered_from()):
            text = FEWER_YEARS_LATER % {"day": date_format(day)}
            raise ValidationError({"evidence_years": text})

    def _breaks_agreements(self) -> dict[str, Any]:
        """Return by field what would take back an agreement, in words.

        Within a transaction it holds off whoever opens a group meanwhile.
        """
        if self._state.adding:
            return {}
        rows = type(self).objects.filter(pk=self.pk)
        if connection.in_atomic_block:
            rows = rows.select_for_update()
        kind = rows.values_list("kind", flat=True).get()
        highest = self.groups.aggregate(highest=models.Max("level"))["highest"]
        if highest is None:
            return {}
        if kind != self.kind:
            return {"kind": KIND_IS_AGREED_ON}
        return {"ceiling": LEVEL_IS_AGREED_ON} if self.ceiling < highest else {}

    def _keeps_evidence_for_less(self) -> bool:
        stored = type(self).objects.filter(pk=self.pk)
        before = stored.values_list("evidence_years", flat=True).first()
        return before is not None and self.evidence_years < before

    def _lowered_from(self) -> date | None:
        """Return the day from which years can be lowered again, None for today."""
        stored = type(self).objects.filter(pk=self.pk)
        said = stored.values_list("erasure_announced", flat=True).first()
        if said is None or said < timezone.localdate():
            return None
        return said + timedelta(days=1)

    @property
    def is_school(self) -> bool:
        """Whether its groups are classes, led by teachers."""
        return self.kind == Kind.SCHOOL

    @property
    def highest_level(self) -> Visibility:
        """The highest level a group of it may have."""
        return Visibility(min(self.ceiling, HIGHEST_LEVEL[Kind(self.kind)]))

    @property
    def fewest(self) -> int:
        """How many people a count of its groups is about at least."""
        return FEWEST_OF[Kind(self.kind)]

    def agreement(self, level: int) -> str:
        """Return what members of a group of this level agree on, in one sentence."""
        return agreement(level, is_class=self.is_school, fewest=self.fewest)


class StaffRole(models.Model):
    """Somebody works for an organisation: as manager, teacher or auditor."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="staff"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    role = models.CharField(
        _("Role"),
        max_length=10,
        choices=STAFF_ROLES,
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "user", "role"), name="one_staff_role"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.organisation}"


def end_of_school_year(day: date) -> date:
    """Return the last day of the school year in North Rhine-Westphalia (§ 7 SchulG)."""
    year = day.year if day.month <= JULY else day.year + 1
    return date(year, JULY, 31)


class Group(models.Model):
    """A class, a training cohort, an evening course, with what it agreed on.

    ``level`` is set once; another agreement is another group. ``ends`` is the last day
    on which anything is written, ``delete_on`` the day everything of it goes, which
    is said by mail once (``deletion_announced``). ``seats`` is how many may join; the
    numbers are those of a list, up to ``HIGHEST_NUMBER``, however many seats. A listed
    group shows its title and dates to everybody, and the provider's own page
    (``booking_url``) beside them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="groups"
    )
    title = models.CharField(_("Name of the group"), max_length=60)
    code = models.CharField(max_length=6, unique=True)
    level = models.PositiveSmallIntegerField(_("Visibility"), choices=Visibility)
    seats = models.PositiveSmallIntegerField(
        _("Seats"),
        default=35,
        validators=[MinValueValidator(1), MaxValueValidator(HIGHEST_NUMBER)],
    )
    starts = models.DateField(_("First day"))
    ends = models.DateField(_("Last day"))
    delete_on = models.DateField(_("Erased on"))
    deletion_announced = models.BooleanField(default=False, editable=False)
    is_listed = models.BooleanField(_("In the public list of dates"), default=False)
    booking_url = models.URLField(_("Booking page"), blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(starts__lte=models.F("ends"))
                & Q(ends__lt=models.F("delete_on")),
                name="a_group_begins_ends_and_goes",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the level as it was agreed on, and at first below the ceiling."""
        with transaction.atomic():
            if self._state.adding:
                self._check_ceiling()
            else:
                self._check_agreement()
            super().save(*args, **kwargs)

    def _check_ceiling(self) -> None:
        """Ask the organisation as it is now; nobody lowers its ceiling meanwhile."""
        organisations = Organisation.objects.select_for_update()
        if self.level > organisations.get(pk=self.organisation_id).highest_level:
            raise ValueError("The level is above what the organisation allows.")

    def _check_agreement(self) -> None:
        kept = type(self).objects.values_list("level", flat=True).get(pk=self.pk)
        if kept != self.level:
            raise ValueError("The visibility level of a group never changes.")

    @property
    def agreement(self) -> str:
        """What a member has agreed on, in one sentence."""
        return self.organisation.agreement(self.level)

    @property
    def is_class(self) -> bool:
        """Whether pages speak of a class and its list."""
        return self.organisation.is_school

    @property
    def offers_cards(self) -> bool:
        """Whether it has printed cards: never where whoever leads is an employer.

        Whoever prints a card can open it, and see what a colleague learns.
        """
        return self.organisation.kind != Kind.ADMINISTRATION

    @property
    def is_running(self) -> bool:
        """Whether the group has begun and not ended."""
        return self.starts <= timezone.localdate() <= self.ends

    @property
    def booking_host(self) -> str:
        """The host a booking link leads to, to be named before anybody follows it."""
        return urlsplit(self.booking_url).hostname or ""

    @property
    def goes_soon(self) -> bool:
        """Whether its pages say that it is about to be erased."""
        return self.delete_on <= timezone.localdate() + ANNOUNCED_BEFORE

    @staticmethod
    def default_delete_on(organisation: Organisation, ends: date) -> date:
        """Return when a group goes: with the school year, or days after its end.

        Never before its last day is over: it is erased early in the morning.
        """
        kept_for = timedelta(days=organisation.retention_days)
        is_school = organisation.kind == Kind.SCHOOL
        wanted = end_of_school_year(ends) if is_school else ends + kept_for
        return max(wanted, ends + timedelta(days=1))


class GroupTeacher(models.Model):
    """Somebody leads a group; deputies are further rows."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="teachers")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("group", "user"), name="one_teacher"),
        )

    def __str__(self) -> str:
        return f"{self.group}"


class GroupTask(models.Model):
    """Something a group is given to do, in its teacher's order; by key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="tasks")
    kind = models.CharField(max_length=10, choices=TaskKind)
    course_key = models.UUIDField(null=True)
    lesson_key = models.UUIDField(null=True)
    exercise_key = models.CharField(max_length=60, blank=True)
    lab = models.CharField(max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_extra = models.BooleanField(_("Extra task"), default=False)
    is_open = models.BooleanField(_("Open"), default=True)
    shows_solutions = models.BooleanField(_("Solutions open"), default=True)

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.position}"

    @property
    def scope(self) -> Scope:
        """What the task covers of what is announced; a lab covers nothing."""
        return Scope(self.course_key, self.lesson_key, self.exercise_key)

    @property
    def given(self) -> Given:
        """What the task opens."""
        return Given(
            self.course_key,
            self.lesson_key,
            self.exercise_key,
            is_open=self.is_open,
            is_extra=self.is_extra,
            shows_solutions=self.shows_solutions,
        )


#: Members that make a number: who came by the code, and holders of a card that pictures
#: close to whoever printed it. A new card takes the pictures away, and the count too.
COUNTED = Q(counts=True) | ~Q(user__picture_pin="")


class Membership(models.Model):
    """Somebody takes part in a group, under a number and a made-up name.

    ``card_renewed`` is the day on which a lost card was replaced, so that its owner can
    see it. ``counts`` is false for who was added by the group's own teacher: such
    members do not make a small group look large until they set a picture PIN.
    ``feed_hash`` is that of the secret address of their calendar, if they have one;
    ``wants_mail`` is their own choice.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    number = models.PositiveSmallIntegerField(
        null=True,
        validators=[MinValueValidator(1), MaxValueValidator(HIGHEST_NUMBER)],
    )
    pseudonym = models.CharField(max_length=60)
    rerolls = models.PositiveSmallIntegerField(default=0)
    has_card = models.BooleanField(default=False)
    card_renewed = models.DateField(null=True)
    counts = models.BooleanField(default=True)
    feed_hash = models.CharField(
        max_length=64, null=True, blank=True, unique=True, editable=False
    )
    wants_mail = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("group", "user"), name="one_membership"),
            models.UniqueConstraint(fields=("group", "number"), name="one_number"),
        )

    def __str__(self) -> str:
        return self.pseudonym

    @property
    def is_counted(self) -> bool:
        """Whether a number of people holds this one: see ``COUNTED``."""
        return self.counts or bool(self.user.picture_pin)


class SharedFact(models.Model):
    """A line of a group's ledger: what one member did, as far as the level goes.

    ``object_key`` is that of :func:`courses.groups.levels.object_key`; ``month`` is the
    first day of a month, at level 1 only.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    membership = models.ForeignKey(
        Membership, on_delete=models.CASCADE, related_name="facts"
    )
    object_key = models.CharField(max_length=120)
    state = models.PositiveSmallIntegerField(choices=FactState)
    month = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("membership", "object_key"), name="one_fact"
            ),
        )

    def __str__(self) -> str:
        return f"{self.object_key}: {self.get_state_display()}"


class GroupTally(models.Model):
    """How many in a group of level 0 did something; leads to nobody, never lowered."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="tallies")
    object_key = models.CharField(max_length=120)
    number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("group", "object_key"), name="one_tally"),
        )

    def __str__(self) -> str:
        return f"{self.object_key}: {self.number}"


class Access(models.Model):
    """Somebody with a role looked at what a group knows of a member, on a day.

    Shown to the member; kept 90 days.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    membership = models.ForeignKey(
        Membership, on_delete=models.CASCADE, related_name="accesses"
    )
    role = models.CharField(max_length=10)
    day = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("membership", "role", "day"), name="one_access_a_day"
            ),
        )

    def __str__(self) -> str:
        return f"{self.role}, {self.day}"
