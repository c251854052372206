"""The cookie of final tests: small, bounded, unreadable for what is right."""

import base64
import json
import zlib
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.progress import run_cookie
from courses.progress.runs import Item, Reason, Refused, Run, Standing
from courses.progress.state import Pass

days = st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2100, 1, 1)))
scores = st.integers(0, 100)
texts = st.text("abcdefghäöüß -", min_size=1, max_size=20)
items = st.builds(
    Item,
    key=texts,
    goal=texts,
    answer=st.lists(st.integers(0, 9), max_size=4),
    mark=st.just("0a1b2c3d4e5f"),
    score=st.one_of(st.none(), scores),
)
runs = st.builds(
    Run,
    id=st.text("0123456789abcdef", min_size=16, max_size=16),
    items=st.lists(items, max_size=6).map(tuple),
    pass_mark=scores,
    handed_in=st.booleans(),
    version=days,
    begun=days,
)
passes = st.builds(
    Pass, day=st.dates(date(2020, 1, 1), date(2100, 1, 1)), score=scores, version=days
)
standings = st.builds(
    Standing,
    run=st.one_of(st.none(), runs),
    attempts=st.integers(0, 9),
    version=days,
    best=st.one_of(st.none(), scores),
    passed=st.one_of(st.none(), passes),
)


def run(count: int, *, handed_in: bool = False, answer=None) -> Run:
    """Return a run as long as real ones, with random-looking seals."""
    made = tuple(
        Item(
            key=f"was-ein-laden-mit-der-karte-erfaehrt-{number}",
            goal=f"ziel-{number % 6}",
            answer=[number % 4] if answer is None else answer,
            mark=uuid4().hex[:12],
            seal="" if handed_in else uuid4().hex[:12],
            score=100 if handed_in else None,
        )
        for number in range(count)
    )
    return Run(uuid4().hex[:16], made, 60, handed_in)


@given(st.dictionaries(st.uuids(), standings, max_size=3))
def test_what_is_packed_comes_back_in_its_order(found) -> None:
    read = run_cookie.loads(run_cookie.dumps(found))

    assert list(read.items()) == list(found.items())


@given(st.text(max_size=60))
def test_anything_else_is_nothing(value) -> None:
    assert run_cookie.loads(value) == {}


@pytest.mark.parametrize("value", ["", "x" * 9000, "a.b", ".a.b"])
def test_broken_values_are_nothing(value) -> None:
    assert run_cookie.loads(value) == {}


def test_another_version_is_nothing(monkeypatch) -> None:
    value = run_cookie.dumps({uuid4(): Standing(run(2))})
    monkeypatch.setattr(run_cookie, "VERSION", 2)

    assert run_cookie.loads(value) == {}


def test_a_changed_cookie_is_nothing() -> None:
    value = run_cookie.dumps({uuid4(): Standing(run(2))})
    middle = len(value) // 2
    other = "A" if value[middle] != "A" else "B"

    assert run_cookie.loads(value[:middle] + other + value[middle + 1 :]) == {}


def test_an_older_secret_key_still_opens_it(settings) -> None:
    value = run_cookie.dumps({UUID(int=1): Standing(run(2))})
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"

    assert list(run_cookie.loads(value)) == [UUID(int=1)]


def test_it_holds_no_time_stamp() -> None:
    value = run_cookie.dumps({UUID(int=1): Standing(run(12))})
    packed, _dot, signature = value.removeprefix(".").rpartition(".")

    assert value == run_cookie.dumps(run_cookie.loads(value))
    assert len(signature) == 43
    padding = "=" * (-len(packed) % 4)
    plain = zlib.decompress(base64.urlsafe_b64decode(packed + padding))
    assert json.loads(plain)[0] == run_cookie.VERSION


@pytest.mark.parametrize(("count", "most"), [(12, 1300), (20, 1900), (30, 2800)])
def test_a_test_of_usual_length_has_room(count, most) -> None:
    assert len(run_cookie.dumps({uuid4(): Standing(run(count))})) < most


def test_questions_of_older_results_go_first_and_their_results_stay() -> None:
    passed = Pass(date(2026, 12, 1), 90, date(2026, 11, 23))
    keys = [uuid4() for _number in range(25)]
    value = run_cookie.dumps(
        {k: Standing(run(20, handed_in=True), 1, None, 90, passed) for k in keys}
    )
    read = run_cookie.loads(value)

    assert len(value) <= run_cookie.MAX_COOKIE_LENGTH
    kept = [bool(read[key].run.items) for key in keys]
    assert kept == sorted(kept)
    assert (kept[0], kept[-1]) == (False, True)
    assert {each.passed for each in read.values()} == {passed}


def test_an_open_run_is_never_dropped() -> None:
    open_runs = {uuid4(): Standing(run(20)) for _number in range(8)}

    with pytest.raises(Refused) as error:
        run_cookie.dumps(open_runs)
    assert error.value.reason == Reason.NO_ROOM


def test_an_answer_that_is_too_long_is_refused() -> None:
    long = [uuid4().hex for _number in range(300)]
    one = replace(run(2), items=run(1, answer=long).items)

    with pytest.raises(Refused):
        run_cookie.dumps({uuid4(): Standing(one)})
