"""What is said where a course or lesson does not exist in the reader's language."""

from collections.abc import Iterator
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from content.requests import generation_of, offer_languages, same_for_everyone
from courses.catalogue.library import CourseEntry, library, shelf_of

from ..presenting import course_url_in, lesson_url_in


@require_safe
def missing(request: HttpRequest, course_slug: str, key: UUID) -> HttpResponse:
    """Say in the reader's language that a lesson is not there yet, and what is."""
    generation = generation_of(request)
    course = shelf_of(request).by_slug.get(course_slug)
    if not course:
        raise Http404
    if key in course.by_key:
        return redirect(course.by_key[key].path)
    having = (
        each for each in _editions(course.key, generation) if key in each[1].by_key
    )
    language, original = next(having, ("", None))
    if not original:
        raise Http404
    wanted = original.by_key[key]
    offer_languages(
        request,
        lambda code: lesson_url_in(code, generation, course, wanted, ""),
    )
    following = original.lesson_keys[original.lessons.index(wanted) :]
    later = [course.by_key[k] for k in following if k in course.by_key]
    earlier = [course.by_key[k] for k in original.lesson_keys if k in course.by_key]
    context = {
        "course": course,
        "wanted": wanted,
        "wanted_language": language,
        "offer": later[0] if later else (earlier[-1] if earlier else None),
        "offer_is_later": bool(later),
    }
    return same_for_everyone(render(request, "courses/lesson_missing.html", context))


@require_safe
def course_missing(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say in the reader's language that a course is not there yet, and what is."""
    generation = generation_of(request)
    shelf = shelf_of(request)
    if key in shelf.by_key:
        return redirect(shelf.by_key[key].path)
    language, original = next(_editions(key, generation), ("", None))
    if not original:
        raise Http404
    offer_languages(request, lambda code: course_url_in(code, generation, original))
    context = {
        "wanted": original,
        "wanted_language": language,
        "offer": shelf.courses[0] if shelf.courses else None,
        "shelf": shelf,
    }
    return same_for_everyone(render(request, "courses/course_missing.html", context))


def _editions(key: UUID, generation: int) -> Iterator[tuple[str, CourseEntry]]:
    """Yield a course in each language that has it, with the language; German first."""
    for code, _name in settings.LANGUAGES:
        course = library(code, generation).by_key.get(key)
        if course:
            yield code, course
