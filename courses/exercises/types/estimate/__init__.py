"""Estimate: a number on a scale, right within a tolerance."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import get_language
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
)
from ..typed import read_number, tidy
from .scale import number_line, scale_of

HALF = 50
#: The wider band is this many times the tolerance unless the author says otherwise.
WIDER = 2
#: So much of the scale may score at most, or guessing would pay.
MOST_OF_SCALE = 0.5
#: What people write before a number they are not sure of.
ABOUT = ("ca.", "circa", "etwa", "rund", "ungefähr", "about", "around", "~", "≈")
FACTOR_FROM = 2
#: Of what is calculated, people read this many digits.
DIGITS = 4


class EstimateBlock(ExerciseBlock):
    """Editor's form of an estimate."""

    value = blocks.DecimalBlock(
        label=_("True value"), help_text=_("The number that is to be estimated.")
    )
    unit = blocks.CharBlock(
        required=False,
        max_length=30,
        label=_("Unit"),
        help_text=_("Stands after every number, for example % or minutes a day."),
    )
    tolerance = blocks.DecimalBlock(
        min_value=0,
        max_value=400,
        label=_("Tolerance in per cent"),
        help_text=_("How far an estimate may be off the value for the full score."),
    )
    half_tolerance = blocks.DecimalBlock(
        required=False,
        min_value=0,
        max_value=900,
        label=_("Tolerance for half the score, in per cent"),
        help_text=_("Twice the tolerance if left empty."),
    )
    least = blocks.DecimalBlock(
        label=_("Beginning of the scale"),
        help_text=_(
            "The smallest estimate that can be given. If the scale ends at a thousand "
            "times this number or more, each tenfold takes the same room."
        ),
    )
    most = blocks.DecimalBlock(
        label=_("End of the scale"),
        help_text=_(
            "The largest estimate that can be given. The value should not lie in the "
            "middle of the scale."
        ),
    )
    low = inline_text(
        label=_("Feedback: too low"),
        help_text=_("Why do people guess too low here?"),
    )
    high = inline_text(
        label=_("Feedback: too high"),
        help_text=_("Why do people guess too high here?"),
    )
    right = inline_text(label=_("Feedback: right"))
    source = inline_text(
        required=False,
        label=_("Source of the value"),
        help_text=_("Title, publisher, date read; shown after the answer."),
    )

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        # Words of Python's own cannot be names in a class.
        spread = [
            (
                "from",
                blocks.DecimalBlock(
                    required=False,
                    label=_("Varies from"),
                    help_text=_("If the value is not the same everywhere: its range."),
                ),
            ),
            ("to", blocks.DecimalBlock(required=False, label=_("Varies up to"))),
        ]
        super().__init__([*spread, *(local_blocks or [])], **kwargs)

    def problems(self, value: Mapping[str, Any]) -> dict[str, ValidationError]:
        """Refuse what lies outside the scale, and bands that reward guessing."""
        least, most, number = value["least"], value["most"], value["value"]
        if least >= most:
            return {"most": ValidationError(_("The end must be above the beginning."))}
        found = {}
        if not least <= number <= most:
            found["value"] = ValidationError(_("This value is not on the scale."))
        elif number == 0:
            found["value"] = ValidationError(
                _("A tolerance in per cent needs a value other than 0.")
            )
        half = value["half_tolerance"]
        if half is not None and half < value["tolerance"]:
            found["half_tolerance"] = ValidationError(
                _("For half the score the tolerance must not be smaller.")
            )
        found |= range_problems(value)
        if not found and scale_of(value).share(half_band(value)) > MOST_OF_SCALE:
            found["tolerance"] = ValidationError(
                _(
                    "With this tolerance more than half of the scale scores, so that "
                    "guessing pays. Make it smaller or the scale longer."
                )
            )
        return found

    class Meta:
        icon = "decimal"
        label = _("Estimate")
        description = _("A number on a scale, right within a tolerance.")
        preview_value = {
            "key": "lampen",
            "intro": "<p>Hellingen hat seine Lampen gezählt (erfundene Zahlen).</p>",
            "question": "Wie viele von hundert Lampen brennen am Mittag?",
            "value": "20",
            "unit": "Lampen",
            "tolerance": "10",
            "half_tolerance": "40",
            "least": "0",
            "most": "100",
            "low": "Lampen in Kellern sind leicht vergessen.",
            "high": "Straßenlampen sind mittags aus.",
            "right": "Das sind die Lampen in Kellern und Fluren.",
            "source": "Für Hellingen erfunden",
        }


