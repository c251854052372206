"""Words for stored values: labels of a course and names of its competences."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from content.frameworks import Competence, Framework, frameworks
from content.licences import Licence
from courses.catalogue.choices import Address, Level, Setting, Topic
from courses.catalogue.library import CourseEntry


@dataclass(frozen=True)
class Labels:
    """What a course is filed under, in the reader's language.

    ``address`` is how it speaks to its readers, None in languages that know one way.
    """

    topics: list[Any]
    settings: list[Any]
    level: Any
    licence: Any
    address: Any


def labels(course: CourseEntry) -> Labels:
    """Return the labels of a course."""
    return Labels(
        topics=[Topic(value).label for value in course.topics],
        settings=[Setting(value).label for value in course.settings],
        level=Level(course.level).label,
        licence=Licence(course.licence).label,
        address=_address(course),
    )


def _address(course: CourseEntry) -> Any:
    """Return du or Sie where the page is German; Leichte Sprache always says du."""
    if get_language() == "de-simple":
        return Address.DU.label
    return Address(course.address).label if get_language() == "de" else None


@dataclass(frozen=True)
class CompetenceList:
    """The competences of one framework that a course names.

    ``lang`` is set where the words are in another language than the page. A framework
    whose official words are English needs no German translation on other pages.
    """

    title: str
    note: str
    lang: str
    competences: list[str]


def competence_lists(codes: Mapping[str, tuple[str, ...]]) -> list[CompetenceList]:
    """Return each framework with the competences named, in the frameworks' order."""
    return [
        _in_words(framework, named)
        for framework in frameworks()
        if (named := _named(framework, codes.get(framework.name, ())))
    ]


def _in_words(framework: Framework, named: list[Competence]) -> CompetenceList:
    language = get_language() or "de"
    if language.startswith("de"):
        titles = [str(each) for each in named]
        return CompetenceList(framework.title, framework.note, "", titles)
    if all(each.original for each in named):
        titles = [f"{each.code} {each.original}" for each in named]
        lang = "" if language == "en" else "en"
        return CompetenceList(framework.title, "", lang, titles)
    titles = [str(each) for each in named]
    return CompetenceList(framework.title, framework.note, "de", titles)


def _named(framework: Framework, codes: tuple[str, ...]) -> list[Competence]:
    return [framework.competences[c] for c in codes if c in framework.competences]
