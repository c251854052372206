"""Ordering: what a place is worth, what has to move, what an editor is told."""

from itertools import pairwise, permutations
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st
from wagtail.blocks.struct_block import StructBlockValidationError

from courses.exercises.grading import Exercise, ExerciseState, render, render_paper
from courses.exercises.types.base import AnswerError
from courses.exercises.types.ordering import TYPE, kept
from courses.exercises.types.ordering.examples import VALUE, form

each_count = pytest.mark.parametrize("count", [3, 4, 5, 6])
places = st.integers(3, 8).flatmap(lambda count: st.permutations(range(count)))


def value(count: int, **fields: Any) -> dict[str, Any]:
    items = [{"text": f"Schritt {i}", "feedback": f"Grund {i}"} for i in range(count)]
    return {"key": "folge", "question": "Was zuerst?", "items": items, **fields}


def exercise(raw: dict[str, Any], seed: str = "") -> Exercise:
    definition = TYPE.block().to_python(raw)
    return Exercise("ordering", raw["key"], "0a1b2c3d", definition, seed)


def errors(raw: dict[str, Any]) -> dict[str, Any]:
    with pytest.raises(StructBlockValidationError) as caught:
        TYPE.block().clean(TYPE.block().to_python(raw))
    return caught.value.block_errors


def lines(html: str) -> list[str]:
    return [
        " ".join(line.get_text(" ").split())
        for line in BeautifulSoup(html, "html.parser").select(".option-mark")
    ]


# --- Grading --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ([0, 1, 2, 3], 100),
        ([1, 0, 2, 3], 67),
        ([1, 0, 3, 2], 33),
        ([3, 0, 1, 2], 0),
        ([3, 2, 1, 0], 0),
    ],
)
def test_the_score_is_what_goes_beyond_half_of_the_pairs(answer, expected) -> None:
    assert exercise(value(4)).grade(answer).score == expected


@each_count
def test_of_an_order_and_its_reverse_one_earns_nothing(count) -> None:
    one = exercise(value(count))
    for answer in permutations(range(count)):
        there = one.grade(list(answer)).score
        back = one.grade([count - 1 - place for place in answer]).score
        assert min(there, back) == 0


@each_count
def test_guessing_solves_one_order_of_all(count) -> None:
    one = exercise(value(count))
    solved = [one.grade(list(a)).solved for a in permutations(range(count))]

    assert sum(solved) == 1
    assert one.type.guess_chance(one.definition) == 1 / len(solved)


@given(places)
def test_only_the_right_order_solves_it(answer) -> None:
    grade = exercise(value(len(answer))).grade(answer)

    assert 0 <= grade.score <= 100
    assert grade.solved == (answer == sorted(answer))
    assert (set(grade.marks) == {"right"}) == grade.solved


@given(places)
def test_moving_what_is_marked_as_wrong_is_enough(answer) -> None:
    stays = [place for item, place in enumerate(answer) if item in kept(answer)]

    assert all(before < after for before, after in pairwise(stays))


@pytest.mark.parametrize(
    ("answer", "stays"),
    [
        ([0, 1, 2], {0, 1, 2}),
        ([2, 0, 1], {1, 2}),
        ([2, 1, 0], {1}),
        ([3, 2, 1, 0], set()),
        ([4, 0, 1, 2, 3], {1, 2, 3, 4}),
        ([1, 0, 2], {2}),
        ([0, 2, 1, 3], {0, 3}),
        ([1, 0, 3, 2], set()),
    ],
)
def test_what_may_stay_is_not_marked_and_both_of_two_that_changed_places_are(
    answer, stays
) -> None:
    assert kept(answer) == stays


@given(places, st.text(max_size=8))
def test_a_form_is_read_as_it_was_shown(answer, seed) -> None:
    one = exercise(value(len(answer)), seed)
    parts = one.parts(answer, None)
    posted = QueryDict(mutable=True)
    posted.update({f"place-{p['position']}": str(p["place"]) for p in parts})

    assert one.read_answer(posted) == answer
    assert [part["place"] for part in parts] == list(range(len(answer)))


# --- Answers --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        ([None, None, None, None], "zuerst alles"),
        ([0, None, 2, 3], "noch keine Stelle"),
        ([0, 2, 2, 3], "Stelle 3 ist doppelt vergeben"),
        ([0, 2, 2, None], "Stelle 3 ist doppelt vergeben"),
    ],
)
def test_what_is_no_order_yet_is_refused_and_kept(chosen, message) -> None:
    with pytest.raises(AnswerError, match=message) as caught:
        exercise(VALUE).read_answer(QueryDict(form(*chosen)))

    given_so_far = [place for place in chosen if place is not None]
    assert (caught.value.given or [None] * 4) == chosen
    html = render(exercise(VALUE), ExerciseState.refused(caught.value))
    assert html.count(" selected") == len(given_so_far)
    assert "locked" not in html


# --- Pages ----------------------------------------------------------------------------


@given(st.integers(3, 8), st.text(max_size=8))
def test_the_fresh_order_is_never_the_right_one(count, seed) -> None:
    parts = exercise(value(count), seed).parts(None, None)
    shown = [str(part["text"].source) for part in parts]

    assert sorted(shown) == [f"Schritt {i}" for i in range(count)] != shown


def test_what_has_to_move_is_told_where_to() -> None:
    html = render(exercise(value(4)), ExerciseState(0, [3, 0, 1, 2]))

    assert lines(html)[:4] == ["Die Reihenfolge stimmt."] * 3 + [
        "Gehört ganz an den Anfang."
    ]
    assert "3 von 4 stehen schon in der richtigen Reihenfolge." in html
    html = render(exercise(value(4)), ExerciseState(0, [1, 2, 0, 3]))
    assert lines(html)[0] == "Gehört direkt hinter: Schritt 1"


def test_after_the_answer_the_reasons_stand_in_the_right_order() -> None:
    html = render(exercise(value(3)), ExerciseState(0, [2, 1, 0]))
    reasons = BeautifulSoup(html, "html.parser").select(".rank-reasons li")

    assert [" ".join(each.get_text(" ").split()) for each in reasons] == [
        f"Schritt {i} Grund {i}" for i in range(3)
    ]


def test_both_ends_are_named_where_the_author_did() -> None:
    named = exercise(value(3, **{"from": "zuerst", "to": "zuletzt"}))

    assert "von 1 (zuerst) bis 3 (zuletzt)" in render(named)
    assert "Von 1 (zuerst) bis 3 (zuletzt) nummerieren." in render_paper(named)
    assert "von 1 bis 3." in render(exercise(value(3)))


# --- The editor's form ----------------------------------------------------------------


def test_a_text_that_stands_there_twice_is_refused_where_it_stands() -> None:
    raw = value(3)
    raw["items"][2]["text"] = "<i>Schritt</i> 0"
    found = errors(raw)["items"].block_errors

    assert list(found) == [2]
    assert "gibt es schon" in str(found[2].block_errors["text"])


@pytest.mark.parametrize(("given", "missing"), [("from", "to"), ("to", "from")])
def test_one_end_without_the_other_is_refused(given, missing) -> None:
    found = errors(value(3, **{given: "zuerst"}))

    assert "für beide Enden" in str(found[missing])


@pytest.mark.parametrize("count", [2, 9])
def test_too_few_and_too_many_items_are_refused(count) -> None:
    assert "items" in errors(value(count))
