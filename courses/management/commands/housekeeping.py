"""What has to be done every day: forget what was promised, announce what goes next."""

import logging
from collections.abc import Callable
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

logger = logging.getLogger(__name__)


def _clear_sessions() -> None:
    call_command("clearsessions")


def _turn_evidence() -> None:
    """Show the evidence of the day and erase the old: never the one without the other.

    Who goes tonight has no evidence, and nobody may see that before it is shown.
    """
    publish_batches()
    delete_old_evidence()


class Command(BaseCommand):
    """Delete what has outlived its period; running it twice deletes nothing more.

    What fails stops nothing else of the night, and the command fails at its end.
    Whether it still runs stands in ``/readyz``: noted last, so a run of which anything
    failed does not count.
    """

    help = (
        "Deletes expired sessions, unused key accounts, ended groups and old "
        "feedback, announces which groups and what of lists goes next, mails what "
        "groups were told and reminders of tomorrow's meetings, sends waiting mail, "
        "reminds employees of training, shows the evidence of the day, and forgets in "
        "which order rows about people were written. Run every night."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run each task and say how much went.

        Raises :class:`CommandError` at the end, naming each task that failed and why.
        """
        self._failures: list[str] = []
        self._do(_clear_sessions)
        self._do(forget_confirmations)
        self._do(rooms.sweep)
        self._do(delete_old_accesses)
        self._do(delete_old_employee_accesses)
        groups, announced = self._do(delete_ended_groups), self._do(announce_deletions)
        self._do(_turn_evidence)
        lists = self._do(announce_to_managers)
        self._do(notices.mail_messages)
        self._do(notices.remind)
        mails = [
            self._do(send)
            for send in (outbox.send_waiting, announce_to_people, send_reminders)
        ]
        accounts = self._do(erase_unused_accounts)
        reports = self._do(delete_expired_feedback)
        # After them, so that it takes place in what is left.
        self._do(forget_order)
        self._do(self._settle)
        self._say(_("Unused accounts erased: %(count)d."), accounts)
        self._say(_("Ended groups erased: %(count)d."), groups)
        self._say(_("Groups announced: %(count)d."), announced)
        self._say(_("Lists announced: %(count)d."), lists)
        self._say(_("Mails sent: %(count)d."), sum(mails))
        self._say(_("Old feedback on accessibility deleted: %(count)d."), reports)
        if self._failures:
            raise CommandError("\n".join(self._failures))
        upkeep.note_success()

    def _do(self, task: Callable[[], int | None]) -> int:
        """Run a task; return how much it did, 0 where it failed."""
        try:
            return task() or 0
        except Exception as error:
            logger.exception("housekeeping: a task failed")
            name = task.__name__.strip("_")
            self._failures.append(
                str(error)
                if isinstance(error, CommandError)
                else f"{name}: {type(error).__name__}: {error}"
            )
            return 0

    def _say(self, line: str, count: int) -> None:
        self.stdout.write(line % {"count": count})

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
