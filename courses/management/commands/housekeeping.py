"""What has to be done every day: forget what was promised to be forgotten."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from content.feedback.services import delete_expired_feedback
from courses.groups import rooms
from courses.groups.retention import delete_ended_groups, delete_old_accesses
from learnsite.accounts.order import forget_order
from learnsite.accounts.retention import erase_unused_accounts, forget_confirmations


class Command(BaseCommand):
    """Delete what has outlived its period; running it twice deletes nothing more."""

    help = (
        "Deletes expired sessions, unused key accounts, ended groups and old "
        "feedback, and forgets "
        "in which order rows about people were written. Run every night."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run each task and say how much went."""
        call_command("clearsessions")
        forget_confirmations()
        rooms.sweep()
        delete_old_accesses()
        groups = delete_ended_groups()
        accounts, reports = erase_unused_accounts(), delete_expired_feedback()
        # Last, so that it takes place in what is left.
        forget_order()
        self.stdout.write(_("Unused accounts erased: %(count)d.") % {"count": accounts})
        self.stdout.write(_("Ended groups erased: %(count)d.") % {"count": groups})
        self.stdout.write(
            _("Old feedback on accessibility deleted: %(count)d.") % {"count": reports}
        )
