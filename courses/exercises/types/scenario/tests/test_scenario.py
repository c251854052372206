"""A story: where decisions lead, what is told when, and what an editor is told."""

from copy import deepcopy
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
from courses.exercises.types.base import AnswerError, Grade, Recall, Sureness
from courses.exercises.types.scenario import TYPE
from courses.exercises.types.scenario.examples import VALUE
from courses.exercises.types.scenario.story import (
    Story,
    can_end,
    chance_of_full_score,
    reachable,
    walk,
    way_to,
)


def step(name: str, *targets: str, ending: str = "", **fields: Any) -> dict[str, Any]:
    """Return a step that leads to some others, or ends the story."""
    return {
        "id": name,
        "text": f"<p>Text von {name}</p>",
        "choices": [
            {"text": f"{name} nach {to}", "to": to, "feedback": f"Folge {name}-{to}"}
            for to in targets
        ],
        "ending": ending,
        "title": f"Titel {name}" if ending else "",
        "score": None,
        **fields,
    }


def story(*steps: dict[str, Any]) -> dict[str, Any]:
    return {"key": "geschichte", "question": "Was nun?", "steps": list(steps)}


SMALL = story(
    step("a", "b", "gut"),
    step("b", "a", "schlecht"),
    step("gut", ending="gut"),
    step("schlecht", ending="schlecht"),
)


def exercise(raw: dict[str, Any] = SMALL, seed: str = "") -> Exercise:
    definition = TYPE.block().to_python(raw)
    return Exercise("scenario", raw["key"], "0a1b2c3d", definition, seed)


