"""Packages become pages.

A page remembers the hash of the text last imported. Comparing it with the file and with
the page says who changed what: the file alone (the page is written), the page alone (it
is left), or both (somebody has to decide). Texts are compared in their canonical form,
so that saving a page in the CMS without a change is no change.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from difflib import unified_diff
from pathlib import Path
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, Site

from content.glossary.models import GlossaryTerm
from content.pages.base import SitePage
from content.pages.models import HomePage, LegalPage
from courses.catalogue.models import (
    CourseIndexPage,
    CoursePage,
    ExercisePage,
    FinalTestPage,
    LessonPage,
)

from .cms import (
    PageNames,
    course_text,
    latest,
    lessons_of,
    pages_below,
    site_text,
    terms_of,
    text_below,
)
from .media import MediaHashes, MediaNames, MediaStore
from .package import Edition, Package, Text, identity, model_of
from .problems import PackageError, Problem, at_field
from .reader import Loaded, read_package, read_terms
from .references import check_references, known_terms
from .resolving import Numbers, resolve_html, resolve_stream
from .schema import FINAL_TEST_RULES
from .streams import check_stream
from .values import Writing
from .writer import canonical_text, hash_of

Take = Literal["package", "cms"] | None
#: Stands in place of the hash once a page's file has left the package.
REMOVED = "removed"


@dataclass
class Outcome:
    """What an import did, each page named as ``package/locale/id``."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    unpublished: list[str] = field(default_factory=list)
    #: Pages edited in the CMS since their import, with the difference.
    left: list[tuple[str, str]] = field(default_factory=list)
    #: Sentences about what else happened.
    notices: list[str] = field(default_factory=list)


def check_packages(paths: Sequence[Path], *, draft: bool = False) -> list[Loaded]:
    """Read packages and rehearse their import; raise PackageError on any problem.

    Nothing is kept: the rehearsal's transaction is rolled back.
    """
    return _run(paths, take="package", draft=draft, rehearsal=True)[0]


def import_packages(
    paths: Sequence[Path], *, take: Take = None, draft: bool = False
) -> Outcome:
    """Write packages into the CMS; raise PackageError and write nothing on problems.

    Pages that changed get one new revision and are published; with ``draft`` the
    revision stays unpublished. ``take`` decides for pages edited in the CMS: the
    package overwrites them, or the CMS keeps them and no conflict is reported again.
    Lessons that left the package are unpublished. Missing locales are made.
    """
    return _run(paths, take=take, draft=draft, rehearsal=False)[1]


class _Rehearsed(Exception):
    """Rolls a rehearsal back."""


def _run(
    paths: Sequence[Path], *, take: Take, draft: bool, rehearsal: bool
) -> tuple[list[Loaded], Outcome]:
    loaded = _read(paths, draft=draft)
    outcome = Outcome()
    imports = [
        _Import(each, outcome, take=take, draft=draft, rehearsal=rehearsal)
        for each in sorted(loaded, key=lambda each: not _is_site(each))
    ]
    try:
        with transaction.atomic():
            _write(imports)
            if rehearsal:
                raise _Rehearsed
    except _Rehearsed:
        pass
    except BaseException:
        for each in imports:
            each.media.undo()
        raise
    finally:
        # Cached while pages existed that are now rolled back, or before they did.
        Site.clear_site_root_paths_cache()
    return loaded, outcome


def _read(paths: Sequence[Path], *, draft: bool) -> list[Loaded]:
    terms = known_terms(read_terms(paths))
    loaded = [read_package(path, terms=terms, draft=draft) for path in paths]
    problems = [problem for each in loaded for problem in each.problems]
    if not problems:
        problems = check_references(loaded, terms)
    if problems:
        raise PackageError(problems)
    return loaded


def _is_site(loaded: Loaded) -> bool:
    return bool(loaded.package and loaded.package.kind == "site")


def _write(imports: Iterable["_Import"]) -> None:
    """Make room for all pages first, so that texts may link to any of them."""
    imports = list(imports)
    for each in imports:
        each.prepare()
    names = PageNames()
    for each in imports:
        each.fill(names)
    problems = [problem for each in imports for problem in each.problems]
    if problems:
        raise PackageError(problems)


@dataclass
class _Place:
    """A text of the package and the page it belongs to."""

    edition: Edition
    text: Text
    page: Any
    is_new: bool


