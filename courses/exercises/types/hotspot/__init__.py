"""Hotspot: places to be found in a picture, and the same as a list."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import combinations
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from ..base import (
    Answer,
    AnswerError,
    ExerciseBlock,
    FormData,
    Grade,
    QuestionType,
    choice_structure,
    choices_counting,
    choices_score,
    correct_options,
    display_order,
    entry_problems,
    inline_text,
    list_problem,
    mark_options,
    picture,
    read_chosen,
)

MAX_REGIONS = 12
#: A finger has to hit it in a picture as wide as a phone, in per cent.
SMALLEST = 6
WHOLE = Decimal(100)


def percent(label: Any, help_text: Any = "", least: int = 0) -> blocks.DecimalBlock:
    """Return a field for a share of the picture's width or height."""
    return blocks.DecimalBlock(
        min_value=least,
        max_value=100,
        decimal_places=1,
        label=label,
        help_text=help_text,
    )


class RegionBlock(blocks.StructBlock):
    """A place in the picture, with the reason it is meant or not."""

    label = blocks.CharBlock(
        max_length=120,
        label=_("What is there"),
        help_text=_("Read out and shown in the list: name it without judging it."),
    )
    x = percent(_("From the left (per cent)"))
    y = percent(_("From the top (per cent)"))
    width = percent(_("Width (per cent)"), least=SMALLEST)
    height = percent(_("Height (per cent)"), least=SMALLEST)
    correct = blocks.BooleanBlock(
        required=False,
        label=_("To be found"),
        help_text=_("Leave it empty for places that people take for right."),
    )
    feedback = inline_text(label=_("Feedback: why is it right or wrong?"))

    class Meta:
        icon = "crosshairs"
        label = _("Place")
        label_format = "{label}"


class HotspotBlock(ExerciseBlock):
    """Editor's form of places in a picture."""

    image = picture(label=_("Picture"))
    image_alt = blocks.CharBlock(
        max_length=600,
        label=_("Alternative text"),
        help_text=_("What the picture shows as a whole, without the solution."),
    )
    regions = blocks.ListBlock(
        RegionBlock(),
        min_num=2,
        max_num=MAX_REGIONS,
        label=_("Places in the picture"),
        help_text=_("Right ones and wrong ones. The preview shows where they lie."),
    )

    def problems(self, value: Mapping[str, Any]) -> dict[str, ValidationError]:
        """Refuse places off the picture or upon each other, and none to choose."""
        regions = list(value["regions"])
        found = {
            number: problems
            for number, region in enumerate(regions)
            if (problems := edge_problems(region))
        }
        if found:
            return {"regions": entry_problems(found)}
        problem = (
            double_label(regions) or overlap(regions) or count_problem(as_choice(value))
        )
        return {"regions": list_problem(problem)} if problem else {}

    class Meta:
        icon = "crosshairs"
        label = _("Find it in the picture")
        description = _("Places to be found in a picture, and the same as a list.")
        # Without a picture the list says the same.
        preview_value = {
            "key": "banner",
            "question": "Wo drängt dieser Hinweis zum Ja?",
            "image_alt": "Ein Cookie-Hinweis mit großem und kleinem Knopf.",
            "regions": [
                {
                    "label": "Großer grüner Knopf „Alle annehmen“",
                    "x": "10",
                    "y": "60",
                    "width": "35",
                    "height": "20",
                    "correct": True,
                    "feedback": "Ja, Farbe und Größe ziehen den Blick an.",
                },
                {
                    "label": "Überschrift „Deine Privatsphäre“",
                    "x": "10",
                    "y": "10",
                    "width": "50",
                    "height": "12",
                    "correct": False,
                    "feedback": "Nein, sie sagt nur, worum es geht.",
                },
            ],
        }


Region = Mapping[str, Any]


def edge_problems(region: Region) -> dict[str, ValidationError]:
    """Return at which side a place sticks out of the picture."""
    message = _("The place sticks out of the picture.")
    sides = {"width": region["x"], "height": region["y"]}
    return {
        side: ValidationError(message)
        for side, start in sides.items()
        if start + region[side] > WHOLE
    }


