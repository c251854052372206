"""Sorting: what luck earns, what counts as right, what an editor is told."""

from itertools import product
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st
from wagtail.blocks.struct_block import StructBlockValidationError

from courses.exercises.grading import Exercise, ExerciseState, render, render_paper
from courses.exercises.types.base import AnswerError
from courses.exercises.types.sorting import TYPE, fullest_share
from courses.exercises.types.sorting.examples import VALUE, form

IDS = ["a", "b", "c", "d"]


def value(*homes: str, also: dict[int, list[str]] | None = None) -> dict[str, Any]:
    """Return an exercise whose cards belong to these categories."""
    names = sorted(
        set("".join(homes)) | {i for each in (also or {}).values() for i in each}
    )
    return {
        "key": "wohin",
        "question": "Wohin gehört was?",
        "categories": [{"id": name, "text": f"Kategorie {name}"} for name in names],
        "items": [
            {
                "text": f"Karte {number}",
                "category": home,
                "also": (also or {}).get(number, []),
                "feedback": f"Grund {number}",
            }
            for number, home in enumerate(homes)
        ],
    }


def exercise(raw: dict[str, Any], seed: str = "") -> Exercise:
    definition = TYPE.block().to_python(raw)
    return Exercise("sorting", raw["key"], "0a1b2c3d", definition, seed)


def errors(raw: dict[str, Any]) -> dict[str, Any]:
    with pytest.raises(StructBlockValidationError) as caught:
        TYPE.block().clean(TYPE.block().to_python(raw))
    return caught.value.block_errors


def said(found: Any, number: int, field: str) -> str:
    """Return what is said at a field of an entry."""
    error = found.block_errors[number].block_errors[field]
    return str(getattr(error, "non_block_errors", None) or error)


@st.composite
def sortings(draw: st.DrawFn) -> dict[str, Any]:
    """Return exercises that an editor may save."""
    known = IDS[: draw(st.integers(2, 4))]
    rest = draw(st.lists(st.sampled_from(known), min_size=1, max_size=8))
    homes = [*known, *rest]
    other = st.lists(st.sampled_from(known), max_size=len(known) - 2, unique=True)
    return value(*homes, also={0: draw(other)})


# --- Grading --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ([0, 0, 0, 1, 1], 100),
        ([0, 0, 0, 1, 0], 50),
        ([0, 0, 0, 0, 0], 0),
        ([1, 1, 1, 1, 1], 0),
        ([0, 0, 1, 1, 1], 50),
        ([1, 1, 1, 0, 0], 0),
    ],
)
def test_what_the_fullest_category_gets_right_earns_nothing(answer, expected) -> None:
    assert exercise(value("a", "a", "a", "b", "b")).grade(answer).score == expected


@given(sortings())
def test_putting_all_cards_into_one_category_earns_nothing(raw) -> None:
    one = exercise(raw)
    count = len(raw["items"])

    for category in range(len(raw["categories"])):
        assert one.grade([category] * count).score == 0


@given(sortings(), st.data())
def test_a_card_is_right_where_it_belongs_and_where_it_may(raw, data) -> None:
    one = exercise(raw)
    count = st.integers(0, len(raw["categories"]) - 1)
    length = len(raw["items"])
    answer = data.draw(st.lists(count, min_size=length, max_size=length))
    grade = one.grade(answer)

    assert 0 <= grade.score <= 100
    for chosen, item, mark in zip(answer, raw["items"], grade.marks, strict=True):
        right = [item["category"], *item["also"]]
        assert mark == ("right" if IDS[chosen] in right else "wrong")
    assert grade.solved == (set(grade.marks) == {"right"})


def test_the_chance_to_guess_counts_every_category_that_is_right() -> None:
    one = exercise(value("a", "b", "c", also={0: ["b"]}))
    solved = [one.grade(list(a)).solved for a in product(range(3), repeat=3)]

    assert one.type.guess_chance(one.definition) == sum(solved) / len(solved)
    assert fullest_share(one.definition) == 2 / 3


@given(sortings(), st.text(max_size=8), st.data())
def test_a_form_is_read_as_it_was_shown(raw, seed, data) -> None:
    one = exercise(raw, seed)
    count = st.integers(0, len(raw["categories"]) - 1)
    length = len(raw["items"])
    answer = data.draw(st.lists(count, min_size=length, max_size=length))
    posted = QueryDict(mutable=True)
    posted.update(
        {f"item-{p['position']}": str(p["chosen"]) for p in one.parts(answer, None)}
    )

    assert one.read_answer(posted) == answer


# --- Answers --------------------------------------------------------------------------


