"""What every question type keeps to, found by itself in each type's folder.

A type brings ``examples.py`` with ``EXAMPLES``: block value, posted form, score.
"""

import importlib
import json
from typing import Any
from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from django.http import QueryDict
from django.utils.html import strip_tags
from wagtail import blocks

from courses.exercises.grading import Exercise, ExerciseState, render
from courses.exercises.registry import question_types
from courses.exercises.types.base import AnswerError
from courses.packages.markdown import TextContext
from courses.packages.problems import Report
from courses.packages.streams import check_stream, read_stream, write_stream
from courses.packages.values import Reading

TYPES = sorted(question_types())
BLOCK_ID = "0a1b2c3d-0000-0000-0000-000000000000"


def examples_of(name: str) -> list[tuple[dict[str, Any], str, int]]:
    module = type(question_types()[name]).__module__
    return importlib.import_module(f"{module}.examples").EXAMPLES


EXAMPLES = [(name, *example) for name in TYPES for example in examples_of(name)]
each_example = pytest.mark.parametrize(("name", "value", "form", "score"), EXAMPLES)
each_type = pytest.mark.parametrize("name", TYPES)


def exercise(name: str, value: dict[str, Any]) -> Exercise:
    definition = question_types()[name].block().to_python(value)
    return Exercise(name, value["key"], BLOCK_ID, definition)


def shown(one: Exercise) -> str:
    """Return the words of an exercise, before and after it was solved."""
    answer = one.read_answer(QueryDict(solution(one.type_name)[1]))
    html = render(one) + render(one, ExerciseState(100, answer))
    return BeautifulSoup(html, "html.parser").get_text(" ")


def first_value(name: str) -> dict[str, Any]:
    return examples_of(name)[0][0]


def solution(name: str) -> tuple[dict[str, Any], str]:
    """Return the first example that solves its exercise."""
    return next(
        (value, form) for value, form, score in examples_of(name) if score == 100
    )


def translated(block: blocks.Block, value: Any) -> Any:
    """Return the value with other words in every text, as a translation has them."""
    if isinstance(block, blocks.StructBlock):
        children = block.child_blocks
        return {k: translated(children[k], v) for k, v in value.items()}
    if isinstance(block, blocks.ListBlock):
        return [translated(block.child_block, each) for each in value]
    return f"{value} (en)" if isinstance(block, blocks.RichTextBlock) else value


def secrets(value: Any, *, secret: bool = False) -> list[str]:
    """Return all texts of feedback and explanations."""
    if isinstance(value, dict):
        hidden = ("feedback", "explanation")
        return [s for k, v in value.items() for s in secrets(v, secret=k in hidden)]
    if isinstance(value, list):
        return [s for each in value for s in secrets(each, secret=secret)]
    return [strip_tags(value)] if secret and value else []


@each_type
def test_a_type_shows_how_it_is_solved_and_how_it_is_missed(name: str) -> None:
    scores = {score for _value, _form, score in examples_of(name)}

    assert 100 in scores
    assert min(scores) < 100


@each_example
def test_an_editor_may_save_the_example(name, value, form, score) -> None:
    block = question_types()[name].block()

    block.clean(block.to_python(value))


@each_example
def test_an_answer_gets_its_score(name, value, form, score) -> None:
    one = exercise(name, value)
    grade = one.grade(one.read_answer(QueryDict(form)))

    assert (grade.score, grade.solved) == (score, score == 100)


@each_example
def test_an_answer_is_stored_as_json_and_graded_the_same_again(
    name, value, form, score
) -> None:
    one = exercise(name, value)
    answer = one.read_answer(QueryDict(form))
    stored = json.loads(json.dumps(answer))

    assert stored == answer
    assert one.grade(stored) == one.grade(answer)


@each_type
@pytest.mark.parametrize("form", ["", "option=", "nonsense=1"])
def test_a_form_without_an_answer_is_refused_with_advice(name, form) -> None:
    with pytest.raises(AnswerError) as error:
        exercise(name, first_value(name)).read_answer(QueryDict(form))
    assert str(error.value)


@each_type
def test_a_fresh_exercise_looks_the_same_whatever_is_right(name) -> None:
    value, form = solution(name)
    one = exercise(name, value)
    fresh = render(one, lesson_path="/kurse/a/b/")
    answer = one.read_answer(QueryDict(form))
    answered = render(one, ExerciseState(100, answer), lesson_path="/kurse/a/b/")

    told = secrets(value)
    assert told
    assert [each for each in told if each in strip_tags(fresh)] == []
    assert [each for each in told if each not in strip_tags(answered)] == []
    for sign in ("is-right", "is-missed", "checked", "correct", "solution"):
        assert sign not in fresh


@each_type
def test_a_translation_has_the_same_structure(name) -> None:
    kind = question_types()[name]
    value = first_value(name)
    one = exercise(name, value)
    other = exercise(name, translated(kind.block(), value))

    assert other.definition["question"].source != one.definition["question"].source
    structure = kind.structure(one.definition)
    assert kind.structure(other.definition) == structure
    assert json.loads(json.dumps(structure)) == structure


@each_type
def test_every_input_has_a_label_inside_a_group_with_a_legend(name) -> None:
    html = render(exercise(name, first_value(name)), lesson_path="/kurse/a/b/")
    page = BeautifulSoup(html, "html.parser")
    inputs = [
        each
        for each in page.select("input, select, textarea")
        if each.get("type") not in ("hidden", "submit")
    ]

    assert inputs
    for each in inputs:
        group = each.find_parent("fieldset")
        assert group is not None
        assert group.find("legend").get_text(strip=True)
        labels = [each.find_parent("label")]
        if each.get("id"):
            labels += page.select(f"label[for='{each['id']}']")
        assert any(label and label.get_text(strip=True) for label in labels)


@each_type
def test_an_exercise_goes_into_a_package_and_comes_back_the_same(name) -> None:
    stream = blocks.StreamBlock([(name, question_types()[name].block())])
    raw = [{"type": name, "value": solution(name)[0], "id": BLOCK_ID}]
    start = stream.get_prep_value(stream.to_python(raw))

    written = write_stream(stream, start)
    reading = Reading(TextContext(Report("x.md")))
    read = read_stream(stream, written, 1, reading, UUID(int=7))
    check_stream(stream, read, reading, files=True)

    assert reading.context.report.problems == []
    assert write_stream(stream, read) == written
    before, after = exercise(name, start[0]["value"]), exercise(name, read[0]["value"])
    assert after.key == before.key
    assert after.fingerprint == before.fingerprint
    # The form of texts may differ (a single paragraph), their words may not.
    assert shown(after).split() == shown(before).split()
