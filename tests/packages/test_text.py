"""Markdown, HTML and the editor's own format hold the same texts."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from content.richtext import BLOCK_FEATURES
from courses.packages.markdown import TextContext, parse_text
from courses.packages.markdown_writer import canonical, write_tree
from courses.packages.problems import Report
from courses.packages.richtext import read_html, write_html
from courses.packages.text_tree import (
    Entity,
    Heading,
    Item,
    List,
    Paragraph,
    Run,
    plain,
    tidy,
)

LETTERS = "aZé7ß„“–\u00a0 *_`[]()<>{}#+-.!&;:|~=\\\n\"'"
words = st.text(LETTERS, min_size=1, max_size=12) | st.sampled_from(
    ["1. ", "- x", "## a ##", "&amp;", "<b>", "{term}`x`", "![a](b)", ":::", "[^1]"]
)
slugs = st.from_regex(r"[a-z]{1,4}(-[a-z0-9]{1,3})?", fullmatch=True)
entities = (
    st.none()
    | st.builds(Entity, st.just("term"), slugs)
    | st.builds(Entity, st.just("lang"), st.sampled_from(["en", "de-simple", "tr"]))
    | st.builds(
        Entity,
        st.just("link"),
        st.sampled_from(
            ["https://example.org/a_b?x=1&y=2", "page:about", "lesson:a/b"]
            + ["https://de.wikipedia.org/wiki/Datenschutz_(Recht)"]
        ),
    )
)
runs = (
    st.lists(
        st.builds(Run, words, st.booleans(), st.booleans(), entities),
        min_size=1,
        max_size=5,
    )
    .map(tidy)
    .filter(bool)
)


@st.composite
def lists(draw, depth=1):
    items = draw(
        st.lists(
            st.builds(
                Item,
                runs,
                st.just(())
                if depth == 3
                else st.lists(lists(depth + 1), max_size=2).map(tuple),
            ),
            min_size=1,
            max_size=3,
        )
    )
    return List(draw(st.booleans()), tuple(items))


nodes = (
    st.builds(Paragraph, runs)
    | st.builds(Heading, st.sampled_from([2, 3, 4]), runs)
    | lists()
)
trees = st.lists(nodes, max_size=5).map(tuple)


def read(markdown):
    report = Report("x.md")
    tree = parse_text(markdown, TextContext(report))
    return tree, report.problems


@given(trees)
def test_what_is_written_is_read_back(tree):
    wanted = canonical(tree)
    assert read(write_tree(tree)) == (wanted, [])


@given(trees)
def test_canonical_text_is_written_as_it_was(tree):
    text = write_tree(canonical(tree))
    assert write_tree(read(text)[0]) == text


@given(trees)
def test_no_word_is_lost_on_the_way(tree):
    def letters(nodes):
        found = ""
        for node in nodes:
            if isinstance(node, List):
                for item in node.items:
                    found += plain(item.runs) + letters(item.lists)
            else:
                found += plain(node.runs)
        return re.sub(r"\s+", "", found)

    assert letters(canonical(tree)) == letters(tree)


@given(trees)
def test_html_holds_the_same_text(tree):
    wanted = canonical(tree)
    assert read_html(write_html(wanted)) == wanted


@given(text=st.text(LETTERS.replace("<", "").replace(">", ""), max_size=12))
@pytest.mark.parametrize("key", ["", ' data-block-key="a1b2c"'])
def test_a_paragraph_alone_reads_as_it_does_among_others(key, text):
    alone = f"<p{key}>{text}</p>"

    assert read_html(alone) == read_html(f"{alone}<p></p>")


@given(st.lists(st.builds(Run, words, st.booleans(), st.booleans(), entities)))
def test_tidy_runs_stay_as_they_are(some):
    assert tidy(tidy(some)) == tidy(some)


@given(trees)
@pytest.mark.django_db
def test_the_editor_keeps_the_text(tree):
    wanted = canonical(tree)
    converter = ContentstateConverter(BLOCK_FEATURES)
    html = write_html(wanted, page_number=lambda name: None)
    edited = converter.to_database_format(converter.from_database_format(html))
    assert canonical(read_html(edited)) == canonical(read_html(html))


@pytest.mark.parametrize(
    ("markdown", "line", "word"),
    [
        ("Text\n\n> Zitat", 3, "quote"),
        ("    eingerückt", 1, "Leerzeichen|spaces"),
        ("# Titel", 1, "#"),
        ("a\n\n---\n\nb", 3, "heading|Überschrift"),
        ("Zeile  \nweiter", 1, "Absatz|paragraph"),
        ("<b>fett</b>", 1, "HTML"),
        ("![Bild](x.png)", 1, "image"),
        ("a\nb `code`", 2, "backticks|Backticks"),
        ("- a\n\n- b", 1, "Leerzeilen|blank"),
        ("- a\n* b", 2, "Listen|lists"),
        ("3. c", 1, "1"),
        ("[x](/kurse/)", 1, "/kurse/"),
        ("[x](javascript:alert)", 1, "Link|link"),
        ("** fett**", 1, r"\*\*"),
        ("[x](https://a.org 'Titel')", 1, "title|Titel"),
        ("{grün}`x`", 1, "ackticks"),
        ("{download}`x`", 1, "download"),
        ("{term}`Große Wörter`", 1, "Glossar|glossary"),
        ("[{en}`x`](https://a.org)", 1, "en"),
        ("<https://a.org>", 1, "words|Wörter"),
        ("1. a\n   - b", 2, "kind|Art"),
        ("- a\n  1. b\n- c", 2, "kind|Art"),
        ("[a]: https://a.org\n\n[a]", 1, "https"),
    ],
)
def test_what_the_cms_would_lose_is_refused_with_its_line(markdown, line, word):
    problems = read(markdown)[1]
    assert [problem.line for problem in problems][:1] == [line]
    assert re.search(word, problems[0].message)
