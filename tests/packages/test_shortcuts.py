"""What is written and read without the libraries comes out as with them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.packages.markdown import (
    ALL_FEATURES,
    PARSER,
    PLAIN,
    TextContext,
    TextReader,
    parse_text,
)
from courses.packages.problems import Report
from courses.packages.text_tree import Run, tidy

SIGNS = st.sampled_from(
    [*"aZä7 -_.,:;#?!'\"[]{}()<>&*|%@`~=+/\\\n\t\r\x07\x85\xa0\u2028\ufeff…„😀"]
    + ["no", "Yes", "null", "on", " ", " ", "...", "---", "1.5", "2026-11-23", "- "]
)
LINES = st.lists(SIGNS, max_size=8).map("".join)
#: What Markdown takes for something, between words that it takes as they are.
MARKED = ["*b*", "_b_", "**b**", "`b`", "[b](page:b)", "<b>", "&amp;", "![b](c)"]
MARKED += ["{en}`b`", r"\*", "b\nc", "b  c", "b\n===", "<https://b.example>", "**"]
MARKED += ["b\x07c", "b\u2028c", "\ufeff"]
PLAINLY = ["„b“", "(b)", "b: c;", "1. 2)", "b - c", "b/c?", "3 %", "b@c", "Ö'"]


@pytest.mark.parametrize("sign", MARKED + PLAINLY)
def test_words_are_read_as_markdown_reads_them(sign):
    line, short, long = f"Lena {sign} lacht", Report(""), Report("")
    reader = TextReader(TextContext(long), 1, ALL_FEATURES)
    assert parse_text(line, TextContext(short)) == reader.nodes(PARSER.parse(line))
    assert short.problems == long.problems


@pytest.mark.parametrize("words", PLAINLY)
def test_most_texts_take_the_short_way(words):
    assert PLAIN.fullmatch(f"Lena {words} lacht")


@given(LINES)
def test_tidy_words_are_those_that_tidying_leaves(text):
    """Beside another run, words go the long way; alone the short one."""
    alone = tidy([Run(text, bold=True)])
    beside = tidy([Run(text, bold=True), Run(" "), Run("x", italic=True)])
    assert [run.text for run in alone] == [run.text for run in beside if run.bold]
