"""Words for stored values: labels of a course and names of its competences."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from content.frameworks import Competence, Framework, frameworks
from courses.catalogue.choices import Level, Licence, Setting, Topic
from courses.catalogue.library import CourseEntry


@dataclass(frozen=True)
class Labels:
    """What a course is filed under, in the reader's language."""

    topics: list[Any]
    settings: list[Any]
    level: Any
    licence: Any


def labels(course: CourseEntry) -> Labels:
    """Return the labels of a course."""
    return Labels(
        topics=[Topic(value).label for value in course.topics],
        settings=[Setting(value).label for value in course.settings],
        level=Level(course.level).label,
        licence=Licence(course.licence).label,
    )


def competence_lists(
    codes: Mapping[str, tuple[str, ...]],
) -> list[tuple[Framework, list[Competence]]]:
    """Return each framework with the competences named, in the frameworks' order."""
    return [
        (framework, named)
        for framework in frameworks()
        if (named := _named(framework, codes.get(framework.name, ())))
    ]


def _named(framework: Framework, codes: tuple[str, ...]) -> list[Competence]:
    return [framework.competences[c] for c in codes if c in framework.competences]
