"""True or false: undecided is allowed, guessing earns nothing, reasons count."""

from itertools import product
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st
from wagtail.blocks.struct_block import StructBlockValidationError

from courses.exercises.grading import Exercise, ExerciseState, render
from courses.exercises.types.base import Recall, Sureness
from courses.exercises.types.statements import TYPE


def reason(words: str, *, correct: bool = False) -> dict[str, Any]:
    return {"text": words, "correct": correct, "feedback": f"Zu „{words}“."}


def statement(words: str, correct: bool, reasons: int = 0) -> dict[str, Any]:
    """Return a statement; the last of its reasons is the right one."""
    return {
        "text": words,
        "correct": correct,
        "feedback": f"Warum „{words}“ so ist.",
        "reasons": [
            reason(f"Grund {i}", correct=i == reasons - 1) for i in range(reasons)
        ],
    }


def exercise(*statements: dict[str, Any]) -> Exercise:
    value = {"key": "a", "question": "Was stimmt?", "statements": list(statements)}
    return Exercise("statements", "a", "0a1b2c3d", TYPE.block().to_python(value))


def kinds(*reasons: int) -> list[dict[str, Any]]:
    """Return statements with so many reasons each, true and false in turn."""
    return [
        statement(f"Nummer {i}", i % 2 == 0, count) for i, count in enumerate(reasons)
    ]


PAIR = exercise(*kinds(0, 3))
some_reasons = st.lists(st.sampled_from([0, 2, 3, 4]), min_size=2, max_size=8)


@pytest.mark.parametrize(
    ("answer", "score", "marks"),
    [
        ([[True, None], [False, 2]], 100, ("right", "right")),
        ([[True, None], [False, 0]], 75, ("right", "partly")),
        ([[True, None], [False, None]], 75, ("right", "partly")),
        ([[True, None], [None, None]], 50, ("right", "missed")),
        ([[True, None], [True, 2]], 17, ("right", "wrong")),
        ([[False, None], [False, 2]], 0, ("wrong", "right")),
        ([[None, None], [None, None]], 0, ("missed", "missed")),
    ],
)
def test_a_right_judgement_counts_in_full_with_its_reason(answer, score, marks) -> None:
    grade = PAIR.grade(answer)

    assert (grade.score, grade.marks) == (score, marks)


@given(some_reasons)
def test_each_statement_guessed_blindly_brings_nothing_on_average(reasons) -> None:
    for each in kinds(*reasons):
        one = exercise(each, statement("Anders", True))
        choices = product([True, False], range(max(1, len(each["reasons"]))))
        # Beside a right one, so that what is taken away is seen.
        scores = [
            one.grade([[judged, number if each["reasons"] else None], [True, None]])
            for judged, number in choices
        ]
        average = sum(grade.score for grade in scores) / len(scores)
        assert average == pytest.approx(50, abs=0.5)


@given(some_reasons, st.data())
def test_only_what_is_wholly_right_solves_it(reasons, data) -> None:
    one = exercise(*kinds(*reasons))
    answer = [
        [
            data.draw(st.sampled_from([True, False, None])),
            data.draw(st.sampled_from([None, *range(count)])),
        ]
        for count in reasons
    ]
    grade = one.grade(answer)

    assert 0 <= grade.score <= 100
    assert grade.solved == (answer == TYPE.solution(one.definition))
    assert grade.solved == (set(grade.marks) == {"right"})


def test_a_reason_without_a_judgement_is_no_answer() -> None:
    given = PAIR.read_answer(QueryDict("judgement-0=true&reason-1=2"))

    assert given == [[True, None], [None, None]]


@pytest.mark.parametrize("posted", ["7", "-1", "²", "", "x" * 5000])
def test_a_reason_that_does_not_exist_is_none(posted: str) -> None:
    form = QueryDict(mutable=True)
    form.update({"judgement-1": "false", "reason-1": posted})

    assert PAIR.read_answer(form) == [[None, None], [False, None]]


