"""YAML whose every value knows its line.

Only plain data is read: no tags, no anchors, no aliases. A value's type is not guessed
here, because ``No``, ``1.4`` or ``2026-11-23`` are words where a text is expected.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml
from django.utils.translation import gettext as _
from yaml.composer import Composer
from yaml.cyaml import CParser  # type: ignore[attr-defined]
from yaml.resolver import Resolver

from .problems import Report

MAX_DEPTH = 12


@dataclass(frozen=True)
class Scalar:
    """A single value; ``value`` is None where nothing, ``~`` or ``null`` stands."""

    line: int
    value: str | None
    #: Line on which the words start; behind ``|`` and ``>`` that is the next one.
    text_line: int = 0


@dataclass(frozen=True)
class Sequence_:
    """A list."""

    line: int
    items: Sequence["Node"] = field(default=())


@dataclass(frozen=True)
class Map:
    """A mapping; ``key_lines`` holds the line of each key."""

    line: int
    items: Mapping[str, "Node"] = field(default_factory=dict)
    key_lines: Mapping[str, int] = field(default_factory=dict)


Node = Scalar | Sequence_ | Map


class _Refused(Exception):
    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


class _Loader(Composer, CParser, Resolver):
    """Composes nodes and refuses what a package never needs.

    The scanner written in C takes a tenth of the time of the one in Python. Its own
    composer cannot be asked about each event: that of Python stands before it.
    """

    depth = 0

    def __init__(self, source: str) -> None:
        CParser.__init__(self, source)
        Composer.__init__(self)
        Resolver.__init__(self)

    def compose_node(self, parent: Any, index: Any) -> Any:
        event: Any = self.peek_event()
        line = event.start_mark.line
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise _Refused(
                line, _("“&” and “*” are signs of YAML; put the text in quotes.")
            )
        if getattr(event, "tag", None):
            raise _Refused(line, _("“!” is a sign of YAML; put the text in quotes."))
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise _Refused(line, _("The lists here are nested too deeply."))
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def read_yaml(source: str, report: Report, first_line: int = 1) -> Node | None:
    """Return the document, an empty mapping for an empty one, None on problems."""
    loader: _Loader | None = None
    try:
        loader = _Loader(source)
        root = loader.get_single_node()
        if root is None:
            return Map(first_line)
        return _convert(root, first_line)
    except _Refused as refused:
        report.add(first_line + refused.line, refused.message)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        report.add(first_line + (mark.line if mark else 0), _explain(error))
    except (yaml.YAMLError, UnicodeEncodeError):
        report.add(first_line, _("This is not YAML: it holds a forbidden character."))
    finally:
        if loader:
            loader.dispose()
    return None


#: What the parser says where the lines of a mapping or a list do not fit together.
UNFITTING = (
    "expected <block end>",
    "did not find expected key",
    "could not find expected",
    "entries are not allowed",
)


def _explain(error: yaml.MarkedYAMLError) -> str:
    problem = error.problem or ""
    if "mapping values are not allowed" in problem:
        return _(
            "A colon with a space behind it stands within a text; put the whole text "
            "in quotes."
        )
    if "cannot start any token" in problem:
        return _(
            "A text may not start with this character; put the whole text in quotes."
        )
    if any(each in problem for each in UNFITTING):
        return _(
            "The lines do not fit together: check spaces at the start of the line, the "
            "colon behind the field's name, and quotes."
        )
    if "expected a single document" in str(error.context or problem):
        return _("A line “---” splits this YAML in two; remove it.")
    return _("This is not valid YAML (%(detail)s).") % {"detail": problem}


def _convert(node: yaml.Node, first_line: int) -> Node:
    line = first_line + node.start_mark.line
    if isinstance(node, yaml.SequenceNode):
        return Sequence_(line, [_convert(item, first_line) for item in node.value])
    if isinstance(node, yaml.MappingNode):
        return _convert_map(node, first_line)
    assert isinstance(node, yaml.ScalarNode)  # noqa: S101 - there is no fourth kind
    empty = node.tag == "tag:yaml.org,2002:null" and not node.style
    text_line = line + 1 if node.style in ("|", ">") else line
    return Scalar(line, None if empty else str(node.value), text_line)


def _convert_map(node: yaml.MappingNode, first_line: int) -> Map:
    items: dict[str, Node] = {}
    lines: dict[str, int] = {}
    for key, value in node.value:
        at = key.start_mark.line
        if not isinstance(key, yaml.ScalarNode):
            raise _Refused(at, _("A field's name is a single word."))
        if key.value in items:
            raise _Refused(
                at,
                _("The field “%(name)s” stands twice; remove one.")
                % {"name": key.value},
            )
        items[key.value] = _convert(value, first_line)
        lines[key.value] = first_line + at
    return Map(first_line + node.start_mark.line, items, lines)
