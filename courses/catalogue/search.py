"""Search over courses, lessons and the glossary of one language."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.html import strip_tags

from content.glossary.queries import glossary
from content.models import GlossaryPage
from content.search import normalise, query_stems

from .library import Library
from .models import LessonPage

MAX_RESULTS = 50


@dataclass(frozen=True)
class Hit:
    """One result: a course, a lesson or a term."""

    kind: str
    title: str
    text: str
    url: str
    context: str = ""


def find(query: str, shelf: Library, generation: int) -> list[Hit]:
    """Return what holds every word of a query, courses first: at most 2 statements.

    A word matches at the beginning of words, so that ``Daten`` finds ``Datenschutz``.
    """
    stems = query_stems(query)
    if not stems:
        return []
    hits = [
        *_courses(stems, shelf),
        *_lessons(stems, shelf),
        *_terms(stems, shelf.language, generation),
    ]
    return hits[:MAX_RESULTS]


def _courses(stems: list[str], shelf: Library) -> list[Hit]:
    return [
        Hit("course", course.title, course.summary, course.path, course.audience)
        for course in shelf.courses
        if all(f" {stem}" in course.search_text for stem in stems)
    ]


def _lessons(stems: list[str], shelf: Library) -> list[Hit]:
    entries = {
        lesson.page_id: (course, lesson)
        for course in shelf.courses
        for lesson in course.lessons
    }
    wanted = Q(pk__in=list(entries))
    for stem in stems:
        wanted &= Q(search_text__contains=f" {stem}")
    found = LessonPage.objects.filter(wanted).order_by("path")
    found = found.values_list("pk", flat=True)
    in_title = set(stems)
    hits = []
    for pk in found[:MAX_RESULTS]:
        course, lesson = entries[pk]
        hit = Hit("lesson", lesson.title, lesson.summary, lesson.path, course.title)
        hits.append((-len(in_title & set(normalise(lesson.title))), lesson.path, hit))
    return [hit for _rank, _path, hit in sorted(hits, key=lambda row: row[:2])]


def _terms(stems: list[str], language: str, generation: int) -> list[Hit]:
    page = GlossaryPage.objects.live().filter(locale__language_code=language).first()
    if page is None:
        return []
    return [
        Hit("term", entry.term, strip_tags(entry.short), f"{page.url}#{entry.key}")
        for entry in glossary(language, generation).values()
        if _starts(stems, normalise(f"{entry.term} {strip_tags(entry.short)}"))
    ]


def _starts(stems: list[str], words: list[str]) -> bool:
    return all(any(word.startswith(stem) for word in words) for stem in stems)
