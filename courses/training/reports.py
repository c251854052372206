"""Who is due, of one assignment: read in few statements, however many people."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courses.groups.models import Organisation

from .models import Assigned, Assignment, Evidence, Unit, months_told
from .queries import UnitTree, unit_tree
from .states import (
    Held,
    Proved,
    State,
    Status,
    Sums,
    last_day,
    month_at,
    numbers_by_unit,
    states_on,
    sums_by_unit,
)


@dataclass(frozen=True)
class UnitLine:
    """A unit with its sums; ``depth`` from 0."""

    unit: Unit
    depth: int
    sums: Sums


@dataclass(frozen=True)
class Report:
    """The states of an assignment on a day, of everybody or of one unit."""

    day: date
    tree: UnitTree
    states: list[State]

    @cached_property
    def _numbers(self) -> dict[UUID, Counter[Status]]:
        return numbers_by_unit(self.states)

    @property
    def sums(self) -> Sums:
        """The sums of everybody in the report."""
        return Sums.of(sum(self._numbers.values(), Counter()))

    def lines(self) -> list[UnitLine]:
        """Return the units that have anybody, each below its parent."""
        sums = sums_by_unit(self._numbers, self._ways_up())
        return [
            UnitLine(unit, depth, sums[unit.pk])
            for unit, depth in self.tree.in_order()
            if unit.pk in sums
        ]

    def told_by_number(self) -> list[State]:
        """Return the people whose state the numbers of :meth:`lines` tell.

        That is everybody who works in a unit itself, those below it left out, where all
        of these are in the same state, as is one person alone.
        """
        of_one_mind = {unit for unit, found in self._numbers.items() if len(found) == 1}
        return [state for state in self.states if state.unit in of_one_mind]

    def _ways_up(self) -> dict[UUID, tuple[UUID, ...]]:
        paths, by_path = self.tree.paths, self.tree.by_path
        return {
            pk: tuple(by_path[path[:n]].pk for n in range(1, len(path) + 1))
            for pk, path in paths.items()
        }

    def of_unit(self, pk: UUID) -> "Report":
        """Return the report of one unit with all below it."""
        units = self.tree.below(pk)
        return self.part([state for state in self.states if state.unit in units])

    def only(self, status: Status) -> "Report":
        """Return the report of those in one state."""
        return self.part([state for state in self.states if state.status == status])

    def part(self, states: list[State]) -> "Report":
        """Return the report of some of the people in it."""
        return Report(self.day, self.tree, states)

    def rows(self) -> list[list[str]]:
        """Return the report as a table of text with a heading, sorted by name.

        Name and unit, then what an employer may know (journey 9) and nothing else.
        """
        return [self.heading(), *(self._row(state) for state in self.states)]

    def heading(self) -> list[str]:
        """Return what the columns are called."""
        return [
            _("Name"),
            _("Unit"),
            _("State"),
            _("Month"),
            _("Valid until"),
            _("Version of the course"),
        ]

    def labelled(self) -> list[list[tuple[str, str]]]:
        """Return the rows with each cell's heading, for pages that fold them."""
        heading, *rows = self.rows()
        return [list(zip(heading, row, strict=True)) for row in rows]

    def _row(self, state: State) -> list[str]:
        return [
            state.name,
            self.tree.title(state.unit),
            _state_name(state),
            state.month.strftime("%m/%Y") if state.month else "",
            date_format(state.valid_until, "d.m.Y") if state.valid_until else "",
            version_name(state.version),
        ]


def _state_name(state: State) -> str:
    """Return how somebody stands in words; of who is open, when evidence ran out."""
    if state.ended is None:
        return status_name(state.status)
    return _("open, expired %(month)s") % {"month": state.ended.strftime("%m/%Y")}


def status_name(status: Status) -> str:
    """Return a state in words."""
    return {
        Status.OPEN: _("open"),
        Status.DONE: _("done"),
        Status.DEFERRED: _("deferred"),
    }[status]


def version_name(version: str) -> str:
    """Return the version of a course as people write a day."""
    return date_format(date.fromisoformat(version), "d.m.Y") if version else ""


def past_month_ends(organisation: Organisation) -> list[date]:
    """Return the last days of the past months that can be told, newest first."""
    today, months = timezone.localdate(), months_told(organisation.evidence_years)
    return [last_day(today, -back) for back in range(1, months + 1)]


def report(assignment: Assignment, day: date, *, only: Q | None = None) -> Report:
    """Return who is open and who is done on a day: three statements.

    Only what nightly batches have made visible counts. When evidence ran out is told
    as far back as months are: whose was never replaced is kept for longer. ``only`` is
    a condition on :class:`Assigned` for a report of some people.
    """
    rows = Assigned.objects.filter(only or Q(), assignment=assignment)
    held = rows.values_list(
        "employee_id",
        "unit_id",
        "employee__name",
        "employee__reference",
        "since",
        # Who left this month may still come back to what they held.
        Coalesce("until", "employee__left"),
        "is_deferred",
    )
    proved = Evidence.objects.filter(
        employee__organisation=assignment.organisation_id,
        course_key=assignment.course_key,
        is_visible=True,
    ).values_list("employee_id", "month", "valid_until", "version", "noted")
    told = months_told(assignment.organisation.evidence_years)
    states = states_on(
        day,
        map(Held._make, held),
        map(Proved._make, proved),
        ends_from=month_at(day, -told),
    )
    return Report(day, unit_tree(assignment.organisation), states)
