"""Estimates: how numbers are read, what is near enough, and what is told of it."""

from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.http import QueryDict
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from wagtail.blocks.struct_block import StructBlockValidationError

from courses.exercises.grading import Exercise, ExerciseState, render, render_paper
from courses.exercises.types.base import AnswerError
from courses.exercises.types.estimate import TYPE, full_band, half_band, span, told
from courses.exercises.types.estimate.examples import VALUE, WIDE
from courses.exercises.types.estimate.scale import Scale, ticks


def value(**fields: Any) -> dict[str, Any]:
    """Return an exercise without a range unless one is given."""
    return {**VALUE, "from": None, "to": None, **fields}


def exercise(raw: dict[str, Any]) -> Exercise:
    return Exercise("estimate", raw["key"], "0a1b2c3d", TYPE.block().to_python(raw))


def read(raw: dict[str, Any], typed: str) -> str:
    data = QueryDict(mutable=True)
    data["estimate"] = typed
    return exercise(raw).read_answer(data)


def shown(raw: dict[str, Any], answer: str) -> BeautifulSoup:
    html = render(exercise(raw), ExerciseState(answer=answer), action="/x/")
    return BeautifulSoup(html, "html.parser")


def words(html: BeautifulSoup) -> str:
    return " ".join(html.get_text(" ").split())


# --- Reading --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("250000", "250000"),
        (" 250.000 ", "250000"),
        ("250,000.0", "250000"),
        ("250 000", "250000"),
        ("0,25 Mio.", "250000"),
        ("1.234,5", "1234.5"),
        ("1234.50", "1234.5"),
        ("ca. 250.000 letters a year", "250000"),
        ("etwa 300", "300"),
        ("~300", "300"),
    ],
)
def test_a_number_is_read_as_people_write_it(typed: str, answer: str) -> None:
    assert read(WIDE, typed) == answer


@pytest.mark.parametrize("typed", ["20", "20 %", "20%", "20 Prozent", "ungefähr 20 %"])
def test_a_unit_behind_the_number_is_forgiven(typed: str) -> None:
    assert read(VALUE, typed) == "20"


def test_where_a_number_may_mean_two_things_the_scale_decides() -> None:
    assert read(value(most="10", value="3"), "1.234") == "1.234"
    assert read(WIDE, "1.234") == "1234"
    with override("en"):
        assert read(WIDE, "1,234") == "1234"
        assert read(value(most="10", value="3"), "1.234") == "1.234"


@pytest.mark.parametrize("typed", ["zwanzig", "20 oder 30", "%", "9" * 5000])
def test_what_is_no_number_is_refused_and_stays_in_the_field(typed: str) -> None:
    with pytest.raises(AnswerError, match="keine Zahl") as caught:
        read(VALUE, typed)

    html = render(exercise(VALUE), ExerciseState.refused(caught.value), action="/x/")
    field = BeautifulSoup(html, "html.parser").select('[name="estimate"]')[0]
    assert field["value"] == typed[:200]


@pytest.mark.parametrize("typed", ["-1", "100,5", "1.000"])
def test_a_number_off_the_scale_is_refused_with_its_ends(typed: str) -> None:
    with pytest.raises(AnswerError, match="von 0 bis 100\N{NO-BREAK SPACE}%"):
        read(VALUE, typed)


def test_a_number_given_is_shown_as_it_is_written_here() -> None:
    def field(language: str) -> str:
        with override(language):
            return str(shown(WIDE, "1234.5").select('[name="estimate"]')[0]["value"])

    assert (field("de"), field("de-simple"), field("en")) == (
        "1.234,5", "1.234,5", "1,234.5",
    )  # fmt: skip


# --- Grading --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "score"),
    [("18", 100), ("22", 100), ("17.9", 50), ("12", 50), ("28", 50), ("28.1", 0)],
)
def test_two_bands_around_the_value(answer: str, score: int) -> None:
    assert exercise(value()).grade(answer).score == score


@pytest.mark.parametrize("answer", ["19", "20", "23"])
def test_where_the_value_varies_every_estimate_in_its_range_is_right(
    answer: str,
) -> None:
    assert exercise({**VALUE, "tolerance": "0"}).grade(answer).solved


def test_on_a_wide_scale_twice_as_much_is_as_far_off_as_half_as_much() -> None:
    one = exercise(WIDE)

    assert [one.grade(n).score for n in ("125000", "500000")] == [100, 100]
    assert [one.grade(n).score for n in ("124999", "500001")] == [50, 50]


def test_a_value_below_zero_has_bands_too() -> None:
    one = exercise(value(value="-20", least="-100", most="100"))

    assert [one.grade(n).score for n in ("-22", "-18", "-28", "20")] == [
        100, 100, 50, 0,
    ]  # fmt: skip


numbers = st.decimals("0.1", "1000", places=1)


@given(numbers, numbers, st.decimals(0, 400, places=0))
def test_the_value_itself_is_always_right_and_the_nearer_never_worse(
    number: Decimal, other: Decimal, tolerance: Decimal
) -> None:
    one = exercise(
        value(
            value=str(number), least="0", most="1000", tolerance=str(tolerance),
            half_tolerance=None,
        )
    )  # fmt: skip
    middle = (number + other) / 2

    assert one.grade(one.type.solution(one.definition)).solved
    assert one.grade(str(middle)).score >= one.grade(str(other)).score


@given(st.integers(1, 99), st.integers(0, 60))
def test_what_an_editor_may_save_earns_a_blind_guess_little(
    number: int, tolerance: int
) -> None:
    raw = value(value=str(number), tolerance=str(tolerance), half_tolerance=None)
    block = TYPE.block()
    definition = block.to_python(raw)
    try:
        block.clean(definition)
    except StructBlockValidationError:
        return
    scale = Scale(Decimal(0), Decimal(100))
    full, half = scale.share(full_band(definition)), scale.share(half_band(definition))
    assert half <= 0.5
    assert TYPE.guess_chance(definition) == pytest.approx(full)
    assert full + (half - full) / 2 < 0.4


