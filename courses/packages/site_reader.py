"""The files of the site's own package: its pages, its glossary and what texts share."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from . import schema
from .editions import EditionsReader
from .files import FREE_FILES
from .package import Edition, Package, Text
from .shared import CARDS, SHARED_KINDS, ListMessages, SharedKind
from .values import Reading, missing_field, read_struct_fields
from .yaml_lines import Map, Sequence_, read_yaml

TERM_LIST = ListMessages(
    no_list=gettext_lazy("A glossary is a list; each entry starts with “- id:”."),
    twice=gettext_lazy("The term “%(id)s” stands twice."),
    no_original=gettext_lazy("The German glossary has no term “%(id)s”."),
)


class SiteReader(EditionsReader):
    """Reads ``site.yaml``, a Markdown file for each page, and the lists."""

    kind = "site"
    head_file = "site.yaml"
    head_block = schema.SITE

    def check_head(self, file: str, head: Text, original: Edition | None) -> None:
        """Its facts are checked like any others."""

    def read_below(
        self, package: Package, edition: Edition, prefix: str, original: Edition | None
    ) -> None:
        """Add the pages, the terms and what texts share."""
        self.pages(package, edition, prefix, original)
        self.glossary(edition, prefix, original)
        for kind in SHARED_KINDS:
            self.shared(kind, edition, prefix, original)

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
        reading = self.listed(file, edition, "terms", schema.TERM, TERM_LIST, original)
        if reading is None:
            return
        self.check_see(edition, reading, file, original)
        if not any(page.facts["page"] == "glossary" for page in edition.pages):
            self.refuse(file, 1, _("The glossary needs a page (page: glossary)."))

    def shared(
        self, kind: SharedKind, edition: Edition, prefix: str, original: Edition | None
    ) -> None:
        """Add the sources or the cards, each with the day to look at it again."""
        file = prefix + kind.file
        reading = self.listed(
            file, edition, kind.name, kind.block, kind.of_list, original
        )
        for index, entry in enumerate(getattr(edition, kind.name) if reading else ()):
            if kind is CARDS and original is None and entry["as_of"] is None:
                line = reading.line_of((index,)) if reading else 1
                self.refuse(file, line, missing_field("as_of"))
            looked = entry[kind.model.looked]
            entry["review"] = kind.model.next_look(looked, entry["review"])

    def listed(
        self,
        file: str,
        edition: Edition,
        name: str,
        block: blocks.StructBlock,
        messages: ListMessages,
        original: Edition | None,
    ) -> Reading | None:
        """Read a file of entries with ids into the edition's list of that name."""
        if file not in self.folder.files:
            return None
        source = self.source(file)
        if source is None:
            return None
        reading = self.reading(file, edition.locale)
        edition.head.files[name] = file
        edition.head.readings[name] = reading
        node = read_yaml(source, reading.context.report)
        if isinstance(node, Sequence_):
            setattr(edition, name, list(self.entries_of(block, node, reading)))
        elif node is not None:
            self.refuse(file, 1, str(messages.no_list))
        self.collect(reading, edition.locale, file)
        known = {each["id"] for each in getattr(original, name)} if original else None
        self.check_ids(getattr(edition, name), reading, file, messages, known)
        return reading

    def check_ids(
        self,
        entries: list[dict[str, Any]],
        reading: Reading,
        file: str,
        messages: ListMessages,
        known: set[str] | None,
    ) -> None:
        """Refuse ids that stand twice, and in a translation those of no original."""
        own: set[str] = set()
        for index, each in enumerate(entries):
            line, named = reading.line_of((index,)), {"id": each["id"]}
            if each["id"] in own:
                self.refuse(file, line, messages.twice % named)
            own.add(each["id"])
            if known is not None and each["id"] not in known:
                self.refuse(file, line, messages.no_original % named)

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

    def check_see(
        self, edition: Edition, reading: Reading, file: str, original: Edition | None
    ) -> None:
        """Refuse cross references to terms that do not exist."""
        terms = [*edition.terms, *(original.terms if original else [])]
        known = {term["id"] for term in terms}
        for index, term in enumerate(edition.terms):
            for position, other in enumerate(term["see"]):
                if other not in known:
                    self.refuse(
                        file,
                        reading.line_of((index, "see", position)),
                        _("The glossary has no term “%(id)s”.") % {"id": other},
                    )
