"""The strict check of packages: all measures of all files, each with its line."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from ..files import Folder
from ..package import Edition, Package
from ..problems import Problem
from ..reader import Loaded
from ..shared import SHARED_KINDS
from . import plans, simple, structure, style
from .findings import Finding, Lines
from .lettering import letters_least_pixels
from .limits import DRAWINGS, Limit, all_limits, exemptions, limits_for
from .passages import Sheet, language_of, sheets
from .spelling import DICTIONARIES, missing_programs, misspelled

SheetMeasure = Callable[[Sheet, float], Iterator[Finding]]
EditionMeasure = Callable[[Sequence[Sheet], float], Iterator[Finding]]
DrawingMeasure = Callable[[bytes, float], Iterator[str]]

#: What is measured in a file, by the name its limit has in ``strictness.yaml``.
OF_SHEETS: Mapping[str, SheetMeasure] = {
    "sentence-words": style.sentence_words,
    "wrong-address": style.wrong_address,
    "average-words": style.average_words,
    "noun-style-per-100": style.noun_style_per_100,
    "passive-percent": style.passive_percent,
    "man-percent": style.man_percent,
    "negation-percent": style.negation_percent,
    "word-letters": style.word_letters,
    "passives": simple.passives,
    "genitives": simple.genitives,
    "conjunctives": simple.conjunctives,
    "number-words": simple.number_words,
    "abbreviations": simple.abbreviations,
    "brackets": simple.brackets,
    "sentences-in-paragraph": simple.sentences_in_paragraph,
    "sentences-in-field": simple.sentences_in_field,
    "alternative-least-letters": structure.alternative_least_letters,
    "alternative-most-letters": structure.alternative_most_letters,
    "feedback-least-words": structure.feedback_least_words,
    "feedback-most-verdicts": structure.feedback_most_verdicts,
    "least-sources": structure.least_sources,
    "own-sources": structure.own_sources,
    "heading-problems": structure.heading_problems,
    "plan-minutes-off": plans.plan_minutes_off,
}
#: The name by which files are exempt from spelling, which has no limit.
SPELLING = "spelling"
#: What is measured over all files of a language.
OF_EDITIONS: Mapping[str, EditionMeasure] = {
    "unexplained-terms": structure.unexplained_terms,
}
#: What is measured in a drawing, whatever language it stands in.
OF_DRAWINGS: Mapping[str, DrawingMeasure] = {
    "letters-least-pixels": letters_least_pixels,
}


def findings(loaded: Sequence[Loaded]) -> list[Problem]:
    """Return what the courses among packages fall short of, by file and line.

    What the site's own package need not keep stands under ``exempt`` beside the limits.
    Spelling is left out as far as :func:`missing_for_spelling` names programs.
    """
    found: list[Finding] = []
    spelled: dict[str, list[Sheet]] = {}
    for folder, package, edition in _editions(loaded):
        own = list(sheets(folder, package, edition))
        is_site = package.kind == "site"
        found += _measured(own, limits_for(edition.locale), is_site=is_site)
        spelled.setdefault(language_of(edition.locale), []).extend(
            _measurable(own, SPELLING, is_site=is_site)
        )
    for language, group in spelled.items():
        if language in DICTIONARIES and not missing_programs([language]):
            found += misspelled(group, language)
    shared = [*_shared_sources(loaded), *_late_looks(loaded)]
    return sorted([*_problems(found), *shared, *_in_drawings(loaded)])


def _in_drawings(loaded: Sequence[Loaded]) -> Iterator[Problem]:
    for each in loaded:
        drawings = sorted(name for name in each.folder.files if name.endswith(".svg"))
        for name in drawings if each.package else []:
            for measure, limit in all_limits()[DRAWINGS].items():
                content = each.folder.content(name)
                for message in OF_DRAWINGS[measure](content, limit.value):
                    yield Problem(each.folder.label(name), 1, message)


def _shared_sources(loaded: Sequence[Loaded]) -> Iterator[Problem]:
    """Yield shared sources that nobody can look up: the facts of lessons rest on them.

    Rows in other languages say only what differs.
    """
    for each in loaded:
        if each.package is None or each.package.kind != "site":
            continue
        head = each.package.original.head
        for index, source in enumerate(each.package.original.sources):
            if message := structure.lacking_source(source):
                line = head.readings["sources"].line_of((index,))
                label = each.folder.label(head.files["sources"])
                yield Problem(label, line, message)


def _late_looks(loaded: Sequence[Loaded]) -> Iterator[Problem]:
    """Yield sources and step cards that wait longer for the next look than they hold.

    Without a day of their own they are looked at in time.
    """
    for each in loaded:
        if each.package is None or each.package.kind != "site":
            continue
        head = each.package.original.head
        for kind in SHARED_KINDS:
            for index, entry in enumerate(getattr(each.package.original, kind.name)):
                looked = entry[kind.model.looked]
                if message := structure.late_look(kind.model, looked, entry["review"]):
                    label = each.folder.label(head.files[kind.name])
                    line = head.readings[kind.name].line_of((index,))
                    yield Problem(label, line, message)


def missing_for_spelling(loaded: Sequence[Loaded]) -> list[str]:
    """Return the Debian packages without which the spelling stays unchecked."""
    return missing_programs(
        language_of(edition.locale) for _folder, _package, edition in _editions(loaded)
    )


def _editions(loaded: Sequence[Loaded]) -> Iterator[tuple[Folder, Package, Edition]]:
    for each in loaded:
        if each.package:
            for edition in each.package.editions:
                yield each.folder, each.package, edition


def _measured(
    own: Sequence[Sheet], limits: Mapping[str, Limit], *, is_site: bool
) -> Iterator[Finding]:
    for name, limit in limits.items():
        measurable = _measurable(own, name, is_site=is_site)
        if name in OF_EDITIONS:
            yield from OF_EDITIONS[name](measurable, limit.value)
            continue
        for sheet in measurable:
            yield from OF_SHEETS[name](sheet, limit.value)


def _measurable(
    own: Sequence[Sheet], measure: str, *, is_site: bool
) -> Sequence[Sheet]:
    """Return the sheets that are not exempt from a measure; a course's never are."""
    if not is_site:
        return own
    return [
        sheet
        for sheet in own
        if not any(
            each.covers(sheet.file, sheet.locale, measure) for each in exemptions()
        )
    ]


def _problems(found: Sequence[Finding]) -> list[Problem]:
    lines: dict[str, Lines] = {}
    problems = set()
    for finding in found:
        label = finding.sheet.folder.label(finding.sheet.file)
        if label not in lines:
            lines[label] = Lines(finding.sheet.folder.text(finding.sheet.file) or "")
        first = finding.passage.line if finding.passage else 1
        line = lines[label].line_of(finding.words, first)
        problems.add(Problem(label, line, finding.message))
    return sorted(problems)
