"""A package in memory: the same whether it was read from files or from the CMS."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from content.pages.base import SitePage
from content.pages.models import GlossaryPage, HomePage, LegalPage, StandardPage
from courses.catalogue.models import (
    CourseIndexPage,
    CoursePage,
    FinalTestPage,
    LessonPage,
)

from .streams import RawStream
from .values import Reading

#: Never change it: every identity of shipped courses follows from it.
NAMESPACE = uuid5(NAMESPACE_URL, "https://datenkundig/course-packages")
ORIGINAL = "de"
#: The final test; it has no number, because it always stands at the end.
TEST_FILE = "test.md"

PAGE_MODELS: Mapping[str, type[SitePage]] = {
    "home": HomePage,
    "courses": CourseIndexPage,
    "imprint": LegalPage,
    "privacy": LegalPage,
    "accessibility": LegalPage,
    "glossary": GlossaryPage,
    "standard": StandardPage,
}


def identity(*parts: str) -> UUID:
    """Return the key that stands for a course, a lesson or a page of the site."""
    return uuid5(NAMESPACE, "/".join(parts))


@dataclass
class Text:
    """One page: its facts and its streams of blocks, by name of the page's field.

    ``files`` says which file each stream came from; the facts' is under ``""``.
    ``readings`` knows the lines of every value, for problems found later.
    """

    facts: dict[str, Any]
    streams: dict[str, RawStream] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    readings: dict[str, Reading] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Return the author's id."""
        return self.facts.get("id") or ""

    @property
    def main(self) -> str:
        """Return the name of the stream that stands behind the facts in one file."""
        return FinalTestPage.exercise_field if self.is_test else "body"

    @property
    def is_test(self) -> bool:
        """Whether this is a final test."""
        return "per_goal" in self.facts


@dataclass
class Edition:
    """A package in one language.

    A course has lessons and perhaps a final test, a site has pages, terms, sources
    and step cards.
    """

    locale: str
    head: Text
    lessons: list[Text] = field(default_factory=list)
    test: Text | None = None
    pages: list[Text] = field(default_factory=list)
    terms: list[dict[str, Any]] = field(default_factory=list)
    sources: list[dict[str, Any]] = field(default_factory=list)
    cards: list[dict[str, Any]] = field(default_factory=list)

    @property
    def texts(self) -> Iterator[Text]:
        """Yield everything that is written and read."""
        yield self.head
        yield from self.below
        yield from self.pages

    @property
    def below(self) -> Iterator[Text]:
        """Yield what stands below a course: its lessons, then its final test."""
        yield from self.lessons
        if self.test:
            yield self.test


@dataclass
class Package:
    """A course or the site's own texts, in all languages, the original first."""

    kind: str
    name: str
    editions: list[Edition] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Return the author's id of the whole package."""
        return self.original.head.id

    @property
    def original(self) -> Edition:
        """Return the edition that all others translate."""
        return self.editions[0]


def model_of(package: Package, text: Text) -> type[SitePage]:
    """Return the page type a text of a package becomes."""
    if package.kind == "site":
        return PAGE_MODELS[text.facts["page"]]
    if text.is_test:
        return FinalTestPage
    return LessonPage if "minutes" in text.facts else CoursePage
