"""Search over courses, lessons, pages, step cards and the glossary of one language."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from content.cards.queries import step_cards
from content.glossary.queries import glossary
from content.models import GlossaryPage
from content.pages.texts import page_texts
from content.search import normalise, query_stems

from .library import Library
from .models import LessonPage

MAX_RESULTS = 50


@dataclass(frozen=True)
class Hit:
    """One result: a course, a lesson, a page (also a step card's) or a term."""

    kind: str
    title: str
    text: str
    url: str
    context: str = ""


def find(query: str, shelf: Library, generation: int) -> list[Hit]:
    """Return what holds every word of a query, courses first.

    At most 2 statements, and those of the pages and cards once. A page that is called
    what was asked for goes before lessons that mention it, any other behind them.

    A word matches at the beginning of words, so that ``Daten`` finds ``Datenschutz``.
    """
    stems = query_stems(query)
    if not stems:
        return []
    named, others = _pages(stems, shelf.language, generation)
    hits = [
        *_courses(stems, shelf),
        *named,
        *_lessons(stems, shelf),
        *others,
        *_cards(stems, shelf.language, generation),
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


def _pages(
    stems: list[str], language: str, generation: int
) -> tuple[list[Hit], list[Hit]]:
    """Return the pages with the words in their title, and those with them below it."""
    named: list[Hit] = []
    others: list[Hit] = []
    for page in page_texts(language, generation):
        if all(f" {stem}" in page.search_text for stem in stems):
            is_named = _starts(stems, normalise(page.title))
            hit = Hit("page", page.title, page.summary, page.url)
            (named if is_named else others).append(hit)
    return named, others


def _cards(stems: list[str], language: str, generation: int) -> list[Hit]:
    return [
        Hit("page", card.title, card.summary, card.address, _("Step cards"))
        for card in step_cards(language, generation).values()
        if _starts(stems, normalise(f"{card.title} {card.summary}"))
    ]


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
