"""The build of a lesson: alternative texts, headings, feedback, sources, terms."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from content.keyed import SharedMixin

from ..values import list_item
from .findings import Finding, shortened
from .passages import Passage, Sheet
from .sentences import words

FILE_NAME = re.compile(r"\S+\.(?:svg|png|jpe?g|webp|gif|avif)\b", re.IGNORECASE)
SAYS_IT_IS_ONE = re.compile(
    r"(?:(?:Das|Ein|Auf dem)\s+)?(?:Bild|Foto|Grafik|Abbildung|Zeichnung)\b"
    r"(?:\s+(?:von|mit|zeigt)\b|:)"
    r"|(?:An?\s+)?(?:image|picture|photo|graphic|drawing)\s+of\b",
    re.IGNORECASE,
)
#: Fields that answer an answer; elsewhere „right“ is a card on the right-hand side.
FEEDBACK = frozenset(["feedback"])
#: A verdict of its own before the reason.
VERDICT = re.compile(
    r"(?:Ja|Nein|Richtig|Falsch|Genau|Stimmt|Yes|No|Right|Wrong|Correct)[.!]\s+\S"
)
FEEDBACK_OF_ESTIMATES = frozenset(["low", "high", "right"])
ENDINGS = r"(?:s|es|e|en|n|er|em)?"
#: Blocks that name sources: their list, and the field that holds the title of each.
CITING = {"sources": ("items", "title"), "perspectives": ("positions", "source")}


def alternative_least_letters(sheet: Sheet, limit: float) -> Iterator[Finding]:
    """Find alternative texts that say too little, or nothing but a file's name."""
    for passage in sheet.passages:
        if not passage.is_alternative:
            continue
        if FILE_NAME.search(passage.text):
            message = _(
                "“%(text)s” is the name of a file; say what the picture tells."
            ) % {"text": shortened(passage.text)}
            yield Finding(sheet, message, passage, passage.text)
        elif passage.text and len(passage.text) < limit:
            message = _(
                "The alternative text “%(text)s” is very short; say what the picture "
                "tells, in %(limit)d letters or more."
            ) % {"text": passage.text, "limit": limit}
            yield Finding(sheet, message, passage, passage.text)
        elif SAYS_IT_IS_ONE.match(passage.text):
            message = _(
                "Screen readers say by themselves that “%(text)s” is a picture; begin "
                "with what is to be seen."
            ) % {"text": shortened(passage.text)}
            yield Finding(sheet, message, passage, passage.text)


def alternative_most_letters(sheet: Sheet, limit: float) -> Iterator[Finding]:
    """Find alternative texts that are too long to be listened to in one go."""
    for passage in sheet.passages:
        if passage.is_alternative and len(passage.text) > limit:
            message = _(
                "This alternative text has %(count)d letters, at most %(limit)d are "
                "meant; put the rest into the text or a table beside the picture."
            ) % {"count": len(passage.text), "limit": limit}
            yield Finding(sheet, message, passage, passage.text)


def feedback_least_words(sheet: Sheet, limit: float) -> Iterator[Finding]:
    """Find answers to answers that only say right or wrong, or nothing."""
    for passage in sheet.passages:
        if _is_feedback(passage) and len(words(passage.text)) < limit:
            message = _(
                "The feedback “%(text)s” does not say why; give the reason in a "
                "sentence."
            ) % {"text": passage.text}
            yield Finding(sheet, message, passage, passage.text)


def feedback_most_verdicts(sheet: Sheet, limit: float) -> Iterator[Finding]:
    """Find answers to answers that say once more whether it was right."""
    found = [
        each
        for each in sheet.passages
        if _is_feedback(each) and VERDICT.match(each.text)
    ]
    for passage in found if len(found) > limit else ():
        message = _(
            "The feedback “%(text)s” begins with what stands above it already; begin "
            "with the reason."
        ) % {"text": shortened(passage.text)}
        yield Finding(sheet, message, passage, passage.text)


def _is_feedback(passage: Passage) -> bool:
    if passage.block == "estimate" and passage.field in FEEDBACK_OF_ESTIMATES:
        return True
    return passage.field in FEEDBACK


def least_sources(sheet: Sheet, limit: float) -> Iterator[Finding]:
    """Find lessons without sources."""
    if not sheet.is_lesson:
        return
    body = sheet.text.streams["body"]
    named = [item["value"]["items"] for item in body if item["type"] == "sources"]
    if sum(map(len, named)) < limit:
        message = _(
            "This lesson names no source; end it with :::{sources} and what its facts "
            "rest on."
        )
        yield Finding(sheet, message)


def own_sources(sheet: Sheet, limit: float) -> Iterator[Finding]:
    """Find sources that stand in a text: they have no id, no uses, no day of review."""
    found = list(_own_sources(sheet))
    if len(found) > limit:
        yield from found


def _own_sources(sheet: Sheet) -> Iterator[Finding]:
    facts = sheet.text.readings[""]
    # Those that a translation takes from its course are found there.
    if not sheet.part and ("sources",) in facts.lines:
        for place, source in enumerate(sheet.text.facts["sources"]):
            line = facts.line_of(("sources", place))
            yield from _own_source(sheet, source, "title", line)
    for index, item in enumerate(sheet.text.streams.get(sheet.part, ())):
        value = item["value"]
        if item["type"] == "quote" and value["url"]:
            line = sheet.reading.line_of((index,))
            yield from _own_source(sheet, value, "source", line)
        if item["type"] not in CITING:
            continue
        entries, title = CITING[item["type"]]
        for place, entry in enumerate(value[entries]):
            line = sheet.reading.line_of((index, entries, place))
            yield from _own_source(sheet, list_item(entry), title, line)


