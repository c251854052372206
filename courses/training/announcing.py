"""Announces what goes of a list: to managers in numbers, to people their own evidence.

Pages say it by themselves from 14 days before (:mod:`.erasures`); here is the mail,
once for each day on which something goes. Where nights were missed the mail is late and
the day stays: it was promised to the people.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courses.groups.models import Organisation
from courses.groups.queries import managers_of
from learnsite.accounts import outbox

from .erasures import Going, evidence_over_on, going_soon, is_announced, next_day
from .invitations import PAGE
from .models import Employee, Evidence
from .nights import for_each_organisation
from .posting import Letter, letter_to, send_each, shared_addresses


def announce_to_managers() -> int:
    """Let mail wait for the managers of each organisation that loses something soon.

    Once for each day on which something goes; returns for how many organisations.
    """
    return for_each_organisation(_announce)


def _announce(organisation: Organisation) -> int:
    if organisation.erasure_announced == next_day(organisation):
        return 0
    going = going_soon(organisation)
    if going is None:
        return 0
    _tell_managers(organisation, going)
    # Whoever was told a day that more years moved is told the new one.
    evidence_over_on(going.day, organisation).update(deletion_announced=False)
    Organisation.objects.filter(pk=organisation.pk).update(erasure_announced=going.day)
    return 1


def _tell_managers(organisation: Organisation, going: Going) -> None:
    page = reverse("training", args=[organisation.pk])
    context = {
        "going": going,
        "organisation": organisation,
        "address": f"{settings.SITE_URL.rstrip('/')}{page}",
    }
    body = render_to_string("courses/training/going.txt", context)
    subject = _(
        "%(organisation)s: old entries of the training are erased on %(day)s"
    ) % {
        "organisation": organisation,
        "day": date_format(going.day),
    }
    for user in managers_of(organisation.pk):
        outbox.post(user=user, subject=subject, body=body)


def announce_to_people() -> int:
    """Tell people by mail, once, which evidence of theirs goes; return how many mails.

    Under the same conditions as reminders: where the organisation wants mail to its
    people, to an address that nobody shares. Everybody reads it under their invitation.
    """
    return send_each(_letters())


def _letters() -> Iterator[Letter]:
    for organisation in Organisation.objects.filter(sends_reminders=True):
        day = next_day(organisation)
        if not is_announced(day):
            continue
        shared = shared_addresses(organisation.pk)
        for employee, rows in _untold(day, organisation).items():
            if employee.email.lower() not in shared:
                yield _letter(employee, rows, day), partial(_note_told, rows)


def _untold(day: date, organisation: Organisation) -> dict[Employee, list[Evidence]]:
    """Return the evidence that goes on a day of people who can be told and were not."""
    rows = evidence_over_on(day, organisation).filter(
        deletion_announced=False, employee__left=None
    )
    rows = rows.exclude(employee__email="").select_related("employee__organisation")
    found: dict[Employee, list[Evidence]] = {}
    for row in rows.order_by("course_title", "month"):
        found.setdefault(row.employee, []).append(row)
    return found


def _letter(employee: Employee, rows: list[Evidence], day: date) -> EmailMessage:
    context = {
        "employee": employee,
        "organisation": employee.organisation,
        "rows": rows,
        "day": date_format(day),
        "address": f"{settings.SITE_URL.rstrip('/')}{PAGE}",
    }
    subject = _("Training of %(organisation)s: old evidence is erased") % {
        "organisation": employee.organisation
    }
    body = render_to_string("courses/training/erasure.txt", context)
    return letter_to(employee, subject, body)


def _note_told(rows: Iterable[Evidence]) -> None:
    pks = [row.pk for row in rows]
    Evidence.objects.filter(pk__in=pks).update(deletion_announced=True)
