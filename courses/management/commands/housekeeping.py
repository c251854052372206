"""What has to be done every day: forget what was promised to be forgotten."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from content.feedback.services import delete_expired_feedback
from learnsite.accounts.retention import erase_unused_accounts, forget_confirmations


class Command(BaseCommand):
    """Delete what has outlived its period; running it twice changes nothing more."""

    help = "Deletes expired sessions, unused key accounts and old feedback. Run daily."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run each task and say how much went."""
        call_command("clearsessions")
        forget_confirmations()
        self.stdout.write(f"Ungenutzte Konten gelöscht: {erase_unused_accounts()}")
        self.stdout.write(f"Alte Rückmeldungen gelöscht: {delete_expired_feedback()}")
