"""When what groups keep goes by itself; called by housekeeping every night."""

from datetime import timedelta

from django.utils import timezone

from .models import Access, Group

#: How long members can read who looked at what is known of them.
ACCESS_DAYS = 90


def delete_ended_groups() -> int:
    """Erase the groups whose day has come, with their ledger; return how many."""
    due = list(Group.objects.filter(delete_on__lte=timezone.localdate()))
    for group in due:
        group.delete()
    return len(due)


def delete_old_accesses() -> None:
    """Erase the entries on who looked that have outlived their period."""
    before = timezone.localdate() - timedelta(days=ACCESS_DAYS)
    Access.objects.filter(day__lt=before).delete()
