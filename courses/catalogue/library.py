"""The shelf: every course, lesson and final test of a language, as values in memory.

Read in one statement however many courses there are, kept per content generation,
and never holding anything about a learner.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property, reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import get_language, gettext_lazy
from wagtail.images.models import Image
from wagtail.models import Page, PageViewRestriction

from content.chosen import read_renditions
from content.generation import current_generation
from content.licences import Licence
from content.memory import remembered
from content.requests import generation_of
from courses.exercises.drawing import PoolItem

from .changes import Change, changes_of
from .choices import Setting
from .keys import lab_key
from .models import (
    TEST_ID,
    UNIT_MINUTES,
    CoursePage,
    FinalTestPage,
    LessonPage,
)


@dataclass(frozen=True)
class LessonEntry:
    """A lesson as outlines and routes need it.

    ``as_of`` and ``draft_notice`` are its own or else those of its course.
    """

    page_id: int
    key: UUID
    slug: str
    title: str
    summary: str
    minutes: int
    goals: tuple[str, ...]
    exercise_keys: tuple[str, ...]
    lab_names: tuple[str, ...]
    path: str
    has_teacher: bool
    has_worksheet: bool
    as_of: date | None
    draft_notice: str
    published: date | None = None
    exercise_goals: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def progress_keys(self) -> tuple[str, ...]:
        """Ids of all in it that progress is kept of: exercises and labs."""
        return (*self.exercise_keys, *map(lab_key, self.lab_names))


@dataclass(frozen=True)
class FinalTestEntry:
    """The final test of a course: its rules, and its pool as drawing sees it."""

    page_id: int
    title: str
    summary: str
    minutes: int
    per_goal: int
    pass_mark: int
    attempts: int
    pool: tuple[PoolItem, ...]
    path: str
    draft_notice: str

    @property
    def has_solutions(self) -> bool:
        """Whether solutions may lie open: not where attempts are counted."""
        return not self.attempts


_FOR_TEACHING = {
    Setting.SCHOOL: gettext_lazy("For teachers"),
    Setting.ADMINISTRATION: gettext_lazy("For trainers"),
    Setting.ADULTS: gettext_lazy("For course leaders"),
}


@dataclass(frozen=True)
class CourseEntry:
    """A course with its lessons in their order, and its final test if it has one."""

    page_id: int
    key: UUID
    slug: str
    title: str
    summary: str
    audience: str
    address: str
    topics: tuple[str, ...]
    settings: tuple[str, ...]
    level: str
    goals: tuple[Mapping[str, str], ...]
    competences: Mapping[str, tuple[str, ...]]
    licence: str
    authors: tuple[str, ...]
    as_of: date | None
    review: date | None
    valid_months: int | None
    sources: tuple[Mapping[str, Any], ...]
    changes: tuple[Change, ...]
    draft_notice: str
    image: Image | None
    image_alt: str
    path: str
    search_text: str
    lessons: tuple[LessonEntry, ...] = field(default=())
    test: FinalTestEntry | None = None

    @property
    def is_due(self) -> bool:
        """Whether the day to read it again has come: its facts may have changed."""
        return self.review is not None and self.review <= timezone.localdate()

    @cached_property
    def minutes(self) -> int:
        """Minutes of all lessons together."""
        return sum(lesson.minutes for lesson in self.lessons)

    @property
    def units(self) -> float:
        """Unterrichtseinheiten of 45 minutes, rounded to halves, at least one half."""
        return max(0.5, round(2 * self.minutes / UNIT_MINUTES) / 2)

    @property
    def licence_name(self) -> str:
        """The licence as people write it."""
        return str(Licence(self.licence).label)

    @property
    def for_teaching(self) -> str:
        """Whom its teacher's pages address, as they are called where it is used."""
        only = self.settings[0] if len(self.settings) == 1 else Setting.SCHOOL
        return str(_FOR_TEACHING[Setting(only)])

    @property
    def papers_path(self) -> str:
        """Where all papers of the course are listed."""
        return f"{self.path}unterlagen/"

    @cached_property
    def lesson_keys(self) -> tuple[UUID, ...]:
        """Keys of the lessons in their order."""
        return tuple(lesson.key for lesson in self.lessons)

    @cached_property
    def by_slug(self) -> dict[str, LessonEntry]:
        """Lessons by slug."""
        return {lesson.slug: lesson for lesson in self.lessons}

    @cached_property
    def by_key(self) -> dict[UUID, LessonEntry]:
        """Lessons by key."""
        return {lesson.key: lesson for lesson in self.lessons}

    def neighbours(
        self, lesson: LessonEntry
    ) -> tuple[LessonEntry | None, LessonEntry | None]:
        """Return the lesson before and the lesson after."""
        at = self.lessons.index(lesson)
        before = self.lessons[at - 1] if at else None
        after = self.lessons[at + 1] if at + 1 < len(self.lessons) else None
        return before, after


