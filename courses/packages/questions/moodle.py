"""Moodle XML, as Moodle 4 exports it (docs.moodle.org, "Moodle XML format")."""

import re
from base64 import b64decode
from collections.abc import Callable, Mapping
from decimal import Decimal
from xml.etree.ElementTree import Element

from django.utils.html import escape, linebreaks
from django.utils.translation import gettext as _

from . import words
from .limits import check_answers, check_count, check_words, xml_of
from .pictures import Gallery
from .results import Found, QuestionFileError, QuestionTextError, Refusal
from .words import Draft

#: ``{2:MULTICHOICE:=right#why~wrong}`` inside the text of a cloze.
EMBEDDED = re.compile(r"\{\d*:([A-Z_]+):((?:\\.|[^{}\\])*)\}")
TYPED = {"SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC"}
CHOSEN = {"MULTICHOICE", "MC", "MULTICHOICE_V", "MCV", "MULTICHOICE_H", "MCH"} | {
    f"{name}_S" for name in ("MULTICHOICE", "MULTICHOICE_V", "MULTICHOICE_H")
}
#: Of an answer, in per cent: what our estimate gives within its wider tolerance.
HALF = 50
PARTS = ("answer", "subquestion", "dragbox", "selectoption")
#: Stands for the files of a text.
PLUGIN_FILES = "@@PLUGINFILE@@"
#: Feedback on an answer as a whole, and what of it says no more than ours.
OVERALL = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")
STANDARD = {
    "",
    "Your answer is correct.",
    "Your answer is partially correct.",
    "Your answer is incorrect.",
    "Die Antwort ist richtig.",
    "Die Antwort ist teilweise richtig.",
    "Die Antwort ist falsch.",
    "Richtig.",
    "Teilweise richtig.",
    "Falsch.",
}
PLACE = re.compile(r"\[\[(\d{1,3})\]\]")


def read(content: bytes) -> list[Found]:
    """Read a question bank."""
    root = xml_of(content)
    if root.tag != "quiz":
        raise QuestionFileError(_("This is not a Moodle XML file: it has no <quiz>."))
    questions = [q for q in root.iter("question") if q.get("type") != "category"]
    check_count(len(questions))
    check_words(each.text or "" for each in root.iter() if each.tag != "file")
    gallery = Gallery()
    return [_read_or_refuse(question, gallery) for question in questions]


def _read_or_refuse(question: Element, gallery: Gallery) -> Found:
    try:
        return _read(question, gallery)
    except QuestionTextError as error:
        title = " ".join(_text(question, "name")[:120].split())
        return Refusal(title or _("(without title)"), str(error))


def _read(question: Element, gallery: Gallery) -> Found:
    check_answers(max(len(question.findall(name)) for name in PARTS))
    kind = question.get("type", "")
    title = words.plain(_text(question, "name")) or words.plain(
        _text(question, "questiontext")
    )
    text = _html(question, "questiontext")
    draft = Draft(
        title=title[:120] or _("(without title)"),
        question=words.line(text),
        hint=words.line(_html(question, "hint")),
        explanation=words.block(_html(question, "generalfeedback")),
    )
    reader = READERS.get(kind)
    if reader is None:
        return draft.refused(_reason(kind))
    files = _files(question)
    draft.pictures = gallery.of(text, lambda source: _decoded(files.get(source)))
    draft.notes += _losses(question, draft)
    return reader(question, draft)


def _files(question: Element) -> dict[str, str]:
    """Return the files that the question's text brings along, by how it names them."""
    return {
        f"{PLUGIN_FILES}{each.get('path', '/')}{each.get('name')}": each.text or ""
        for each in question.findall("questiontext/file")
    }


def _decoded(file: str | None) -> bytes | None:
    try:
        return b64decode(file or "")
    except ValueError:
        return None


def _losses(question: Element, draft: Draft) -> list[str]:
    """Name what no type of ours has a place for."""
    texts = [each.text or "" for each in question.iter("text")]
    notes = [*words.losses(*texts, kept=draft.pictures), *words.formulas(*texts)]
    if len([h for h in question.findall("hint") if _own(h).strip()]) > 1:
        notes.append(_("Only its first hint was kept."))
    overall = {words.plain(_html(question, name)) for name in OVERALL}
    if overall - STANDARD:
        notes.append(_("Its feedback on the whole answer was left out."))
    return notes


