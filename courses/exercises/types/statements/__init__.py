"""Statements: judged as true or false, where wanted together with the reason."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from ..base import (
    LEFT,
    MISSED,
    PARTLY,
    RIGHT,
    WRONG,
    Answer,
    AnswerError,
    ExerciseBlock,
    FormData,
    Grade,
    QuestionType,
    Recall,
    Sureness,
    card_text,
    display_order,
    duplicate_option,
    entry_problems,
    inline_text,
    last_value,
    list_problem,
)

#: What the form says of a statement.
TRUE, FALSE, UNDECIDED = "true", "false", "undecided"
JUDGEMENTS = {TRUE: True, FALSE: False}
#: A right judgement without the right reason is half of what was asked.
HALF = Fraction(1, 2)
#: Two statements fall into place by themselves too often to show that they are known.
MORE_THAN_LUCK = 1 / 8


class ReasonBlock(blocks.StructBlock):
    """One reason to choose from, with why it is the right one or not."""

    text = card_text(label=_("Reason"))
    correct = blocks.BooleanBlock(
        required=False,
        label=_("The right reason"),
        help_text=_("Exactly one reason of a statement is the right one."),
    )
    feedback = inline_text(
        label=_("Feedback: why is it right or wrong?"),
        help_text=_("Shown after the answer, whichever reason was chosen."),
    )

    class Meta:
        icon = "help"
        label = _("Reason")


class StatementBlock(blocks.StructBlock):
    """One statement; reasons are asked for only where there are some."""

    text = inline_text(
        label=_("Statement"),
        help_text=_("A claim that is either true or false, if possible without “not”."),
    )
    correct = blocks.BooleanBlock(
        required=False,
        label=_("The statement is true"),
        help_text=_("Leave it unticked if the statement is false."),
    )
    feedback = inline_text(
        label=_("Why it is true or false"),
        help_text=_("Shown to everybody after the answer, right or wrong."),
    )
    reasons = blocks.ListBlock(
        ReasonBlock(),
        default=[],
        max_num=4,
        required=False,
        label=_("Reasons to choose from"),
        help_text=_(
            "Optional: two to four reasons. Learners then also choose why, and only "
            "both together count in full. Write reasons for true and for false."
        ),
    )

    class Meta:
        icon = "check"
        label = _("Statement")


class StatementsBlock(ExerciseBlock):
    """Editor's form of statements."""

    statements = blocks.ListBlock(
        StatementBlock(),
        min_num=2,
        max_num=8,
        label=_("Statements"),
        help_text=_("Two to eight; mix true and false ones."),
    )

    def problems(self, value: Mapping[str, Any]) -> dict[str, ValidationError]:
        """Refuse statements given twice, and reasons without the right one."""
        statements = list(value["statements"])
        if twice := duplicate_option(statements):
            return {"statements": list_problem(twice)}
        found = {
            i: reasons_problem(each["reasons"]) for i, each in enumerate(statements)
        }
        wrong = {
            i: {"reasons": list_problem(each)} for i, each in found.items() if each
        }
        return {"statements": entry_problems(wrong)} if wrong else {}

    class Meta:
        icon = "tick-inverse"
        label = _("True or false?")
        description = _("Statements to judge as true or false, if wanted with reasons.")
        preview_value = {
            "key": "schloss",
            "question": "Was sagt das Schloss neben der Adresse?",
            "statements": [
                {
                    "text": "Unterwegs liest niemand das Passwort mit.",
                    "correct": True,
                    "feedback": "Richtig, die Verbindung ist verschlüsselt.",
                },
                {
                    "text": "Der Laden ist ehrlich.",
                    "correct": False,
                    "feedback": "Falsch, ein Schloss bekommt jede Website.",
                },
            ],
        }


def reasons_problem(reasons: Any) -> ValidationError | None:
    """Return what is wrong with the reasons of a statement, if anything."""
    count = len(reasons)
    if not count:
        return None
    if count < 2:
        return ValidationError(
            _("One reason is no choice: give at least two, or none.")
        )
    right = sum(bool(reason["correct"]) for reason in reasons)
    if right != 1:
        return ValidationError(
            _("Mark exactly one reason as the right one; now there are %(count)s."),
            params={"count": right},
        )
    return duplicate_option(reasons)


def right_reason(statement: Mapping[str, Any]) -> int | None:
    """Return the number of the right reason, None where none is asked for."""
    return next((i for i, r in enumerate(statement["reasons"]) if r["correct"]), None)


