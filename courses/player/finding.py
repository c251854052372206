"""Finding the course and lesson an address names."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.views import serve as wagtail_serve

from content.requests import generation_of, offer_languages, private
from courses.catalogue.library import CourseEntry, LessonEntry, shelf_of
from courses.catalogue.models import LessonPage

from .presenting import lesson_url_in
from .refusing import refusal

LessonView = Callable[..., HttpResponse]


def lookup(
    request: HttpRequest, course_slug: str, lesson_slug: str
) -> tuple[CourseEntry, LessonEntry] | None:
    """Return a live, open lesson of the request's language."""
    found = _on_the_shelf(request, course_slug, lesson_slug)
    if found is None:
        return None
    course, lesson = found
    offer_languages(
        request,
        lambda code: lesson_url_in(code, generation_of(request), course, lesson, ""),
    )
    return course, lesson


def _on_the_shelf(
    request: HttpRequest, course_slug: str, lesson_slug: str
) -> tuple[CourseEntry, LessonEntry] | None:
    course = shelf_of(request).by_slug.get(course_slug)
    lesson = course and course.by_slug.get(lesson_slug)
    return (course, lesson) if course and lesson else None


def find_lesson(
    request: HttpRequest, course_slug: str, lesson_slug: str
) -> tuple[CourseEntry, LessonEntry]:
    """Return a lesson like :func:`lookup`, or raise 404."""
    found = lookup(request, course_slug, lesson_slug)
    if found is None:
        raise Http404
    return found


def posted_only(view: LessonView) -> LessonView:
    """Lead anybody who comes back by GET (reload, text size) to the lesson itself.

    Who was in a lesson while it was taken off the site is told that nothing was saved.
    """

    @wraps(view)
    def guarded(
        request: HttpRequest, course_slug: str, lesson_slug: str, **kwargs: str
    ) -> HttpResponse:
        if request.method != "POST":
            return redirect("lesson", course_slug, lesson_slug)
        is_there = _on_the_shelf(request, course_slug, lesson_slug)
        if not is_there and _was_taken_off(course_slug, lesson_slug):
            return _taken_off(request, course_slug)
        return view(request, course_slug, lesson_slug, **kwargs)

    return guarded


def _was_taken_off(course_slug: str, lesson_slug: str) -> bool:
    """Whether a lesson of this address is, or its course is, unpublished.

    Asked only of a lesson that no shelf lists; one under a view restriction is there.
    Of a lesson that was never published nobody is told.
    """
    return (
        LessonPage.objects.public()
        .filter(
            locale__language_code=get_language(),
            url_path__endswith=f"/{course_slug}/{lesson_slug}/",
            first_published_at__isnull=False,
        )
        .exists()
    )


def _taken_off(request: HttpRequest, course_slug: str) -> HttpResponse:
    """Say that the lesson is gone, and lead to what is left of its course."""
    courses = {"path": reverse("courses"), "title": _("Courses")}
    back = shelf_of(request).by_slug.get(course_slug, courses)
    title = _("This lesson is no longer here")
    message = _(
        "This exercise no longer exists: the lesson has been taken off the site. So "
        "nothing was saved just now. What was saved before is not lost."
    )
    return refusal(request, back, title, message, status=410)


def unlisted(request: HttpRequest) -> HttpResponse:
    """Let Wagtail serve what no shelf lists: pages under a view restriction."""
    path = request.path_info.removeprefix(f"/{get_language()}/").removeprefix("/")
    return private(wagtail_serve(request, path))
