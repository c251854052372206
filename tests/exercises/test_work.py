"""Grading is cheap, whatever an editor may save. Work is counted: no clock is asked."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from snowballstemmer.german_stemmer import GermanStemmer

from courses.exercises.grading import Exercise
from courses.exercises.registry import question_types

#: Lines of Python that run in 1 ms; grading may take 2.
FEW = 30_000
ENDINGS = "abcdefghijklmnopqrstuvwxyzäöü"


def lines_run(work: Callable[[], object]) -> int:
    """Return how many lines of Python some work takes."""
    count = 0

    def trace(_frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def phrase(number: int) -> str:
    """Return one of many long answers that are much alike."""
    return f"Verschlüsselung{ENDINGS[number]} Datenschutzverordnung Einwilligungen"


def typed_answers() -> tuple[dict[str, Any], Any]:
    wrong = [
        {"text": f"{phrase(n)} nicht", "near": False, "feedback": "x"}
        for n in range(12)
    ]
    raw = {"accepted": [phrase(n) for n in range(29)], "wrong": wrong}
    return raw, "Verschlüsselungx Datenschutzverordnungen Einwilligunk"


def gaps() -> tuple[dict[str, Any], Any]:
    accepted = [phrase(n)[:60] for n in range(20)]
    raw = [
        {"name": f"g{n}", "accepted": accepted, "options": [], "feedback": "x"}
        for n in range(12)
    ]
    text = " ".join(f"{{{{g{n}}}}}" for n in range(12))
    return {"text": text, "gaps": raw}, [phrase(28)[:59]] * 12


def order() -> tuple[dict[str, Any], Any]:
    items = [{"text": str(n), "feedback": "x"} for n in range(8)]
    return {"items": items, "from": "", "to": ""}, [0, 2, 1, 4, 3, 6, 5, 7]


def long_story() -> tuple[dict[str, Any], Any]:
    """Return a story in which each step may lead back to the one before."""
    steps = [
        {
            "id": f"s{n}",
            "text": "x",
            "choices": [
                {"text": "on", "to": f"s{n + 1}", "feedback": "x"},
                {"text": "back", "to": f"s{max(0, n - 1)}", "feedback": "x"},
            ],
            "ending": "",
            "title": "",
            "score": None,
        }
        for n in range(39)
    ]
    end = {"id": "s39", "text": "x", "choices": [], "ending": "gut", "title": "x"}
    return {"steps": [*steps, {**end, "score": None}]}, [0] * 39


LARGEST = {
    "short_answer": typed_answers,
    "cloze": gaps,
    "ordering": order,
    "scenario": long_story,
}


@pytest.mark.parametrize("name", LARGEST)
def test_the_largest_exercise_is_graded_and_rated_with_little_work(name: str) -> None:
    raw, answer = LARGEST[name]()
    definition = (
        question_types()[name].block().to_python({"key": "k", "question": "?", **raw})
    )
    one = Exercise(name, "k", "b", definition)
    # What authors wrote is read once.
    grade = one.grade(answer)

    assert lines_run(lambda: one.grade(answer)) < FEW
    assert lines_run(lambda: one.type.rating(definition, grade)) < FEW
    assert lines_run(lambda: one.fingerprint) < FEW


@pytest.fixture
def stemmed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note each word that is stemmed; nothing else of grading takes as long."""
    found: list[str] = []
    stem = GermanStemmer.stemWord

    def noted(self: GermanStemmer, word: str) -> str:
        found.append(word)
        return stem(self, word)

    monkeypatch.setattr(GermanStemmer, "stemWord", noted)
    return found


def answered(answer: str, stemmed: list[str]) -> list[str]:
    """Return what is stemmed for an answer once the author's words are read."""
    block = question_types()["short_answer"].block()
    raw, _answer = typed_answers()
    one = Exercise("short_answer", "k", "b", block.to_python(raw))
    one.grade(answer)
    stemmed.clear()
    one.grade(answer)
    return stemmed


def test_an_answer_that_is_right_is_not_stemmed(stemmed: list[str]) -> None:
    assert answered(phrase(28), stemmed) == []


def test_no_word_is_stemmed_twice_for_one_answer(stemmed: list[str]) -> None:
    found = answered("Verschlüsselungx Datenschutzverordnungen Einwilligunk", stemmed)

    assert len(found) == len(set(found)) == 4
