"""Places in a picture: the list means the same, nothing gives the right ones away."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st
from wagtail.blocks.struct_block import StructBlockValidationError

from courses.exercises.grading import (
    Exercise,
    ExerciseState,
    render,
    render_overview,
    render_paper,
)
from courses.exercises.types.base import AnswerError
from courses.exercises.types.hotspot import TYPE, overlap
from courses.exercises.types.hotspot.examples import VALUE
from tests.factories import photo


def region(label: str, *place: float, correct: bool = False) -> dict[str, Any]:
    x, y, width, height = place or (0, 0, 10, 10)
    return {
        "label": label,
        "x": str(x),
        "y": str(y),
        "width": str(width),
        "height": str(height),
        "correct": correct,
        "feedback": f"Grund {label}",
    }


def value(*regions: dict[str, Any]) -> dict[str, Any]:
    """Return an exercise without a picture: what is chosen does not depend on it."""
    return {
        "key": "stellen",
        "question": "Wo?",
        "image": None,
        "image_alt": "Ein Bild.",
        "regions": list(regions),
    }


ROW = value(
    region("A", 0, 0, 20, 20, correct=True),
    region("B", 20, 0, 20, 20),
    region("C", 40, 0, 20, 20, correct=True),
    region("D", 60, 0, 20, 20),
)


def exercise(raw: dict[str, Any] = ROW, seed: str = "") -> Exercise:
    return Exercise(
        "hotspot", raw["key"], "0a1b2c3d", TYPE.block().to_python(raw), seed
    )


def page(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


@pytest.fixture
def picture(db: None) -> int:
    """Store a photo; Wagtail's are looked up when a block is read."""
    return photo().pk


@pytest.mark.parametrize(
    ("form", "score"),
    [
        ("option=0&option=2", 100),
        ("option=0", 50),
        ("option=0&option=1", 0),
        ("option=0&option=1&option=2&option=3", 0),
    ],
)
def test_it_scores_like_a_multiple_choice(form: str, score: int) -> None:
    one = exercise()

    assert one.grade(one.read_answer(QueryDict(form))).score == score


@given(st.lists(st.booleans(), min_size=2, max_size=12), st.data())
def test_only_the_exact_places_solve_it_and_neither_all_nor_some_at_random(
    flags: list[bool], data: st.DataObject
) -> None:
    if all(flags) or not any(flags):
        return
    one = exercise(value(*(region(str(n), correct=f) for n, f in enumerate(flags))))
    answer = data.draw(st.sets(st.integers(0, len(flags) - 1), min_size=1))

    assert one.grade(sorted(answer)).solved == (
        answer == {n for n, flag in enumerate(flags) if flag}
    )
    assert one.grade(list(range(len(flags)))).score == 0


@pytest.mark.parametrize("form", ["", "option=9", "option=²", "spot=0"])
def test_a_form_without_a_place_is_refused_with_advice(form: str) -> None:
    with pytest.raises(AnswerError, match="mindestens eine Stelle"):
        exercise().read_answer(QueryDict(form))


# --- The page -------------------------------------------------------------------------


def test_the_list_is_the_form_and_the_picture_only_comes_with_it() -> None:
    without = page(render(exercise(), action="/x/"))

    assert [each["value"] for each in without.select("[type=checkbox]")] == list("0123")
    assert without.select(".hotspot-frame, button[type=button]") == []
    assert without.select("details[open] [type=checkbox]")


def test_right_and_wrong_places_look_alike_on_a_fresh_page(picture: int) -> None:
    turned = {
        **ROW,
        "image": picture,
        "regions": [
            {**each, "correct": not each["correct"]} for each in ROW["regions"]
        ],
    }

    fresh = render(exercise({**ROW, "image": picture}), action="/x/")
    assert fresh == render(exercise(turned), action="/x/")
    assert "style=" not in fresh
    assert page(fresh).select("img")[0]["alt"] == "Ein Bild."


def test_afterwards_numbers_and_signs_stand_in_the_picture_and_in_the_list(
    picture: int,
) -> None:
    one = exercise({**ROW, "image": picture})
    shown = page(render(one, ExerciseState(answer=[0, 1]), action="/x/"))

    marks = shown.select(".hotspot-mark")
    assert [mark["class"][1] for mark in marks] == [
        "is-right", "is-wrong", "is-missed", "is-left",
    ]  # fmt: skip
    assert [mark.select(".mark-sign use") != [] for mark in marks] == [
        True, True, True, False,
    ]  # fmt: skip
    numbers = [each.get_text() for each in shown.select(".hotspot-number")]
    assert numbers == [mark.select("text")[0].get_text() for mark in marks]
    assert "2 von 4 Stellen sind richtig eingeschätzt." in shown.get_text()


