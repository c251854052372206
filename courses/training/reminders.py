"""Reminders of training that is due: at night, to the person and nobody else."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courses.catalogue.library import shelf_now

from .invitations import PAGE
from .models import Assigned, Assignment, Evidence
from .posting import letter_to, send_each, shared_addresses
from .reminder_days import reminder_day
from .states import latest_ends


@dataclass(frozen=True)
class Reminder:
    """Somebody who is to be reminded: of what, until when, by which day's reminder."""

    assigned: Assigned
    title: str
    due: date
    day: date

    @property
    def is_late(self) -> bool:
        """Whether the due date has gone by."""
        return self.day > self.due


def send_reminders() -> int:
    """Remind everybody who is to be reminded tonight; return how many mails went."""
    return send_each(
        (_message(reminder), partial(_settle, reminder))
        for reminder in _reminders(timezone.localdate())
    )


def _settle(reminder: Reminder) -> None:
    rows = Assigned.objects.filter(pk=reminder.assigned.pk)
    rows.update(reminded=reminder.day)


def _reminders(today: date) -> Iterator[Reminder]:
    """Yield who is to be reminded: three statements for each assignment.

    Who is deferred, has left or has no address of their own is left alone, and a course
    that is there no more is no reason to write to anybody.
    """
    shelf = shelf_now().by_key
    for assignment in Assignment.objects.filter(organisation__sends_reminders=True):
        course = shelf.get(assignment.course_key)
        if course is None:
            continue
        ends = _ends(assignment)
        for row in _held(assignment):
            due = assignment.due_now(ends.get(row.employee_id))
            day = reminder_day(due, today)
            if day and (row.reminded is None or row.reminded < day):
                yield Reminder(row, course.title, due, day)


def _held(assignment: Assignment) -> list[Assigned]:
    rows = assignment.assigned.held().filter(is_deferred=False)
    rows = rows.exclude(employee__email="")
    shared = shared_addresses(assignment.organisation_id)
    people = rows.select_related("employee__organisation")
    return [row for row in people if row.employee.email.lower() not in shared]


def _ends(assignment: Assignment) -> dict[UUID, date]:
    """Return until when evidence holds at most; also what the night has yet to show."""
    rows = Evidence.objects.filter(
        employee__organisation=assignment.organisation_id,
        course_key=assignment.course_key,
    ).values_list("employee_id", "valid_until")
    return latest_ends(rows)


def _message(reminder: Reminder) -> EmailMessage:
    """Return the mail; its subject names neither the course nor how somebody stands."""
    employee = reminder.assigned.employee
    context = {
        "reminder": reminder,
        "employee": employee,
        "organisation": employee.organisation,
        "day": date_format(reminder.due),
        "address": f"{settings.SITE_URL.rstrip('/')}{PAGE}",
    }
    subject = _("Training of %(organisation)s: reminder") % {
        "organisation": employee.organisation
    }
    body = render_to_string("courses/training/reminder.txt", context)
    return letter_to(employee, subject, body)
