"""Reads of units and people; each hands out those of one organisation."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.db.models.lookups import Contains

from courses.groups.models import Organisation

from .lists import Line
from .models import Assigned, Employee, Unit, this_month
from .reconciling import Entry
from .spelling import Plain, plain


@dataclass(frozen=True)
class UnitTree:
    """The units of an organisation, read in one statement."""

    units: dict[UUID, Unit]
    by_path: dict[tuple[str, ...], Unit]
    paths: dict[UUID, tuple[str, ...]]

    def in_order(self) -> Iterator[tuple[Unit, int]]:
        """Yield each unit below its parent, with its depth from 0."""
        for path in sorted(self.by_path, key=lambda path: [*map(plain, path)]):
            yield self.by_path[path], len(path) - 1

    def below(self, pk: UUID) -> set[UUID]:
        """Return a unit with all units below it."""
        path = self.paths[pk]
        return {
            other for other, there in self.paths.items() if there[: len(path)] == path
        }

    def title(self, pk: UUID) -> str:
        """Return the path of a unit in words."""
        return " / ".join(self.paths[pk])


def unit_tree(organisation: Organisation) -> UnitTree:
    """Return the units of an organisation: one statement."""
    units = {unit.pk: unit for unit in organisation.units.all()}

    def path(unit: Unit) -> tuple[str, ...]:
        above = path(units[unit.parent_id]) if unit.parent_id else ()
        return (*above, unit.name)

    paths = {pk: path(unit) for pk, unit in units.items()}
    return UnitTree(units, {paths[pk]: unit for pk, unit in units.items()}, paths)


def entries_of(organisation: Organisation) -> dict[str, Entry]:
    """Return the people of the list by casefolded reference: two statements."""
    paths = unit_tree(organisation).paths
    rows = organisation.employees.values_list(
        "reference", "name", "unit_id", "email", "left"
    )
    return {
        reference.casefold(): Entry(
            Line(reference, name, paths[unit], email),
            has_left=left is not None,
            left_lately=left == this_month(),
        )
        for reference, name, unit, email, left in rows
    }


def people_of(
    organisation: Organisation, *, units: set[UUID] | None = None, words: str = ""
) -> QuerySet[Employee]:
    """Return who works there, by name; of some units only, with words in the name."""
    people = organisation.employees.filter(left=None).select_related("unit")
    return people.filter(meant(units, words)).order_by(*by_name())


def by_name(at: str = "") -> tuple[Any, ...]:
    """Return how people are sorted; ``at`` as for :func:`meant`."""
    return Plain(f"{at}name"), f"{at}name", f"{at}reference"


def meant(units: set[UUID] | None = None, words: str = "", *, at: str = "") -> Q:
    """Return the condition on people of some units whose name or number is asked for.

    Each word stands in the name, accents or not, or is the number. ``at`` is the way to
    the employee from the rows that are filtered, such as ``employee__``.
    """
    condition = Q() if units is None else Q(**{f"{at}unit__in": units})
    for word in words.split():
        is_number = Q(**{f"{at}reference__iexact": word})
        condition &= Q(Contains(Plain(f"{at}name"), plain(word))) | is_number
    return condition


def namesakes(names: Iterable[str]) -> set[str]:
    """Return the names that two people bear: their numbers tell them apart."""
    return {name for name, number in Counter(names).items() if number > 1}


def holders_by_assignment(organisation: Organisation) -> dict[UUID, int]:
    """Return how many people hold each assignment, in one statement; 0 is left out."""
    held = Assigned.objects.held().filter(assignment__organisation=organisation)
    return dict(held.values_list("assignment").annotate(Count("pk")))