def _multichoice(question: Element, draft: Draft) -> Found:
    answers = question.findall("answer")
    many = _text(question, "single", nested=False).strip() in ("false", "0")
    full = [_fraction(a) for a in answers]
    if not many and any(0 < f < 100 for f in full):
        draft.notes.append(_("Answers that were half right count as wrong here."))
    options = [
        words.option(
            words.line(_own_html(a)),
            words.line(_html(a, "feedback")),
            correct=f > 0 if many else f >= 100,
        )
        for a, f in zip(answers, full, strict=True)
    ]
    return words.choice(draft, options, many=many)


def _truefalse(question: Element, draft: Draft) -> Found:
    options = [
        words.option(
            _("True") if _own(a).strip().lower() == "true" else _("False"),
            words.line(_html(a, "feedback")),
            correct=_fraction(a) >= 100,
        )
        for a in question.findall("answer")
    ]
    return words.true_or_false(draft, options)


def _shortanswer(question: Element, draft: Draft) -> Found:
    accepted, wrong = [], []
    for each in question.findall("answer"):
        form = words.plain(escape(_own(each)))
        feedback = words.line(_html(each, "feedback"))
        if _fraction(each) >= 100:
            accepted.append(form)
        elif form != "*":
            near = _fraction(each) > 0
            wrong.append({"text": form, "near": near, "feedback": feedback})
            continue
        if feedback:
            words.note(draft, words.feedback_left_out())
    if _text(question, "usecase", nested=False).strip() == "1":
        draft.notes.append(_("Capital and small letters count the same here."))
    return words.short_answer(draft, accepted, wrong)


def _numerical(question: Element, draft: Draft) -> Found:
    """Read a number: one is right, the same less exactly may earn a half."""
    values: dict[Decimal, Decimal] = {}
    feedback, half, is_whole = "", None, True
    for each in question.findall("answer"):
        number = words.decimal(_own(each))
        allowed = words.decimal(_text(each, "tolerance", nested=False) or "0")
        why = words.line(_html(each, "feedback"))
        if number is None or allowed is None or _fraction(each) <= 0:
            is_whole = is_whole and not why
        elif _fraction(each) >= 100:
            values.setdefault(number, abs(allowed))
            feedback = feedback or why
        elif _fraction(each) == HALF and half is None:
            half, is_whole = (number, abs(allowed)), is_whole and not why
        else:
            return draft.refused(words.one_number())
    if not is_whole:
        words.note(draft, words.feedback_left_out())
    unit = [
        words.plain(escape(_text(each, "unit_name", nested=False)))
        for each in question.iter("unit")
        if words.decimal(_text(each, "multiplier", nested=False)) == 1
    ]
    if len(list(question.iter("unit"))) > 1:
        draft.notes.append(_("Only one of its units was kept."))
    return words.number(
        draft, values, half, unit=unit[0] if unit else "", right=feedback
    )


def _matching(question: Element, draft: Draft) -> Found:
    found, distractors = [], []
    for each in question.findall("subquestion"):
        left = words.card(_own_html(each))
        right = words.card(escape(_text(each, "answer")))
        if left:
            found.append((left, right))
        else:
            distractors.append(right)
    return words.pairs(draft, found, distractors)


def _ordering(question: Element, draft: Draft) -> Found:
    answers = sorted(question.findall("answer"), key=_fraction)
    return words.order(draft, [words.card(_own_html(a)) for a in answers])


def _gaps(question: Element, draft: Draft) -> Found:
    """Read words to drag or to select: ``[[1]]`` stands for the first choice."""
    choices = [
        (
            words.plain(escape(_text(c, "text", nested=False))),
            _text(c, "group", nested=False),
        )
        for name in ("dragbox", "selectoption")
        for c in question.findall(name)
    ]
    text, gaps = _html(question, "questiontext"), []
    if len(PLACE.findall(text)) > words.MOST_GAPS:
        return draft.refused(words.too_many_gaps())
    for number, match in enumerate(PLACE.finditer(text), start=1):
        at = int(match[1]) - 1
        if not 0 <= at < len(choices):
            return draft.refused(_("A gap names a choice that does not exist."))
        form, group = choices[at]
        options = [each for each, its in choices if its == group]
        gaps.append(words.gap(number, [form], options))
    return _filled(draft, PLACE, text, gaps)


