"""Filters of the catalogue: plain GET parameters, combinable, with counts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .choices import Level, Setting, Topic
from .library import CourseEntry


@dataclass(frozen=True)
class Facet:
    """One question the catalogue can be narrowed by."""

    name: str
    label: str | Promise
    choices: tuple[tuple[str, Any], ...]
    values: Callable[[CourseEntry], tuple[str, ...]]


@dataclass(frozen=True)
class FacetLink:
    """One choice of a facet as a link: chosen ones lead back without it."""

    label: Any
    count: int
    query: str
    chosen: bool


def _duration(course: CourseEntry) -> tuple[str, ...]:
    if course.minutes <= 45:
        return ("kurz",)
    return ("mittel",) if course.minutes <= 90 else ("lang",)


FACETS: tuple[Facet, ...] = (
    Facet("topic", _("Topic"), tuple(Topic.choices), lambda c: c.topics),
    Facet("setting", _("For"), tuple(Setting.choices), lambda c: c.settings),
    Facet("level", _("Level"), tuple(Level.choices), lambda c: (c.level,)),
    Facet(
        "duration",
        _("Duration"),
        (
            ("kurz", _("up to 45 minutes")),
            ("mittel", _("46 to 90 minutes")),
            ("lang", _("more than 90 minutes")),
        ),
        _duration,
    ),
)


def chosen(query: QueryDict) -> dict[str, str]:
    """Return the known choices of a query string; unknown ones are ignored."""
    values = {facet.name: query.get(facet.name, "") for facet in FACETS}
    known = {facet.name: dict(facet.choices) for facet in FACETS}
    return {name: value for name, value in values.items() if value in known[name]}


def query_string(wanted: Mapping[str, str]) -> str:
    """Return the one query string for some choices, whatever order they came in."""
    return urlencode(
        [(facet.name, wanted[facet.name]) for facet in FACETS if facet.name in wanted]
    )


def narrow(
    courses: tuple[CourseEntry, ...], wanted: Mapping[str, str]
) -> tuple[CourseEntry, ...]:
    """Return the courses that match every chosen facet."""
    return tuple(
        course
        for course in courses
        if all(
            wanted[facet.name] in facet.values(course)
            for facet in FACETS
            if facet.name in wanted
        )
    )


def facet_links(
    courses: tuple[CourseEntry, ...], wanted: Mapping[str, str]
) -> list[tuple[Facet, list[FacetLink]]]:
    """Return each facet's links; a count says what choosing it would leave."""
    return [(facet, _links(facet, courses, wanted)) for facet in FACETS]


def _links(
    facet: Facet, courses: tuple[CourseEntry, ...], wanted: Mapping[str, str]
) -> list[FacetLink]:
    others = {name: value for name, value in wanted.items() if name != facet.name}
    pool = narrow(courses, others)
    links = []
    for value, label in facet.choices:
        is_chosen = wanted.get(facet.name) == value
        narrowed = others if is_chosen else {**others, facet.name: value}
        links.append(
            FacetLink(
                label=label,
                count=sum(value in facet.values(course) for course in pool),
                query=query_string(narrowed),
                chosen=is_chosen,
            )
        )
    return links
