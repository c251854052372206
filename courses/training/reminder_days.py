"""On which days people are reminded of training: counted from its due date alone."""

from datetime import date, timedelta
from typing import Final

from learnsite.accounts.outbox import KEEP

#: So many days before training is due, and once on the day after.
DAYS_BEFORE: Final = (30, 7)


def reminder_day(due: date, today: date) -> date | None:
    """Return the day of the newest reminder of a due date; None where none is due.

    A night that was missed is made up for, as long as a mail may wait; after that the
    reminder is left out, so that nobody gets several at once.
    """
    days = [due - timedelta(days=before) for before in DAYS_BEFORE]
    begun = [day for day in (*days, due + timedelta(days=1)) if day <= today]
    newest = max(begun, default=None)
    return newest if newest and today - newest < KEEP else None
