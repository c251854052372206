"""Erasing people and organisations with the evidence that would keep them.

And units, once nobody is left in them.
"""

from django.db import transaction

from courses.groups.models import Organisation
from courses.groups.services import end_group

from .models import Employee, Evidence


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


def prune_units(organisation: Organisation) -> None:
    """Delete units of which nothing is told (any more), from the leaves up."""
    while True:
        empty = organisation.units.filter(employees=None, assigned=None, children=None)
        if not empty.delete()[0]:
            return
