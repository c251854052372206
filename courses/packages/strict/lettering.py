"""Lettering in drawings: how large it is where a drawing is as wide as a phone."""

import re
from collections.abc import Iterator
from math import sqrt
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from ..svg import SVG, root_of

#: Pixels across that a text leaves for a drawing on a phone of 360.
PHONE = 328
#: What browsers take where a drawing names no size.
USUAL = 16.0
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
SIZE = re.compile(r"(?:^|;)\s*font(?:-size)?\s*:[^;]*?(?<![\d.])(\d+(?:\.\d+)?)px")
SCALING = re.compile(r"(scale|matrix)\(([^)]*)\)")
NUMBER = re.compile(r"-?\d*\.?\d+")


def letters_least_pixels(content: bytes, limit: float) -> Iterator[str]:
    """Find lettering of a drawing that nobody can read on a phone.

    Sizes are read from attributes and from rules for a class or an element in the
    drawing's own style, as our drawings are written.
    """
    root = root_of(content)
    for size, text in _lettering(root, USUAL, PHONE / _width(root), _rules(root)):
        if size < limit:
            yield _(
                "The lettering “%(text)s” is %(size)d pixels large on a phone; it can "
                "be read from %(limit)d on. Set it larger or use fewer words."
            ) % {"text": text, "size": size, "limit": limit}


def _width(root: Element) -> float:
    box = NUMBER.findall(root.get("viewBox", ""))
    return float(box[2] if box else NUMBER.findall(root.get("width", ""))[0])


def _rules(root: Element) -> list[tuple[str, float]]:
    """Return which class or element gets which size, the strongest rule last.

    As in browsers, a class outdoes an element wherever it stands.
    """
    rules = (
        (selector.strip(), float(found[1]))
        for style in root.iter(f"{SVG}style")
        for selectors, body in RULE.findall(style.text or "")
        if (found := SIZE.search(body))
        for selector in selectors.split(",")
    )
    return sorted(rules, key=lambda rule: rule[0].startswith("."))


def _lettering(
    element: Element, size: float, scale: float, rules: list[tuple[str, float]]
) -> Iterator[tuple[float, str]]:
    """Yield each piece of lettering with its size; both are handed down."""
    tag = str(element.tag).removeprefix(SVG)
    names = {tag, *(f".{each}" for each in element.get("class", "").split())}
    given = NUMBER.findall(element.get("font-size", ""))
    sizes = [*map(float, given), *(each for name, each in rules if name in names)]
    size = sizes[-1] if sizes else size
    scale *= _scaling(element.get("transform", ""))
    is_lettering = tag in ("text", "tspan")
    if is_lettering and (text := (element.text or "").strip()):
        yield size * scale, text
    for child in element:
        yield from _lettering(child, size, scale, rules)
        if is_lettering and (text := (child.tail or "").strip()):
            yield size * scale, text


def _scaling(transform: str) -> float:
    """Return by how much a transformation makes larger what stands in it."""
    scaling = 1.0
    for kind, numbers in SCALING.findall(transform):
        values = [float(each) for each in NUMBER.findall(numbers)]
        if kind == "scale":
            scaling *= sqrt(abs(values[0] * values[-1]))
        else:
            scaling *= sqrt(abs(values[0] * values[3] - values[1] * values[2]))
    return scaling
