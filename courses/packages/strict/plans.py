"""Plans of teacher's pages: whether their minutes make the time they are for."""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from django.utils.translation import gettext as _

from .findings import Finding
from .passages import Passage, Sheet

LENGTH = r"(?:(?P<times>\d+)\s*×\s*)?(?P<minutes>\d+)\s+(?:Minuten|minutes)"
#: A paragraph that is a plan begins with how long it takes.
TOLD = re.compile(rf"{LENGTH}:")
#: The caption of a table that is a plan: one appointment, a row for each phase.
CAPTION = re.compile(r"(?<!×\s)\b(?P<minutes>\d+)\s+(?:Minuten|minutes)\b")
PHASE = re.compile(r"(?P<start>\d+)\s*[–-]\s*(?P<end>\d+)")
IN_BRACKETS = re.compile(r"\((\d+)(?:\s+(?:Minuten|minutes))?\)")


def plan_minutes_off(sheet: Sheet, limit: float) -> Iterator[Finding]:
    """Find plans whose minutes differ by more than the limit from their length.

    A table has phases (“0–7”) that follow each other; a paragraph has minutes in
    brackets, in plans for several appointments with a cut after each.
    """
    if sheet.part != "teacher":
        return
    for length, cells in _tables(sheet):
        yield from _in_table(sheet, length, cells, limit)
    for passage in sheet.passages:
        told = TOLD.match(passage.text) if passage.kind == "paragraph" else None
        message = _told(told, passage.text, limit) if told else ""
        if message:
            yield Finding(sheet, message, passage, passage.text)


def _told(told: re.Match[str], text: str, limit: float) -> str:
    """Say what is wrong with the minutes in brackets, or nothing."""
    each, times = int(told["minutes"]), int(told["times"] or 1)
    sums = list(accumulate(int(found) for found in IN_BRACKETS.findall(text)))
    total = sums[-1] if sums else 0
    if abs(total - each * times) > limit:
        return _(
            "The minutes in brackets of the plan “%(plan)s” make %(total)d, not "
            "%(length)d; say of each part how long it takes: (15)."
        ) % {"plan": told.group(), "total": total, "length": each * times}
    for cut in range(each, each * times, each):
        if all(abs(made - cut) > limit for made in sums):
            return _(
                "No part of the plan “%(plan)s” ends after %(cut)d minutes, where an "
                "appointment is over; share the minutes in brackets out anew."
            ) % {"plan": told.group(), "cut": cut}
    return ""


def _in_table(
    sheet: Sheet, length: int, cells: Sequence[Passage], limit: float
) -> Iterator[Finding]:
    """Yield each phase that does not begin where the one before ended."""
    end, last = 0, None
    for cell in cells:
        phase = PHASE.fullmatch(cell.text.strip())
        if not phase:
            continue
        if abs(int(phase["start"]) - end) > limit:
            message = _(
                "The phase “%(phase)s” does not begin at minute %(end)d, where the "
                "time before it ends; let the phases follow each other."
            ) % {"phase": cell.text.strip(), "end": end}
            yield Finding(sheet, message, cell)
        end, last = int(phase["end"]), cell
    if last and abs(length - end) > limit:
        message = _(
            "This plan for %(length)d minutes ends after %(end)d; say what happens in "
            "the rest, or change its phases."
        ) % {"length": length, "end": end}
        yield Finding(sheet, message, last)


def _tables(sheet: Sheet) -> Iterator[tuple[int, list[Passage]]]:
    """Yield each plan that is a table: its length in minutes and its cells."""
    length, cells = 0, list[Passage]()
    for passage in sheet.passages:
        if passage.field == "caption" or passage.kind != "cell":
            if length and cells:
                yield length, cells
            caption = CAPTION.search(passage.text) if passage.block == "table" else None
            length, cells = int(caption["minutes"]) if caption else 0, []
        else:
            cells.append(passage)
    if length and cells:
        yield length, cells