def _cloze(question: Element, draft: Draft) -> Found:
    text, gaps = _html(question, "questiontext"), []
    if len(EMBEDDED.findall(text)) > words.MOST_GAPS:
        return draft.refused(words.too_many_gaps())
    for number, match in enumerate(EMBEDDED.finditer(text), start=1):
        if match[1] not in TYPED | CHOSEN:
            return draft.refused(
                _("One gap is of a kind that does not exist here: %(kind)s.")
                % {"kind": match[1]}
            )
        right, other, feedback, is_whole = _embedded(match[2])
        if not is_whole:
            words.note(draft, words.feedback_left_out())
        options = [*right, *other] if match[1] in CHOSEN else []
        if options and len(right) != 1:
            return draft.refused(_("A gap to choose from needs one correct answer."))
        gaps.append(words.gap(number, right, options, feedback))
    return _filled(draft, EMBEDDED, text, gaps)


def _filled(
    draft: Draft, places: re.Pattern[str], text: str, gaps: list[dict]
) -> Found:
    """Return the cloze with a marker where each gap was."""
    numbers = iter(range(1, len(gaps) + 1))
    marked = places.sub(lambda _match: words.marker(next(numbers)), text)
    draft.question = escape(draft.title)
    return words.cloze(draft, words.block(marked), gaps)


def _embedded(answers: str) -> tuple[list[str], list[str], str, bool]:
    """Return right forms, other forms, the feedback, and whether that is all of it."""
    right, other, feedback, is_whole = [], [], "", True
    parts = re.split(r"(?<!\\)~", answers)
    check_answers(len(parts))
    for part in parts:
        share = re.match(r"(=|%-?\d+(?:\.\d+)?%)?", part)
        mark = share[0] if share else ""
        form, _hash, why = part[len(mark) :].partition("#")
        form = words.plain(re.sub(r"\\(.)", r"\1", form))
        why = words.line(re.sub(r"\\(.)", r"\1", why))
        if form and form != "*" and (mark == "=" or mark.startswith("%100")):
            right.append(form)
            is_whole = is_whole and (not why or not feedback)
            feedback = feedback or why
            continue
        is_whole = is_whole and not why
        if form and form != "*":
            other.append(form)
    return right, other, feedback, is_whole


def _fraction(answer: Element) -> float:
    try:
        return float(answer.get("fraction", "0"))
    except ValueError:
        return 0.0


def _text(parent: Element, name: str, *, nested: bool = True) -> str:
    """Return the text of ``<name><text>…``, or of ``<name>…`` itself."""
    found = parent.find(name)
    if found is None:
        return ""
    return (found.findtext("text") if nested else found.text) or ""


def _own(element: Element) -> str:
    return element.findtext("text") or ""


def _own_html(element: Element) -> str:
    return _as_html(_own(element), element.get("format", "html"))


def _html(parent: Element, name: str) -> str:
    found = parent.find(name)
    if found is None:
        return ""
    return _as_html(_own(found), found.get("format", "html"))


def _as_html(text: str, kind: str) -> str:
    """Return text as HTML; other formats than HTML are paragraphs of plain words."""
    if kind in ("html", "moodle_auto_format"):
        return text
    return linebreaks(text, autoescape=True)


READERS: Mapping[str, Callable[[Element, Draft], Found]] = {
    "multichoice": _multichoice,
    "truefalse": _truefalse,
    "shortanswer": _shortanswer,
    "numerical": _numerical,
    "matching": _matching,
    "ordering": _ordering,
    "ddwtos": _gaps,
    "gapselect": _gaps,
    "cloze": _cloze,
}


def _reason(kind: str) -> str:
    """Say why a type cannot be carried over."""
    if kind == "description":
        return _("It is a text without a question. Please put it into the lesson.")
    if kind == "essay":
        return words.no_free_texts()
    if kind in ("calculated", "calculatedsimple", "calculatedmulti"):
        return words.changes()
    return _("There is no such type here: %(kind)s.") % {"kind": kind or "–"}
