"""What a superuser who wants to join employees to learning accounts would try.

Every table is read with the hidden columns of the database, every value with what can
be taken out of it: ids and words within texts, decoded sessions, months of days,
hashes of values. Then two attacks: follow values that few rows share, and lay columns
side by side that put people in an order.
"""

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any
from uuid import UUID

from django.db import connection

from learnsite.accounts.models import Session

#: A value that so many rows of a table share points at nobody: the crowd of staff.
CROWD = 10
ID = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")
WORD = re.compile(r"\w{6,}")
HASHES = ("md5", "sha1", "sha256")
SHORTEST_HASH = 12


@dataclass(frozen=True)
class Row:
    """A row as it lies there: its table, its columns, the hidden ones among them."""

    table: str
    cells: Mapping[str, Any]

    def values(self) -> set[str]:
        """Return what this row could share with others.

        Where and by which transaction it was written is a matter of order.
        """
        shown = [v for name, v in self.cells.items() if name not in HIDDEN]
        return {each for cell in shown for each in values_in(cell)}


#: Where a row lies, and which transactions wrote and locked it.
HIDDEN = ("ctid", "xmin", "xmax") if connection.vendor == "postgresql" else ("rowid",)
AS_THEY_LIE = ", ".join(
    "rowid AS rowid" if name == "rowid" else f"{name}::text AS {name}"
    for name in HIDDEN
)


def read_everything() -> list[Row]:
    """Return every row of every table; temporary ones too, and counters of ids."""
    found: list[Row] = []
    with connection.cursor() as cursor:
        for table in tables(cursor):
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT {AS_THEY_LIE}, * FROM {name}")  # noqa: S608 - ours
            columns = [column[0] for column in cursor.description]
            found += [
                Row(table, dict(zip(columns, cells, strict=True)))
                for cells in cursor.fetchall()
            ]
    return found + [
        Row("decoded sessions", {"user_id": each.user_id, "data": each.get_decoded()})
        for each in Session.objects.all()
    ]


def tables(cursor: Any) -> list[str]:
    """Return the names of all tables, as the database itself lists them.

    Not those of SQLite's full-text search, which have pages in them and no rowid.
    """
    if connection.vendor == "postgresql":
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'S') AND relnamespace "
            "IN (SELECT oid FROM pg_namespace WHERE nspname = 'public' "
            "OR nspname LIKE 'pg_temp%')"
        )
    else:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' "
            "AND name NOT LIKE 'wagtailsearch_%' UNION "
            "SELECT name FROM sqlite_temp_master WHERE type = 'table'"
        )
    return sorted(name for (name,) in cursor.fetchall())


def values_in(cell: Any) -> Iterator[str]:
    """Yield a cell as text, and what stands in it: ids, words, months."""
    if cell is None:
        return
    if isinstance(cell, bytes | memoryview):
        cell = bytes(cell).decode("utf-8", "replace")
    whole = cell if isinstance(cell, str) else as_text(cell)
    yield whole
    yield from (each.replace("-", "") for each in ID.findall(whole.lower()))
    yield from WORD.findall(whole)
    yield from re.findall(r"\b\d{4}-\d\d\b", whole)


def as_text(cell: Any) -> str:
    """Return a value that is no text as one that equals itself in other tables."""
    if isinstance(cell, UUID):
        return cell.hex
    return json.dumps(cell, default=str) if isinstance(cell, dict | list) else str(cell)


def hashes_of(value: str) -> Iterator[str]:
    """Yield hashes of a value without a key, short ones too."""
    forms = {value}
    if ID.fullmatch(value):
        forms.add(str(UUID(value)))
    for form, name in product(forms, HASHES):
        whole = hashlib.new(name, form.encode()).hexdigest()
        yield from (whole, whole[:32], whole[:16], whole[:SHORTEST_HASH])


class Reader:
    """Somebody who has read everything and follows values from row to row."""

    def __init__(self) -> None:
        self.rows = read_everything()
        self.holders: dict[str, list[Row]] = defaultdict(list)
        self.held = [(row, row.values()) for row in self.rows]
        for row, values in self.held:
            for value in values:
                self.holders[value].append(row)
        self.values_of = {id(row): values for row, values in self.held}

    def tells_apart(self, value: str) -> bool:
        """Whether a value is shared by few rows of each table only."""
        counts: dict[str, int] = defaultdict(int)
        for row in self.holders[value]:
            counts[row.table] += 1
        return bool(counts) and max(counts.values()) < CROWD

    def reached_from(self, value: str) -> list[Row]:
        """Return the rows that a value leads to, over as many steps as it takes."""
        waiting, known = [value], {value}
        reached: dict[int, Row] = {}
        while waiting:
            at = waiting.pop()
            for row in self.holders[at]:
                if id(row) in reached:
                    continue
                reached[id(row)] = row
                for each in self.values_of[id(row)] - known:
                    if self.tells_apart(each):
                        known.add(each)
                        waiting.append(each)
            waiting += self._by_hash(at, known)
        return list(reached.values())

    def _by_hash(self, value: str, known: set[str]) -> list[str]:
        """Return values of the database that are hashes of a value."""
        found = [each for each in hashes_of(value) if each in self.holders]
        new = [each for each in found if each not in known]
        known.update(new)
        return new

    def orders(self, owners: Collection[str]) -> dict[tuple[str, str], list[str]]:
        """Return, for each column, some people in the order that it puts them in.

        A person's first row in a table counts.
        """
        found: dict[tuple[str, str], list[str]] = {}
        wanted = set(owners)
        by_table: dict[str, list[tuple[Row, str]]] = defaultdict(list)
        for row, values in self.held:
            for owner in values & wanted:
                by_table[row.table].append((row, owner))
        for table, owned in by_table.items():
            for column in owned[0][0].cells:
                cells = [(sortable(row.cells[column]), who) for row, who in owned]
                if len({cell for cell, _who in cells}) < len(wanted):
                    continue  # too many are alike: no order
                order = list(dict.fromkeys(who for _cell, who in sorted(cells)))
                found[table, column] = order
        return found


def sortable(cell: Any) -> tuple[int, str]:
    """Return a value by which rows are sorted: numbers and places as numbers."""
    text = str(cell)
    if numbers := re.fullmatch(r"\(?(\d+)(?:,(\d+)\))?", text):
        block, place = numbers.groups()
        return (int(block) * 100_000 + int(place or 0), "")
    return (-1, text)


def pairs_by_order(
    reader: Reader, employees: list[str], learners: list[str]
) -> dict[str, int]:
    """Lay each order of employees beside each order of learners.

    ``employees`` and ``learners`` are the same people, pairwise. Returns, for each two
    columns, how many are rightly paired, forwards or backwards.
    """
    truth = dict(zip(employees, learners, strict=True))
    ours, theirs = reader.orders(employees), reader.orders(learners)
    found: dict[str, int] = {}
    for (one, ordered), (other, beside) in product(ours.items(), theirs.items()):
        if len(ordered) == len(beside) == len(truth):
            hits = max(
                sum(truth[a] == b for a, b in zip(ordered, way, strict=True))
                for way in (beside, beside[::-1])
            )
            found[f"{'.'.join(one)} ~ {'.'.join(other)}"] = hits
    return found
