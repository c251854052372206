"""Final tests of a visitor, in a signed cookie of their own. Pure: values in, text out.

Compressed JSON, without a time stamp: ``[version, {course: standing}]``, the test last
worked on at the end. A test of twelve questions takes about 900 bytes. What would grow
beyond :data:`MAX_COOKIE_LENGTH` first costs the questions of tests that were handed in,
oldest first; their results stay.
"""

import zlib
from dataclasses import replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.core.signing import BadSignature, Signer

from .runs import Reason, Refused, Run, Standing, items_from_json, items_to_json
from .state import Pass

VERSION: Final = 1
#: Browsers keep 4096 bytes with name and attributes; this is the value alone.
MAX_COOKIE_LENGTH: Final = 3800
SALT: Final = "courses.progress.run_cookie"

#: What is kept of each course's test.
Standings = dict[UUID, Standing]


def dumps(standings: Standings, *, salt: str = SALT) -> str:
    """Pack and sign; raises ``Refused`` where an open run does not fit any more.

    What is signed under another ``salt`` is no cookie of this kind.
    """
    while len(value := _sign(standings, salt)) > MAX_COOKIE_LENGTH:
        standings = _folded(standings)
    return value


def loads(value: str, *, salt: str = SALT) -> Standings:
    """Unpack a cookie; anything not written by this site holds nothing."""
    if not value or len(value) > MAX_COOKIE_LENGTH:
        return {}
    try:
        version, courses = Signer(salt=salt, sep=".").unsign_object(value)
        if version != VERSION:
            return {}
        return {UUID(key): _standing(each) for key, each in courses.items()}
    except (BadSignature, ValueError, KeyError, TypeError, zlib.error):
        return {}


def _sign(standings: Standings, salt: str) -> str:
    courses = {key.hex: _plain(each) for key, each in standings.items()}
    signer = Signer(salt=salt, sep=".")
    return signer.sign_object([VERSION, courses], compress=True)


def _folded(standings: Standings) -> Standings:
    """Drop the questions of the oldest test handed in, but never of the last touched.

    Open runs are not for dropping: then there is no room.
    """
    for key, each in list(standings.items())[:-1]:
        if each.result and each.result.items:
            bare = replace(each, run=replace(each.result, items=()))
            return {**standings, key: bare}
    raise Refused(Reason.NO_ROOM)


def _plain(standing: Standing) -> dict[str, Any]:
    run, passed = standing.run, standing.passed
    values = {
        "run": run
        and [run.id, run.pass_mark, int(run.handed_in), _day_text(run.version)],
        "items": run and items_to_json(run.items),
        "begun": run and _day_text(run.begun),
        "attempts": standing.attempts,
        "version": _day_text(standing.version),
        "best": standing.best,
        "passed": passed
        and [passed.day.isoformat(), passed.score, _day_text(passed.version)],
    }
    return {name: value for name, value in values.items() if value is not None}


def _standing(values: dict[str, Any]) -> Standing:
    run = passed = None
    if "run" in values:
        run_id, pass_mark, handed_in, *its = values["run"]
        items = items_from_json(values["items"])
        # A cookie from before runs had a version of their own.
        version = its[0] if its else values.get("version")
        run = Run(
            run_id,
            items,
            pass_mark,
            bool(handed_in),
            version=_day(version),
            begun=_day(values.get("begun")),
        )
    if "passed" in values:
        day, score, version = values["passed"]
        passed = Pass(date.fromisoformat(day), score, _day(version))
    return Standing(
        run=run,
        attempts=values["attempts"],
        version=_day(values.get("version")),
        best=values.get("best"),
        passed=passed,
    )


def _day_text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
