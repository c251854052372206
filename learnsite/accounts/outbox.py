"""Mails that wait for the night: written with what they tell, sent by housekeeping.

A page that would send one itself would wait for the mail server, and a mail whose cause
was rolled back could not be taken back.
"""

import logging
from collections.abc import Collection, Mapping
from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import Any

from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from . import mailing
from .models import User, WaitingMail
from .naming import site_name

#: A mail that could not be sent for so long tells nobody anything new.
KEEP = timedelta(days=7)

logger = logging.getLogger(__name__)


def has_address(user: Any) -> bool:
    """Return whether somebody gave an address and confirmed it."""
    return _address_of(user) is not None


def post(*, user: User, subject: str, body: str) -> bool:
    """Let a mail wait for the night; return whether it can reach its person.

    Nothing waits for somebody without a confirmed address, nor where no mail is sent.
    """
    if not (mailing.is_sent() and has_address(user)):
        return False
    # A line break in a title would be another header; no server is asked to send that.
    line = " ".join(f"[{site_name()}] {subject}".split())
    WaitingMail.objects.create(user=user, subject=line, body=body)
    return True


def take_back(*, bodies: Collection[str]) -> None:
    """Forget the mails that wait with one of these texts: they are not true any more.

    A mail that has gone out stays where it is.
    """
    WaitingMail.objects.filter(body__in=bodies).delete()


def rewrite(*, bodies: Mapping[str, str]) -> None:
    """Give the mails that wait with one of these texts the text it leads to."""
    mails = list(WaitingMail.objects.filter(body__in=bodies))
    for mail in mails:
        mail.body = bodies[mail.body]
    WaitingMail.objects.bulk_update(mails, ["body"])


def take_back_ending(*, user: Any, ending: str) -> None:
    """Forget the mails that wait for somebody and end in these words."""
    WaitingMail.objects.filter(user=user, body__endswith=ending).delete()


def send_waiting() -> int:
    """Send what waits and forget it; return how many mails went.

    What the mail server refuses waits for the next night, a week at most. Where it does
    not answer, nothing more is tried: each mail would wait for it anew.
    """
    before = timezone.localdate() - KEEP
    WaitingMail.objects.filter(day__lt=before).delete()
    waiting = list(WaitingMail.objects.select_related("user"))
    sent = 0
    connection = get_connection()
    try:
        if waiting:
            connection.open()
        for mail in waiting:
            sent += _send(mail, connection)
    except OSError as error:
        _note_failure(error)
    finally:
        connection.close()
    return sent


def _send(mail: WaitingMail, connection: BaseEmailBackend) -> bool:
    address = _address_of(mail.user)
    if address is None:  # taken away meanwhile
        mail.delete()
        return False
    message = EmailMessage(mail.subject, mail.body, to=[address], connection=connection)
    try:
        message.send()
    except (SMTPRecipientsRefused, SMTPDataError) as error:
        _note_failure(error)
        return False
    mail.delete()
    return True


def _note_failure(error: OSError) -> None:
    # By kind alone: what the server says would put an address into the log.
    logger.warning("Mail waits for the next night: %s", type(error).__name__)


def _address_of(user: Any) -> str | None:
    found = EmailAddress.objects.filter(user=user.pk, verified=True)
    return found.order_by("-primary").values_list("email", flat=True).first()
