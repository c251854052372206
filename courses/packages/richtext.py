"""Text trees as the HTML that the CMS stores, and back.

In packages a link to a page carries its name (``lesson:course/lesson``), in the CMS its
number; callers pass how to translate one into the other.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from django.utils.html import escape

from .markdown import SITE_LINK
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

#: Links to step cards carry the card's id in packages and in the CMS alike.
CARD = "card:"
#: One paragraph without a mark: most texts of exercises are, and need no parser.
PLAIN = re.compile(r'<p(?: data-block-key="\w*")?>(?P<words>[^<>&]*)</p>')
PageNumber = Callable[[str], int | None]
PageName = Callable[[str], str | None]


def write_html(tree: Tree, page_number: PageNumber | None = None) -> str:
    """Return the HTML of a text; without ``page_number`` links keep their names."""
    return "".join(_node(node, page_number) for node in tree)


def read_html(html: str, page_name: PageName | None = None) -> Tree:
    """Read what the CMS stored. What the editor cannot make loses its mark only."""
    if plain := PLAIN.fullmatch(html or ""):
        runs = tidy([Run(plain["words"])])
        return (Paragraph(runs),) if runs else ()
    if page_name and 'linktype="page"' in html:
        return _read(html, page_name)
    return _read_nameless(html or "")


@lru_cache(maxsize=1024)
def _read_nameless(html: str) -> Tree:
    """Read what says the same to everybody; an import asks two or three times."""
    return _read(html, None)


def _read(html: str, page_name: PageName | None) -> Tree:
    soup = BeautifulSoup(html, "html.parser")
    return tuple(_nodes(soup, _Words(page_name)))


def _node(node: Node, page_number: PageNumber | None) -> str:
    if isinstance(node, List):
        name = "ol" if node.ordered else "ul"
        items = "".join(_item(item, page_number) for item in node.items)
        return f"<{name}>{items}</{name}>"
    name = f"h{node.level}" if isinstance(node, Heading) else "p"
    return f"<{name}>{write_runs(node.runs, page_number)}</{name}>"


def _item(item: Item, page_number: PageNumber | None) -> str:
    below = "".join(_node(each, page_number) for each in item.lists)
    return f"<li>{write_runs(item.runs, page_number)}{below}</li>"


def write_runs(runs: Runs, page_number: PageNumber | None = None) -> str:
    """Return the HTML of one paragraph's words."""
    return nest(
        runs,
        text=lambda text: str(escape(text)),
        bold=lambda content: f"<b>{content}</b>",
        italic=lambda content: f"<i>{content}</i>",
        entity=lambda entity, content, _words: _entity(entity, content, page_number),
    )


def _entity(entity: Entity, content: str, page_number: PageNumber | None) -> str:
    value = escape(entity.value)
    if entity.kind == "term":
        return f'<a linktype="glossary" id="{value}">{content}</a>'
    if entity.kind == "lang":
        return f'<span lang="{value}">{content}</span>'
    if page_number and entity.value.startswith(CARD):
        return f'<a linktype="card" id="{value.removeprefix(CARD)}">{content}</a>'
    if page_number and SITE_LINK.fullmatch(entity.value):
        number = page_number(entity.value)
        return f'<a linktype="page" id="{number}">{content}</a>' if number else content
    return f'<a href="{value}">{content}</a>'


class _Words:
    """Reads the words of one paragraph."""

    def __init__(self, page_name: PageName | None) -> None:
        self.page_name = page_name

    def runs(self, children: Iterable[object], marks: Run) -> Iterator[Run]:
        for child in children:
            if isinstance(child, Tag):
                yield from self.runs(child.children, self.marked(child, marks))
            elif type(child) is NavigableString:
                yield Run(str(child), marks.bold, marks.italic, marks.entity)

    def marked(self, tag: Tag, marks: Run) -> Run:
        bold = marks.bold or tag.name in ("b", "strong")
        italic = marks.italic or tag.name in ("i", "em")
        return Run("", bold, italic, marks.entity or self.entity(tag))

    def entity(self, tag: Tag) -> Entity | None:
        if tag.name == "span" and tag.get("lang"):
            return Entity("lang", str(tag["lang"]))
        if tag.name != "a":
            return None
        kind, number = tag.get("linktype"), str(tag.get("id") or "")
        if kind == "glossary":
            return Entity("term", number) if number else None
        if kind == "card":
            return Entity("link", f"{CARD}{number}") if number else None
        if kind == "page" and self.page_name:
            name = self.page_name(number)
            return Entity("link", name) if name else None
        href = str(tag.get("href") or "")
        return Entity("link", href) if href else None


def _nodes(parent: Tag, words: _Words) -> Iterator[Node]:
    loose: list[object] = []
    for child in parent.children:
        if not isinstance(child, Tag) or child.name not in _BLOCKS:
            loose.append(child)
            continue
        yield from _paragraphs(loose, words)
        loose = []
        yield from _BLOCKS[child.name](child, words)
    yield from _paragraphs(loose, words)


def _paragraphs(children: Iterable[object], words: _Words) -> Iterator[Paragraph]:
    """Yield paragraphs; a line break in the CMS starts a new one."""
    line: list[object] = []
    for child in [*children, None]:
        is_break = isinstance(child, Tag) and child.name == "br"
        if child is not None and not is_break:
            line.append(child)
        else:
            if runs := tidy(words.runs(line, Run(""))):
                yield Paragraph(runs)
            line = []


def _heading(tag: Tag, words: _Words) -> Iterator[Node]:
    if runs := _line(tag.children, words):
        yield Heading(min(max(int(tag.name[1]), 2), 4), runs)


def _line(children: Iterable[object], words: _Words) -> Runs:
    """Return words as one line; a line break counts as a space."""
    children = [
        NavigableString(" ") if isinstance(child, Tag) and child.name == "br" else child
        for child in children
    ]
    return tidy(words.runs(children, Run("")))


def _list(tag: Tag, words: _Words) -> Iterator[List]:
    items = []
    for child in tag.find_all("li", recursive=False):
        lists = [
            found
            for below in child.find_all(["ol", "ul"], recursive=False)
            for found in _list(below, words)
        ]
        own = [
            each
            for each in child.children
            if not (isinstance(each, Tag) and each.name in ("ol", "ul"))
        ]
        if runs := _line(own, words):
            items.append(Item(runs, tuple(lists)))
        else:
            items += [item for found in lists for item in found.items]
    if items:
        yield List(tag.name == "ol", tuple(items))


def _inner(tag: Tag, words: _Words) -> Iterator[Node]:
    return _paragraphs(tag.children, words)


_BLOCKS: dict[str, Callable[[Tag, _Words], Iterator[Node]]] = {
    "p": _inner,
    "ul": _list,
    "ol": _list,
    "div": _nodes,
    "blockquote": _nodes,
    **{f"h{level}": _heading for level in range(1, 7)},
}
