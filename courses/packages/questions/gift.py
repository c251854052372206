"""GIFT, Moodle's plain text format for questions (docs.moodle.org, "GIFT format")."""

import re
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import escape, linebreaks
from django.utils.translation import gettext as _

from . import words
from .limits import check_answers, check_count, check_text, check_words, text_of
from .results import Found, QuestionFileError, QuestionTextError, Refusal
from .words import Draft

#: Escaped characters are parked in the private use area while the syntax is read.
ESCAPES = {"\\" + c: chr(0xE000 + n) for n, c in enumerate("~=#{}:n\\")}
BACK = {chr(0xE000 + n): c for n, c in enumerate("~=#{}:\n\\")}
TITLE = re.compile(r"::(.*?)::", re.DOTALL)
FORMAT = re.compile(r"\[(html|plain|markdown|moodle)\]")
SHARE = re.compile(r"%(-?\d+(?:\.\d+)?)%")
#: ``->`` between the sides of a pair, as it stands in HTML.
ARROW = "-&gt;"
#: Of an answer, in per cent: what our estimate gives within its wider tolerance.
HALF = 50
BOOLEAN = re.compile(r"(T|TRUE|F|FALSE)\s*(?=#|$)", re.IGNORECASE)


@dataclass(frozen=True)
class Answer:
    """One answer: ``=`` or ``~``, its share of the score in per cent, its words."""

    sign: str
    share: float
    text: str
    feedback: str


def read(content: bytes) -> list[Found]:
    """Read a file of questions parted by blank lines."""
    text = text_of(content).replace("\r\n", "\n").replace("\r", "\n")
    check_words([text])
    lines = [row for row in text.split("\n") if not row.lstrip().startswith("//")]
    for mark, stand_in in sorted(ESCAPES.items(), key=lambda pair: pair[0] != "\\\\"):
        lines = [row.replace(mark, stand_in) for row in lines]
    parts = re.split(r"\n[ \t]*\n", "\n".join(lines))
    questions = _whole(parts)
    check_count(len(questions))
    return [_read_or_refuse(question) for question in questions]


def _whole(parts: list[str]) -> list[str]:
    """Join parts that a blank line inside of braces has parted."""
    whole: list[list[str]] = []
    still_open = 0
    for part in parts:
        if still_open > 0:
            whole[-1].append(part)
        else:
            own = part.strip()
            if own.startswith("$CATEGORY:"):
                own = own.partition("\n")[2].strip()
            if not own:
                continue
            whole.append([own])
            part, still_open = own, 0
        still_open += part.count("{") - part.count("}")
    if still_open > 0:
        raise QuestionFileError(_("A brace { is not closed in this file."))
    return ["\n".join(own).strip() for own in whole]


def _read_or_refuse(part: str) -> Found:
    try:
        check_text(part)
        return _read(part)
    except QuestionTextError as error:
        title = " ".join(_back(part[:120]).strip(":").split())
        return Refusal(title or _("(without title)"), str(error))


def _read(part: str) -> Found:
    title = TITLE.match(part)
    text = part[title.end() :].strip() if title else part
    kind = FORMAT.match(text)
    text = text[kind.end() :] if kind else text
    is_html = bool(kind and kind[1] in ("html", "moodle"))
    before, brace, rest = text.partition("{")
    inside, closing, after = rest.rpartition("}")
    name = words.plain(escape(_back(title[1]))) if title else ""
    draft = Draft(
        title=(name or words.plain(_html(before, is_html)))[:120]
        or _("(without title)")
    )
    if not brace or not closing:
        draft.question = words.line(_html(text, is_html))
        return draft.refused(
            _("It is a text without a question. Please put it into the lesson.")
        )
    inside, _hashes, general = inside.partition("####")
    draft.explanation = words.block(_html(general.strip(), is_html))
    stem = f"{before.strip()} ___ {after.strip()}" if after.strip() else before
    draft.question = words.line(_html(stem, is_html))
    whole = _back(text)
    draft.notes += [*(words.losses(whole) if is_html else []), *words.formulas(whole)]
    return _answered(draft, inside.strip(), is_html)


def _answered(draft: Draft, inside: str, is_html: bool) -> Found:
    """Tell the kind of question by its answers, as Moodle does."""
    if not inside:
        return draft.refused(words.no_free_texts())
    if inside.startswith("#"):
        return _number(draft, inside[1:].strip(), is_html)
    if BOOLEAN.match(inside):
        return _truefalse(draft, inside, is_html)
    answers = _answers(inside, is_html)
    if not answers:
        return draft.refused(_("Its answers do not begin with = or ~."))
    if all(ARROW in a.text for a in answers):
        split = [a.text.partition(ARROW) for a in answers]
        found = [(words.card(a), words.card(b)) for a, _arrow, b in split]
        return words.pairs(
            draft,
            [pair for pair in found if pair[0]],
            [right for left, right in found if not left],
        )
    if all(a.sign == "=" for a in answers):
        return _short(draft, answers)
    return _choice(draft, answers)


