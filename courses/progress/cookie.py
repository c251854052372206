"""The progress of a visitor, packed into one signed cookie. Pure: bytes in, bytes out.

Layout, version 1 (big endian)::

    u8 version
    u8 number of courses, each: 6 bytes course, 6 bytes lesson, 4 bytes block, u16 day
    u8 number of lessons, each: 6 bytes lesson, u16 day, u8 state << 7 | exercises,
                                each exercise: u16 hash of its id, u8 best score

Keys are the first bytes of a ``translation_key``; days count from 2020-01-01. One
hundred lessons with three hundred exercises take about 2.9 KB when signed. If it grows
beyond :data:`MAX_COOKIE_LENGTH`, the detail of the oldest finished lessons goes first.
"""

import hashlib
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.core.signing import BadSignature, Signer

from .models import LessonState

VERSION: Final = 1
KEY_BYTES: Final = 6
BLOCK_BYTES: Final = 4
#: Browsers keep 4096 bytes with name and attributes; this is the value alone.
MAX_COOKIE_LENGTH: Final = 3800
MAX_LESSONS: Final = 255
MAX_EXERCISES: Final = 127
SALT: Final = "courses.progress.cookie"

_EPOCH: Final = date(2020, 1, 1)
_COURSE: Final = struct.Struct(f">{KEY_BYTES}s{KEY_BYTES}s{BLOCK_BYTES}sH")
_LESSON: Final = struct.Struct(f">{KEY_BYTES}sHB")
_EXERCISE: Final = struct.Struct(">HB")
_NO_BLOCK: Final = bytes(BLOCK_BYTES)


def short_key(key: UUID) -> bytes:
    """Return the bytes that stand for a course or lesson in the cookie."""
    return key.bytes[:KEY_BYTES]


def exercise_number(exercise_key: str) -> int:
    """Return the number that stands for an exercise's id within its lesson."""
    return int.from_bytes(hashlib.sha256(exercise_key.encode()).digest()[:2], "big")


@dataclass(frozen=True)
class CourseRecord:
    """Where someone stopped in a course."""

    lesson: bytes
    block: str
    day: date


@dataclass(frozen=True)
class LessonRecord:
    """How far a lesson has come, and the best score of each answered exercise."""

    state: LessonState
    day: date
    scores: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Record:
    """Everything the cookie holds, newest entries last."""

    courses: dict[bytes, CourseRecord] = field(default_factory=dict)
    lessons: dict[bytes, LessonRecord] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.courses or self.lessons)


def dumps(record: Record) -> str:
    """Pack and sign; what does not fit any more is folded, oldest first."""
    record = _limited(record)
    while len(value := _sign(_pack(record))) > MAX_COOKIE_LENGTH:
        record = _folded(record)
    return value


def loads(value: str) -> Record:
    """Unpack a cookie; anything not written by this site is an empty record."""
    if not value or len(value) > 2 * MAX_COOKIE_LENGTH:
        return Record()
    try:
        return _unpack(urlsafe_b64decode(Signer(salt=SALT, sep=".").unsign(value)))
    except (BadSignature, ValueError, struct.error, OverflowError):
        return Record()


def _sign(packed: bytes) -> str:
    return Signer(salt=SALT, sep=".").sign(urlsafe_b64encode(packed).decode())


def _limited(record: Record) -> Record:
    courses = dict(list(record.courses.items())[-MAX_LESSONS:])
    lessons = dict(list(record.lessons.items())[-MAX_LESSONS:])
    return Record(courses, lessons)


def _folded(record: Record) -> Record:
    """Drop the exercises of the oldest finished lesson, else the oldest entry."""
    lessons = dict(record.lessons)
    for key, lesson in lessons.items():
        if lesson.state == LessonState.DONE and lesson.scores:
            lessons[key] = replace(lesson, scores={})
            return Record(record.courses, lessons)
    if lessons:
        lessons.pop(next(iter(lessons)))
        return Record(record.courses, lessons)
    return Record(dict(list(record.courses.items())[1:]), lessons)


def _pack(record: Record) -> bytes:
    out = bytearray([VERSION, len(record.courses)])
    for key, course in record.courses.items():
        block = bytes.fromhex(course.block) if course.block else _NO_BLOCK
        out += _COURSE.pack(key, course.lesson, block, _day_number(course.day))
    out.append(len(record.lessons))
    for key, lesson in record.lessons.items():
        scores = list(lesson.scores.items())[-MAX_EXERCISES:]
        flags = (lesson.state == LessonState.DONE) << 7 | len(scores)
        out += _LESSON.pack(key, _day_number(lesson.day), flags)
        for number, score in scores:
            out += _EXERCISE.pack(number, score)
    return bytes(out)


def _unpack(packed: bytes) -> Record:
    if packed[:1] != bytes([VERSION]):
        return Record()
    reader = _Reader(packed, 1)
    courses = {}
    for _ in range(reader.byte()):
        key, lesson, block, day = reader.take(_COURSE)
        courses[key] = CourseRecord(
            lesson, "" if block == _NO_BLOCK else block.hex(), _day(day)
        )
    lessons = {}
    for _ in range(reader.byte()):
        key, day, flags = reader.take(_LESSON)
        scores: dict[int, int] = dict(
            reader.take(_EXERCISE) for _ in range(flags & 0x7F)
        )
        state = LessonState.DONE if flags >> 7 else LessonState.STARTED
        lessons[key] = LessonRecord(state, _day(day), scores)
    return Record(courses, lessons)


class _Reader:
    """Takes records off a byte string."""

    def __init__(self, packed: bytes, offset: int) -> None:
        self.packed = packed
        self.offset = offset

    def take(self, layout: struct.Struct) -> Any:
        values = layout.unpack_from(self.packed, self.offset)
        self.offset += layout.size
        return values

    def byte(self) -> int:
        number: int = self.take(struct.Struct("B"))[0]
        return number


def _day_number(day: date) -> int:
    return (day - _EPOCH).days


def _day(number: int) -> date:
    return _EPOCH + timedelta(days=number)
