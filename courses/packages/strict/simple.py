"""Leichte Sprache: forms that its rules rule out, one finding for each place."""

import re
from collections.abc import Callable, Iterable, Iterator

from django.utils.translation import gettext as _

from . import german
from .findings import Finding, shortened
from .passages import Passage, Sheet
from .sentences import sentences

ABBREVIATION = re.compile(
    r"\b(?:[A-Za-zÄÖÜäöü]\.\s?[A-Za-zÄÖÜäöü]\.|(?:usw|bzw|ca|ggf|vgl|inkl|evtl)\b\.?"
    r"|(?:Nr|Art|Abs)\.(?=\s*\d))"
)
BRACKETS = re.compile(r"[()\[\]]")


def _each(
    sheet: Sheet,
    limit: float,
    look: Callable[[str], Iterable[str]],
    message: Callable[[], str],
) -> Iterator[Finding]:
    """Yield a finding for each place beyond as many as are allowed in the file."""
    found = [
        Finding(
            sheet,
            message() % {"found": words_found, "sentence": shortened(sentence)},
            passage,
            sentence,
        )
        for passage in sheet.own
        for sentence in passage.sentences
        for words_found in look(sentence)
    ]
    if len(found) > limit:
        yield from found


def passives(sheet: Sheet, limit: float) -> Iterator[Finding]:
    """Find the passive."""
    return _each(
        sheet,
        limit,
        lambda sentence: ["passive"] if german.is_passive(sentence) else [],
        lambda: _("“%(sentence)s” is passive; say who does it."),
    )


def genitives(sheet: Sheet, limit: float) -> Iterator[Finding]:
    """Find the genitive."""
    names = german.names_in(each.text for each in sheet.own)
    return _each(
        sheet,
        limit,
        lambda sentence: german.genitives(sentence, names),
        lambda: _(
            "“%(found)s” is a genitive; write it with “von”: das Handy von Lena."
        ),
    )


def conjunctives(sheet: Sheet, limit: float) -> Iterator[Finding]:
    """Find what would be."""
    return _each(
        sheet,
        limit,
        german.conjunctives,
        lambda: _("“%(found)s” says what would be; say what is, or use “vielleicht”."),
    )


def number_words(sheet: Sheet, limit: float) -> Iterator[Finding]:
    """Find numbers written as words."""
    return _each(
        sheet,
        limit,
        german.NUMBER_WORDS.findall,
        lambda: _("Write “%(found)s” as a numeral."),
    )


def abbreviations(sheet: Sheet, limit: float) -> Iterator[Finding]:
    """Find abbreviations."""
    return _each(
        sheet,
        limit,
        ABBREVIATION.findall,
        lambda: _("Write “%(found)s” out; abbreviations are hard to read."),
    )


def brackets(sheet: Sheet, limit: float) -> Iterator[Finding]:
    """Find brackets."""
    return _each(
        sheet,
        limit,
        lambda sentence: BRACKETS.findall(sentence)[:1],
        lambda: _(
            "“%(sentence)s” has brackets; say what is in them in a sentence of its own."
        ),
    )


def sentences_in_paragraph(sheet: Sheet, limit: float) -> Iterator[Finding]:
    """Find paragraphs of running text with more sentences than lines."""
    for passage in sheet.own:
        if _is_running(passage) and len(passage.sentences) > limit:
            message = _(
                "“%(sentence)s” shares its paragraph with other sentences; give each "
                "sentence a line of its own."
            ) % {"sentence": shortened(passage.sentences[0])}
            yield Finding(sheet, message, passage, passage.text)


def sentences_in_field(sheet: Sheet, limit: float) -> Iterator[Finding]:
    """Find feedback, steps, positions, cells and the like with too many sentences.

    An alternative text is not looked at: nobody sees its lines.
    """
    for passage in sheet.own:
        if _is_running(passage) or passage.is_alternative:
            continue
        for line in passage.text.split("\n"):
            found = list(sentences(line))
            if len(found) > limit:
                message = _(
                    "“%(sentence)s” is one of %(count)d sentences in one place, at "
                    "most %(limit)d are meant; say less, or use a line for each."
                ) % {
                    "sentence": shortened(found[0]),
                    "count": len(found),
                    "limit": limit,
                }
                yield Finding(sheet, message, passage, line)


def _is_running(passage: Passage) -> bool:
    """Say whether it is a paragraph in which a sentence can have its own line."""
    is_more_of_term = passage.block == "terms" and passage.field == "more"
    is_paragraph = passage.kind == "paragraph"
    return is_paragraph and (passage.block == "text" or is_more_of_term)
