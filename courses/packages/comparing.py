"""What a package says and what the CMS says, in words that can be compared."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import unified_diff

from wagtail.models import Locale

from courses.catalogue.models import CoursePage, ExercisePage

from .cms import (
    PageNames,
    course_text,
    latest,
    lessons_of,
    site_text,
    terms_of,
    text_below,
)
from .files import Folder
from .media import MediaHashes, MediaNames, MediaStore
from .package import Package, Text
from .places import Place
from .tree import REMOVED
from .values import Writing
from .writer import canonical_text, hash_of


class Comparison:
    """Puts the texts of one package beside their pages."""

    def __init__(
        self,
        package: Package,
        folder: Folder,
        media: MediaStore,
        places: Sequence[Place],
        locales: Mapping[str, Locale],
    ) -> None:
        self.package = package
        self.folder = folder
        self.media = media
        self.places = places
        self.locales = locales
        self.hashes = MediaHashes()

    def file_text(self, place: Place, *, readable: bool = False) -> str:
        writing = Writing()
        if not readable:
            writing = Writing(
                media_name=lambda kind, name: (
                    name and self.media.hashed_name(kind, name)
                )
            )
        return canonical_text(self.package, place.edition, place.text, writing)

    def hash_before(self, place: Place, names: PageNames) -> str:
        """Return the hash of a page as it was before this import added its lessons.

        A course names its lessons, so it would look edited where only we added one.
        """
        return hash_of(self.page_text(place, names, before=True))

    def page_text(
        self,
        place: Place,
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

    def difference(self, place: Place, names: PageNames) -> str:
        """Return a unified difference from the package's file to the CMS's page."""
        lines = unified_diff(
            self.file_text(place, readable=True).splitlines(),
            self.page_text(place, names, readable=True).splitlines(),
            self.folder.label(place.text.files.get("", "")),
            "CMS",
            lineterm="",
        )
        return "\n".join(lines)
