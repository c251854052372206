"""Packages from files: every problem is noted with its file and line."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.blocks.field_block import ChooserBlock

from content.frameworks import choices
from courses.catalogue.models import TEST_ID
from courses.catalogue.pools import shortage_message, unknown_goal_message
from courses.exercises.drawing import PoolItem, shortages
from courses.exercises.registry import question_types

from . import schema
from .files import Folder
from .markdown import Reference, TextContext
from .package import ORIGINAL, TEST_FILE, Edition, Package, Text, identity, model_of
from .problems import Problem, Report, at_field
from .streams import check_stream, read_stream
from .values import Reading, errors_of, read_struct_fields
from .yaml_lines import Map, Node, Scalar, Sequence_, read_yaml

LESSON_FILE = re.compile(
    r"(?P<number>\d{2,3})-(?P<name>[a-z0-9-]+)(?:\.(?P<part>teacher|worksheet))?\.md"
)
FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<yaml>.*?)^---[ \t]*\n", re.DOTALL | re.M)
OPEN_MARK = re.compile(r"<!--\s*prüfen.*?-->", re.DOTALL)
HEADS = {"course": "course.yaml", "site": "site.yaml"}
FREE_FILES = re.compile(r"(README|LICENSE|LICENCE)([.\w-]*)")

#: Words of every glossary term by locale and id.
Terms = Mapping[str, Mapping[str, str]]


@dataclass
class Loaded:
    """A package that was read, with all that is wrong with it."""

    folder: Folder
    package: Package | None
    problems: list[Problem]
    references: list[tuple[str, str, Reference]] = field(default_factory=list)
    has_open_marks: bool = False


def read_package(
    path: Path, *, terms: Terms | None = None, draft: bool = False
) -> Loaded:
    """Read a package's folder.

    ``terms`` gives the words of terms that stand by their id alone. With ``draft`` open
    marks (``<!-- prüfen … -->``) are left out instead of refused.
    """
    folder = Folder(path)
    if not path.is_dir():
        folder.refuse("", _("There is no such folder."))
        return Loaded(folder, None, folder.problems)
    reader = _PackageReader(folder, terms or {}, draft)
    package = reader.read()
    return Loaded(
        folder,
        package,
        sorted(set(folder.problems)),
        reader.references,
        reader.has_open_marks,
    )


def read_terms(paths: Iterable[Path]) -> dict[str, dict[str, str]]:
    """Return the words of the glossary terms of packages, as far as they are readable.

    The site's package beside a course (``_site``) is looked at as well.
    """
    found: dict[str, dict[str, str]] = {}
    folders = {folder for path in paths for folder in (path, path.parent / "_site")}
    for folder in sorted(folders):
        for file in sorted(folder.glob("**/glossary.yaml")):
            locale = ORIGINAL if file.parent == folder else file.parent.name
            node = read_yaml(_any_text(file), Report(""))
            for item in node.items if isinstance(node, Sequence_) else ():
                if isinstance(item, Map):
                    key, term = item.items.get("id"), item.items.get("term")
                    if isinstance(key, Scalar) and isinstance(term, Scalar):
                        words = found.setdefault(locale, {})
                        words[key.value or ""] = term.value or ""
    return found


def _any_text(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace")


class _PackageReader:
    def __init__(self, folder: Folder, terms: Terms, draft: bool) -> None:
        self.folder = folder
        self.terms = terms
        self.draft = draft
        self.references: list[tuple[str, str, Reference]] = []
        self.has_open_marks = False
        self.known_files: set[str] = set()

    def refuse(self, file: str, line: int, message: str) -> None:
        self.folder.refuse(file, message, line)

    def read(self) -> Package | None:
        files = self.folder.files
        kinds = [kind for kind, head in HEADS.items() if head in files]
        if len(kinds) != 1:
            self.folder.refuse(
                "",
                _("A package has either a file course.yaml or a file site.yaml here."),
            )
            return None
        package = Package(kinds[0], self.folder.root.name)
        head = HEADS[package.kind]
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

    # Editions

    def edition(
        self, package: Package, prefix: str, original: Edition | None
    ) -> Edition | None:
        file = prefix + HEADS[package.kind]
        block = schema.COURSE if package.kind == "course" else schema.SITE
        inherited = original.head.facts if original else None
        head = self.head(file, block, inherited)
        if head is None:
            return None
        locale = head.facts.get("locale") or ""
        self.check_locale(file, head, prefix, original)
        edition = Edition(locale, head)
        if package.kind == "course":
            self.check_course(file, head, original)
            self.lessons(package, edition, prefix, original)
            self.test(package, edition, prefix, original)
        else:
            self.pages(package, edition, prefix, original)
            self.glossary(edition, prefix, original)
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

    def check_course(self, file: str, head: Text, original: Edition | None) -> None:
        reading, facts = head.readings[""], head.facts
        goals = [goal["id"] for goal in facts["goals"]]
        for index, goal in enumerate(goals):
            if goal in goals[:index]:
                self.refuse(
                    file,
                    reading.line_of(("goals", index, "id")),
                    _("The goal “%(id)s” stands twice.") % {"id": goal},
                )
        if original:
            wanted = [goal["id"] for goal in original.head.facts["goals"]]
            if goals != wanted:
                self.refuse(
                    file,
                    reading.line_of(("goals",)),
                    _(
                        "A translation has the goals of its original, in their "
                        "order: %(ids)s."
                    )
                    % {"ids": ", ".join(wanted)},
                )
        for framework, codes in facts["competences"].items():
            known = [code for code, _label in choices(framework)]
            for index, code in enumerate(codes):
                if code not in known:
                    path = ("competences", framework, index)
                    self.refuse(
                        file,
                        reading.line_of(path),
                        _("%(framework)s has no competence “%(code)s”.")
                        % {"framework": framework, "code": code},
                    )
        if facts["image"] and not facts["image_alt"]:
            self.refuse(
                file,
                reading.line_of(("image",)),
                _("Say in “image_alt” what the cover picture shows."),
            )

    # Lessons

    def lessons(
        self, package: Package, edition: Edition, prefix: str, original: Edition | None
    ) -> None:
        stems: dict[str, dict[str, str]] = {}
        for file in sorted(self.folder.files):
            match = LESSON_FILE.fullmatch(file.removeprefix(prefix))
            if match and file.startswith(prefix):
                stem = f"{match['number']}-{match['name']}"
                stems.setdefault(stem, {})[match["part"] or "body"] = file
        numbers: dict[str, str] = {}
        by_id = {lesson.id: lesson for lesson in original.lessons} if original else None
        for stem, files in stems.items():
            self.known_files.update(files.values())
            first = next(iter(files.values()))
            if "body" not in files:
                self.refuse(
                    first, 1, _("The lesson %(file)s.md is missing.") % {"file": stem}
                )
                continue
            number = stem.partition("-")[0]
            if number in numbers:
                self.refuse(
                    files["body"],
                    1,
                    _("The number %(number)s already belongs to %(file)s.")
                    % {"number": number, "file": numbers[number]},
                )
            numbers[number] = files["body"]
            if lesson := self.lesson(package, edition, files, by_id):
                edition.lessons.append(lesson)
        if not stems:
            self.refuse(
                edition.head.files[""],
                1,
                _("There is no lesson; a lesson's file is called like 01-name.md."),
            )
        for lesson in edition.lessons:
            self.check_not_test(lesson)
        self.check_double(
            edition.lessons, "id", _("Two lessons have the id “%(value)s”.")
        )
        self.check_double(
            edition.lessons, "slug", _("Two lessons have the address “%(value)s”.")
        )

    def lesson(
        self,
        package: Package,
        edition: Edition,
        files: dict[str, str],
        originals: dict[str, Text] | None,
    ) -> Text | None:
        file = files["body"]
        page = self.page_source(file, edition.locale)
        if page is None:
            return None
        yaml, body, body_line, reading = page
        inherited = self.original_facts(file, yaml, originals)
        facts = self.facts(
            schema.LESSON,
            yaml,
            2,
            reading,
            inherited=inherited,
            own=schema.LESSON_OWN_IN_TRANSLATION,
        )
        if facts is None:
            return None
        facts.setdefault("minutes", None)
        text = Text(facts, files={"": file}, readings={"": reading})
        course = edition.head.facts.get("id") or ""
        self.stream(text, package, "body", file, body, body_line, edition, course)
        for part in ("teacher", "worksheet"):
            text.streams[part] = []
            if part in files:
                source = self.source(files[part])
                if source is not None:
                    self.stream(
                        text, package, part, files[part], source, 1, edition, course
                    )
        whole = package.editions[0] if package.editions else edition
        self.check_goals(text, whole)
        if originals and facts["id"] in originals:
            self.check_exercises(text, originals[facts["id"]])
        return text

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

    # The final test

    def test(
        self, package: Package, edition: Edition, prefix: str, original: Edition | None
    ) -> None:
        file = prefix + TEST_FILE
        if file not in self.folder.files:
            return
        source = self.page_source(file, edition.locale)
        if source is None:
            return
        yaml, body, body_line, reading = source
        first = original.test if original else None
        if original and first is None:
            self.refuse(file, 1, _("The original has no final test to translate."))
        facts = self.facts(
            schema.FINAL_TEST,
            yaml,
            2,
            reading,
            inherited=first.facts if first else None,
            own=schema.FINAL_TEST_OWN_IN_TRANSLATION,
        )
        if facts is None:
            return
        facts |= {"id": TEST_ID, "slug": TEST_ID}
        edition.test = Text(facts, files={"": file}, readings={"": reading})
        self.collect(reading, edition.locale, file)
        course = edition.head.facts.get("id") or ""
        self.stream(
            edition.test, package, edition.test.main, file, body, body_line, edition,
            course,
        )  # fmt: skip
        whole = package.editions[0] if package.editions else edition
        self.check_goals(edition.test, whole)
        if first:
            self.check_exercises(edition.test, first)
            self.check_same_rules(edition.test, first)
        else:
            self.check_pool(edition.test, whole)

    def check_not_test(self, lesson: Text) -> None:
        for name in ("id", "slug"):
            if lesson.facts.get(name) == TEST_ID:
                self.refuse(
                    lesson.files[""],
                    lesson.readings[""].line_of((name,)),
                    _("“%(id)s” is the name of the final test; choose another one.")
                    % {"id": TEST_ID},
                )

    def check_same_rules(self, text: Text, original: Text) -> None:
        for name in schema.FINAL_TEST_RULES:
            if text.facts[name] != original.facts[name]:
                self.refuse(
                    text.files[""],
                    text.readings[""].line_of((name,)),
                    _(
                        "A translation has the rules of its original, "
                        "%(name)s: %(value)s."
                    )
                    % {"name": name, "value": original.facts[name]},
                )

    def check_pool(self, text: Text, edition: Edition) -> None:
        per_goal = text.facts["per_goal"]
        report = text.readings[text.main].context.report
        if not per_goal or any(each.file == report.file for each in report.problems):
            return
        pool = [
            PoolItem(value["key"] or "", value["goal"] or "", bool(value["reserved"]))
            for item in text.streams[text.main]
            if isinstance(value := item["value"], dict)
        ]
        goals = [goal["id"] for goal in edition.head.facts["goals"]]
        for found in shortages(pool, goals, per_goal):
            message = shortage_message(found, per_goal)
            line = text.readings[""].line_of(("per_goal",))
            self.refuse(text.files[""], line, at_field("per_goal", message))

    def check_goals(self, text: Text, edition: Edition) -> None:
        known = [goal["id"] for goal in edition.head.facts["goals"]]
        for index, goal in enumerate(text.facts.get("goals", ())):
            if goal not in known:
                line = text.readings[""].line_of(("goals", index))
                message = unknown_goal_message(goal, known)
                self.refuse(text.files[""], line, message)
        for index, item in enumerate(text.streams[text.main]):
            value = item["value"]
            goal = value.get("goal") if isinstance(value, dict) else ""
            if goal and goal not in known:
                line = text.readings[text.main].line_of((index, "goal"))
                message = unknown_goal_message(goal, known)
                self.refuse(text.files[text.main], line, message)

    def check_exercises(self, text: Text, original: Text) -> None:
        """Translations keep ids, types, order, and the number of parts."""
        own, theirs = _exercises(text), _exercises(original)
        reading, file = text.readings[text.main], text.files[text.main]
        if [name for name, *_rest in own] != [name for name, *_rest in theirs]:
            self.refuse(
                file,
                1,
                _("The exercises differ from the original's; there stand: %(ids)s.")
                % {"ids": ", ".join(name for name, *_rest in theirs)},
            )
            return
        for (name, kind, shape, index), (_n, wanted_kind, wanted, _i) in zip(
            own, theirs, strict=True
        ):
            if (kind, shape) != (wanted_kind, wanted):
                self.refuse(
                    file,
                    reading.line_of((index,)),
                    _(
                        "The exercise “%(id)s” is not built like the original's: type, "
                        "number and order of options and what is correct stay the same."
                    )
                    % {"id": name},
                )

    # Site

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
            edition.terms = list(self.terms_of(node, reading))
        elif node is not None:
            self.refuse(
                file, 1, _("A glossary is a list; each entry starts with “- id:”.")
            )
        self.collect(reading, edition.locale, file)
        known = {term["id"] for term in original.terms} if original else None
        self.check_terms(edition, reading, file, known)
        if not any(page.facts["page"] == "glossary" for page in edition.pages):
            self.refuse(file, 1, _("The glossary needs a page (page: glossary)."))

    def terms_of(self, node: Sequence_, reading: Reading) -> Iterator[dict[str, Any]]:
        for index, item in enumerate(node.items):
            if not isinstance(item, Map):
                reading.refuse(item.line, _("An entry has the fields id, term, short."))
                continue
            reading.lines[(index,)] = item.line
            raw = read_struct_fields(
                schema.TERM, item, (index,), reading, UUID(int=index)
            )
            self.check_fields(schema.TERM, raw, reading, path=(index,))
            yield schema.plain(schema.TERM, raw)

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

    # What all have in common

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


def _exercises(text: Text) -> list[tuple[str, str, Any, int]]:
    """Return id, type, build and place of each exercise of a lesson or a test."""
    types = question_types()
    found = []
    for index, item in enumerate(text.streams[text.main]):
        if item["type"] in types and isinstance(item["value"], dict):
            key = item["value"].get("key") or ""
            found.append((key, item["type"], _shape(item["value"]), index))
    return found


def _shape(value: Any) -> Any:
    """Return what a translation must not change: lengths of lists and truth values."""
    if isinstance(value, bool):
        return value
    if isinstance(value, dict):
        if value.get("type") == "item":
            return _shape(value.get("value"))
        shapes = {name: _shape(child) for name, child in value.items()}
        return {name: shape for name, shape in shapes.items() if shape is not None}
    if isinstance(value, list):
        return [_shape(child) for child in value]
    return None
