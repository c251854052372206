"""Packages as files: the one canonical way to write what a package says."""

import hashlib
from typing import Any

from wagtail import blocks

from . import schema
from .package import TEST_FILE, Edition, Package, Text, model_of
from .shared import SHARED_KINDS
from .streams import write_stream
from .values import Writing, write_struct_fields
from .yaml_writer import write_yaml

#: What stands between the files of one page where they are compared as one text.
PARTS = {"body": "", "pool": "", "teacher": ".teacher", "worksheet": ".worksheet"}


def write_package(package: Package, writing: Writing | None = None) -> dict[str, str]:
    """Return the text files of a package by name; media files are not among them."""
    writing = writing or Writing()
    files: dict[str, str] = {}
    for edition in package.editions:
        is_original = edition is package.original
        prefix = "" if is_original else f"{edition.locale}/"
        original = None if is_original else package.original
        for name, text in _edition_files(package, edition, original, writing).items():
            files[prefix + name] = text
    return files


def canonical_text(
    package: Package, edition: Edition, text: Text, writing: Writing | None = None
) -> str:
    """Return everything a page says as one text, nothing left to an original.

    A course's text names its lessons in their order, the glossary page's its terms.
    """
    writing = writing or Writing()
    block = _facts_block(package, edition, text)
    written = _page_files(package, text, block, text.facts, writing)
    whole = "\n".join(f"=== {part}\n{content}" for part, content in written.items())
    if text is edition.head and package.kind == "course":
        names = "".join(f"{lesson.id}\n" for lesson in edition.lessons)
        whole += f"\n=== lessons\n{names}"
    if text.facts.get("page") == "glossary":
        whole += f"\n=== glossary\n{write_list(schema.TERM, edition.terms, writing)}"
    return whole


def hash_of(text: str) -> str:
    """Return the hash by which an import knows what it wrote."""
    return hashlib.sha256(text.encode()).hexdigest()


def write_list(
    block: blocks.StructBlock, entries: list[dict[str, Any]], writing: Writing
) -> str:
    """Return a file of entries with ids, such as ``glossary.yaml``."""
    ordered = sorted(entries, key=lambda entry: entry["id"])
    written = [write_struct_fields(block, entry, writing) for entry in ordered]
    return write_yaml(written) if written else ""


def _edition_files(
    package: Package, edition: Edition, original: Edition | None, writing: Writing
) -> dict[str, str]:
    head = "course.yaml" if package.kind == "course" else "site.yaml"
    block = _facts_block(package, edition, edition.head)
    facts = edition.head.facts
    if original and package.kind == "course":
        own = schema.OWN_IN_TRANSLATION
        facts = _without_inherited(facts, original.head.facts, own)
    files = {head: write_yaml(write_struct_fields(block, facts, writing))}
    originals = {lesson.id: lesson for lesson in original.lessons} if original else {}
    for number, lesson in enumerate(_numbered(edition, original), start=1):
        if lesson is None:
            continue
        facts = lesson.facts
        if lesson.id in originals:
            own = schema.LESSON_OWN_IN_TRANSLATION
            facts = _without_inherited(facts, originals[lesson.id].facts, own)
        written = _page_files(package, lesson, schema.LESSON, facts, writing)
        for part, content in written.items():
            files[f"{number:02d}-{lesson.id}{PARTS[part]}.md"] = content
    if test := edition.test:
        facts = test.facts
        if original and original.test:
            own = schema.FINAL_TEST_OWN_IN_TRANSLATION
            facts = _without_inherited(facts, original.test.facts, own)
        written = _page_files(package, test, schema.FINAL_TEST, facts, writing)
        files[TEST_FILE] = written[test.main]
    for page in edition.pages:
        written = _page_files(package, page, schema.PAGE, page.facts, writing)
        files[f"{page.id}.md"] = written["body"]
    lists = {"glossary.yaml": (schema.TERM, edition.terms)}
    for kind in SHARED_KINDS:
        lists[kind.file] = (kind.block, getattr(edition, kind.name))
    for name, (block, entries) in lists.items():
        if entries:
            files[name] = write_list(block, entries, writing)
    return files


def _numbered(edition: Edition, original: Edition | None) -> list[Text | None]:
    """Return lessons by number: a translation keeps its original's numbers."""
    if original is None:
        return list(edition.lessons)
    order = [lesson.id for lesson in original.lessons]
    if [each.id for each in edition.lessons] != [
        each for each in order if each in {lesson.id for lesson in edition.lessons}
    ]:
        return list(edition.lessons)
    own = {lesson.id: lesson for lesson in edition.lessons}
    return [own.get(each) for each in order]


def _without_inherited(
    facts: dict[str, Any], original: dict[str, Any], own: frozenset[str]
) -> dict[str, Any]:
    return {
        name: value
        for name, value in facts.items()
        if name in own or value != original.get(name)
    }


def _page_files(
    package: Package,
    text: Text,
    block: blocks.StructBlock,
    facts: dict[str, Any],
    writing: Writing,
) -> dict[str, str]:
    yaml = write_yaml(write_struct_fields(block, facts, writing))
    if not text.streams:
        return {text.main: yaml}
    files = {}
    for part in PARTS:
        if part not in text.streams:
            continue
        stream = model_of(package, text)._meta.get_field(part).stream_block
        content = write_stream(stream, text.streams[part], writing)
        if part == text.main:
            files[part] = f"---\n{yaml}---\n" + (f"\n{content}" if content else "")
        elif content:
            files[part] = content
    return files


def _facts_block(package: Package, edition: Edition, text: Text) -> blocks.StructBlock:
    if text is edition.head:
        return schema.COURSE if package.kind == "course" else schema.SITE
    if text.is_test:
        return schema.FINAL_TEST
    return schema.LESSON if package.kind == "course" else schema.PAGE
