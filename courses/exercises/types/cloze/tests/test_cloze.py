"""Cloze: gaps stand in the text, forgive slips of the hand and tell nothing before."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st
from wagtail.blocks.struct_block import StructBlockValidationError

from courses.exercises.grading import Exercise, ExerciseState, render
from courses.exercises.types.cloze import TYPE


def gap(name: str, *accepted: str, options: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "name": name,
        "accepted": list(accepted),
        "options": list(options),
        "feedback": f"Warum {name}.",
    }


def value(text: str, *gaps: dict[str, Any]) -> dict[str, Any]:
    return {"key": "a", "question": "Was fehlt?", "text": text, "gaps": list(gaps)}


def exercise(text: str, *gaps: dict[str, Any]) -> Exercise:
    definition = TYPE.block().to_python(value(text, *gaps))
    return Exercise("cloze", "a", "0a1b2c3d", definition)


KEY = exercise("<p>Ein {{x}} hilft.</p>", gap("x", "Schlüssel", "Code"))
CHOICE = gap("wo", "Zebra", options=("Zebra", "Affe", "Ähre"))


def graded(one: Exercise, *given: str | int | None) -> tuple[int, tuple[str, ...]]:
    grade = one.grade(list(given))
    return grade.score, grade.marks


@pytest.mark.parametrize(
    "typed", ["Schlüssel", "schluessel ", "SCHLÜSSEL.", "Schlüsel", "Schlussel", "code"]
)
def test_case_umlauts_and_one_slip_are_forgiven(typed: str) -> None:
    assert graded(KEY, typed) == (100, ("right",))


@pytest.mark.parametrize(
    "typed", ["kein Schlüssel", "Schlüssel Code", "Schloss", "Kode", "die Schlüssel"]
)
def test_another_word_or_several_are_wrong(typed: str) -> None:
    assert graded(KEY, typed) == (0, ("wrong",))


def test_a_slip_is_shown_corrected_and_other_forms_are_named() -> None:
    html = render(KEY, ExerciseState(100, ["Schlüsel"]))

    assert "Richtig. Geschrieben wird es „Schlüssel“." in html
    assert "Auch möglich: Code" in " ".join(
        BeautifulSoup(html, "html.parser").get_text().split()
    )


def test_what_would_have_been_right_is_said_at_wrong_and_empty_gaps() -> None:
    one = exercise("<p>{{x}} und {{y}}</p>", gap("x", "Tor"), gap("y", "Tür"))
    html = render(one, ExerciseState(0, ["Zaun", None]))

    assert "„Zaun“ passt hier nicht. Richtig ist „Tor“." in html
    assert "Diese Lücke ist leer. Richtig ist „Tür“." in html


@pytest.mark.parametrize(
    ("given", "score", "marks"),
    [
        (("Tor", 0), 100, ("right", "right")),
        (("Tor", 1), 25, ("right", "wrong")),
        (("Tor", None), 50, ("right", "missed")),
        (("Zaun", 0), 50, ("wrong", "right")),
        ((None, 2), 0, ("missed", "wrong")),
    ],
)
def test_a_wrong_option_takes_away_what_guessing_brings(given, score, marks) -> None:
    one = exercise("<p>{{x}} {{wo}}</p>", gap("x", "Tor"), CHOICE)

    assert graded(one, *given) == (score, marks)


@given(st.lists(st.integers(2, 8), min_size=1, max_size=6), st.data())
def test_only_the_right_options_solve_it(counts, data) -> None:
    gaps = [
        gap(f"n{i}", "0", options=tuple(map(str, range(count))))
        for i, count in enumerate(counts)
    ]
    one = exercise(" ".join(f"{{{{n{i}}}}}" for i in range(len(gaps))), *gaps)
    answer = [data.draw(st.sampled_from([None, *range(count)])) for count in counts]
    grade = one.grade(answer)

    assert 0 <= grade.score <= 100
    assert grade.solved == (answer == TYPE.solution(one.definition))


@given(st.permutations(["Zebra", "Affe", "Ähre", "Biene"]))
def test_options_look_the_same_in_whatever_order_they_were_written(options) -> None:
    one = exercise("<p>{{wo}}</p>", gap("wo", options[0], options=tuple(options)))
    page = BeautifulSoup(render(one), "html.parser")
    shown = [(o["value"], o.get_text()) for o in page.select("option")][1:]

    assert shown == [("1", "Ähre"), ("2", "Affe"), ("3", "Biene"), ("4", "Zebra")]
    place = next(number for number, text in shown if text == options[0])
    assert one.grade(one.read_answer(QueryDict(f"gap-0={place}"))).solved


def test_numbers_to_choose_from_are_shown_by_size() -> None:
    one = exercise("{{n}}", gap("n", "1.000", options=("1.000", "20", "3,5")))
    [part] = TYPE.parts(one.definition, None, None)

    assert [option["text"] for option in part["options"]] == ["3,5", "20", "1.000"]


@pytest.mark.parametrize("posted", ["0", "4", "-1", "²", "Zebra"])
def test_an_option_that_is_not_shown_is_not_read(posted: str) -> None:
    one = exercise("{{x}} {{wo}}", gap("x", "Tor"), CHOICE)
    form = QueryDict(mutable=True)
    form.update({"gap-0": "Tor", "gap-1": posted})

    assert one.read_answer(form) == ["Tor", None]


def test_gaps_are_counted_as_they_stand_in_the_text_whatever_their_order() -> None:
    one = exercise(
        "<p>Erst {{b}}, dann <b>{{a}}</b>.</p>", gap("a", "Tor"), gap("b", "Tür")
    )
    page = BeautifulSoup(render(one), "html.parser")

    assert [
        (label.get_text(), label.select_one("input")["name"])
        for label in page.select("label")
    ] == [("Lücke 1 von 21", "gap-1"), ("Lücke 2 von 22", "gap-0")]
    text = page.select_one(".cloze p")
    for each in text.select("label"):
        each.decompose()
    assert str(text) == "<p>Erst , dann <b></b>.</p>"


def test_a_gap_touches_the_signs_around_it() -> None:
    html = render(exercise("<p>({{x}})</p>", gap("x", "Tor")))

    assert "<p>(<label" in html
    assert "</label>)</p>" in html


def test_every_field_is_alike_so_that_none_tells_its_word() -> None:
    one = exercise(
        "{{a}} {{b}}", gap("a", "Ei"), gap("b", "Zwei-Faktor-Authentifizierung")
    )
    page = BeautifulSoup(render(one), "html.parser")
    first, second = (field.attrs for field in page.select("input"))

    assert first | {"name": ""} == second | {"name": ""}


def test_a_typed_answer_is_shown_as_text_and_nothing_else() -> None:
    html = render(KEY, ExerciseState(0, ['"><script>alert(1)</script>']))

    assert "<script" not in html


def test_a_new_accepted_form_makes_another_exercise_of_it() -> None:
    same = exercise("<p>Der {{x}}.</p>", gap("x", "code", "Schluessel"))
    other = exercise("<p>Ein {{x}} hilft.</p>", gap("x", "Schlüssel"))

    assert same.fingerprint == KEY.fingerprint
    assert other.fingerprint != KEY.fingerprint


# --- The editor's form --------------------------------------------------------------


def problems(text: str, *gaps: dict[str, Any]) -> dict[str, Any]:
    block = TYPE.block()
    with pytest.raises(StructBlockValidationError) as caught:
        block.clean(block.to_python(value(text, *gaps)))
    return caught.value.block_errors


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<p>{{x}} {{y}}</p>", "{{y}} steht im Text, aber"),
        ("<p>{{x}} {{x}}</p>", "{{x}} steht zweimal im Text"),
        ("<p>{{x}} {{X}}</p>", "„{{X}}“ ist keine Lücke"),
        ("<p>{{x}} {{b<b>raun</b>}}</p>", "„{{b“ ist keine Lücke"),
        ("<p>{{x}} braun}}</p>", "„}}“ ist keine Lücke"),
        ('<p><a href="https://a.de">hier {{x}}</a></p>', "in einem Link"),
        (
            '<p><a linktype="glossary" id="cookie">{{x}}</a></p>',
            "in einem Link oder Glossarbegriff",
        ),
    ],
)
def test_a_marker_that_is_no_gap_is_refused_at_the_text(text, message) -> None:
    assert message in str(problems(text, gap("x", "Tor"))["text"])


@pytest.mark.parametrize(
    ("gaps", "message"),
    [
        ([gap("x", "Tor"), gap("y", "Tür")], "„y“ fehlt im Text: dort {{y}} schreiben"),
        ([gap("x", "Tor"), gap("x", "Tür")], "Zwei Lücken heißen „x“"),
    ],
)
def test_a_gap_that_is_not_in_the_text_is_refused(gaps, message) -> None:
    assert message in str(problems("<p>{{x}}</p>", *gaps)["gaps"].non_block_errors)


@pytest.mark.parametrize(
    ("one", "field", "message"),
    [
        (gap("x", "Hund", options=("Affe", "Biene")), "accepted", "nicht in der Ausw"),
        (gap("x", "Affe", "Biene", options=("Affe", "Biene")), "accepted", "sind es 2"),
        (gap("x", "Affe", options=("Affe",)), "options", "mindestens zwei"),
        (gap("x", "Affe", options=("Affe", "Affe")), "options", "steht zweimal da"),
        (gap("x", "Tor", "…"), "accepted", "weder Buchstaben noch Ziffern"),
    ],
)
def test_a_gap_that_cannot_be_filled_is_refused_at_its_field(
    one, field, message
) -> None:
    errors = problems("<p>{{x}}</p>", one)["gaps"].block_errors[0].block_errors

    assert message in str(errors[field].non_block_errors)
