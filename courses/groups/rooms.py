"""Rooms: an hour together without account, name or key, and without a row.

All of a room stands in the cache ``rooms`` and is gone after four hours, or as soon as
the room is closed. Every seat and every answer has a key of its own that is written in
one step (``add``), so that no answer is lost however many come at once.
"""

import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from django.core.cache import caches
from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.locmem import LocMemCache

from learnsite.room_files import RoomFiles

from . import codes
from .counting import FEWEST

SECONDS: Final = 4 * 3600
SEATS: Final = 60
MOST_ROOMS: Final = 3
MOST_OPTIONS: Final = 6
#: Charts that can follow each other: one for every five of the seats, twice over where
#: people try again.
MOST_LOOKS: Final = 24
CODE_TRIES: Final = 5
#: Counts up where what was shown is kept in another shape: an upgrade cannot read it.
LOOK_VERSION: Final = 2


class RoomError(Exception):
    """A room cannot be opened or entered; ``reason`` is one of the names below."""

    TOO_MANY = "too_many"
    FULL = "full"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Kind(StrEnum):
    """What can run in a room."""

    LESSON = "lesson"
    EXERCISE = "exercise"
    POLL = "poll"
    LAB = "lab"


@dataclass(frozen=True)
class Running:
    """What runs now. ``number`` counts what has run, so that each counts anew."""

    kind: Kind
    number: int = 0
    lesson_key: UUID | None = None
    exercise_key: str = ""
    lab: str = ""
    question: str = ""
    options: tuple[str, ...] = ()
    shows_result: bool = False
    shows_solution: bool = False

    @property
    def is_question(self) -> bool:
        """Whether people answer it in the room and not in a lesson."""
        return self.kind != Kind.LESSON

    @property
    def about(self) -> str:
        """Under what the answers to a live question are kept."""
        return f"live-{self.number}"


@dataclass(frozen=True)
class OpenLesson:
    """A lesson that ran in a room: answers in it count from then on."""

    key: UUID
    exercise_keys: tuple[str, ...]

    def about(self, exercise_key: str) -> str:
        """Under what the answers to an exercise of it are kept."""
        return f"{self.key}/{exercise_key}"


@dataclass(frozen=True)
class Room:
    """A room as its owner set it up; who is in it stands in the seats.

    ``fewest`` is how many people a number needs. ``secret`` belongs to the rounds of
    classes (:mod:`courses.groups.rounds`).
    """

    code: str
    owner: str
    ends: float
    running: Running | None = None
    runs: int = 0
    lessons: tuple[OpenLesson, ...] = ()
    fewest: int = FEWEST
    secret: str = ""

    @property
    def seconds_left(self) -> int:
        """How long the room, and all that is kept of it, still lives."""
        return max(1, round(self.ends - time.time()))

    @property
    def spaced_code(self) -> str:
        """The code as it is shown."""
        return codes.spaced(self.code)

    def lesson(self, key: UUID) -> OpenLesson | None:
        """Return a lesson that ran here."""
        return next((each for each in self.lessons if each.key == key), None)


@dataclass(frozen=True)
class Ticket:
    """A seat in a room, kept on one device; nothing tells who sits there."""

    code: str
    seat: int
    token: str


def store() -> BaseCache:
    """Return the cache that rooms live in."""
    return caches["rooms"]


def sweep() -> None:
    """Take what has expired off the disk, where rooms lie there.

    Elsewhere it is gone by itself.
    """
    kept = store()
    if isinstance(kept, RoomFiles):
        kept.sweep()


def is_shared_by_processes() -> bool:
    """Whether all processes of the site see the same rooms."""
    return not isinstance(store(), LocMemCache)


def key_of(code: str, *parts: Any) -> str:
    """Return the key of something that belongs to a room."""
    return ":".join(["room", code, *map(str, parts)])


# --- The one who leads ---


def open_room(*, owner: str) -> Room:
    """Open a room under a new code; raises :class:`RoomError` for the fourth."""
    ends = time.time() + SECONDS
    for _try in range(CODE_TRIES):
        room = Room(codes.new_code(), owner, ends)
        if store().add(key_of(room.code), room, SECONDS):
            break
    else:
        raise RuntimeError("No free code was found.")
    if any(store().add(key, room.code, SECONDS) for key in _places(owner)):
        return room
    store().delete(key_of(room.code))
    raise RoomError(RoomError.TOO_MANY)


