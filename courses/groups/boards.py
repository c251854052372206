"""What a teacher sees of a group, as values: the same for the board and its preview."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import cycle
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courses.catalogue.library import CourseEntry, LessonEntry, Library

from .counting import done_by
from .levels import FactState, Visibility, exercise_object
from .models import HIGHEST_NUMBER, Group, GroupTask
from .queries import BoardRow
from .tags import tag_of
from .titles import object_title


@dataclass(frozen=True)
class Column:
    """Something to be done: what it is, and how it is headed on the board."""

    object_key: str
    title: str
    short: str


@dataclass(frozen=True)
class Cell:
    """What is known of one member and one column; ``state`` 0 is nothing."""

    state: int
    text: str
    month: bool = False


@dataclass(frozen=True)
class Line:
    """One row of the board. Who has nothing to show has no name either.

    So somebody who takes part without joining leaves no gap that tells of it.
    """

    number: int
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Stuck:
    """A member who asked for help, and where, whatever the board has columns for."""

    number: int
    name: str
    where: str


@dataclass(frozen=True)
class Count:
    """How many of a group did something, at least so many; 0 says nothing."""

    title: str
    number: int


@dataclass(frozen=True)
class Board:
    """All that a page of a group shows about its members."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...] = ()
    counts: tuple[Count, ...] = ()
    stuck: tuple[Stuck, ...] = ()

    @property
    def tag(self) -> str:
        """What a browser compares."""
        return tag_of(self)


def lessons_of(tasks: Iterable[GroupTask], shelf: Library) -> list[LessonEntry]:
    """Return the lessons that tasks cover, in their order, each once."""
    found: dict[UUID, LessonEntry] = {}
    for task in tasks:
        course = shelf.by_key.get(task.course_key) if task.course_key else None
        if course is None:
            continue
        for lesson in course.lessons:
            if task.lesson_key in (None, lesson.key):
                found.setdefault(lesson.key, lesson)
    return list(found.values())


def columns_of(
    group: Group,
    tasks: Iterable[GroupTask],
    shelf: Library,
    lesson: LessonEntry | None = None,
) -> tuple[Column, ...]:
    """Return what the board of a group has columns for, by its level.

    With a ``lesson``, and where the level goes so far, its exercises.
    """
    if lesson and group.level == Visibility.HELP:
        return _exercises(lesson)
    keys: dict[str, str] = {}
    for task in tasks:
        course = shelf.by_key.get(task.course_key) if task.course_key else None
        if course:
            keys.update(_steps(group, task, course))
    return tuple(
        Column(key, object_title(key, shelf), short) for key, short in keys.items()
    )


def _exercises(lesson: LessonEntry) -> tuple[Column, ...]:
    return tuple(
        Column(
            exercise_object(lesson.key, key),
            _("Exercise %(number)d") % {"number": number},
            str(number),
        )
        for number, key in enumerate(lesson.exercise_keys, start=1)
    )


def _steps(group: Group, task: GroupTask, course: CourseEntry) -> dict[str, str]:
    if task.exercise_key and task.lesson_key:
        if group.level in (Visibility.COMPLETED, Visibility.PROGRESS):
            return {}  # nothing is written of it: see facts_of
        key = exercise_object(task.lesson_key, task.exercise_key)
        return {key: _("Exercise")}
    if task.lesson_key:
        lesson = course.by_key.get(task.lesson_key)
        return {f"lesson:{task.lesson_key}": lesson.title} if lesson else {}
    if group.level == Visibility.COMPLETED:
        steps = {f"course:{course.key}": course.title}
    else:
        steps = {f"lesson:{each.key}": each.title for each in course.lessons}
    if course.test:
        steps[f"test:{course.key}"] = course.test.title
    return steps


def board_of(
    columns: tuple[Column, ...], rows: Iterable[BoardRow], shelf: Library, seats: int
) -> Board:
    """Return the board of a group with members: every number there can be.

    Those up to the seats, or all where a list goes on behind them. Else the board would
    end with the last who joined, and show who after them did not.
    """
    by_number = {row.number: row for row in rows if row.number}
    highest = seats if max(by_number, default=0) <= seats else HIGHEST_NUMBER
    return Board(
        columns,
        tuple(_line(n, by_number.get(n), columns) for n in range(1, highest + 1)),
        stuck=tuple(
            Stuck(number, row.pseudonym, object_title(about, shelf))
            for number, row in sorted(by_number.items())
            for about, state in sorted(row.states.items())
            if state == FactState.HELP
        ),
    )


def _line(number: int, row: BoardRow | None, columns: tuple[Column, ...]) -> Line:
    states: Mapping[str, int] = row.states if row else {}
    months = row.months if row else {}
    cells = tuple(
        _cell(states.get(key, 0), months.get(key))
        for key in (column.object_key for column in columns)
    )
    return Line(number, row.pseudonym if row and row.states else "", cells)


def _cell(state: int, month: date | None) -> Cell:
    if month:
        return Cell(state, date_format(month, "YEAR_MONTH_FORMAT"), month=True)
    return Cell(state, str(FactState(state).label) if state else "")


def counted(
    group: Group, columns: tuple[Column, ...], numbers: Mapping[str, int], members: int
) -> Board:
    """Return the board of a group in which nobody sees anything: counts in steps."""
    k = group.organisation.fewest
    return Board(
        columns,
        counts=tuple(
            Count(column.title, done_by(numbers.get(column.object_key, 0), members, k))
            for column in columns
        ),
    )


def invented_counts(group: Group, columns: tuple[Column, ...]) -> Board:
    """Return the board of counts over a made-up group, for the preview before joining.

    Of its columns one stands near all, one in the middle, one near none.
    """
    k = group.organisation.fewest
    numbers = cycle((4 * k + 3, 2 * k + 2, k - 1))
    keys = (column.object_key for column in columns)
    return counted(group, columns, dict(zip(keys, numbers, strict=False)), 5 * k + 1)


def invented_rows(
    columns: tuple[Column, ...], month: date | None = None
) -> list[BoardRow]:
    """Return three made-up members, for the preview before joining."""
    is_exercise = [column.object_key.startswith("exercise:") for column in columns]

    def states(*wanted: FactState) -> dict[str, int]:
        return {
            column.object_key: state if exercise else FactState.DONE
            for column, exercise, state in zip(
                columns, is_exercise, wanted, strict=False
            )
        }

    def row(number: int, name: str, *wanted: FactState) -> BoardRow:
        known = states(*wanted)
        return BoardRow(number, name, known, dict.fromkeys(known, month))

    solved, help_, not_yet = FactState.SOLVED, FactState.HELP, FactState.OPEN
    return [
        row(1, "Flinker Otter", solved, solved, not_yet),
        row(2, "Mutige Amsel", solved, help_),
        row(3, "Stiller Luchs", not_yet),
    ]
