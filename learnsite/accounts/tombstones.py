"""What was erased or revoked does not come back with a backup.

A restored database knows again who has erased an account, left a group or an employer's
list, or lost a card. So each of these leaves a *tombstone*: a hash of the row's random
id, keyed by the pepper of the learning keys. It tells nothing to anybody who has not
both the row and the pepper. It stands in a table and, because a restore replaces
tables, as a line of a file outside the database (setting ``TOMBSTONES``). Both forget
it after 35 days.

:func:`replay` walks the rows of a restored database, hashes their ids and erases what
lies on the list. A secret that was replaced (a learning key, an invitation, the address
of a calendar) is replaced again: its tombstone carries the hash of the one that
followed, unreadable without the row's id.
"""

import hashlib
import hmac
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any, TextIO
from uuid import UUID

from django.conf import settings
from django.core.files import locks
from django.db import models, transaction
from django.db.models.signals import post_delete
from django.utils import timezone

from .models import Session, Tombstone, User

KEEP = timedelta(days=35)
#: Kind of a learning key that was replaced; the others are names of models.
KEY = "key"
OWNER_ONLY = 0o600
HASH_LENGTH = 64
#: Stands for the hash of something where only that a row has it counts.
THERE = "1" * HASH_LENGTH
HASH = re.compile(f"[0-9a-f]{{{HASH_LENGTH}}}")

#: Does to an account again what was done on a day; returns whether there was need.
Again = Callable[[UUID, date], bool]
#: Gives a row again what it had last since a day, a hash or "" for nothing; the same.
Last = Callable[[UUID, date, str], bool]
#: Erases a row with everything that would keep it.
Erase = Callable[[Any], Any]


#: Names what entries of a kind are about.
Ids = Callable[[], Iterable[UUID]]


@dataclass(frozen=True)
class _Renewed:
    """What rows may get anew. ``ends``: it may also end with nothing new."""

    ids: Ids
    give: Last
    ends: bool


_watched: dict[type[models.Model], Erase] = {}
_repeated: dict[str, Again] = {}
_renewed: dict[str, _Renewed] = {}


@dataclass(frozen=True)
class Stone:
    """One entry of the list. ``sealed`` is what followed, where something did."""

    day: date
    kind: str
    digest: str
    sealed: str = ""

    @property
    def line(self) -> str:
        """The entry as it stands in the file."""
        return f"{self.day} {self.kind} {self.digest} {self.sealed}".rstrip()


class NoListError(Exception):
    """A file is no list of tombstones: none of its lines is an entry."""


# --- Writing them down ---


def stays_erased(model: type[models.Model], erase: Erase | None = None) -> None:
    """Let rows of a model leave a tombstone when they are deleted by themselves.

    Whoever deletes them: their owner, a teacher, the CMS. What a foreign key takes
    along needs none: it goes again with what took it along. ``erase`` is how a row is
    erased again, where deleting it is not enough.
    """
    _watched[model] = erase or _delete
    post_delete.connect(_bury, sender=model, dispatch_uid=f"bury {model._meta.label}")


def _delete(row: models.Model) -> None:
    row.delete()


def _bury(sender: type[models.Model], instance: Any, origin: Any, **_: Any) -> None:
    if origin is instance or getattr(origin, "model", None) is sender:
        _note([Stone(*_today(sender._meta.label, instance.pk))])


def repeats(kind: str, again: Again) -> None:
    """Let ``again`` be done to accounts with an entry of this kind after a restore."""
    _repeated[kind] = again


def renews(
    kind: str,
    give: Last,
    *,
    model: type[models.Model],
    ids: Ids | None = None,
    ends: bool = True,
) -> None:
    """Let ``give`` give rows of a model, after a restore, what they had last.

    ``ids`` names them where their own ids change.
    """
    _renewed[kind] = _Renewed(ids or partial(_ids, model), give, ends)


def _ids(model: type[models.Model]) -> list[UUID]:
    return list(model._base_manager.values_list("pk", flat=True))


def keeps(kind: str, *, model: type[models.Model], field: str) -> None:
    """Let rows of a model have in a field, after a restore, what they had there last.

    A hash, or nothing; in a field that says yes or no, whether there was something.
    """
    is_choice = isinstance(model._meta.get_field(field), models.BooleanField)

    def give(pk: UUID, _day: date, last: str) -> bool:
        wanted = {field: bool(last) if is_choice else last or None}
        older = model._base_manager.filter(pk=pk).exclude(**wanted)
        return bool(older.update(**wanted))

    renews(kind, give, model=model)