def _own_source(
    sheet: Sheet, source: Mapping[str, Any], title: str, line: int
) -> Iterator[Finding]:
    if not source["shared"]:
        message = _(
            "The source “%(title)s” stands in the text; write it in "
            "_site/sources.yaml and name it with shared."
        ) % {"title": source[title]}
        yield Finding(sheet, message, Passage(line, "sources", title, "line", ()))


def lacking_source(source: Mapping[str, Any]) -> str:
    """Say what keeps readers from looking a source up, and us from reading it again.

    A home page leads to everything and nothing: a note has to say what is meant.
    """
    missing = [name for name in ("publisher", "url", "accessed") if not source[name]]
    if missing:
        return _(
            "The source “%(title)s” lacks: %(missing)s. Give them, so that "
            "readers can look it up."
        ) % {"title": source["title"], "missing": ", ".join(missing)}
    if _is_home_page(source["url"]) and not source["note"]:
        return _(
            "The source “%(title)s” leads to a home page only. Give the address of "
            "the page that says it, or a note that says what to look for there."
        ) % {"title": source["title"]}
    return ""


def _is_home_page(url: str) -> bool:
    parts = urlsplit(url)
    return not parts.path.strip("/") and not parts.query


def late_look(
    model: type[SharedMixin], looked: date | None, review: date | None
) -> str:
    """Say that the day to look at a row again is later than its last look holds."""
    latest = model.next_look(looked, None)
    if not latest or not review or review <= latest:
        return ""
    return _(
        "The day to look again, %(review)s, is later than %(months)d months after "
        "%(looked)s. Look again by %(latest)s, or leave review out."
    ) % {
        "review": review.isoformat(),
        "months": model.months,
        "looked": looked.isoformat() if looked else "",
        "latest": latest.isoformat(),
    }


def heading_problems(sheet: Sheet, limit: float) -> Iterator[Finding]:
    """Find headings that skip a level, stand twice, or have nothing below them."""
    found = list(_heading_problems(sheet))
    if len(found) > limit:
        yield from found


def _heading_problems(sheet: Sheet) -> Iterator[Finding]:
    passages = [each for each in sheet.passages if each.block]
    seen: set[str] = set()
    level = 1
    for index, passage in enumerate(passages):
        if passage.kind != "heading":
            continue
        name = {"heading": passage.text}
        if passage.level > level + 1:
            message = _("The heading “%(heading)s” skips a level; use one # less.")
            yield Finding(sheet, message % name, passage, passage.text)
        level = passage.level
        following = passages[index + 1] if index + 1 < len(passages) else None
        is_bare = following is None or (
            following.kind == "heading" and following.level <= passage.level
        )
        if is_bare:
            message = _(
                "Nothing stands below the heading “%(heading)s”; write something or "
                "drop it."
            )
            yield Finding(sheet, message % name, passage, passage.text)
        if passage.text in seen:
            message = _(
                "The heading “%(heading)s” stands twice; say what is different."
            )
            yield Finding(sheet, message % name, passage, passage.text)
        seen.add(passage.text)


def unexplained_terms(sheets: Sequence[Sheet], limit: float) -> Iterator[Finding]:
    """Find glossary terms that no text links where lessons use them first.

    „First“ is the first lesson whose running text has the word, in any of its forms.
    Of several terms with the same word a link to any explains it: only the author knows
    which is meant.
    """
    lessons = [sheet for sheet in sheets if sheet.is_lesson]
    terms = lessons[0].reading.context.terms if lessons else {}
    found = [
        finding
        for keys in _by_word(terms).values()
        if (finding := _first_use(lessons, keys, terms[keys[0]]))
    ]
    if len(found) > limit:
        yield from found


def _by_word(terms: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the keys of terms by the pattern of their words."""
    found: dict[str, list[str]] = {}
    for key, term in sorted(terms.items()):
        found.setdefault(_forms(term).pattern, []).append(key)
    return found


def _first_use(
    lessons: Sequence[Sheet], keys: Sequence[str], term: str
) -> Finding | None:
    pattern = _forms(term)
    for sheet in lessons:
        uses = [
            each
            for each in sheet.own
            if each.can_link and pattern.search(each.own_text)
        ]
        links = {
            run.entity.value
            for each in sheet.passages
            for run in each.runs
            if run.entity and run.entity.kind == "term"
        }
        if links & set(keys):
            return None
        if uses:
            message = _(
                "“%(term)s” stands in the glossary and is not explained where the "
                "course uses it first; link it: {term}`%(term)s <%(key)s>`."
            ) % {"term": term, "key": keys[0]}
            match = pattern.search(uses[0].own_text)
            return Finding(sheet, message, uses[0], match.group() if match else term)
    return None


def _forms(term: str) -> re.Pattern[str]:
    """Return what matches a term in its forms; a remark in brackets is left out."""
    parts = words(re.sub(r"\s*\(.*?\)", "", term))
    forms = [re.escape(part) + ENDINGS for part in parts]
    together = r"\s+".join(forms)
    return re.compile(rf"(?<![\w-]){together}(?![\w-])")
