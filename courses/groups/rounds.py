"""Rounds: a question to a whole class, asked and counted like one in a room.

A round is a room without a door: members are in, and who leaves loses nothing of the
others. An answer lies in a place drawn by lot, apart from the mark that says that a
member has answered; the mark is made with a secret that goes with the round. So not
even the cache tells who chose what, and everybody is counted once.
"""

import hashlib
import hmac
import secrets
import time
from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from .counting import (
    Answers,
    Chart,
    next_class_chart,
    stepped,
)
from .models import Group
from .rooms import SEATS, SECONDS, Room, Running, key_of, room_of, store
from .tallies import advance

#: Nobody's account: a round is led by whoever leads the group.
OWNER: Final = "group"


def code_of(group_id: UUID) -> str:
    """Return the name of a group's round; nobody can type it as a code."""
    return f"group-{group_id}"


def round_of(group_id: UUID) -> Room | None:
    """Return the round of a group, if one is open."""
    return room_of(code_of(group_id))


def rounds_of(group_ids: Iterable[UUID]) -> dict[UUID, Room]:
    """Return the open rounds of groups, in one look."""
    keys = {key_of(code_of(pk)): pk for pk in group_ids}
    return {keys[key]: room for key, room in store().get_many(list(keys)).items()}


def open_round(*, group: Group) -> Room:
    """Return the round of a group, opened now if none is; of two at once one stays."""
    room = Room(
        code_of(group.pk),
        OWNER,
        time.time() + SECONDS,
        fewest=group.organisation.fewest,
        secret=secrets.token_urlsafe(),
    )
    store().add(key_of(room.code), room, SECONDS)
    return round_of(group.pk) or room


def answer_round(
    *, room: Room, running: Running, person: Any, counts: bool, chosen: list[int]
) -> bool:
    """Count somebody's answer; only the first counts, also after leaving and joining.

    ``counts`` is false for who was added by the teacher and has no picture PIN.
    """
    if not store().add(
        _mark(room, running, person), value=True, timeout=room.seconds_left
    ):
        return False
    places = list(range(1, SEATS + 1))
    secrets.SystemRandom().shuffle(places)  # in no order of coming
    return any(
        store().add(_place(room, running, place), (counts, chosen), room.seconds_left)
        for place in places
    )


def has_answered(room: Room, running: Running, person: Any) -> bool:
    """Return whether somebody has answered what runs."""
    return store().has_key(_mark(room, running, person))


def people_answered(room: Room, running: Running) -> int:
    """Return how many who joined by themselves have answered, in steps."""
    return stepped(len(_given(room, running, counts=True)), room.fewest)


def round_chart(room: Room, running: Running, options: int) -> Chart:
    """Return what may be shown now of the answers."""
    joined, added = (
        _answers(_given(room, running, counts=counts), options)
        for counts in (True, False)
    )
    return advance(
        room,
        running.about,
        Chart(),
        lambda before: next_class_chart(before, joined, added, room.fewest),
    )


def _answers(given: list[list[int]], options: int) -> Answers:
    numbers = (sum(n in chosen for chosen in given) for n in range(options))
    return Answers(len(given), tuple(numbers))


def _given(room: Room, running: Running, *, counts: bool) -> list[list[int]]:
    keys = [_place(room, running, place) for place in range(1, SEATS + 1)]
    kept = store().get_many(keys).values()
    return [chosen for is_counted, chosen in kept if is_counted == counts]


def _place(room: Room, running: Running, place: int) -> str:
    return key_of(room.code, running.about, place)


def _mark(room: Room, running: Running, person: Any) -> str:
    message = f"{running.about}:{person.pk}".encode()
    who = hmac.new(room.secret.encode(), message, hashlib.sha256).hexdigest()
    return key_of(room.code, running.about, "by", who)
