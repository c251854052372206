"""Counts that do not tell who did what, as pure functions.

Whoever watches a count over time, while people come and go, learns of nobody by
comparing two looks: numbers move in steps of at least ``k`` people, and what nearly all
or nearly none did is not shown. After a rule of statistical offices: a smallest number
of people for each figure. Not after another of theirs: a chart of a question shows an
option that a single person chose, for a vote of a class whose rare answers are left out
is none. It tells that somebody chose it, not who.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

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
class Chart:
    """What a question's chart shows: people by option, at the moment of the last step.

    ``total`` is 0 before enough have answered. ``is_hidden`` says that nearly all chose
    alike, so that the chart would tell what each one chose. ``people`` are those whose
    choices it shows, where these are more than ``total``. ``counted`` are the choices
    of ``total``, for the next chart to be compared with; nobody is shown them.
    """

    total: int = 0
    options: tuple[int, ...] = ()
    is_hidden: bool = False
    people: int = 0
    counted: tuple[int, ...] = field(default=(), compare=False, repr=False)


def next_chart(
    shown: Chart,
    options: Sequence[int],
    k: int = FEWEST,
    *,
    people: int | None = None,
) -> Chart:
    """Return what may be shown of answers, given what is shown already.

    A new chart comes only when at least ``k`` more people have answered, so that two
    charts never differ by one person's choice, and never when nearly all of these chose
    alike: the difference would tell what each of them chose. Answers are only ever
    added. Where each may choose several options, ``people`` says how many they were.
    """
    total = sum(options) if people is None else people
    if total - shown.total < k:
        return shown
    counted = tuple(options)
    if shown.counted:
        gained = [now - then for now, then in zip(counted, shown.counted, strict=True)]
        if total - shown.total - max(gained) < 2:
            return shown
    is_alike = total - max(options) < 2  # one apart would be one exposed
    if is_alike:
        return Chart(total, (), is_hidden=True, counted=counted)
    return Chart(total, counted, counted=counted)


@dataclass(frozen=True)
class Answers:
    """How many answered a question, and how often each option was chosen."""

    people: int
    options: tuple[int, ...]

    def and_also(self, others: "Answers") -> "Answers":
        """Return both together."""
        pairs = zip(self.options, others.options, strict=True)
        return Answers(self.people + others.people, tuple(a + b for a, b in pairs))


def next_class_chart(
    shown: Chart, joined: Answers, added: Answers, k: int = FEWEST
) -> Chart:
    """Return what may be shown of a class's answers, given what is shown already.

    Whoever the viewer added, who could be the viewer as long as no picture PIN closes
    the card, is in the chart, and makes neither a small group look large nor an alike
    one look mixed: both are asked of those alone who joined by themselves.
    """
    chart = next_chart(shown, joined.options, k, people=joined.people)
    if chart == shown or chart.is_hidden:
        return chart
    everybody = joined.and_also(added)
    return Chart(
        chart.total, everybody.options, people=everybody.people, counted=chart.counted
    )


def percentages(chart: Chart) -> tuple[int, ...]:
    """Return a chart in per cent, rounded to fives.

    That is for reading. Of 20 people or fewer each step is one head at least, so that
    heads can be counted; what guards them is when a chart is shown.
    """
    people = chart.people or chart.total
    return tuple(5 * round(20 * part / people) for part in chart.options)


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
