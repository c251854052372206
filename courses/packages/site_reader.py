"""The files of the site's own package: its pages, its glossary and its sources."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from wagtail import blocks

from content.sources.models import review_of

from . import schema
from .editions import EditionsReader
from .files import FREE_FILES
from .package import Edition, Package, Text
from .values import Reading, read_struct_fields
from .yaml_lines import Map, Sequence_, read_yaml


class SiteReader(EditionsReader):
    """Reads ``site.yaml``, a Markdown file for each page, and the two lists."""

    kind = "site"
    head_file = "site.yaml"
    head_block = schema.SITE

    def check_head(self, file: str, head: Text, original: Edition | None) -> None:
        """Its facts are checked like any others."""

    def read_below(
        self, package: Package, edition: Edition, prefix: str, original: Edition | None
    ) -> None:
        """Add the pages, the terms and the sources."""
        self.pages(package, edition, prefix, original)
        self.glossary(edition, prefix, original)
        self.sources(edition, prefix, original)

    def pages(
        self, package: Package, edition: Edition, prefix: str, original: Edition | None
    ) -> None:
        by_id = {page.id: page for page in original.pages} if original else None
        for file in sorted(self.folder.files):
            name = file.removeprefix(prefix)
            is_page = file.startswith(prefix) and re.fullmatch(r"[a-z0-9-]+\.md", name)
            if not is_page or FREE_FILES.fullmatch(name):
                continue
            self.known_files.add(file)
            if page := self.page(package, edition, file, by_id):
                edition.pages.append(page)
        edition.pages.sort(key=lambda page: page.facts["page"] != "home")
        self.check_double(edition.pages, "id", _("Two pages have the id “%(value)s”."))
        self.check_double(
            edition.pages, "slug", _("Two pages have the address “%(value)s”.")
        )
        kinds = [page.facts["page"] for page in edition.pages]
        if kinds.count("home") != 1:
            self.refuse(
                edition.head.files[""], 1, _("Each language has exactly one home page.")
            )
        singles = [page for page in edition.pages if page.facts["page"] != "standard"]
        self.check_double(singles, "page", _("Two pages are of the kind “%(value)s”."))

    def page(
        self,
        package: Package,
        edition: Edition,
        file: str,
        originals: dict[str, Text] | None,
    ) -> Text | None:
        source = self.page_source(file, edition.locale)
        if source is None:
            return None
        yaml, body, body_line, reading = source
        inherited = self.original_facts(file, yaml, originals)
        facts = self.facts(schema.PAGE, yaml, 2, reading)
        if facts is None or not facts["page"]:
            return None
        if inherited and facts["page"] != inherited["page"]:
            self.refuse(
                file,
                reading.line_of(("page",)),
                _("A translation is of the kind of its original: %(kind)s.")
                % {"kind": inherited["page"]},
            )
        own = [facts[name] for name in ("headline", "claim", "image")]
        if facts["page"] != "home" and any(own):
            self.refuse(
                file,
                2,
                _("Only the home page has a headline, a claim and a picture."),
            )
        text = Text(facts, files={"": file}, readings={"": reading})
        self.stream(text, package, "body", file, body, body_line, edition, "site")
        return text

    def glossary(self, edition: Edition, prefix: str, original: Edition | None) -> None:
        file = f"{prefix}glossary.yaml"
        if file not in self.folder.files:
            return
        self.known_files.add(file)
        source = self.source(file)
        if source is None:
            return
        reading = self.reading(file, edition.locale)
        edition.head.files["terms"] = file
        edition.head.readings["terms"] = reading
        node = read_yaml(source, reading.context.report)
        if isinstance(node, Sequence_):
            edition.terms = list(self.entries_of(schema.TERM, node, reading))
        elif node is not None:
            self.refuse(
                file, 1, _("A glossary is a list; each entry starts with “- id:”.")
            )
        self.collect(reading, edition.locale, file)
        known = {term["id"] for term in original.terms} if original else None
        self.check_terms(edition, reading, file, known)
        if not any(page.facts["page"] == "glossary" for page in edition.pages):
            self.refuse(file, 1, _("The glossary needs a page (page: glossary)."))

    def sources(self, edition: Edition, prefix: str, original: Edition | None) -> None:
        file = f"{prefix}sources.yaml"
        if file not in self.folder.files:
            return
        source = self.source(file)
        if source is None:
            return
        reading = self.reading(file, edition.locale)
        edition.head.files["sources"] = file
        edition.head.readings["sources"] = reading
        node = read_yaml(source, reading.context.report)
        if isinstance(node, Sequence_):
            edition.sources = list(self.entries_of(schema.SHARED, node, reading))
        elif node is not None:
            self.refuse(
                file,
                1,
                _("Shared sources are a list; each entry starts with “- id:”."),
            )
        known = {each["id"] for each in original.sources} if original else None
        self.check_sources(edition, reading, file, known)

    def check_sources(
        self, edition: Edition, reading: Reading, file: str, known: set[str] | None
    ) -> None:
        own: set[str] = set()
        for index, each in enumerate(edition.sources):
            line, name = reading.line_of((index,)), {"id": each["id"]}
            if each["id"] in own:
                self.refuse(file, line, _("The source “%(id)s” stands twice.") % name)
            own.add(each["id"])
            if known is not None and each["id"] not in known:
                self.refuse(file, line, _("There is no German source “%(id)s”.") % name)
            each["review"] = review_of(each["accessed"], each["review"])

    def entries_of(
        self, block: blocks.StructBlock, node: Sequence_, reading: Reading
    ) -> Iterator[dict[str, Any]]:
        for index, item in enumerate(node.items):
            if not isinstance(item, Map):
                names = [n for n, child in block.child_blocks.items() if child.required]
                reading.refuse(
                    item.line,
                    _("An entry has the fields %(names)s.")
                    % {"names": ", ".join(names)},
                )
                continue
            reading.lines[(index,)] = item.line
            raw = read_struct_fields(block, item, (index,), reading, UUID(int=index))
            self.check_fields(block, raw, reading, path=(index,))
            yield schema.plain(block, raw)

    def check_terms(
        self, edition: Edition, reading: Reading, file: str, known: set[str] | None
    ) -> None:
        own: set[str] = set()
        for index, term in enumerate(edition.terms):
            line = reading.line_of((index,))
            if term["id"] in own:
                self.refuse(
                    file,
                    line,
                    _("The term “%(id)s” stands twice.") % {"id": term["id"]},
                )
            own.add(term["id"])
            if known is not None and term["id"] not in known:
                self.refuse(
                    file,
                    line,
                    _("The German glossary has no term “%(id)s”.") % {"id": term["id"]},
                )
        for index, term in enumerate(edition.terms):
            for position, other in enumerate(term["see"]):
                if other not in own and other not in (known or ()):
                    self.refuse(
                        file,
                        reading.line_of((index, "see", position)),
                        _("The glossary has no term “%(id)s”.") % {"id": other},
                    )
