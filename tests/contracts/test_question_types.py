"""What every question type keeps to, found by itself in each type's folder.

A type brings ``examples.py`` with ``EXAMPLES``: block value, posted form, score. Types
that are not graded have no forms to post; theirs are in ``VALUES``.
"""

import importlib
import json
import re
import sys
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.http import QueryDict
from django.utils.html import strip_tags
from pytest_django.plugin import DjangoDbBlocker
from wagtail import blocks

from courses.exercises.arrangement import TOLD, arranged
from courses.exercises.grading import Exercise, ExerciseState, render, render_paper
from courses.exercises.registry import question_types
from courses.exercises.types.base import (
    LEFT,
    RIGHT,
    AnswerError,
    Grade,
    Recall,
    Sureness,
)
from courses.packages.markdown import TextContext
from courses.packages.problems import Report
from courses.packages.streams import check_stream, read_stream, write_stream
from courses.packages.values import Reading, Writing
from tests.factories import has_picture, photo, with_pictures

TYPES = sorted(question_types())
GRADED = [name for name in TYPES if question_types()[name].graded]
ACTION = "/kurse/a/b/antwort/c/"
#: Lists whose order is the solution, or is easily near it.
MOVED = {"ordering": ["items"], "matching": ["pairs"], "sorting": ["items"]}
BLOCK_ID = "0a1b2c3d-0000-0000-0000-000000000000"


def examples_of(name: str) -> list[tuple[dict[str, Any], str, int]]:
    module = type(question_types()[name]).__module__
    return importlib.import_module(f"{module}.examples").EXAMPLES


EXAMPLES = [(name, *example) for name in GRADED for example in examples_of(name)]
each_example = pytest.mark.parametrize(("name", "value", "form", "score"), EXAMPLES)
each_type = pytest.mark.parametrize("name", TYPES)
each_graded_type = pytest.mark.parametrize("name", GRADED)
CLASS = re.compile(r"\.(-?[a-z][\w-]*)")
CLASSES = re.compile(r'class="([^"]*)"')
KEYFRAME = re.compile(r"from|to|\d+%")
SEEDS = ["", "a", "7f", "another"]


@cache
def block_of(name: str) -> blocks.Block:
    return question_types()[name].block()


@pytest.fixture(autouse=True)
def _pictures(request: pytest.FixtureRequest) -> None:
    """Open the database for types with pictures, which the CMS keeps, and no other."""
    name = request.node.callspec.params["name"]
    if has_picture(block_of(name)):
        request.getfixturevalue("stored_pictures")
        request.getfixturevalue("db")


@pytest.fixture(scope="module")
def stored_pictures(module_rows: DjangoDbBlocker) -> None:
    """Store the pictures of the examples once for all, in the sizes that are shown."""
    with module_rows.unblock():
        for name, value, _form, _score in EXAMPLES:
            if has_picture(block_of(name)):
                render(exercise(name, value))


class AnyFiles:
    """A package that has every file asked for."""

    def check(self, name: str, kind: str) -> None:
        return None


def exercise(name: str, value: dict[str, Any], seed: str = "") -> Exercise:
    block = block_of(name)
    definition = block.to_python(with_pictures(block, value))
    return Exercise(name, value["key"], BLOCK_ID, definition, seed)


def solved_form(one: Exercise) -> str:
    """Return the form that a browser would post when the solution is filled in."""
    answer = one.type.solution(one.definition)
    state = ExerciseState(answer=answer, reveal=False)
    page = BeautifulSoup(render(one, state, action=ACTION), "html.parser")
    fields: list[tuple[str, str]] = []
    for each in page.select("input[name], select[name], textarea[name]"):
        if each.name == "select":
            chosen = each.select_one("option[selected]")
            fields.append((each["name"], chosen["value"] if chosen else ""))
        elif each.name == "textarea":
            fields.append((each["name"], each.get_text()))
        elif each.get("type") not in ("radio", "checkbox") or each.has_attr("checked"):
            fields.append((each["name"], each.get("value", "")))
    return urlencode(fields)


def shown(one: Exercise) -> str:
    """Return the words of an exercise, before and after it was solved."""
    html = render(one)
    if one.type.graded:
        html += render(one, ExerciseState(100, one.type.solution(one.definition)))
    return BeautifulSoup(html, "html.parser").get_text(" ")


