"""Sorting: things that go into one of a few categories."""

import math
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
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
    list_problem,
    out_of_order,
    plain,
    read_number,
)


class CategoryBlock(blocks.StructBlock):
    """One of the categories: a name for the author, words for everybody else."""

    id = blocks.CharBlock(
        max_length=30,
        validators=[validate_slug],
        label=_("Id"),
        help_text=_("A short word by which the cards below name this category."),
    )
    text = blocks.CharBlock(max_length=60, label=_("Name as shown"))

    class Meta:
        icon = "folder-open-inverse"
        label = _("Category")


class SortedItemBlock(blocks.StructBlock):
    """A card, where it belongs, and why."""

    text = card_text(label=_("Text on the card"), help_text=_("In few words."))
    category = blocks.CharBlock(
        max_length=30,
        label=_("Belongs to (id)"),
        help_text=_("The id of one of the categories above."),
    )
    also = blocks.ListBlock(
        blocks.CharBlock(max_length=30, label=_("Id")),
        default=[],
        label=_("Is right there too (ids)"),
        help_text=_(
            "Optional: further categories that count as right, where opinions differ."
        ),
    )
    feedback = inline_text(
        label=_("Feedback: why does it belong there?"),
        help_text=_("Shown after the answer, whether it was right or not."),
    )

    class Meta:
        icon = "doc-empty"
        label = _("Card")


class SortingBlock(ExerciseBlock):
    """Editor's form of a sorting."""

    categories = blocks.ListBlock(
        CategoryBlock(),
        min_num=2,
        max_num=4,
        label=_("Categories"),
        help_text=_("Name what is the case, never what somebody should think of it."),
    )
    items = blocks.ListBlock(
        SortedItemBlock(),
        min_num=3,
        max_num=12,
        label=_("Cards"),
        help_text=_("The cards are shown in an order of their own."),
    )

    class Meta:
        icon = "table"
        label = _("Sorting")
        description = _("Cards that each belong to one of two to four categories.")
        preview_value = {
            "key": "was-braucht-die-app",
            "question": "Was braucht eine Wetter-App für die Vorhersage?",
            "categories": [
                {"id": "noetig", "text": "Nötig"},
                {"id": "unnoetig", "text": "Nicht nötig"},
            ],
            "items": [
                {
                    "text": "Name des Ortes",
                    "category": "noetig",
                    "feedback": "Ohne Ort keine Vorhersage.",
                },
                {
                    "text": "Kontakte",
                    "category": "unnoetig",
                    "feedback": "Keine Telefonnummer ändert das Wetter.",
                },
                {
                    "text": "Werbe-ID",
                    "category": "unnoetig",
                    "feedback": "Sie hilft der Werbung, nicht der Vorhersage.",
                },
            ],
        }

    def problems(self, value: Mapping[str, Any]) -> dict[str, ValidationError]:
        """Refuse categories and cards that do not fit together, at their fields."""
        found = {
            "categories": category_problems(value),
            "items": item_problems(value),
        }
        problems = {name: entry_problems(each) for name, each in found.items() if each}
        if not problems and fullest_share(value) == 1:
            problems["items"] = list_problem(
                ValidationError(
                    _("All cards fit one and the same category: nothing is sorted.")
                )
            )
        return problems


def category_problems(
    value: Mapping[str, Any],
) -> dict[int, ValidationError | dict[str, ValidationError]]:
    """Return what is wrong with categories: doubled, or nothing belongs there."""
    found: dict[int, ValidationError | dict[str, ValidationError]] = {}
    used = {each for item in value["items"] for each in accepted_ids(item)}
    seen: set[tuple[str, str]] = set()
    for number, category in enumerate(value["categories"]):
        wrong: dict[str, ValidationError] = {}
        if category["id"] not in used:
            wrong["id"] = ValidationError(_("No card belongs to this category."))
        if ("id", category["id"]) in seen:
            wrong["id"] = ValidationError(_("Another category has this id."))
        if ("text", plain(category["text"])) in seen:
            wrong["text"] = ValidationError(_("Another category has this name."))
        seen |= {("id", category["id"]), ("text", plain(category["text"]))}
        if wrong:
            found[number] = wrong
    return found


