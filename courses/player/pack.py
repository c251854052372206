"""The lesson pack of a group: everything for an evening without a network, as a zip.

Lessons, exercises, handouts, labs and the step cards they link as files of their own,
each opened by a double click or a tap. Teachers also get answers, guides and their own
pages.
"""

import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from content.addresses import plain_address
from content.cards.queries import card_context, step_cards
from content.labs.registry import find
from content.requests import generation_of
from courses.catalogue.library import CourseEntry, LessonEntry, Library

from .body import lesson_body, lesson_paper
from .packing import self_contained
from .recalling import paper_blocks

INDEX = "index.html"


@dataclass
class Sheet:
    """One file of a pack: its name, what it is called, how it is rendered."""

    name: str
    title: str
    template: str
    context: Mapping[str, Any]
    path: str = ""


@dataclass
class Part:
    """A lesson or a lab with its sheets, or all step cards."""

    title: str
    summary: str
    sheets: list[Sheet] = field(default_factory=list)


def pack_of(
    request: HttpRequest,
    *,
    title: str,
    shelf: Library,
    lessons: Iterable[LessonEntry],
    labs: Iterable[str] = (),
    with_answers: bool,
) -> bytes:
    """Return a zip of pages that need no network; ``with_answers`` is for teachers.

    The labs of the lessons come along, those of ``labs`` as well, and the step cards
    that any page links.
    """
    chosen = list(lessons)
    parts = [
        _lesson(request, course, lesson, number, with_answers)
        for number, lesson in enumerate(chosen, start=1)
        for course in shelf.courses
        if lesson.key in course.by_key
    ]
    used = [name for lesson in chosen for name in lesson.lab_names]
    names = dict.fromkeys([*used, *labs])
    parts += [part for name in names if (part := _lab(name, with_answers))]
    pages = {
        sheet.name: _html(request, sheet) for part in parts for sheet in part.sheets
    }
    if cards := _cards(request, pages):
        parts.append(cards)
    sheets = [sheet for part in parts for sheet in part.sheets]
    beside = {sheet.path: sheet.name for sheet in sheets if sheet.path}
    folder = plain_address(title) or "paket"
    home = (INDEX, _("Everything in this pack"))
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as zipped:
        context = {"title": title, "parts": parts, "with_answers": with_answers}
        index = Sheet(INDEX, title, "courses/pack/index.html", context)
        page = self_contained(_html(request, index), beside=beside)
        zipped.writestr(f"{folder}/{INDEX}", page)
        for name, html in pages.items():
            page = self_contained(html, beside=beside, home=home)
            zipped.writestr(f"{folder}/{name}", page)
    return packed.getvalue()


def _html(request: HttpRequest, sheet: Sheet) -> str:
    return render_to_string(sheet.template, dict(sheet.context), request=request)


def _lesson(
    request: HttpRequest,
    course: CourseEntry,
    lesson: LessonEntry,
    number: int,
    with_answers: bool,
) -> Part:
    body = lesson_body(lesson.page_id, generation_of(request), lesson.path)
    base = {"course": course, "lesson": lesson}
    stem = f"{number:02}-{lesson.slug}"
    part = Part(f"{number}. {lesson.title}", lesson.summary)

    def add(end: str, title: str, template: str, path: str, **more: Any) -> None:
        name = f"{stem}{end}.html"
        context = {**base, **more}
        part.sheets.append(Sheet(name, title, template, context, lesson.path + path))

    drawn = paper_blocks(request, course, lesson, body)
    printed = body.paper(drawn=drawn)
    add(
        "",
        _("Lesson"),
        "courses/lesson_print.html",
        "",
        segments=printed,
    )
    if lesson.has_worksheet:
        html = _paper(request, lesson, "worksheet")
        title = _("Worksheet")
        add(
            "-arbeitsblatt",
            title,
            "courses/worksheet.html",
            "arbeitsblatt/",
            segments=html,
        )
    if body.exercises:
        add(
            "-aufgaben",
            _("Exercises"),
            "courses/exercise_sheet.html",
            "aufgaben/",
            segments=body.paper(only_exercises=True),
            solved=False,
        )
    if with_answers and body.exercises:
        add(
            "-loesungen",
            _("Solutions"),
            "courses/exercise_sheet.html",
            "loesungen/",
            segments=body.paper(solved=True, only_exercises=True),
            solved=True,
        )
    if with_answers and lesson.has_teacher:
        html = _paper(request, lesson, "teacher")
        title = course.for_teaching
        add("-lehrkraft", title, "courses/teacher.html", "lehrkraft/", segments=html)
    return part


def _lab(name: str, with_answers: bool) -> Part | None:
    found = find(name)
    if found is None:
        return None
    context = {
        "lab": found.lab,
        "words": found.words,
        "language": found.language,
        "text": found.text,
        "paper": found.paper,
    }
    kinds = [
        ("", _("Play, also for a projector"), "projector", reverse("lab", args=[name])),
        ("-papier", _("On paper"), "paper", reverse("lab_paper", args=[name])),
    ]
    if with_answers:
        way = reverse("lab_guide", args=[name])
        kinds.append(("-anleitung", _("Guide for teachers"), "guide", way))
    title = _("Lab: %(title)s") % {"title": found.words["title"]}
    return Part(
        title,
        found.words["question"],
        [
            Sheet(
                f"labor-{name}{end}.html",
                label,
                f"content/labs/{kind}.html",
                context,
                path,
            )
            for end, label, kind, path in kinds
        ],
    )


def _cards(request: HttpRequest, pages: dict[str, str]) -> Part | None:
    """Add a page for each step card that pages or other cards link; return its part."""
    generation = generation_of(request)
    known = step_cards(generation=generation)
    link = re.compile(rf'href="{re.escape(reverse("step_cards"))}([a-z0-9-]+)/')
    summary = _("Where to find a setting on a phone, on a computer and in the browser.")
    part = Part(_("Step cards"), summary)
    waiting = list(pages.values())
    while waiting:
        for key in dict.fromkeys(link.findall(waiting.pop(0))):
            name = f"handgriff-{key}.html"
            if key not in known or name in pages:
                continue
            card = known[key]
            context = card_context(card, generation)
            template = "content/cards/detail.html"
            sheet = Sheet(name, card.title, template, context, card.address)
            pages[name] = _html(request, sheet)
            part.sheets.append(sheet)
            waiting.append(pages[name])
    return part if part.sheets else None


def _paper(request: HttpRequest, lesson: LessonEntry, kind: str) -> list[str]:
    return lesson_paper(lesson.page_id, kind, generation=generation_of(request))
