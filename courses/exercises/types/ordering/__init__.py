"""Ordering: things to be brought into the one right order."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
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
    entry_problems,
    hidden_order,
    in_order,
    inline_text,
    out_of_order,
    plain,
    read_number,
)

FEWEST, MOST = 3, 8


class OrderedItemBlock(blocks.StructBlock):
    """One of the things to order, with the reason for its place."""

    text = card_text(
        label=_("Text"), help_text=_("In few words; it stands beside two buttons.")
    )
    feedback = inline_text(
        label=_("Feedback: why does it belong there?"),
        help_text=_("Shown after the answer, in the right order."),
    )

    class Meta:
        icon = "bars"
        label = _("Item")


class OrderingBlock(ExerciseBlock):
    """Editor's form of an ordering."""

    items = blocks.ListBlock(
        OrderedItemBlock(),
        min_num=FEWEST,
        max_num=MOST,
        label=_("Items in the right order"),
        help_text=_("They are shown in another order, never in this one."),
    )

    class Meta:
        icon = "list-ol"
        label = _("Putting in order")
        description = _("Steps or things that have exactly one right order.")
        preview_value = {
            "key": "weg-der-nachricht",
            "question": "Welchen Weg nimmt Lenas Nachricht an Mika?",
            "items": [
                {
                    "text": "Lenas Handy",
                    "feedback": "Hier wird sie geschrieben und verschlüsselt.",
                },
                {
                    "text": "Router im Café",
                    "feedback": "Er führt aus dem Haus.",
                },
                {
                    "text": "Mikas Handy",
                    "feedback": "Erst hier wird sie wieder lesbar.",
                },
            ],
            "from": "zuerst",
            "to": "zuletzt",
        }

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        # "from" is a word of the language and cannot stand above like the others.
        ends = [
            (
                "from",
                blocks.CharBlock(
                    required=False,
                    max_length=40,
                    label=_("What the first place means"),
                    help_text=_("Optional, for example: first, most important, oldest"),
                ),
            ),
            (
                "to",
                blocks.CharBlock(
                    required=False,
                    max_length=40,
                    label=_("What the last place means"),
                    help_text=_("Optional, for example: last, least important, newest"),
                ),
            ),
        ]
        super().__init__([*(local_blocks or []), *ends], **kwargs)

    def problems(self, value: Mapping[str, Any]) -> dict[str, ValidationError]:
        """Refuse a text that stands there twice, and one end without the other."""
        found: dict[str, ValidationError] = {}
        texts = [plain(item["text"]) for item in value["items"]]
        repeated = [i for i, text in enumerate(texts) if text in texts[:i]]
        if repeated:
            problem = ValidationError(
                _("This text is there already; nobody could tell the two apart.")
            )
            found["items"] = entry_problems({i: {"text": problem} for i in repeated})
        for end, other in (("from", "to"), ("to", "from")):
            if value[other].strip() and not value[end].strip():
                found[end] = ValidationError(_("Say what both ends mean, or neither."))
        return found


def kept(places: Sequence[int]) -> set[int]:
    """Return the items that stand in the right order whichever way it is mended.

    The shortest way to the solution moves what is outside a longest run of items in the
    right order. Where several runs are as long, as with two neighbours that changed
    places, nobody can say which item is wrong: those count that are in all of them, and
    where there is none, those at their own place.
    """
    count = range(len(places))
    before, behind = [0] * len(places), [0] * len(places)
    for item in count:
        lower = (before[i] for i in range(item) if places[i] < places[item])
        before[item] = max(lower, default=0) + 1
    for item in reversed(count):
        higher = (behind[i] for i in count[item + 1 :] if places[i] > places[item])
        behind[item] = max(higher, default=0) + 1
    longest = max(before)
    in_some = [i for i in count if before[i] + behind[i] - 1 == longest]
    rivals = Counter(before[item] for item in in_some)
    in_all = {item for item in in_some if rivals[before[item]] == 1}
    return in_all or {item for item in count if places[item] == item}


class Ordering(QuestionType):
    """An answer holds the place given to each item, counted from 0.

    Each pair of items stands in the right order or not (Kendall's tau). By chance half
    of the pairs do, so half of them earn nothing and the score is the share of the
    other half: one swap of neighbours costs little, the reverse order everything.
    """

    name = "ordering"
    label = _("Putting in order")
    template = "ordering/exercise.html"
    paper = "ordering/paper.html"
    module = "ordering/ordering.js"

    def block(self) -> OrderingBlock:
        return OrderingBlock()

    def read_answer(
        self, definition: Mapping[str, Any], data: FormData, *, seed: str = ""
    ) -> Answer:
        count = len(definition["items"])
        given: list[int | None] = [None] * count
        for position, item in enumerate(hidden_order(definition, count, seed)):
            given[item] = read_number(data, f"place-{position}", count)
        places = Counter(place for place in given if place is not None)
        if not places:
            raise AnswerError(_("Please bring everything in order first."))
        for place in sorted(places):
            if places[place] > 1:
                raise AnswerError(
                    _("Place %(place)s is given twice. Each may be given once.")
                    % {"place": place + 1},
                    given,
                )
        if None in given:
            raise AnswerError(_("Something has no place yet."), given)
        return given

    def grade(self, definition: Mapping[str, Any], answer: Answer) -> Grade:
        pairs = list(combinations(answer, 2))
        right = sum(first < second for first, second in pairs)
        stays = kept(answer)
        return Grade(
            score=max(0, round(100 * (2 * right / len(pairs) - 1))),
            marks=tuple(
                RIGHT if item in stays else WRONG for item in range(len(answer))
            ),
        )

    def structure(self, definition: Mapping[str, Any]) -> Any:
        return len(definition["items"])

    def as_shown(
        self, definition: Mapping[str, Any], answer: Answer, *, seed: str = ""
    ) -> Answer:
        return in_order(answer, hidden_order(definition, len(answer), seed))

    def from_shown(
        self, definition: Mapping[str, Any], shown: Answer, *, seed: str = ""
    ) -> Answer:
        return out_of_order(shown, hidden_order(definition, len(shown), seed))

    def parts(
        self,
        definition: Mapping[str, Any],
        answer: Answer | None,
        grade: Grade | None,
        *,
        seed: str = "",
    ) -> list[dict[str, Any]]:
        items = list(definition["items"])
        places = answer or [None] * len(items)
        parts = []
        for position, number in enumerate(hidden_order(definition, len(items), seed)):
            part = {
                "position": position,
                "text": items[number]["text"],
                "place": places[number],
            }
            if grade is not None:
                part["mark"] = grade.marks[number]
                part["number"] = number + 1
                part["before"] = items[number - 1]["text"] if number else None
            parts.append(part)
        if sorted(each for each in places if each is not None) == [*range(len(items))]:
            parts.sort(key=lambda part: part["place"])
        return parts

    def solution(self, definition: Mapping[str, Any]) -> Answer:
        return list(range(len(definition["items"])))

    def counting(self, definition: Mapping[str, Any], grade: Grade) -> Any:
        return _(
            "Of any two, it counts which one comes first. Guessing gets that right "
            "half of the time, so only what goes beyond that earns points."
        )

    def guess_chance(self, definition: Mapping[str, Any]) -> float:
        return 1 / math.factorial(len(definition["items"]))


TYPE = Ordering()
