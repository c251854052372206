"""Search over courses, lessons, pages, step cards and the glossary of one language."""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from content.cards.queries import step_cards
from content.glossary.queries import glossary
from content.models import GlossaryPage
from content.pages.texts import page_texts
from content.search import Words, held, holds, query_words, search_text

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
    words = query_words(query)
    if not words:
        return []
    named, others = _pages(words, shelf.language, generation)
    hits = [
        *_courses(words, shelf),
        *named,
        *_lessons(words, shelf),
        *others,
        *_cards(words, shelf.language, generation),
        *_terms(words, shelf.language, generation),
    ]
    return hits[:MAX_RESULTS]


def _courses(words: Words, shelf: Library) -> list[Hit]:
    return [
        Hit("course", course.title, course.summary, course.path, course.audience)
        for course in shelf.courses
        if holds(course.search_text, words)
    ]


def _lessons(words: Words, shelf: Library) -> list[Hit]:
    entries = {
        lesson.page_id: (course, lesson)
        for course in shelf.courses
        for lesson in course.lessons
    }
    wanted = Q(pk__in=list(entries))
    for pieces in words:
        wanted &= reduce(or_, (Q(search_text__contains=each) for each in pieces))
    found = LessonPage.objects.filter(wanted).order_by("path")
    found = found.values_list("pk", flat=True)
    hits = []
    for pk in found[:MAX_RESULTS]:
        course, lesson = entries[pk]
        hit = Hit("lesson", lesson.title, lesson.summary, lesson.path, course.title)
        in_title = held(search_text(lesson.title), words)
        hits.append((-in_title, lesson.path, hit))
    return [hit for _rank, _path, hit in sorted(hits, key=lambda row: row[:2])]


def _pages(words: Words, language: str, generation: int) -> tuple[list[Hit], list[Hit]]:
    """Return the pages with the words in their title, and those with them below it."""
    named: list[Hit] = []
    others: list[Hit] = []
    for page in page_texts(language, generation):
        if holds(page.search_text, words):
            is_named = holds(search_text(page.title), words)
            hit = Hit("page", page.title, page.summary, page.url)
            (named if is_named else others).append(hit)
    return named, others


def _cards(words: Words, language: str, generation: int) -> list[Hit]:
    return [
        Hit("page", card.title, card.summary, card.address, _("Step cards"))
        for card in step_cards(language, generation).values()
        if holds(search_text(card.title, card.summary), words)
    ]


def _terms(words: Words, language: str, generation: int) -> list[Hit]:
    page = GlossaryPage.objects.live().filter(locale__language_code=language).first()
    if page is None:
        return []
    return [
        Hit("term", entry.term, strip_tags(entry.short), f"{page.url}#{entry.key}")
        for entry in glossary(language, generation).values()
        if holds(search_text(entry.term, entry.short), words)
    ]