class _Import:
    """The import of one package."""

    def __init__(
        self,
        loaded: Loaded,
        outcome: Outcome,
        *,
        take: Take,
        draft: bool,
        rehearsal: bool,
    ) -> None:
        if loaded.package is None:
            raise PackageError(loaded.problems)
        self.package: Package = loaded.package
        self.folder = loaded.folder
        self.outcome = outcome
        self.take = take
        self.draft = draft
        self.rehearsal = rehearsal
        self.media = MediaStore(loaded.folder, self.package.id, rehearsal)
        self.hashes = MediaHashes()
        self.problems: list[Problem] = []
        self.places: list[_Place] = []
        self.locales: dict[str, Locale] = {}

    def refuse(
        self, text: Text, message: str, *, part: str = "", line: int = 1
    ) -> None:
        file = self.folder.label(text.files.get(part, ""))
        self.problems.append(Problem(file, line, message))

    # First pass: every page has its place

    def prepare(self) -> None:
        """Find or make the pages, empty and unpublished where they are new."""
        for edition in self.package.editions:
            locale, _made = Locale.objects.get_or_create(language_code=edition.locale)
            self.locales[edition.locale] = locale
            if self.package.kind == "course":
                self.prepare_course(edition, locale)
            else:
                self.prepare_site(edition, locale)

    def prepare_course(self, edition: Edition, locale: Locale) -> None:
        index = CourseIndexPage.objects.filter(locale=locale).first()
        if index is None:
            self.refuse(
                edition.head,
                _(
                    "There is no page for the courses in “%(locale)s” yet; import the "
                    "site's package (_site) first or together with this one."
                )
                % {"locale": edition.locale},
            )
            return
        key = identity(self.package.id)
        course = self.place(edition, edition.head, locale, index, key)
        if course is None:
            return
        for text in edition.below:
            key = identity(self.package.id, text.id)
            self.place(edition, text, locale, course, key)

    def prepare_site(self, edition: Edition, locale: Locale) -> None:
        home: Any = None
        for text in edition.pages:
            kind = text.facts["page"]
            parent = Page.get_first_root_node() if kind == "home" else home
            if kind == "home":
                free_slug(root=parent, slug=text.facts["slug"])
            key = identity("site", text.id)
            page = self.place(edition, text, locale, parent, key)
            if page is None:
                return
            if kind == "home":
                home = page
                if edition is self.package.original:
                    make_site_root(home=home)

    def place(
        self, edition: Edition, text: Text, locale: Locale, parent: Any, key: Any
    ) -> Any:
        model = model_of(self.package, text)
        page = find_page(
            model=model, locale=locale, parent=parent, text_id=text.id, key=key,
            slug=text.facts["slug"],
        )  # fmt: skip
        is_new = page is None
        if page is None:
            page = model(
                locale=locale,
                translation_key=self.key_for(text, model, key),
                live=False,
            )
            try:
                with transaction.atomic():
                    self.set_facts(page, edition, text)
                    parent.add_child(instance=page)
            except ValidationError as error:
                self.refuse_all(text, error)
                return None
        self.places.append(_Place(edition, text, page, is_new))
        return page

    def key_for(self, text: Text, model: type[SitePage], key: Any) -> Any:
        """Return the key of the original, which may have been made in the CMS."""
        original = self.package.original
        for place in self.places:
            same = place.edition is original and isinstance(place.page, model)
            if same and place.text.id == text.id:
                return place.page.translation_key
        return key

    # Second pass: every page has its words

    def fill(self, names: PageNames) -> None:
        """Write the pages that changed, then what belongs to them."""
        for place in self.places:
            # Children were added since it was read; saving it must not forget them.
            place.page = type(place.page).objects.get(pk=place.page.pk)
            self.fill_page(place, names)
        if self.problems or self.rehearsal:
            return
        if self.package.kind == "course":
            self.sort_lessons()
            self.remove_pages()

    def fill_page(self, place: _Place, names: PageNames) -> None:
        name = f"{self.package.id}/{place.edition.locale}/{place.text.id}"
        file_text = self.file_text(place)
        page_text = self.page_text(place, names)
        file_hash, page_hash = hash_of(file_text), hash_of(page_text)
        if place.is_new:
            self.write(place, names, file_hash)
            self.outcome.created.append(name)
        elif is_withdrawn(place.page):
            self.settle_withdrawn(place, name, names, file_hash)
        elif file_hash == page_hash and place.page.import_hash != REMOVED:
            self.settle_unchanged(place, name, file_hash)
        elif (
            place.page.import_hash
            in (page_hash, self.hash_before(place, names), REMOVED)
            or self.take == "package"
        ):
            self.write(place, names, file_hash)
            self.outcome.updated.append(name)
        elif place.page.import_hash == file_hash:
            difference = self.difference(place, names)
            self.outcome.left.append((name, difference))
        elif self.take == "cms":
            self.keep(place, file_hash)
            self.outcome.left.append((name, self.difference(place, names)))
        else:
            self.refuse_conflict(place, name, names)

    def settle_unchanged(self, place: _Place, name: str, file_hash: str) -> None:
        page = place.page
        never_public = page.first_published_at is None
        waits = never_public or (page.live and page.has_unpublished_changes)
        if waits and not self.draft and not self.rehearsal:
            revision = page.get_latest_revision()
            (revision or page.save_revision()).publish()
            self.outcome.updated.append(name)
            return
        if page.import_hash != file_hash:
            type(page).objects.filter(pk=page.pk).update(import_hash=file_hash)
        self.outcome.unchanged.append(name)

    def settle_withdrawn(
        self, place: _Place, name: str, names: PageNames, file_hash: str
    ) -> None:
        """Leave what an editor unpublished, unless told that the package wins."""
        if self.take == "package":
            self.write(place, names, file_hash)
            self.outcome.updated.append(name)
            return
        if self.take == "cms":
            self.keep(place, file_hash)
        self.outcome.left.append((name, self.difference(place, names)))

    def keep(self, place: _Place, file_hash: str) -> None:
        """Let the CMS's words stand, and remember that the file was seen."""
        page = place.page
        type(page).objects.filter(pk=page.pk).update(import_hash=file_hash)

    def refuse_conflict(self, place: _Place, name: str, names: PageNames) -> None:
        self.refuse(
            place.text,
            _(
                "The file and the page %(name)s both changed since the last import. "
                "Decide with --take package or --take cms:\n%(difference)s"
            )
            % {"name": name, "difference": self.difference(place, names)},
        )

    def write(self, place: _Place, names: PageNames, file_hash: str) -> None:
        page, text = place.page, place.text
        numbers = self.numbers(names, page.locale)
        self.set_facts(page, place.edition, text)
        for field_name, raw in text.streams.items():
            stream = page._meta.get_field(field_name).stream_block
            stored = resolve_stream(stream, raw, numbers)
            reading = text.readings.get(field_name)
            if reading:
                before = len(self.folder.problems)
                check_stream(stream, stored, reading, files=True)
                self.problems += self.folder.problems[before:]
            setattr(page, field_name, stream.to_python(stored))
        page.import_hash = file_hash
        if isinstance(page, FinalTestPage):
            self.write_test(place, numbers)
        if text.facts.get("page") == "glossary":
            self.write_terms(place, numbers)
        if self.problems:
            return
        try:
            page.full_clean()
            if not self.rehearsal:
                self.save(page)
        except ValidationError as error:
            self.refuse_all(text, error)

    def save(self, page: Any) -> None:
        # Revisions carry no import hash (see SitePage): it stands in the table alone.
        type(page).objects.filter(pk=page.pk).update(import_hash=page.import_hash)
        revision = page.save_revision(clean=False)
        if not self.draft:
            revision.publish()

    def write_test(self, place: _Place, numbers: Numbers) -> None:
        """Fill in what needs links, and compare with the goals the course has now."""
        page = place.page
        page.intro = resolve_html(place.text.facts["intro"], numbers)
        if self.rehearsal:
            return
        course = latest(CoursePage.objects.parent_of(page).get())
        for problem in page.problems(course.goal_ids):
            self.refuse(place.text, at_field(page.exercise_field, problem))

    def write_terms(self, place: _Place, numbers: Numbers) -> None:
        """Write the terms of one language; those no longer in the file are deleted."""
        locale = self.locales[place.edition.locale]
        existing = {
            term.key: term for term in GlossaryTerm.objects.filter(locale=locale)
        }
        for facts in place.edition.terms:
            term = existing.pop(facts["id"], None) or GlossaryTerm(
                key=facts["id"],
                locale=locale,
                translation_key=identity("glossary", facts["id"]),
            )
            values = {
                "term": facts["term"],
                "short": facts["short"],
                "more": resolve_html(facts["more"], numbers),
                "see": facts["see"],
            }
            if term.pk and all(getattr(term, k) == v for k, v in values.items()):
                continue
            for name, value in values.items():
                setattr(term, name, value)
            term.save()
        for key, term in existing.items():
            self.outcome.notices.append(
                _("The term “%(id)s” (%(locale)s) left the package and was deleted.")
                % {"id": key, "locale": place.edition.locale}
            )
            term.delete()

    def set_facts(self, page: Any, edition: Edition, text: Text) -> None:
        facts = text.facts
        page.package_id = text.id
        page.slug, page.title = facts["slug"], facts["title"]
        page.summary = facts["summary"]
        page.as_of, page.draft_notice = facts["as_of"], facts["draft_notice"]
        if isinstance(page, LessonPage):
            page.minutes, page.goals = facts["minutes"], facts["goals"]
            return
        if isinstance(page, FinalTestPage):
            for name in FINAL_TEST_RULES:
                setattr(page, name, facts[name])
            return
        if isinstance(page, CoursePage):
            self.set_course_facts(page, facts)
            return
        page.in_footer = bool(facts["footer"])
        if isinstance(page, LegalPage):
            page.kind = facts["page"]
        if isinstance(page, HomePage):
            for name in ("headline", "claim", "image_alt"):
                setattr(page, name, facts[name])
            page.image_id = self.image_number(facts["image"])

    def set_course_facts(self, page: CoursePage, facts: dict[str, Any]) -> None:
        for name in (
            "audience", "address", "topics", "settings", "level", "goals",
            "competences", "licence", "authors", "image_alt", "review", "valid_months",
        ):  # fmt: skip
            setattr(page, name, facts[name])
        page.sources = [
            {
                **source,
                "accessed": source["accessed"] and source["accessed"].isoformat(),
            }
            for source in facts["sources"]
        ]
        page.image_id = self.image_number(facts["image"])

    def image_number(self, name: str | None) -> int | None:
        return self.media.number("image", name) if name else None

    def numbers(self, names: PageNames, locale: Locale) -> Numbers:
        return Numbers(
            file=self.media.number,
            page=lambda name: names.number(name, locale),
        )

    # Comparing

    def file_text(self, place: _Place, *, readable: bool = False) -> str:
        writing = Writing()
        if not readable:
            writing = Writing(
                media_name=lambda kind, name: (
                    name and self.media.hashed_name(kind, name)
                )
            )
        return canonical_text(self.package, place.edition, place.text, writing)

    def hash_before(self, place: _Place, names: PageNames) -> str:
        """Return the hash of a page as it was before this import added its lessons.

        A course names its lessons, so it would look edited where only we added one.
        """
        return hash_of(self.page_text(place, names, before=True))

    def page_text(
        self,
        place: _Place,
        names: PageNames,
        *,
        readable: bool = False,
        before: bool = False,
    ) -> str:
        """Return what the CMS says in the place of a text of the package.

        ``before`` leaves out the lessons that this import has added.
        """
        if place.is_new:
            return ""
        files = MediaNames() if readable else self.hashes
        writing = Writing(media_name=files.name, page_name=names.name)
        edition = replace(place.edition)
        current = latest(place.page)
        if isinstance(current, CoursePage):
            text = course_text(current)
            lessons = lessons_of(place.page)
            added = {each.page.pk for each in self.places if each.is_new and before}
            listed = [
                each
                for each in lessons
                if each.import_hash != REMOVED and each.pk not in added
            ]
            ids = [each.package_id or each.slug for each in listed]
            edition.lessons = [Text({"id": lesson_id}) for lesson_id in ids]
            edition.head = text
        elif isinstance(current, ExercisePage):
            text = text_below(current)
        else:
            text = site_text(current)
            edition.terms = terms_of(self.locales[place.edition.locale])
        return canonical_text(self.package, edition, text, writing)

    def difference(self, place: _Place, names: PageNames) -> str:
        """Return a unified difference from the package's file to the CMS's page."""
        lines = unified_diff(
            self.file_text(place, readable=True).splitlines(),
            self.page_text(place, names, readable=True).splitlines(),
            self.folder.label(place.text.files.get("", "")),
            "CMS",
            lineterm="",
        )
        return "\n".join(lines)

    def refuse_all(self, text: Text, error: ValidationError) -> None:
        """Note what a page's own checks refuse."""
        named = error.message_dict if hasattr(error, "error_dict") else {}
        for name, messages in named.items():
            field_name = {"package_id": "id", "in_footer": "footer"}.get(name, name)
            reading = text.readings.get("")
            line = reading.line_of((field_name,)) if reading else 1
            for message in messages:
                self.refuse(text, at_field(field_name, message), line=line)
        if not named:
            for message in error.messages:
                self.refuse(text, message)

    # Order, and pages that are gone

    def courses(self) -> Iterable[_Place]:
        return (place for place in self.places if isinstance(place.page, CoursePage))

    def sort_lessons(self) -> None:
        """Bring lessons into the package's order, unless the CMS's was kept."""
        left = {name for name, _difference in self.outcome.left}
        for course in self.courses():
            name = f"{self.package.id}/{course.edition.locale}/{course.text.id}"
            wanted = [
                place.page.pk
                for place in self.places
                if place.edition is course.edition
                and isinstance(place.page, LessonPage)
            ]
            now = [each.pk for each in lessons_of(course.page) if each.pk in wanted]
            if now == wanted or name in left:
                continue
            for number in wanted:
                parent = Page.objects.get(pk=course.page.pk)
                Page.objects.get(pk=number).move(parent, pos="last-child")

    def remove_pages(self) -> None:
        for course in self.courses():
            kept = {place.page.pk for place in self.places}
            for page in pages_below(course.page):
                came_by_import = page.import_hash not in ("", REMOVED)
                if page.pk not in kept and came_by_import:
                    self.remove(page, course.edition.locale)
        locales = [edition.locale for edition in self.package.editions]
        for course in list(self.courses())[:1]:
            others = CoursePage.objects.filter(
                translation_key=course.page.translation_key
            ).exclude(locale__language_code__in=locales)
            for page in others.exclude(import_hash__in=["", REMOVED]):
                locale = page.locale.language_code
                for below in pages_below(page):
                    if below.import_hash not in ("", REMOVED):
                        self.remove(below, locale)
                self.remove(page, locale)

    def remove(self, page: Any, locale: str) -> None:
        """Take a page off the site; it stays in the CMS with all that hangs on it."""
        if page.live:
            page.unpublish()
        type(page).objects.filter(pk=page.pk).update(import_hash=REMOVED)
        self.outcome.unpublished.append(f"{self.package.id}/{locale}/{page.package_id}")


