"""What has to be done every day: forget what was promised, announce what goes next."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from content.feedback.services import delete_expired_feedback
from courses.groups import notices, rooms
from courses.groups.retention import (
    announce_deletions,
    delete_ended_groups,
    delete_old_accesses,
)
from courses.training.announcing import announce_to_managers, announce_to_people
from courses.training.reminders import send_reminders
from courses.training.retention import (
    delete_old_employee_accesses,
    delete_old_evidence,
    publish_batches,
)
from learnsite.accounts import outbox, tombstones, upkeep
from learnsite.accounts.order import forget_order
from learnsite.accounts.retention import erase_unused_accounts, forget_confirmations


class Command(BaseCommand):
    """Delete what has outlived its period; running it twice deletes nothing more.

    Whether it still runs stands in ``/readyz``: noted last, so a run that failed half
    way does not count.
    """

    help = (
        "Deletes expired sessions, unused key accounts, ended groups and old "
        "feedback, announces which groups and what of lists goes next, mails what "
        "groups were told and reminders of tomorrow's meetings, sends waiting mail, "
        "reminds employees of training, shows the evidence of the day, and forgets in "
        "which order rows about people were written. Run every night."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run each task and say how much went."""
        call_command("clearsessions")
        forget_confirmations()
        rooms.sweep()
        delete_old_accesses()
        delete_old_employee_accesses()
        groups, announced = delete_ended_groups(), announce_deletions()
        publish_batches()
        delete_old_evidence()
        lists = announce_to_managers()
        notices.mail_messages()
        notices.remind()
        mails = outbox.send_waiting() + announce_to_people() + send_reminders()
        accounts, reports = erase_unused_accounts(), delete_expired_feedback()
        # After them, so that it takes place in what is left.
        forget_order()
        self._settle()
        upkeep.note_success()
        self.stdout.write(_("Unused accounts erased: %(count)d.") % {"count": accounts})
        self.stdout.write(_("Ended groups erased: %(count)d.") % {"count": groups})
        self.stdout.write(_("Groups announced: %(count)d.") % {"count": announced})
        self.stdout.write(_("Lists announced: %(count)d.") % {"count": lists})
        self.stdout.write(_("Mails sent: %(count)d.") % {"count": mails})
        self.stdout.write(
            _("Old feedback on accessibility deleted: %(count)d.") % {"count": reports}
        )

    def _settle(self) -> None:
        """Keep the list of what was erased, or say what hinders it."""
        try:
            tombstones.settle()
        except (OSError, tombstones.NoListError) as error:
            raise CommandError(
                _(
                    "The list of what was erased cannot be written: %(path)s. See "
                    "TOMBSTONES in docs/operate.md; all other work is done."
                )
                % {"path": settings.TOMBSTONES}
            ) from error
