"""What lies on a visitor's device, in words: for the page “Meine Daten”."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import get_language

from content.requests import generation_of
from courses.catalogue.library import LessonEntry, library
from courses.progress.cookie import LessonRecord, exercise_number, short_key
from courses.progress.models import LessonState

from .takeover import waiting_record


def device_section(request: HttpRequest) -> str:
    """Return the content of the progress cookie as HTML, empty without a cookie."""
    record = waiting_record(request)
    if not record:
        return ""
    shelf = library(get_language() or "de", generation_of(request))
    rows = [
        _row(lesson, kept)
        for course in shelf.courses
        for lesson in course.lessons
        if (kept := record.lessons.get(short_key(lesson.key)))
    ]
    return render_to_string("courses/includes/device_data.html", {"rows": rows})


def _row(lesson: LessonEntry, kept: LessonRecord) -> dict[str, Any]:
    numbers = map(exercise_number, lesson.exercise_keys)
    return {
        "lesson": lesson,
        "is_done": kept.state == LessonState.DONE,
        "day": kept.day,
        "scores": [kept.scores[n] for n in numbers if n in kept.scores],
    }
