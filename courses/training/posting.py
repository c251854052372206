"""Mail to people on a list: sent at once, to their own address, and kept nowhere.

They have no account, so no outbox either: a mail that waits would be a copy of their
name and address. What could not be sent is tried again in the following nights.
"""

import logging
from collections.abc import Callable, Iterable
from uuid import UUID

from django.core.mail import EmailMessage, get_connection
from django.db.models import Count
from django.db.models.functions import Lower

from learnsite.accounts import mailing
from learnsite.accounts.naming import site_name

from .mails import ONE_ADDRESS
from .models import Employee

logger = logging.getLogger(__name__)

#: A mail, and what notes that it has gone.
Letter = tuple[EmailMessage, Callable[[], object]]


def send_each(letters: Iterable[Letter]) -> int:
    """Send mails one after the other; return how many went.

    Each is noted as soon as it is sent, so a second run sends nothing more. An address
    that is refused stops nobody else; a server that is gone stops the night.
    """
    if not mailing.is_sent():
        return 0
    sent = 0
    connection = get_connection()
    try:
        for message, note in letters:
            message.connection = connection
            try:
                message.send()
            except ONE_ADDRESS as error:
                _note_failure(error)
                continue
            note()
            sent += 1
    except OSError as error:
        _note_failure(error)
    finally:
        connection.close()
    return sent


def letter_to(employee: Employee, subject: str, body: str) -> EmailMessage:
    """Return a mail to the address on the list."""
    line = " ".join(f"[{site_name()}] {subject}".split())
    return EmailMessage(subject=line, body=body, to=[employee.email])


def shared_addresses(organisation: UUID) -> set[str]:
    """Return the addresses, in lower case, of several who work there.

    What is written to somebody says how they stand: colleagues would read it in a
    shared mailbox.
    """
    there = Employee.objects.filter(organisation=organisation, left=None)
    addresses = there.exclude(email="").annotate(address=Lower("email"))
    numbers = addresses.values("address").annotate(number=Count("pk"))
    return set(numbers.filter(number__gt=1).values_list("address", flat=True))


def _note_failure(error: OSError) -> None:
    # By kind alone: what the server says would put an address into the log.
    logger.warning("A mail waits for the next night: %s", type(error).__name__)