def note(kind: str, *, user: User) -> None:
    """Note that something was done to an account which a restore would undo."""
    _note([Stone(*_today(kind, user.pk))])


def note_new_key(*, user: User) -> None:
    """Note that an account's earlier keys are void and which one followed."""
    note_last(KEY, {user.pk: user.key_hash or ""})


def noted(kind: str, ids: Iterable[UUID]) -> set[UUID]:
    """Return of which ids there is an entry of a kind: one statement."""
    there = set(Tombstone.objects.filter(kind=kind).values_list("digest", flat=True))
    peppers = settings.LEARNING_KEY_PEPPERS if there else []
    return {
        pk for pk in ids for pepper in peppers if _digest(pepper, kind, pk) in there
    }


def note_last(kind: str, last: Mapping[UUID, str]) -> None:
    """Note what rows have from now on: the hash of something, or "" for nothing."""
    pepper = settings.LEARNING_KEY_PEPPERS[0]
    _note(
        [
            Stone(*_today(kind, pk), _xor(value, _pad(pepper, pk)) if value else "")
            for pk, value in last.items()
        ]
    )


def _today(kind: str, pk: UUID) -> tuple[date, str, str]:
    pepper = settings.LEARNING_KEY_PEPPERS[0]
    return timezone.localdate(), kind, _digest(pepper, kind, pk)


def _note(stones: list[Stone]) -> None:
    """Write entries with what they are about, and their lines once that is certain.

    A disk that is full must not undo an erasure: the lines are then written at night.
    """
    _keep(stones)
    transaction.on_commit(partial(_append, stones), robust=True)


def _keep(stones: Iterable[Stone]) -> None:
    """Put entries into the table; see :func:`_merged` for which of two stays."""
    lasting: list[Tombstone] = []
    others: list[Tombstone] = []
    for stone in stones:
        row = Tombstone(
            kind=stone.kind, digest=stone.digest, sealed=stone.sealed, day=stone.day
        )
        (lasting if _the_last_counts(stone.kind) else others).append(row)
    Tombstone.objects.bulk_create(others, ignore_conflicts=True)
    Tombstone.objects.bulk_create(
        lasting,
        update_conflicts=True,
        unique_fields=["kind", "digest"],
        update_fields=["sealed", "day"],
    )


def _merged(stones: Iterable[Stone]) -> dict[tuple[str, str], Stone]:
    """Return entries by what they are about: the first, of what recurs the last.

    So a replay keeps none of them longer. Of two of a day the one that comes later is
    the last.
    """
    found: dict[tuple[str, str], Stone] = {}
    for stone in stones:
        known = found.setdefault((stone.kind, stone.digest), stone)
        is_later = stone.day >= known.day
        if is_later == _the_last_counts(stone.kind):
            found[stone.kind, stone.digest] = stone
    return found


def _the_last_counts(kind: str) -> bool:
    """Return whether something happens to the same account more than once."""
    return kind in _renewed or kind in _repeated


# --- The file ---


@contextmanager
def _opened() -> Iterator[TextIO]:
    """Open the file for reading and writing, locked for everybody else."""
    path = Path(settings.TOMBSTONES)
    path.touch(mode=OWNER_ONLY)
    with path.open("r+", encoding="ascii", errors="replace") as file:
        locks.lock(file, locks.LOCK_EX)
        yield file


def _append(stones: list[Stone]) -> None:
    with _opened() as file:
        text = file.read()
        # A line that a crash cut off must not spoil the next one.
        gap = "" if text.endswith("\n") or not text else "\n"
        file.write(gap + "".join(f"{stone.line}\n" for stone in stones))


def read(lines: Iterable[str]) -> tuple[list[Stone], list[int]]:
    """Return the entries of a list and the numbers of lines that are none.

    Raises :class:`NoListError` where there is something, but no entry.
    """
    found, unreadable = [], []
    for number, line in enumerate(lines, start=1):
        stone = _read_line(line)
        if stone:
            found.append(stone)
        elif line.strip():
            unreadable.append(number)
    if unreadable and not found:
        raise NoListError
    return found, unreadable


def _read_line(line: str) -> Stone | None:
    match line.split():
        case [day, kind, digest] if kind not in _renewed or _renewed[kind].ends:
            hashes = [digest]
        case [day, kind, digest, sealed] if kind in _renewed:
            hashes = [digest, sealed]
        case _:
            return None
    if not all(map(HASH.fullmatch, hashes)):
        return None
    try:
        return Stone(date.fromisoformat(day), kind, *hashes)
    except ValueError:
        return None


