"""``manage.py export_course SLUG PATH``: write a course back as a package."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from courses.packages.exporter import ExportError, export_course


class Command(BaseCommand):
    """Export a published course in all its languages."""

    help = "Write a course and its files into an empty folder."

    requires_migrations_checks = True

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SLUG")
        parser.add_argument("path", type=Path, metavar="PATH")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            files = export_course(slug=options["slug"], path=options["path"])
        except ExportError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            _("Written: %(count)d files in %(path)s.")
            % {"count": len(files), "path": options["path"]}
        )
