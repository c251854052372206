"""Grading and rendering of an exercise. Knows no user and writes nothing."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.template.loader import render_to_string

from .registry import question_types
from .types.base import Answer, AnswerError, FormData, Grade, QuestionType

FINGERPRINT_LENGTH = 12
#: What stands around an exercise's parts: a form that shows the feedback in place.
PRACTICE = "courses/exercises/base.html"
#: The same for what is never sent: no form, no button.
UNSENT = "courses/exercises/unsent.html"
PAPER = "courses/exercises/paper.html"


@dataclass(frozen=True)
class Exercise:
    """A question as it stands in a lesson.

    ``seed`` names the order in which its parts are shown; "" is the author's.
    ``arrangement`` tells it from the same one before its parts were moved.
    """

    type_name: str
    key: str
    block_id: str
    definition: Mapping[str, Any]
    seed: str = ""
    arrangement: str = ""

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
        """A hash of what answers depend on, the same in every language."""
        depends_on = [self.type_name, self.type.structure(self.definition)]
        if self.arrangement:
            depends_on.append(self.arrangement)
        structure = json.dumps(depends_on, sort_keys=True)
        return hashlib.sha256(structure.encode()).hexdigest()[:FINGERPRINT_LENGTH]

    def read_answer(self, data: FormData) -> Answer:
        """Read an answer from a form; raises ``AnswerError``."""
        return self.type.read_answer(self.definition, data, seed=self.seed)

    def as_shown(self, answer: Answer) -> Answer:
        """Return an answer so that nothing in it tells what is right; None stays."""
        if answer is None:
            return None
        return self.type.as_shown(self.definition, answer, seed=self.seed)

    def from_shown(self, shown: Answer) -> Answer:
        """Return the answer that :meth:`as_shown` made this of."""
        if shown is None:
            return None
        return self.type.from_shown(self.definition, shown, seed=self.seed)

    def grade(self, answer: Answer) -> Grade:
        """Grade an answer."""
        return self.type.grade(self.definition, answer)

    def is_complete(self, answer: Answer) -> bool:
        """Say whether an answer can be graded."""
        return self.type.is_complete(self.definition, answer)

    def parts(self, answer: Answer | None, grade: Grade | None) -> list[dict[str, Any]]:
        """Return what templates repeat."""
        return self.type.parts(self.definition, answer, grade, seed=self.seed)


@dataclass(frozen=True)
class ExerciseState:
    """What is known of a learner's work on one exercise when a page is shown.

    ``answer`` is None where only the score is kept (progress cookie) or where the
    exercise has changed since. ``error`` says why an answer could not be graded.
    Without ``reveal`` an answer is shown as given, and nothing of what came of it.
    ``sealed`` says that a teacher opens the solution later, and so nothing is revealed,
    ``is_unkept`` that the answer is kept nowhere.
    """

    score: int | None = None
    answer: Answer | None = None
    error: str = ""
    reveal: bool = True
    sealed: bool = False
    is_unkept: bool = False

    def as_sealed(self) -> "ExerciseState":
        """Return the state with all kept back that tells what is right."""
        return replace(self, score=None, reveal=False, sealed=True)

    @classmethod
    def refused(cls, error: AnswerError, score: int | None = None) -> "ExerciseState":
        """Return the state of an answer that could not be graded, as far as given."""
        return cls(score, error.given, str(error), reveal=False)


def modules_of(exercises: Iterable[Exercise]) -> tuple[str, ...]:
    """Return the static paths of the ES modules of the types in use."""
    return tuple(sorted({exercise.type.module for exercise in exercises} - {""}))


def render(
    exercise: Exercise,
    state: ExerciseState | None = None,
    *,
    action: str = "",
    layout: str = "",
    **context: Any,
) -> str:
    """Render an exercise's form; without state, the page holds no solution.

    ``action`` is where the form is sent, ``layout`` the template around the parts.
    """
    layout = layout or (PRACTICE if exercise.type.graded else UNSENT)
    state = state or ExerciseState()
    grade = _grade_shown(exercise, state)
    parts = exercise.parts(state.answer, grade)
    return render_to_string(
        exercise.type.template,
        {
            **context,
            **_words(exercise, layout, parts, grade),
            "action": action,
            "state": state,
        },
    )


def render_paper(
    exercise: Exercise, *, solved: bool = False, layout: str = PAPER, **context: Any
) -> str:
    """Render an exercise as it goes on paper, blank or with its solution."""
    answer = exercise.type.solution(exercise.definition) if solved else None
    grade = exercise.grade(answer) if solved else None
    parts = exercise.type.paper_parts(
        exercise.definition, answer, grade, seed=exercise.seed
    )
    return render_to_string(
        exercise.type.paper, {**context, **_words(exercise, layout, parts, grade)}
    )


def _grade_shown(exercise: Exercise, state: ExerciseState) -> Grade | None:
    if state.answer is None or not state.reveal:
        return None
    return exercise.grade(state.answer) if exercise.is_complete(state.answer) else None


def _words(
    exercise: Exercise, layout: str, parts: list[dict[str, Any]], grade: Grade | None
) -> dict[str, Any]:
    right = sum(p.get("mark") in ("right", "left") for p in parts)
    is_partly_right = grade is not None and not grade.solved and right > 0
    return {
        "exercise": exercise,
        "definition": exercise.definition,
        "layout": layout,
        "parts": parts,
        "grade": grade,
        "right_count": right,
        "counting": exercise.type.counting(exercise.definition, grade)
        if grade and is_partly_right
        else "",
    }


def render_overview(exercise: Exercise) -> str:
    """Render what authors see of an exercise beside it; "" for most types."""
    kind = exercise.type
    if not kind.overview:
        return ""
    context = {
        "exercise": exercise,
        "definition": exercise.definition,
        "overview": kind.overview_parts(exercise.definition),
    }
    return render_to_string(kind.overview, context)