def page(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def shown(answer: list[int] | None, raw: dict[str, Any] = SMALL) -> BeautifulSoup:
    return page(render(exercise(raw), ExerciseState(answer=answer), action="/x/"))


def posted(html: BeautifulSoup, choice: int | None = None) -> QueryDict:
    """Return what a browser posts when a choice is made on a page."""
    data = QueryDict(mutable=True)
    for each in html.select("input[type=hidden]"):
        data.appendlist(str(each["name"]), str(each["value"]))
    if choice is not None:
        data.appendlist("choice", str(choice))
    return data


# --- Going on ------------------------------------------------------------------------


def test_the_page_carries_the_way_so_far_and_asks_for_the_next_step() -> None:
    one = exercise()

    path = one.read_answer(posted(shown(None), 0))
    assert (path, one.is_complete(path)) == ([0], False)
    path = one.read_answer(posted(shown(path), 0))
    assert path == [0, 0]
    path = one.read_answer(posted(shown(path), 1))
    assert (path, one.is_complete(path)) == ([0, 0, 1], True)
    assert one.grade(path) == Grade(100)


def test_in_the_middle_the_consequences_and_the_endings_are_not_told_yet() -> None:
    html = str(shown([0, 0, 0]))

    assert "Text von a" in html
    assert "Text von b" in html
    assert "a nach b" in html
    for secret in ("Folge", "Titel", "Text von gut", "Text von schlecht"):
        assert secret not in html


def test_an_ending_tells_what_came_of_the_way_and_how_else_it_could_end() -> None:
    text = shown([0, 1]).get_text(" ", strip=True)

    assert "Ende: Titel schlecht" in text
    assert "Folge a-b" in text
    assert "Folge b-schlecht" in text
    assert "Folge a-gut" not in text
    assert "Text von gut" not in text
    assert "kann auch anders ausgehen: Titel gut" in text
    assert "Noch nicht richtig" not in text


def test_one_may_start_again_after_an_ending() -> None:
    one = exercise()

    again = one.read_answer(posted(shown([0, 1])))

    assert again == []
    assert not one.is_complete(again)
    assert str(shown(again)) == str(shown(None))


def test_whoever_decides_nothing_stays_where_they_are_and_is_told_so() -> None:
    one = exercise()
    with pytest.raises(AnswerError, match="zuerst entscheiden") as caught:
        one.read_answer(posted(shown([0])))

    html = render(one, ExerciseState.refused(caught.value), action="/x/")
    assert "Text von b" in html


@pytest.mark.parametrize(
    "form",
    ["choice=2", "choice=-1", "choice=²", "choice=0&choice=1&choice=0", "choice=9"],
)
def test_a_way_that_does_not_exist_starts_the_story_again(form: str) -> None:
    with pytest.raises(AnswerError, match="beginnt von vorn") as caught:
        exercise().read_answer(QueryDict(form))
    assert caught.value.given == []


def test_going_in_circles_comes_to_an_end() -> None:
    with pytest.raises(AnswerError, match="beginnt von vorn"):
        exercise().read_answer(QueryDict("&".join(["choice=0"] * 61)))


def test_a_seed_mixes_the_decisions_of_each_step_and_changes_no_meaning() -> None:
    raw = story(step("a", *"bcdef"), *(step(name, ending="gut") for name in "bcdef"))
    orders = {
        tuple(
            str(each["value"])
            for each in page(render(exercise(raw, seed))).select("[type=radio]")
        )
        for seed in ("", "1", "2", "3")
    }

    assert len(orders) > 1
    assert all(sorted(order) == list("01234") for order in orders)


# --- Scores --------------------------------------------------------------------------


def test_an_ending_scores_by_its_kind_or_as_the_author_says() -> None:
    raw = story(
        step("a", "b", "c", "d"),
        step("b", ending="gut"),
        step("c", ending="gemischt"),
        step("d", ending="schlecht", score=20),
    )

    assert [exercise(raw).grade([n]).score for n in range(3)] == [100, 50, 20]


def test_a_mixed_ending_is_neither_forgotten_nor_known() -> None:
    definition = exercise().definition

    assert TYPE.rating(definition, Grade(50)) is Recall.HARD
    assert TYPE.rating(definition, Grade(50), Sureness.GUESSED) is Recall.AGAIN
    assert TYPE.rating(definition, Grade(0)) is Recall.AGAIN


def test_the_chance_of_blind_choices_knows_circles() -> None:
    # From a: half to good, half to b; from b: half back to a. So x = 1/2 + x/4.
    assert TYPE.guess_chance(exercise().definition) == pytest.approx(2 / 3)


@st.composite
def graphs(draw: st.DrawFn) -> Story:
    count = draw(st.integers(1, 8))
    target = st.one_of(st.none(), st.integers(0, count - 1))
    targets = [draw(st.lists(target, max_size=3)) for _step in range(count)]
    scores = [
        None if to else draw(st.sampled_from([None, 0, 50, 100])) for to in targets
    ]
    return Story(
        tuple(f"s{n}" for n in range(count)), tuple(map(tuple, targets)), tuple(scores)
    )


@given(graphs())
def test_a_way_is_found_exactly_where_there_is_one(graph: Story) -> None:
    for goal in range(len(graph.ids)):
        way = way_to(graph, [goal])
        assert (way is not None) == (goal in reachable(graph))
        if way is not None:
            assert (walk(graph, way) or [])[-1] == goal


@given(graphs())
def test_chances_lie_between_never_and_always(graph: Story) -> None:
    chance = chance_of_full_score(graph)
    good = {n for n, score in enumerate(graph.scores) if score == 100}

    assert 0 <= chance <= 1.000001
    assert (chance > 0) == bool(good & reachable(graph))
    if good & reachable(graph):
        assert 0 in can_end(graph)


# --- The editor's form ----------------------------------------------------------------


def refusal(raw: dict[str, Any]) -> dict[tuple[int, str], str]:
    """Return what is refused, by step and field."""
    with pytest.raises(StructBlockValidationError) as caught:
        TYPE.block().clean(TYPE.block().to_python(raw))
    error = caught.value.block_errors["steps"]
    found = {}
    for number, problems in error.block_errors.items():
        for field, problem in problems.block_errors.items():
            found[number, field] = told(problem)
    return found or {(-1, ""): str(error.non_block_errors)}


def told(problem: Any) -> str:
    inner = getattr(problem, "block_errors", None)
    if not inner:
        return str(getattr(problem, "non_block_errors", None) or problem)
    return " ".join(told(each) for each in inner.values())


def test_a_circle_with_a_way_out_is_accepted() -> None:
    TYPE.block().clean(TYPE.block().to_python(SMALL))


@pytest.mark.parametrize(
    ("steps", "place", "message"),
    [
        ([step("a", "weg"), step("b", ending="gut")], (0, "choices"), "„weg“"),
        (
            [step("a", "b"), step("b", ending="gut"), step("c", ending="gut")],
            (2, "id"),
            "Vom Anfang führt keine",
        ),
        (
            [step("a", "b", "c"), step("b", "b"), step("c", ending="gut")],
            (1, "choices"),
            "geht die Geschichte im Kreis",
        ),
        ([step("a", "b"), step("b")], (1, "ending"), "endet die Geschichte hier"),
        (
            [step("a", "b", ending="gut"), step("b", ending="gut")],
            (0, "ending"),
            "ist kein Ende",
        ),
        (
            [step("a", "b"), step("b", ending="gut", title=" ")],
            (1, "title"),
            "wie die Geschichte ausgegangen ist",
        ),
        (
            [step("a", "a", "b"), step("a", "b"), step("b", ending="gut")],
            (1, "id"),
            "Zwei Schritte",
        ),
        (
            [step("a", "b"), step("b", ending="schlecht")],
            (-1, ""),
            "Kein Ende hat die vollen",
        ),
    ],
    ids=[
        "unknown target", "unreachable", "endless circle", "no ending",
        "half an ending", "no title", "double name", "none is good",
    ],
)  # fmt: skip
def test_a_story_in_which_one_gets_stuck_is_refused_at_its_step(
    steps: list, place: tuple, message: str
) -> None:
    found = refusal(story(*steps))

    assert message in found[place]


# --- The map for authors --------------------------------------------------------------


def overview(raw: dict[str, Any]) -> BeautifulSoup:
    return page(render_overview(exercise(raw)))


def test_the_map_shows_every_step_and_every_decision() -> None:
    drawn = overview(VALUE)

    assert len(drawn.select(".story-node")) == 6
    assert len(drawn.select(".story-line")) == 7
    assert drawn.select(".is-problem, .is-stuck, .is-missing") == []
    assert "style=" not in str(drawn)


def test_the_map_marks_what_leads_nowhere() -> None:
    drawn = overview(story(step("a", "weg", ""), step("b", "b"), step("c")))
    text = drawn.get_text(" ", strip=True)

    assert len(drawn.select(".story-node.is-missing")) == 2
    assert len(drawn.select(".story-node.is-stuck")) == 3
    assert "weg: diesen Schritt gibt es nicht" in text
    assert "nichts führt hierher" in text
    assert "führt zu keinem Ende" in text
    assert "weder Entscheidungen noch ein Ende" in text


@pytest.mark.parametrize("steps", [[], [step("")], [step("a", "")]])
def test_the_map_of_a_story_just_begun_is_drawn_too(steps: list) -> None:
    assert overview(story(*steps)).select("svg")


@given(graphs())
def test_no_two_steps_of_a_map_lie_upon_each_other(graph: Story) -> None:
    steps = [
        step(name, *(f"s{to}" if to is not None else "?" for to in targets))
        for name, targets in zip(graph.ids, graph.targets, strict=True)
    ]
    circles = overview(story(*steps)).select("circle")

    places = [(each["cx"], each["cy"]) for each in circles]
    assert len(set(places)) == len(places)


# --- Paper ----------------------------------------------------------------------------


def test_on_paper_every_decision_names_its_section() -> None:
    paper = page(render_paper(exercise(VALUE), number=1))
    sections = {
        section.select_one(".paper-section-number").get_text(): section
        for section in paper.select(".paper-section")
    }

    assert list(sections) == [str(n) for n in range(1, 7)]
    assert "pay two euros" in sections["1"].get_text()
    goto = sections["1"].select(".paper-goto")[0].get_text().removeprefix("→").strip()
    assert "asks for the number" in sections[goto].get_text()


def test_the_solved_sheet_marks_a_good_way_and_tells_the_consequences() -> None:
    solved = page(render_paper(exercise(SMALL), number=1, solved=True))

    best = [each.get_text(" ") for each in solved.select(".is-best")]
    assert ["Text von a" in best[0], "Text von gut" in best[1]] == [True, True]
    assert len(best) == 2
    assert "Folge b-schlecht" in solved.get_text()
    assert "gutes Ende" in solved.get_text()


def test_a_story_with_other_words_keeps_its_structure_with_other_ways_not() -> None:
    other = deepcopy(SMALL)
    for each in other["steps"]:
        each["id"] = each["id"].upper()
        for choice in each["choices"]:
            choice["to"] = choice["to"].upper()
    turned = deepcopy(SMALL)
    turned["steps"][0]["choices"].reverse()

    assert exercise(other).fingerprint == exercise().fingerprint
    assert exercise(turned).fingerprint != exercise().fingerprint
