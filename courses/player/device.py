"""What lies on a device: its cookies by name, and in words for “Meine Daten”."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from content.requests import generation_of
from courses.catalogue.keys import lab_key
from courses.catalogue.library import (
    CourseEntry,
    LessonEntry,
    Library,
    library,
    shelf_of,
)
from courses.progress.cookie import (
    LessonRecord,
    Record,
    exercise_number,
    short_key,
)
from courses.progress.models import LessonState
from courses.progress.runs import Standing

from .labs import lab_title
from .takeover import waiting_progress

Entry = TypeVar("Entry", CourseEntry, LessonEntry)
#: Courses or lessons by short key: each with its siblings, behind their language.
Siblings = dict[bytes, list[tuple[str, Entry]]]

# Set by the CMS's own script, for editors: whether the menu at the side is folded.
COOKIE_OF_THE_CMS = "wagtail_sidebar_collapsed"


def device_cookies() -> list[str]:
    """Return the names of all cookies of this site: each has a setting."""
    names = [name for name in dir(settings) if name.endswith("_COOKIE_NAME")]
    return [*(getattr(settings, name) for name in names), COOKIE_OF_THE_CMS]


def device_section(request: HttpRequest) -> str:
    """Return the content of a device's cookies as HTML, empty without any."""
    waiting = waiting_progress(request)
    if not waiting:
        return ""
    shelves = _shelves(request)
    courses = _by_short_key(shelves, lambda shelf: shelf.courses)
    lessons = _by_short_key(shelves, _lessons)
    context = {
        "has_record": bool(waiting.record),
        "rows": _rows(waiting.record, lessons),
        "places": _places(waiting.record, courses, lessons),
        "tests": [
            _test(_title(courses, short_key(key)), kept)
            for key, kept in waiting.tests.items()
        ],
        "cards": len(waiting.cards),
    }
    return render_to_string("courses/includes/device_data.html", context)


def certificates_section(request: HttpRequest) -> str:
    """Say what is kept of certificates, which no row connects with anybody."""
    return render_to_string("courses/includes/certificates_data.html")


def _shelves(request: HttpRequest) -> list[Library]:
    """Return the shelves of all languages, the one of the request first."""
    own = shelf_of(request)
    others = [code for code, _name in settings.LANGUAGES if code != own.language]
    return [own, *(library(code, generation_of(request)) for code in others)]


def _lessons(shelf: Library) -> list[LessonEntry]:
    return [lesson for course in shelf.courses for lesson in course.lessons]


def _by_short_key(
    shelves: list[Library], entries: Callable[[Library], Iterable[Entry]]
) -> Siblings[Entry]:
    """Return what the cookie may name, with its siblings in the other languages."""
    found: Siblings[Entry] = {}
    for shelf in shelves:
        for entry in entries(shelf):
            siblings = found.setdefault(short_key(entry.key), [])
            siblings.append((shelf.language, entry))
    return found


def _title(entries: Siblings[Any], key: bytes) -> dict[str, str]:
    """Return a title, in the reader's language where there is one, and its language."""
    if key not in entries:
        return {"text": _("(not available any more)"), "language": ""}
    language, entry = entries[key][0]
    return {"text": entry.title, "language": language}


def _rows(record: Record, lessons: Siblings[LessonEntry]) -> list[dict[str, Any]]:
    """Return all lessons of a record, those that no shelf lists any more last."""
    order = [key for key in lessons if key in record.lessons]
    return [
        _row(key, lessons, record.lessons[key])
        for key in dict.fromkeys([*order, *record.lessons])
    ]


def _row(
    key: bytes, lessons: Siblings[LessonEntry], kept: LessonRecord
) -> dict[str, Any]:
    siblings = [lesson for _language, lesson in lessons.get(key, [])]
    exercises = [name for each in siblings for name in each.exercise_keys]
    labs = {
        exercise_number(lab_key(name)): lab_title(name)
        for each in siblings
        for name in each.lab_names
    }
    # What the lesson holds no more is still in the cookie.
    order = dict.fromkeys([*map(exercise_number, exercises), *kept.scores])
    return {
        "title": _title(lessons, key),
        "is_done": kept.state == LessonState.DONE,
        "day": kept.day,
        "scores": [kept.scores[n] for n in order if n in kept.scores.keys() - labs],
        "labs": [title for number, title in labs.items() if number in kept.scores],
    }


def _places(
    record: Record,
    courses: Siblings[CourseEntry],
    lessons: Siblings[LessonEntry],
) -> list[dict[str, Any]]:
    return [
        {
            "course": _title(courses, key),
            "lesson": _title(lessons, place.lesson),
            "day": place.day,
        }
        for key, place in record.courses.items()
    ]


def _test(course: dict[str, str], kept: Standing) -> dict[str, Any]:
    run = kept.open_run
    return {
        "course": course,
        "state": kept.state,
        "given": len(run.items) - run.open_count if run else None,
        "attempts": kept.attempts,
        "best": kept.best,
        "passed": kept.passed,
    }
