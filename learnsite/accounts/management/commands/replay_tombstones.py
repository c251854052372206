"""Erase again, after a restore, what was erased since the backup."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learnsite.accounts import tombstones


class Command(BaseCommand):
    """Read the list, replay it, say what went and what failed.

    Running it twice changes nothing.
    """

    help = (
        "Erases and revokes again what was erased, left or revoked since the backup "
        "that was restored. Run it before people get in."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the list from elsewhere than the setting says."""
        parser.add_argument(
            "file",
            nargs="?",
            type=Path,
            default=Path(settings.TOMBSTONES),
            help="the list; without it the one of the setting TOMBSTONES",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Replay the list of a file and that of the database."""
        path: Path = options["file"]
        try:
            with path.open(encoding="ascii", errors="replace") as file:
                listed, unreadable = tombstones.read(file)
        except OSError as error:
            raise CommandError(
                _(
                    "%(path)s cannot be read. Give the file with the list of what was "
                    "erased: replay_tombstones FILE"
                )
                % {"path": path}
            ) from error
        except tombstones.NoListError as error:
            raise CommandError(
                _("%(path)s is no list of what was erased. Nothing was changed.")
                % {"path": path}
            ) from error
        done = tombstones.replay(listed)
        for kind, count in sorted(done.gone.items()):
            self.stdout.write(f"{kind}: {count}")
        if unreadable:
            lines = ", ".join(map(str, unreadable))
            self.stderr.write(_("Unreadable lines: %(lines)s") % {"lines": lines})
        for failure in done.failed:
            self.stderr.write(str(failure))
        if done.failed:
            raise CommandError(
                ngettext(
                    "%(count)d row could not be erased. Everything else on the list "
                    "is gone.",
                    "%(count)d rows could not be erased. Everything else on the list "
                    "is gone.",
                    len(done.failed),
                )
                % {"count": len(done.failed)}
            )
        self.stdout.write(_("Everything on the list is gone."))
