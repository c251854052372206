"""Everything for a first look, in one command."""

import os
import secrets
import socket
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from courses.groups.demo import create_demo_evening_course, create_demo_school
from courses.training.demo import create_demo_city
from learnsite.accounts.demo import create_demo_people

SECRETS = ("SECRET_KEY", "LEARNING_KEY_PEPPERS", "BADGE_KEYS")


class Command(BaseCommand):
    """Set up database, courses and demo people, then serve; safe to run again."""

    help = "Sets up everything for a first look and serves it on 127.0.0.1."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer a port, and to stop before serving."""
        parser.add_argument("--no-serve", action="store_true", help="set up only")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        """Run each step; each finds out by itself whether it is needed."""
        if not settings.DEBUG:
            raise CommandError(
                _(
                    "quickstart is for a first look. For a real site see "
                    "docs/operate.md."
                )
            )
        if not options["no_serve"]:
            refuse_busy_port(options["port"])
        if write_secrets(settings.BASE_DIR / ".env"):
            # Settings were read without them: start again, now with them.
            os.execv(sys.executable, [sys.executable, *sys.argv])  # noqa: S606
        call_command("migrate", interactive=False, verbosity=0)
        library = Path(settings.LIBRARY_DIR)
        packages = sorted(str(path.parent) for path in library.glob("*/*.yaml"))
        call_command("import_course", *dict.fromkeys(packages), stdout=self.stdout)
        self._print_people(options["port"])
        if not options["no_serve"]:
            # Cards and mails lead to where the site really stands.
            settings.SITE_URL = f"http://127.0.0.1:{options['port']}"
            call_command("runserver", f"127.0.0.1:{options['port']}", "--noreload")

    def _print_people(self, port: int) -> None:
        address = f"http://127.0.0.1:{port}"
        self.stdout.write(
            "\n" + _("The site is at %(url)s/.") % {"url": address} + "\n\n"
        )
        self.stdout.write(_("To try it out (for development only):"))
        people = create_demo_people()
        create_demo_school()
        create_demo_evening_course()
        create_demo_city()
        for person in people:
            secret = person.learning_key or f"{person.username} / {person.password}"
            self.stdout.write(f"  {person.name:18} {address}{person.sign_in}  {secret}")
        self.stdout.write(f"  {'CMS':18} {address}/cms/\n\n")


def refuse_busy_port(port: int) -> None:
    """Raise ``CommandError`` where another program serves here, before all the work."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as error:
            raise CommandError(
                _(
                    "Port %(port)d is not free: another program uses it, perhaps this "
                    "site in another window. Stop it, or take another port: "
                    "quickstart --port %(other)d"
                )
                % {"port": port, "other": port + 1 if port < 65535 else 8001}
            ) from error


def write_secrets(path: Path) -> bool:
    """Write random secrets unless the environment or the file has them already."""
    if path.exists() or all(os.environ.get(name) for name in SECRETS):
        return False
    lines = [f"{name}={secrets.token_urlsafe(48)}\n" for name in SECRETS]
    path.touch(mode=0o600)  # before anything stands in it
    path.write_text("".join(lines), encoding="utf-8")
    return True