@dataclass(frozen=True)
class Library:
    """All live courses of one language; ``original`` is the German shelf elsewhere."""

    language: str
    path: str
    index_id: int | None
    courses: tuple[CourseEntry, ...]
    original: "Library | None" = field(default=None, repr=False)

    @cached_property
    def by_slug(self) -> dict[str, CourseEntry]:
        """Courses by slug."""
        return {course.slug: course for course in self.courses}

    @cached_property
    def by_key(self) -> dict[UUID, CourseEntry]:
        """Courses by key."""
        return {course.key: course for course in self.courses}

    def lesson(self, key: UUID) -> LessonEntry | None:
        """Return a lesson of any course."""
        found = (course.by_key.get(key) for course in self.courses)
        return next((lesson for lesson in found if lesson), None)

    def known_course(self, key: UUID) -> CourseEntry | None:
        """Return a course, the German one where this language has none."""
        other = self.original.by_key.get(key) if self.original else None
        return self.by_key.get(key) or other

    def known_lesson(self, key: UUID) -> LessonEntry | None:
        """Return a lesson, the German one where this language has none."""
        other = self.original.lesson(key) if self.original else None
        return self.lesson(key) or other


def library(language: str, generation: int) -> Library:
    """Return the shelf of a language, from memory when the content is unchanged."""
    shelves = remembered("shelves", generation, _read)
    none = Library(language, "", None, (), shelves.get(settings.LANGUAGE_CODE))
    return shelves.get(language) or none


def shelf_of(request: HttpRequest) -> Library:
    """Return the shelf in the language a request is answered in."""
    return _in_language(generation_of(request))


def shelf_now() -> Library:
    """Return the shelf in the language in force, where no request is answered."""
    return _in_language(current_generation())


def _in_language(generation: int) -> Library:
    return library(get_language() or "de", generation)


def read_covers(generation: int) -> None:
    """Read the renditions of all covers together, once, for pages that show some."""

    def read() -> bool:
        shelves = remembered("shelves", generation, _read).values()
        covers = (course.image for shelf in shelves for course in shelf.courses)
        read_renditions(image for image in covers if image)
        return True

    remembered("covers read", generation, read)


def _read() -> dict[str, Library]:
    """Read the shelves of all languages at once: every page links to its siblings."""
    pages = list(_pages())
    indexes = [page for page in pages if hasattr(page, "courseindexpage")]
    open_pages = [page for page in pages if not page.is_restricted]
    lessons = _lessons_by_course(open_pages)
    courses = _courses_by_index(open_pages, lessons, _tests_by_course(open_pages))
    german = settings.LANGUAGE_CODE
    shelves: dict[str, Library] = {}
    for index in sorted(indexes, key=lambda each: each.locale.language_code != german):
        code = index.locale.language_code
        shelves[code] = Library(
            code,
            _root(code),
            index.pk,
            courses.get(index.path, ()),
            shelves.get(german),
        )
    return shelves


def _pages() -> models.QuerySet[Any]:
    """Return all pages of courses with what they are, but for their texts."""
    kinds = ("courseindexpage", "coursepage", "lessonpage", "finaltestpage")
    is_one = reduce(or_, (Q(**{f"{kind}__isnull": False}) for kind in kinds))
    return (
        Page.objects.live()
        .filter(is_one)
        .annotate(is_restricted=_restricted())
        .select_related("locale", *kinds, "coursepage__image")
        .defer(
            "courseindexpage__body", "lessonpage__body", "lessonpage__teacher",
            "lessonpage__worksheet", "finaltestpage__pool",
        )
        .order_by("path")
    )  # fmt: skip


def _restricted() -> Exists:
    """Match pages that not everybody may see; part of the statement around it."""
    return Exists(
        PageViewRestriction.objects.annotate(
            inner=ExpressionWrapper(OuterRef("path"), output_field=CharField())
        ).filter(inner__startswith=F("page__path"))
    )


def _root(language: str) -> str:
    return "/kurse/" if language == settings.LANGUAGE_CODE else f"/{language}/kurse/"