def item_problems(
    value: Mapping[str, Any],
) -> dict[int, ValidationError | dict[str, ValidationError]]:
    """Return what is wrong with cards: doubled, or in categories that are not there."""
    found: dict[int, ValidationError | dict[str, ValidationError]] = {}
    known = [category["id"] for category in value["categories"]]
    texts = [plain(item["text"]) for item in value["items"]]
    for number, item in enumerate(value["items"]):
        wrong: dict[str, ValidationError] = {}
        if texts[number] in texts[:number]:
            wrong["text"] = ValidationError(
                _("This text is there already; nobody could tell the two apart.")
            )
        if item["category"] not in known:
            wrong["category"] = unknown(item["category"], known)
        strange = [each for each in item["also"] if each not in known]
        if strange:
            wrong["also"] = list_problem(unknown(strange[0], known))
        elif set(accepted_ids(item)) == set(known):
            problem = ValidationError(_("Every category would be right for this card."))
            wrong["also"] = list_problem(problem)
        if wrong:
            found[number] = wrong
    return found


def unknown(name: str, known: list[str]) -> ValidationError:
    """Say that a category does not exist, and which do."""
    return ValidationError(
        _("There is no category “%(name)s”. There are: %(known)s."),
        params={"name": name, "known": ", ".join(known)},
    )


def accepted_ids(item: Mapping[str, Any]) -> list[str]:
    """Return the ids of the categories right for a card, the best one first."""
    return list(dict.fromkeys([item["category"], *item["also"]]))


def accepted(definition: Mapping[str, Any]) -> list[list[int]]:
    """Return for each card the numbers of the categories that are right."""
    number = {c["id"]: i for i, c in enumerate(definition["categories"])}
    return [[number[each] for each in accepted_ids(i)] for i in definition["items"]]


def fullest_share(definition: Mapping[str, Any]) -> float:
    """Return the share of cards that is right when all go into the best category."""
    numbers = [number for each in accepted(definition) for number in each]
    return max(map(numbers.count, set(numbers))) / len(definition["items"])


class Sorting(QuestionType):
    """An answer holds the number of the category chosen for each card.

    Putting every card into the fullest category gets that category's share right
    without knowing anything, and guessing gets less. So that share earns nothing, and
    the score is how much of the rest is right.
    """

    name = "sorting"
    label = _("Sorting")
    template = "sorting/exercise.html"
    paper = "sorting/paper.html"
    module = "sorting/sorting.js"

    def block(self) -> SortingBlock:
        return SortingBlock()

    def read_answer(
        self, definition: Mapping[str, Any], data: FormData, *, seed: str = ""
    ) -> Answer:
        count = len(definition["items"])
        given: list[int | None] = [None] * count
        for position, item in enumerate(hidden_order(definition, count, seed)):
            given[item] = read_number(
                data, f"item-{position}", len(definition["categories"])
            )
        if None in given:
            raise AnswerError(
                _("Something is still open. Please sort all cards."), given
            )
        return given

    def grade(self, definition: Mapping[str, Any], answer: Answer) -> Grade:
        marks = tuple(
            RIGHT if chosen in right else WRONG
            for chosen, right in zip(answer, accepted(definition), strict=True)
        )
        free = fullest_share(definition)
        score = (marks.count(RIGHT) / len(marks) - free) / (1 - free)
        return Grade(score=max(0, round(100 * score)), marks=marks)

    def structure(self, definition: Mapping[str, Any]) -> Any:
        return [len(definition["categories"]), accepted(definition)]

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
        names = [category["text"] for category in definition["categories"]]
        chosen = answer or [None] * len(items)
        parts = []
        for position, number in enumerate(hidden_order(definition, len(items), seed)):
            part = {
                "position": position,
                "text": items[number]["text"],
                "chosen": chosen[number],
            }
            if grade is not None:
                right = accepted(definition)[number]
                part["mark"] = grade.marks[number]
                part["fits"] = right
                part["others"] = [names[i] for i in right if i != chosen[number]]
                part["feedback"] = items[number]["feedback"]
            parts.append(part)
        return parts

    def solution(self, definition: Mapping[str, Any]) -> Answer:
        return [right[0] for right in accepted(definition)]

    def counting(self, definition: Mapping[str, Any], grade: Grade) -> Any:
        total = len(grade.marks)
        free = round(fullest_share(definition) * total)
        return _(
            "%(free)s of %(total)s cards fit even if all lie in the same place. Points "
            "are for every further one."
        ) % {"free": free, "total": total}

    def guess_chance(self, definition: Mapping[str, Any]) -> float:
        total = len(definition["categories"])
        return math.prod(len(right) / total for right in accepted(definition))


TYPE = Sorting()
