"""Notes that somebody looked at employees, or made them an invitation to look by.

The entries go by themselves (:mod:`.retention`).
"""

from collections.abc import Iterable
from uuid import UUID

from django.utils import timezone

from courses.groups.models import Organisation

from .models import EmployeeAccess


def note_access(
    organisation: Organisation | UUID, people: Iterable[UUID], role: str
) -> None:
    """Note that somebody looked at employees of an organisation, once a day for each.

    ``people`` are their ids, ``role`` is that of whoever looked, or ``INVITED``. One
    statement reads who is noted already, and one writes as many of the others as it may
    hold: whoever turns pages writes nothing again.
    """
    wanted = set(people)
    if not wanted:
        return
    today = timezone.localdate()
    noted = EmployeeAccess.objects.filter(
        employee__organisation=organisation, role=role, day=today
    )
    new = wanted.difference(noted.values_list("employee_id", flat=True))
    EmployeeAccess.objects.bulk_create(
        [EmployeeAccess(employee_id=pk, role=role, day=today) for pk in new],
        ignore_conflicts=True,
    )
