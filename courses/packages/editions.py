"""What packages of courses and of the site have in common: languages and heads."""

from abc import abstractmethod
from typing import Any, ClassVar

from django.conf import settings
from django.utils.translation import gettext as _
from wagtail import blocks

from . import schema
from .files import FREE_FILES
from .package import ORIGINAL, Edition, Package, Text
from .source import Source


class EditionsReader(Source):
    """Reads a package language by language; a kind of package says what is in each."""

    kind: ClassVar[str]
    #: The file with the facts of each language.
    head_file: ClassVar[str]
    head_block: ClassVar[blocks.StructBlock]

    @abstractmethod
    def check_head(self, file: str, head: Text, original: Edition | None) -> None:
        """Check what is special about the head."""

    @abstractmethod
    def read_below(
        self, package: Package, edition: Edition, prefix: str, original: Edition | None
    ) -> None:
        """Add to an edition what stands below its head."""

    def read(self) -> Package | None:
        files, head = self.folder.files, self.head_file
        package = Package(self.kind, self.folder.root.name)
        originals = self.edition(package, "", None)
        if originals is None:
            return None
        package.editions.append(originals)
        for prefix in sorted(
            {f.split("/")[0] for f in files if f.endswith(f"/{head}")}
        ):
            if edition := self.edition(package, f"{prefix}/", originals):
                package.editions.append(edition)
        self.check_languages(package)
        self.check_files_known()
        return package

    def edition(
        self, package: Package, prefix: str, original: Edition | None
    ) -> Edition | None:
        file = prefix + self.head_file
        inherited = original.head.facts if original else None
        head = self.head(file, self.head_block, inherited)
        if head is None:
            return None
        locale = head.facts.get("locale") or ""
        self.check_locale(file, head, prefix, original)
        edition = Edition(locale, head)
        self.check_head(file, head, original)
        self.read_below(package, edition, prefix, original)
        return edition

    def head(
        self, file: str, block: blocks.StructBlock, inherited: dict[str, Any] | None
    ) -> Text | None:
        source = self.source(file)
        if source is None:
            return None
        reading = self.reading(file, "")
        facts = self.facts(
            block,
            source,
            1,
            reading,
            inherited=inherited,
            own=schema.OWN_IN_TRANSLATION,
        )
        if facts is None:
            return None
        self.collect(reading, "", file)
        return Text(facts, files={"": file}, readings={"": reading})

    def check_locale(
        self, file: str, head: Text, prefix: str, original: Edition | None
    ) -> None:
        locale, reading = head.facts.get("locale"), head.readings[""]
        line = reading.line_of(("locale",))
        if locale and locale not in dict(settings.LANGUAGES):
            self.refuse(
                file,
                line,
                _("The language “%(locale)s” is not set up here. There are: %(known)s.")
                % {
                    "locale": locale,
                    "known": ", ".join(code for code, _name in settings.LANGUAGES),
                },
            )
        if original is None:
            if locale and locale != ORIGINAL:
                self.refuse(
                    file,
                    line,
                    _("The first language of a package is German (locale: de)."),
                )
            return
        if locale in dict(settings.LANGUAGES) and locale != prefix.rstrip("/"):
            self.refuse(
                file, line, _("The folder of a translation is called like its locale.")
            )
        if head.id and head.id != original.head.id:
            self.refuse(
                file,
                reading.line_of(("id",)),
                _("A translation has the id of its original: %(id)s.")
                % {"id": original.head.id},
            )

    def check_languages(self, package: Package) -> None:
        seen: set[str] = set()
        for edition in package.editions:
            if edition.locale in seen:
                self.refuse(
                    edition.head.files[""],
                    1,
                    _("The language “%(locale)s” is there twice.")
                    % {"locale": edition.locale},
                )
            seen.add(edition.locale)

    def check_files_known(self) -> None:
        """Refuse files that no reader looks at: most often their name has a slip."""
        for file in sorted(self.folder.files - self.known_files):
            name = file.rpartition("/")[2]
            if not file.startswith("media/") and not FREE_FILES.fullmatch(name):
                self.refuse(
                    file,
                    1,
                    _("This file is not part of a package; rename or remove it."),
                )