def _lessons_by_course(pages: Iterable[Any]) -> dict[str, tuple[LessonEntry, ...]]:
    grouped: dict[str, tuple[LessonEntry, ...]] = {}
    for lesson in _of_kind(pages, "lessonpage"):
        parent = lesson.path[: -LessonPage.steplen]
        entry = LessonEntry(
            page_id=lesson.pk,
            key=lesson.translation_key,
            slug=lesson.slug,
            title=lesson.title,
            summary=lesson.summary,
            minutes=lesson.minutes,
            goals=tuple(lesson.goals),
            exercise_keys=tuple(lesson.exercise_keys),
            lab_names=tuple(lesson.lab_names),
            exercise_goals=lesson.exercise_goals,
            path=f"{_below(lesson)}{lesson.slug}/",
            has_teacher=lesson.has_teacher,
            has_worksheet=lesson.has_worksheet,
            as_of=lesson.as_of,
            draft_notice=lesson.draft_notice,
            published=_day(lesson.first_published_at),
        )
        grouped[parent] = (*grouped.get(parent, ()), entry)
    return grouped


def _of_kind(pages: Iterable[Any], kind: str) -> Iterator[Any]:
    """Yield the pages of a kind as what they are."""
    for page in pages:
        if found := getattr(page, kind, None):
            found.locale = page.locale
            yield found


def _below(page: Any) -> str:
    """Return the path of the course that a lesson or test belongs to."""
    course_slug = page.url_path.rstrip("/").split("/")[-2]
    return f"{_root(page.locale.language_code)}{course_slug}/"


def _day(moment: datetime | None) -> date | None:
    return moment and timezone.localdate(moment)


def _tests_by_course(pages: Iterable[Any]) -> dict[str, FinalTestEntry]:
    return {
        test.path[: -FinalTestPage.steplen]: FinalTestEntry(
            page_id=test.pk,
            title=test.title,
            summary=test.summary,
            minutes=test.minutes,
            per_goal=test.per_goal,
            pass_mark=test.pass_mark,
            attempts=test.attempts,
            pool=tuple(PoolItem(**item) for item in test.pool_items),
            path=f"{_below(test)}{TEST_ID}/",
            draft_notice=test.draft_notice,
        )
        for test in _of_kind(pages, "finaltestpage")
    }


def _courses_by_index(
    pages: Iterable[Any],
    lessons: dict[str, tuple[LessonEntry, ...]],
    tests: dict[str, FinalTestEntry],
) -> dict[str, tuple[CourseEntry, ...]]:
    grouped: dict[str, tuple[CourseEntry, ...]] = {}
    for course in _of_kind(pages, "coursepage"):
        parent = course.path[: -CoursePage.steplen]
        entry = _course(
            course,
            _root(course.locale.language_code),
            lessons.get(course.path, ()),
            tests.get(course.path),
        )
        grouped[parent] = (*grouped.get(parent, ()), entry)
    return grouped


def _course(
    page: CoursePage,
    root: str,
    lessons: tuple[LessonEntry, ...],
    test: FinalTestEntry | None,
) -> CourseEntry:
    return CourseEntry(
        page_id=page.pk,
        key=page.translation_key,
        slug=page.slug,
        title=page.title,
        summary=page.summary,
        audience=page.audience,
        address=page.address,
        topics=tuple(page.topics),
        settings=tuple(page.settings),
        level=page.level,
        goals=tuple(page.goals),
        competences={name: tuple(codes) for name, codes in page.competences.items()},
        licence=page.licence,
        authors=tuple(page.authors),
        as_of=page.as_of,
        review=page.review,
        valid_months=page.valid_months,
        sources=tuple(_source(source) for source in page.sources),
        changes=changes_of(page.changes),
        draft_notice=page.draft_notice,
        image=page.image,
        image_alt=page.image_alt,
        path=f"{root}{page.slug}/",
        search_text=page.search_text,
        lessons=tuple(
            replace(
                lesson,
                as_of=lesson.as_of or page.as_of,
                draft_notice=lesson.draft_notice or page.draft_notice,
            )
            for lesson in lessons
        ),
        test=test and _test(page, test),
    )


def _test(page: CoursePage, test: FinalTestEntry) -> FinalTestEntry | None:
    """Return the test of a course, unless nothing can be drawn for its goals."""
    goals = {goal["id"] for goal in page.goals}
    if not any(item.goal in goals and not item.reserved for item in test.pool):
        return None
    return replace(test, draft_notice=test.draft_notice or page.draft_notice)


def _source(source: Mapping[str, Any]) -> dict[str, Any]:
    """Return a source with its day as a date; anything else than a day is left out."""
    try:
        accessed = parse_date(source.get("accessed") or "")
    except ValueError:
        accessed = None
    return {**source, "accessed": accessed}
