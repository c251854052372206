"""Runs of visitors that were handed in, remembered for a while without any person.

Whoever saw the solutions could bring back the cookie from before, answer better and
hand in again. The server keeps no row of visitors; in a cache it remembers the run's
random id and a hash of what was handed in. It is the cache of rooms, which all
processes of a site share and which makes no way for pages. The same run handed in once
more (a double click, a reply that got lost) gives the same result; another is not taken
any more.

An account asks nobody how a run of its own ended. So no run that was handed in goes
into one as if it were open, and one that did go into an account is over on the device.
"""

import hashlib
import json
from dataclasses import replace
from typing import Final

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.base import BaseCache

from .run_cookie import Standings
from .runs import Run, Standing, items_to_json

#: Stands in the place of a hash, and equals none.
GIVEN_AWAY: Final = "account"


def _store() -> BaseCache:
    return caches["rooms"]


def is_spent(run: Run) -> bool:
    """Whether a run of this name was handed in."""
    return _store().get(_key(run)) is not None


def is_replay(run: Run) -> bool:
    """Whether a run of this name was handed in with other answers."""
    return _store().get(_key(run)) not in (None, _digest(run))


def without_replays(standings: Standings) -> Standings:
    """Return standings without runs that were handed in with other answers.

    They count as attempts; what came of them is not in this cookie.
    """
    return {
        course: _ended(each) if each.open_run and is_replay(each.open_run) else each
        for course, each in standings.items()
    }


def without_spent(standings: Standings) -> Standings:
    """Return standings as an account may take them: no open run that ended already."""
    return {
        course: _ended(each) if each.open_run and is_spent(each.open_run) else each
        for course, each in standings.items()
    }


def spend(run: Run) -> bool:
    """Remember an open run as handed in; return whether it was the first time.

    Of several at once, in whichever process, only one is the first.
    """
    return _store().add(_key(run), _digest(run), settings.SPENT_RUN_AGE)


def give_away(standings: Standings) -> None:
    """Remember open runs as gone into an account: no copy of the cookie goes on."""
    for run in filter(None, (each.open_run for each in standings.values())):
        _store().add(_key(run), GIVEN_AWAY, settings.SPENT_RUN_AGE)


def _ended(standing: Standing) -> Standing:
    run = standing.open_run
    was_handed_in = run is not None and _store().get(_key(run)) != GIVEN_AWAY
    return replace(standing, run=None, attempts=standing.attempts + was_handed_in)


def _key(run: Run) -> str:
    return f"spent-run:{run.id}"


def _digest(run: Run) -> str:
    text = json.dumps(items_to_json(run.items), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
