"""Cloze: a text with gaps to type into or to choose for."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from ..base import (
    MISSED,
    PLAIN_ID,
    RIGHT,
    WRONG,
    Answer,
    AnswerError,
    ExerciseBlock,
    FormData,
    Grade,
    QuestionType,
    block_text,
    entry_problems,
    inline_text,
    last_value,
    list_problem,
)
from ..typed import Likeness, nearest, read_number, spelling, tidy, words

#: A gap in the text, and what somebody may have meant to be one.
MARKER = re.compile(r"\{\{\s*([a-z0-9]+(?:-[a-z0-9]+)*)\s*\}\}")
BRACES = re.compile(r"\{\{.*?(?:\}\}|(?=<)|$)|\}\}", re.DOTALL)
LINK = re.compile(r"<a\b.*?</a>", re.DOTALL)
#: Longest option and longest accepted form: a gap stands in a line of text.
MAX_FORM = 60


class GapBlock(blocks.StructBlock):
    """One gap: what goes into it, and what there is to choose from, if anything."""

    name = blocks.CharBlock(
        max_length=30,
        label=_("Name of the gap"),
        help_text=_("As in the text: {{key}} is the gap named key."),
        validators=[PLAIN_ID],
    )
    accepted = blocks.ListBlock(
        blocks.CharBlock(max_length=MAX_FORM, label=_("Form")),
        min_num=1,
        max_num=20,
        label=_("What is right"),
        help_text=_(
            "Every form that fits the sentence, the best one first. Case, umlauts (ae "
            "for ä) and one slip in longer words are forgiven. With options: the one "
            "that is right."
        ),
    )
    options = blocks.ListBlock(
        blocks.CharBlock(max_length=MAX_FORM, label=_("Option")),
        default=[],
        max_num=8,
        required=False,
        label=_("Options to choose from"),
        help_text=_(
            "Leave it empty for a gap to type into. They are shown in alphabetical "
            "order, so their order here tells nothing."
        ),
    )
    feedback = inline_text(
        label=_("Feedback: why does it belong here?"),
        help_text=_("Shown after the answer, whatever was filled in."),
    )

    class Meta:
        icon = "minus"
        label = _("Gap")


class ClozeBlock(ExerciseBlock):
    """Editor's form of a cloze; text and gaps have to fit each other."""

    text = block_text(
        label=_("Text with gaps"),
        help_text=_(
            "Write {{name}} where a gap belongs: lower-case letters, digits and "
            "hyphens in two pairs of braces, each name once."
        ),
    )
    gaps = blocks.ListBlock(
        GapBlock(),
        min_num=1,
        max_num=12,
        label=_("Gaps"),
        help_text=_("One entry for each gap of the text."),
    )

    def problems(self, value: Mapping[str, Any]) -> dict[str, ValidationError]:
        """Refuse gaps that cannot be filled, and text and gaps that do not fit."""
        gaps, source = list(value["gaps"]), value["text"].source
        names = [gap["name"] for gap in gaps]
        found: dict[str, ValidationError] = {}
        wrong = {
            number: each
            for number, gap in enumerate(gaps)
            if (each := gap_problems(gap))
        }
        if wrong:
            found["gaps"] = entry_problems(wrong)
        elif problem := names_problem(names, source):
            found["gaps"] = list_problem(problem)
        if problem := text_problem(names, source):
            found["text"] = problem
        return found

    class Meta:
        icon = "form"
        label = _("Fill in the gaps")
        description = _("A text with gaps to type into or to choose for.")
        preview_value = {
            "key": "postkarte",
            "question": "Welche Wörter fehlen?",
            "text": (
                "<p>Eine E-Mail ist wie eine {{was}}. Nur {{schutz}} hält sie "
                "geheim.</p>"
            ),
            "gaps": [
                {
                    "name": "was",
                    "accepted": ["Postkarte", "Ansichtskarte"],
                    "feedback": "Wer sie weiterreicht, kann sie lesen.",
                },
                {
                    "name": "schutz",
                    "accepted": ["Verschlüsselung"],
                    "options": ["Verschlüsselung", "ein Versprechen"],
                    "feedback": "Lesen kann dann nur, wer den Schlüssel hat.",
                },
            ],
        }


def gap_problems(gap: Mapping[str, Any]) -> dict[str, ValidationError]:
    """Return what is wrong with the lists of one gap, by field."""
    found = {
        "options": options_problem(gap["options"]),
        "accepted": accepted_problem(gap["accepted"], gap["options"]),
    }
    return {name: list_problem(each) for name, each in found.items() if each}


