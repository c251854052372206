"""What changes the list of people and what they are assigned; each in one transaction.

Months are kept, never days: a list is one of employees, not of movements.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet

from courses.groups.models import Organisation
from learnsite.accounts import tombstones

from .closing import end_of_leavers, prune_units
from .invitations import INVITATION
from .lists import Line
from .models import Assigned, Assignment, Employee, Unit, this_month
from .queries import UnitTree, entries_of, unit_tree
from .reconciling import Plan, reconcile

BATCH = 500
#: Under this kind a list of what was erased holds who left a list, or came back.
PRESENCE = "presence"
#: Under this one, whose address was taken off it, or is there again.
ADDRESS = "address"


class ListChanged(Exception):
    """The list of people is another than when the plan was shown."""


class TrainingError(Exception):
    """Something that cannot be done, for instance a unit below itself."""


# --- The list -------------------------------------------------------------------------


def plan_list(organisation: Organisation, lines: Iterable[Line]) -> Plan:
    """Return what a list would change: two statements, nothing written.

    Who has no unit belongs to the organisation itself.
    """
    placed = (
        line
        if line.unit
        else Line(line.reference, line.name, (organisation.name,), line.email)
        for line in lines
    )
    return reconcile(placed, entries_of(organisation))


@transaction.atomic
def carry_out(
    organisation: Organisation, lines: Iterable[Line], *, digest: str
) -> Plan:
    """Make the list what a plan says, all of it or nothing.

    ``digest`` is that of the plan that was confirmed. Raises :class:`ListChanged` where
    the same lines would do something else by now.
    """
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    plan = plan_list(organisation, lines)
    if plan.digest != digest:
        raise ListChanged
    end_of_leavers(organisation)
    tree = unit_tree(organisation)
    kept = (*plan.back, *plan.moved, *plan.renamed)
    changed = [change.after for change in kept]
    units = _units_for((*plan.new, *changed), organisation, tree)
    Employee.objects.bulk_create(
        [_employee(organisation, line, units) for line in plan.new], batch_size=BATCH
    )
    _update(organisation, changed, units)
    _let_go(organisation, plan.gone)
    prune_units(organisation)
    return plan


def _employee(
    organisation: Organisation, line: Line, units: Mapping[tuple[str, ...], Unit]
) -> Employee:
    return Employee(
        organisation=organisation,
        unit=units[line.unit],
        reference=line.reference,
        name=line.name,
        email=line.email,
    )


def _units_for(
    lines: Iterable[Line], organisation: Organisation, tree: UnitTree
) -> dict[tuple[str, ...], Unit]:
    """Return the unit of each path that occurs; make those that are missing."""
    known = dict(tree.by_path)
    missing = {
        line.unit[:depth] for line in lines for depth in range(1, len(line.unit) + 1)
    } - known.keys()
    for depth in sorted({len(path) for path in missing}):
        made = {
            path: Unit(
                organisation=organisation, name=path[-1], parent=known.get(path[:-1])
            )
            for path in sorted(missing)
            if len(path) == depth
        }
        Unit.objects.bulk_create(made.values())
        known |= made
    return known


def _update(
    organisation: Organisation,
    lines: list[Line],
    units: Mapping[tuple[str, ...], Unit],
) -> None:
    """Write name, unit and address anew; who had left is there again.

    Who left this month holds again what they held.
    """
    wanted = {line.reference.casefold(): line for line in lines}
    if not wanted:
        return
    people = [
        employee
        for employee in organisation.employees.all()
        if employee.reference.casefold() in wanted
    ]
    back = [employee.pk for employee in people if employee.left]
    tombstones.note_last(PRESENCE, dict.fromkeys(back, tombstones.THERE))
    emails = {each.pk: wanted[each.reference.casefold()].email for each in people}
    _note_addresses({each.pk: each.email for each in people}, emails)
    for employee in people:
        line = wanted[employee.reference.casefold()]
        employee.reference, employee.name = line.reference, line.name
        employee.email, employee.unit = line.email, units[line.unit]
        employee.left = None
    fields = ["reference", "name", "email", "unit", "left"]
    Employee.objects.bulk_update(people, fields, batch_size=BATCH)
    _follow(organisation)


def _note_addresses(before: Mapping[UUID, str], now: Mapping[UUID, str]) -> None:
    """Note who has no address any more, or has one again; another one is no news."""
    last = {
        pk: tombstones.THERE if email else ""
        for pk, email in now.items()
        if bool(email) != bool(before[pk])
    }
    tombstones.note_last(ADDRESS, last)


def take_address_again(pk: UUID, _day: date, last: str) -> bool:
    """Take an address off the list again; return whether there was one."""
    if last:
        return False
    return bool(Employee.objects.filter(pk=pk).exclude(email="").update(email=""))


def _let_go(organisation: Organisation, lines: Iterable[Line]) -> None:
    """See people off, as :func:`let_go` does."""
    references = [line.reference for line in lines]
    for start in range(0, len(references), BATCH):
        batch = references[start : start + BATCH]
        let_go(organisation.employees.filter(reference__in=batch))


@transaction.atomic
def let_go(people: Iterable[Employee]) -> None:
    """See people off who left the organisation, as of this month.

    Evidence survives leaving, and so does what the end of a past month said. Their
    invitation and address end at once, and they are to take nothing any more; that ends
    for good with the month. Who leaves nothing to be told is erased at night, like
    everybody else of the day, so that nobody sees who had passed a test before its
    batch. It stays so when a backup is restored.
    """
    gone = dict.fromkeys(_see_off(people, this_month()), "")
    tombstones.note_last(PRESENCE, gone)
    tombstones.note_last(INVITATION, gone)


def _see_off(people: Iterable[Employee], month: date) -> list[UUID]:
    """Write down that people left; return their ids."""
    keys = [employee.pk for employee in people]
    # With what ends, it would only tell that nothing had been proved before it.
    Assigned.objects.filter(employee__in=keys, until=None).update(reminded=None)
    Employee.objects.filter(pk__in=keys).update(left=month, email="", invitation=None)
    return keys


def let_go_again(pk: UUID, day: date, presence: str) -> bool:
    """See somebody off again who had left on a day and did not come back since.

    Returns whether there was need. The note of that day stays the last word.
    """
    row = Employee.objects.filter(pk=pk, left=None)
    if presence or not row.exists():
        return False
    _see_off(row, day.replace(day=1))
    return True


@transaction.atomic
def change_person(employee: Employee, *, name: str, email: str, unit: Unit) -> None:
    """Change name, address and unit of one person, and nothing else of them.

    An address that is taken away stays away when a backup is restored.
    """
    before = Employee.objects.values_list("email", flat=True).get(pk=employee.pk)
    _note_addresses({employee.pk: before}, {employee.pk: email})
    employee.name, employee.email, employee.unit = name, email, unit
    employee.save(update_fields=["name", "email", "unit"])
    _follow(unit.organisation)


# --- Units ----------------------------------------------------------------------------


@transaction.atomic
def change_unit(
    unit: Unit, *, name: str, parent: Unit | None, into: Unit | None = None
) -> None:
    """Rename a unit or hang it below another one.

    Where that place is taken by a unit of the same name, the two become one if that is
    the one they are to go ``into``. Whoever changes units of the organisation at the
    same time waits. Raises :class:`TrainingError` where a unit would stand below
    itself, the place is taken by one that was not meant, or a unit is not there any
    more.
    """
    Organisation.objects.select_for_update().get(pk=unit.organisation_id)
    # As they stand now: what was read before the lock may have moved meanwhile.
    units = Unit.objects.filter(organisation=unit.organisation_id).in_bulk()
    found, above = units.get(unit.pk), units.get(parent.pk) if parent else None
    if found is None or (parent and above is None) or _is_below(above, found, units):
        raise TrainingError
    if twin_of(found, name=name, parent=above) not in (None, into):
        raise TrainingError
    _place(found, name, above)


def _is_below(place: Unit | None, unit: Unit, units: Mapping[UUID, Unit]) -> bool:
    """Return whether a place is a unit, or somewhere below it."""
    while place is not None and place != unit:
        place = units[place.parent_id] if place.parent_id else None
    return place is not None


def _place(unit: Unit, name: str, parent: Unit | None) -> None:
    twin = twin_of(unit, name=name, parent=parent)
    if twin is not None:
        _merge(unit, twin)
        return
    unit.name, unit.parent = name, parent
    unit.save(update_fields=["name", "parent"])


def twin_of(unit: Unit, *, name: str, parent: Unit | None) -> Unit | None:
    """Return the other unit of a name in a place, None where there is none."""
    same = Unit.objects.filter(
        organisation=unit.organisation_id, parent=parent, name=name
    )
    return same.exclude(pk=unit.pk).first()


def _merge(unit: Unit, into: Unit) -> None:
    """Move people and units below over, and delete what is empty then.

    The two are one in what is told of the past as well.
    """
    unit.employees.update(unit=into)
    unit.assigned.update(unit=into)
    for child in unit.children.all():
        _place(child, child.name, into)
    unit.delete()


# --- What is to be taken --------------------------------------------------------------


@transaction.atomic
def assign(
    *,
    organisation: Organisation,
    course_key: UUID,
    due: date,
    renewal: str,
    valid_months: int,
    people: Iterable[Employee],
) -> tuple[Assignment, int]:
    """Assign a course to people; return the assignment and how many are new to it.

    A course is assigned once in an organisation: a second time changes its dates and
    adds people. Who was assigned already stays as they are.
    """
    # The night, which forgets what nobody is to take, waits, or has forgotten it.
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    values = {"due": due, "renewal": renewal, "valid_months": valid_months}
    assignment, _made = Assignment.objects.update_or_create(
        organisation=organisation, course_key=course_key, defaults=values
    )
    wanted = {each.pk: each.unit_id for each in people}
    held = assignment.assigned.filter(until=None)
    known = set(held.values_list("employee_id", flat=True))
    new = [
        Assigned(
            assignment=assignment,
            employee_id=employee,
            unit_id=wanted[employee],
            since=this_month(),
        )
        for employee in sorted(wanted.keys() - known)
    ]
    Assigned.objects.bulk_create(new, batch_size=BATCH)
    return assignment, len(new)


@transaction.atomic
def withdraw(assignment: Assignment, people: Iterable[Employee]) -> None:
    """End an assignment for people; evidence they have stays."""
    keys = [each.pk for each in people]
    _end(assignment.assigned.filter(employee__in=keys, until=None), this_month())


@transaction.atomic
def defer(
    assignment: Assignment, people: Iterable[Employee], *, deferred: bool
) -> None:
    """Set people back from an assignment, or end that; a reason is never asked."""
    # Who sends it twice waits: the second time finds nothing left to change.
    Assignment.objects.select_for_update().get(pk=assignment.pk)
    keys = [each.pk for each in people]
    rows = assignment.assigned.filter(employee__in=keys, until=None)
    changed = list(rows.exclude(is_deferred=deferred))
    for row in changed:
        row.is_deferred = deferred
    _begin_anew(changed)


def _follow(organisation: Organisation) -> None:
    """Let open assignments say the unit that people work in now."""
    rows = Assigned.objects.held().filter(employee__organisation=organisation)
    moved = list(rows.exclude(unit=F("employee__unit")).select_related("employee"))
    for row in moved:
        row.unit_id = row.employee.unit_id
    _begin_anew(moved)


def _begin_anew(rows: list[Assigned]) -> None:
    """Write down what open rows say from this month on; earlier months stay told.

    Which reminder went is for what comes; with what ended it would only tell that
    nothing had been proved before it.
    """
    month = this_month()
    young = [row for row in rows if row.since == month]
    old = [row for row in rows if row.since != month]
    Assigned.objects.bulk_update(young, ["unit", "is_deferred"], batch_size=BATCH)
    for start in range(0, len(old), BATCH):
        batch = [row.pk for row in old[start : start + BATCH]]
        Assigned.objects.filter(pk__in=batch).update(until=month, reminded=None)
    for row in old:
        row.pk, row.since = Assigned._meta.pk.get_default(), month
    Assigned.objects.bulk_create(old, batch_size=BATCH)


def _end(rows: QuerySet[Assigned], month: date) -> None:
    """End open rows; what began and ended within a month leaves nothing to be told."""
    rows.filter(since__gte=month).delete()
    rows.update(until=month, reminded=None)
