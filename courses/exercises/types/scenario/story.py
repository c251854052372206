"""A story as a graph: where each choice leads, and what that means for the whole."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

#: What an ending scores unless the author says otherwise.
SCORES = {"gut": 100, "gemischt": 50, "schlecht": 0}
FULL_SCORE = 100
#: Where a story leads in the end.
GOOD, BAD = -1, -2


@dataclass(frozen=True)
class Story:
    """Steps by number. ``targets`` has a number for each choice, None for nowhere.

    ``scores`` has a score for each ending, None for steps that go on.
    """

    ids: tuple[str, ...]
    targets: tuple[tuple[int | None, ...], ...]
    scores: tuple[int | None, ...]

    def next_steps(self, step: int) -> list[int]:
        """Return the steps that choices of a step lead to."""
        return [target for target in self.targets[step] if target is not None]


def story_of(definition: Mapping[str, Any]) -> Story:
    """Return the graph of a story, however unfinished it is."""
    steps = list(definition["steps"] or ())
    ids = tuple(step["id"] or "" for step in steps)
    number = {name: n for n, name in reversed(list(enumerate(ids))) if name}
    return Story(
        ids=ids,
        targets=tuple(
            tuple(number.get(choice["to"]) for choice in step["choices"] or ())
            for step in steps
        ),
        scores=tuple(ending_score(step) for step in steps),
    )


def ending_score(step: Mapping[str, Any]) -> int | None:
    """Return what an ending scores; None for a step that goes on."""
    if step["choices"] or not step["ending"]:
        return None
    own = step["score"]
    return SCORES[step["ending"]] if own is None else own


def walk(story: Story, path: Sequence[int]) -> list[int] | None:
    """Return the steps that a path of choices passes; None if it leads nowhere."""
    steps = [0]
    for choice in path:
        targets = story.targets[steps[-1]]
        target = targets[choice] if 0 <= choice < len(targets) else None
        if target is None:
            return None
        steps.append(target)
    return steps


def reachable(story: Story) -> set[int]:
    """Return the steps that some path leads to."""
    return set(distances(story))


def distances(story: Story, start: int = 0) -> dict[int, int]:
    """Return for each step that can be reached how many choices lead there at least."""
    found = {start: 0} if story.ids else {}
    queue = list(found)
    for step in queue:
        for target in story.next_steps(step):
            if target not in found:
                found[target] = found[step] + 1
                queue.append(target)
    return found


def ending_steps(story: Story) -> list[int]:
    """Return the endings in their order."""
    return [step for step, score in enumerate(story.scores) if score is not None]


def can_end(story: Story) -> set[int]:
    """Return the steps from which some ending can be reached."""
    return can_reach(story, ending_steps(story))


def can_reach(story: Story, goals: Iterable[int]) -> set[int]:
    """Return the steps from which one of some steps can be reached, and those."""
    able = set(goals)
    while more := {
        step
        for step in range(len(story.ids))
        if step not in able and able.intersection(story.next_steps(step))
    }:
        able |= more
    return able


def way_to(story: Story, goals: Iterable[int]) -> list[int] | None:
    """Return the shortest path of choices to one of some steps, if there is any."""
    wanted = set(goals)
    paths: dict[int, list[int]] = {0: []}
    queue = [0]
    for step in queue:
        if step in wanted:
            return paths[step]
        for choice, target in enumerate(story.targets[step]):
            if target is not None and target not in paths:
                paths[target] = [*paths[step], choice]
                queue.append(target)
    return None


@lru_cache(maxsize=256)
def chance_of_full_score(story: Story) -> float:
    """Return how often somebody ends well who chooses blindly at every step.

    Steps are taken out of the story one by one, and who led there leads on to where
    they led. In the end, the first step leads to what is good, and to what is not.
    """
    good = {step for step, score in enumerate(story.scores) if score == FULL_SCORE}
    hopeful = can_reach(story, good)
    if 0 in good or 0 not in hopeful:
        return float(0 in good)
    ways = {step: _ways(story, step, good, hopeful) for step in hopeful - good}
    for step in sorted(ways, reverse=True)[:-1]:
        way = _without_staying(ways.pop(step), step)
        for other in ways.values():
            if share := other.pop(step, 0.0):
                for target, part in way.items():
                    other[target] = other.get(target, 0.0) + share * part
    return _without_staying(ways[0], 0).get(GOOD, 0.0)


def _ways(
    story: Story, step: int, good: set[int], hopeful: set[int]
) -> dict[int, float]:
    """Return how often blind choices of a step lead where."""
    following = story.next_steps(step)
    ends = [
        GOOD if target in good else target if target in hopeful else BAD
        for target in following
    ]
    return {end: ends.count(end) / len(ends) for end in ends}


def _without_staying(way: Mapping[int, float], step: int) -> dict[int, float]:
    """Return where a step leads in the end, however often it first leads to itself."""
    leaving = {target: share for target, share in way.items() if target != step}
    total = sum(leaving.values())
    return {target: share / total for target, share in leaving.items()}