def options_problem(options: Sequence[str]) -> ValidationError | None:
    """Return what is wrong with the options of a gap, if anything."""
    plain = [tidy(option) for option in options]
    if len(plain) == 1:
        return ValidationError(
            _("One option is no choice: give at least two, or none to have it typed.")
        )
    twice = _first_twice(plain)
    if twice is not None:
        return ValidationError(
            _("The option “%(option)s” stands there twice."), params={"option": twice}
        )
    return None


def accepted_problem(
    accepted: Sequence[str], options: Sequence[str]
) -> ValidationError | None:
    """Return what is wrong with the accepted forms of a gap, if anything."""
    if not options:
        mute = next((form for form in accepted if not words(form)), None)
        if mute is None:
            return None
        return ValidationError(
            _("“%(form)s” holds neither a letter nor a digit; nobody can type it."),
            params={"form": mute},
        )
    if len(accepted) != 1:
        return ValidationError(
            _("With options, exactly one form is right; now there are %(count)s."),
            params={"count": len(accepted)},
        )
    if tidy(accepted[0]) not in map(tidy, options):
        return ValidationError(
            _("“%(form)s” is not among the options of this gap."),
            params={"form": accepted[0]},
        )
    return None


def names_problem(names: Sequence[str], source: str) -> ValidationError | None:
    """Return what is wrong with the names of the gaps, if anything."""
    twice = _first_twice(names)
    if twice is not None:
        return ValidationError(
            _("Two gaps are named “%(name)s”. Rename one of them."),
            params={"name": twice},
        )
    unused = next((name for name in names if name not in MARKER.findall(source)), None)
    if unused is not None:
        return ValidationError(
            _("The gap “%(name)s” is missing in the text: write {{%(name)s}} there."),
            params={"name": unused},
        )
    return None


def text_problem(names: Sequence[str], source: str) -> ValidationError | None:
    """Return what is wrong with the markers in the text, if anything."""
    markers = MARKER.findall(source)
    unknown = next((name for name in markers if name not in names), None)
    if unknown is not None:
        return ValidationError(
            _("{{%(name)s}} stands in the text, but there is no gap of that name."),
            params={"name": unknown},
        )
    twice = _first_twice(markers)
    if twice is not None:
        return ValidationError(
            _("{{%(name)s}} stands in the text twice; each gap is filled in once."),
            params={"name": twice},
        )
    broken = BRACES.search(MARKER.sub("", source))
    if broken is not None:
        return ValidationError(
            _("“%(marker)s” is no gap: write its whole name, in one style, in braces."),
            params={"marker": broken.group()[:40]},
        )
    if any(MARKER.search(link) for link in LINK.findall(source)):
        return ValidationError(_("A gap may not stand inside a link or a term."))
    return None


def _first_twice(items: Sequence[str]) -> str | None:
    return next((item for item, count in Counter(items).items() if count > 1), None)


class Cloze(QuestionType):
    """An answer holds a text or an option's number for each gap, None where empty.

    Each gap counts alike. A typed gap is right or not; one slip in a long word is
    shown corrected and counts in full, because the exercise is about the matter. A
    wrongly chosen option takes away what guessing would have brought on average, so
    that filling gaps blindly earns nothing; an empty gap costs nothing.
    """

    name = "cloze"
    label = _("Fill in the gaps")
    template = "cloze/exercise.html"
    paper = "cloze/paper.html"

    def block(self) -> ClozeBlock:
        return ClozeBlock()

    def read_answer(
        self, definition: Mapping[str, Any], data: FormData, *, seed: str = ""
    ) -> Answer:
        answer = [
            read_gap(gap, last_value(data, f"gap-{index}"))
            for index, gap in enumerate(definition["gaps"])
        ]
        if all(given is None for given in answer):
            raise AnswerError(_("Fill in at least one gap, then check the answer."))
        return answer

    def grade(self, definition: Mapping[str, Any], answer: Answer) -> Grade:
        pairs = list(zip(definition["gaps"], answer, strict=True))
        marks = tuple(mark_gap(*pair) for pair in pairs)
        points = sum(
            (
                points_of(gap, mark)
                for (gap, _given), mark in zip(pairs, marks, strict=True)
            ),
            start=Fraction(0),
        )
        return Grade(max(0, round(100 * points / len(marks))), marks)

    def structure(self, definition: Mapping[str, Any]) -> Any:
        return [
            [gap["name"], len(gap["options"]), right_option(gap)]
            if gap["options"]
            else [gap["name"], *sorted({spelling(form) for form in gap["accepted"]})]
            for gap in definition["gaps"]
        ]

    def as_shown(
        self, definition: Mapping[str, Any], answer: Answer, *, seed: str = ""
    ) -> Answer:
        return [
            shown_order(gap).index(given) if isinstance(given, int) else given
            for gap, given in zip(definition["gaps"], answer, strict=True)
        ]

    def from_shown(
        self, definition: Mapping[str, Any], shown: Answer, *, seed: str = ""
    ) -> Answer:
        return [
            shown_order(gap)[given] if isinstance(given, int) else given
            for gap, given in zip(definition["gaps"], shown, strict=True)
        ]

    def parts(
        self,
        definition: Mapping[str, Any],
        answer: Answer | None,
        grade: Grade | None,
        *,
        seed: str = "",
    ) -> list[dict[str, Any]]:
        source = getattr(definition["text"], "source", definition["text"])
        before, *rest = MARKER.split(source)
        places = {gap["name"]: index for index, gap in enumerate(definition["gaps"])}
        parts = []
        for number, name in enumerate(rest[::2], start=1):
            index = places[name]
            gap = definition["gaps"][index]
            given = answer[index] if answer else None
            part = {"number": number, "index": index, "before": before, "after": ""}
            part |= gap_part(gap, given)
            if grade is not None:
                part |= outcome(gap, given, grade.marks[index])
            parts.append(part)
            before = rest[2 * number - 1]
        parts[-1]["after"] = before
        return parts

    def solution(self, definition: Mapping[str, Any]) -> Answer:
        return [
            right_option(gap) if gap["options"] else tidy(gap["accepted"][0])
            for gap in definition["gaps"]
        ]

    def counting(self, definition: Mapping[str, Any], grade: Grade) -> Any:
        pairs = zip(definition["gaps"], grade.marks, strict=True)
        if any(gap["options"] and mark == WRONG for gap, mark in pairs):
            return _(
                "Guessing is right now and then, so a wrong choice takes points off; "
                "an empty gap costs nothing."
            )
        return ""

    def guess_chance(self, definition: Mapping[str, Any]) -> float:
        chance = 1.0
        for gap in definition["gaps"]:
            # Nobody types the right word by chance.
            chance *= 1 / len(gap["options"]) if gap["options"] else 0
        return chance


