"""Evidence that was confirmed by mistake is taken back; a passed test never is.

What managers see says of no evidence how it came about. So nothing here says whether
there was any: whoever takes something back names course and month. What follows does
tell: a state that turns open was confirmed, one that stays done has another proof. The
person therefore reads of each try.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from courses.groups.models import Organisation
from learnsite.accounts import tombstones

from .accesses import note_access
from .models import Assigned, Employee, EmployeeAccess, Evidence, Proof
from .queries import by_name
from .states import month_at

#: What somebody vouched for.
CONFIRMED: Final = (Proof.SESSION, Proof.RECOGNISED)
#: Under this kind a list of what was erased holds evidence that was taken back.
TAKEN_BACK: Final = "taken_back"


@transaction.atomic
def take_back(employee: Employee, course_key: UUID, month: date) -> bool:
    """Take back what was confirmed for a month; return whether there was anything.

    The person reads that it was asked for, whether there was or not.

    What no month's end knew goes at once; other evidence ends with the last month, so
    that states of the past can be told again. A restored backup does not bring it.
    """
    # Whoever confirms at the same time waits.
    Organisation.objects.select_for_update().get(pk=employee.organisation_id)
    rows = Evidence.objects.filter(
        employee=employee, course_key=course_key, month=month, proof__in=CONFIRMED
    )
    note_access(employee.organisation_id, [employee.pk], EmployeeAccess.TAKEN_BACK)
    if not _undo(rows, timezone.localdate()):
        return False
    tombstones.note_last(TAKEN_BACK, {_id(employee.pk, course_key, month): ""})
    return True


def proved_courses(organisation: Organisation) -> dict[UUID, str]:
    """Return by key the titles of all courses that somebody here has proved.

    Of everybody, so that nothing is told of one; without what no night has shown yet.
    """
    rows = Evidence.objects.filter(employee__organisation=organisation, is_visible=True)
    titles = rows.order_by("course_title").values_list("course_key", "course_title")
    return dict(titles.distinct())


def gone_with_evidence(organisation: Organisation) -> QuerySet[Employee]:
    """Return who left and has evidence that a night has shown, by name."""
    shown = Evidence.objects.filter(employee=OuterRef("pk"), is_visible=True)
    gone = organisation.employees.exclude(left=None).filter(Exists(shown))
    return gone.order_by(*by_name())


def last_month_end(day: date) -> date:
    """Return the last day of the month before that of a day."""
    return month_at(day) - timedelta(days=1)


def note_confirmed(rows: Iterable[Evidence]) -> None:
    """Note that evidence is there again where the list says it was taken back."""
    ids = {_id(each.employee_id, each.course_key, each.month) for each in rows}
    known = tombstones.noted(TAKEN_BACK, ids)
    tombstones.note_last(TAKEN_BACK, dict.fromkeys(known, tombstones.THERE))


def ids_of_confirmed() -> Iterator[UUID]:
    """Yield under which ids evidence that was confirmed stands on the list."""
    rows = Evidence.objects.filter(proof__in=CONFIRMED)
    for about in rows.values_list("employee_id", "course_key", "month"):
        yield _id(*about)


def take_back_again(about: UUID, day: date, last: str) -> bool:
    """Take back again, as on a day, what is restored; return whether there was need."""
    if last:
        return False
    rows = Evidence.objects.filter(proof__in=CONFIRMED)
    found = [
        row.pk
        for row in rows.only("employee_id", "course_key", "month")
        if _id(row.employee_id, row.course_key, row.month) == about
    ]
    return _undo(Evidence.objects.filter(pk__in=found), day)


def _id(employee: UUID, course_key: UUID, month: date) -> UUID:
    """Return an id that outlives the night, when rows are written under other ids."""
    return uuid5(employee, f"{course_key} {month}")


def _undo(rows: QuerySet[Evidence], day: date) -> bool:
    """Delete or end rows as of a day; return whether any did.

    Which reminder went was counted from the due date that they had moved.
    """
    end = last_month_end(day)
    unknown = rows.filter(Q(is_visible=False) | Q(noted__gt=end))
    holding = rows.filter(Q(valid_until=None) | Q(valid_until__gt=end))
    touched = list((unknown | holding).values_list("pk", flat=True))
    Assigned.objects.filter(
        until=None,
        employee__evidence__in=touched,
        assignment__course_key=F("employee__evidence__course_key"),
    ).update(reminded=None)
    unknown.delete()
    holding.update(valid_until=end)
    return bool(touched)
