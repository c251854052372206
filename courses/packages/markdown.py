"""Markdown, cut down to what the CMS keeps without loss.

markdown-it-py does the parsing; this module turns its tokens into text trees and
directives and refuses everything outside the subset with its line.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.myst_role import myst_role_plugin

from .problems import Report
from .text_tree import (
    MAX_LIST_DEPTH,
    Entity,
    Heading,
    Item,
    List,
    Node,
    Paragraph,
    Run,
    Runs,
    Tree,
    tidy,
)

ALL_FEATURES = frozenset(
    ["h2", "h3", "h4", "ol", "ul", "bold", "italic", "link", "glossary-term"]
    + ["language"]
)
SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
TERM_WITH_WORDS = re.compile(rf"(?P<words>.*\S)\s*<(?P<id>{SLUG})>", re.DOTALL)
DIRECTIVE = re.compile(r"\{(?P<name>[A-Za-z0-9_-]+)\}[ \t]*(?P<argument>.*)")
SITE_LINK = re.compile(
    rf"(?P<kind>course|page|card):(?P<id>{SLUG})|lesson:(?P<path>{SLUG}/{SLUG})"
)
WEB_LINK = re.compile(
    r"(https?://[^\s/?#]+\.?[^\s]*|mailto:[^\s@]+@[^\s]+|tel:[+0-9-]+)"
)

#: One line of tidy words in which Markdown reads no sign as anything else: most texts
#: of exercises are, and need no parser. A letter begins no list, heading or rule.
_PLAIN_SIGN = (
    r"[^\s\\`*_\[\]<>&!{}|~#+=$^"
    r"\x00-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]"
)
PLAIN = re.compile(rf"(?=[^\W\d_]){_PLAIN_SIGN}+(?: {_PLAIN_SIGN}+)*")


@dataclass(frozen=True)
class Reference:
    """A glossary term, a step card or a page of this site that a text names."""

    kind: str
    value: str
    line: int


@dataclass(frozen=True)
class Directive:
    """A fenced block; ``content`` starts at ``content_line``."""

    name: str
    argument: str
    content: str
    line: int
    content_line: int


@dataclass(frozen=True)
class Prose:
    """The text between two directives."""

    tree: Tree
    line: int


@dataclass
class TextContext:
    """What a text is read with: where problems and references go, known terms."""

    report: Report
    terms: Mapping[str, str] = field(default_factory=dict)
    references: list[Reference] = field(default_factory=list)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": 30})
    parser.use(colon_fence_plugin).use(myst_role_plugin)
    # Addresses stay as they are written; percent-encoding them would be a change.
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    # Escaped signs stay tokens of their own, so that a stray one can be told apart.
    parser.disable("text_join")
    return parser


PARSER = _parser()
TABLES = _parser().enable("table")


def parse_body(
    source: str, context: TextContext, first_line: int = 1
) -> list[Prose | Directive]:
    """Read the body of a lesson or page: prose and directives in their order."""
    reader = TextReader(context, first_line, ALL_FEATURES)
    lines = source.split("\n")
    parts: list[Prose | Directive] = []
    pending: list[Token] = []
    for token in _tokens(source, reader):
        if token.type != "colon_fence":
            pending.append(token)
            continue
        parts += reader.prose(pending)
        pending = []
        parts += reader.directive(token, lines)
    return [*parts, *reader.prose(pending)]


def parse_text(
    source: str,
    context: TextContext,
    first_line: int = 1,
    features: frozenset[str] = ALL_FEATURES,
) -> Tree:
    """Read a text without directives, such as a field of a block."""
    if PLAIN.fullmatch(source):
        return (Paragraph((Run(source),)),)
    reader = TextReader(context, first_line, features)
    return reader.nodes(_tokens(source, reader))


def parse_table(
    source: str, context: TextContext, first_line: int, features: frozenset[str]
) -> tuple[list[str], list[list[Runs]]]:
    """Read a Markdown table: plain headings and rows of cells; empty on problems."""
    reader = TextReader(context, first_line, features)
    tokens = TABLES.parse(source)
    is_table = bool(tokens) and tokens[0].type == "table_open"
    if not is_table or tokens[-1].type != "table_close":
        message = _(
            "Here stands exactly one Markdown table: a row of headings, a row of "
            "dashes, then the rows, each between “|”."
        )
        context.report.add(first_line, message)
        return [], []
    headings: list[str] = []
    rows: list[list[Runs]] = []
    for index, token in enumerate(tokens):
        if token.type == "tr_open" and tokens[index - 1].type != "thead_open":
            rows.append([])
        elif token.type == "inline" and tokens[index - 1].type == "th_open":
            headings.append(reader.plain_words(token))
        elif token.type == "inline":
            rows[-1].append(reader.inline(token))
    reader.check_row_lengths(source, len(headings))
    return headings, rows


def _tokens(source: str, reader: "TextReader") -> list[Token]:
    env: dict[str, dict[str, dict[str, list[int]]]] = {}
    tokens = PARSER.parse(source, env)
    for reference in env.get("references", {}).values():
        reader.refuse(
            reference["map"][0],
            _("Write the address behind the words: [words](https://…)."),
        )
    return tokens


#: What each refused construct is called and what to write instead.
REFUSED = {
    "blockquote_open": lambda: _("Quotes with “>” do not exist; use :::{quote}."),
    "code_block": lambda: _(
        "Indented lines would become code; remove the spaces at the line's start."
    ),
    "fence": lambda: _("Code blocks do not exist in lessons."),
    "hr": lambda: _("Rules do not exist; use a heading to part texts."),
    "html_block": lambda: _("HTML is not allowed; use the blocks of the format."),
    "html_inline": lambda: _("HTML is not allowed; use the blocks of the format."),
    "code_inline": lambda: _(
        "Code between backticks does not exist; write the words plainly."
    ),
    "image": lambda: _("Pictures are blocks; use :::{image} with its “alt”."),
    "hardbreak": lambda: _(
        "Line breaks within a paragraph do not exist; start a new paragraph."
    ),
}


class TextReader:
    """Turns the tokens of one text into a tree."""

    def __init__(
        self, context: TextContext, first_line: int, features: frozenset[str]
    ) -> None:
        self.context = context
        self.first_line = first_line
        self.features = features

    def refuse(self, offset: int, message: str) -> None:
        self.context.report.add(self.first_line + offset, message)

    # Blocks

    def prose(self, tokens: Sequence[Token]) -> Iterator[Prose]:
        """Yield the tokens as one text, or nothing where there are none."""
        if tree := self.nodes(tokens):
            yield Prose(tree, self.first_line + (tokens[0].map or [0])[0])

    def nodes(self, tokens: Sequence[Token]) -> Tree:
        found: list[Node] = []
        index = 0
        while index < len(tokens):
            end = _closing(tokens, index)
            found += self.node(tokens[index : end + 1])
            self.check_neighbours(found, tokens[index])
            index = end + 1
        return tuple(found)

    def check_neighbours(self, found: list[Node], token: Token) -> None:
        pair = found[-2:]
        if len(pair) == 2 and all(isinstance(node, List) for node in pair):
            first, second = pair
            if first.ordered == second.ordered:  # type: ignore[union-attr]
                self.refuse(
                    (token.map or [0])[0],
                    _(
                        "Two lists follow each other and would become one; write a "
                        "sentence between them."
                    ),
                )

    def node(self, tokens: Sequence[Token]) -> Iterator[Node]:
        token = tokens[0]
        offset = (token.map or [0])[0]
        if token.type == "paragraph_open":
            if runs := self.inline(tokens[1]):
                yield Paragraph(runs)
        elif token.type == "heading_open":
            yield from self.heading(tokens, offset)
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            yield from self.list_(tokens, offset, depth=1)
        elif token.type == "colon_fence":
            self.refuse(offset, _("A block cannot stand inside this text."))
        elif token.type in REFUSED:
            self.refuse(offset, REFUSED[token.type]())

    def heading(self, tokens: Sequence[Token], offset: int) -> Iterator[Heading]:
        level = int(tokens[0].tag[1:])
        if tokens[0].markup in ("=", "-"):
            self.refuse(
                offset,
                _("Write headings with “##”; an underline does not count as one."),
            )
        elif f"h{level}" not in self.features:
            message = (
                _("Headings start with two, three or four “#”.")
                if "h2" in self.features
                else _("There can be no heading in this text.")
            )
            self.refuse(offset, message)
        elif runs := self.inline(tokens[1]):
            yield Heading(level, runs)
        else:
            self.refuse(offset, _("This heading has no words."))

    def list_(self, tokens: Sequence[Token], offset: int, depth: int) -> Iterator[List]:
        ordered = tokens[0].type == "ordered_list_open"
        if ("ol" if ordered else "ul") not in self.features:
            self.refuse(offset, _("There can be no list in this text."))
            return
        if depth > MAX_LIST_DEPTH:
            self.refuse(offset, _("Lists nest four levels deep at most."))
        if ordered and tokens[0].attrGet("start") not in (None, 1):
            self.refuse(offset, _("Numbered lists start at 1."))
        items: list[Item] = []
        index = 1
        while index < len(tokens) - 1:
            end = _closing(tokens, index)
            items += self.item(tokens[index : end + 1], depth, ordered)
            index = end + 1
        if items:
            yield List(ordered, tuple(items))

    def item(
        self, tokens: Sequence[Token], depth: int, ordered: bool
    ) -> Iterator[Item]:
        offset = (tokens[0].map or [0])[0]
        if len(tokens) < 4 or tokens[1].type != "paragraph_open":
            self.refuse(
                offset, _("A list item starts with words on the line of its mark.")
            )
            return
        if not tokens[1].hidden:
            self.refuse(
                offset,
                _("Remove the blank lines in this list; an item is one paragraph."),
            )
            return
        lists: list[List] = []
        index = 4
        while index < len(tokens) - 1:
            end = _closing(tokens, index)
            token = tokens[index]
            at = (token.map or [offset])[0]
            if token.type in ("bullet_list_open", "ordered_list_open"):
                found = list(self.list_(tokens[index : end + 1], at, depth + 1))
                if lists or any(each.ordered != ordered for each in found):
                    self.refuse(
                        at,
                        _(
                            "A list below a list is one list of the same kind: “-” "
                            "below “-”, “1.” below “1.”."
                        ),
                    )
                lists += found
            else:
                self.refuse(at, _("A list item holds words and lists, no other block."))
            index = end + 1
        if runs := self.inline(tokens[2]):
            yield Item(runs, tuple(lists))
        else:
            self.refuse(offset, _("This list item has no words."))

    def directive(self, token: Token, lines: Sequence[str]) -> Iterator[Directive]:
        start, end = token.map or [0, 0]
        match = DIRECTIVE.fullmatch(token.info.strip())
        if not match:
            self.refuse(
                start, _("A block starts with its name in braces: :::{key-point}.")
            )
        elif end - 1 <= start or lines[end - 1].strip() != token.markup:
            self.refuse(
                start,
                _("The block :::{%(name)s} is not closed; end it with a line “:::”.")
                % {"name": match["name"]},
            )
        else:
            yield Directive(
                match["name"],
                match["argument"].strip(),
                token.content,
                self.first_line + start,
                self.first_line + start + 1,
            )

    # Words

    def inline(self, token: Token) -> Runs:
        """Return the runs of one paragraph, heading or cell."""
        return tidy(self.runs(token.children or [], (token.map or [0])[0]))

    def runs(self, tokens: Sequence[Token], offset: int) -> Iterator[Run]:
        bold = italic = 0
        link: Entity | None = None
        for token in tokens:
            if token.type in ("text", "text_special"):
                self.check_stray(token, offset)
                yield Run(token.content, bool(bold), bool(italic), link)
            elif token.type == "softbreak":
                offset += 1
                yield Run(" ", bool(bold), bool(italic), link)
            elif token.type in ("strong_open", "strong_close"):
                bold += token.nesting
            elif token.type in ("em_open", "em_close"):
                italic += token.nesting
            elif token.type == "link_open":
                link = self.link(token, offset)
            elif token.type == "link_close":
                link = None
            elif token.type == "myst_role":
                entity, words = self.role(token, offset, inside_link=bool(link))
                yield Run(words, bool(bold), bool(italic), entity or link)
            elif token.type in REFUSED:
                self.refuse(offset, REFUSED[token.type]())

    def check_stray(self, token: Token, offset: int) -> None:
        if token.type != "text":
            return
        if "](" in token.content:
            self.refuse(offset, _("This looks like a link, but its address is broken."))
        if "**" in token.content:
            self.refuse(
                offset,
                _("These “**” mark nothing; put them right before and after words."),
            )

    def plain_words(self, token: Token) -> str:
        """Return words that carry no mark, such as a column's heading."""
        runs = self.inline(token)
        if any(run != Run(run.text) for run in runs):
            self.refuse(
                (token.map or [0])[0],
                _("A column's heading is plain: no bold, no link, no term."),
            )
        return "".join(run.text for run in runs)

    def link(self, token: Token, offset: int) -> Entity:
        url = str(token.attrGet("href") or "")
        if token.attrGet("title"):
            self.refuse(offset, _("A link cannot have a title in quotes."))
        if token.markup == "autolink":
            self.refuse(offset, _("Give the link words: [words](https://…)."))
        if "link" not in self.features:
            self.refuse(offset, _("There can be no link in this text."))
        elif match := SITE_LINK.fullmatch(url):
            kind = match["kind"] or "lesson"
            ref = Reference(
                kind, match["id"] or match["path"], self.first_line + offset
            )
            self.context.references.append(ref)
        elif not WEB_LINK.fullmatch(url):
            self.refuse(
                offset,
                _(
                    "“%(url)s” is no address that works here. Use https://…, page:ID, "
                    "course:ID, lesson:COURSE-ID/LESSON-ID or card:ID."
                )
                % {"url": url},
            )
        return Entity("link", url)

    def role(
        self, token: Token, offset: int, *, inside_link: bool
    ) -> tuple[Entity | None, str]:
        name, content = token.meta["name"], token.content.strip()
        if inside_link:
            self.refuse(
                offset,
                _("Inside a link there can be no {%(name)s}; part the two.")
                % {"name": name},
            )
            return None, content
        if not content:
            self.refuse(offset, _("There are no words between the backticks."))
            return None, ""
        if name == "term":
            return self.term(content, offset)
        if LANGUAGE.fullmatch(name) and "language" in self.features:
            return Entity("lang", name), content
        self.refuse(
            offset,
            _("{%(name)s} is neither {term} nor a language code such as {en}.")
            % {"name": name},
        )
        return None, content

    def term(self, content: str, offset: int) -> tuple[Entity | None, str]:
        match = TERM_WITH_WORDS.fullmatch(content)
        key = match["id"] if match else content
        if not re.fullmatch(SLUG, key):
            self.refuse(
                offset,
                _(
                    "Write a glossary term as {term}`words <id>` or {term}`id`; the id "
                    "has lower-case letters, digits and hyphens."
                ),
            )
            return None, content
        if "glossary-term" not in self.features:
            self.refuse(offset, _("There can be no glossary term in this text."))
        self.context.references.append(Reference("term", key, self.first_line + offset))
        words = match["words"] if match else self.context.terms.get(key, key)
        return Entity("term", key), words

    def check_row_lengths(self, source: str, width: int) -> None:
        """Refuse rows with other numbers of cells; Markdown would pad or cut them."""
        for offset, line in enumerate(source.split("\n")):
            row = line.strip()
            if not row or offset == 1:
                continue
            cells = len(re.findall(r"(?<!\\)\|", row.strip())) + 1
            cells -= row.startswith("|") + bool(re.search(r"(?<!\\)\|$", row))
            if cells != width:
                self.refuse(
                    offset,
                    _("This row has %(cells)d cells, the table has %(width)d columns.")
                    % {"cells": cells, "width": width},
                )


def _closing(tokens: Sequence[Token], start: int) -> int:
    """Return the index of the token that closes the one at ``start``."""
    depth = 0
    for index in range(start, len(tokens)):
        depth += tokens[index].nesting
        if depth == 0:
            return index
    return len(tokens) - 1
