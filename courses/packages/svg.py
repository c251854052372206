"""Which SVG files may come into the CMS: drawings without behaviour or outside parts.

Everything is refused that is not listed, so a new feature of SVG is refused too.
"""

import re
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser
from django.utils.translation import gettext as _

SVG = "{http://www.w3.org/2000/svg}"
XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
ELEMENTS = frozenset(
    "svg g defs symbol use title desc path rect circle ellipse line polyline polygon "
    "text tspan linearGradient radialGradient stop clipPath mask pattern marker "
    "style".split()
)
ATTRIBUTES = frozenset(
    "id class viewBox width height x y x1 y1 x2 y2 cx cy r rx ry fx fy d points "
    "transform fill stroke opacity color display visibility version role lang "
    "fill-opacity fill-rule stroke-width stroke-linecap stroke-linejoin "
    "stroke-dasharray stroke-dashoffset stroke-miterlimit stroke-opacity "
    "clip-path clip-rule clipPathUnits mask maskUnits maskContentUnits "
    "gradientUnits gradientTransform spreadMethod offset stop-color stop-opacity "
    "patternUnits patternContentUnits patternTransform preserveAspectRatio "
    "marker-start marker-mid marker-end markerWidth markerHeight markerUnits "
    "refX refY orient text-anchor lengthAdjust dominant-baseline font-family font-size "
    "font-weight font-style letter-spacing dx dy rotate textLength pathLength "
    "vector-effect paint-order overflow aria-hidden aria-label aria-labelledby "
    "href".split()
)
INSIDE = re.compile(r"#[\w.-]+")
URL = re.compile(r"url\(\s*['\"]?(?P<target>[^)'\"]*)['\"]?\s*\)", re.IGNORECASE)
UNSAFE_STYLE = re.compile(
    r"@import|@font-face|@namespace|@charset|expression|javascript|behaviou?r|-moz-"
    r"|image-set|src\s*\(|\\|<",
    re.IGNORECASE,
)


def svg_problem(content: bytes) -> str | None:
    """Return what forbids this drawing, as a sentence, or None if it is harmless."""
    try:
        root = root_of(content)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        return _("This SVG is not plain XML, or it declares a document type.")
    if root.tag != f"{SVG}svg":
        return _("The outermost element of an SVG file is <svg> with its namespace.")
    if not (root.get("viewBox") or (root.get("width") and root.get("height"))):
        return _("The drawing needs a viewBox, or width and height.")
    for element in root.iter():
        if problem := _element_problem(element):
            return problem
    return None


class _Builder(TreeBuilder):
    """Refuses processing instructions: one of them may load a style sheet."""

    def pi(self, target: str, text: str | None = None) -> Element:
        raise ValueError(target)


def root_of(content: bytes) -> Element:
    """Return the outermost element; raises what tells plain XML from other files."""
    parser = DefusedXMLParser(target=_Builder(), forbid_dtd=True)
    parser.feed(content)
    root: Element = parser.close()
    return root


def _element_problem(element: Element) -> str | None:
    tag = str(element.tag)
    name = tag.removeprefix(SVG)
    if not tag.startswith(SVG) or name not in ELEMENTS:
        return _("The element <%(name)s> is not allowed in a drawing.") % {
            "name": re.sub(r"\{.*\}", "", tag)
        }
    if name == "style" and (len(element) or not _is_safe_style(element.text or "")):
        return _("The <style> of the drawing loads something or is not plain CSS.")
    for attribute, value in element.attrib.items():
        if not _is_safe_attribute(attribute, value):
            return _("The attribute “%(name)s” of <%(element)s> is not allowed.") % {
                "name": re.sub(r"\{.*\}", "", attribute),
                "element": name,
            }
    return None


def _is_safe_attribute(name: str, value: str) -> bool:
    if name in ("href", XLINK_HREF):
        return bool(INSIDE.fullmatch(value.strip()))
    if name == "{http://www.w3.org/XML/1998/namespace}lang":
        return True
    if name == "{http://www.w3.org/XML/1998/namespace}space":
        return True
    return name in ATTRIBUTES and _is_safe_style(value)


def _is_safe_style(text: str) -> bool:
    if UNSAFE_STYLE.search(text):
        return False
    found = URL.findall(text)
    opened = len(re.findall(r"url\s*\(", text, re.IGNORECASE))
    return len(found) == opened and all(
        INSIDE.fullmatch(each.strip()) for each in found
    )
