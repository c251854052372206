"""Erasing people and organisations with the evidence that would keep them.

And units, once nobody is left in them. And ending what leavers held.
"""

from django.db import transaction
from django.db.models import F, OuterRef, Subquery

from courses.groups.models import Organisation
from courses.groups.services import end_group

from .models import Assigned, Employee, Evidence, this_month


@transaction.atomic
def erase_employee(employee: Employee) -> None:
    """Erase somebody of a list with all evidence of theirs."""
    employee.evidence.all().delete()
    employee.delete()


@transaction.atomic
def erase_organisation(organisation: Organisation) -> None:
    """Close an organisation: its groups, its list and all evidence go for good."""
    Evidence.objects.filter(employee__organisation=organisation).delete()
    for group in organisation.groups.all():
        end_group(group=group)
    organisation.delete()


def end_of_leavers(organisation: Organisation) -> None:
    """End what people held who left in a month that is over, as of that month.

    What began in it leaves nothing to be told.
    """
    rows = Assigned.objects.filter(
        until=None,
        employee__organisation=organisation,
        employee__left__lt=this_month(),
    )
    rows.filter(since__gte=F("employee__left")).delete()
    left = Employee.objects.filter(pk=OuterRef("employee")).values("left")
    rows.update(until=Subquery(left), reminded=None)


def prune_units(organisation: Organisation) -> None:
    """Delete units of which nothing is told (any more), from the leaves up."""
    while True:
        empty = organisation.units.filter(employees=None, assigned=None, children=None)
        if not empty.delete()[0]:
            return
