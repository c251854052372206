"""The first pass of an import: every text has its page."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from content.pages.base import SitePage
from courses.catalogue.models import CourseIndexPage

from .facts import set_facts
from .files import Folder
from .media import MediaStore
from .package import Edition, Package, Text, identity, model_of
from .problems import Problem, at_field
from .tree import find_page, free_slug, make_site_root


@dataclass
class Place:
    """A text of the package and the page it belongs to."""

    edition: Edition
    text: Text
    page: Any
    is_new: bool
    #: Whether the address of its file is held by a page that will not give it up.
    waits_for_slug: bool = False


class Places:
    """The pages of one package; those that are missing are made, empty."""

    def __init__(self, package: Package, folder: Folder, *, rehearsal: bool) -> None:
        self.package = package
        self.folder = folder
        self.media = MediaStore(folder, package.id, rehearsal)
        self.problems: list[Problem] = []
        self.places: list[Place] = []
        self.locales: dict[str, Locale] = {}

    def refuse(
        self, text: Text, message: str, *, part: str = "", line: int = 1
    ) -> None:
        file = self.folder.label(text.files.get(part, ""))
        self.problems.append(Problem(file, line, message))

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
                    set_facts(page, text, self.media)
                    if parent.get_children().filter(slug=page.slug).exists():
                        # Who gets it is settled once all pages are there.
                        page.slug = str(page.translation_key)
                    parent.add_child(instance=page)
            except ValidationError as error:
                self.refuse_all(text, error)
                return None
        self.places.append(Place(edition, text, page, is_new))
        return page

    def key_for(self, text: Text, model: type[SitePage], key: Any) -> Any:
        """Return the key of the original, which may have been made in the CMS."""
        original = self.package.original
        for place in self.places:
            same = place.edition is original and isinstance(place.page, model)
            if same and place.text.id == text.id:
                return place.page.translation_key
        return key