# --- The editor's form ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "place", "message"),
    [
        ({"value": "120"}, "value", "nicht auf der Skala"),
        ({"value": "-5"}, "value", "nicht auf der Skala"),
        ({"value": "0"}, "value", "nicht 0 sein"),
        ({"most": "0"}, "most", "über dem Anfang"),
        ({"half_tolerance": "5"}, "half_tolerance", "nicht kleiner"),
        ({"from": "10"}, "to", "einen Anfang und ein Ende"),
        ({"to": "30"}, "from", "einen Anfang und ein Ende"),
        ({"from": "21", "to": "30"}, "from", "den Wert enthalten"),
        ({"from": "10", "to": "130"}, "from", "auf der Skala"),
        ({"value": "50", "half_tolerance": "51"}, "tolerance", "sich Raten lohnt"),
    ],
)
def test_what_cannot_be_graded_is_refused_at_its_field(
    fields: dict, place: str, message: str
) -> None:
    block = TYPE.block()
    with pytest.raises(StructBlockValidationError) as caught:
        block.clean(block.to_python(value(**fields)))
    assert message in str(caught.value.block_errors[place])


# --- What is told ---------------------------------------------------------------------


def test_a_fresh_page_knows_nothing_of_the_value() -> None:
    other = {
        **VALUE, "value": "71", "tolerance": "3", "half_tolerance": None,
        "from": None, "to": None,
    }  # fmt: skip

    assert render(exercise(VALUE)) == render(exercise(other))
    assert render_paper(exercise(VALUE)) == render_paper(exercise(other))


def test_the_number_line_has_a_text_of_the_same_content() -> None:
    html = shown(VALUE, "35")
    text = words(html)

    assert html.select(".estimate-line")[0]["aria-hidden"] == "true"
    for each in (
        "Wert: 20 %",
        "Eigene Schätzung: 35 %",
        "Volle Punktzahl: 18 bis 23 %",
        "Halbe Punktzahl: 12 bis 28 %",
        "Bereich des Werts: 19 bis 23 %",
        "Schätzungen streuen",
        "Er schwankt von 19 bis 23 %",
        "Quelle: Made up for Hellingen",
    ):
        assert each in text


@pytest.mark.parametrize(
    ("raw", "answer", "sentence"),
    [
        (VALUE, "20", "Genau getroffen."),
        (VALUE, "15", "Die Schätzung liegt 5 Prozentpunkte unter dem Wert."),
        (VALUE, "21", "Die Schätzung liegt 1 Prozentpunkt über dem Wert."),
        (WIDE, "200000", "Die Schätzung liegt 20 % unter dem Wert."),
        (WIDE, "251000", "Die Schätzung liegt 1 % über dem Wert."),
        (VALUE, "70", "Die Schätzung ist 3,5-mal so groß wie der Wert."),
        (VALUE, "0", "Die Schätzung liegt 20 Prozentpunkte unter dem Wert."),
        (WIDE, "10", "Der Wert ist 25.000-mal so groß wie die Schätzung."),
    ],
)
def test_a_sentence_says_how_far_off_an_estimate_is(
    raw: dict, answer: str, sentence: str
) -> None:
    assert sentence in words(shown(raw, answer))


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("10", "Lamps in cellars"),
        ("30", "Lamps in streets"),
        ("20", "Those in cellars"),
    ],
)
def test_feedback_fits_the_side_one_is_on(answer: str, said: str) -> None:
    text = words(shown(VALUE, answer))

    others = {"Lamps in cellars", "Lamps in streets", "Those in cellars"} - {said}
    assert said in text
    assert [each for each in others if each in text] == []


def test_marks_lie_where_numbers_are_and_svg_gets_its_own_notation() -> None:
    line = shown(VALUE, "35").select(".estimate-line")[0]

    # 4 % of the width are free on both sides.
    assert line.select(".line-own")[0]["cx"] == "36.20%"
    assert line.select(".line-value")[0]["x"] == "22.40%"
    assert "style=" not in str(line)


def test_on_a_wide_scale_each_tenfold_takes_the_same_room() -> None:
    scale = Scale(Decimal(10), Decimal(100_000_000))

    assert scale.is_logarithmic
    assert ticks(scale) == pytest.approx([n / 7 for n in range(8)])
    assert "zehnmal so viel" in words(shown(WIDE, "1000"))
    assert not Scale(Decimal(0), Decimal(100_000_000)).is_logarithmic


@given(numbers, numbers, numbers)
def test_places_keep_their_order(one: Decimal, two: Decimal, end: Decimal) -> None:
    for scale in (
        Scale(Decimal(0), Decimal(1000)),
        Scale(Decimal("0.01"), Decimal(1000)),
    ):
        low, high = sorted((one, two))
        assert 0 <= scale.place(low) <= scale.place(high) <= 1


def test_a_solved_sheet_has_no_estimate_on_it() -> None:
    solved = render_paper(exercise(VALUE), number=1, solved=True)

    assert "line-value" in solved
    assert "line-own" not in solved
    assert "Those in cellars and halls." in solved


def test_calculated_numbers_are_short_and_given_ones_exact() -> None:
    with override("de"):
        ends = span(Decimal("18.18181818"), Decimal("166666.6667"), "%")
        assert ends == ["18,18", "166.700\N{NO-BREAK SPACE}%"]
        assert told(Decimal("123456789")) == "123.456.789"
        assert told(Decimal("1234.56789")) == "1.234,56789"