def first_value(name: str) -> dict[str, Any]:
    if not question_types()[name].graded:
        module = type(question_types()[name]).__module__
        return importlib.import_module(f"{module}.examples").VALUES[0]
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
    """Return all texts of feedback, explanations and accepted forms."""
    if isinstance(value, dict):
        hidden = ["feedback", "explanation"]
        hidden += ["low", "high", "right", "source"] if "low" in value else []
        # Where options stand beside it, the accepted one is among what is shown.
        hidden += [] if value.get("options") else ["accepted"]
        return [s for k, v in value.items() for s in secrets(v, secret=k in hidden)]
    if isinstance(value, list):
        return [s for each in value for s in secrets(each, secret=secret)]
    return [strip_tags(value)] if secret and value else []


def told_when_solved(one: Exercise, value: dict[str, Any]) -> list[str]:
    """Return the secrets that somebody reads who has solved an exercise."""
    answer = one.type.solution(one.definition)
    html = strip_tags(render(one, ExerciseState(100, answer), action=ACTION))
    return [each for each in secrets(value) if each in html]


@each_graded_type
def test_a_type_shows_how_it_is_solved_and_how_it_is_missed(name: str) -> None:
    scores = {score for _value, _form, score in examples_of(name)}

    assert 100 in scores
    assert min(scores) < 100


@each_example
def test_an_editor_may_save_the_example(name, value, form, score) -> None:
    block = question_types()[name].block()

    block.clean(block.to_python(with_pictures(block, value)))


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


@each_graded_type
@pytest.mark.parametrize("form", ["", "option=", "nonsense=1"])
def test_a_form_without_an_answer_is_refused_with_advice(name, form) -> None:
    with pytest.raises(AnswerError) as error:
        exercise(name, first_value(name)).read_answer(QueryDict(form))
    assert str(error.value)


@each_graded_type
def test_a_fresh_exercise_looks_the_same_whatever_is_right(name) -> None:
    value, _form = solution(name)
    one = exercise(name, value)
    fresh = render(one, action=ACTION)
    # Some explanations are for one mistake alone: together, the examples meet all.
    forms = [form for other, form, _score in examples_of(name) if other == value]
    answers = [one.read_answer(QueryDict(form)) for form in forms]
    answered = "".join(render(one, ExerciseState(0, each)) for each in answers)

    told = secrets(value)
    assert told
    assert [each for each in told if each in strip_tags(fresh)] == []
    assert [each for each in told if each not in strip_tags(answered)] == []
    for sign in ("is-right", "is-missed", "checked", "correct", "solution"):
        assert sign not in fresh


@each_graded_type
def test_the_solution_solves_it_in_whatever_order_it_is_shown(name) -> None:
    one = exercise(name, first_value(name))
    answer = one.type.solution(one.definition)

    assert one.grade(answer) == Grade(100, one.grade(answer).marks)
    assert one.is_complete(answer)
    for seed in SEEDS:
        shown = replace(one, seed=seed)
        form = QueryDict(solved_form(shown))
        assert shown.grade(shown.read_answer(form)).solved, seed


@each_example
def test_an_answer_shown_again_is_the_one_that_was_given(
    name, value, form, score
) -> None:
    one = exercise(name, value)
    answer = one.read_answer(QueryDict(form))
    state = ExerciseState(answer=answer, reveal=False)
    html = render(one, state, action=ACTION)

    assert "is-right" not in html
    assert "is-wrong" not in html
    assert [s for s in secrets(value) if s in strip_tags(html)] == []


@each_example
def test_an_answer_kept_as_it_was_shown_is_the_same_again(
    name, value, form, score
) -> None:
    given = exercise(name, value)
    answer = given.read_answer(QueryDict(form))

    for seed in SEEDS:
        one = replace(given, seed=seed)
        kept = json.loads(json.dumps(one.as_shown(answer)))
        assert one.from_shown(kept) == answer, seed


@each_graded_type
def test_an_answer_as_it_was_shown_does_not_spell_out_the_solution(name) -> None:
    value, _form = solution(name)
    turned = {**value, **{key: value[key][::-1] for key in MOVED.get(name, ())}}
    if name == "cloze":
        gaps = [{**gap, "options": gap["options"][::-1]} for gap in value["gaps"]]
        turned = {**value, "gaps": gaps}
    one, other = exercise(name, value, "7f"), exercise(name, turned, "7f")
    form = QueryDict(solved_form(one))

    shown = [each.as_shown(each.read_answer(form)) for each in (one, other)]

    assert shown[0] == shown[1]


@each_example
def test_a_score_that_is_not_the_share_of_what_is_right_is_explained(
    name, value, form, score
) -> None:
    one = exercise(name, value)
    answer = one.read_answer(QueryDict(form))
    marks = one.grade(answer).marks
    right = sum(mark in (RIGHT, LEFT) for mark in marks)
    page = BeautifulSoup(render(one, ExerciseState(0, answer)), "html.parser")
    said = page.select_one(".counting")

    if score == 100 or not right:
        assert said is None
    elif name != "single_choice" and score != round(100 * right / len(marks)):
        words = " ".join(said.get_text(" ").split())
        told = f"Das ergibt {score} %. " if score else "Für Punkte reicht das noch"
        assert words.startswith(told)
        assert words.count(".") > 1


