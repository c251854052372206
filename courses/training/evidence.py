"""Evidence: written once, from a test, a session in person or other evidence.

Nothing here knows a learner. Who calls has decided that something was proved.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from courses.groups.models import Organisation

from .models import (
    DEFAULT_VALID_MONTHS,
    Assigned,
    Assignment,
    Employee,
    Evidence,
    Proof,
    Renewal,
    this_month,
)
from .states import FOREVER, last_day, latest_ends, month_at
from .taking_back import CONFIRMED, last_month_end, note_confirmed

#: So long before training is due its renewal is offered.
RENEWAL_OPENS: Final = timedelta(days=90)


def valid_until(renewal: str, valid_months: int, month: date) -> date | None:
    """Return the last day on which evidence of a month holds; None for no end.

    Rolling evidence holds to the end of the month so many months later, yearly evidence
    covers the calendar year it was earned in.
    """
    if renewal == Renewal.ONCE:
        return None
    if renewal == Renewal.YEARLY:
        return date(month.year, 12, 31)
    return last_day(month, valid_months)


@dataclass(frozen=True)
class Duty:
    """What an employee is to take, as they see it themselves.

    ``proof`` is their newest evidence that holds today, ``due`` the day by which they
    are to prove it next. ``last`` is their newest evidence, whether it still holds or
    has run out.
    """

    assigned: Assigned
    proof: Evidence | None
    due: date
    last: Evidence | None = None

    @property
    def assignment(self) -> Assignment:
        """What was assigned."""
        return self.assigned.assignment

    @property
    def was_due(self) -> bool:
        """Whether the day has gone by and nothing was proved."""
        return not self.proof and self.due < timezone.localdate()

    @property
    def is_of_this_month(self) -> bool:
        """Whether a renewal today would write no second row."""
        month = month_at(timezone.localdate())
        return self.last is not None and self.last.month == month

    @property
    def may_renew(self) -> bool:
        """Whether a renewal is offered.

        Evidence has run out, or training is due soon and what is earned today would
        hold longer: yearly evidence covers a calendar year, so not before the next one.
        """
        if self.last is None or self.is_of_this_month:
            return False
        if self.proof is None:
            return True
        today, end = timezone.localdate(), self.proof.valid_until
        if end is None or self.due > today + RENEWAL_OPENS:
            return False
        renewal, months = self.assignment.renewal, self.assignment.valid_months
        return (valid_until(renewal, months, today) or FOREVER) > end


def shown_evidence(
    employee: Employee, passed: Collection[UUID] = ()
) -> QuerySet[Evidence]:
    """Return the evidence of somebody that a device with their invitation may show.

    A manager can print a new invitation and open it, so it shows what managers may
    see: rows of past days. Rows that no night has shown yet are added for the courses
    ``passed`` (keys) on this very device.
    """
    return employee.evidence.filter(Q(is_visible=True) | Q(course_key__in=passed))


def duties_of(employee: Employee, passed: Collection[UUID] = ()) -> list[Duty]:
    """Return what somebody is assigned, the next due first: two statements.

    Of evidence that counts which :func:`shown_evidence` returns.
    """
    today = timezone.localdate()
    evidence = list(shown_evidence(employee, passed).order_by("month", "-is_visible"))
    ends = latest_ends((each.course_key, each.valid_until) for each in evidence)
    newest = {each.course_key: each for each in evidence if each.is_valid_on(today)}
    last = {each.course_key: each for each in evidence}
    rows = employee.assigned.filter(until=None).select_related("assignment")
    duties = [
        Duty(
            each,
            newest.get(each.assignment.course_key),
            each.assignment.due_now(ends.get(each.assignment.course_key)),
            last.get(each.assignment.course_key),
        )
        for each in rows.order_by("assignment__course_key")
    ]
    return sorted(duties, key=lambda duty: duty.due)


def due_days(
    assignment: Assignment, people: Iterable[Employee]
) -> dict[Employee, date]:
    """Return by when each is to prove the course next: one statement.

    Managers see it on cards: evidence that no night has shown yet does not count.
    Whoever has evidence without an end is left out, for nothing is due of them.
    """
    rows = Evidence.objects.filter(
        course_key=assignment.course_key,
        employee__organisation=assignment.organisation_id,
        is_visible=True,
    )
    ends = latest_ends(rows.values_list("employee_id", "valid_until"))
    return {
        each: assignment.due_now(ends.get(each.pk))
        for each in people
        if ends.get(each.pk) != FOREVER
    }


def proof_of(
    employee: Employee, course_key: UUID, passed: Collection[UUID] = ()
) -> Evidence | None:
    """Return somebody's newest evidence of a course that holds today.

    ``passed`` as for :func:`shown_evidence`.
    """
    today = timezone.localdate()
    shown = shown_evidence(employee, passed)
    # Of two of a month the hidden one comes first: it replaces the other tonight.
    rows = shown.filter(course_key=course_key).order_by("-month", "is_visible")
    return next((each for each in rows if each.is_valid_on(today)), None)


def write_evidence(
    employee: Employee,
    course_key: UUID,
    *,
    course_title: str,
    version: date | None,
    proof: str = Proof.TEST,
    since: date | None = None,
) -> Evidence:
    """Note that somebody proved their training this month; once is enough.

    How long it holds follows from the assignment; without one, as assignments begin.
    One row at most is written, and nothing else: the one of this month stays as it is,
    whatever its version, unless it ends earlier than what was proved now. One that
    managers see stays so until the night, which puts the new one in its place. A test
    begun on the day ``since`` proves once: evidence of a test of that month or later
    stays the only one for as long as it holds.
    """
    today = timezone.localdate()
    month = month_at(today)
    own = Evidence.objects.filter(employee=employee, course_key=course_key)
    rows = list(own.filter(month__gte=month_at(since) if since else month))
    if since and (known := _of_a_test(rows, today)):
        return known
    assignment = Assignment.objects.filter(
        organisation=employee.organisation_id, course_key=course_key
    ).first()
    end = _end(assignment, month)
    for row in rows:
        if row.month == month and not _ends_before(row, end):
            return row
    said = {
        "course_title": course_title,
        "version": version.isoformat() if version else "",
        "valid_until": end,
        "proof": proof,
    }
    evidence, made = Evidence.objects.get_or_create(
        employee=employee,
        course_key=course_key,
        month=month,
        is_visible=False,
        defaults=said,
    )
    if not made and _ends_before(evidence, end):
        for name, value in said.items():
            setattr(evidence, name, value)
        evidence.save(update_fields=list(said))
    return evidence


def _of_a_test(rows: Iterable[Evidence], day: date) -> Evidence | None:
    """Return evidence of a test that holds on a day, if there is any."""
    tests = (row for row in rows if row.proof == Proof.TEST)
    return next((row for row in tests if row.is_valid_on(day)), None)


def _ends_before(evidence: Evidence, end: date | None) -> bool:
    own = evidence.valid_until
    return own is not None and (end is None or own < end)


@transaction.atomic
def confirm(
    employees: Iterable[Employee],
    course_key: UUID,
    *,
    course_title: str,
    version: date | None,
    month: date,
    proof: str,
    until: date | None = None,
) -> int:
    """Note what a trainer or manager vouches for, all of it or nothing.

    ``month`` is the first of a month. ``until`` is the last valid day of other evidence
    that is recognised; otherwise it follows from the assignment. Who has evidence of
    that month is left out, also where a test is handed in at the same moment. What was
    confirmed today and is not shown yet is written anew, and what was taken back can be
    confirmed again: the last word stands. Returns how many rows were written.
    """
    people = {employee.pk: employee for employee in employees}
    if not people:
        return 0
    organisation = next(iter(people.values())).organisation_id
    # Whoever confirms at the same time waits; a test handed in meanwhile is passed by.
    Organisation.objects.select_for_update().get(pk=organisation)
    assignment = Assignment.objects.filter(
        organisation=organisation, course_key=course_key
    ).first()
    known = Evidence.objects.filter(
        employee__in=people, course_key=course_key, month=month
    )
    end = until or _end(assignment, month)
    unshown = known.filter(is_visible=False, proof__in=_replaced_by(proof))
    unshown.exclude(proof=proof, valid_until=end).delete()
    ended = dict(known.filter(_ended()).values_list("employee_id", "noted"))
    there = set(known.exclude(_ended()).values_list("employee_id", flat=True))
    rows = [
        Evidence(
            employee=employee,
            course_key=course_key,
            course_title=course_title,
            version=version.isoformat() if version else "",
            month=month,
            # Months for whose end it was told already tell it again.
            noted=ended.get(key, this_month()),
            valid_until=end,
            proof=proof,
        )
        for key, employee in people.items()
        if key not in there
    ]
    Evidence.objects.bulk_create(rows, ignore_conflicts=True)
    note_confirmed(rows)
    # What was passed by is not there under the id it would have had.
    return Evidence.objects.filter(pk__in=[row.pk for row in rows]).count()


def shown_already(
    people: Iterable[Employee], course_key: UUID, month: date
) -> QuerySet[Evidence]:
    """Return what of a month managers see already, and confirming leaves as it is."""
    rows = Evidence.objects.filter(
        employee__in=[each.pk for each in people], course_key=course_key, month=month
    )
    return rows.filter(is_visible=True).exclude(_ended())


def _replaced_by(proof: str) -> tuple[str, ...]:
    """Return what is written anew: a trainer decides on no other evidence."""
    return CONFIRMED if proof == Proof.RECOGNISED else (Proof.SESSION,)


def _ended() -> Q:
    """Return the condition on what was taken back, or ended by itself, this month."""
    today = timezone.localdate()
    return Q(
        is_visible=True,
        proof__in=CONFIRMED,
        valid_until__gte=last_month_end(today),
        valid_until__lt=today,
    )


def _end(assignment: Assignment | None, month: date) -> date | None:
    if assignment is None:
        return valid_until(Renewal.ROLLING, DEFAULT_VALID_MONTHS, month)
    return valid_until(assignment.renewal, assignment.valid_months, month)
