"""A new block needs nothing but its definition to be written in packages."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail import blocks

from content.blocks.base import inline, prose
from content.blocks.data import TextTableBlock
from courses.packages.markdown import TextContext
from courses.packages.problems import Report
from courses.packages.streams import check_stream, read_stream, write_stream
from courses.packages.values import Reading

KEY = UUID(int=7)


class PairBlock(blocks.StructBlock):
    """One pair to match."""

    left = inline()
    right = blocks.CharBlock(max_length=40)


class MatchingBlock(blocks.StructBlock):
    """A question type nobody has written yet."""

    key = blocks.CharBlock()
    pairs = blocks.ListBlock(PairBlock(), min_num=1)
    points = blocks.IntegerBlock(required=False)
    share = blocks.DecimalBlock(required=False)
    whole = blocks.DecimalBlock(required=False)
    shuffled = blocks.BooleanBlock(required=False)
    until = blocks.DateBlock(required=False)
    level = blocks.ChoiceBlock(choices=[("a", "A"), ("b", "B")], default="a")
    words = blocks.ListBlock(blocks.CharBlock())

    class Meta:
        package_argument = "key"
        stateful = True


class NoteBlock(blocks.StructBlock):
    """Prose with facts before it."""

    tone = blocks.CharBlock(required=False)
    text = prose()

    class Meta:
        package_body = "text"


class GridBlock(blocks.StructBlock):
    """A table with a caption."""

    caption = blocks.CharBlock()
    table = TextTableBlock()

    class Meta:
        package_argument = "caption"
        package_body = "table"


STREAM = blocks.StreamBlock(
    [
        ("text", prose()),
        ("matching", MatchingBlock()),
        ("side_note", NoteBlock()),
        ("grid", GridBlock()),
        ("lines", blocks.IntegerBlock()),
    ]
)


def read(source):
    reading = Reading(TextContext(Report("x.md")))
    raw = read_stream(STREAM, source, 1, reading, KEY)
    check_stream(STREAM, raw, reading, files=True)
    return raw, [str(problem) for problem in reading.context.report.problems]


CANONICAL = """\
## Zuordnen

:::{matching} paare
pairs:
  - left: '**App**: was sie will'
    right: Ort
  - left: Karte
    right: '7:30'
points: 3
share: -62.5
whole: 1200
shuffled: true
until: 2026-12-24
level: b
words: [ja, 'no', '1.4', '2026-11-23']
:::

:::{side-note}
---
tone: leise
---
Ein *Absatz*.

- Punkt
  - Unterpunkt
:::

:::{grid} Zwei Spalten
| A \\| B | C |
| --- | --- |
| x \\| y | **z** |
|  | {en}`yes` |
:::

:::{lines} 4
:::
"""


def test_every_kind_of_field_survives_the_way_there_and_back():
    raw, problems = read(CANONICAL)

    assert problems == []
    assert write_stream(STREAM, raw) == CANONICAL


def test_values_arrive_in_the_form_the_cms_stores():
    raw, _problems = read(CANONICAL)

    value = raw[1]["value"]
    assert (value["points"], value["shuffled"], value["until"], value["level"]) == (
        3,
        True,
        "2026-12-24",
        "b",
    )
    assert (value["share"], value["whole"]) == ("-62.5", "1200")
    words = [item["value"] for item in value["words"]]
    assert words == ["ja", "no", "1.4", "2026-11-23"]
    assert raw[3]["value"]["table"]["rows"][0]["values"] == [
        "<p>x | y</p>",
        "<p><b>z</b></p>",
    ]
    assert raw[4]["value"] == 4


@pytest.mark.parametrize(
    ("written", "stored"), [("62.50", "62.5"), ("-0.0", "0"), ("1e3", None)]
)
def test_a_number_has_one_spelling(written, stored):
    raw, problems = read(CANONICAL.replace("share: -62.5", f"share: {written}"))

    assert raw[1]["value"]["share"] == stored
    assert (problems == []) == (stored is not None)


def test_a_number_in_german_notation_is_refused_with_the_right_one():
    _raw, problems = read(CANONICAL.replace("share: -62.5", "share: 62,5"))

    assert problems == ["x.md:10: „62,5“ ist keine Zahl; bitte schreiben wie 1234.5."]


def test_ids_of_blocks_stay_when_others_come_before_them():
    before, _problems = read(CANONICAL)
    after, _problems = read("Ein Satz davor.\n\n:::{lines} 2\n:::\n\n" + CANONICAL)

    ids = {block["type"]: block["id"] for block in before}
    later = {block["type"]: block["id"] for block in after}
    for kind in ("matching", "side_note", "grid"):
        assert later[kind] == ids[kind]


def test_a_row_with_a_cell_too_many_is_named():
    problems = read(CANONICAL.replace("| {en}`yes` |", "| a | b |"))[1]

    assert problems == ["x.md:32: Diese Zeile hat 3 Zellen, die Tabelle hat 2 Spalten."]


def test_a_block_within_a_block_is_refused():
    problems = read("::::{side-note}\n:::{lines} 3\n:::\n::::\n")[1]

    assert problems[0] == "x.md:2: In diesem Text kann kein Block stehen."


def test_a_text_of_colons_does_not_end_its_block():
    raw = [
        {
            "type": "side_note",
            "value": {"tone": "", "text": "<p>a</p><p>:::</p><p>::::</p>"},
        }
    ]

    again, problems = read(write_stream(STREAM, raw))

    assert problems == []
    assert again[0]["value"]["text"] == raw[0]["value"]["text"]


plain = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x17F, exclude_characters="\x7f"),
    min_size=1,
    max_size=30,
).filter(lambda text: "**" not in text and "](" not in text and "}`" not in text)


@given(st.lists(st.tuples(plain, plain), min_size=1, max_size=3), plain)
def test_any_words_survive_as_plain_fields(pairs, word):
    raw = [
        {
            "type": "matching",
            "value": {
                "key": "k",
                "level": "a",
                "pairs": [{"left": "<p>x</p>", "right": right} for _l, right in pairs],
                "words": [word],
            },
        }
    ]

    text = write_stream(STREAM, raw)

    assert write_stream(STREAM, read(text)[0]) == text
