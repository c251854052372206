"""Files of a package as values: their facts and streams, each problem with its line."""

import re
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.blocks.field_block import ChooserBlock

from . import schema
from .files import Folder
from .markdown import Reference, TextContext
from .package import ORIGINAL, Edition, Package, Text, identity, model_of
from .problems import Report, at_field
from .streams import check_stream, read_stream
from .values import Reading, errors_of, read_struct_fields
from .yaml_lines import Map, Node, Scalar, read_yaml

FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<yaml>.*?)^---[ \t]*\n", re.DOTALL | re.M)
OPEN_MARK = re.compile(r"<!--\s*prüfen.*?-->", re.DOTALL)

#: Words of every glossary term by locale and id.
Terms = Mapping[str, Mapping[str, str]]


class Source:
    """The files of one package while they are read."""

    def __init__(self, folder: Folder, terms: Terms, draft: bool) -> None:
        self.folder = folder
        self.terms = terms
        self.draft = draft
        self.references: list[tuple[str, str, Reference]] = []
        self.has_open_marks = False
        self.known_files: set[str] = set()

    def refuse(self, file: str, line: int, message: str) -> None:
        self.folder.refuse(file, message, line)

    def source(self, file: str) -> str | None:
        """Return a text without its open marks, which are noted or left out."""
        self.known_files.add(file)
        text = self.folder.text(file)
        if text is None:
            return None
        for match in OPEN_MARK.finditer(text):
            self.has_open_marks = True
            if not self.draft:
                line = text[: match.start()].count("\n") + 1
                self.refuse(
                    file,
                    line,
                    _("A fact is still open; settle it, or import with --draft."),
                )
        return OPEN_MARK.sub(lambda found: "\n" * found.group().count("\n"), text)

    def reading(self, file: str, locale: str) -> Reading:
        report = Report(self.folder.label(file), self.folder.problems)
        words = {**self.terms.get(ORIGINAL, {}), **self.terms.get(locale, {})}
        return Reading(TextContext(report, words), self.folder)

    def collect(self, reading: Reading, locale: str, file: str) -> None:
        self.references += [
            (self.folder.label(file), locale, each)
            for each in reading.context.references
        ]

    def page_source(
        self, file: str, locale: str
    ) -> tuple[str, str, int, Reading] | None:
        """Part a page into front matter and body, with the body's first line."""
        source = self.source(file)
        if source is None:
            return None
        match = FRONT_MATTER.match(source)
        if not match:
            self.refuse(
                file,
                1,
                _("The file starts with its facts between two lines “---”."),
            )
            return None
        line = match.group().count("\n") + 1
        return match["yaml"], source[match.end() :], line, self.reading(file, locale)

    def facts(
        self,
        block: blocks.StructBlock,
        source: str,
        line: int,
        reading: Reading,
        *,
        inherited: dict[str, Any] | None = None,
        own: frozenset[str] = frozenset(),
    ) -> dict[str, Any] | None:
        """Read facts; a translation takes what it leaves out from ``inherited``."""
        before = len(self.folder.problems)
        node: Node | None = read_yaml(source, reading.context.report, line)
        if not isinstance(node, Map):
            if node is not None:
                reading.refuse(line, _("Here stand facts, each as “name: value”."))
            return None
        taken = [
            name
            for name in (block.child_blocks if inherited is not None else ())
            if name not in own and name not in node.items
        ]
        given = dict.fromkeys(taken)
        raw = read_struct_fields(block, node, (), reading, UUID(int=0), given=given)
        facts = schema.plain(block, raw)
        for name in taken:
            if inherited and name in inherited:
                facts[name] = inherited[name]
        if len(self.folder.problems) == before:
            self.check_fields(block, raw, reading, without=taken)
        return facts

    def original_facts(
        self, file: str, yaml: str, originals: dict[str, Text] | None
    ) -> dict[str, Any] | None:
        if originals is None:
            return None
        node = read_yaml(yaml, Report(""))
        found = node.items.get("id") if isinstance(node, Map) else None
        key = found.value if isinstance(found, Scalar) else None
        if key in originals:
            return originals[key].facts
        self.refuse(
            file,
            2,
            _("The original has no lesson or page with the id “%(id)s”.")
            % {"id": key or ""},
        )
        return {}

    def stream(
        self,
        text: Text,
        package: Package,
        name: str,
        file: str,
        source: str,
        line: int,
        edition: Edition,
        *parts: str,
    ) -> None:
        """Read one stream of a page into ``text``."""
        reading = self.reading(file, edition.locale)
        stream = model_of(package, text)._meta.get_field(name).stream_block
        key = identity(*parts, text.id, *([] if name == text.main else [name]))
        raw = read_stream(stream, source, line, reading, key)
        if not reading.context.report.problems:
            check_stream(stream, raw, reading, files=False)
        text.streams[name] = raw
        text.files[name] = file
        text.readings[name] = reading
        self.collect(reading, edition.locale, file)

    def check_fields(
        self,
        block: blocks.StructBlock,
        raw: dict[str, Any],
        reading: Reading,
        *,
        path: tuple[int, ...] = (),
        without: Iterable[str] = (),
    ) -> None:
        """Note what the fields' own checks refuse, such as a text that is too long."""
        for name, child in block.child_blocks.items():
            if name in without or isinstance(child, ChooserBlock):
                continue
            try:
                child.clean(child.to_python(raw[name]))
            except ValidationError as error:
                for at, _block, message in errors_of(error, child, (*path, name)):
                    reading.refuse(reading.line_of(at), at_field(name, message))

    def check_double(self, texts: list[Text], field_name: str, message: str) -> None:
        seen: set[str] = set()
        for text in texts:
            value = text.facts.get(field_name)
            if value and value in seen:
                line = text.readings[""].line_of((field_name,))
                self.refuse(text.files[""], line, message % {"value": value})
            seen.add(value or "")
