"""Writes the ledger when something happens, exactly what each group's level allows.

Runs inside the transaction of what happened: either both are written or neither.
"""

from datetime import date
from typing import Any

from django.db.models import F
from django.utils import timezone

from courses.progress.events import happened

from .levels import Event, Fact, FactState, Visibility, counts, facts_of, object_key
from .models import GroupTally, SharedFact
from .queries import Sharing, sharings_of


def connect() -> None:
    """Listen to what is learned."""
    happened.connect(_receive, dispatch_uid="courses.groups.ledger")


def _receive(*, event: Event, **_sent: Any) -> None:
    record(event)


def record(event: Event) -> None:
    """Write down an event for each running group of the learner that may know."""
    for sharing in sharings_of(event.user_id, event.course_key):
        write_facts(sharing, facts_of(sharing.level, event, sharing.scopes))
        if sharing.counts and counts(sharing.level, event, sharing.scopes):
            _raise_tally(sharing, object_key(event))


def write_facts(sharing: Sharing, facts: tuple[Fact, ...]) -> None:
    """Write lines of the ledger; what is solved stays solved."""
    month = timezone.localdate().replace(day=1)
    for fact in facts:
        _raise_fact(
            sharing, fact.object_key, fact.state, month if fact.has_month else None
        )


def _raise_fact(
    sharing: Sharing, about: str, state: FactState, month: date | None
) -> None:
    line = {"membership_id": sharing.membership_id, "object_key": about}
    row = SharedFact(**line, state=state, month=month)
    SharedFact.objects.bulk_create([row], ignore_conflicts=True)
    SharedFact.objects.filter(**line, state__lt=state).update(state=state)


def _raise_tally(sharing: Sharing, about: str) -> None:
    row = GroupTally(group_id=sharing.group_id, object_key=about)
    GroupTally.objects.bulk_create([row], ignore_conflicts=True)
    GroupTally.objects.filter(group_id=sharing.group_id, object_key=about).update(
        number=F("number") + 1
    )


def ask_for_help(sharing: Sharing, about: str) -> bool:
    """Write that a member is stuck at an exercise, after their click; level 3 only."""
    if sharing.level == Visibility.HELP:
        _raise_fact(sharing, about, FactState.HELP, month=None)
    return sharing.level == Visibility.HELP


def withdraw_help(sharing: Sharing, about: str) -> None:
    """Take back that a member is stuck: the line goes.

    Whether there was an answer before is not known here, and “not yet” would claim one.
    The next answer writes it.
    """
    SharedFact.objects.filter(
        membership_id=sharing.membership_id, object_key=about, state=FactState.HELP
    ).delete()