@pytest.mark.parametrize("chosen", [(0, None, 1, 2), (None,) * 4])
def test_what_is_not_sorted_yet_is_asked_for_and_the_rest_kept(chosen) -> None:
    with pytest.raises(AnswerError, match="alle Karten einordnen") as caught:
        exercise(VALUE).read_answer(QueryDict(form(*chosen)))

    assert caught.value.given == list(chosen)
    html = render(exercise(VALUE), ExerciseState.refused(caught.value))
    assert html.count(" checked") == sum(each is not None for each in chosen)
    assert "forecast." not in html


@pytest.mark.parametrize("posted", ["3", "-1", "x", "²"])
def test_what_is_no_category_is_no_answer(posted) -> None:
    with pytest.raises(AnswerError):
        exercise(VALUE).read_answer(
            QueryDict("&".join(f"item-{i}={posted}" for i in range(4)))
        )


# --- Pages ----------------------------------------------------------------------------


def test_the_cards_never_lie_sorted_as_the_author_wrote_them() -> None:
    for seed in ("", "a", "b"):
        parts = exercise(value("a", "a", "b", "b"), seed).parts(None, None)
        assert [str(p["text"].source) for p in parts] != [
            f"Karte {i}" for i in range(4)
        ]


def test_every_category_that_is_right_is_named_after_the_answer() -> None:
    one = exercise(value("a", "b", "c", also={0: ["b"]}))
    cards = {
        " ".join(card.select_one("legend").get_text().split()): " ".join(
            card.select_one(".option-feedback").get_text(" ").split()
        )
        for card in BeautifulSoup(
            render(one, ExerciseState(0, [2, 1, 2])), "html.parser"
        ).select(".sortable")
    }

    assert cards == {
        "Karte 0": "Das passt nicht. Richtig ist: Kategorie a oder Kategorie b Grund 0",
        "Karte 1": "Das passt. Grund 1",
        "Karte 2": "Das passt. Grund 2",
    }
    html = render(one, ExerciseState(100, [1, 1, 2]))
    assert "Auch möglich: Kategorie a" in html
    assert "2 von 3 Karten passen." in render(one, ExerciseState(0, [2, 1, 2]))


def test_the_sheet_has_a_box_for_each_category_and_the_solution_crosses_them() -> None:
    one = exercise(value("a", "b", "c", also={0: ["b"]}))
    blank = BeautifulSoup(render_paper(one, number=1), "html.parser")
    solved = BeautifulSoup(render_paper(one, number=1, solved=True), "html.parser")
    boxes = [box.get_text() for box in solved.select(".paper-box")]

    assert [box.get_text() for box in blank.select(".paper-box")] == [""] * 9
    assert boxes.count("×") == 4


# --- The editor's form ----------------------------------------------------------------


def test_a_category_that_does_not_exist_is_named_with_those_that_do() -> None:
    raw = value("a", "a", "b")
    raw["items"][1]["category"] = "x"
    raw["items"][2]["also"] = ["y"]
    found = errors(raw)["items"]

    assert "„x“ gibt es nicht. Es gibt: a, b." in said(found, 1, "category")
    assert "„y“ gibt es nicht. Es gibt: a, b." in said(found, 2, "also")


def test_a_card_that_fits_everywhere_is_refused() -> None:
    found = errors(value("a", "b", "b", also={1: ["a"]}))["items"]

    assert "jede Kategorie richtig" in said(found, 1, "also")


def test_a_card_that_stands_there_twice_is_refused() -> None:
    raw = value("a", "a", "b")
    raw["items"][1]["text"] = "<b>Karte</b> 0"

    assert "gibt es schon" in said(errors(raw)["items"], 1, "text")


@pytest.mark.parametrize(
    ("field", "message"),
    [("id", "hat schon eine andere Kategorie"), ("text", "Diesen Namen hat schon")],
)
def test_two_categories_of_one_name_are_refused(field, message) -> None:
    raw = value("a", "a", "b")
    raw["categories"][1][field] = raw["categories"][0][field]

    assert message in said(errors(raw)["categories"], 1, field)


def test_a_category_without_cards_is_refused() -> None:
    raw = value("a", "a", "b")
    raw["categories"].append({"id": "c", "text": "Kategorie c"})

    assert "gehört keine Karte" in said(errors(raw)["categories"], 2, "id")


def test_cards_that_all_fit_one_category_are_refused() -> None:
    raw = value("a", "a", "b", also={0: ["b"], 1: ["b"], 2: ["c"]})
    found = errors(raw)["items"]

    assert "nichts einzuordnen" in str(found.non_block_errors)


@pytest.mark.parametrize("homes", ["ab", "abcde", "ab" * 7])
def test_too_few_and_too_many_are_refused(homes) -> None:
    assert set(errors(value(*homes))) & {"items", "categories"}
