"""What goes by itself of a list and its evidence, and on which day. Writes nothing.

All of it goes in the first night of a month, for months are kept and no days. So what
goes next, and when, follows from the rows; stored is only which day was announced.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from courses.groups.models import ANNOUNCED_BEFORE, Organisation

from .models import Assigned, Employee, Evidence, months_told, this_month
from .states import last_day, month_at


def evidence_over_on(day: date, organisation: Organisation) -> QuerySet[Evidence]:
    """Return the evidence whose time is over on a day.

    It was replaced, or its owner left, as many years ago as the organisation set.
    """
    since = month_at(day, -12 * organisation.evidence_years)
    newer = Evidence.objects.filter(
        employee=OuterRef("employee"),
        course_key=OuterRef("course_key"),
        month__gt=OuterRef("month"),
        month__lte=since,
        # Evidence recognised later replaced nothing before it was written.
        noted__lte=since,
        # Of what no night has shown yet nothing may be told, by no number either.
        is_visible=True,
    )
    rows = Evidence.objects.filter(employee__organisation=organisation)
    return rows.filter(Q(employee__left__lte=since) | Exists(newer))


def assigned_over_on(day: date, organisation: Organisation) -> QuerySet[Assigned]:
    """Return what ended and no month can be asked for on a day that knew it."""
    first_told = month_at(day, -months_told(organisation.evidence_years))
    ended = Assigned.objects.filter(assignment__organisation=organisation)
    return ended.filter(until__lte=first_told)


def _leavers_over_on(day: date, organisation: Organisation) -> QuerySet[Employee]:
    """Return who left, and of whom nothing is to be told from a day on.

    Without who left this month: they may go tonight, and whether they do would tell
    what no night has shown yet.
    """
    evidence = Evidence.objects.filter(employee=OuterRef("pk"))
    evidence = evidence.exclude(pk__in=evidence_over_on(day, organisation).values("pk"))
    assigned = Assigned.objects.filter(employee=OuterRef("pk"))
    assigned = assigned.exclude(pk__in=assigned_over_on(day, organisation).values("pk"))
    gone = organisation.employees.filter(left__lt=this_month())
    return gone.exclude(Exists(evidence)).exclude(Exists(assigned))


def first_day(organisation: Organisation) -> date:
    """Return the first of a month before which nothing of a list goes (any more).

    What was announced goes on the day that was said, and a period that was made shorter
    lets nothing go before it was announced.
    """
    said = organisation.erasure_announced
    if said is None:
        return date.min
    return said if said.day == 1 else month_at(said, 1)


def next_day(organisation: Organisation) -> date:
    """Return the day on which something goes next: the first of the next month.

    Or that of a later one, where a period was made shorter.
    """
    return max(month_at(timezone.localdate(), 1), first_day(organisation))


def is_announced(day: date) -> bool:
    """Whether people are told by now of what goes on a day."""
    return day <= timezone.localdate() + ANNOUNCED_BEFORE


@dataclass(frozen=True)
class Going:
    """What an organisation loses next, in numbers, and the last state told until then.

    Numbers and days are all of it: it is a hint to keep a list, and none of people.
    """

    day: date
    evidence: int
    people: int
    assigned: int
    last_state: date

    @property
    def is_anything(self) -> bool:
        """Whether there is something to announce."""
        return bool(self.evidence or self.people or self.assigned)


def going_soon(organisation: Organisation) -> Going | None:
    """Return what goes within 14 days, None where nothing does: three statements.

    Before that time none.
    """
    day = next_day(organisation)
    if not is_announced(day):
        return None
    months = months_told(organisation.evidence_years)
    found = Going(
        day,
        evidence=evidence_over_on(day, organisation).count(),
        people=_leavers_over_on(day, organisation).count(),
        assigned=assigned_over_on(day, organisation).count(),
        last_state=last_day(day, -months - 1),
    )
    return found if found.is_anything else None


def days_of_erasure(
    evidence: Iterable[Evidence], organisation: Organisation
) -> dict[UUID, date]:
    """Return when evidence of one person goes because newer evidence replaced it.

    Only what is handed in counts: evidence that may not be shown replaces nothing yet.
    """
    by_course = defaultdict(list)
    for each in evidence:
        by_course[each.course_key].append(each)
    months, earliest = 12 * organisation.evidence_years, first_day(organisation)
    return {
        each.pk: max(month_at(min(replaced), months), earliest)
        for rows in by_course.values()
        for each in rows
        if (
            replaced := [
                max(other.month, other.noted)
                for other in rows
                if other.month > each.month
            ]
        )
    }


def day_of_erasure(assigned: Assigned, organisation: Organisation) -> date | None:
    """Return when something that was assigned goes; None while it has not ended."""
    if assigned.until is None:
        return None
    goes = month_at(assigned.until, months_told(organisation.evidence_years))
    return max(goes, first_day(organisation))
