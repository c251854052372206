"""``manage.py import_questions COURSE/LESSON FILE``: foreign questions into a draft."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from courses.catalogue.models import LessonPage
from courses.packages.questions import READERS, read_questions
from courses.packages.questions.adding import add_questions
from courses.packages.questions.results import Found, Question, QuestionFileError
from courses.packages.questions.statements import joined


class Command(BaseCommand):
    """Add the questions of a Moodle XML, GIFT or QTI 2.1 file to a lesson's draft."""

    help = "Adds questions of other systems to a lesson's draft; publishes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("lesson", help="slugs of course and lesson: course/lesson")
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--format", choices=sorted(READERS), default="", help="guessed without it"
        )
        parser.add_argument("--locale", default="de")
        parser.add_argument(
            "--join-statements",
            action="store_true",
            help="make neighbouring true/false questions one exercise",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="only say what comes"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        lesson = self._lesson(options["lesson"], options["locale"])
        try:
            found = read_questions(options["file"].read_bytes(), options["format"])
        except QuestionFileError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(
                _("The file cannot be read: %(problem)s") % {"problem": error}
            ) from error
        if options["join_statements"]:
            found = joined(found)
        for each in found:
            self._tell(each)
        questions = [each for each in found if isinstance(each, Question)]
        if questions and not options["dry_run"]:
            add_questions(lesson=lesson, questions=questions)
        self.stdout.write(
            _("Carried over: %(new)d, not carried over: %(left)d.")
            % {"new": len(questions), "left": len(found) - len(questions)}
        )

    def _lesson(self, name: str, locale: str) -> LessonPage:
        course, _slash, slug = name.partition("/")
        lessons = LessonPage.objects.filter(
            slug=slug, locale__language_code=locale, url_path__endswith=f"/{name}/"
        )
        lesson: LessonPage | None = lessons.first()
        if lesson is None:
            raise CommandError(
                _("There is no lesson “%(lesson)s” in the course “%(course)s”.")
                % {"lesson": slug, "course": course}
            )
        return lesson

    def _tell(self, each: Found) -> None:
        if isinstance(each, Question):
            self.stdout.write(f"+ {each.title} → {each.type_name}")
            for note in each.notes:
                self.stdout.write(f"    {note}")
        else:
            self.stdout.write(f"- {each.title}: {each.reason}")