@each_graded_type
def test_luck_is_not_taken_for_memory(name) -> None:
    one = exercise(name, first_value(name))
    rating, chance = one.type.rating, one.type.guess_chance(one.definition)
    solved, missed = Grade(100), Grade(0)

    assert 0 <= chance < 1
    assert rating(one.definition, missed) == Recall.AGAIN
    assert rating(one.definition, missed, Sureness.SURE) == Recall.AGAIN
    assert rating(one.definition, solved, Sureness.GUESSED) < Recall.GOOD
    assert rating(one.definition, solved, Sureness.SURE) >= Recall.GOOD
    if chance > 0.3:
        assert rating(one.definition, solved) < Recall.GOOD


@each_type
def test_a_hint_is_offered_until_there_is_an_answer_and_never_in_a_test(name) -> None:
    value = {**first_value(name), "hint": "Ein Wink mit dem Zaunpfahl."}
    one = exercise(name, value)

    def hints(html: str) -> list[str]:
        page = BeautifulSoup(html, "html.parser")
        return [hint.get_text() for hint in page.select("details.hint > div")]

    assert hints(render(one, action=ACTION)) == ["Ein Wink mit dem Zaunpfahl."]
    if one.type.graded:
        answer = one.type.solution(one.definition)
        review = "courses/exercises/review_item.html"
        assert hints(render(one, layout=review)) == ["Ein Wink mit dem Zaunpfahl."]
        refused = ExerciseState(answer=answer, error="Fehlt noch.", reveal=False)
        assert hints(render(one, refused)) == ["Ein Wink mit dem Zaunpfahl."]
        assert "Zaunpfahl" not in render(one, ExerciseState(100, answer))
        test = "courses/exercises/test_item.html"
        assert "Zaunpfahl" not in render(one, layout=test, run=None, questions=[])


@each_type
def test_paper_holds_the_solution_only_when_asked_for(name) -> None:
    value = first_value(name)
    one = exercise(name, value)
    blank = render_paper(one, number=1)

    words = strip_tags(value["question"])
    assert words in strip_tags(blank)
    assert [each for each in secrets(value) if each in strip_tags(blank)] == []
    page = BeautifulSoup(blank, "html.parser")
    assert page.select("input, select, textarea, button, form, script") == []
    if one.type.graded:
        solved = render_paper(one, number=1, solved=True)
        assert solved != blank
        assert words in strip_tags(solved)
        # What explains a mistake alone stays away, as it does from who makes none.
        told = told_when_solved(one, value)
        assert told
        assert [each for each in told if each not in strip_tags(solved)] == []


@each_graded_type
def test_a_translation_has_the_same_structure(name) -> None:
    kind = question_types()[name]
    value = first_value(name)
    one = exercise(name, value)
    other = exercise(name, translated(kind.block(), value))

    assert other.definition["question"].source != one.definition["question"].source
    structure = kind.structure(one.definition)
    assert kind.structure(other.definition) == structure
    assert json.loads(json.dumps(structure)) == structure


def numbered(value: Any, at: str = "") -> list[list[Any]]:
    """Return the lists of a value that answers count the entries of."""
    if isinstance(value, list) and at not in TOLD and len(value) > 1:
        inner = [each for entry in value for each in numbered(entry)]
        return [value, *inner]
    if isinstance(value, dict):
        return [each for name, v in value.items() for each in numbered(v, name)]
    return []


@each_graded_type
def test_moving_any_part_makes_it_another_exercise(name) -> None:
    value = first_value(name)
    before = exercise(name, value)
    for number in range(len(numbered(value))):
        changed = deepcopy(value)
        entries = numbered(changed)[number]
        entries[0], entries[1] = entries[1], entries[0]
        after = exercise(name, changed)
        mark = arranged("", before.definition, after.definition)
        assert replace(after, arrangement=mark).fingerprint != before.fingerprint


@each_graded_type
def test_new_words_make_it_no_other_exercise(name) -> None:
    value = first_value(name)
    reworded = exercise(name, translated(question_types()[name].block(), value))

    assert arranged("", exercise(name, value).definition, reworded.definition) == ""


@each_type
def test_every_input_has_a_label_inside_a_group_with_a_legend(name) -> None:
    html = render(exercise(name, first_value(name)), action=ACTION)
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
def test_its_own_files_are_served(name) -> None:
    module = question_types()[name].module

    if module:
        assert module.startswith(f"{name}/")
        assert finders.find(module)


