"""What goes by itself. Called by housekeeping."""

from datetime import date

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from . import services, sessions
from .models import Session, User

KEEP_UNUSED_MONTHS = 24


def unused_key_accounts(*, today: date | None = None) -> QuerySet[User]:
    """Return accounts with nothing but a key, unused for more than 24 months.

    Last use is known to the month, so the month of the last use counts as a whole.
    """
    today = today or timezone.localdate()
    months = today.year * 12 + today.month - 1 - KEEP_UNUSED_MONTHS
    before = date(months // 12, months % 12 + 1, 1)
    return (
        User.objects.annotate(last_use=Coalesce(TruncDate("last_login"), "joined"))
        .filter(
            last_use__lt=before,
            key_hash__isnull=False,
            username__isnull=True,
            email="",
            is_staff=False,
            is_superuser=False,
            groups__isnull=True,
        )
        .exclude(Exists(EmailAddress.objects.filter(user=OuterRef("pk"))))
        .exclude(Exists(Authenticator.objects.filter(user=OuterRef("pk"))))
    )


def forget_confirmations() -> int:
    """Forget when people confirmed who they are, where it has become useless.

    Returns how many sessions were written again. One that a page writes meanwhile is
    left: that page forgets as well.
    """
    count = 0
    for key, stored in Session.objects.values_list("pk", "session_data").iterator():
        data = sessions.read(stored)
        if sessions.has_outdated_mark(data):
            row = Session.objects.filter(pk=key, session_data=stored)
            forgotten = sessions.write(sessions.veil(sessions.unveil(data)))
            count += row.update(session_data=forgotten)
    return count


def erase_unused_accounts(*, today: date | None = None) -> int:
    """Erase accounts whose time is up, and return how many.

    One without which something would be left with nobody stays.
    """
    erased = 0
    for user in list(unused_key_accounts(today=today)):
        try:
            services.erase_unless_needed(user=user)
        except services.StillNeededError:
            continue
        erased += 1
    return erased
