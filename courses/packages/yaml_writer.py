"""YAML as packages write it: in the order given, unwrapped, readable."""

from decimal import Decimal
from typing import Any

import yaml


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
    return yaml.dump(
        value,
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=False,
        width=float("inf"),
    )
