"""Sentences and words of one file against the limits of its language."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from . import german
from .findings import Finding, shortened
from .passages import Passage, Sheet
from .sentences import is_whole, sentences, words

#: A share says nothing about a text shorter than this many sentences or words.
FEWEST_SENTENCES = 20
FEWEST_WORDS = 150


def _own_sentences(sheet: Sheet) -> Iterator[tuple[Passage, str]]:
    for passage in sheet.own:
        for sentence in passage.sentences:
            yield passage, sentence


def sentence_words(sheet: Sheet, limit: float) -> Iterator[Finding]:
    """Find sentences with too many words."""
    for passage, sentence in _own_sentences(sheet):
        count = len(words(sentence))
        if count > limit:
            message = _(
                "“%(sentence)s” has %(count)d words, at most %(limit)d are easy to "
                "follow; make two sentences of it."
            ) % {
                "sentence": shortened(sentence),
                "count": count,
                "limit": limit,
            }
            yield Finding(sheet, message, passage, sentence)


#: Parts that may say Sie where a course says du: teachers are addressed so, and on a
#: worksheet an office, in a letter to be copied.
FOR_OTHERS = ("teacher", "worksheet")


def wrong_address(sheet: Sheet, limit: float) -> Iterator[Finding]:
    """Find sentences that say du where a course says Sie, and the other way round."""
    if not sheet.address or (sheet.address == "du" and sheet.part in FOR_OTHERS):
        return
    wrong = german.SAYS_SIE if sheet.address == "du" else german.SAYS_DU
    for passage in sheet.own:
        for sentence in sentences(german.without_quotes(passage.own_text)):
            if said := wrong.search(sentence):
                message = _(
                    "“%(sentence)s” says “%(word)s”; by “address” in course.yaml "
                    "readers are addressed as “%(address)s”."
                ) % {
                    "sentence": shortened(sentence),
                    "word": said.group(),
                    "address": sheet.address,
                }
                yield Finding(sheet, message, passage, sentence)


def average_words(sheet: Sheet, limit: float) -> Iterator[Finding]:
    """Find texts whose sentences are too long on average; labels do not count."""
    counts = [
        (len(words(sentence)), sentence, passage)
        for passage, sentence in _own_sentences(sheet)
        if is_whole(sentence)
    ]
    if len(counts) < FEWEST_SENTENCES:
        return
    average = sum(count for count, _sentence, _passage in counts) / len(counts)
    if average > limit:
        _count, longest, passage = max(counts, key=lambda each: each[0])
        message = _(
            "The sentences of this text have %(average).1f words on average, at most "
            "%(limit)d are meant; shorten the long ones, first “%(sentence)s”."
        ) % {"average": average, "limit": limit, "sentence": shortened(longest)}
        yield Finding(sheet, message, passage, longest)


def noun_style_per_100(sheet: Sheet, limit: float) -> Iterator[Finding]:
    """Find texts full of nouns made of verbs; those the glossary explains are free."""
    count = 0
    found: list[tuple[Passage, str]] = []
    for passage in sheet.own:
        own = words(passage.own_text)
        count += len(own)
        found += [
            (passage, word)
            for word in own
            if german.is_noun_style(word) and not sheet.listed.has(word)
        ]
    if count < FEWEST_WORDS or 100 * len(found) / count <= limit:
        return
    examples = list(dict.fromkeys(word for _passage, word in found))[:5]
    message = _(
        "%(share).1f of 100 words are nouns made of verbs or adjectives, at most "
        "%(limit)d are meant; say with a verb what somebody does: %(examples)s."
    ) % {
        "share": 100 * len(found) / count,
        "limit": limit,
        "examples": ", ".join(examples),
    }
    yield Finding(sheet, message, *found[0])


def _share(
    sheet: Sheet,
    limit: float,
    is_found: Callable[[str], bool],
    message: Callable[[], str],
) -> Iterator[Finding]:
    sentences = list(_own_sentences(sheet))
    found = [each for each in sentences if is_found(each[1])]
    if len(sentences) < FEWEST_SENTENCES:
        return
    share = 100 * len(found) / len(sentences)
    if share <= limit:
        return
    passage, first = found[0]
    text = message() % {
        "share": round(share),
        "limit": limit,
        "sentences": " | ".join(shortened(each[1], 40) for each in found[:3]),
    }
    yield Finding(sheet, text, passage, first)


def passive_percent(sheet: Sheet, limit: float) -> Iterator[Finding]:
    """Find texts that often hide who acts."""
    return _share(
        sheet,
        limit,
        german.is_passive,
        lambda: _(
            "%(share)d %% of the sentences are passive, at most %(limit)d %% are "
            "meant; say who does it: %(sentences)s"
        ),
    )


def man_percent(sheet: Sheet, limit: float) -> Iterator[Finding]:
    """Find texts that often speak of „man“."""
    return _share(
        sheet,
        limit,
        lambda sentence: bool(german.MAN.search(sentence)),
        lambda: _(
            "%(share)d %% of the sentences say “man”, at most %(limit)d %% are meant; "
            "name the person or speak to the reader: %(sentences)s"
        ),
    )


def negation_percent(sheet: Sheet, limit: float) -> Iterator[Finding]:
    """Find texts that often say what is not."""
    return _share(
        sheet,
        limit,
        lambda sentence: bool(german.NEGATION.search(sentence)),
        lambda: _(
            "%(share)d %% of the sentences deny something, at most %(limit)d %% are "
            "meant; say what is instead: %(sentences)s"
        ),
    )


def word_letters(sheet: Sheet, limit: float) -> Iterator[Finding]:
    """Find long words without a hyphen that are neither explained nor listed."""
    seen: set[str] = set()
    for passage in sheet.own:
        for word in words(passage.own_text):
            is_long = word.isalpha() and len(word) > limit
            if not is_long or word in seen or sheet.listed.has(word):
                continue
            seen.add(word)
            message = _(
                "“%(word)s” has %(count)d letters, at most %(limit)d are read at one "
                "glance; use shorter words, part it with a hyphen, or explain it in "
                "the glossary."
            ) % {"word": word, "count": len(word), "limit": limit}
            yield Finding(sheet, message, passage, word)
