"""Counts give nobody away, however often and whenever somebody looks."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from courses.groups.counting import (
    FEWEST,
    FEWEST_STAFF,
    Answers,
    Chart,
    Solved,
    done_by,
    next_chart,
    next_class_chart,
    next_solved,
    percent_together,
    percentages,
    stepped,
)

least = st.sampled_from([FEWEST, FEWEST_STAFF])


def test_numbers_of_people_come_in_steps():
    assert [stepped(n) for n in (0, 4, 5, 9, 10, 34)] == [0, 0, 5, 5, 10, 30]
    assert [stepped(n, FEWEST_STAFF) for n in (9, 10, 19)] == [0, 10, 10]


def test_nearly_all_look_like_many():
    assert [done_by(n, 25) for n in (4, 5, 19, 20, 24, 25)] == [0, 5, 15, 20, 20, 20]
    assert [done_by(n, 7) for n in range(8)] == [0] * 8


@given(least, st.integers(0, 60), st.integers(0, 60))
def test_what_is_said_of_a_group_leaves_room_for_k_on_both_sides(k, done, others):
    said = done_by(done, done + others, k)
    assert said <= done
    assert said == 0 or (said >= k and done + others - said >= k)


@given(least, st.integers(0, 60), st.integers(0, 60), st.data())
def test_fewer_than_k_dummies_move_a_count_by_one_step_at_most(k, done, others, data):
    """An attacker adds dummies who did it or did not, and looks after each."""
    dummies = data.draw(st.lists(st.booleans(), min_size=1, max_size=k - 1))
    said = [done_by(done, done + others, k)]
    for did_it in dummies:
        done, others = done + did_it, others + (not did_it)
        said.append(done_by(done, done + others, k))
        assert said[-1] - said[-2] in (0, k)
        # Those who did it not are k at least, even if all dummies did.
        assert not said[-1] or done + others - said[-1] >= k
    assert said[-1] - said[0] in (0, k)


@given(least, st.integers(0, 60), st.integers(0, 60))
def test_a_count_says_as_much_as_the_steps_allow(k, done, others):
    """What is kept back is less than a step on the side that holds it down."""
    said = done_by(done, done + others, k)
    assert min(done, done + others - k) - said < k


answers = st.lists(st.integers(0, 3), max_size=80)


@given(least, answers)
def test_two_charts_never_differ_by_fewer_than_k_people(k, chosen):
    options, shown, totals = [0] * 4, Chart(), [0]
    for option in chosen:
        options[option] += 1
        chart = next_chart(shown, options, k)
        if chart != shown:
            totals.append(chart.total)
        shown = chart
    assert all(after - before >= k for before, after in pairwise(totals))
    assert (len(totals) > 1) is (len(chosen) >= k)


@given(least, answers)
def test_no_chart_tells_what_a_single_person_chose(k, chosen):
    options, shown = [0] * 4, Chart()
    for option in chosen:
        options[option] += 1
        before, shown = shown, next_chart(shown, options, k)
        if shown.options:
            alone = [part for part in shown.options if part is not None]
            assert sum(alone) + shown.together == shown.total >= k
            assert shown.total - max(alone) >= 2
            assert 1 not in alone
            assert len(shown.fold) != 1
        if shown != before and shown.options and before.options:
            gained = [
                a - b
                for a, b in zip(shown.options, before.options, strict=True)
                if a is not None and b is not None
            ]
            assert shown.total - before.total - max(gained) >= 2


def test_a_chart_waits_until_those_who_came_last_are_not_of_one_mind():
    shown = next_chart(Chart(), [3, 2])
    assert next_chart(shown, [8, 2]) == shown
    assert next_chart(shown, [8, 3]) == shown
    assert next_chart(shown, [8, 4]) == Chart(12, (8, 4))


def test_what_was_hidden_is_remembered_for_those_who_come_after():
    shown = next_chart(Chart(), [5, 0])
    assert shown.is_hidden
    assert next_chart(shown, [5, 5]) == shown
    assert next_chart(shown, [7, 5]) == Chart(12, (7, 5))


def test_a_class_of_one_opinion_sees_no_chart():
    assert next_chart(Chart(), [5, 0, 0]) == Chart(5, (), is_hidden=True)
    assert next_chart(Chart(), [4, 1, 0]) == Chart(5, (), is_hidden=True)
    assert next_chart(Chart(), [3, 2, 0]) == Chart(5, (3, 2, 0))
    assert next_chart(Chart(), [2, 2, 0]) == Chart()


def test_percentages_are_round():
    assert percentages(Chart(7, (3, 2, 2))) == (45, 30, 30)
    assert percentages(Chart()) == ()


@given(st.lists(st.integers(0, 5), min_size=2, max_size=6).filter(sum))
def test_percentages_of_up_to_twenty_people_hide_no_head(options):
    """The words of the module and of the manual may promise no more than that."""
    people = sum(options)
    shown = percentages(Chart(people, tuple(options)))
    heads = [round(part * people / 100) for part in shown]
    assert (heads == options) or people > 20


def test_rare_answers_share_a_line_and_ordinary_ones_do_not():
    assert next_chart(Chart(), [3, 2, 0]) == Chart(5, (3, 2, 0))
    rare = next_chart(Chart(), [3, 1, 1, 0])
    assert rare == Chart(5, (3, None, None, None), together=2)
    assert percentages(rare) == (60, None, None, None)
    assert percent_together(rare) == 40
    shown = next_chart(Chart(), [2, 2, 1])
    assert sorted(shown.fold) in ([0, 2], [1, 2])
    assert (shown.total, shown.together) == (5, 3)


def test_where_all_would_share_a_line_there_is_no_chart():
    assert next_chart(Chart(), [3, 1, 1]) == Chart(5, (), is_hidden=True)


def test_what_shares_a_line_keeps_it_until_each_could_have_been_any_other():
    shown = next_chart(Chart(), [5, 2, 1], draw=lambda found: found[0])
    assert shown == Chart(8, (5, None, None), together=3)
    shown = next_chart(shown, [8, 5, 1])
    assert shown == Chart(14, (8, None, None), together=6)
    shown = next_chart(shown, [10, 6, 4])
    assert shown == Chart(20, (10, None, None), together=10)
    assert next_chart(shown, [12, 8, 8]) == Chart(28, (12, 8, 8))


def test_a_chart_that_nobody_has_seen_binds_no_other():
    assert next_chart(Chart(), [12, 8, 8]) == Chart(28, (12, 8, 8))


def test_who_now_stands_alone_where_nobody_stood_makes_the_chart_wait():
    shown = next_chart(Chart(), [3, 2, 0])
    waiting = next_chart(shown, [5, 4, 1])
    assert waiting == shown
    assert next_chart(waiting, [6, 6, 2]) == shown  # not with the answer after it
    assert next_chart(waiting, [7, 6, 2]) == Chart(15, (7, 6, 2))


def test_a_chart_that_had_to_wait_does_not_come_with_a_single_answer():
    """Else it would tell that this one was not like the others."""
    waiting = next_chart(next_chart(Chart(), [3, 2]), [8, 2])
    assert next_chart(waiting, [8, 4]) == Chart(5, (3, 2))
    assert next_chart(waiting, [10, 5]) == Chart(15, (10, 5))


def test_where_several_options_may_be_chosen_people_are_counted():
    assert next_chart(Chart(), [4, 3, 0], people=4) == Chart()
    assert next_chart(Chart(), [3, 3, 0], people=5) == Chart(5, (3, 3, 0))
    assert next_chart(Chart(), [4, 3, 0], people=5) == Chart(5, (), is_hidden=True)
    assert percentages(Chart(5, (3, 3, 0))) == (60, 60, 0)


def test_what_nearly_all_or_nearly_nobody_solved_is_hidden():
    assert next_solved(Solved(), 4, 4) == Solved()
    assert next_solved(Solved(), 6, 4) == Solved(6, 4)
    for solved in (0, 1, 5, 6):
        assert next_solved(Solved(), 6, solved) == Solved(6, solved, is_hidden=True)


#: Each step: somebody answers, rightly or not, or solves it after all.
tries = st.lists(st.sampled_from(["right", "wrong", "after all"]), max_size=80)


@given(least, tries)
def test_two_numbers_of_solvers_never_differ_by_fewer_than_k_people(k, tried):
    answered = solved = 0
    shown, looks = Solved(), [Solved()]
    for what in tried:
        answered += what != "after all"
        solved += what == "right" or (what == "after all" and solved < answered)
        after = next_solved(shown, answered, solved, k)
        if after != shown:
            looks.append(after)
        shown = after
    for one, other in pairwise(looks):
        assert max(other.answered - one.answered, other.solved - one.solved) >= k
    for look in looks[1:]:
        assert look.is_hidden or 2 <= look.solved <= look.answered - 2


def sum_of(options):
    return sum(part for part in options if part is not None)


#: Who answers: somebody else who counts (by the code, or by a card with pictures), a
#: card of the teacher's, and one of which the teacher chose the pictures.
who = st.sampled_from(["other", "card", "own pictures"])
class_answers = st.lists(st.tuples(who, st.integers(0, 3)), max_size=80)


@given(least, class_answers)
def test_a_teacher_who_answers_learns_of_fewer_than_k_only_by_what_counts(k, given_):
    """The attacker knows what the own answers were, and takes them off each chart.

    Cards alone lead nowhere. Each own card with pictures is a person of the figure, as
    each own device that joins by the code is: so many fewer others are behind it.
    """
    others, cards, own = [0] * 4, [0] * 4, [0] * 4
    of = {"other": others, "card": cards, "own pictures": own}
    shown, learned = Chart(), [((0,) * 4, 0, 0)]
    for whose, option in given_:
        of[whose][option] += 1
        joined = [a + b for a, b in zip(others, own, strict=True)]
        chart = next_class_chart(
            shown,
            Answers(sum(joined), tuple(joined)),
            Answers(sum(cards), tuple(cards)),
            k,
        )
        if chart != shown and not chart.is_hidden:
            mine = [a + b for a, b in zip(cards, own, strict=True)]
            rest = [
                None if a is None else a - b
                for a, b in zip(chart.options, mine, strict=True)
            ]
            together = chart.together - sum(mine[n] for n in chart.fold)
            learned.append((tuple(rest), together, sum(own)))
            alone = [part for part in rest if part is not None]
            assert sum(alone) + together - max(alone) >= 2 - sum(own)
        shown = chart
    for (before, then, fewer), (after, now, more) in pairwise(learned):
        gained = [
            a - b
            for a, b in zip(after, before, strict=True)
            if a is not None and b is not None
        ]
        newcomers = sum_of(after) + now - sum_of(before) - then
        assert newcomers >= k - (more - fewer)
        assert newcomers - max(gained) >= 2 - (more - fewer)


def test_whom_the_teacher_added_stands_in_the_chart_and_makes_no_step_of_it():
    joined, added = Answers(5, (3, 2)), Answers(4, (4, 0))
    shown = next_class_chart(Chart(), joined, added)
    assert shown == Chart(5, (7, 2), people=9)
    assert next_class_chart(shown, Answers(9, (5, 4)), added) == shown
    assert next_class_chart(shown, Answers(10, (6, 4)), added) == Chart(
        10, (10, 4), people=14
    )


def test_so_many_who_solved_it_after_all_are_a_new_number():
    shown = Solved(12, 2)
    assert next_solved(shown, 12, 6) == shown
    assert next_solved(shown, 12, 7) == Solved(12, 7)
