"""What the CMS holds, as a package sees it."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from wagtail.models import Locale, Page

from content.glossary.models import GlossaryTerm
from content.pages.base import SitePage
from content.pages.models import GlossaryPage, HomePage, LegalPage
from courses.catalogue.models import (
    CourseIndexPage,
    CoursePage,
    FinalTestPage,
    LessonPage,
)

from .package import Edition, Package, Text
from .schema import FORMAT
from .shared import SHARED_KINDS, SharedKind

COURSE_FIELDS = [
    "slug", "title", "summary", "audience", "address", "topics", "settings", "level",
    "goals", "competences", "licence", "authors", "image_alt", "draft_notice", "as_of",
    "review", "valid_months", "sources", "changes",
]  # fmt: skip
LESSON_FIELDS = [
    "slug", "title", "summary", "minutes", "goals", "draft_notice", "as_of",
]  # fmt: skip
FINAL_TEST_FIELDS = [
    "slug", "title", "summary", "intro", "minutes", "per_goal", "pass_mark", "attempts",
    "draft_notice", "as_of",
]  # fmt: skip
PAGE_FIELDS = ["slug", "title", "summary", "as_of", "draft_notice"]
HOME_FIELDS = ["headline", "claim", "image_alt"]


class PageNames:
    """Names of all pages an author may link to, read once."""

    def __init__(self) -> None:
        self.names: dict[int, str] = {}
        self.numbers: dict[str, dict[int, int]] = {}
        rows = [(model, row) for model in _page_models() for row in _rows(model)]
        ids = {row["path"]: row["package_id"] or row["slug"] for _model, row in rows}
        for model, row in rows:
            ref = ids[row["path"]]
            if model.link_kind == "lesson":
                ref = f"{ids.get(row['path'][: -Page.steplen], '')}/{ref}"
            name = f"{model.link_kind}:{ref}"
            self.names[row["pk"]] = name
            self.numbers.setdefault(name, {})[row["locale_id"]] = row["pk"]

    def name(self, number: str | int) -> str | None:
        """Return the name of a page, or None when it is gone."""
        return self.names.get(int(number)) if str(number).isdigit() else None

    def number(self, name: str, locale: Locale) -> int | None:
        """Return the page of that name, in the locale where there is one."""
        by_locale = self.numbers.get(name, {})
        return by_locale.get(locale.pk) or next(iter(by_locale.values()), None)


def _page_models() -> list[type[SitePage]]:
    return [
        model
        for model in apps.get_models()
        if issubclass(model, SitePage) and not model._meta.abstract
    ]


def _rows(model: type[SitePage]) -> Iterable[dict[str, Any]]:
    rows = model.objects.order_by("locale_id", "pk")
    return rows.values("pk", "path", "slug", "locale_id", "package_id")


def course_text(page: CoursePage) -> Text:
    """Return a course's facts."""
    facts = {
        "format": FORMAT,
        "kind": "course",
        "id": page.package_id or page.slug,
        "locale": page.locale.language_code,
        "image": page.image_id,
        **{name: getattr(page, name) for name in COURSE_FIELDS},
    }
    return Text(facts)


def text_below(page: LessonPage | FinalTestPage) -> Text:
    """Return a lesson with its teacher's page and worksheet, or a final test."""
    is_test = isinstance(page, FinalTestPage)
    facts = {"id": page.package_id or page.slug}
    for name in FINAL_TEST_FIELDS if is_test else LESSON_FIELDS:
        facts[name] = getattr(page, name)
    return Text(facts, streams_of(page))


def site_text(page: SitePage) -> Text:
    """Return a page of the site."""
    facts = {
        "id": page.package_id or page.slug,
        "page": page_kind(page),
        "footer": page.in_footer,
        **{name: getattr(page, name) for name in PAGE_FIELDS},
    }
    if isinstance(page, HomePage):
        facts |= {name: getattr(page, name) for name in HOME_FIELDS}
        facts["image"] = page.image_id
    return Text(facts, streams_of(page))


def page_kind(page: SitePage) -> str:
    """Return what a package calls this type of page."""
    if isinstance(page, LegalPage):
        return page.kind
    kinds = {HomePage: "home", CourseIndexPage: "courses", GlossaryPage: "glossary"}
    return kinds.get(type(page), "standard")


def streams_of(page: SitePage) -> dict[str, list[dict[str, Any]]]:
    """Return the streams of a page as they are stored."""
    return {
        name: stream.stream_block.get_prep_value(stream)
        for name, stream in page.streams()
    }


def terms_of(locale: Locale) -> list[dict[str, Any]]:
    """Return the glossary of a language, in the order of its ids."""
    rows = GlossaryTerm.objects.filter(locale=locale).order_by("key")
    return [
        {
            "id": row.key,
            "term": row.term,
            "short": row.short,
            "more": row.more,
            "see": row.see,
        }
        for row in rows
    ]


def shared_of(kind: SharedKind, locale: Locale) -> list[dict[str, Any]]:
    """Return the sources or cards of a language, in the order of their ids."""
    rows = kind.model.objects.filter(locale=locale).order_by("key")
    return [kind.facts(row) for row in rows]


def latest(page: SitePage) -> Any:
    """Return the page as its editors see it: with changes not yet published."""
    return page.get_latest_revision_as_object() if page.latest_revision_id else page


def lessons_of(course: CoursePage) -> list[LessonPage]:
    """Return the lessons of a course in their order."""
    return list(LessonPage.objects.child_of(course).order_by("path"))


def test_of(course: CoursePage) -> FinalTestPage | None:
    """Return the final test of a course, if it has one."""
    return FinalTestPage.objects.child_of(course).first()


def pages_below(course: CoursePage) -> list[LessonPage | FinalTestPage]:
    """Return the lessons of a course in their order, then its final test."""
    test = test_of(course)
    return [*lessons_of(course), *([test] if test else [])]


def read_course(course: CoursePage) -> Package:
    """Return a published course with its published translations, lessons and tests."""
    editions = []
    for page in [course, *_translations(course)]:
        test = test_of(page)
        editions.append(
            Edition(
                page.locale.language_code,
                course_text(page),
                lessons=[text_below(each) for each in lessons_of(page) if each.live],
                test=text_below(test) if test and test.live else None,
            )
        )
    return Package("course", course.package_id or course.slug, editions)


def read_site(home: HomePage) -> Package:
    """Return the published pages of the site, its glossary and what texts share."""
    editions = []
    for page in [home, *_translations(home)]:
        below = (
            page.get_descendants()
            .live()
            .not_type(CoursePage, LessonPage, FinalTestPage)
        )
        locale = page.locale.language_code
        facts = {"format": FORMAT, "kind": "site", "id": "site", "locale": locale}
        pages = [site_text(page), *(site_text(child) for child in below.specific())]
        terms = terms_of(page.locale)
        edition = Edition(locale, Text(facts), pages=pages, terms=terms)
        for kind in SHARED_KINDS:
            setattr(edition, kind.name, shared_of(kind, page.locale))
        editions.append(edition)
    return Package("site", "site", editions)


def _translations(page: Any) -> list[Any]:
    others = page.get_translations().live().select_related("locale")
    return sorted(others, key=lambda other: other.locale.language_code)