def settle() -> None:
    """Forget what is older than 35 days, and add to the file what it misses.

    Sorted by hash, so that nothing tells in which order people went. Called by
    housekeeping. Raises :class:`NoListError`, and writes nothing, where the file is
    something else.
    """
    before = timezone.localdate() - KEEP
    Tombstone.objects.filter(day__lt=before).delete()
    with _opened() as file:
        listed, _unreadable = read(file)
        found = _merged([*_stored(), *listed])
        file.seek(0)
        file.truncate()
        for _about, stone in sorted(found.items()):
            if stone.day >= before:
                file.write(f"{stone.line}\n")


def _stored() -> list[Stone]:
    rows = Tombstone.objects.values_list("day", "kind", "digest", "sealed")
    return [Stone(*row) for row in rows]


# --- After a restore ---


@dataclass(frozen=True)
class Failure:
    """A row that could not be erased or revoked again, and by which error."""

    kind: str
    pk: UUID
    error: Exception

    def __str__(self) -> str:
        # An error's own words may name people.
        return f"{self.kind} {self.pk}: {type(self.error).__name__}"


@dataclass
class Replayed:
    """How many rows were erased or revoked again, by kind, and what failed."""

    gone: Counter[str] = field(default_factory=Counter)
    failed: list[Failure] = field(default_factory=list)

    def do(self, kind: str, pk: UUID, step: Callable[[], bool]) -> None:
        """Do one step, all of it or nothing; the next ones do not hang on it."""
        try:
            with transaction.atomic():
                was_needed = step()
        except Exception as error:  # noqa: BLE001 - whatever it is, others are waiting
            self.failed.append(Failure(kind, pk, error))
        else:
            if was_needed:
                self.gone[kind] += 1


def replay(stones: Iterable[Stone] = ()) -> Replayed:
    """Erase and revoke again what lies on the list; return what was done.

    ``stones`` are those of a file; those of the table count as well. Each row is a
    transaction of its own: one that fails keeps no other from going. A second run finds
    nothing to do but what failed.
    """
    with transaction.atomic():
        listed = _merged([*_stored(), *stones])
        _keep(listed.values())
    done = Replayed()
    for model, erase in _watched.items():
        kind = model._meta.label
        for pk, _day, _last in list(_matches(kind, partial(_ids, model), listed)):
            done.do(kind, pk, partial(_erase_again, model, pk, erase))
    for kind, renewed in _renewed.items():
        for pk, day, last in list(_matches(kind, renewed.ids, listed)):
            done.do(kind, pk, partial(renewed.give, pk, day, last))
    for kind, again in _repeated.items():
        for pk, day, _last in list(_matches(kind, partial(_ids, User), listed)):
            done.do(kind, pk, partial(again, pk, day))
    return done


def _erase_again(model: type[models.Model], pk: UUID, erase: Erase) -> bool:
    row = model._base_manager.filter(pk=pk).first()
    if row is None:  # it went with another one
        return False
    erase(row)
    return True


def _matches(
    kind: str, ids: Ids, listed: dict[tuple[str, str], Stone]
) -> Iterator[tuple[UUID, date, str]]:
    """Yield the ids of rows on the list, each with the day and what was sealed.

    Entries under the newest pepper come first: of two that meet a row they are later.
    """
    if not any(known == kind for known, _hash in listed):
        return
    for pk in list(ids()):
        for pepper in settings.LEARNING_KEY_PEPPERS:
            if stone := listed.get((kind, _digest(pepper, kind, pk))):
                opened = _xor(stone.sealed, _pad(pepper, pk)) if stone.sealed else ""
                yield pk, stone.day, opened
                break


def give_key(pk: UUID, _day: date, last: str) -> bool:
    """Give an account the key that it had last; end its sessions if that is news.

    Pictures asked after an older key go with it, as with a new card: who forgot theirs
    got in again by that.
    """
    older = User.objects.filter(pk=pk).exclude(key_hash=last)
    changed = older.update(key_hash=last, picture_pin="")
    if changed:
        Session.objects.filter(user=pk).delete()
    return bool(changed)


# --- Hashes ---


def _digest(pepper: str, kind: str, pk: UUID) -> str:
    return _hash(pepper, f"tombstone:{kind}:{pk.hex}")


def _pad(pepper: str, pk: UUID) -> str:
    return _hash(pepper, f"tombstone-seal:{pk.hex}")


def _hash(pepper: str, message: str) -> str:
    return hmac.new(pepper.encode(), message.encode(), hashlib.sha256).hexdigest()


def _xor(left: str, right: str) -> str:
    """Return two hashes laid over each other; doing it twice gives back the first."""
    return f"{int(left, 16) ^ int(right, 16):0{HASH_LENGTH}x}"
