"""``manage.py check_course PATH…``: report every problem of course packages."""

from pathlib import Path
from typing import Any

from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from courses.packages.advice import advice
from courses.packages.importer import check_packages
from courses.packages.problems import PackageError
from courses.packages.reader import Loaded
from courses.packages.strict.check import findings, missing_for_spelling


class Command(BaseCommand):
    """Check packages without keeping anything."""

    help = "Check course packages and report problems as file:line: what to mend."

    requires_migrations_checks = True
    #: Addresses, forms and fonts are of no matter here, and take a second to check.
    requires_system_checks = (Tags.models,)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument(
            "--draft", action="store_true", help="allow facts that are still open"
        )

        parser.add_argument(
            "--strict",
            action="store_true",
            help="measure language and build of courses too, and fail on what is found",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            checked = check_packages(options["paths"], draft=options["draft"])
        except PackageError as error:
            for problem in error.problems:
                self.stdout.write(str(problem))
            raise CommandError(
                _("Problems: %(count)d.") % {"count": len(error.problems)}
            ) from error
        for each in checked:
            for hint in advice(each):
                self.stdout.write(str(hint))
        if options["strict"]:
            self._check_strictly(checked)
        self.stdout.write(_("No problem found."))

    def _check_strictly(self, checked: list[Loaded]) -> None:
        found = findings(checked)
        for problem in found:
            self.stdout.write(str(problem))
        if missing := missing_for_spelling(checked):
            self.stdout.write(
                _(
                    "The spelling was not checked in full. It needs on Debian and "
                    "Ubuntu: apt-get install %(packages)s"
                )
                % {"packages": " ".join(missing)}
            )
        if found:
            raise CommandError(_("Problems: %(count)d.") % {"count": len(found)})