def test_saying_everywhere_that_one_does_not_know_is_an_answer() -> None:
    form = QueryDict("judgement-0=undecided&judgement-1=undecided")
    answer = PAIR.read_answer(form)
    html = render(PAIR, ExerciseState(0, answer))

    assert PAIR.grade(answer).score == 0
    assert "Nicht eingeschätzt: Die Aussage stimmt." in html
    assert html.count("Warum „Nummer") == 2


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ([[True, None], [False, 2]], "Richtig eingeschätzt: Die Aussage ist falsch."),
        ([[True, None], [False, 1]], "Richtig eingeschätzt, aber der Grund ist ein"),
        ([[True, None], [False, None]], "Richtig eingeschätzt, aber der Grund fehlt"),
        ([[False, None], [False, 2]], "Nicht richtig eingeschätzt: Die Aussage stimmt"),
    ],
)
def test_what_became_of_a_statement_is_said_in_words(answer, said) -> None:
    assert said in render(PAIR, ExerciseState(0, answer))


@pytest.mark.parametrize(
    ("reasons", "sureness", "rating"),
    [
        ((0, 0), None, Recall.HARD),
        ((0, 0), Sureness.SURE, Recall.GOOD),
        ((0, 0), Sureness.GUESSED, Recall.AGAIN),
        ((0, 0, 0), None, Recall.GOOD),
        ((2, 2), None, Recall.GOOD),
        ((2, 2), Sureness.GUESSED, Recall.AGAIN),
    ],
)
def test_two_lucky_guesses_are_not_taken_for_knowledge(
    reasons, sureness, rating
) -> None:
    one = exercise(*kinds(*reasons))
    solved = one.grade(TYPE.solution(one.definition))

    assert TYPE.rating(one.definition, solved, sureness) == rating


def test_a_seed_moves_statements_and_reasons_but_not_their_numbers() -> None:
    definition = exercise(*kinds(4, 0, 0, 0)).definition
    moved = TYPE.parts(definition, None, None, seed="b")
    first = next(part for part in moved if part["index"] == 0)

    assert [part["index"] for part in moved] != [0, 1, 2, 3]
    assert [part["number"] for part in moved] == [1, 2, 3, 4]
    assert sorted(each["index"] for each in first["reasons"]) == [0, 1, 2, 3]


# --- The editor's form --------------------------------------------------------------


def refused(*statements: dict[str, Any]) -> StructBlockValidationError:
    block = TYPE.block()
    value = {"key": "a", "question": "Was stimmt?", "statements": list(statements)}
    with pytest.raises(StructBlockValidationError) as caught:
        block.clean(block.to_python(value))
    return caught.value


@pytest.mark.parametrize(
    ("reasons", "message"),
    [
        ([reason("A", correct=True)], "mindestens zwei"),
        ([reason("A"), reason("B")], "jetzt sind es 0"),
        ([reason("A", correct=True), reason("B", correct=True)], "jetzt sind es 2"),
        ([reason("A", correct=True), reason("A")], "denselben Text"),
    ],
)
def test_reasons_that_are_no_choice_are_refused_at_their_statement(
    reasons, message
) -> None:
    error = refused(
        statement("Gut", True), {**statement("So", True), "reasons": reasons}
    )
    at_entry = error.block_errors["statements"].block_errors[1]

    assert message in str(at_entry.block_errors["reasons"].non_block_errors)


def test_a_statement_given_twice_is_refused() -> None:
    error = refused(statement("Gleich", True), statement("Gleich", False))

    assert "denselben Text" in str(error.block_errors["statements"].non_block_errors)


@pytest.mark.parametrize("count", [1, 9])
def test_two_to_eight_statements_are_asked_for(count: int) -> None:
    error = refused(*kinds(*[0] * count))

    assert "statements" in error.block_errors
