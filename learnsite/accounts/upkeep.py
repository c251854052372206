"""Whether housekeeping still runs: what it forgets was promised to people."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from .models import Upkeep

#: A night, and half a day to notice that it was missed.
LATE_AFTER = timedelta(hours=36)


@dataclass(frozen=True)
class UpkeepState:
    """When housekeeping last succeeded (None: never), and whether that is too long."""

    succeeded: datetime | None
    is_late: bool


def note_success() -> None:
    """Note that housekeeping has done all of its work now."""
    Upkeep.objects.update_or_create(pk=1, defaults={"succeeded": timezone.now()})


def upkeep_state() -> UpkeepState:
    """Return the state of housekeeping: one statement.

    A site that is new has the same time for its first run. A first look on one's own
    machine (``DEBUG``) has no nights and is never late.
    """
    row = Upkeep.objects.filter(pk=1).first()
    last = row.succeeded if row else None
    counted = last or (row.since if row else None)
    is_late = counted is None or timezone.now() - counted > LATE_AFTER
    return UpkeepState(last, is_late=is_late and not settings.DEBUG)
