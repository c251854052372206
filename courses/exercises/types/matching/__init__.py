"""Matching: what on the left belongs to what on the right, each at most once."""

import math
from collections.abc import Iterator, Mapping
from string import ascii_uppercase
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from ..base import (
    RIGHT,
    WRONG,
    Answer,
    AnswerError,
    ExerciseBlock,
    FormData,
    Grade,
    QuestionType,
    card_text,
    display_order,
    entry_problems,
    hidden_order,
    inline_text,
    plain,
    read_number,
)

MOST_PAIRS = 8
MOST_DISTRACTORS = 4


#: What is said of a text that an earlier one repeats, by its field.
DOUBLED = {
    "left": _("This text already stands on the left."),
    "right": _(
        "This card is there already, and each fits only once. If several texts belong "
        "to one, let them be sorted instead."
    ),
    "distractors": _("This card is there already. Change it or remove it."),
}


class PairBlock(blocks.StructBlock):
    """Two texts that belong together, with the reason."""

    left = card_text(
        label=_("On the left"), help_text=_("What a match is looked for, in few words.")
    )
    right = card_text(
        label=_("What belongs to it"),
        help_text=_("The text on the card, in few words."),
    )
    feedback = inline_text(
        label=_("Feedback: why do they belong together?"),
        help_text=_("Shown after the answer, whether it was right or not."),
    )

    class Meta:
        icon = "link"
        label = _("Pair")


class MatchingBlock(ExerciseBlock):
    """Editor's form of a matching."""

    pairs = blocks.ListBlock(
        PairBlock(),
        min_num=2,
        max_num=MOST_PAIRS,
        label=_("Pairs"),
        help_text=_("The cards are shown in an order of their own."),
    )
    distractors = blocks.ListBlock(
        card_text(label=_("Card")),
        max_num=MOST_DISTRACTORS,
        default=[],
        label=_("Cards that fit nothing"),
        help_text=_("Optional. With them, the last pair is not given away."),
    )

    class Meta:
        icon = "link"
        label = _("Matching")
        description = _("Texts on the left, each with the one card that fits it.")
        preview_value = {
            "key": "wer-sieht-was",
            "question": "Lena schreibt Mika eine Nachricht. Wer sieht was?",
            "pairs": [
                {
                    "left": "Router im Café",
                    "right": "Mit welchen Servern Lenas Handy spricht",
                    "feedback": "Er reicht die Pakete weiter.",
                },
                {
                    "left": "Anbieter des Messengers",
                    "right": "Wem Lena wann schreibt",
                    "feedback": "Jemand muss die Nachricht zustellen.",
                },
                {
                    "left": "Mika",
                    "right": "Die Nachricht selbst",
                    "feedback": "Für Mika war sie bestimmt.",
                },
            ],
        }

    def problems(self, value: Mapping[str, Any]) -> dict[str, ValidationError]:
        """Refuse texts that stand there twice: nobody could tell them apart."""
        found: dict[str, dict[int, Any]] = {}
        for field, number in doubled(value):
            problem = ValidationError(DOUBLED[field])
            if field == "distractors":
                found.setdefault(field, {})[number] = problem
            else:
                found.setdefault("pairs", {}).setdefault(number, {})[field] = problem
        return {field: entry_problems(entries) for field, entries in found.items()}


def doubled(definition: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """Yield field and number of each text that an earlier one repeats."""
    seen: set[tuple[bool, str]] = set()
    texts = [("left", i, pair["left"]) for i, pair in enumerate(definition["pairs"])]
    texts += [("right", i, pair["right"]) for i, pair in enumerate(definition["pairs"])]
    texts += [("distractors", i, t) for i, t in enumerate(definition["distractors"])]
    for field, number, text in texts:
        what = (field == "left", plain(text))
        if what in seen:
            yield field, number
        seen.add(what)


def cards(definition: Mapping[str, Any]) -> list[Any]:
    """Return the texts on the right: those of the pairs, then what fits nothing."""
    return [*(p["right"] for p in definition["pairs"]), *definition["distractors"]]


class Matching(QuestionType):
    """An answer holds the number of the card chosen for each text on the left.

    Cards laid at random hit one pair on average, however many there are. So the first
    hit counts nothing, and the score is the share of the others.
    """

    name = "matching"
    label = _("Matching")
    template = "matching/exercise.html"
    paper = "matching/paper.html"
    module = "matching/matching.js"

    def block(self) -> MatchingBlock:
        return MatchingBlock()

    def read_answer(
        self, definition: Mapping[str, Any], data: FormData, *, seed: str = ""
    ) -> Answer:
        order = hidden_order(definition, len(cards(definition)), seed)
        positions = [
            read_number(data, f"pair-{index}", len(order))
            for index in range(len(definition["pairs"]))
        ]
        given = [None if place is None else order[place] for place in positions]
        chosen = [place for place in positions if place is not None]
        if len(chosen) < len(given):
            raise AnswerError(
                _("Something is still open. Please find a match for everything."), given
            )
        for place in chosen:
            if chosen.count(place) > 1:
                raise AnswerError(
                    _("Card %(letter)s is chosen twice, but fits only once.")
                    % {"letter": ascii_uppercase[place]},
                    given,
                )
        return given

    def grade(self, definition: Mapping[str, Any], answer: Answer) -> Grade:
        marks = tuple(RIGHT if c == i else WRONG for i, c in enumerate(answer))
        score = (marks.count(RIGHT) - 1) / (len(marks) - 1)
        return Grade(score=max(0, round(100 * score)), marks=marks)

    def structure(self, definition: Mapping[str, Any]) -> Any:
        return [len(definition["pairs"]), len(definition["distractors"])]

    def as_shown(
        self, definition: Mapping[str, Any], answer: Answer, *, seed: str = ""
    ) -> Answer:
        order = hidden_order(definition, len(cards(definition)), seed)
        return [None if card is None else order.index(card) for card in answer]

    def from_shown(
        self, definition: Mapping[str, Any], shown: Answer, *, seed: str = ""
    ) -> Answer:
        order = hidden_order(definition, len(cards(definition)), seed)
        return [None if place is None else order[place] for place in shown]

    def parts(
        self,
        definition: Mapping[str, Any],
        answer: Answer | None,
        grade: Grade | None,
        *,
        seed: str = "",
    ) -> list[dict[str, Any]]:
        pairs, texts = list(definition["pairs"]), cards(definition)
        order = hidden_order(definition, len(texts), seed)
        choices = [
            {"position": place, "letter": ascii_uppercase[place], "text": texts[number]}
            for place, number in enumerate(order)
        ]
        shown = {number: choices[place] for place, number in enumerate(order)}
        chosen = answer or [None] * len(pairs)
        parts = []
        for index in display_order(len(pairs), seed):
            part = {
                "index": index,
                "left": pairs[index]["left"],
                "chosen": shown.get(chosen[index]),
                "choices": choices,
            }
            if grade is not None:
                part["mark"] = grade.marks[index]
                part["right"] = shown[index]
                part["feedback"] = pairs[index]["feedback"]
            parts.append(part)
        return parts

    def solution(self, definition: Mapping[str, Any]) -> Answer:
        return list(range(len(definition["pairs"])))

    def counting(self, definition: Mapping[str, Any], grade: Grade) -> Any:
        return _("Guessing hits one pair on average, so the first one does not count.")

    def guess_chance(self, definition: Mapping[str, Any]) -> float:
        return 1 / math.perm(len(cards(definition)), len(definition["pairs"]))


TYPE = Matching()
