"""Counts that do not tell who did what, as pure functions.

Whoever watches a count over time, while people come and go, learns of nobody by
comparing two looks: numbers move in steps of at least ``k`` people, and what nearly all
or nearly none did is not shown. A chart never shows what a single person chose: rare
answers share a line (:mod:`courses.groups.folding`).
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from .folding import Fold, Pair, folds, opens

#: People a figure needs: in schools and courses, and in administrations.
FEWEST: Final = 5
FEWEST_STAFF: Final = 10


def stepped(number: int, k: int = FEWEST) -> int:
    """Return a number of people rounded down to steps of ``k``; 0 means fewer."""
    return max(number, 0) // k * k


def done_by(number: int, members: int, k: int = FEWEST) -> int:
    """Return how many of a group did something, at least so many; 0 says nothing.

    Never so many that fewer than ``k`` could be missing: in a group of 25, where 24 or
    all 25 are done, it says 20.
    """
    return stepped(min(number, members - k), k)


@dataclass(frozen=True)
class Answers:
    """How many answered a question, and how often each option was chosen."""

    people: int
    options: tuple[int, ...]

    def and_also(self, others: "Answers") -> "Answers":
        """Return both together."""
        pairs = zip(self.options, others.options, strict=True)
        return Answers(self.people + others.people, tuple(a + b for a, b in pairs))


@dataclass(frozen=True)
class Chart:
    """What a question's chart shows: people by option, at the moment of the last step.

    ``total`` is 0 before enough have answered. ``options`` has None for those that
    share a line, and ``together`` is how often these were chosen. ``is_hidden`` says
    that a chart would tell what single people chose. ``people`` are those whose choices
    it shows, where these are more than ``total``.

    Two fields are for the next chart, and nobody is shown them: ``counted``, the
    choices behind it, and ``asked``, how many had answered when it was last asked
    whether a new one may be shown.
    """

    total: int = 0
    options: tuple[int | None, ...] = ()
    is_hidden: bool = False
    people: int = 0
    together: int = 0
    counted: tuple[Pair, ...] = field(default=(), compare=False, repr=False)
    asked: int = field(default=0, compare=False, repr=False)

    @property
    def fold(self) -> Fold:
        """Which options share a line."""
        return frozenset(n for n, part in enumerate(self.options) if part is None)

    @property
    def alike(self) -> Fold:
        """Which options this chart and those before it have not told apart."""
        if not self.options:
            return frozenset(range(len(self.counted)))
        return frozenset(n for n, pair in enumerate(self.counted) if pair == (0, 0))


Draw = Callable[[Sequence[Fold]], Fold]


def next_chart(
    shown: Chart,
    options: Sequence[int],
    k: int = FEWEST,
    *,
    people: int | None = None,
    draw: Draw = secrets.choice,
) -> Chart:
    """Return what may be shown of answers, given what is shown already.

    Answers are only ever added. Where each may choose several options, ``people`` says
    how many they were. Whether a new chart is due, and what it may show, says
    :func:`next_class_chart`.
    """
    given = Answers(sum(options) if people is None else people, tuple(options))
    nobody = Answers(0, (0,) * len(given.options))
    return next_class_chart(shown, given, nobody, k, draw=draw)


def next_class_chart(
    shown: Chart,
    joined: Answers,
    added: Answers,
    k: int = FEWEST,
    *,
    draw: Draw = secrets.choice,
) -> Chart:
    """Return what may be shown of a class's answers, given what is shown already.

    A new chart may come whenever ``k`` more people have answered, so that two charts
    never differ by one person's choice. It does not come when nearly all of these chose
    alike: the difference would tell what each of them chose. Nor is it asked again
    before as many more are there: a chart that came with one answer would tell that
    answer. Rare answers are folded; ``draw`` is the lot between folds.

    Whoever the viewer added, who could be the viewer as long as no picture PIN closes
    the card, is in the chart, and makes neither a small group look large nor an alike
    one look mixed: both are asked of those alone who joined by themselves.
    """
    if joined.people - max(shown.total, shown.asked) < k:
        return shown
    everybody = joined.and_also(added)
    now = tuple(zip(joined.options, added.options, strict=True))
    waiting = replace(shown, asked=joined.people)
    if _newcomers_are_alike(shown, joined):
        return waiting
    found = () if _is_alike(joined) else _folds(shown, now, joined.people)
    if not found:
        if shown.options:
            return waiting
        return Chart(joined.people, (), is_hidden=True, counted=now)
    fold = draw(found)
    parts = everybody.options
    return Chart(
        joined.people,
        tuple(None if n in fold else part for n, part in enumerate(parts)),
        people=everybody.people if added.people else 0,
        together=sum(parts[n] for n in fold),
        counted=now,
    )


def _is_alike(given: Answers) -> bool:
    return given.people - max(given.options) < 2  # one apart would be one exposed


def _newcomers_are_alike(shown: Chart, joined: Answers) -> bool:
    """Return whether the difference to the chart before would expose somebody.

    What came to a fold tells of no option of it.
    """
    if not shown.counted:
        return False
    gained = [
        now - then
        for n, (now, (then, _others)) in enumerate(
            zip(joined.options, shown.counted, strict=True)
        )
        if n not in shown.fold
    ]
    return joined.people - shown.total - max(gained) < 2


def _folds(shown: Chart, now: tuple[Pair, ...], people: int) -> tuple[Fold, ...]:
    """Return which options may be folded now; what was folded stays together."""
    if not shown.fold:
        alike = shown.alike if shown.counted else frozenset(range(len(now)))
        return folds(now, alike)
    if opens(shown.fold, now, shown.counted, people - shown.total):
        return (frozenset(),)
    return (shown.fold,)


def percentages(chart: Chart) -> tuple[int | None, ...]:
    """Return a chart in per cent, rounded to fives; None for what shares a line.

    That is for reading. Of 20 people or fewer each step is one head at least, so that
    heads can be counted; what guards them is when a chart is shown, and the fold.
    """
    return tuple(
        None if part is None else _percent(part, chart) for part in chart.options
    )


def percent_together(chart: Chart) -> int:
    """Return what the options that share a line have together, in per cent.

    Where each may choose several, that may be more than 100.
    """
    return _percent(chart.together, chart) if chart.fold else 0


def _percent(part: int, chart: Chart) -> int:
    return 5 * round(20 * part / (chart.people or chart.total))


@dataclass(frozen=True)
class Solved:
    """How many have solved an exercise, at the moment of the last step.

    ``is_hidden`` says that nearly all got there, or nearly nobody, so that the number
    would tell of each one.
    """

    answered: int = 0
    solved: int = 0
    is_hidden: bool = False


def next_solved(shown: Solved, answered: int, solved: int, k: int = FEWEST) -> Solved:
    """Return what may be shown of an exercise that people may try again.

    A new number comes only when at least ``k`` people have answered, or have solved it
    after all, since the last one.
    """
    moved = max(answered - shown.answered, solved - shown.solved)
    if moved < k:
        return shown
    is_hidden = solved < 2 or answered - solved < 2  # one apart would be one exposed
    return Solved(answered, solved, is_hidden)