def range_problems(value: Mapping[str, Any]) -> dict[str, ValidationError]:
    """Return what is wrong with the range in which a value varies."""
    low, high = value["from"], value["to"]
    if low is None and high is None:
        return {}
    if low is None or high is None:
        missing = "from" if low is None else "to"
        return {missing: ValidationError(_("A range has a beginning and an end."))}
    if not value["least"] <= low <= value["value"] <= high <= value["most"]:
        message = _("The range must lie on the scale and hold the value.")
        return {"from": ValidationError(message)}
    return {}


Band = tuple[Decimal, Decimal]


def band(definition: Mapping[str, Any], tolerance: Decimal) -> Band:
    """Return which estimates lie within a tolerance of the value, or in its range.

    Where each tenfold takes the same room, so does each deviation: twice as much is as
    far off as half as much.
    """
    value, share = definition["value"], tolerance / 100
    if scale_of(definition).is_logarithmic:
        low, high = value / (1 + share), value * (1 + share)
    else:
        low, high = value - abs(value) * share, value + abs(value) * share
    spread = definition["from"], definition["to"]
    if None in spread:
        return low, high
    return min(low, spread[0]), max(high, spread[1])


def full_band(definition: Mapping[str, Any]) -> Band:
    """Return the estimates that get the full score."""
    return band(definition, definition["tolerance"])


def half_band(definition: Mapping[str, Any]) -> Band:
    """Return the estimates that get half the score or more."""
    half = definition["half_tolerance"]
    return band(definition, definition["tolerance"] * WIDER if half is None else half)


class Estimate(QuestionType):
    """An answer is the number as text, with a point and no digit too many.

    Within the tolerance it scores 100, within the wider band 50: who knows about how
    much it is gets something. An editor may give no more than half of the scale to both
    bands, so that a blind guess earns little. Where the value itself varies, every
    estimate inside its range is right.
    """

    name = "estimate"
    label = _("Estimate")
    template = "estimate/exercise.html"
    paper = "estimate/paper.html"
    module = "estimate/estimate.js"

    def block(self) -> EstimateBlock:
        return EstimateBlock()

    def read_answer(
        self, definition: Mapping[str, Any], data: FormData, *, seed: str = ""
    ) -> Answer:
        typed = tidy(last_value(data, "estimate"))
        if not typed:
            raise AnswerError(_("Please enter a number, then check the answer."))
        readings = numbers_in(typed, definition["unit"])
        if not readings:
            raise AnswerError(
                _("That is not a number. Please enter digits, for example 250."),
                typed,
            )
        scale = scale_of(definition)
        number = next((n for n in readings if n in scale), None)
        if number is None:
            least, most = span(scale.least, scale.most, definition["unit"])
            raise AnswerError(
                _("Please enter a number from %(least)s to %(most)s.")
                % {"least": least, "most": most},
                typed,
            )
        return exactly(number)

    def grade(self, definition: Mapping[str, Any], answer: Answer) -> Grade:
        number = Decimal(answer)
        if _holds(full_band(definition), number):
            return Grade(score=100, marks=(RIGHT,))
        if _holds(half_band(definition), number):
            return Grade(score=HALF, marks=(PARTLY,))
        return Grade(score=0, marks=(WRONG,))

    def structure(self, definition: Mapping[str, Any]) -> Any:
        names = (
            "value", "tolerance", "half_tolerance", "least", "most", "from", "to",
        )  # fmt: skip
        numbers = [definition[name] for name in names]
        return [None if number is None else exactly(number) for number in numbers]

    def parts(
        self,
        definition: Mapping[str, Any],
        answer: Answer | None,
        grade: Grade | None,
        *,
        seed: str = "",
    ) -> list[dict[str, Any]]:
        scale, unit = scale_of(definition), definition["unit"]
        part = {
            "given": typed_again(answer),
            "scale": scale,
            "least": told(scale.least),
            "most": told(scale.most),
            "most_unit": told(scale.most, unit),
            "line": number_line(scale),
        }
        if grade is not None and answer is not None:
            part |= outcome(definition, Decimal(answer), grade)
        return [part]

    def paper_parts(
        self,
        definition: Mapping[str, Any],
        answer: Answer | None,
        grade: Grade | None,
        *,
        seed: str = "",
    ) -> list[dict[str, Any]]:
        """Return the same without an own estimate: the solution is none."""
        (part,) = self.parts(definition, answer, grade, seed=seed)
        return [{**part, "own": "", "line": {**part["line"], "own": None}}]

    def solution(self, definition: Mapping[str, Any]) -> Answer:
        return exactly(definition["value"])

    def guess_chance(self, definition: Mapping[str, Any]) -> float:
        return scale_of(definition).share(full_band(definition))


