"""A lesson on paper: its print view, worksheet, teacher's page and exercises."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from content.requests import generation_of, same_for_everyone
from courses.catalogue.models import LessonPage

from ..body import lesson_body, paper_html
from ..finding import find_lesson


@require_safe
def paper(
    request: HttpRequest, course_slug: str, lesson_slug: str, kind: str
) -> HttpResponse:
    """Show a lesson's teacher's page or worksheet."""
    course, lesson = find_lesson(request, course_slug, lesson_slug)
    if not (lesson.has_teacher if kind == "teacher" else lesson.has_worksheet):
        raise Http404
    page = LessonPage.objects.get(pk=lesson.page_id)
    html = paper_html(
        getattr(page, kind),
        key=(lesson.page_id, kind),
        generation=generation_of(request),
    )
    context = {"course": course, "lesson": lesson, "segments": html}
    return same_for_everyone(render(request, f"courses/{kind}.html", context))


@require_safe
def printed(request: HttpRequest, course_slug: str, lesson_slug: str) -> HttpResponse:
    """Show a lesson as it goes on paper: no chrome, everything unfolded."""
    course, lesson = find_lesson(request, course_slug, lesson_slug)
    body = lesson_body(lesson.page_id, generation_of(request), lesson.path)
    context = {
        "course": course,
        "lesson": lesson,
        "segments": body.paper(),
        "assets": body.assets,
    }
    return same_for_everyone(render(request, "courses/lesson_print.html", context))


@require_safe
def exercise_sheet(
    request: HttpRequest, course_slug: str, lesson_slug: str, *, solved: bool
) -> HttpResponse:
    """Show a lesson's exercises as a sheet, blank or with solutions."""
    course, lesson = find_lesson(request, course_slug, lesson_slug)
    body = lesson_body(lesson.page_id, generation_of(request), lesson.path)
    if not body.exercises:
        raise Http404
    context = {
        "course": course,
        "lesson": lesson,
        "segments": body.paper(solved=solved, only_exercises=True),
        "solved": solved,
        "assets": body.assets,
    }
    return same_for_everyone(render(request, "courses/exercise_sheet.html", context))
