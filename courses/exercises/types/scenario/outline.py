"""A story drawn for its author: where every decision leads, and where one gets stuck.

Works on drafts too, so that missing ends are seen while they are still missing.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from ..base import plain
from .story import Story, can_end, distances, story_of

GAP = 68  # px between the centres of two steps
RADIUS = 18  # px
WORDS = 60  # letters of a step's text that are shown


def outline(definition: Mapping[str, Any]) -> dict[str, Any]:
    """Return a drawing of the story and the same as a list.

    Steps have the numbers of their order. What leads nowhere hangs on a node of its
    own.
    """
    story = story_of(definition)
    steps = list(definition["steps"] or ())
    return {
        "drawing": drawing(story),
        "steps": [
            {
                "number": number + 1,
                "id": story.ids[number],
                "words": step["title"] or plain(step["text"])[:WORDS],
                "is_ending": story.scores[number] is not None,
                "score": story.scores[number],
                "problems": problems(story, number),
                "choices": [
                    {
                        "text": plain(choice["text"])[:WORDS],
                        "to": choice["to"],
                        "number": None if target is None else target + 1,
                    }
                    for choice, target in zip(
                        step["choices"] or (), story.targets[number], strict=True
                    )
                ],
            }
            for number, step in enumerate(steps)
        ],
    }


def problems(story: Story, number: int) -> list[str]:
    """Return what is wrong with a step as a part of the whole."""
    found = []
    if number not in distances(story):
        found.append(_("nothing leads here"))
    if not story.targets[number] and story.scores[number] is None:
        found.append(_("neither decisions nor an ending"))
    elif number not in can_end(story):
        found.append(_("leads to no ending"))
    if story.ids.count(story.ids[number]) > 1:
        found.append(_("the name stands twice"))
    return found


def drawing(story: Story) -> dict[str, Any]:
    """Return nodes and lines: each row one decision further from the beginning."""
    row_of = rows_of(story)
    rows: dict[int, list[str]] = defaultdict(list)
    for number, row in sorted(row_of.items()):
        rows[row].append(str(number))
    lines = [
        (number, choice, target)
        for number, targets in enumerate(story.targets)
        for choice, target in enumerate(targets)
    ]
    for number, choice, target in lines:
        if target is None:
            rows[row_of[number] + 1].append(f"{number}/{choice}")
    # Room for a line around the side.
    width = (max(map(len, rows.values()), default=1) + 1) * GAP
    places = {
        name: (
            round(width / 2 + (place - (len(names) - 1) / 2) * GAP),
            round((row + 0.5) * GAP),
        )
        for row, names in rows.items()
        for place, name in enumerate(names)
    }
    return {
        "width": width,
        "height": (max(rows, default=0) + 1) * GAP,
        "radius": RADIUS,
        "nodes": [_node(story, name, *place) for name, place in places.items()],
        "lines": [
            _line(places[str(number)], places[_target_name(number, choice, target)])
            for number, choice, target in lines
        ],
    }


def rows_of(story: Story) -> dict[int, int]:
    """Return the row of each step. What nothing leads to stands below all the rest."""
    rows = distances(story)
    while lost := [n for n in range(len(story.ids)) if n not in rows]:
        known = {target for number in lost for target in story.next_steps(number)}
        first = next((number for number in lost if number not in known), lost[0])
        below = max(rows.values(), default=0) + 2
        for number, depth in distances(story, first).items():
            rows.setdefault(number, below + depth)
    return rows


def _target_name(number: int, choice: int, target: int | None) -> str:
    return f"{number}/{choice}" if target is None else str(target)


def _node(story: Story, name: str, x: int, y: int) -> dict[str, Any]:
    if "/" in name:
        return {"x": x, "y": y, "label": "?", "kind": "missing"}
    number = int(name)
    kind = "ending" if story.scores[number] is not None else "step"
    if problems(story, number):
        kind = "stuck"
    return {"x": x, "y": y, "label": str(number + 1), "kind": kind}


def _line(start: tuple[int, int], end: tuple[int, int]) -> str:
    """Return the path of a line: down to the next row, or around the side."""
    (x1, y1), (x2, y2) = start, end
    if y2 > y1:
        middle = (y1 + y2) // 2
        return f"M{x1} {y1 + RADIUS}C{x1} {middle} {x2} {middle} {x2} {y2 - RADIUS - 5}"
    side = max(x1, x2) + GAP // 2 + RADIUS
    return f"M{x1 + RADIUS} {y1}C{side} {y1} {side} {y2} {x2 + RADIUS + 5} {y2}"