def outcome(
    definition: Mapping[str, Any], number: Decimal, grade: Grade
) -> dict[str, Any]:
    """Return what is told of an estimate once it was given."""
    scale, unit, value = scale_of(definition), definition["unit"], definition["value"]
    full, half = full_band(definition), half_band(definition)
    spread = definition["from"], definition["to"]
    side = "right" if grade.solved else ("low" if number < value else "high")
    return {
        "mark": grade.marks[0],
        "feedback": definition[side],
        "value": told(value, unit),
        "own": told(number, unit),
        "full": span(*scale.clip(full), unit),
        "half": span(*scale.clip(half), unit),
        "range": [] if None in spread else span(*spread, unit),
        "off": deviation(number, value, unit),
        "line": number_line(
            scale,
            value=(value, told(value)),
            own=(number, told(number)),
            bands={"half": half, "full": full},
            spread=None if None in spread else spread,
        ),
    }


def deviation(number: Decimal, value: Decimal, unit: str = "") -> dict[str, Any]:
    """Say how far off an estimate is: in per cent, or as a factor where that is more.

    Factors compare what has one sign. Of a value in per cent, percentage points are
    told: "37% below 95%" would make anybody subtract.
    """
    if number == value:
        return {"kind": "exact"}
    side = "below" if number < value else "above"
    if number * value > 0:
        small, large = sorted((abs(number), abs(value)))
        if (factor := large / small) >= FACTOR_FROM:
            few = Decimal(10)
            rounded = round(factor, 0 if factor >= few else 1)
            is_larger = abs(number) > abs(value)
            kind = "times_more" if is_larger else "times_less"
            return {"kind": kind, "by": told(rounded)}
    if unit == "%":
        points = short(abs(number - value))
        # Plural rules take whole numbers; half a point is told like several.
        form = 1 if points == 1 else 2
        return {"kind": f"points_{side}", "by": told(points), "points": form}
    percent = abs(number - value) / abs(value) * 100
    return {"kind": side, "by": told(max(round(percent), 1))}


def _holds(ends: Band, number: Decimal) -> bool:
    return ends[0] <= number <= ends[1]


def numbers_in(typed: str, unit: str) -> list[Decimal]:
    """Return what a typed number may mean, the likeliest reading first.

    A unit behind it and “about” before it are forgiven. ``1.234`` means one thing in
    German and another in English; whoever reads on decides by the scale. Nobody means
    1 by ``1.000``.
    """
    text = typed.casefold()
    for word in ABOUT:
        text = text.removeprefix(word).strip()
    for word in (unit.casefold(), "prozent" if "%" in unit else "", "%"):
        text = text.removesuffix(word).strip()
    signs = ".," if (get_language() or "").startswith("en") else ",."
    if text.endswith("000"):
        signs = signs[0]
    found = [read_number(text, decimal=sign) for sign in signs]
    return [number for number in dict.fromkeys(found) if number is not None]


def exactly(number: Decimal) -> str:
    """Return a number as answers and structures hold it."""
    return f"{number.normalize() + 0:f}"


def told(number: Decimal | int, unit: str = "") -> str:
    """Return a number as people read it in the active language, with its unit."""
    words = number_format(exactly(Decimal(number)), use_l10n=True, force_grouping=True)
    return f"{words}\N{NO-BREAK SPACE}{unit}" if unit else words


def span(least: Decimal, most: Decimal, unit: str) -> list[str]:
    """Return two ends as people read them; the unit stands behind the second."""
    return [told(short(least)), told(short(most), unit)]


def short(number: Decimal) -> Decimal:
    """Return a calculated number without digits that nobody reads."""
    is_whole = number == number.to_integral()
    return number if is_whole else Decimal(f"{number:.{DIGITS}g}")


def typed_again(answer: Answer | None) -> str:
    """Return an answer for the field: as a number, or as it was typed."""
    if answer is None:
        return ""
    try:
        number = Decimal(answer)
    except InvalidOperation:
        return str(answer)
    return told(number) if exactly(number) == answer else str(answer)


TYPE = Estimate()
