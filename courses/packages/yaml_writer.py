"""YAML as packages write it: in the order given, unwrapped, readable.

PyYAML decides how a value looks, but takes its time over every single one. What all
files are made of (fields, lists, plain words) is put together here; what is not so
simple is asked of PyYAML, and remembered.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

import yaml

_SIGNS = r":#\x00-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff"
#: One line that needs no quotes: it begins with a letter, ends in no space and has no
#: sign that YAML or a printer minds.
PLAIN = re.compile(rf"[^\W\d_](?:[^{_SIGNS}\u2028\u2029]*[^{_SIGNS}\s])?")
#: Words that would be read as something else.
TAKEN = {"yes", "no", "true", "false", "on", "off", "null"}
#: Where these break a line, the next one is indented as deep as all the value.
ODD_BREAK = re.compile("[\r\x85\u2028\u2029]")


class Flow(list[Any]):
    """A short list that is written in one line: ``[a, b]``."""


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:
        """Indent lists below the field they belong to."""
        return super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _flow(dumper: yaml.SafeDumper, items: Flow) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=True)


def _number(dumper: yaml.SafeDumper, number: Decimal) -> yaml.Node:
    kind = "float" if "." in f"{number:f}" else "int"
    return dumper.represent_scalar(f"tag:yaml.org,2002:{kind}", f"{number:f}")


_Dumper.add_representer(str, _text)
_Dumper.add_representer(Decimal, _number)
_Dumper.add_representer(Flow, _flow)


def write_yaml(value: Any) -> str:
    """Return canonical YAML with a final line end; nothing for an empty mapping."""
    if value == {}:
        return ""
    try:
        return "\n".join(_lines(value)) + "\n"
    except _Uncommon:
        return _dump(value)


class _Uncommon(Exception):
    """Said of what only PyYAML knows how to write."""


def _dump(value: Any) -> str:
    return yaml.dump(
        value,
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=False,
        width=float("inf"),
    )


def _lines(value: Any) -> Iterator[str]:
    """Yield the lines of a mapping or a list that holds something."""
    if isinstance(value, dict) and value:
        for name, each in value.items():
            first, *rest = _below(each, own_line=True)
            yield f"{_name(name)}:{first}"
            yield from rest
    elif isinstance(value, list) and value and not isinstance(value, Flow):
        for each in value:
            first, *rest = _below(each, own_line=False)
            yield f"-{first}"
            yield from rest
    else:
        raise _Uncommon


def _below(value: Any, *, own_line: bool) -> list[str]:
    """Return what stands behind a field's colon or a list's dash, and below it."""
    if isinstance(value, dict | list) and value and not isinstance(value, Flow):
        lines = [f"  {line}" if line else "" for line in _lines(value)]
        return ["", *lines] if own_line else [lines[0][1:], *lines[1:]]
    if isinstance(value, str) and "\n" in value:
        return list(_block(value))
    return [f" {_single(value)}"]


def _name(name: Any) -> str:
    if isinstance(name, str) and len(name) < 100 and PLAIN.fullmatch(name):
        return _single(name)
    raise _Uncommon


def _single(value: Any) -> str:
    """Return a value that takes one line."""
    if isinstance(value, str):
        is_plain = PLAIN.fullmatch(value) and value.casefold() not in TAKEN
        return value if is_plain else _asked(value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, Decimal):
        return f"{value:f}"
    if type(value) in (int, date):
        return str(value)
    if isinstance(value, Flow) and all(isinstance(item, str) for item in value):
        return _asked_flow(tuple(value))
    if value in ({}, []):
        return "{}" if value == {} else "[]"
    raise _Uncommon


@lru_cache(maxsize=4096)
def _asked(text: str) -> str:
    if ODD_BREAK.search(text):
        raise _Uncommon
    return _dump(text).removesuffix("\n...\n").removesuffix("\n")


@lru_cache(maxsize=1024)
def _asked_flow(items: tuple[str, ...]) -> str:
    return _dump(Flow(items)).removesuffix("\n")


@lru_cache(maxsize=1024)
def _block(text: str) -> tuple[str, ...]:
    """Return a text of several lines: the sign it begins with, then its lines."""
    first, *rest = _dump({"x": text}).removesuffix("\n").split("\n")
    # Behind “+” the last lines are empty, which PyYAML may have to end with dots.
    if not first.startswith("x: |") or first.endswith("+") or ODD_BREAK.search(text):
        raise _Uncommon
    return (first.removeprefix("x:"), *rest)
