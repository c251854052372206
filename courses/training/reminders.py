"""Reminders of training that is due: at night, by mail, to the person and nobody else.

Nothing waits in a table of mails: people on a list have no account, and a mail that
waits would be a copy of their name and address. What could not be sent is tried again
in the following nights.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import Count
from django.db.models.functions import Lower
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courses.catalogue.library import shelf_now
from learnsite.accounts import mailing
from learnsite.accounts.naming import site_name

from .invitations import PAGE
from .mails import ONE_ADDRESS
from .models import Assigned, Assignment, Employee, Evidence
from .reminder_days import reminder_day
from .states import latest_ends

logger = logging.getLogger(__name__)


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
    """Remind everybody who is to be reminded tonight; return how many mails went.

    Each is noted as soon as its mail is sent, so a second run sends nothing more. An
    address that is refused stops nobody else; a server that is gone stops the night.
    """
    if not mailing.is_sent():
        return 0
    sent = 0
    connection = get_connection()
    try:
        for reminder in _reminders(timezone.localdate()):
            message = _message(reminder)
            message.connection = connection
            try:
                message.send()
            except ONE_ADDRESS as error:
                _note_failure(error)
                continue
            rows = Assigned.objects.filter(pk=reminder.assigned.pk)
            rows.update(reminded=reminder.day)
            sent += 1
    except OSError as error:
        _note_failure(error)
    finally:
        connection.close()
    return sent


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
    rows = assignment.assigned.filter(
        until=None, is_deferred=False, employee__left=None
    ).exclude(employee__email="")
    shared = _shared_addresses(assignment.organisation_id)
    people = rows.select_related("employee__organisation")
    return [row for row in people if row.employee.email.lower() not in shared]


def _shared_addresses(organisation: UUID) -> set[str]:
    """Return the addresses, in lower case, of several who work there.

    A reminder says how somebody stands: colleagues would read it in a shared mailbox.
    """
    there = Employee.objects.filter(organisation=organisation, left=None)
    addresses = there.exclude(email="").annotate(address=Lower("email"))
    numbers = addresses.values("address").annotate(number=Count("pk"))
    return set(numbers.filter(number__gt=1).values_list("address", flat=True))


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
    subject = f"[{site_name()}] " + _("Training of %(organisation)s: reminder") % {
        "organisation": employee.organisation
    }
    return EmailMessage(
        subject=" ".join(subject.split()),
        body=render_to_string("courses/training/reminder.txt", context),
        to=[employee.email],
    )


def _note_failure(error: OSError) -> None:
    # By kind alone: what the server says would put an address into the log.
    logger.warning("A reminder waits for the next night: %s", type(error).__name__)
