"""What is done at night for one organisation after the other."""

from collections.abc import Callable

from django.db import transaction

from courses.groups.models import Organisation


def for_each_organisation(task: Callable[[Organisation], int]) -> int:
    """Do a task for each organisation in a transaction of its own; return the sum.

    Where it fails for one, it is done for all others first; then an
    :class:`ExceptionGroup` names those for which it failed.
    """
    done, failed = 0, {}
    for organisation in Organisation.objects.order_by("pk"):
        try:
            with transaction.atomic():
                done += task(organisation)
        except Exception as error:  # noqa: BLE001 - the others are promised it too
            failed[organisation.name] = error
    if failed:
        raise ExceptionGroup(", ".join(failed), list(failed.values()))
    return done
