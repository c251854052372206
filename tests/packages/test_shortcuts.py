"""What is written and read without the libraries comes out as with them."""

from datetime import date
from decimal import Decimal

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
from courses.packages.yaml_writer import Flow, _dump, write_yaml

SIGNS = st.sampled_from(
    [*"aZä7 -_.,:;#?!'\"[]{}()<>&*|%@`~=+/\\\n\t\r\x07\x85\xa0\u2028\ufeff…„😀"]
    + ["no", "Yes", "null", "on", " ", " ", "...", "---", "1.5", "2026-11-23", "- "]
)
LINES = st.lists(SIGNS, max_size=8).map("".join)
WORDS = st.lists(st.sampled_from([*"abäÖ7", " ", "  ", *".,;:()–„“'\"/%@?-"]))
VALUES = st.recursive(
    LINES
    | st.none()
    | st.booleans()
    | st.integers(-99, 99)
    | st.builds(Decimal, st.sampled_from(["1.50", "-3"]))
    | st.builds(date.fromisoformat, st.just("2026-11-23"))
    # Each a new one: PyYAML writes an anchor for what stands twice.
    | st.builds(list)
    | st.builds(dict)
    | st.builds(Flow, st.just(["a", "b.c", "no", "1"])),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["a", "no", "long_name"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(VALUES.filter(lambda value: value != {}))
def test_yaml_is_that_of_pyyaml(value):
    assert write_yaml(value) == _dump(value)


@given(WORDS.map("".join).filter(PLAIN.fullmatch))
def test_plain_words_are_read_as_markdown_reads_them(line):
    report = Report("")
    reader = TextReader(TextContext(report), 1, ALL_FEATURES)
    assert parse_text(line, TextContext(report)) == reader.nodes(PARSER.parse(line))
    assert not report.problems


@given(LINES)
def test_tidy_words_are_those_that_tidying_leaves(text):
    """Beside another run, words go the long way; alone the short one."""
    alone = tidy([Run(text, bold=True)])
    beside = tidy([Run(text, bold=True), Run(" "), Run("x", italic=True)])
    assert [run.text for run in alone] == [run.text for run in beside if run.bold]
