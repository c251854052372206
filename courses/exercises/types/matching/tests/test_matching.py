"""Matching: what luck earns, what is kept, what an editor is told."""

import math
from itertools import permutations
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st
from wagtail.blocks.struct_block import StructBlockValidationError

from courses.exercises.grading import Exercise, ExerciseState, render, render_paper
from courses.exercises.types.base import AnswerError
from courses.exercises.types.matching import TYPE
from courses.exercises.types.matching.examples import VALUE, form


def value(pairs: int, distractors: int = 0) -> dict[str, Any]:
    return {
        "key": "was-passt",
        "question": "Was passt?",
        "pairs": [
            {"left": f"Links {i}", "right": f"Rechts {i}", "feedback": f"Grund {i}"}
            for i in range(pairs)
        ],
        "distractors": [f"Übrig {i}" for i in range(distractors)],
    }


def exercise(raw: dict[str, Any], seed: str = "") -> Exercise:
    definition = TYPE.block().to_python(raw)
    return Exercise("matching", raw["key"], "0a1b2c3d", definition, seed)


def score(answer: list[int], pairs: int, distractors: int = 0) -> int:
    return exercise(value(pairs, distractors)).grade(answer).score


def clean(raw: dict[str, Any]) -> None:
    TYPE.block().clean(TYPE.block().to_python(raw))


def errors(raw: dict[str, Any]) -> dict[str, Any]:
    with pytest.raises(StructBlockValidationError) as caught:
        clean(raw)
    return caught.value.block_errors


# --- Grading --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ([0, 1, 2, 3], 100),
        ([0, 1, 3, 2], 33),
        ([0, 2, 3, 1], 0),
        ([1, 0, 3, 2], 0),
        ([0, 1, 2, 4], 67),
    ],
)
def test_the_first_hit_counts_nothing(answer, expected) -> None:
    assert score(answer, 4, distractors=1) == expected


@pytest.mark.parametrize("pairs", [2, 3, 4, 5])
def test_cards_laid_at_random_hit_one_pair_on_average(pairs) -> None:
    one = exercise(value(pairs))
    grades = [one.grade(list(laid)) for laid in permutations(range(pairs))]

    hits = sum(grade.marks.count("right") for grade in grades)
    assert hits == len(grades)
    assert sum(grade.solved for grade in grades) == 1
    assert TYPE.guess_chance(one.definition) == 1 / len(grades)


def test_cards_that_fit_nothing_make_guessing_harder() -> None:
    one = exercise(value(2, distractors=2))

    assert TYPE.guess_chance(one.definition) == 1 / math.perm(4, 2)


@given(st.integers(2, 8), st.integers(0, 4), st.data())
def test_only_the_right_cards_solve_it(pairs, distractors, data) -> None:
    one = exercise(value(pairs, distractors))
    answer = data.draw(st.permutations(range(pairs + distractors)))[:pairs]
    grade = one.grade(answer)

    assert 0 <= grade.score <= 100
    assert grade.solved == (answer == list(range(pairs)))


@given(st.integers(2, 8), st.integers(0, 4), st.text(max_size=8), st.data())
def test_a_form_is_read_as_it_was_shown(pairs, distractors, seed, data) -> None:
    one = exercise(value(pairs, distractors), seed)
    answer = data.draw(st.permutations(range(pairs + distractors)))[:pairs]
    parts = one.parts(answer, None)
    posted = QueryDict(mutable=True)
    posted.update({f"pair-{p['index']}": str(p["chosen"]["position"]) for p in parts})

    assert one.read_answer(posted) == answer
    # Every card is named by its letter, and by nothing that tells whose it is.
    letters = [choice["letter"] for choice in parts[0]["choices"]]
    assert letters == sorted(letters)


# --- Answers --------------------------------------------------------------------------


def test_an_open_line_is_named_and_the_others_are_kept() -> None:
    with pytest.raises(AnswerError, match="noch etwas offen") as caught:
        exercise(VALUE).read_answer(QueryDict(form(1, None, 2)))

    assert caught.value.given == [1, None, 2]
    html = render(exercise(VALUE), ExerciseState.refused(caught.value))
    page = BeautifulSoup(html, "html.parser")
    chosen = [each.get_text() for each in page.select("option[selected]")]
    assert [text[3:].strip() for text in chosen] == [
        "Whom she writes to & when",
        "The words themselves",
    ]
    assert "packets" not in html


def test_a_card_is_not_taken_twice() -> None:
    with pytest.raises(AnswerError, match="Karte [A-D] ist zweimal gewählt") as caught:
        exercise(VALUE).read_answer(QueryDict(form(1, 1, 2)))

    assert caught.value.given == [1, 1, 2]


@pytest.mark.parametrize("posted", ["4", "-1", "x", "²", "1&pair-0=x"])
def test_what_is_no_card_is_no_answer(posted) -> None:
    with pytest.raises(AnswerError):
        exercise(VALUE).read_answer(QueryDict(f"pair-1={posted}"))


# --- Pages ----------------------------------------------------------------------------


def test_the_cards_never_lie_in_the_order_of_the_lines() -> None:
    for seed in ("", "a", "b", "c"):
        one = exercise(value(3), seed)
        choices = one.parts(None, None)[0]["choices"]
        assert [str(c["text"].source) for c in choices] != [
            f"Rechts {i}" for i in range(3)
        ]


def test_the_right_card_is_said_in_words() -> None:
    html = render(exercise(value(3)), ExerciseState(0, [1, 0, 2]))
    lines = [
        line.get_text(" ", strip=True)
        for line in BeautifulSoup(html, "html.parser").select(".pair")
    ]

    assert "Das passt nicht. Richtig ist:" in lines[0]
    assert lines[0].endswith("Rechts 0 Grund 0")
    assert "Das passt." in lines[2]
    assert "1 von 3 Paaren passt." in html


def test_the_sheet_has_boxes_for_letters_and_the_solution_fills_them() -> None:
    blank = BeautifulSoup(render_paper(exercise(value(3)), number=1), "html.parser")
    solved = render_paper(exercise(value(3)), number=1, solved=True)
    cards = [
        c["letter"]
        for p in exercise(value(3)).parts(None, None)[:1]
        for c in p["choices"]
    ]
    boxes = BeautifulSoup(solved, "html.parser").select(".paper-box")

    assert [box.get_text() for box in blank.select(".paper-box")] == ["", "", ""]
    assert sorted(box.get_text() for box in boxes) == cards


# --- The editor's form ----------------------------------------------------------------


def test_a_text_that_stands_on_the_left_twice_is_refused_where_it_stands() -> None:
    raw = value(3)
    raw["pairs"][2]["left"] = "<b>Links</b> 0"
    found = errors(raw)["pairs"].block_errors

    assert list(found) == [2]
    assert "steht links schon" in str(found[2].block_errors["left"])


def test_cards_with_the_same_text_are_refused_and_sorting_is_recommended() -> None:
    raw = value(3, distractors=2)
    raw["pairs"][1]["right"] = "Rechts 0"
    raw["distractors"][1] = "Rechts 2"
    found = errors(raw)

    pair = found["pairs"].block_errors[1].block_errors["right"]
    assert "hilft die Aufgabe „Einordnen“" in str(pair)
    assert "gibt es schon" in str(found["distractors"].block_errors[1])


@pytest.mark.parametrize("pairs", [1, 9])
def test_too_few_and_too_many_pairs_are_refused(pairs) -> None:
    assert "pairs" in errors(value(pairs))
