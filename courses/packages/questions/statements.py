"""True/false questions that stand side by side, as statements of one exercise."""

from collections.abc import Iterable
from itertools import groupby

from django.utils.html import escape
from django.utils.translation import gettext as _

from . import words
from .results import Found, Question
from .words import Draft

#: As many statements as one exercise takes.
MOST = 8


def joined(found: Iterable[Found]) -> list[Found]:
    """Return what was found with neighbouring true/false questions as one exercise.

    One that has a picture stays alone, or it would stand before all of them.
    """
    result: list[Found] = []
    for is_statement, group in groupby(found, key=_is_statement):
        each = list(group)
        if is_statement and len(each) > 1:
            result += [_one_of(part) for part in _parts(each)]
        else:
            result += each
    return result


def _is_statement(found: Found) -> bool:
    return isinstance(found, Question) and found.is_statement and not found.pictures


def _parts(questions: list[Found]) -> list[list[Question]]:
    """Return runs of at most eight, as even as can be, so that none stands alone."""
    own = [each for each in questions if isinstance(each, Question)]
    count = -(-len(own) // MOST)
    size, longer = divmod(len(own), count)
    ends = [size * n + min(n, longer) for n in range(count + 1)]
    return [own[a:b] for a, b in zip(ends, ends[1:], strict=False)]


def _one_of(questions: list[Question]) -> Question:
    draft = Draft(
        title=f"{questions[0].title} – {questions[-1].title}"[:120],
        question=escape(_("Which statements are true?")),
    )
    for each in questions:
        for note in each.notes:
            if note not in words.missing_feedback(each.value):
                words.note(draft, note)
        if each.value["hint"]:
            words.note(draft, _("Its hints were left out."))
    statements = [_statement(each, draft) for each in questions]
    return draft.becomes("statements", statements=statements)


def _statement(question: Question, draft: Draft) -> dict[str, object]:
    """Return a statement, with the first words that say why it is true or false."""
    options = question.value["options"]
    right = next(each for each in options if each["correct"])
    explanation = words.line(question.value["explanation"])
    reasons = [each["feedback"] for each in options if each is not right]
    reasons = [right["feedback"], *reasons, explanation]
    said = list(dict.fromkeys(each for each in reasons if each))
    if len(said) > 1:
        words.note(draft, words.feedback_left_out())
    return {
        "text": question.value["question"],
        "correct": right["text"] == _("True"),
        "feedback": said[0] if said else "",
        "reasons": [],
    }