def test_another_order_gives_each_place_its_number_in_list_and_picture(
    picture: int,
) -> None:
    one = exercise({**ROW, "image": picture}, seed="another")
    shown = page(render(one, action="/x/"))

    xs = [each["data-x"] for each in shown.select(".option")]
    assert sorted(xs) == ["0.0", "20.0", "40.0", "60.0"]
    assert xs != sorted(xs)
    drawn = [each["x"] for each in shown.select(".mark-line")]
    assert drawn == [f"{x}%" for x in xs]


def test_a_lost_picture_leaves_the_list() -> None:
    shown = page(render(exercise(), ExerciseState(answer=[0, 2]), action="/x/"))

    assert "Das stimmt." in shown.get_text()
    assert "Grund A" in shown.get_text()


def test_on_paper_places_have_numbers_in_picture_and_list(picture: int) -> None:
    one = exercise({**ROW, "image": picture})
    blank = page(render_paper(one, number=1))

    assert [t.get_text() for t in blank.select(".hotspot-marks text")] == list("1234")
    assert [b.get_text() for b in blank.select(".paper-option b")] == list("1234")
    assert blank.select("[class*=is-right], .mark-sign") == []
    solved = page(render_paper(one, number=1, solved=True))
    assert len(solved.select(".hotspot-mark.is-right")) == 2


def test_authors_see_where_every_place_lies(picture: int) -> None:
    drawn = page(render_overview(exercise({**ROW, "image": picture})))

    assert len(drawn.select(".mark-line")) == 4
    assert [t.get_text(" ", strip=True) for t in drawn.select("li")] == [
        "1 A · zu finden", "2 B", "3 C · zu finden", "4 D",
    ]  # fmt: skip


def test_what_is_not_filled_in_yet_is_drawn_too(picture: int) -> None:
    half = {**region("A"), "x": None, "width": None}

    assert page(render_overview(exercise({**value(half), "image": picture}))).select(
        ".mark-line"
    )
    assert render_overview(exercise(value()))


# --- The editor's form ----------------------------------------------------------------


def refused(raw: dict[str, Any]) -> Any:
    block = TYPE.block()
    with pytest.raises(StructBlockValidationError) as caught:
        block.clean(block.to_python(raw))
    return caught.value.block_errors["regions"]


@pytest.mark.parametrize(
    ("regions", "message"),
    [
        (
            [region("A", 0, 0, 20, 20, correct=True), region("B", 10, 10, 20, 20)],
            "„A“ und „B“ überschneiden sich",
        ),
        (
            [region("A", 0, 0, 9, 9, correct=True), region(" a", 50, 50, 9, 9)],
            "Zwei Stellen heißen gleich",
        ),
        (
            [region("A", 0, 0, 9, 9), region("B", 50, 50, 9, 9)],
            "mindestens eine Stelle als zu finden",
        ),
        (
            [
                region("A", 0, 0, 9, 9, correct=True),
                region("B", 50, 50, 9, 9, correct=True),
            ],
            "mindestens eine falsch lassen",
        ),
    ],
)
def test_places_that_cannot_be_told_apart_are_refused(
    picture: int, regions: list, message: str
) -> None:
    found = refused({**value(*regions), "image": picture})

    assert message in str(found.non_block_errors)


def test_a_place_that_sticks_out_is_refused_at_its_field(picture: int) -> None:
    out = region("B", 50, 95, 20, 6)
    found = refused({**value(region("A", correct=True), out), "image": picture})

    assert "ragt über das Bild hinaus" in str(found.block_errors[1].block_errors)
    assert list(found.block_errors[1].block_errors) == ["height"]


def test_a_place_too_small_for_a_finger_is_refused(picture: int) -> None:
    small = region("B", 50, 50, 5, 20)
    found = refused({**value(region("A", correct=True), small), "image": picture})

    assert list(found.block_errors[1].block_errors) == ["width"]


def test_a_picture_without_words_is_refused(picture: int) -> None:
    block = TYPE.block()
    with pytest.raises(StructBlockValidationError) as caught:
        block.clean(block.to_python({**ROW, "image": picture, "image_alt": ""}))
    assert list(caught.value.block_errors) == ["image_alt"]


def test_places_side_by_side_do_not_overlap() -> None:
    regions = list(exercise().definition["regions"])

    assert overlap(regions) is None


def test_the_example_of_the_contract_has_places_of_a_tenth_of_a_per_cent() -> None:
    drawn = TYPE.overview_parts(TYPE.block().to_python({**VALUE, "image": None}))

    assert drawn[1]["width"] == "50.5"
