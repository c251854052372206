"""Grading is pure: an answer and a definition in, a grade out."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st
from wagtail.rich_text import RichText

from courses.exercises.grading import Exercise, ExerciseState, render
from courses.exercises.registry import question_types
from courses.exercises.types.base import AnswerError, plain, read_number
from courses.exercises.types.estimate.examples import VALUE as ESTIMATE
from courses.exercises.types.short_answer.examples import VALUE as SHORT_ANSWER
from tests.factories import multiple_choice, option, single_choice


def exercise(block: dict) -> Exercise:
    types = question_types()
    value = types[block["type"]].block().to_python(block["value"])
    key = block["value"]["key"]
    return Exercise(block["type"], key, "0a1b2c3d4e", value)


def test_the_shipped_types_are_found_by_scanning() -> None:
    assert {"multiple_choice", "single_choice"} <= set(question_types())


@pytest.mark.parametrize(
    ("answer", "score", "marks"),
    [([1], 100, ("left", "right")), ([0], 0, ("wrong", "missed"))],
)
def test_single_choice_is_right_or_wrong(answer, score, marks) -> None:
    grade = exercise(single_choice()).grade(answer)
    assert (grade.score, grade.marks) == (score, marks)


@pytest.mark.parametrize(
    ("answer", "score"),
    [
        ([0, 2], 100),
        ([0], 50),
        ([0, 1], 0),
        ([0, 1, 2], 50),
        ([0, 1, 2, 3], 0),
        ([1], 0),
    ],
)
def test_multiple_choice_gives_partial_credit_but_none_for_ticking_all(
    answer, score
) -> None:
    assert exercise(multiple_choice()).grade(answer).score == score


@given(
    st.lists(st.booleans(), min_size=2, max_size=10).filter(
        lambda flags: any(flags) and not all(flags)
    ),
    st.data(),
)
def test_only_the_exact_answer_solves_a_multiple_choice(flags, data) -> None:
    options = [option(f"Nummer {i}", correct=flag) for i, flag in enumerate(flags)]
    one = exercise(multiple_choice(options=options))
    answer = data.draw(st.sets(st.integers(0, len(flags) - 1), min_size=1))
    right = {i for i, flag in enumerate(flags) if flag}
    grade = one.grade(sorted(answer))
    assert 0 <= grade.score <= 100
    assert grade.solved == (answer == right)


@pytest.mark.parametrize(
    "posted",
    ["", "option=7", "option=-1", "option=²", "option=x", "option=" + "9" * 5000],
)
def test_an_empty_or_impossible_answer_is_refused_with_advice(posted) -> None:
    with pytest.raises(AnswerError, match="Antwort"):
        exercise(single_choice()).read_answer(QueryDict(posted))


def test_two_choices_at_once_are_no_answer_to_a_single_choice() -> None:
    with pytest.raises(AnswerError):
        exercise(single_choice()).read_answer(QueryDict("option=0&option=1"))


def test_a_fresh_exercise_holds_neither_feedback_nor_solution() -> None:
    html = render(exercise(multiple_choice()), action="/kurse/a/b/antwort/c/")
    assert "Warum" not in html
    assert "checked" not in html
    assert "is-right" not in html


def test_an_answered_exercise_explains_every_option() -> None:
    html = render(exercise(multiple_choice()), ExerciseState(50, [0]))
    assert html.count("Warum") == 4
    assert "Wäre richtig gewesen" in html


def test_of_one_right_answer_the_others_are_explained_without_a_verdict() -> None:
    html = render(exercise(single_choice()), ExerciseState(0, [0]))
    assert html.count("Warum") == 2
    assert "Das ist die richtige Antwort." in html
    html = render(exercise(single_choice()), ExerciseState(100, [1]))
    assert html.count("Warum") == 2
    assert html.count("option-mark") == 1


def test_what_was_given_so_far_stays_when_an_answer_is_refused() -> None:
    error = AnswerError("Da fehlt noch etwas.", given=[0])
    html = render(exercise(multiple_choice()), ExerciseState.refused(error, 50))
    assert html.count(" checked") == 1
    assert "Da fehlt noch etwas." in html
    assert "Warum" not in html
    assert "is-right" not in html


@pytest.mark.parametrize("text", [" <p>A &amp; <b>B</b>\n C</p>", "A &amp; B C"])
def test_a_rich_text_is_compared_by_its_words(text) -> None:
    assert plain(RichText(text)) == plain(text) == "A & B C"


def test_the_fingerprint_is_the_same_in_every_language() -> None:
    german = exercise(single_choice())
    english = exercise(
        single_choice(
            question="How does the weather app earn money?",
            options=[option("By umbrellas"), option("By ads", correct=True)],
        )
    )
    assert german.fingerprint == english.fingerprint


def test_the_fingerprint_changes_with_what_is_correct() -> None:
    before = exercise(single_choice())
    after = exercise(
        single_choice(options=[option("Mit Schirmen", correct=True), option("Anders")])
    )
    assert before.fingerprint != after.fingerprint


@pytest.mark.parametrize(
    ("value", "name", "field"),
    [(ESTIMATE, "estimate", "estimate"), (SHORT_ANSWER, "short_answer", "answer")],
)
def test_of_a_field_sent_twice_the_last_counts(value, name: str, field: str) -> None:
    kind = question_types()[name]
    definition = kind.block().to_python(value)

    assert kind.read_answer(definition, QueryDict(f"{field}=10&{field}=20")) == "20"


def test_of_a_number_sent_twice_the_last_counts() -> None:
    assert read_number(QueryDict("place=0&place=1"), "place", 3) == 1
    assert read_number(QueryDict("place=1&place=7"), "place", 3) is None
    assert read_number(QueryDict(""), "place", 3) is None
