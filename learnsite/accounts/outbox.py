"""Mails that wait for the night: written with what they tell, sent by housekeeping.

A page that would send one itself would wait for the mail server, and a mail whose cause
was rolled back could not be taken back.
"""

import logging
from datetime import timedelta
from smtplib import SMTPException
from typing import Any

from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage
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
    WaitingMail.objects.create(
        user=user, subject=f"[{site_name()}] {subject}", body=body
    )
    return True


def send_waiting() -> int:
    """Send what waits and forget it; return how many mails went.

    What the mail server refuses waits for the next night, a week at most.
    """
    before = timezone.localdate() - KEEP
    WaitingMail.objects.filter(day__lt=before).delete()
    return sum(_send(mail) for mail in WaitingMail.objects.select_related("user"))


def _send(mail: WaitingMail) -> bool:
    address = _address_of(mail.user)
    if address is None:  # taken away meanwhile
        mail.delete()
        return False
    try:
        EmailMessage(mail.subject, mail.body, to=[address]).send()
    except (OSError, SMTPException) as error:
        # Without the address: a log tells nothing about people.
        logger.warning("A mail waits for the next night: %s", type(error).__name__)
        return False
    mail.delete()
    return True


def _address_of(user: Any) -> str | None:
    found = EmailAddress.objects.filter(user=user.pk, verified=True)
    return found.order_by("-primary").values_list("email", flat=True).first()
