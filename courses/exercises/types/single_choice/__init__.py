"""Single choice: several options, exactly one is correct."""

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
    correct_options,
    mark_options,
    option_parts,
    option_texts,
    read_chosen,
)


class SingleChoiceBlock(ChoiceBlock):
    """Editor's form of a single choice."""

    def correct_count_problem(self, correct: int, total: int) -> ValidationError | None:
        if correct == 1:
            return None
        return ValidationError(
            _("Mark exactly one option as correct; now there are %(count)s."),
            params={"count": correct},
        )

    class Meta:
        icon = "radio-full"
        label = _("Single choice")
        description = _("A question with several options, one of them correct.")
        preview_value = {
            "key": "wetter-app",
            "question": "Womit verdient die kostenlose Wetter-App Geld?",
            "options": [
                {
                    "text": "Mit Regenschirmen",
                    "feedback": "Nein, sie verkauft keine Dinge.",
                },
                {
                    "text": "Mit Werbung, die zum Ort passt",
                    "correct": True,
                    "feedback": "Ja, dafür braucht sie den Standort.",
                },
            ],
        }


class SingleChoice(QuestionType):
    """An answer is the list with the one chosen index; right or wrong, no half."""

    name = "single_choice"
    label = _("Single choice")
    template = "single_choice/exercise.html"
    paper = "single_choice/paper.html"

    def block(self) -> SingleChoiceBlock:
        return SingleChoiceBlock()

    def read_answer(
        self, definition: Mapping[str, Any], data: FormData, *, seed: str = ""
    ) -> Answer:
        chosen = read_chosen(definition, data)
        if len(chosen) != 1:
            raise AnswerError(_("Choose one option, then check the answer."))
        return chosen

    def grade(self, definition: Mapping[str, Any], answer: Answer) -> Grade:
        chosen = set(answer)
        return Grade(
            score=100 if chosen == correct_options(definition) else 0,
            marks=mark_options(definition, chosen),
        )

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

    def guess_chance(self, definition: Mapping[str, Any]) -> float:
        return 1 / len(definition["options"])


TYPE = SingleChoice()
