"""Multiple choice: several options, any number of them correct."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..base import (
    Answer,
    AnswerError,
    ChoiceBlock,
    FormData,
    Grade,
    QuestionType,
    choice_structure,
    choices_counting,
    choices_score,
    correct_options,
    mark_options,
    option_parts,
    option_texts,
    read_chosen,
)


class MultipleChoiceBlock(ChoiceBlock):
    """Editor's form of a multiple choice."""

    def correct_count_problem(self, correct: int, total: int) -> ValidationError | None:
        if 0 < correct < total:
            return None
        return ValidationError(
            _("Mark at least one option as correct and leave at least one wrong.")
        )

    class Meta:
        icon = "list-ul"
        label = _("Multiple choice")
        description = _("A question with several options, any number of them correct.")
        preview_value = {
            "key": "wo-ist-lena",
            "question": "Welche Daten verraten, wo Lena gerade ist?",
            "options": [
                {
                    "text": "Namen der WLANs in der Nähe",
                    "correct": True,
                    "feedback": "Ja, für WLANs gibt es Karten.",
                },
                {
                    "text": "Lautstärke des Handys",
                    "feedback": "Nein, laut ist es an vielen Orten.",
                },
                {
                    "text": "Signale von Satelliten",
                    "correct": True,
                    "feedback": "Ja, auf wenige Meter genau.",
                },
            ],
        }


class MultipleChoice(QuestionType):
    """An answer is the sorted list of chosen indices.

    Each option is a decision of its own: the score is the share of the correct options
    that were chosen less the share of the wrong ones that were, so that neither ticking
    all nor ticking none earns anything.
    """

    name = "multiple_choice"
    label = _("Multiple choice")
    template = "multiple_choice/exercise.html"
    paper = "multiple_choice/paper.html"

    def block(self) -> MultipleChoiceBlock:
        return MultipleChoiceBlock()

    def read_answer(
        self, definition: Mapping[str, Any], data: FormData, *, seed: str = ""
    ) -> Answer:
        chosen = read_chosen(definition, data)
        if not chosen:
            raise AnswerError(_("Choose at least one option, then check the answer."))
        return chosen

    def grade(self, definition: Mapping[str, Any], answer: Answer) -> Grade:
        marks = mark_options(definition, set(answer))
        return Grade(score=choices_score(marks), marks=marks)

    def structure(self, definition: Mapping[str, Any]) -> Any:
        return choice_structure(definition)

    def parts(
        self,
        definition: Mapping[str, Any],
        answer: Answer | None,
        grade: Grade | None,
        *,
        seed: str = "",
    ) -> list[dict[str, Any]]:
        return option_parts(definition, set(answer or ()), grade, seed)

    def options(self, definition: Mapping[str, Any]) -> Sequence[Any]:
        return option_texts(definition)

    def solution(self, definition: Mapping[str, Any]) -> Answer:
        return sorted(correct_options(definition))

    def counting(self, definition: Mapping[str, Any], grade: Grade) -> Any:
        return choices_counting()

    def guess_chance(self, definition: Mapping[str, Any]) -> float:
        return 1 / (2 ** len(definition["options"]) - 1)


TYPE = MultipleChoice()
