"""Short answer: a word or a few, typed from memory."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from ..base import (
    PARTLY,
    RIGHT,
    WRONG,
    Answer,
    AnswerError,
    ExerciseBlock,
    FormData,
    Grade,
    QuestionType,
    inline_text,
    last_value,
    list_problem,
)
from ..typed import Likeness, nearest, spelling, tidy, words

MAX_FORM = 80
#: What a named near miss is worth.
NEAR_SCORE = 50


class MistakeBlock(blocks.StructBlock):
    """A mistake that people make, with an explanation of its own."""

    text = blocks.CharBlock(
        max_length=MAX_FORM,
        label=_("Mistake"),
        help_text=_("What people type here although it is not the answer."),
    )
    near = blocks.BooleanBlock(
        required=False,
        label=_("Nearly right"),
        help_text=_("It earns half: the thought is right, the word is not."),
    )
    feedback = inline_text(
        label=_("Feedback: what is the difference?"),
        help_text=_("Shown to everybody who answers this."),
    )

    class Meta:
        icon = "cross"
        label = _("Mistake")


class ShortAnswerBlock(ExerciseBlock):
    """Editor's form of a short answer."""

    accepted = blocks.ListBlock(
        blocks.CharBlock(max_length=MAX_FORM, label=_("Form")),
        min_num=1,
        max_num=30,
        label=_("What is right"),
        help_text=_(
            "Every word that answers the question, the best one first. Case, umlauts "
            "(ae for ä), endings, articles and one slip in longer words are forgiven."
        ),
    )
    wrong = blocks.ListBlock(
        MistakeBlock(),
        default=[],
        max_num=12,
        required=False,
        label=_("Known mistakes"),
        help_text=_("Optional: mistakes that deserve an explanation of their own."),
    )

    def problems(self, value: Mapping[str, Any]) -> dict[str, ValidationError]:
        """Refuse forms that nobody can type, and mistakes that are right as well."""
        accepted = list(value["accepted"])
        mistakes = [mistake["text"] for mistake in value["wrong"]]
        found = {
            "accepted": mute_problem(accepted),
            "wrong": mute_problem(mistakes) or mistake_problem(mistakes, accepted),
        }
        return {name: list_problem(each) for name, each in found.items() if each}

    class Meta:
        icon = "edit"
        label = _("Short answer")
        description = _("A word or a few to be typed, with known mistakes explained.")
        preview_value = {
            "key": "koeder",
            "intro": "<p>Eine Mail im Namen der Bank fragt Mehmet nach der PIN.</p>",
            "question": "Wie heißt diese Art von Betrug?",
            "accepted": ["Phishing"],
            "wrong": [
                {
                    "text": "Spam",
                    "near": True,
                    "feedback": "Spam will meistens nur etwas verkaufen.",
                },
            ],
        }


def mute_problem(forms: list[str]) -> ValidationError | None:
    """Return an error that names a form without a letter or a digit."""
    mute = next((form for form in forms if not words(form)), None)
    if mute is None:
        return None
    return ValidationError(
        _("“%(form)s” holds neither a letter nor a digit; nobody can type it."),
        params={"form": mute},
    )


def mistake_problem(mistakes: list[str], accepted: list[str]) -> ValidationError | None:
    """Return an error that names a mistake which is right too, or stands there twice.

    Another form or a slip of what is right may be a mistake: whoever types exactly it
    reads its explanation.
    """
    for place, mistake in enumerate(mistakes):
        if nearest(mistake, accepted, freely=True)[0] == Likeness.SAME:
            return ValidationError(
                _("“%(form)s” is a known mistake and right at the same time."),
                params={"form": mistake},
            )
        if nearest(mistake, mistakes[:place], freely=True)[0] == Likeness.SAME:
            return ValidationError(
                _("The mistake “%(form)s” stands there twice."),
                params={"form": mistake},
            )
    return None


@dataclass(frozen=True)
class Reading:
    """What an answer was taken for: an accepted form, a known mistake, or neither."""

    how: Likeness = Likeness.OTHER
    form: str = ""
    mistake: Mapping[str, Any] | None = None

    @property
    def mark(self) -> str:
        """Say what became of the answer."""
        if self.mistake is not None:
            return PARTLY if self.mistake["near"] else WRONG
        return WRONG if self.how == Likeness.OTHER else RIGHT


def read(definition: Mapping[str, Any], given: str) -> Reading:
    """Take an answer for what it is nearest to; in doubt for the accepted form."""
    mistakes = {mistake["text"]: mistake for mistake in definition["wrong"]}
    accepted = definition["accepted"]
    how, form = nearest(given, [*accepted, *mistakes], freely=True)
    return Reading(how, form, None if form in accepted else mistakes.get(form))


class ShortAnswer(QuestionType):
    """An answer is the text typed, as one line.

    Right is what says the same as an accepted form as a whole; a negation of it, or
    several words with the right one among them, is not. A known mistake that is nearly
    right earns half, anything else nothing. Guessing brings nothing, because there is
    nothing to choose from.
    """

    name = "short_answer"
    label = _("Short answer")
    template = "short_answer/exercise.html"
    paper = "short_answer/paper.html"

    def block(self) -> ShortAnswerBlock:
        return ShortAnswerBlock()

    def read_answer(
        self, definition: Mapping[str, Any], data: FormData, *, seed: str = ""
    ) -> Answer:
        given = tidy(last_value(data, "answer"))
        if not words(given):
            raise AnswerError(_("Type an answer, then check it."))
        return given

    def grade(self, definition: Mapping[str, Any], answer: Answer) -> Grade:
        mark = read(definition, answer).mark
        return Grade({RIGHT: 100, PARTLY: NEAR_SCORE, WRONG: 0}[mark], (mark,))

    def structure(self, definition: Mapping[str, Any]) -> Any:
        return [
            sorted({spelling(form) for form in definition["accepted"]}),
            sorted(
                [spelling(each["text"]), bool(each["near"])]
                for each in definition["wrong"]
            ),
        ]

    def parts(
        self,
        definition: Mapping[str, Any],
        answer: Answer | None,
        grade: Grade | None,
        *,
        seed: str = "",
    ) -> list[dict[str, Any]]:
        part: dict[str, Any] = {"given": answer or ""}
        if grade is not None:
            reading = read(definition, str(answer))
            is_right = reading.mark == RIGHT
            best = reading.form if is_right else definition["accepted"][0]
            part |= {
                "mark": reading.mark,
                "best": best,
                "others": [form for form in definition["accepted"] if form != best],
                "is_slip": is_right and reading.how == Likeness.SLIP,
                "feedback": reading.mistake["feedback"] if reading.mistake else "",
            }
        return [part]

    def solution(self, definition: Mapping[str, Any]) -> Answer:
        return tidy(definition["accepted"][0])

    def guess_chance(self, definition: Mapping[str, Any]) -> float:
        return 0.0


TYPE = ShortAnswer()
