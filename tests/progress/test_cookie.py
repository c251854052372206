"""The progress cookie: small, signed, forgiving."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from courses.progress.cookie import (
    MAX_COOKIE_LENGTH,
    CourseRecord,
    LessonRecord,
    Record,
    dumps,
    exercise_number,
    loads,
    short_key,
)
from courses.progress.models import LessonState

DAY = date(2026, 11, 23)

keys = st.binary(min_size=6, max_size=6)
days = st.dates(date(2020, 1, 1), date(2100, 1, 1))
blocks = st.sampled_from(["", "00000001", "a1b2c3d4", "ffffffff"])
scores = st.dictionaries(st.integers(0, 0xFFFF), st.integers(0, 100), max_size=5)
records = st.builds(
    Record,
    st.dictionaries(keys, st.builds(CourseRecord, keys, blocks, days), max_size=5),
    st.dictionaries(
        keys,
        st.builds(LessonRecord, st.sampled_from(LessonState), days, scores),
        max_size=9,
    ),
)


@given(records)
def test_what_was_written_is_read(record: Record) -> None:
    assert loads(dumps(record)) == record


def hundred_lessons(exercises: int) -> Record:
    lessons = {
        short_key(uuid4()): LessonRecord(
            LessonState.DONE,
            DAY - timedelta(days=100 - n),
            {exercise_number(f"{n}-{i}"): 100 for i in range(exercises)},
        )
        for n in range(100)
    }
    courses = {
        short_key(uuid4()): CourseRecord(next(iter(lessons)), "a1b2c3d4", DAY)
        for _n in range(15)
    }
    return Record(courses, lessons)


def test_hundred_lessons_with_three_hundred_exercises_fit_without_loss() -> None:
    record = hundred_lessons(exercises=3)
    value = dumps(record)
    assert len(value) <= MAX_COOKIE_LENGTH
    assert loads(value) == record


def test_too_much_folds_the_oldest_detail_and_keeps_every_completion() -> None:
    record = hundred_lessons(exercises=8)
    kept = loads(dumps(record))
    assert list(kept.lessons) == list(record.lessons)
    assert {lesson.state for lesson in kept.lessons.values()} == {LessonState.DONE}
    states = [bool(lesson.scores) for lesson in kept.lessons.values()]
    assert states == sorted(states)  # the oldest lost their detail first
    assert states[-1] is True


def test_places_in_too_many_courses_are_folded_too() -> None:
    courses = {
        short_key(uuid4()): CourseRecord(short_key(uuid4()), "a1b2c3d4", DAY)
        for _n in range(250)
    }
    kept = loads(dumps(Record(courses, {})))
    assert 100 < len(kept.courses) < 250
    assert list(kept.courses) == list(courses)[-len(kept.courses) :]


@pytest.mark.parametrize(
    "value",
    [
        "",
        "nonsense",
        "a.b.c",
        "%00%ff",
        "ä" * 50,
        "x" * 100_000,
        dumps(Record()).swapcase(),
    ],
)
def test_a_damaged_foreign_or_oversized_cookie_is_an_empty_record(value: str) -> None:
    assert loads(value) == Record()


@given(records, st.integers(0, 200))
def test_a_tampered_cookie_is_never_believed(record: Record, at: int) -> None:
    value = dumps(record)
    at %= len(value)
    changed = value[:at] + ("A" if value[at] != "A" else "B") + value[at + 1 :]
    assert loads(changed) == Record()


def test_a_cookie_of_another_site_is_not_believed() -> None:
    with override_settings(SECRET_KEY="of-another-site"):
        foreign = dumps(hundred_lessons(1))
    assert loads(foreign) == Record()


def test_a_cookie_survives_a_new_secret_key() -> None:
    record = hundred_lessons(1)
    with override_settings(SECRET_KEY="the-old-one"):
        value = dumps(record)
    with override_settings(SECRET_KEY_FALLBACKS=["the-old-one"]):
        assert loads(value) == record


def test_the_cookie_holds_no_time_of_day() -> None:
    one = Record({}, {short_key(UUID(int=1)): LessonRecord(LessonState.DONE, DAY)})
    written = set()
    for hour in (7, 12, 22):
        with time_machine.travel(f"2026-11-23T{hour:02}:10:00+01:00", tick=False):
            written.add(dumps(one))
    assert len(written) == 1
