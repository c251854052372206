"""Foreign HTML made fit for a parser: whole tags only, harmless, not nested too deeply.

It is gone through once, without a step back. A parser left alone with a text full of
half-open tags costs the square of its length, and one with tags that never close
recurses until Python gives up.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

from django.utils.html import escape
from django.utils.translation import gettext as _

from ..markdown import LANGUAGE, WEB_LINK
from .limits import DEEPEST, check_text
from .results import QuestionTextError

#: A tag, its slash, name and attributes; possessive, so that a failure is final.
TAG = re.compile(
    r"<(/?)([a-z][\w:.-]*+)((?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+)>", re.IGNORECASE
)
#: What no reader sees: ``<!doctype …>``, ``<?xml …>``, ``<![endif]>``.
DECLARATION = re.compile(r"<[!?][^<>]*+>")
ATTRIBUTE = re.compile(
    r"([^\s=/\"'<>]++)\s*+(?:=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"']++)))?+"
)
#: Elements of HTML without an end.
VOID: Final = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()
)
#: Elements that go with all that stands in them.
DROPPED: Final = frozenset(
    "script style title template object iframe video audio svg math textarea".split()
)
#: Raised and lowered digits have signs of their own; without, 10² would become 102.
RAISED: Final = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
LOWERED: Final = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")


def washed(html: str) -> str:
    """Return HTML that is safe to parse; links lead to the web alone.

    Raises :class:`~.results.QuestionTextError` where it is too long, or nested too
    deeply: a tag that is never closed counts, as what follows stands inside of it.
    """
    check_text(html)
    out: list[str] = []
    depth, dropped, shift = 0, "", ""
    for text, tag in _tokens(html):
        if text and not dropped:
            words = unescape(text).replace("\0", "")
            out.append(escape(_shifted(words, shift) if shift else words))
        if tag is None:
            continue
        end, name = tag[1], tag[2].lower()
        if dropped:
            dropped = "" if end and name == dropped else dropped
        elif name in DROPPED:
            dropped = "" if end or tag[3].endswith("/") else name
        elif name in ("sup", "sub"):
            shift = "" if end else name
        elif name == "br":
            out.append("<br>")
        elif name not in VOID:
            depth = max(0, depth - 1) if end else depth + 1
            if depth > DEEPEST:
                raise QuestionTextError(
                    _("Its tags are nested too deeply or not closed.")
                )
            out.append(f"</{name}>" if end else f"<{name}{_kept(tag[3])}>")
    return "".join(out)


def tags(html: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the tags that open in a text, with their attributes."""
    for _text, tag in _tokens(html):
        if tag is not None and not tag[1]:
            yield tag[2].lower(), attributes(tag[3])


def attributes(words: str) -> dict[str, str]:
    """Return the attributes of a tag by their names in lower case."""
    return {
        found[1].lower(): unescape(found[2] or found[3] or found[4] or "")
        for found in ATTRIBUTE.finditer(words)
    }


def is_link(address: str) -> bool:
    """Say whether a link leads to the web or to a mailbox."""
    return bool(WEB_LINK.fullmatch(address)) and not address.startswith("tel:")


def _tokens(html: str) -> Iterator[tuple[str, re.Match[str] | None]]:
    """Yield each run of text with the tag behind it; comments are passed over."""
    last_comment_ends = html.rfind("-->")
    at = 0
    while (start := html.find("<", at)) >= 0:
        if html.startswith("<!--", start) and start < last_comment_ends:
            yield html[at:start], None
            at = html.find("-->", start) + 3
        elif tag := TAG.match(html, start):
            yield html[at:start], tag
            at = tag.end()
        elif declaration := DECLARATION.match(html, start):
            yield html[at:start], None
            at = declaration.end()
        else:
            yield html[at:start] + "&lt;", None
            at = start + 1
    yield html[at:], None


def _kept(words: str) -> str:
    """Return the attributes that stay: where a link leads, and a text's language."""
    found = attributes(words) if words.strip(" /") else {}
    kept = ""
    if is_link(found.get("href", "")):
        kept += f' href="{escape(found["href"])}"'
    if LANGUAGE.fullmatch(found.get("lang", "")):
        kept += f' lang="{escape(found["lang"])}"'
    return kept


def _shifted(words: str, shift: str) -> str:
    """Return raised or lowered words, with signs of their own where all have one."""
    table = RAISED if shift == "sup" else LOWERED
    return words.translate(table) if all(ord(c) in table for c in words) else words