def right_option(gap: Mapping[str, Any]) -> int:
    """Return the number of the right option of a gap that has some."""
    return [tidy(option) for option in gap["options"]].index(tidy(gap["accepted"][0]))


def shown_order(gap: Mapping[str, Any]) -> list[int]:
    """Return the options' numbers in the order of the alphabet, or of their size.

    Authors tend to write the right one first; an order that anybody could have made
    tells nothing, and a list in it is quickly read.
    """
    options = list(gap["options"])
    numbers = [read_number(option) for option in options]
    sizes = [number for number in numbers if number is not None]
    if len(sizes) == len(options):
        return sorted(range(len(options)), key=lambda i: (sizes[i], options[i]))
    return sorted(range(len(options)), key=lambda i: (words(options[i]), options[i]))


def read_gap(gap: Mapping[str, Any], posted: str) -> str | int | None:
    """Return what was typed, or the author's number of the option chosen."""
    if not gap["options"]:
        return tidy(posted) or None
    places = {str(place): index for place, index in enumerate(shown_order(gap), 1)}
    return places.get(posted)


def mark_gap(gap: Mapping[str, Any], given: str | int | None) -> str:
    """Say what became of one gap."""
    if given is None:
        return MISSED
    if gap["options"]:
        return RIGHT if given == right_option(gap) else WRONG
    how, _form = nearest(str(given), gap["accepted"])
    return WRONG if how == Likeness.OTHER else RIGHT


def points_of(gap: Mapping[str, Any], mark: str) -> Fraction:
    """Return what a mark is worth; only among options can one guess."""
    if mark == RIGHT:
        return Fraction(1)
    if mark == WRONG and gap["options"]:
        return Fraction(-1, len(gap["options"]) - 1)
    return Fraction(0)


def gap_part(gap: Mapping[str, Any], given: str | int | None) -> dict[str, Any]:
    """Return what a template shows of a gap and what stands in it."""
    options = [
        {"value": place, "text": gap["options"][index], "chosen": index == given}
        for place, index in enumerate(shown_order(gap), start=1)
    ]
    words_given = gap["options"][given] if isinstance(given, int) else given or ""
    return {"options": options, "given": words_given}


def outcome(
    gap: Mapping[str, Any], given: str | int | None, mark: str
) -> dict[str, Any]:
    """Return what a template says of a gap after grading."""
    best, *others = gap["accepted"]
    told = {"mark": mark, "best": best, "others": others, "feedback": gap["feedback"]}
    if mark == RIGHT and not gap["options"]:
        how, form = nearest(str(given), gap["accepted"])
        told["spelt"] = form if how == Likeness.SLIP else ""
        told["others"] = [other for other in gap["accepted"] if other != form]
    return told


TYPE = Cloze()
