"""Reflection: a question to oneself. What is written never leaves the device."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from ..base import Answer, AnswerError, ExerciseBlock, FormData, Grade, QuestionType

LINES = 5


class ReflectionBlock(ExerciseBlock):
    """Editor's form of a reflection; there is nothing to explain afterwards."""

    explanation = None
    lines = blocks.IntegerBlock(
        required=False,
        min_value=2,
        max_value=20,
        default=LINES,
        label=_("Lines to write on"),
        help_text=_("How much room there is, on the screen and on paper."),
    )

    class Meta:
        icon = "edit"
        label = _("Reflection")
        description = _("A question to oneself; the text stays on the device.")
        preview_value = {
            "key": "was-ist-es-wert",
            "question": "Welche Daten darf eine App haben, und wofür?",
            "hint": "Es hilft, an eine App zu denken, die wirklich nützt.",
            "lines": 4,
        }


class Reflection(QuestionType):
    """There is no answer: the field has no name, so no form could send it."""

    name = "reflection"
    label = _("Reflection")
    template = "reflection/exercise.html"
    paper = "reflection/paper.html"
    module = "reflection/reflection.js"
    graded = False

    def block(self) -> ReflectionBlock:
        return ReflectionBlock()

    def read_answer(
        self, definition: Mapping[str, Any], data: FormData, *, seed: str = ""
    ) -> Answer:
        raise AnswerError(_("What is written here is for nobody else and is not sent."))

    def grade(self, definition: Mapping[str, Any], answer: Answer) -> Grade:
        return Grade(score=0)

    def structure(self, definition: Mapping[str, Any]) -> Any:
        return []

    def parts(
        self,
        definition: Mapping[str, Any],
        answer: Answer | None,
        grade: Grade | None,
        *,
        seed: str = "",
    ) -> list[dict[str, Any]]:
        lines = definition["lines"] or LINES
        return [{"line": number} for number in range(1, lines + 1)]

    def solution(self, definition: Mapping[str, Any]) -> Answer:
        return ""

    def guess_chance(self, definition: Mapping[str, Any]) -> float:
        return 0


TYPE = Reflection()
