"""What a group's teacher has opened, as pure functions.

The nearest task decides: one about an exercise before one about its lesson before one
about the course. Of several groups the most open one counts: nobody is kept from
something by a group that another one of theirs has opened.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True)
class Given:
    """A task as far as it opens something; without a lesson it is a whole course."""

    course_key: UUID | None
    lesson_key: UUID | None
    exercise_key: str
    is_open: bool = True
    is_extra: bool = False
    shows_solutions: bool = True


@dataclass(frozen=True)
class Opening:
    """What a member may open of a lesson, and of which exercises solutions wait."""

    is_open: bool = True
    is_extra: bool = False
    closed: frozenset[str] = field(default=frozenset())
    sealed: frozenset[str] = field(default=frozenset())


#: What the groups of somebody gave to do, one sequence for each group.
Groups = Iterable[Sequence[Given]]


def opening_of(
    groups: Groups, course_key: UUID, lesson_key: UUID, exercise_keys: Iterable[str]
) -> Opening:
    """Return what is open of a lesson; what is no task is open to everybody."""
    covering = [
        near
        for given in groups
        if (near := [g for g in given if _covers(g, course_key, lesson_key)])
    ]
    closed, sealed = set(), set()
    for key in exercise_keys:
        nearest = [_nearest(near, key) for near in covering]
        if not _allowed(nearest, lambda each: each.is_open):
            closed.add(key)
        if not _allowed(nearest, lambda each: each.shows_solutions):
            sealed.add(key)
    wholes = [_nearest(near) for near in covering]
    is_open = _allowed(wholes, lambda each: each.is_open) or any(
        each.exercise_key and each.is_open for near in covering for each in near
    )
    said = [each for whole in wholes for each in whole]
    is_extra = bool(said) and all(each.is_extra for each in said)
    return Opening(is_open, is_extra, frozenset(closed), frozenset(sealed))


def course_is_open(groups: Groups, course_key: UUID) -> bool:
    """Return whether a course as a whole, and so its final test, is open."""
    wholes = [
        [g for g in given if g.course_key == course_key and g.lesson_key is None]
        for given in groups
    ]
    return _allowed(wholes, lambda each: each.is_open)


def _covers(given: Given, course_key: UUID, lesson_key: UUID) -> bool:
    return given.course_key == course_key and given.lesson_key in (None, lesson_key)


def _nearest(near: Sequence[Given], exercise: str = "") -> list[Given]:
    """Return the tasks that decide about an exercise, or about the lesson itself."""
    own = [g for g in near if exercise and g.exercise_key == exercise]
    lesson = [g for g in near if g.lesson_key and not g.exercise_key]
    course = [g for g in near if g.lesson_key is None]
    return own or lesson or course


def _allowed(verdicts: Iterable[list[Given]], asks: Callable[[Given], bool]) -> bool:
    """Return whether any group that has a say allows it, or none has a say."""
    said = [any(map(asks, tasks)) for tasks in verdicts if tasks]
    return any(said) or not said
