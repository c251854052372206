"""Foreign words as our rich text, and the values our question types are made of."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_UP, Decimal
from typing import Any

from bs4 import BeautifulSoup
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..richtext import read_html, write_html
from .limits import check_text
from .results import Found, Picture, Question, Refusal
from .washing import is_link, tags, washed

#: Types that a numbered gap may have.
MARKER = "luecke-%d"
#: As our cloze takes them.
MOST_GAPS, MOST_OPTIONS = 12, 8
BLANKS = re.compile(r"\s+")
#: TeX as Moodle's filters know it.
FORMULA = re.compile(r"\\\(|\\\[|\$\$")
NUMBER = re.compile(r"[+-]?\d{1,12}(?:[.,]\d{1,12})?(?:[eE][+-]?\d)?")
#: Elements that our rich text does not have, and how their loss is told.
LOSSES: tuple[tuple[set[str], Any], ...] = (
    ({"svg"}, gettext_lazy("A drawing was left out.")),
    (
        {"video", "audio", "object", "iframe", "embed"},
        gettext_lazy("Its sounds, videos or embedded pages were left out."),
    ),
    ({"table"}, gettext_lazy("A table lost its rows and columns.")),
    ({"math"}, gettext_lazy("A formula was left out.")),
    ({"pre", "code"}, gettext_lazy("Program text lost its own type and lines.")),
    ({"s", "strike", "del"}, gettext_lazy("Words that were struck out are not now.")),
    (
        {"link"},
        gettext_lazy("Links that lead nowhere outside of the other system are out."),
    ),
)
#: What an estimate explains.
SIDES = ("low", "high", "right")
SHORT = {"strong": "b", "em": "i"}
#: What makes these elements more than their words.
NEEDED = {"a": "href", "span": "lang"}
#: Elements within a word; others part words.
RUNNING = {"a", "span", "b", "i", "u", "font", "small", "code", "s", "del"}
#: What makes a text more than bare words.
MARKUP = re.compile(r"[<>&\0]")


@dataclass
class Draft:
    """A question while it is read: its words, and what its editor has to know."""

    title: str
    question: str = ""
    intro: str = ""
    hint: str = ""
    explanation: str = ""
    notes: list[str] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)

    def becomes(self, type_name: str, **fields: Any) -> Question:
        """Return the question as a block of one of our types."""
        notes = [
            *brought_along(self.pictures), *self.notes, *missing_feedback(fields),
        ]  # fmt: skip
        value = {
            "key": "",
            "intro": self.intro,
            "question": self.question or escape(self.title),
            "hint": self.hint,
            "explanation": self.explanation,
            "goal": "",
            **fields,
        }
        return Question(
            self.title, type_name, value, tuple(notes), tuple(self.pictures)
        )

    def refused(self, reason: str) -> Refusal:
        """Return the refusal of the question."""
        return Refusal(self.title, reason)


def block(html: str) -> str:
    """Return HTML as paragraphs and lists of our rich text; the rest loses its mark."""
    written: str = write_html(read_html(washed(html)))
    return written


def line(html: str) -> str:
    """Return HTML as one run of words, with emphasis, links and languages kept."""
    return _line(html, {"b", "i", "a", "span"})


def card(html: str) -> str:
    """Return HTML as words on a card that is picked: nothing to click."""
    return _line(html, {"b", "i", "span"})


def _line(html: str, kept: set[str]) -> str:
    check_text(html)
    if not MARKUP.search(html):
        return BLANKS.sub(" ", html).strip()
    soup = BeautifulSoup(washed(html), "html.parser")
    for tag in soup.find_all(True):
        tag.name = SHORT.get(tag.name, tag.name)
        wanted = NEEDED.get(tag.name)
        if tag.name not in kept or (wanted and wanted not in tag.attrs):
            tag.insert_after("" if tag.name in RUNNING else " ")
            tag.unwrap()
        else:
            tag.attrs = {wanted: tag.attrs[wanted]} if wanted else {}
    return BLANKS.sub(" ", soup.decode()).strip()


def plain(html: str) -> str:
    """Return the bare words of HTML."""
    check_text(html)
    if not MARKUP.search(html):
        return BLANKS.sub(" ", html).strip()
    soup = BeautifulSoup(washed(html), "html.parser")
    return BLANKS.sub(" ", soup.get_text(" ")).strip()


def losses(*texts: str, kept: Sequence[Picture] = ()) -> list[str]:
    """Name what texts in HTML lose on their way, each kind once."""
    found = Counter(tag for text in texts for tag in _lossy(text))
    notes = []
    if found["img"] > len(kept):
        notes.append(
            _("Some of its pictures were left out.")
            if kept
            else _("Its pictures were left out.")
        )
    return notes + [str(words) for names, words in LOSSES if found.keys() & names]


def brought_along(pictures: Sequence[Picture]) -> list[str]:
    """Say where pictures stand, and which of them tell nothing yet."""
    if not pictures:
        return []
    notes = [
        ngettext(
            "%(count)d picture comes along and stands before it.",
            "%(count)d pictures come along and stand before it.",
            len(pictures),
        )
        % {"count": len(pictures)}
    ]
    if not all(picture.alt for picture in pictures):
        notes.append(_("A picture has no alternative text yet."))
    return notes


def formulas(*texts: str) -> list[str]:
    """Say that formulas stand as they were typed, if there are any."""
    if any(FORMULA.search(text) for text in texts):
        return [_("Its formulas were not set: please check how they read.")]
    return []


def _lossy(html: str) -> Iterator[str]:
    if "<" not in html:
        return
    for name, attributes in tags(html):
        if name == "a":
            if "href" in attributes and not is_link(attributes["href"]):
                yield "link"
        else:
            yield name


def option(text: str, feedback: str, *, correct: bool) -> dict[str, Any]:
    """Return an option of a choice."""
    return {"text": text, "correct": correct, "feedback": feedback}


def choice(draft: Draft, options: list[dict[str, Any]], *, many: bool) -> Found:
    """Return a single or multiple choice, or why it is none."""
    right = sum(each["correct"] for each in options)
    texts = [each["text"] for each in options]
    if not 2 <= len(options) <= 10:
        return draft.refused(_("A choice has two to ten answers here."))
    if len(set(texts)) < len(texts) or not all(texts):
        return draft.refused(_("Two answers are the same, or one is empty."))
    if not right:
        return draft.refused(_("No answer is marked as correct."))
    if not many and right == 1:
        return draft.becomes("single_choice", options=options)
    if not many:
        return draft.refused(
            _(
                "Several answers are right, each by itself. Please leave one of them "
                "or ask for all."
            )
        )
    if right == len(options):
        return draft.refused(
            _("Every answer is correct, so there is nothing to choose.")
        )
    return draft.becomes("multiple_choice", options=options)


def true_or_false(draft: Draft, options: list[dict[str, Any]]) -> Found:
    """Return a statement to judge, as a single choice, or why it is none."""
    found = choice(draft, options, many=False)
    is_statement = {each["text"] for each in options} == {_("True"), _("False")}
    if isinstance(found, Question) and is_statement:
        return replace(found, is_statement=True)
    return found


def pairs(
    draft: Draft, found: list[tuple[str, str]], distractors: Iterable[str]
) -> Found:
    """Return a matching, or why it is none."""
    rights = [right for _left, right in found]
    if not 2 <= len(found) <= 8:
        return draft.refused(_("A matching has two to eight pairs here."))
    if len(set(rights)) < len(rights):
        return draft.refused(
            _(
                "Several lines have the same answer. As “sorting into categories” it "
                "would fit; please create it by hand."
            )
        )
    rows = [{"left": left, "right": right, "feedback": ""} for left, right in found]
    extra = [each for each in dict.fromkeys(distractors) if each not in rights]
    return draft.becomes("matching", pairs=rows, distractors=extra)


def order(draft: Draft, texts: list[str]) -> Found:
    """Return an ordering, or why it is none."""
    if not 3 <= len(texts) <= 8 or len(set(texts)) < len(texts):
        return draft.refused(_("An ordering has three to eight different parts here."))
    items = [{"text": text, "feedback": ""} for text in texts]
    return draft.becomes("ordering", items=items, **{"from": "", "to": ""})


def short_answer(
    draft: Draft, accepted: list[str], wrong: list[dict[str, Any]]
) -> Found:
    """Return a short answer, or why it is none."""
    if any("*" in form for form in accepted):
        return draft.refused(
            _("The answer uses the joker *. Please write out the accepted forms.")
        )
    if not accepted:
        return draft.refused(_("No answer is marked as correct."))
    return draft.becomes("short_answer", accepted=accepted, wrong=wrong)


def cloze(draft: Draft, text: str, gaps: list[dict[str, Any]]) -> Found:
    """Return a cloze whose text holds a marker for each gap, or why it is none."""
    if not gaps:
        return draft.refused(_("There is no gap in the text."))
    for gap in gaps:
        if not gap["accepted"]:
            return draft.refused(_("A gap has no correct answer."))
        if len(gap["options"]) > MOST_OPTIONS:
            return draft.refused(
                _("A gap has at most eight words to choose from here.")
            )
    return draft.becomes("cloze", text=text, gaps=gaps)


def too_many_gaps() -> str:
    """Say why long clozes are refused."""
    return _("A text has at most twelve gaps here. Please split it.")


def gap(
    number: int, accepted: list[str], options: Iterable[str] = (), feedback: str = ""
) -> dict[str, Any]:
    """Return a gap; with options it is chosen, without it is typed."""
    return {
        "name": MARKER % number,
        "accepted": accepted,
        "options": list(dict.fromkeys(options)),
        "feedback": feedback,
    }


def marker(number: int) -> str:
    """Return what stands for a gap in the text."""
    return "{{" + MARKER % number + "}}"


def note(draft: Draft, words: str) -> None:
    """Tell the editor something, once."""
    if words not in draft.notes:
        draft.notes.append(words)


def feedback_left_out() -> str:
    """Say that feedback had no place."""
    return _("Some of its feedback has no place here and was left out.")


def missing_feedback(fields: dict[str, Any]) -> list[str]:
    """Say how many answers nobody has explained yet."""
    missing = sum(_without_feedback(fields))
    if not missing:
        return []
    return [
        ngettext(
            "%(count)d answer has no feedback yet.",
            "%(count)d answers have no feedback yet.",
            missing,
        )
        % {"count": missing}
    ]


def no_free_texts() -> str:
    """Say why essays are refused."""
    return _("Nobody here grades free texts. A “reflection” may fit: it is not sent.")


def number(
    draft: Draft,
    values: Mapping[Decimal, Decimal],
    half: tuple[Decimal, Decimal] | None,
    **fields: Any,
) -> Found:
    """Return an estimate, or why it is none; ``values`` have a tolerance each.

    Other systems allow so much above and below the value, ours a share of it. Their
    questions have no scale: its ends are left for the editor, who has to choose them.
    Where no answer earned a half, nothing beyond the tolerance scores.
    """
    if len(values) != 1:
        return draft.refused(one_number())
    ((value, tolerance),) = values.items()
    if half is not None and (half[0] != value or half[1] < tolerance):
        return draft.refused(one_number())
    if not value:
        return draft.refused(
            _("A tolerance in per cent needs a value other than 0. Please ask anew.")
        )
    share = _percent(tolerance, value)
    own = {
        "value": f"{value:f}",
        "tolerance": share,
        "half_tolerance": share if half is None else _percent(half[1], value),
        "unit": "",
        "right": "",
        **dict.fromkeys(("least", "most", "from", "to")),
        **dict.fromkeys(("low", "high", "source"), ""),
    }
    return draft.becomes("estimate", **own | fields)


def one_number() -> str:
    """Say why questions with several numbers are refused."""
    return _("An estimate has one right number here. Please create it by hand.")


def changes() -> str:
    """Say why questions with numbers drawn by chance are refused."""
    return _("Its text changes with each attempt.")


def decimal(text: str) -> Decimal | None:
    """Read a number of a file, of a size that people use."""
    found = NUMBER.fullmatch(text.strip())
    return Decimal(found[0].replace(",", ".")) if found else None


def _percent(part: Decimal, whole: Decimal) -> str:
    """Return a share in per cent, rounded up so that the outermost still counts."""
    share = abs(part) / abs(whole) * 100
    return f"{share.quantize(Decimal('0.0001'), rounding=ROUND_UP).normalize():f}"


def _without_feedback(value: Any) -> Iterable[bool]:
    if isinstance(value, dict):
        names = SIDES if "half_tolerance" in value else ("feedback",)
        yield from (not value[name] for name in names if name in value)
        for each in value.values():
            yield from _without_feedback(each)
    elif isinstance(value, list):
        for each in value:
            yield from _without_feedback(each)
