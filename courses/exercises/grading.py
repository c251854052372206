"""Grading and rendering of an exercise. Knows no user and writes nothing."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string

from .registry import question_types
from .types.base import Answer, FormData, Grade, QuestionType

FINGERPRINT_LENGTH = 12


@dataclass(frozen=True)
class Exercise:
    """A question as it stands in a lesson."""

    type_name: str
    key: str
    block_id: str
    definition: Mapping[str, Any]

    @property
    def type(self) -> QuestionType:
        """The question type that grades this exercise."""
        return question_types()[self.type_name]

    @property
    def anchor(self) -> str:
        """The fragment that leads to this exercise on its page."""
        return f"b-{self.block_id[:8]}"

    @property
    def fingerprint(self) -> str:
        """A hash of what grading depends on, the same in every language."""
        structure = json.dumps(
            [self.type_name, self.type.structure(self.definition)], sort_keys=True
        )
        return hashlib.sha256(structure.encode()).hexdigest()[:FINGERPRINT_LENGTH]

    def read_answer(self, data: FormData) -> Answer:
        """Read an answer from a form; raises ``AnswerError``."""
        return self.type.read_answer(self.definition, data)

    def grade(self, answer: Answer) -> Grade:
        """Grade an answer."""
        return self.type.grade(self.definition, answer)


@dataclass(frozen=True)
class ExerciseState:
    """What is known of a learner's work on one exercise when a page is shown.

    ``answer`` is None where only the score is kept (progress cookie) or where the
    exercise has changed since. ``error`` says why an answer could not be graded.
    """

    score: int | None = None
    answer: Answer | None = None
    error: str = ""


def render(
    exercise: Exercise, state: ExerciseState | None = None, **context: Any
) -> str:
    """Render an exercise's form; without state, the page holds no solution."""
    state = state or ExerciseState()
    grade = None if state.answer is None else exercise.grade(state.answer)
    parts = exercise.type.parts(exercise.definition, state.answer, grade)
    return render_to_string(
        exercise.type.template,
        {
            **context,
            "exercise": exercise,
            "definition": exercise.definition,
            "state": state,
            "grade": grade,
            "parts": parts,
            "right_count": sum(p.get("mark") in ("right", "left") for p in parts),
        },
    )
