"""``manage.py import_course PATH…``: write course packages into the CMS."""

from pathlib import Path
from typing import Any

from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from courses.packages.importer import import_packages
from courses.packages.importing import Outcome
from courses.packages.problems import PackageError


class Command(BaseCommand):
    """Import packages; all of them or, with a problem anywhere, none."""

    help = "Check course packages, then write them. A second run changes nothing."

    requires_migrations_checks = True
    #: Addresses, forms and fonts are of no matter here, and take a second to check.
    requires_system_checks = (Tags.models,)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument(
            "--draft",
            action="store_true",
            help="leave pages unpublished and allow facts that are still open",
        )
        parser.add_argument(
            "--take",
            choices=["package", "cms"],
            help="who wins where a page was edited in the CMS since its import",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            outcome = import_packages(
                options["paths"], take=options["take"], draft=options["draft"]
            )
        except PackageError as error:
            for problem in error.problems:
                self.stdout.write(str(problem))
            raise CommandError(
                _("Nothing was imported. Problems: %(count)d.")
                % {"count": len(error.problems)}
            ) from error
        self.report(outcome, detailed=options["verbosity"] > 0)

    def report(self, outcome: Outcome, *, detailed: bool) -> None:
        if not detailed:
            return
        for name in outcome.created:
            self.stdout.write(_("new: %(name)s") % {"name": name})
        for name in outcome.updated:
            self.stdout.write(_("updated: %(name)s") % {"name": name})
        for name in outcome.unpublished:
            self.stdout.write(
                _("no longer in the package, unpublished: %(name)s") % {"name": name}
            )
        for name, difference in outcome.left:
            self.stdout.write(
                _("edited in the CMS, left as it is: %(name)s") % {"name": name}
            )
            self.stdout.write(difference)
        if outcome.left:
            self.stdout.write(
                _(
                    "What was edited or unpublished in the CMS stands. To write the "
                    "package over it, repeat the command with --take package; to "
                    "bring it into the package, export the course with export_course."
                )
            )
        for notice in outcome.notices:
            self.stdout.write(notice)
        self.stdout.write(
            _("New: %(new)d, updated: %(updated)d, unchanged: %(unchanged)d.")
            % {
                "new": len(outcome.created),
                "updated": len(outcome.updated),
                "unchanged": len(outcome.unchanged),
            }
        )
