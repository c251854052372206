"""What makes a sound package better; nothing of it keeps a package from its import."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from courses.catalogue.variety import few_questions_message, goals_with_few_questions
from courses.exercises.registry import question_types

from .package import Edition
from .problems import Problem
from .reader import Loaded


def advice(loaded: Loaded) -> list[Problem]:
    """Return what to think about; translations have the questions of their original."""
    if loaded.package is None or loaded.package.kind != "course":
        return []
    head = loaded.package.original.head
    goals = [goal["id"] for goal in head.facts["goals"]]
    few = goals_with_few_questions(goals, _goals_asked(loaded.package.original))
    if not few:
        return []
    file, line = head.files[""], head.readings[""].line_of(("goals",))
    message = _("Advice: %(message)s") % {"message": few_questions_message(few)}
    return [Problem(str(loaded.folder.root / file), line, message)]


def _goals_asked(edition: Edition) -> Iterator[str]:
    types = question_types()
    for lesson in edition.lessons:
        for block in lesson.streams["body"]:
            if block["type"] in types and types[block["type"]].graded:
                yield block["value"].get("goal") or ""
