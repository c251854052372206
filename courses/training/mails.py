"""Invitations by mail: the secret goes into the mail and nowhere else.

They are sent at once and not by the outbox, which would keep the secret until night.
"""

import time
from collections.abc import Iterable, Mapping
from datetime import date
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import Final

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


def send_invitations(
    people: Iterable[Employee],
    course_titles: list[str],
    due: Mapping[Employee, date],
) -> int:
    """Invite people by mail, one after the other; return how many mails went out.

    ``due`` names the day for whom there is one to name.
    An address that is refused stops nobody else; a server that is gone, or time that is
    over, stops here. Who got no mail has no invitation afterwards, so that nobody
    believes they had been invited.
    """
    connection = get_connection()
    ends = time.monotonic() + SECONDS
    sent = 0
    try:
        for employee in people:
            if time.monotonic() > ends:
                break
            sent += _sent(employee, course_titles, due.get(employee), connection)
    except OSError:
        return sent
    finally:
        connection.close()
    return sent


def _sent(
    employee: Employee,
    course_titles: list[str],
    due: date | None,
    connection: BaseEmailBackend,
) -> bool:
    """Invite one person; False where their address is refused.

    Raises ``OSError`` where the server is not there (any more).
    """
    secret = invite([employee])[employee]
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
        revoke(employee)
        if isinstance(error, ONE_ADDRESS):
            return False
        raise
    return True
