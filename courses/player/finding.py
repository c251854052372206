"""Finding the course and lesson an address names."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from wagtail.views import serve as wagtail_serve

from content.requests import generation_of, offer_languages, private
from courses.catalogue.library import CourseEntry, LessonEntry, shelf_of

from .presenting import lesson_url_in

LessonView = Callable[..., HttpResponse]


def lookup(
    request: HttpRequest, course_slug: str, lesson_slug: str
) -> tuple[CourseEntry, LessonEntry] | None:
    """Return a live, open lesson of the request's language."""
    shelf = shelf_of(request)
    course = shelf.by_slug.get(course_slug)
    lesson = course and course.by_slug.get(lesson_slug)
    if not course or not lesson:
        return None
    offer_languages(
        request,
        lambda code: lesson_url_in(code, generation_of(request), course, lesson, ""),
    )
    return course, lesson


def find_lesson(
    request: HttpRequest, course_slug: str, lesson_slug: str
) -> tuple[CourseEntry, LessonEntry]:
    """Return a lesson like :func:`lookup`, or raise 404."""
    found = lookup(request, course_slug, lesson_slug)
    if found is None:
        raise Http404
    return found


def posted_only(view: LessonView) -> LessonView:
    """Lead anybody who comes back by GET (reload, text size) to the lesson itself."""

    @wraps(view)
    def guarded(
        request: HttpRequest, course_slug: str, lesson_slug: str, **kwargs: str
    ) -> HttpResponse:
        if request.method == "POST":
            return view(request, course_slug, lesson_slug, **kwargs)
        return redirect("lesson", course_slug, lesson_slug)

    return guarded


def unlisted(request: HttpRequest) -> HttpResponse:
    """Let Wagtail serve what no shelf lists: pages under a view restriction."""
    path = request.path_info.removeprefix(f"/{get_language()}/").removeprefix("/")
    return private(wagtail_serve(request, path))