def rooms_of(owner: str) -> list[Room]:
    """Return somebody's open rooms."""
    found = map(room_of, store().get_many(_places(owner)).values())
    return [room for room in found if room]


def room_of(code: str) -> Room | None:
    """Return the open room of a code."""
    found: Room | None = store().get(key_of(code)) if code else None
    return found


def run_lesson(*, room: Room, key: UUID, exercise_keys: tuple[str, ...]) -> Room:
    """Let a lesson run: answers in it count until the room is closed."""
    opened = OpenLesson(key, exercise_keys)
    lessons = (*(each for each in room.lessons if each.key != key), opened)
    return _run(replace(room, lessons=lessons), Running(Kind.LESSON, lesson_key=key))


def run_exercise(*, room: Room, lesson_key: UUID, exercise_key: str) -> Room:
    """Ask an exercise of a lesson as a live question."""
    running = Running(Kind.EXERCISE, lesson_key=lesson_key, exercise_key=exercise_key)
    return _run(room, running)


def run_poll(*, room: Room, question: str, options: tuple[str, ...]) -> Room:
    """Ask a question of one's own; its words are kept in the cache only."""
    return _run(room, Running(Kind.POLL, question=question, options=options))


def run_lab(*, room: Room, lesson_key: UUID, lab: str) -> Room:
    """Ask for the decision that a lab of a lesson leads to."""
    return _run(room, Running(Kind.LAB, lesson_key=lesson_key, lab=lab))


def run_nothing(*, room: Room) -> Room:
    """Let nothing run."""
    return _keep(replace(room, running=None))


def show(
    *, room: Room, result: bool | None = None, solution: bool | None = None
) -> Room:
    """Show or hide the result or the solution of the live question."""
    if room.running is None:
        return room
    changed = room.running
    if result is not None:
        changed = replace(changed, shows_result=result)
    if solution is not None:
        changed = replace(changed, shows_solution=solution)
    return _keep(replace(room, running=changed))


def close_room(*, room: Room) -> None:
    """Close a room and erase everything that is kept of it."""
    places = _places(room.owner)
    mine = [key for key, code in store().get_many(places).items() if code == room.code]
    store().delete_many([key_of(room.code), *mine, *_all_keys(room)])


def _run(room: Room, running: Running) -> Room:
    number = room.runs + 1
    return _keep(replace(room, runs=number, running=replace(running, number=number)))


def _keep(room: Room) -> Room:
    store().set(key_of(room.code), room, room.seconds_left)
    return room


def _places(owner: str) -> list[str]:
    return [f"room-owner:{owner}:{place}" for place in range(MOST_ROOMS)]


def _all_keys(room: Room) -> Iterator[str]:
    """Return every key under which something of a room may be kept."""
    abouts = [f"live-{number}" for number in range(1, room.runs + 1)]
    for lesson in room.lessons:
        abouts += map(lesson.about, lesson.exercise_keys)
    for seat in range(1, SEATS + 1):
        yield _seat_key(room.code, seat)
        yield from (key_of(room.code, about, seat) for about in abouts)
    for about in abouts:
        yield from (look_key(room.code, about, at) for at in range(MOST_LOOKS))


def look_key(code: str, about: str, number: int) -> str:
    """Return the key of what was shown of an exercise or question, time by time."""
    return key_of(code, about, f"look-{LOOK_VERSION}", number)


# --- Those who take part ---


def join(*, room: Room) -> Ticket:
    """Take a free seat; raises :class:`RoomError` where there is none."""
    token = secrets.token_urlsafe(9)
    for seat in range(1, SEATS + 1):
        if store().add(_seat_key(room.code, seat), token, room.seconds_left):
            return Ticket(room.code, seat, token)
    raise RoomError(RoomError.FULL)


def room_for(ticket: Ticket | None) -> Room | None:
    """Return the room in which a ticket holds a seat, None where it is over."""
    if ticket is None:
        return None
    seat = _seat_key(ticket.code, ticket.seat)
    found = store().get_many([key_of(ticket.code), seat])
    return found.get(key_of(ticket.code)) if found.get(seat) == ticket.token else None


def taken_seats(room: Room) -> list[int]:
    """Return the seats that somebody took; a device that left keeps its seat."""
    keys = {_seat_key(room.code, seat): seat for seat in range(1, SEATS + 1)}
    return sorted(keys[key] for key in store().get_many(list(keys)))


def _seat_key(code: str, seat: int) -> str:
    return key_of(code, "seat", seat)
