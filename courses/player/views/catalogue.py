"""The catalogue: courses to choose from, one course, and the search."""

from collections.abc import Callable, Hashable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import translate_url
from django.utils.translation import get_language, get_language_info
from django.views.decorators.http import require_safe

from content.licences import LICENCE_URLS
from content.memory import remembered
from content.requests import (
    generation_of,
    offer_languages,
    private,
    same_for_everyone,
)
from content.sources.queries import cited
from courses.catalogue import filters
from courses.catalogue.library import CourseEntry, library, read_covers, shelf_of
from courses.catalogue.models import CourseIndexPage
from courses.catalogue.search import find
from courses.progress.learners import Learner, learner_of

from ..body import paper_html
from ..employee import duty_here
from ..finding import unlisted
from ..frames import framed
from ..presenting import (
    FINISHED,
    course_url_in,
    following,
    is_begun,
    leads_to_test,
    onward,
    outline,
    served_goals,
    summary,
)
from ..terms import competence_lists, labels

#: Frameworks of competences are written in the language of offices; not repeated there.
PLAIN = "de-simple"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the courses, narrowed by the filters in the query string."""
    shelf = shelf_of(request)
    if shelf.index_id is None:
        return unlisted(request)
    wanted = filters.chosen(request.GET)
    courses = filters.narrow(shelf.courses, wanted)
    page = remembered(
        ("catalogue page", shelf.index_id),
        generation_of(request),
        lambda: CourseIndexPage.objects.get(pk=shelf.index_id),
    )
    languages = _languages(request)

    def context() -> dict[str, Any]:
        read_covers(generation_of(request))
        return {
            "page": page,
            "courses": [(course, labels(course)) for course in courses],
            "facets": filters.facet_links(shelf.courses, wanted),
            "is_narrowed": bool(wanted),
            "languages": languages,
            "total": len(shelf.courses),
            "segments": paper_html(
                page.body,
                key=(shelf.index_id, "body"),
                generation=generation_of(request),
            ),
        }

    learner = learner_of(request)
    return _answer(
        request,
        "courses/course_index.html",
        context,
        learner,
        query=filters.query_string(wanted),
    )


def _languages(request: HttpRequest) -> list[dict[str, Any]]:
    """Return each language with the way there and how many courses match."""
    wanted = filters.chosen(request.GET)
    query = f"?{filters.query_string(wanted)}" if wanted else ""
    languages = []
    for code, _name in settings.LANGUAGES:
        shelf = library(code, generation_of(request))
        if shelf.index_id is None:
            continue
        languages.append(
            {
                "code": code,
                "name": get_language_info(code)["name_local"],
                "url": shelf.path + query,
                "count": len(filters.narrow(shelf.courses, wanted)),
                "is_current": code == get_language(),
            }
        )
    urls = {language["code"]: language["url"] for language in languages}
    offer_languages(
        request,
        lambda code: urls.get(code, translate_url(request.path, code)),
    )
    return languages


@require_safe
def course(request: HttpRequest, course_slug: str) -> HttpResponse:
    """Show what a course is about, its lessons, and how far its reader has come."""
    shelf = shelf_of(request)
    entry = shelf.by_slug.get(course_slug)
    if entry is None:
        return unlisted(request)
    learner = learner_of(request)
    # All lessons of the shelf, for the same price: which course may come next?
    everything = [key for each in shelf.courses for key in each.lesson_keys]
    progress = learner.course_progress(entry.key, everything)
    offer_languages(
        request,
        lambda code: course_url_in(code, generation_of(request), entry),
    )
    place = progress.place
    numbers = summary(entry, progress)
    test_state = progress.tests.get(entry.key)
    is_plain = get_language() == PLAIN
    follows = following(shelf, entry, progress) if numbers.is_complete else None
    duty = duty_here(request, entry)

    def context() -> dict[str, Any]:
        read_covers(generation_of(request))
        return {
            "course": entry,
            "labels": labels(entry),
            "licence_url": LICENCE_URLS.get(entry.licence, ""),
            "competences": ([] if is_plain else competence_lists(entry.competences)),
            "has_plain_competences": is_plain and bool(entry.competences),
            "goals": served_goals(entry),
            "sources": [
                cited(each, generation=generation_of(request)) for each in entry.sources
            ],
            "outline": outline(entry, progress, place.lesson_key if place else None),
            "summary": numbers,
            "test_state": test_state,
            "goes_to_test": leads_to_test(entry, numbers, test_state),
            "onward": onward(entry, progress) if is_begun(entry, progress) else None,
            "can_review": any(each.exercise_goals for each in entry.lessons),
            "following": follows,
            "duty": duty,
            "finished_id": FINISHED,
            "first_lesson": entry.lessons[0] if entry.lessons else None,
            **_original(request, entry),
        }

    lessons = tuple(progress.lessons.get(key) for key in entry.lesson_keys)
    proof = duty and bool(duty.proof)  # no duty, a duty, a duty that is done
    state = (place, lessons, test_state, follows and follows.key, proof)
    response = _answer(request, "courses/course.html", context, learner, state)
    return private(response) if duty else response


def _original(request: HttpRequest, entry: CourseEntry) -> dict[str, Any]:
    """Return how many lessons exist in German but not in this language, and where."""
    original = library("de", generation_of(request)).by_key.get(entry.key)
    if original is None:
        return {"original_lessons": 0, "original_path": ""}
    return {
        "original_lessons": len(original.lessons) - len(entry.lessons),
        "original_path": original.path,
    }


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Find courses, lessons and glossary terms."""
    query = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:200]
    results = find(query, shelf_of(request), generation_of(request))
    context = {"query": query, "results": results}
    return private(render(request, "courses/search.html", context))


def _answer(
    request: HttpRequest,
    template: str,
    context: Callable[[], dict[str, Any]],
    learner: Learner,
    state: Hashable = None,
    query: str = "",
) -> HttpResponse:
    response = framed(request, template, context, learner=learner, state=state)
    if learner.is_known:
        return private(response)
    return same_for_everyone(response, query)