@each_type
def test_its_style_stays_at_home(name) -> None:
    """Browsers get the styles of all types as one file, whichever a page shows."""
    style = style_of(name)
    others = set().union(*(CLASS.findall(style_of(n)) for n in TYPES if n != name))
    for template, classes in classes_of_templates().items():
        if name not in template.parts:
            others |= classes

    strays = [s for s in selectors(style) if not set(CLASS.findall(s)) - others]
    assert strays == []
    # The one file lies elsewhere than its parts.
    assert not re.search(r"url\(|@import", style)


@cache
def classes_of_templates() -> dict[Path, set[str]]:
    apps = (Path(app) for app in ("content", "courses", "learnsite"))
    return {
        template: set(" ".join(CLASSES.findall(template.read_text("utf-8"))).split())
        for app in apps
        for template in app.rglob("*.html")
    }


@cache
def style_of(name: str) -> str:
    """Return the stylesheets of a type without comments."""
    folder = Path("courses/exercises/types") / name / "static"
    texts = [path.read_text("utf-8") for path in sorted(folder.glob("*.css"))]
    return re.sub(r"/\*.*?\*/", "", "\n".join(texts), flags=re.S)


def selectors(style: str) -> Iterator[str]:
    """Yield what the rules of a stylesheet apply to."""
    for selector in re.findall(r"([^{};]+)\{", style):
        if selector.strip().startswith("@") or KEYFRAME.fullmatch(selector.strip()):
            continue
        # Commas within brackets part no selectors.
        while "(" in selector:
            selector = re.sub(
                r"\(([^()]*)\)", lambda m: f" {m[1].replace(',', ' ')} ", selector
            )
        yield from (each.strip() for each in selector.split(","))


@each_type
def test_an_exercise_goes_into_a_package_and_comes_back_the_same(name) -> None:
    block = question_types()[name].block()
    stream = blocks.StreamBlock([(name, block)])
    value = with_pictures(block, first_value(name))
    raw = [{"type": name, "value": value, "id": BLOCK_ID}]
    start = stream.get_prep_value(stream.to_python(raw))

    writing = Writing(media_name=lambda _kind, _number: "media/picture.png")
    written = write_stream(stream, start, writing)
    reading = Reading(TextContext(Report("x.md")), media=AnyFiles())
    read = read_stream(stream, written, 1, reading, UUID(int=7))
    for each in read:
        each["value"] = with_pictures(block, each["value"])
    check_stream(stream, read, reading, files=True)

    assert reading.context.report.problems == []
    assert write_stream(stream, read, writing) == written
    before, after = exercise(name, start[0]["value"]), exercise(name, read[0]["value"])
    assert after.key == before.key
    assert after.fingerprint == before.fingerprint
    # The form of texts may differ (a single paragraph), their words may not.
    assert shown(after).split() == shown(before).split()


@each_type
def test_the_examples_in_its_manual_can_be_imported_and_solved(name) -> None:
    module = sys.modules[type(question_types()[name]).__module__]
    manual = (Path(str(module.__file__)).parent / "README.md").read_text("utf-8")
    block = question_types()[name].block()
    stream = blocks.StreamBlock([(name, block)])

    for example in re.findall(r"```markdown\n(.*?)```", manual, re.DOTALL):
        reading = Reading(TextContext(Report("README.md")), media=AnyFiles())
        read = read_stream(stream, example, 1, reading, UUID(int=7))
        for each in read:
            each["value"] = with_pictures(block, each["value"])
        check_stream(stream, read, reading, files=True)
        assert reading.context.report.problems == []
        for each in read:
            one = exercise(name, each["value"])
            assert shown(one)
            if one.type.graded:
                assert one.grade(one.type.solution(one.definition)).solved


@each_type
def test_the_picker_shows_an_example_that_could_be_published(name: str) -> None:
    block = question_types()[name].block()
    example = block.get_preview_value()
    if has_picture(block):
        example["image"] = photo()

    block.clean(example)

    assert block.is_previewable
    assert render(Exercise(name, example["key"], BLOCK_ID, example))


@each_type
def test_a_new_exercise_starts_with_as_few_entries_as_it_needs(name: str) -> None:
    block = question_types()[name].block()
    form = block.get_default()
    lists = {
        field: child
        for field, child in block.child_blocks.items()
        if isinstance(child, blocks.ListBlock)
    }

    for field, child in lists.items():
        assert len(form[field]) == (child.meta.min_num or 0), field


@each_type
def test_the_id_stands_apart_from_what_authors_write(name: str) -> None:
    layout = question_types()[name].block().meta.form_layout

    assert layout.settings == ["key"]
    assert "key" not in layout.children
