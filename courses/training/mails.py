"""Invitations by mail: the secret goes into the mail and nowhere else.

They are sent at once and not by the outbox, which would keep the secret until night.
"""

import time
from collections.abc import Mapping, Sequence
from datetime import date
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import Final, NamedTuple

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from .invitations import address, invite, revoke
from .models import Employee

#: What a server says of one address; the next person may be reached.
ONE_ADDRESS = (SMTPRecipientsRefused, SMTPDataError)
#: So long one click may take; whoever is left waits for the next one.
SECONDS: Final = 20


class Outcome(NamedTuple):
    """How many mails went out, and how many people are left without an invitation."""

    sent: int
    left: int


def send_invitations(
    people: Sequence[Employee],
    course_titles: list[str],
    due: Mapping[Employee, date],
) -> Outcome:
    """Invite people by mail, one after the other, unless they are invited by now.

    ``due`` names the day for whom there is one to name.
    An address that is refused stops nobody else; a server that is gone, or time that is
    over, stops here. Who got no mail has no invitation afterwards, so that nobody
    believes they had been invited.
    """
    connection = get_connection()
    ends = time.monotonic() + SECONDS
    sent = settled = 0
    try:
        for employee in people:
            if time.monotonic() > ends:
                break
            if secret := invite([employee], only_first=True).get(employee):
                day = due.get(employee)
                if not _is_sent(employee, secret, course_titles, day, connection):
                    continue
                sent += 1
            settled += 1
    except OSError:
        pass  # whoever is left waits for the next click
    finally:
        connection.close()
    return Outcome(sent, len(people) - settled)


def _is_sent(
    employee: Employee,
    secret: str,
    course_titles: list[str],
    due: date | None,
    connection: BaseEmailBackend,
) -> bool:
    """Mail somebody their invitation; False where their address is refused.

    Raises ``OSError`` where the server is not there (any more).
    """
    context = {
        "employee": employee,
        "organisation": employee.organisation,
        "courses": course_titles,
        "due": due,
        "address": address(secret),
    }
    subject = _("Training of %(organisation)s: personal invitation") % {
        "organisation": employee.organisation
    }
    message = EmailMessage(
        subject=" ".join(subject.split()),
        body=render_to_string("courses/training/invitation.txt", context),
        to=[employee.email],
        connection=connection,
    )
    try:
        message.send()
    except OSError as error:
        revoke(employee, secret)
        if isinstance(error, ONE_ADDRESS):
            return False
        raise
    return True
