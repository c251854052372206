"""Text trees as canonical Markdown: one line per paragraph, one way to write a thing.

Marks are tried in a fixed order and read back, because Markdown cannot hold every
combination the editor can; the first way that reads back the same is taken.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from urllib.parse import quote

from markdown_it.token import Token

from .markdown import ALL_FEATURES, PARSER, PLAIN, TextContext, TextReader
from .problems import Report
from .text_tree import (
    Entity,
    Heading,
    Item,
    List,
    Node,
    Paragraph,
    Run,
    Runs,
    Tree,
    nest,
    tidy,
)


def write_tree(tree: Tree) -> str:
    """Return canonical Markdown without a final line end."""
    return "\n\n".join(_node(node) for node in canonical(tree))


def write_inline(runs: Runs) -> str:
    """Return the Markdown of one paragraph."""
    return _inline(runs, False)


def canonical(tree: Tree) -> Tree:
    """Return the tree that reading its Markdown gives.

    It differs from ``tree`` only where Markdown cannot say what the CMS holds: lists
    that touch become one, lists below a list take its kind (the editor of the CMS loses
    words otherwise), marks that cannot end inside a word move or go.
    """
    return tuple(_join_lists([_canonical_node(node) for node in tree]))


def _canonical_node(node: Node) -> Node:
    if isinstance(node, List):
        return _canonical_list(node, node.ordered)
    runs = _read_back(_inline(node.runs, isinstance(node, Heading)))
    return replace(node, runs=runs)


def _canonical_list(node: List, ordered: bool) -> List:
    return List(ordered, tuple(_canonical_item(item, ordered) for item in node.items))


def _canonical_item(item: Item, ordered: bool) -> Item:
    """Return an item with at most one list below it, of the kind of its own list."""
    below = [_canonical_list(each, ordered) for each in item.lists]
    items = tuple(each for found in below for each in found.items)
    lists = (List(ordered, items),) if items else ()
    return Item(_read_back(_inline(item.runs, False)), lists)


def _join_lists(nodes: list[Node]) -> Iterator[Node]:
    for kind, group in groupby(
        nodes, key=lambda node: isinstance(node, List) and ("list", node.ordered)
    ):
        members = list(group)
        if kind:
            items = [item for each in members for item in each.items]  # type: ignore[union-attr]
            yield List(kind[1], tuple(items))
        else:
            yield from members


def _node(node: Node) -> str:
    if isinstance(node, Paragraph):
        return _inline(node.runs, False)
    if isinstance(node, Heading):
        return f"{'#' * node.level} {_inline(node.runs, True)}"
    return "\n".join(_list_lines(node))


def _list_lines(node: List) -> Iterator[str]:
    for number, item in enumerate(node.items, start=1):
        mark = f"{number}. " if node.ordered else "- "
        yield mark + _inline(item.runs, False)
        for below in item.lists:
            for line in _list_lines(below):
                yield " " * len(mark) + line


def _inline(runs: Runs, heading: bool) -> str:
    if (
        len(runs) == 1
        and runs[0] == Run(runs[0].text)
        and PLAIN.fullmatch(runs[0].text)
    ):
        return runs[0].text
    return _marked(runs, heading)


@lru_cache(maxsize=4096)
def _marked(runs: Runs, heading: bool) -> str:
    for attempt in _attempts(runs):
        written = _written(attempt.runs, attempt.italic, heading)
        if _read_back(written) == attempt.runs:
            return written
    return _escape_start(_escape(tidy_text(runs)), heading)


def tidy_text(runs: Runs) -> str:
    """Return the words alone, the last resort."""
    return "".join(run.text for run in tidy([Run(run.text) for run in runs]))


class _Attempt:
    def __init__(self, runs: Runs, italic: str = "*") -> None:
        self.runs = runs
        self.italic = italic


def _attempts(runs: Runs) -> Iterator[_Attempt]:
    """Yield what to try: as it is, other signs, marks moved, marks dropped."""
    yield _Attempt(runs)
    yield _Attempt(runs, "_")
    moved = _marks_around_words(runs)
    yield _Attempt(moved)
    yield _Attempt(moved, "_")
    yield _Attempt(tidy(replace(run, italic=False) for run in moved))
    yield _Attempt(tidy(replace(run, bold=False) for run in moved), "_")
    yield _Attempt(tidy(replace(run, bold=False, italic=False) for run in runs))


def _marks_around_words(runs: Runs) -> Runs:
    """Move punctuation at the edges of bold and italic outside of them."""
    parted: list[Run] = []
    for run in runs:
        match = re.fullmatch(r"(\W*)(.*?)(\W*)", run.text, re.DOTALL)
        if run.entity or not match or not (run.bold or run.italic):
            parted.append(run)
            continue
        before, words, after = match.groups()
        parted += [Run(before), replace(run, text=words), Run(after)]
    return tidy(parted)


def _written(runs: Runs, italic: str, heading: bool) -> str:
    written = nest(
        runs,
        text=_escape,
        bold=lambda words: f"**{words}**",
        italic=lambda words: f"{italic}{words}{italic}",
        entity=_entity,
    )
    # An exclamation mark before a link would make it a picture.
    return _escape_start(re.sub(r"!(?=\[)", r"\\!", written), heading)


def _entity(entity: Entity, content: str, words: str) -> str:
    if entity.kind == "link":
        return f"[{content}]({_address(entity.value)})"
    if entity.kind == "term":
        return f"{{term}}`{words} <{entity.value}>`"
    return f"{{{entity.value}}}`{words}`"


def _address(url: str) -> str:
    """Return an address that Markdown reads back; plain ones stay as they are."""
    url = quote(url, safe=_SAFE_IN_ADDRESS) if re.search(r"[\s<>\\`]", url) else url
    if not _balanced(url):
        url = url.replace("(", "%28").replace(")", "%29")
    return re.sub(r"&(?=#?\w+;)", "&amp;", url)


_SAFE_IN_ADDRESS = "%/:?#[]@!$&'()*+,;=~-._äöüÄÖÜß"


def _balanced(url: str) -> bool:
    depth = 0
    for sign in url:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if depth < 0:
            return False
    return depth == 0


_SPECIAL: list[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]] = [
    (re.compile(r"[\\`*_\[\]]"), r"\\\g<0>"),
    (re.compile(r"<(?=[A-Za-z/!?])"), r"\\<"),
    (re.compile(r"&(?=#?\w+;)"), r"\\&"),
]


def _escape(text: str) -> str:
    for pattern, replacement in _SPECIAL:
        text = pattern.sub(replacement, text)
    return text


_LINE_START = re.compile(r"(?P<number>\d{1,9})(?P<sign>[.)])(?=\s|$)")


def _escape_start(line: str, heading: bool) -> str:
    """Escape what would begin another block, or end a heading's line."""
    if heading:
        return re.sub(r"(?:(?<=\s)|^)(#+)$", r"\\\1", line)
    if match := _LINE_START.match(line):
        return f"{match['number']}\\{line[match.end('number') :]}"
    if re.match(r"[-+](\s|$)|>|#{1,6}(\s|$)|~~~|:::|-{2,}|={1,}\s*$|(-\s*){3,}$", line):
        return "\\" + line
    return line


def _read_back(line: str) -> Runs:
    return (Run(line),) if PLAIN.fullmatch(line) else _read(line)


@lru_cache(maxsize=4096)
def _read(line: str) -> Runs:
    return tidy(_reader().runs(_inline_tokens(line), 0))


def _inline_tokens(line: str) -> list[Token]:
    tokens = PARSER.parseInline(line)
    return tokens[0].children or []


def _reader() -> TextReader:
    return TextReader(TextContext(Report("")), 1, ALL_FEATURES)
