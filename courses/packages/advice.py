"""What makes a sound package better; nothing of it keeps a package from its import."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from courses.catalogue.variety import few_questions_message, goals_with_few_questions
from courses.exercises.registry import question_types

from .package import Edition
from .problems import Problem
from .reader import Loaded


def advice(loaded: Loaded) -> list[Problem]:
    """Return what to think about."""
    return [*_few_questions(loaded), *_sources_to_read_again(loaded)]


def _sources_to_read_again(loaded: Loaded) -> Iterator[Problem]:
    """Yield each shared source whose day has come, where it stands or is cited."""
    places: dict[str, tuple[str, int]] = {}
    if loaded.package and loaded.package.kind == "site":
        head = loaded.package.original.head
        for index, source in enumerate(loaded.package.original.sources):
            line = head.readings["sources"].line_of((index,))
            file = str(loaded.folder.root / head.files["sources"])
            places[source["id"]] = (file, line)
    for label, _locale, reference in loaded.references:
        if reference.kind == "source":
            places.setdefault(reference.value, (label, reference.line))
    today = timezone.localdate()
    for key, (file, line) in places.items():
        review = loaded.sources.get(key)
        if review and review <= today:
            message = _(
                "The source “%(id)s” should have been read again by %(day)s."
            ) % {"id": key, "day": review.isoformat()}
            yield Problem(file, line, _("Advice: %(message)s") % {"message": message})


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
    message = _("Advice: %(message)s") % {"message": few_questions_message(few)}
    return [Problem(str(loaded.folder.root / file), line, message)]


def _goals_asked(edition: Edition) -> Iterator[str]:
    types = question_types()
    for lesson in edition.lessons:
        for block in lesson.streams["body"]:
            if block["type"] in types and types[block["type"]].graded:
                yield block["value"].get("goal") or ""