def _truefalse(draft: Draft, inside: str, is_html: bool) -> Found:
    judged, *why = inside.split("#")
    is_true = judged.strip().upper().startswith("T")
    feedback = [words.line(_html(each.strip(), is_html)) for each in [*why, "", ""]]
    right, wrong = feedback[1], feedback[0]
    options = [
        words.option(_("True"), right if is_true else wrong, correct=is_true),
        words.option(_("False"), wrong if is_true else right, correct=not is_true),
    ]
    return words.true_or_false(draft, options)


def _number(draft: Draft, inside: str, is_html: bool) -> Found:
    """Read ``12:1``, ``11..13``, or several answers of which some earn a part."""
    values: dict[Decimal, Decimal] = {}
    feedback, half, is_whole = "", None, True
    answers = re.findall(r"([=~])([^=~]*)", inside) or [("=", inside)]
    check_answers(len(answers))
    for sign, body in answers:
        share = SHARE.match(body.strip())
        text, _hash, why = body.strip()[share.end() if share else 0 :].partition("#")
        why = words.line(_html(why.strip(), is_html))
        worth = float(share[1]) if share else (100.0 if sign == "=" else 0.0)
        found = _with_tolerance(text)
        if worth <= 0:
            is_whole = is_whole and not why
        elif found is None:
            return draft.refused(_("It holds a number that cannot be read."))
        elif worth >= 100:
            values.setdefault(*found)
            feedback = feedback or why
        elif worth == HALF and half is None:
            half, is_whole = found, is_whole and not why
        else:
            return draft.refused(words.one_number())
    if not is_whole:
        words.note(draft, words.feedback_left_out())
    return words.number(draft, values, half, right=feedback)


def _with_tolerance(text: str) -> tuple[Decimal, Decimal] | None:
    """Return a number and how far off it one may be."""
    low, dots, high = text.partition("..")
    if dots:
        ends = words.decimal(low), words.decimal(high)
        if ends[0] is None or ends[1] is None or ends[0] > ends[1]:
            return None
        return (ends[0] + ends[1]) / 2, (ends[1] - ends[0]) / 2
    value, _colon, allowed = text.partition(":")
    found = words.decimal(value), words.decimal(allowed.strip() or "0")
    if found[0] is None or found[1] is None:
        return None
    return found[0], abs(found[1])


def _short(draft: Draft, answers: list[Answer]) -> Found:
    accepted = [words.plain(a.text) for a in answers if a.share >= 100]
    wrong = [
        {"text": words.plain(a.text), "near": a.share > 0, "feedback": a.feedback}
        for a in answers
        if a.share < 100
    ]
    if any(a.feedback for a in answers if a.share >= 100):
        draft.notes.append(words.feedback_left_out())
    return words.short_answer(draft, accepted, wrong)


def _choice(draft: Draft, answers: list[Answer]) -> Found:
    many = not any(a.sign == "=" for a in answers)
    if not many and any(0 < a.share < 100 for a in answers):
        draft.notes.append(_("Answers that were half right count as wrong here."))
    options = [
        words.option(a.text, a.feedback, correct=a.share > 0 if many else a.sign == "=")
        for a in answers
    ]
    return words.choice(draft, options, many=many)


def _answers(inside: str, is_html: bool) -> list[Answer]:
    found = []
    check_answers(inside.count("=") + inside.count("~"))
    for sign, body in re.findall(r"([=~])([^=~]*)", inside):
        share = SHARE.match(body.strip())
        text = body.strip()[share.end() :] if share else body
        text, _hash, feedback = text.partition("#")
        worth = float(share[1]) if share else (100.0 if sign == "=" else 0.0)
        found.append(
            Answer(
                sign,
                worth,
                words.line(_html(text.strip(), is_html)),
                words.line(_html(feedback.strip(), is_html)),
            )
        )
    return found


def _html(text: str, is_html: bool) -> str:
    text = _back(text)
    if is_html:
        return text
    return linebreaks(text, autoescape=True) if "\n" in text else escape(text)


def _back(text: str) -> str:
    for stand_in, character in BACK.items():
        text = text.replace(stand_in, character)
    return text