class Statements(QuestionType):
    """An answer holds for each statement the judgement and the number of the reason.

    Both may be None. Leaving a statement undecided is allowed and costs nothing: who
    does not know should say so instead of guessing. So that guessing earns nothing
    either, a wrong judgement takes away what a lucky one would have brought on
    average. A right judgement without the right reason counts half.
    """

    name = "statements"
    label = _("True or false?")
    template = "statements/exercise.html"
    paper = "statements/paper.html"

    def block(self) -> StatementsBlock:
        return StatementsBlock()

    def read_answer(
        self, definition: Mapping[str, Any], data: FormData, *, seed: str = ""
    ) -> Answer:
        statements = definition["statements"]
        said = [last_value(data, f"judgement-{i}") for i in range(len(statements))]
        if not set(said) & {TRUE, FALSE, UNDECIDED}:
            raise AnswerError(_("Judge at least one statement, then check the answer."))
        return [
            [JUDGEMENTS[word], _chosen_reason(statement, data, index)]
            if word in JUDGEMENTS
            else [None, None]
            for index, (statement, word) in enumerate(
                zip(statements, said, strict=True)
            )
        ]

    def grade(self, definition: Mapping[str, Any], answer: Answer) -> Grade:
        pairs = list(zip(definition["statements"], answer, strict=True))
        marks = tuple(mark_statement(*pair) for pair in pairs)
        points = sum(
            (
                points_of(statement, mark)
                for (statement, _given), mark in zip(pairs, marks, strict=True)
            ),
            start=Fraction(0),
        )
        return Grade(max(0, round(100 * points / len(marks))), marks)

    def structure(self, definition: Mapping[str, Any]) -> Any:
        return [
            [bool(each["correct"]), len(each["reasons"]), right_reason(each)]
            for each in definition["statements"]
        ]

    def parts(
        self,
        definition: Mapping[str, Any],
        answer: Answer | None,
        grade: Grade | None,
        *,
        seed: str = "",
    ) -> list[dict[str, Any]]:
        statements = list(definition["statements"])
        parts = []
        for number, index in enumerate(display_order(len(statements), seed), start=1):
            judged, reason = answer[index] if answer else (None, None)
            part = {
                "index": index,
                "number": number,
                "text": statements[index]["text"],
                "judged": _word_for(judged) if answer else "",
                "reasons": reason_parts(
                    statements[index], reason, grade, f"{seed}/{index}" if seed else ""
                ),
            }
            if grade is not None:
                part["mark"] = grade.marks[index]
                part["is_true"] = bool(statements[index]["correct"])
                part["has_reason"] = reason is not None
                part["feedback"] = statements[index]["feedback"]
            parts.append(part)
        return parts

    def solution(self, definition: Mapping[str, Any]) -> Answer:
        return [
            [bool(each["correct"]), right_reason(each)]
            for each in definition["statements"]
        ]

    def counting(self, definition: Mapping[str, Any], grade: Grade) -> Any:
        if any(each["reasons"] for each in definition["statements"]):
            return _(
                "Guessing is right now and then, so a wrong judgement takes points "
                "off; “Don’t know” costs nothing. Without the right reason, a right "
                "judgement counts half."
            )
        return _(
            "Guessing is right now and then, so a wrong judgement takes points off; "
            "“Don’t know” costs nothing."
        )

    def guess_chance(self, definition: Mapping[str, Any]) -> float:
        chance = 1.0
        for each in definition["statements"]:
            chance /= 2 * max(1, len(each["reasons"]))
        return chance

    def rating(
        self,
        definition: Mapping[str, Any],
        grade: Grade,
        sureness: Sureness | None = None,
    ) -> Recall:
        """Take no two coins that fell right for knowledge, unless somebody is sure."""
        usual = super().rating(definition, grade, sureness)
        if sureness is None and self.guess_chance(definition) > MORE_THAN_LUCK:
            return min(usual, Recall.HARD)
        return usual


def mark_statement(statement: Mapping[str, Any], given: Any) -> str:
    """Say what became of one statement: undecided is missed, not wrong."""
    judged, reason = given
    if judged is None:
        return MISSED
    if judged != bool(statement["correct"]):
        return WRONG
    return RIGHT if reason == right_reason(statement) else PARTLY


def points_of(statement: Mapping[str, Any], mark: str) -> Fraction:
    """Return what a mark is worth, so that blind guessing brings nothing on average."""
    if mark == RIGHT:
        return Fraction(1)
    if mark == PARTLY:
        return HALF
    if mark == MISSED:
        return Fraction(0)
    reasons = max(1, len(statement["reasons"]))
    return -(1 + HALF * (reasons - 1)) / reasons


def reason_parts(
    statement: Mapping[str, Any], chosen: int | None, grade: Grade | None, seed: str
) -> list[dict[str, Any]]:
    """Return the reasons for a template; marks and feedback only after grading."""
    reasons = list(statement["reasons"])
    parts = []
    for index in display_order(len(reasons), seed):
        reason = reasons[index]
        part = {
            "index": index,
            "text": reason["text"],
            "chosen": index == chosen,
        }
        if grade is not None:
            marks = {(True, True): RIGHT, (True, False): WRONG, (False, True): MISSED}
            part["mark"] = marks.get((index == chosen, bool(reason["correct"])), LEFT)
            part["feedback"] = reason["feedback"]
        parts.append(part)
    return parts


def _chosen_reason(
    statement: Mapping[str, Any], data: FormData, index: int
) -> int | None:
    word = last_value(data, f"reason-{index}")
    return next((i for i in range(len(statement["reasons"])) if str(i) == word), None)


def _word_for(judged: bool | None) -> str:
    return UNDECIDED if judged is None else TRUE if judged else FALSE


TYPE = Statements()