def find_page(
    *,
    model: type[SitePage],
    locale: Locale,
    parent: Any,
    text_id: str,
    key: Any,
    slug: str,
) -> Any:
    """Return the page of a text: by id, by key, or by address if made in the CMS."""
    pages = model.objects.filter(locale=locale)
    below = pages.child_of(parent) if issubclass(model, ExercisePage) else pages
    return (
        below.filter(package_id=text_id).first()
        or pages.filter(translation_key=key).first()
        or pages.child_of(parent).filter(package_id="", slug=slug).first()
    )


def is_withdrawn(page: SitePage) -> bool:
    """Whether an editor took the page off the site; an import's removal is marked."""
    was_public = page.first_published_at is not None
    return was_public and not page.live and page.import_hash != REMOVED


def free_slug(*, root: Page, slug: str) -> None:
    """Rename the page Wagtail starts with where it has the slug of a home page."""
    welcome = root.get_children().filter(slug=slug).exact_type(Page).first()
    if welcome and welcome.is_leaf():
        Page.objects.filter(pk=welcome.pk).update(slug=f"{slug}-wagtail")


def make_site_root(*, home: HomePage) -> None:
    """Let the German home page be the root of the default site.

    Makes the site (``localhost``) where there is none and deletes the page Wagtail
    starts with, if nobody put anything below it.
    """
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(hostname="localhost", is_default_site=True, root_page=home)
        return
    before = site.root_page
    if before.pk == home.pk or isinstance(before.specific, HomePage):
        return
    site.root_page = home
    site.save()
    if before.specific_class is Page and before.is_leaf() and not before.is_root():
        before.delete()
