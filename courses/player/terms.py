"""Words for stored values: labels of a course and names of its competences."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from content.frameworks import competence, frameworks
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


def competence_lists(codes: Mapping[str, tuple[str, ...]]) -> list[tuple[Any, list]]:
    """Return each framework with the competences named, in the frameworks' order."""
    return [
        (framework, [competence(framework.name, code) for code in codes[framework.name]])
        for framework in frameworks()
        if codes.get(framework.name)
    ]
