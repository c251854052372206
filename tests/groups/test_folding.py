"""Nobody can work out of charts that one person alone chose an option.

The attacker of these tests knows the rule, every chart that was shown and how many had
answered by then, goes through all that may have been answered and keeps what would have
led to the same charts. An option is given away when one person chose it in all of that.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from operator import le

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.groups.counting import (
    FEWEST,
    FEWEST_STAFF,
    Answers,
    Chart,
    next_chart,
    next_class_chart,
)
from courses.groups.folding import Fold, folds, opens

Counts = tuple[int, ...]


def every(*options: int) -> list[tuple[int, int]]:
    """Return options as they are where everybody counts."""
    return [(each, 0) for each in options]


def sets(*folded: set[int]) -> set[Fold]:
    return set(map(frozenset, folded))


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ((3, 2), sets(set())),  # two that several people chose
        ((3, 2, 0, 0), sets(set())),  # nobody is nobody's choice
        ((2, 2, 1, 0), sets({2, 3})),
        ((9, 8, 1, 1, 0), sets({2, 3, 4})),
        ((9, 8, 7, 1), sets({2, 3})),  # alone it would be one: the next smallest too
        ((9, 8, 7, 1, 1), sets({2, 3, 4})),  # two of two are one each, as well
        ((2, 2, 1), sets({0, 2}, {1, 2})),  # alike: the lot decides, not the place
        ((3, 1, 1), set()),  # all would share one line
    ],
)
def test_what_a_single_person_chose_shares_a_line(options, expected) -> None:
    alike = frozenset(range(len(options)))
    assert set(folds(every(*options), alike)) == expected


def test_what_charts_have_told_apart_is_folded_no_more() -> None:
    """With a line of its own before, its part of the sum would be known."""
    assert folds(every(5, 4, 1), frozenset({2})) == ()
    assert folds(every(5, 4, 1, 0), frozenset({2, 3})) == (frozenset({2, 3}),)


def test_as_long_as_printed_cards_are_in_it_nobody_is_told_to_have_no_answers() -> None:
    """Else a card alone would stand there as one, or tell by not standing there."""
    alike = frozenset(range(4))
    assert folds([(5, 0), (4, 1), (0, 0), (0, 1)], alike) == (frozenset({2, 3}),)


def test_a_fold_opens_once_each_may_have_been_any_other() -> None:
    fold, before = frozenset({1, 2}), every(9, 3, 1)
    assert not opens(fold, every(13, 3, 2), before, newcomers=5)
    assert not opens(fold, every(9, 3, 6), before, newcomers=5)  # all chose alike
    assert opens(fold, every(13, 3, 3), before, newcomers=6)
    # Where both had one, either may have had none: then four of five chose it.
    assert not opens(fold, every(9, 4, 4), every(9, 1, 1), newcomers=5)


# --- Whoever goes through everything that may have been -------------------------------


@dataclass(frozen=True)
class Past:
    """Something that may have happened.

    ``shown`` are the charts that came of it, ``counting`` and ``everybody`` what those
    who count and all had answered by then.
    """

    shown: tuple[Chart, ...] = ()
    counting: tuple[Counts, ...] = ()
    everybody: tuple[Counts, ...] = ()


def spread(people: int, options: int) -> Iterator[Counts]:
    """Return every way in which people may choose one option each."""
    if options == 1:
        yield (people,)
        return
    for first in range(people + 1):
        for rest in spread(people - first, options - 1):
            yield (first, *rest)


def plus(one: Counts, other: Counts) -> Counts:
    return tuple(a + b for a, b in zip(one, other, strict=True))


def all_charts(step: Callable[[Callable[..., Fold]], Chart]) -> list[Chart]:
    """Return what a step may show, one chart for each lot."""
    lots: list[Fold] = []

    def note(found: Sequence[Fold]) -> Fold:
        lots.extend(found)
        return found[0]

    first = step(note)
    others = range(1, len(lots))
    return [first, *(step(lambda found, at=at: found[at]) for at in others)]


def following(past: Past, counting: Counts, others: Counts, k: int) -> Iterator[Past]:
    before = past.shown[-1] if past.shown else Chart()
    joined, added = (Answers(sum(each), each) for each in (counting, others))
    for chart in all_charts(
        lambda draw: next_class_chart(before, joined, added, k, draw=draw)
    ):
        yield Past(
            (*past.shown, chart),
            (*past.counting, counting),
            (*past.everybody, plus(counting, others)),
        )


def pasts_of(
    options: int, newcomers: Sequence[int], k: int, cards: Sequence[Counts] = ()
) -> list[Past]:
    """Return all that may have been; of ``cards`` it is known what each chose."""
    nobody = (0,) * options
    pasts = [Past()]
    for number, people in enumerate(newcomers):
        gained = list(spread(people, options))
        pasts = [
            new
            for past in pasts
            for each in gained
            for new in following(
                past,
                plus(past.counting[-1] if past.counting else nobody, each),
                cards[number] if cards else nobody,
                k,
            )
        ]
    return pasts


def given_away(pasts: list[Past], of: str) -> list[tuple[tuple[Chart, ...], int, int]]:
    """Return each option of a chart that one person chose in all that fits to it."""
    alike = defaultdict(list)
    for past in pasts:
        alike[past.shown].append(getattr(past, of))
    return [
        (shown, number, option)
        for shown, same in alike.items()
        for number, chart in enumerate(shown)
        if chart.options and chart not in shown[:number]
        for option in range(len(chart.options))
        if {counts[number][option] for counts in same} == {1}
    ]


@pytest.mark.parametrize(
    ("options", "newcomers", "k"),
    [
        (2, (5, 5, 5), 5),
        (3, (5, 5, 5), 5),
        (3, (5, 6, 7), 5),
        (4, (6, 5), 5),
        (5, (5, 5), 5),
        (3, (3, 3, 3, 3), 3),  # fewer people, and so more charts to be compared
        (4, (3, 3, 3), 3),
    ],
)
def test_no_chart_gives_away_what_one_person_chose(options, newcomers, k) -> None:
    pasts = pasts_of(options, newcomers, k)
    assert any(past.shown[-1].options for past in pasts)
    assert given_away(pasts, "counting") == []


@pytest.mark.parametrize(
    "cards",
    [
        ((0, 0, 1), (0, 0, 1), (0, 0, 1)),
        ((0, 1, 0), (0, 1, 1), (0, 1, 1)),
        ((0, 0, 0), (0, 1, 0), (2, 1, 0)),
        ((0, 0, 4), (0, 0, 4), (1, 1, 4)),
        ((1, 1, 1), (1, 1, 1), (1, 1, 1)),
    ],
)
def test_nor_to_whoever_knows_the_answers_of_all_cards(cards) -> None:
    pasts = pasts_of(3, (5, 5, 5), 5, cards)
    assert any(past.shown[-1].options for past in pasts)
    assert given_away(pasts, "counting") == []


@pytest.mark.parametrize("cards", [(1, 0), (0, 2), (2, 1)])
def test_nor_what_a_card_alone_chose_to_whoever_knows_none(cards) -> None:
    first, second = cards
    pasts = [
        past
        for one in spread(first, 3)
        for more in spread(second, 3)
        for past in pasts_of(3, (5, 5), 5, (one, plus(one, more)))
    ]
    assert any(past.shown[-1].options for past in pasts)
    assert given_away(pasts, "everybody") == []


# --- Why it holds, for as many as may come --------------------------------------------


def charts_of(
    counts: list[Counts], k: int, draw: Callable[[int, Sequence[Fold]], Fold]
) -> list[Chart]:
    """Return what was shown after each answer; ``draw`` gets which one it is, too."""
    charts, shown = [], Chart()
    for at, options in enumerate(counts):
        shown = next_chart(shown, options, k, draw=lambda found, at=at: draw(at, found))
        charts.append(shown)
    return charts


def exchanged(options: Counts, one: int, other: int) -> Counts:
    to = {one: other, other: one}
    return tuple(options[to.get(n, n)] for n in range(len(options)))


@given(
    st.sampled_from([FEWEST, FEWEST_STAFF]),
    st.integers(3, 6).flatmap(
        lambda options: st.lists(st.integers(0, options - 1), min_size=5, max_size=60)
    ),
    st.randoms(use_true_random=False),
)
def test_whoever_stands_alone_may_as_well_have_chosen_another(k, chosen, lots) -> None:
    """Exchange two options of a fold, as long as it lasts: every chart is the same."""
    counts = [
        tuple(chosen[:at].count(option) for option in range(6))
        for at in range(1, len(chosen) + 1)
    ]
    charts = charts_of(counts, k, lambda _at, found: lots.choice(found))
    new = [at for at in range(1, len(charts)) if charts[at] != charts[at - 1]]
    folded = [at for at in new if charts[at].fold]
    later = [at for at in new if folded and at > folded[-1]]
    for at in folded:
        fold = charts[at].fold
        singles = [n for n, number in enumerate(counts[at]) if number == 1]
        others = [n for n in fold if counts[at][n] != 1]
        assert fold.issuperset(singles)
        assert others or at != folded[0]  # later its sum grows: any may have got more
        for one, other in product(singles, others):
            end = folded[-1] + 1
            past = [exchanged(each, one, other) for each in counts[:end]]
            for opened in later[:1]:
                assert all(map(le, past[-1], counts[opened]))
            again = charts_of(
                past + counts[end:],
                k,
                lambda at, found: next(
                    (each for each in found if each == charts[at].fold), found[0]
                ),
            )
            assert again == charts
