"""What becomes of evidence at night: made visible, and erased when its time is over.

The entries on who looked go in the same way.
"""

import secrets
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from courses.groups.models import Organisation
from courses.groups.retention import ACCESS_DAYS

from .closing import end_of_leavers, prune_units
from .erasures import assigned_over_on, evidence_over_on, first_day
from .models import Assigned, EmployeeAccess, Evidence
from .nights import for_each_organisation
from .reminder_days import reminder_day
from .states import latest_ends

BATCH = 500


@transaction.atomic
def publish_batches() -> int:
    """Show the evidence of the day; return how many rows.

    Every row is deleted and written anew under another id and in mixed order, so that
    neither id nor place nor transaction tells whose test was handed in when. Nor does
    the last reminder: what was settled for the due date before is forgotten. What
    managers saw of the same month goes: the new row holds longer.
    """
    rows = list(Evidence.objects.select_for_update().filter(is_visible=False))
    _settle_reminders(rows)
    hidden = [row.pk for row in rows]
    Evidence.objects.filter(pk__in=[*hidden, *_replaced_by(hidden)]).delete()
    secrets.SystemRandom().shuffle(rows)
    for row in rows:
        row.pk = Evidence._meta.pk.get_default()
        row.is_visible = True
    Evidence.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)


def _replaced_by(hidden: Collection[UUID]) -> list[UUID]:
    """Return the visible rows of whose month there is one of the hidden ones."""
    found = Evidence.objects.filter(
        is_visible=True,
        employee__evidence__in=hidden,
        course_key=F("employee__evidence__course_key"),
        month=F("employee__evidence__month"),
    )
    return list(found.values_list("pk", flat=True))


def _settle_reminders(tonight: Iterable[Evidence]) -> None:
    """Forget which reminder went to people whose evidence moves the due date tonight.

    Whoever had one had proved nothing before it. A reminder of the new date that would
    go this night counts as settled: they have just proved it. Where evidence leaves the
    date as it was, reminders go on all the same and so tell nothing of it.
    """
    new = {row.pk for row in tonight}
    of_the_course = {"employee__evidence__course_key": F("assignment__course_key")}
    held = Assigned.objects.filter(until=None)
    rows = held.filter(employee__evidence__in=new, **of_the_course).distinct()
    proved = list(
        held.filter(pk__in=rows.values("pk"))
        .filter(**of_the_course)
        .values_list("pk", "employee__evidence__valid_until", "employee__evidence__pk")
    )
    now = latest_ends((key, end) for key, end, _proof in proved)
    before = latest_ends((key, end) for key, end, proof in proved if proof not in new)
    today, moved = timezone.localdate(), []
    for row in rows.select_related("assignment"):
        due = row.assignment.due_now(now[row.pk])
        if due != row.assignment.due_now(before.get(row.pk)):
            row.reminded = reminder_day(due, today)
            moved.append(row)
    Assigned.objects.bulk_update(moved, ["reminded"], batch_size=BATCH)


def delete_old_employee_accesses() -> None:
    """Erase the entries on who looked at names that have outlived their period."""
    before = timezone.localdate() - timedelta(days=ACCESS_DAYS)
    EmployeeAccess.objects.filter(day__lt=before).delete()


def delete_old_evidence() -> int:
    """Erase evidence that was replaced, or whose owner left, so many years ago.

    How many is set for each organisation, and nothing goes before the day on which it
    was said to go. Assignments that ended go when no past month can be asked for that
    knew them, and with the last of a course the row of the course; who has left and of
    whom nothing is to be told is erased too, and units without anybody. Returns how
    much evidence went.

    Called after :func:`publish_batches`: who goes tonight has no evidence, and nobody
    may see that before the evidence of the others is shown.
    """
    return for_each_organisation(_erase_old)


def _erase_old(organisation: Organisation) -> int:
    """Erase what is over of one organisation; return how much evidence went."""
    today = timezone.localdate()
    # Whoever uploads a list at this moment waits, or the other way round.
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    over: list[UUID] = []
    if first_day(organisation) <= today:
        found = evidence_over_on(today, organisation)
        over = list(found.values_list("pk", flat=True))
    for start in range(0, len(over), BATCH):
        Evidence.objects.filter(pk__in=over[start : start + BATCH]).delete()
    _forget_untold(organisation, today)
    return len(over)


def _forget_untold(organisation: Organisation, today: date) -> None:
    """Erase what no month can be asked for that knew it, and who is told of no more."""
    end_of_leavers(organisation)
    if first_day(organisation) <= today:
        assigned_over_on(today, organisation).delete()
    organisation.assignments.filter(assigned=None).delete()
    gone = organisation.employees.filter(left__isnull=False)
    told = Assigned.objects.filter(employee=OuterRef("pk"), since__lt=OuterRef("left"))
    untold = gone.filter(evidence=None).exclude(Exists(told))
    # Whoever hands in a test at this moment waits, or has written the row by now: then
    # they stay for another night, and the night does not fail by them.
    locked = [each.pk for each in untold.select_for_update(of=("self",))]
    for start in range(0, len(locked), BATCH):
        untold.filter(pk__in=locked[start : start + BATCH]).delete()
    prune_units(organisation)
