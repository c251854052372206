"""The editor's form refuses what could not be graded, and names the field."""

import pytest
from wagtail.blocks.struct_block import StructBlockValidationError

from courses.exercises.registry import question_types
from tests.factories import multiple_choice, option, single_choice


def clean(block: dict) -> None:
    form = question_types()[block["type"]].block()
    form.clean(form.to_python(block["value"]))


@pytest.mark.parametrize("block", [single_choice(), multiple_choice()])
def test_a_complete_exercise_is_accepted(block) -> None:
    clean(block)


@pytest.mark.parametrize(
    ("block", "message"),
    [
        (
            single_choice(options=[option("A"), option("B")]),
            "genau eine Antwort als richtig",
        ),
        (
            single_choice(
                options=[option("A", correct=True), option("B", correct=True)]
            ),
            "genau eine Antwort als richtig",
        ),
        (
            multiple_choice(options=[option("A"), option("B")]),
            "mindestens eine Antwort als richtig",
        ),
        (
            multiple_choice(options=[option("A", correct=True), option("A")]),
            "denselben Text",
        ),
        (  # as the CMS stores it: each paragraph has a key of its own
            single_choice(
                options=[
                    option('<p data-block-key="a1">Ja</p>', correct=True),
                    option('<p data-block-key="b2">ja </p>'),
                ]
            ),
            "denselben Text",
        ),
    ],
)
def test_an_ungradable_exercise_is_refused_at_its_options(block, message) -> None:
    with pytest.raises(StructBlockValidationError) as caught:
        clean(block)
    errors = caught.value.block_errors["options"].non_block_errors
    assert message in str(errors)


@pytest.mark.parametrize("key", ["Groß", "mit leer", "doppel--strich", "-vorn"])
def test_an_id_that_no_address_could_carry_is_refused(key) -> None:
    with pytest.raises(StructBlockValidationError) as caught:
        clean(single_choice(key=key))
    assert "key" in caught.value.block_errors