def double_label(regions: Sequence[Region]) -> ValidationError | None:
    """Return an error if two places are called the same."""
    for one, other in combinations(regions, 2):
        if one["label"].strip().casefold() == other["label"].strip().casefold():
            return ValidationError(
                _("Two places have the same name: “%(name)s”."),
                params={"name": one["label"]},
            )
    return None


def overlap(regions: Sequence[Region]) -> ValidationError | None:
    """Return an error if two places share a part of the picture."""
    for one, other in combinations(regions, 2):
        if all(
            one[start] < other[start] + other[size]
            and other[start] < one[start] + one[size]
            for start, size in (("x", "width"), ("y", "height"))
        ):
            return ValidationError(
                _("“%(one)s” and “%(other)s” overlap: a tap must mean one of them."),
                params={"one": one["label"], "other": other["label"]},
            )
    return None


def count_problem(choice: Mapping[str, Any]) -> ValidationError | None:
    """Return an error if there is nothing to choose."""
    if 0 < len(correct_options(choice)) < len(choice["options"]):
        return None
    return ValidationError(
        _("Mark at least one place as to be found and leave at least one wrong.")
    )


def as_choice(definition: Mapping[str, Any]) -> dict[str, Any]:
    """Return the places as the options of a choice, which they are."""
    return {"options": list(definition["regions"])}


class Hotspot(QuestionType):
    """An answer is the sorted list of the chosen places' numbers.

    It scores like a multiple choice: each place is a decision of its own, and choosing
    all of them earns as little as choosing none. A tap that hits no place costs
    nothing, because looking for something is no mistake.
    """

    name = "hotspot"
    label = _("Find it in the picture")
    template = "hotspot/exercise.html"
    paper = "hotspot/paper.html"
    overview = "hotspot/overview.html"
    module = "hotspot/hotspot.js"

    def block(self) -> HotspotBlock:
        return HotspotBlock()

    def read_answer(
        self, definition: Mapping[str, Any], data: FormData, *, seed: str = ""
    ) -> Answer:
        chosen = read_chosen(as_choice(definition), data)
        if not chosen:
            raise AnswerError(_("Choose at least one place, then check the answer."))
        return chosen

    def grade(self, definition: Mapping[str, Any], answer: Answer) -> Grade:
        marks = mark_options(as_choice(definition), set(answer))
        return Grade(score=choices_score(marks), marks=marks)

    def structure(self, definition: Mapping[str, Any]) -> Any:
        return choice_structure(as_choice(definition))

    def parts(
        self,
        definition: Mapping[str, Any],
        answer: Answer | None,
        grade: Grade | None,
        *,
        seed: str = "",
    ) -> list[dict[str, Any]]:
        regions, chosen = list(definition["regions"]), set(answer or ())
        parts = []
        for place, index in enumerate(display_order(len(regions), seed), start=1):
            part = region_part(regions[index], place)
            part |= {"index": index, "chosen": index in chosen}
            if grade is not None:
                part["mark"] = grade.marks[index]
                part["feedback"] = regions[index]["feedback"]
            parts.append(part)
        return parts

    def overview_parts(self, definition: Mapping[str, Any]) -> Any:
        return [
            {
                **region_part(region, place),
                "mark": "right" if region["correct"] else "left",
            }
            for place, region in enumerate(definition["regions"] or (), start=1)
        ]

    def solution(self, definition: Mapping[str, Any]) -> Answer:
        return sorted(correct_options(as_choice(definition)))

    def counting(self, definition: Mapping[str, Any], grade: Grade) -> Any:
        return choices_counting()

    def guess_chance(self, definition: Mapping[str, Any]) -> float:
        return 1 / (2 ** len(definition["regions"]) - 1)


def region_part(region: Region, number: int) -> dict[str, Any]:
    """Return a place as templates draw it, in shares of the picture."""
    shares = {side: region[side] or 0 for side in ("x", "y", "width", "height")}
    return {
        "number": number,
        "label": region["label"],
        **{side: f"{Decimal(share):.1f}" for side, share in shares.items()},
    }


TYPE = Hotspot()
