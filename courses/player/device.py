"""What lies on a device: its cookies by name, and in words for “Meine Daten”."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string

from courses.catalogue.keys import lab_key
from courses.catalogue.library import LessonEntry, shelf_of
from courses.progress.cookie import LessonRecord, exercise_number, short_key
from courses.progress.models import LessonState
from courses.progress.runs import Standing

from .labs import lab_title
from .naming import course_title
from .takeover import waiting_progress

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
    shelf = shelf_of(request)
    rows = [
        _row(lesson, kept)
        for course in shelf.courses
        for lesson in course.lessons
        if (kept := waiting.record.lessons.get(short_key(lesson.key)))
    ]
    tests = [_test(course_title(key), kept) for key, kept in waiting.tests.items()]
    context = {
        "has_record": bool(waiting.record),
        "rows": rows,
        "tests": tests,
        "cards": len(waiting.cards),
    }
    return render_to_string("courses/includes/device_data.html", context)


def certificates_section(request: HttpRequest) -> str:
    """Say what is kept of certificates, which no row connects with anybody."""
    return render_to_string("courses/includes/certificates_data.html")


def _row(lesson: LessonEntry, kept: LessonRecord) -> dict[str, Any]:
    numbers = map(exercise_number, lesson.exercise_keys)
    return {
        "lesson": lesson,
        "is_done": kept.state == LessonState.DONE,
        "day": kept.day,
        "scores": [kept.scores[n] for n in numbers if n in kept.scores],
        "labs": [
            lab_title(name)
            for name in lesson.lab_names
            if exercise_number(lab_key(name)) in kept.scores
        ],
    }


def _test(course: str, kept: Standing) -> dict[str, Any]:
    run = kept.open_run
    return {
        "course": course,
        "state": kept.state,
        "given": len(run.items) - run.open_count if run else None,
        "attempts": kept.attempts,
        "best": kept.best,
        "passed": kept.passed,
    }
