"""The second pass of an import: pages are judged, then written."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, ReferenceIndex

from content.glossary.models import GlossaryTerm
from courses.catalogue.models import CoursePage, FinalTestPage, LessonPage

from .cms import (
    PageNames,
    latest,
    lessons_of,
    pages_below,
)
from .comparing import Comparison
from .facts import set_facts
from .package import Edition, identity
from .places import Place, Places
from .problems import PackageError, at_field
from .reader import Loaded
from .resolving import Numbers, resolve_html, resolve_stream
from .shared import (
    CHANGED,
    GONE,
    KEPT,
    SHARED_KINDS,
    STAYS,
    TERM_ROW,
    WAITING,
    SharedKind,
)
from .streams import check_stream
from .tree import REMOVED
from .values import Writing, write_struct_fields
from .verdicts import FOLLOWS, Take, Verdict, verdict
from .writer import hash_of
from .yaml_writer import write_yaml


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


class PackageImport(Places):
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
        super().__init__(loaded.package, loaded.folder, rehearsal=rehearsal)
        self.outcome = outcome
        self.take = take
        self.draft = draft
        self.rehearsal = rehearsal
        self.written: list[Place] = []
        #: What becomes of each page, by its number, and the hash of its file.
        self.verdicts: dict[int, tuple[Verdict, str]] = {}
        #: How many terms and shared rows wait for an import that is no draft.
        self.waiting = 0
        #: Sources and cards that are no longer in the files; whether they were edited.
        self.gone: list[tuple[SharedKind, Any, bool]] = []
        self.comparison = Comparison(
            self.package, self.folder, self.media, self.places, self.locales
        )

    def name(self, place: Place) -> str:
        return f"{self.package.id}/{place.edition.locale}/{place.text.id}"

    def judge(self, names: PageNames) -> None:
        """Decide for every page what becomes of it, while nothing is written yet."""
        for place in self.places:
            file_hash = hash_of(self.comparison.file_text(place))
            found = verdict(place, file_hash, self.comparison, names, self.take)
            self.verdicts[place.page.pk] = found, file_hash

    def following(self) -> list[Place]:
        """Return the pages that will say what their files say."""
        return [each for each in self.places if self.follows(each.page.pk)]

    def follows(self, number: int) -> bool:
        return number in self.verdicts and self.verdicts[number][0] in FOLLOWS

    def refuse_slug(self, place: Place, holder: Page) -> None:
        """Note that a page that stays as it is has the address of a text."""
        place.waits_for_slug = True
        if self.draft:
            message = _(
                "The address “%(slug)s” belongs to the page “%(title)s”, and a draft "
                "takes no address from a page. Import without --draft, or choose "
                "another address."
            )
        elif holder.pk in self.verdicts and not self.follows(holder.pk):
            message = _(
                "The address “%(slug)s” belongs to the page “%(title)s”, which was "
                "changed in the CMS and is left alone. Choose another address, or let "
                "the package win with --take package."
            )
        else:
            message = _(
                "The address “%(slug)s” belongs to the page “%(title)s”, which "
                "this text does not change. Choose another address here, or give that "
                "page another one in the CMS."
            )
        slug = place.text.facts["slug"]
        reading = place.text.readings.get("")
        line = reading.line_of(("slug",)) if reading else 1
        values = {"slug": slug, "title": holder.title}
        self.refuse(place.text, message % values, line=line)

    def fill(self, names: PageNames) -> None:
        """Write the pages that changed, then what belongs to them."""
        if self.package.kind == "site":
            # Pages are counted as uses of sources and cards, which have to be there.
            for kind, edition in product(SHARED_KINDS, self.package.editions):
                self.put_shared(kind, edition, names)
        for place in self.places:
            # Children were added since it was read; saving it must not forget them.
            place.page = type(place.page).objects.get(pk=place.page.pk)
            self.fill_page(place, names)
        if self.problems or self.rehearsal:
            return
        if self.draft:
            self.settle_draft(names)
        elif self.package.kind == "course":
            self.sort_lessons()
            self.remove_pages()

    def settle_draft(self, names: PageNames) -> None:
        """Leave for publication what has no draft, and remember what the CMS says now.

        Terms, shared rows and the order and number of lessons are seen at once. Without
        them a page differs from its file, which must not look like an editor's change.
        """
        for place in self.written:
            place.is_new = False
            self.keep(place, hash_of(self.comparison.page_text(place, names)))
        if self.waiting:
            self.outcome.notices.append(WAITING % {"count": self.waiting})

    def fill_page(self, place: Place, names: PageNames) -> None:
        name = self.name(place)
        verdict, file_hash = self.verdicts[place.page.pk]
        if verdict is Verdict.CREATE:
            self.write(place, names, file_hash)
            self.outcome.created.append(name)
        elif verdict is Verdict.WRITE:
            self.write(place, names, file_hash)
            self.outcome.updated.append(name)
        elif verdict is Verdict.SAME:
            self.settle_unchanged(place, name, file_hash)
        elif verdict is Verdict.CONFLICT:
            self.refuse_conflict(place, name, names)
        else:
            if verdict is Verdict.KEEP:
                self.keep(place, file_hash)
            self.outcome.left.append((name, self.comparison.difference(place, names)))

    def settle_unchanged(self, place: Place, name: str, file_hash: str) -> None:
        page = place.page
        if place.waits_for_slug:
            return
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

    def keep(self, place: Place, file_hash: str) -> None:
        """Let the CMS's words stand, and remember that the file was seen."""
        page = place.page
        type(page).objects.filter(pk=page.pk).update(import_hash=file_hash)

    def refuse_conflict(self, place: Place, name: str, names: PageNames) -> None:
        self.refuse(
            place.text,
            _(
                "The file and the page %(name)s both changed since the last import. "
                "Decide with --take package or --take cms:\n%(difference)s"
            )
            % {"name": name, "difference": self.comparison.difference(place, names)},
        )

    def write(self, place: Place, names: PageNames, file_hash: str) -> None:
        page, text = place.page, place.text
        numbers = self.numbers(names, page.locale)
        own_slug = page.slug
        set_facts(page, text, self.media)
        if place.waits_for_slug:
            page.slug = own_slug
        for field_name, raw in text.streams.items():
            stream = page._meta.get_field(field_name).stream_block
            stored = resolve_stream(stream, raw, numbers)
            reading = text.readings.get(field_name)
            if reading:
                before = len(self.folder.problems)
                check_stream(stream, stored, reading, files=True, checked=raw)
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
                self.written.append(place)
        except ValidationError as error:
            self.refuse_all(text, error)

    def save(self, page: Any) -> None:
        # Revisions carry no import hash (see SitePage): it stands in the table alone.
        type(page).objects.filter(pk=page.pk).update(import_hash=page.import_hash)
        revision = page.save_revision(clean=False)
        if not self.draft:
            revision.publish()

    def write_test(self, place: Place, numbers: Numbers) -> None:
        """Fill in what needs links, and compare with the goals the course has now."""
        page = place.page
        page.intro = resolve_html(place.text.facts["intro"], numbers)
        if self.rehearsal:
            return
        course = latest(CoursePage.objects.parent_of(page).get())
        for problem in page.problems(course.goal_ids):
            self.refuse(place.text, at_field(page.exercise_field, problem))

    def put_shared(self, kind: SharedKind, edition: Edition, names: PageNames) -> None:
        """Write the sources or the cards of one language.

        One that was changed in the CMS is left, unless told that the package wins. One
        that is no longer in the file waits for :meth:`remove_gone`.
        """
        locale = self.locales[edition.locale]
        rows: dict[str, Any] = {
            row.key: row for row in kind.model.objects.filter(locale=locale)
        }
        hashes = {
            key: _hash(kind, kind.facts(row), Writing(page_name=names.name))
            for key, row in rows.items()
        }
        for facts in getattr(edition, kind.name):
            row = rows.pop(facts["id"], None)
            file_hash = _hash(kind, facts, Writing())
            row_hash = hashes.get(facts["id"])
            if row and row_hash == file_hash == row.import_hash:
                continue
            was_edited = row and row_hash not in (file_hash, row.import_hash)
            if was_edited and self.take != "package":
                self.notice(CHANGED, kind.messages.row, facts["id"], locale)
                continue
            if self.draft:
                self.waiting += 1
                continue
            row = row or kind.model(
                key=facts["id"],
                locale=locale,
                translation_key=identity(kind.name, facts["id"]),
            )
            kind.fill(row, facts, self.numbers(names, locale))
            row.import_hash = file_hash
            row.save()
        for row in rows.values():
            if row.import_hash and not self.draft:
                was_edited = hashes[row.key] != row.import_hash
                self.gone.append((kind, row, was_edited))

    def remove_gone(self) -> None:
        """Delete sources and cards that left the files, once all texts are written.

        One stays that a text names or that an editor changed, unless the package wins.
        Cards cite sources and name each other, so whoever goes may free another.
        """
        waiting = self.gone
        while free := [each for each in waiting if not _is_used(each[1])]:
            for kind, row, was_edited in free:
                self.remove_shared(kind, row, was_edited=was_edited)
            waiting = [each for each in waiting if each not in free]
        for kind, row, _was_edited in waiting:
            self.notice(STAYS, kind.messages.row, row.key, row.locale)

    def remove_shared(self, kind: SharedKind, row: Any, *, was_edited: bool) -> None:
        """Delete what no text names, unless an editor changed it."""
        if was_edited and self.take != "package":
            self.notice(KEPT, kind.messages.row, row.key, row.locale)
            return
        self.notice(GONE, kind.messages.row, row.key, row.locale)
        row.delete()

    def notice(self, message: Any, row: Any, key: str, locale: Locale) -> None:
        name = row % {"id": key, "locale": locale.language_code}
        self.outcome.notices.append(message % {"row": name})

    def write_terms(self, place: Place, numbers: Numbers) -> None:
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
            if self.draft:
                self.waiting += 1
                continue
            for name, value in values.items():
                setattr(term, name, value)
            term.save()
        for key, term in () if self.draft else existing.items():
            self.notice(GONE, TERM_ROW, key, locale)
            term.delete()

    def numbers(self, names: PageNames, locale: Locale) -> Numbers:
        return Numbers(
            file=self.media.number,
            page=lambda name: names.number(name, locale),
        )

    def courses(self) -> Iterable[Place]:
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
        for page in self.leaving():
            self.remove(page, page.locale.language_code)

    def leaving(self) -> list[Any]:
        """Return the pages of a course that came by import and left the package."""
        if self.draft:
            return []
        pages: list[Any] = []
        courses = list(self.courses())
        for course in courses:
            pages += pages_below(course.page)
        for course in courses[:1]:
            locales = [edition.locale for edition in self.package.editions]
            others = CoursePage.objects.filter(
                translation_key=course.page.translation_key
            ).exclude(locale__language_code__in=locales)
            for page in others.exclude(import_hash__in=["", REMOVED]):
                pages += [*pages_below(page), page]
        kept = {place.page.pk for place in self.places}
        return [
            page
            for page in pages
            if page.pk not in kept and page.import_hash not in ("", REMOVED)
        ]

    def remove(self, page: Any, locale: str) -> None:
        """Take a page off the site; it stays in the CMS with all that hangs on it."""
        if page.live:
            page.unpublish()
        type(page).objects.filter(pk=page.pk).update(import_hash=REMOVED)
        self.outcome.unpublished.append(f"{self.package.id}/{locale}/{page.package_id}")


def _is_used(row: Any) -> bool:
    used: bool = ReferenceIndex.get_references_to(row).exists()
    return used


def _hash(kind: SharedKind, facts: dict[str, Any], writing: Writing) -> str:
    return hash_of(write_yaml(write_struct_fields(kind.block, facts, writing)))
