"""What makes a sound package better; nothing of it keeps a package from its import."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from courses.catalogue.variety import few_questions_message, goals_with_few_questions
from courses.exercises.registry import question_types

from .package import Edition
from .problems import Problem
from .reader import Loaded
from .shared import SHARED_KINDS, SharedKind


def advice(loaded: Loaded) -> list[Problem]:
    """Return what to think about."""
    due = (problem for kind in SHARED_KINDS for problem in _due(loaded, kind))
    return [*_few_questions(loaded), *_course_due(loaded), *due]


def _course_due(loaded: Loaded) -> Iterator[Problem]:
    """Yield a course whose own day has come; its pages say so too."""
    if loaded.package is None or loaded.package.kind != "course":
        return
    head = loaded.package.original.head
    review = head.facts["review"]
    if review and review <= timezone.localdate():
        file, line = head.files[""], head.readings[""].line_of(("review",))
        message = _(
            "The course was to be read again by %(day)s. Read it against its sources, "
            "then set as_of and review."
        ) % {"day": review.isoformat()}
        yield _advised(str(loaded.folder.root / file), line, message)


def _advised(file: str, line: int, message: str) -> Problem:
    return Problem(file, line, _("Advice: %(message)s") % {"message": message})


def _due(loaded: Loaded, kind: SharedKind) -> Iterator[Problem]:
    """Yield each source or card whose day has come, where it stands or is named."""
    places: dict[str, tuple[str, int]] = {}
    if loaded.package and loaded.package.kind == "site":
        head = loaded.package.original.head
        for index, entry in enumerate(getattr(loaded.package.original, kind.name)):
            line = head.readings[kind.name].line_of((index,))
            file = str(loaded.folder.root / head.files[kind.name])
            places[entry["id"]] = (file, line)
    for label, _locale, reference in loaded.references:
        if reference.kind == kind.reference:
            places.setdefault(reference.value, (label, reference.line))
    today = timezone.localdate()
    days = loaded.days.get(kind.reference, {})
    for key, (file, line) in places.items():
        review = days.get(key)
        if review and review <= today:
            message = kind.messages.due % {"id": key, "day": review.isoformat()}
            yield _advised(file, line, message)


def _few_questions(loaded: Loaded) -> list[Problem]:
    """Return goals nobody is asked about; translations have the same questions."""
    if loaded.package is None or loaded.package.kind != "course":
        return []
    head = loaded.package.original.head
    goals = [goal["id"] for goal in head.facts["goals"]]
    few = goals_with_few_questions(goals, _goals_asked(loaded.package.original))
    if not few:
        return []
    file, line = head.files[""], head.readings[""].line_of(("goals",))
    return [_advised(str(loaded.folder.root / file), line, few_questions_message(few))]


def _goals_asked(edition: Edition) -> Iterator[str]:
    types = question_types()
    for lesson in edition.lessons:
        for block in lesson.streams["body"]:
            if block["type"] in types and types[block["type"]].graded:
                yield block["value"].get("goal") or ""
