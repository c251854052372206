"""Ids of exercises within their lesson."""

from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from django.utils.html import strip_tags

from content.addresses import plain_address
from courses.exercises.arrangement import arranged
from courses.exercises.registry import question_types
from courses.exercises.types.base import KEY_MAX_LENGTH

PROPOSED_LENGTH = 40
LAB_PREFIX = "lab:"


def exercise_blocks(body: Any) -> Iterator[Any]:
    """Yield the exercises of a lesson's stream in their order."""
    types = question_types()
    return (block for block in body if block.block_type in types)


def arrangements(known: Mapping[str, str], before: Any, after: Any) -> dict[str, str]:
    """Return what names the arrangement of each exercise there ever was.

    It is "" for those whose parts no edit has moved. ``before`` and ``after`` are
    streams; what is gone is not forgotten, it may return.
    """
    old = {(b.block_type, b.value["key"]): b.value for b in exercise_blocks(before)}
    found = {
        block.value["key"]: arranged(
            known.get(block.value["key"], ""),
            old.get((block.block_type, block.value["key"])),
            block.value,
        )
        for block in exercise_blocks(after)
    }
    return {**dict.fromkeys(blocks_by_key(before), ""), **known, **found}


def graded_goals(body: Any) -> dict[str, str]:
    """Return each exercise that answers can be sent to with its goal ("" for none)."""
    types = question_types()
    return {
        block.value["key"]: block.value["goal"] or ""
        for block in exercise_blocks(body)
        if types[block.block_type].graded
    }


def lab_names(body: Any) -> list[str]:
    """Return the labs of a lesson's stream in their order, each once."""
    return list(dict.fromkeys(b.value["lab"] for b in body if b.block_type == "lab"))


def lab_key(name: str) -> str:
    """Return the id progress keeps a lab under; ids of exercises have no colon."""
    return f"{LAB_PREFIX}{name}"


def lab_of(key: str) -> str:
    """Return the name of the lab that an id stands for, "" for an exercise's id."""
    return key.removeprefix(LAB_PREFIX) if key.startswith(LAB_PREFIX) else ""


def propose_key(question: str, taken: set[str]) -> str:
    """Return a short id made of the question that is not taken yet."""
    words = plain_address(unescape(strip_tags(question)))[:PROPOSED_LENGTH]
    return free_key(words.strip("-") or "aufgabe", taken)


def free_key(wanted: str, taken: set[str]) -> str:
    """Return the wanted id, or the first ``wanted-2``, ``wanted-3``, … not taken."""
    key, number = wanted, 2
    while key in taken:
        suffix = f"-{number}"
        key = wanted[: KEY_MAX_LENGTH - len(suffix)] + suffix
        number += 1
    return key


def settle_keys(body: Any, before: Mapping[str, str] | None = None) -> list[str]:
    """Give every exercise of a stream an id of its own, in place; return the ids.

    Two never share one result. Of several blocks with one id, that one keeps it which
    had it ``before`` (ids with the block each belonged to), else the first: a
    duplicated block comes later. Every other gets an id that no block of the stream
    has and none had before, for results may hang on it.
    """
    before = before or {}
    blocks = list(exercise_blocks(body))
    owners: dict[str, Any] = {}
    for block in blocks:
        key = _key(block)
        if key and (key not in owners or before.get(key, "") == block.id):
            owners[key] = block
    taken = {*owners, *before}
    for block in blocks:
        key = _key(block)
        if owners.get(key) is not block:
            question = str(block.value["question"])
            key = free_key(key, taken) if key else propose_key(question, taken)
        block.value["key"] = key
        taken.add(key)
    return [_key(block) for block in blocks]


def unsettled(body: Any) -> bool:
    """Whether an exercise of a stream has no id, or one that another has, too."""
    keys = [_key(block) for block in exercise_blocks(body)]
    return "" in keys or len(set(keys)) < len(keys)


def blocks_by_key(body: Any) -> dict[str, str]:
    """Return the ids of a stream's exercises with the block that each belongs to."""
    return {_key(block): block.id for block in exercise_blocks(body)}


def _key(block: Any) -> str:
    return block.value.get("key") or ""
