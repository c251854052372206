"""Bodies of lessons and pages: prose and directives as a stream of blocks, and back."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Any
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.blocks.field_block import ChooserBlock

from .markdown import Directive, Prose, parse_body
from .markdown_writer import write_tree
from .problems import at_field
from .richtext import read_html, write_html
from .text_tree import Heading
from .values import (
    Path,
    Reading,
    Writing,
    errors_of,
    is_required,
    read_prose,
    read_struct_fields,
    read_value,
    write_prose,
    write_struct_fields,
    write_value,
)
from .yaml_lines import Map, Scalar, read_yaml
from .yaml_writer import write_yaml

RawStream = list[dict[str, Any]]
HEADER = re.compile(r"---[ \t]*\n(?P<yaml>.*?\n)??---[ \t]*(?:\n|\Z)", re.DOTALL)


def read_stream(
    stream: blocks.StreamBlock,
    source: str,
    first_line: int,
    reading: Reading,
    key: UUID,
) -> RawStream:
    """Read a body into the blocks of a stream.

    Ids of blocks follow from ``key``: an exercise's from its own id, any other's from
    its type and its place among its type.
    """
    parts = parse_body(source, reading.context, first_line)
    _check_heading_levels(parts, reading)
    _check_double_ids(stream, parts, reading)
    places: Counter[str] = Counter()
    found: RawStream = []
    for part in parts:
        name = "text" if isinstance(part, Prose) else part.name.replace("-", "_")
        places[name] += 1
        block_id = uuid5(key, f"{name}/{places[name]}")
        path: Path = (len(found),)
        reading.lines[path] = part.line
        if isinstance(part, Prose):
            if "text" in stream.child_blocks:
                found.append(_block("text", write_html(part.tree), block_id))
            else:
                reading.refuse(part.line, _("Here stand blocks only, no text."))
            continue
        block = _block_for(stream, part, reading)
        if block is None:
            continue
        if has_own_id(block) and part.argument:
            block_id = uuid5(key, f"exercise/{part.argument}")
        value = _read_directive(block, part, path, reading, block_id)
        found.append(_block(name, value, block_id))
    return found


def has_own_id(block: blocks.Block) -> bool:
    """Say whether authors give blocks of this type an id that scores hang on."""
    return getattr(block.meta, "package_argument", None) == "key"


def check_stream(
    stream: blocks.StreamBlock,
    raw: RawStream,
    reading: Reading,
    *,
    files: bool,
    checked: RawStream | None = None,
) -> None:
    """Note what the blocks' own checks refuse.

    Without ``files`` the package's files are not in the CMS yet: errors about them are
    left out here, and come when the stream is checked with them. What was ``checked``
    before and says the same now, as everything without a file does, is left out.
    """
    for index, item in enumerate(raw):
        block = stream.child_blocks[item["type"]]
        if checked and item == checked[index]:
            continue
        value = item["value"] if files else _without_files(block, item["value"])
        try:
            block.clean(block.to_python(value))
        except ValidationError as error:
            for path, at, message in errors_of(error, block, (index,)):
                if files or not isinstance(at, ChooserBlock):
                    reading.refuse(reading.line_of(path), _at_field(path, message))
    try:
        if not raw and stream.required:
            stream.clean(stream.to_python(raw))
    except ValidationError as error:
        for _path, _at, message in errors_of(error, stream, ()):
            reading.refuse(1, message)


def _at_field(path: Path, message: str) -> str:
    names = [part for part in path[1:] if isinstance(part, str)]
    return at_field(names[-1], message) if names else message


def _block(name: str, value: Any, block_id: UUID) -> dict[str, Any]:
    return {"type": name, "value": value, "id": str(block_id)}


def _block_for(
    stream: blocks.StreamBlock, part: Directive, reading: Reading
) -> blocks.Block | None:
    name = part.name.replace("-", "_")
    known = [each.replace("_", "-") for each in stream.child_blocks if each != "text"]
    if name in stream.child_blocks and part.name in known:
        return stream.child_blocks[name]
    near = get_close_matches(part.name, known, n=1)
    message = (
        _("There is no block {%(name)s}; perhaps {%(near)s} is meant.")
        if near
        else _("There is no block {%(name)s} here. There are: %(known)s.")
    )
    values = {"name": part.name, "known": ", ".join(known), "near": (near or [""])[0]}
    reading.refuse(part.line, message % values)
    return None


def _read_directive(
    block: blocks.Block, part: Directive, path: Path, reading: Reading, seed: UUID
) -> Any:
    argument = Scalar(part.line, part.argument or None, part.line)
    if not isinstance(block, blocks.StructBlock):
        if part.content.strip():
            reading.refuse(part.content_line, _("This block has no content."))
        if not part.argument and is_required(block):
            reading.refuse(part.line, _missing_argument(part))
        return read_value(block, argument, path, reading, seed)
    given: dict[str, Any] = {}
    _read_argument(block, part, argument, path, reading, given)
    yaml, yaml_line, prose, prose_line = _parts_of(block, part)
    if name := getattr(block.meta, "package_body", None):
        child = block.child_blocks[name]
        if not prose.strip() and is_required(child):
            reading.refuse(part.line, _("This block has no text."))
        given[name] = read_prose(child, prose, prose_line, (*path, name), reading)
    fields = read_yaml(yaml, reading.context.report, yaml_line)
    reading.lines[path] = part.line
    if isinstance(fields, Scalar) and fields.value is None:
        fields = Map(part.line)
    if not isinstance(fields, Map):
        if fields is not None:
            reading.refuse(yaml_line, _what_stands_here(block, given))
        return dict.fromkeys(block.child_blocks)
    fields = replace(fields, line=part.line)
    return read_struct_fields(block, fields, path, reading, seed, given=given)


def _what_stands_here(block: blocks.StructBlock, given: dict[str, Any]) -> str:
    names = [name for name in block.child_blocks if name not in given]
    if getattr(block.meta, "package_body", None):
        return _("Between the two lines “---” stand fields such as “%(name)s: …”.") % {
            "name": (names or ["name"])[0]
        }
    return _("This block holds fields, each as “name: value”: %(known)s.") % {
        "known": ", ".join(names) or "–"
    }


def _read_argument(
    block: blocks.StructBlock,
    part: Directive,
    argument: Scalar,
    path: Path,
    reading: Reading,
    given: dict[str, Any],
) -> None:
    name = getattr(block.meta, "package_argument", None)
    if not name:
        if part.argument:
            reading.refuse(
                part.line,
                _("Nothing stands behind {%(name)s}; “%(text)s” belongs into a field.")
                % {"name": part.name, "text": part.argument},
            )
        return
    child = block.child_blocks[name]
    if part.argument:
        given[name] = read_value(child, argument, (*path, name), reading, UUID(int=0))
    else:
        if is_required(child) or has_own_id(block):
            reading.refuse(part.line, _missing_argument(part))
        given[name] = child.get_prep_value(child.get_default())


def _missing_argument(part: Directive) -> str:
    return _("Something is missing behind the name: :::{%(name)s} …") % {
        "name": part.name
    }


def _parts_of(block: blocks.StructBlock, part: Directive) -> tuple[str, int, str, int]:
    """Part a directive into YAML and prose, each with its first line."""
    if not getattr(block.meta, "package_body", None):
        return part.content, part.content_line, "", part.content_line
    match = HEADER.match(part.content)
    if not match:
        return "", part.line, part.content, part.content_line
    prose_line = part.content_line + match.group().count("\n")
    yaml = match["yaml"] or ""
    return yaml, part.content_line + 1, part.content[match.end() :], prose_line


def _without_files(block: blocks.Block, value: Any) -> Any:
    """Return the value with nothing where a file would be."""
    if isinstance(block, ChooserBlock):
        return None
    if isinstance(block, blocks.StructBlock) and isinstance(value, dict):
        return {
            name: _without_files(child, value.get(name))
            for name, child in block.child_blocks.items()
        }
    if isinstance(block, blocks.ListBlock) and isinstance(value, list):
        child = block.child_block
        return [
            {**item, "value": _without_files(child, item["value"])} for item in value
        ]
    return value


def _check_heading_levels(parts: Sequence[Prose | Directive], reading: Reading) -> None:
    before = 1
    for part in parts:
        if not isinstance(part, Prose):
            continue
        for node in part.tree:
            if not isinstance(node, Heading):
                continue
            if node.level > before + 1:
                reading.refuse(
                    part.line,
                    _(
                        "The heading “%(words)s” skips a level: after %(before)s comes "
                        "%(next)s."
                    )
                    % {
                        "words": "".join(run.text for run in node.runs),
                        "before": _("the title") if before == 1 else "#" * before,
                        "next": "#" * (before + 1),
                    },
                )
            before = node.level


def _check_double_ids(
    stream: blocks.StreamBlock, parts: Sequence[Prose | Directive], reading: Reading
) -> None:
    seen: dict[str, int] = {}
    for part in parts:
        block = isinstance(part, Directive) and stream.child_blocks.get(
            part.name.replace("-", "_")
        )
        if not block or not isinstance(part, Directive) or not has_own_id(block):
            continue
        if part.argument in seen:
            reading.refuse(
                part.line,
                _(
                    "The id “%(id)s” already belongs to the exercise in line %(line)d; "
                    "each needs its own."
                )
                % {"id": part.argument, "line": seen[part.argument]},
            )
        seen.setdefault(part.argument, part.line)


# --- Writing ------------------------------------------------------------------------


def write_stream(
    stream: blocks.StreamBlock, raw: RawStream, writing: Writing | None = None
) -> str:
    """Return the canonical text of a body, with a final line end if there is any."""
    writing = writing or Writing()
    parts = list(_written_blocks(stream, _joined_texts(raw), writing))
    return "\n\n".join(parts) + "\n" if parts else ""


def _joined_texts(raw: RawStream) -> Iterator[dict[str, Any]]:
    """Yield the blocks with neighbouring texts as one: packages cannot part them."""
    pending: dict[str, Any] | None = None
    for item in raw:
        if item["type"] == "text" and pending:
            pending = {**pending, "value": pending["value"] + (item["value"] or "")}
        elif item["type"] == "text":
            pending = {**item, "value": item["value"] or ""}
        else:
            if pending:
                yield pending
            pending = None
            yield item
    if pending:
        yield pending


def _written_blocks(
    stream: blocks.StreamBlock, raw: Iterator[dict[str, Any]], writing: Writing
) -> Iterator[str]:
    for item in raw:
        block = stream.child_blocks.get(item["type"])
        if block is None:
            continue
        if item["type"] == "text":
            if text := write_tree(read_html(item["value"], writing.page_name)):
                yield text
        else:
            yield _write_directive(block, item, writing)


def _write_directive(
    block: blocks.Block, item: dict[str, Any], writing: Writing
) -> str:
    name, value = item["type"].replace("_", "-"), item["value"] or {}
    argument, content = "", ""
    if isinstance(block, blocks.StructBlock):
        argument_name = getattr(block.meta, "package_argument", None)
        body_name = getattr(block.meta, "package_body", None)
        if argument_name:
            child = block.child_blocks[argument_name]
            argument = _argument(write_value(child, value.get(argument_name), writing))
        without = (argument_name, body_name)
        content = write_yaml(
            write_struct_fields(block, value, writing, without=without)
        )
        if body_name:
            header = f"---\n{content}---\n" if content else ""
            child = block.child_blocks[body_name]
            prose = write_prose(child, value.get(body_name), writing)
            content = header + (prose + "\n" if prose else "")
    else:
        argument = _argument(write_value(block, item["value"], writing))
    fence = ":::"
    while re.search(rf"^\s*{fence}", content, re.MULTILINE):
        fence += ":"
    opening = f"{fence}{{{name}}} {argument}".rstrip()
    return f"{opening}\n{content}{fence}"


def _argument(value: Any) -> str:
    return "" if value is None else str(value).replace("\n", " ")
