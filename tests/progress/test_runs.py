"""A final test is a handful of pure steps, and nobody loses by any of them."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.exercises.drawing import PoolItem
from courses.exercises.grading import Exercise
from courses.progress import runs
from courses.progress.models import FinalTestState
from courses.progress.runs import Item, Reason, Refused, Rules, Run, Standing
from courses.progress.state import Pass
from tests.factories import exercise_of, single_choice, swapped

GOALS = ("erkennen", "handeln")
KEYS = tuple(f"{goal}-{number}" for goal in GOALS for number in range(4))
RULES = Rules(pass_mark=60, version=date(2026, 11, 23))
TODAY = date(2026, 12, 1)
RIGHT, WRONG = [1], [0]


def block(key: str) -> dict:
    return single_choice(key, goal=key.partition("-")[0])


QUESTIONS = {key: exercise_of(block(key)) for key in KEYS}
DRAWN = [PoolItem(key, key.partition("-")[0]) for key in (KEYS[0], KEYS[4], KEYS[1])]


def begin(standing: Standing | None = None, **changes) -> Standing:
    standing = standing or Standing()
    after = standing.run.id if standing.run else ""
    values = {"run_id": runs.new_run_id(), "after": after, "rules": RULES, **changes}
    return runs.begun(standing, DRAWN, **values)


def answer(standing: Standing, number: int, given, questions=QUESTIONS) -> Standing:
    return runs.answered(
        standing,
        run_id=standing.run.id,
        number=number,
        answer=given,
        questions=questions,
    )


def hand_in(standing: Standing, questions=QUESTIONS, today=TODAY) -> Standing:
    return runs.handed_in(
        standing, run_id=standing.run.id, questions=questions, today=today
    )


def done(*answers, **changes) -> Standing:
    standing = begin(**changes)
    for number, option in enumerate(answers):
        standing = answer(standing, number, option)
    return hand_in(standing)


def scores(standing: Standing) -> list[int | None]:
    return [item.score for item in standing.run.items]


def refusal(call) -> Reason:
    with pytest.raises(Refused) as error:
        call()
    return error.value.reason


# --- The plain way ----------------------------------------------------------------


def test_a_run_holds_what_was_drawn_and_nothing_is_answered() -> None:
    standing = begin()

    assert [item.key for item in standing.run.items] == [item.key for item in DRAWN]
    assert (standing.run.open_count, standing.attempts) == (3, 0)
    assert standing.state == FinalTestState.STARTED


def test_an_answer_can_be_changed_and_taken_back_until_the_end() -> None:
    standing = answer(answer(begin(), 0, WRONG), 0, RIGHT)
    assert standing.run.items[0].answer == RIGHT
    assert standing.run.open_count == 2

    standing = runs.cleared(
        standing, run_id=standing.run.id, number=0, questions=QUESTIONS
    )
    assert standing.run.open_count == 3


def test_handing_in_counts_open_questions_as_not_solved() -> None:
    standing = done(RIGHT, RIGHT)

    assert scores(standing) == [100, 100, 0]
    assert standing.run.score == 67
    assert standing.run.goal_scores() == {"erkennen": 50, "handeln": 100}
    assert (standing.attempts, standing.best) == (1, 67)
    assert standing.passed == Pass(TODAY, 67, RULES.version)
    assert standing.state == FinalTestState.PASSED


def test_a_goal_is_solved_when_it_was_asked_and_nothing_of_it_is_missing() -> None:
    standing = done(RIGHT, RIGHT, RIGHT)
    assert standing.run.solves(["erkennen", "handeln"])
    # Nothing that was not asked, and not by the rounded mean of the whole run.
    assert not standing.run.solves(["erkennen", "handeln", "melden"])
    assert not standing.run.solves([])
    nearly = replace(standing.run.items[0], score=99)
    run = replace(standing.run, items=(nearly, *standing.run.items[1:]))
    assert run.score == 100
    assert not run.solves(["erkennen", "handeln"])
    assert not begin().run.solves(["erkennen", "handeln"])


def test_a_test_below_the_pass_mark_is_not_passed() -> None:
    standing = done(RIGHT, WRONG, WRONG)

    assert (standing.run.score, standing.passed) == (33, None)
    assert standing.state == FinalTestState.NOT_PASSED


@pytest.mark.parametrize(
    ("found", "result"),
    [([], 0), ([100, 0], 50), ([100, 100, 0], 67), ([100, 0, 0], 33), ([1, 0], 1)],
)
def test_a_result_is_the_mean_with_halves_rounded_up(found, result) -> None:
    assert runs.mean(found) == result


# --- Nothing tells what is right before the end --------------------------------------


def test_what_is_stored_of_an_open_run_does_not_depend_on_what_is_right() -> None:
    run_id = runs.new_run_id()
    edited = {key: exercise_of(swapped(block(key))) for key in KEYS}
    stored = []
    for questions in (QUESTIONS, edited):
        standing = answer(begin(run_id=run_id), 0, RIGHT, questions)
        item = runs.items_to_json(standing.run.items)[0]
        assert set(item) == {"key", "goal", "answer", "mark", "seal"}
        assert len(item["mark"]) == len(item["seal"]) == 12
        assert QUESTIONS[KEYS[0]].fingerprint not in json.dumps(item)
        stored.append(item)
    assert stored[0]["answer"] == stored[1]["answer"] == RIGHT


def ordering(*texts: str) -> dict[str, Exercise]:
    items = [{"text": text, "feedback": f"{text}."} for text in texts]
    asked = {"key": KEYS[0], "question": "Was kommt zuerst?", "goal": "erkennen"}
    value = {**asked, "items": items}
    return {**QUESTIONS, KEYS[0]: exercise_of({"type": "ordering", "value": value})}


def test_the_answer_to_an_ordering_does_not_tell_the_order() -> None:
    questions = ordering("Eins", "Zwei", "Drei", "Vier")
    solution = [0, 1, 2, 3]
    kept = [
        answer(begin(), 0, solution, questions).run.items[0].answer for _i in range(20)
    ]

    assert len({tuple(each) for each in kept}) > 5
    assert solution not in kept


def test_an_answer_is_read_as_it_was_given_under_a_new_secret_key_too(settings) -> None:
    questions, given_order = ordering("Eins", "Zwei", "Drei", "Vier"), [2, 0, 3, 1]
    standing = answer(begin(), 0, given_order, questions)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"

    for run in (standing.run, hand_in(standing, questions).run):
        found = runs.answer_to(run, run.items[0], questions[KEYS[0]])
        assert found == given_order
    item, other = standing.run.items[0], QUESTIONS[KEYS[0]]
    assert runs.answer_to(standing.run, item, other) is None


def test_different_wrong_answers_look_as_different_as_a_right_one() -> None:
    standing = begin()
    seals = {answer(standing, 0, [each]).run.items[0].seal for each in (0, 1, 2)}

    assert len(seals) == 3


def test_equal_scores_look_different_in_each_question_and_run() -> None:
    seals = set()
    for _run in range(3):
        standing = begin()
        for number in range(3):
            standing = answer(standing, number, WRONG)
        seals |= {item.seal for item in standing.run.items}
    assert len(seals) == 9


def test_the_order_does_not_follow_from_what_stands_in_a_form(settings) -> None:
    before = runs.seed_of("0a1b2c3d4e5f6071")
    settings.SECRET_KEY = "another"

    assert runs.seed_of("0a1b2c3d4e5f6071") != before


def test_a_new_secret_key_opens_what_the_old_one_sealed(settings) -> None:
    standing = answer(begin(), 0, RIGHT)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"

    assert scores(hand_in(standing)) == [100, 0, 0]


# --- Twice, late, in a second tab ---------------------------------------------------


def test_beginning_twice_begins_one_run() -> None:
    first = begin()

    assert begin(first, after="") == first
    assert begin(first) == first


def test_an_old_form_does_not_begin_over_a_result() -> None:
    first = done(RIGHT)
    second = hand_in(begin(first))

    assert begin(second, after=first.run.id) == second
    assert begin(second).run.id not in (first.run.id, second.run.id)


def test_handing_in_twice_counts_once() -> None:
    standing = done(RIGHT, RIGHT)

    assert hand_in(standing) == standing


def test_an_answer_after_handing_in_is_refused() -> None:
    standing = done(WRONG)

    assert refusal(lambda: answer(standing, 0, RIGHT)) == Reason.HANDED_IN


def test_a_form_of_an_older_run_is_refused() -> None:
    old = done(WRONG)
    new = begin(old)
    form = {"run_id": old.run.id, "questions": QUESTIONS}

    assert Reason.OTHER_RUN == refusal(lambda: runs.handed_in(new, today=TODAY, **form))
    for standing in (new, Standing()):
        assert Reason.OTHER_RUN == refusal(
            lambda of=standing: runs.answered(of, number=0, answer=RIGHT, **form)
        )


@pytest.mark.parametrize("number", [-1, 3, 99])
def test_a_question_that_is_not_there_is_refused(number) -> None:
    assert refusal(lambda: answer(begin(), number, RIGHT)) == Reason.OTHER_RUN


# --- Attempts and versions ----------------------------------------------------------


def test_attempts_end_and_say_how_many_are_left() -> None:
    rules = replace(RULES, attempts=2)
    standing = Standing()
    assert runs.attempts_left(standing, rules) == 2
    for left in (1, 0):
        standing = hand_in(begin(standing, rules=rules))
        assert runs.attempts_left(standing, rules) == left
    assert refusal(lambda: begin(standing, rules=rules)) == Reason.NO_ATTEMPTS
    assert runs.attempts_left(standing, RULES) is None


def test_an_open_run_goes_on_when_attempts_are_cut() -> None:
    standing = begin(hand_in(begin()))

    assert begin(standing, rules=replace(RULES, attempts=1)) == standing
    assert hand_in(standing).attempts == 2


def test_a_newer_version_of_the_course_gives_new_attempts() -> None:
    rules = replace(RULES, attempts=1)
    standing = hand_in(begin(rules=rules))
    newer = replace(rules, version=date(2027, 11, 23))
    older = replace(rules, version=date(2025, 1, 1))

    assert runs.attempts_left(standing, newer) == 1
    assert runs.attempts_left(standing, older) == 0
    again = begin(standing, rules=newer)
    assert (again.attempts, again.version) == (0, newer.version)
    assert runs.attempts_left(hand_in(again), rules) == 0


def passed(day: int = 0, score: int = 80, year: int = 2026) -> Pass:
    return Pass(TODAY + timedelta(days=day), score, date(year, 11, 23))


@pytest.mark.parametrize(
    ("one", "other", "kept"),
    [
        (None, passed(), "other"),
        (passed(), passed(1, 70), "one"),
        (passed(), passed(1, 80), "other"),
        (passed(), passed(1, 90), "other"),
        (passed(), passed(200, 70), "other"),
        (passed(), passed(1, 70, 2027), "other"),
        (passed(0, 70, 2027), passed(1, 90, 2026), "one"),
        (replace(passed(), version=None), passed(1, 60), "other"),
    ],
)
def test_a_pass_gives_way_to_a_better_a_newer_or_a_renewed_one(
    one, other, kept
) -> None:
    assert runs.better_pass(one, other) == {"one": one, "other": other}[kept]


def test_the_best_result_is_never_lowered() -> None:
    first = done(RIGHT, RIGHT, RIGHT)
    second = hand_in(begin(first))

    assert (second.run.score, second.best, second.passed) == (0, 100, first.passed)


def test_a_run_is_passed_on_the_version_it_was_begun_on() -> None:
    older = replace(RULES, version=date(2025, 1, 1))
    own = answer(answer(begin(rules=older), 0, RIGHT), 1, RIGHT)
    both = runs.merged(own, hand_in(begin()))
    assert (both.run, both.version) == (own.run, RULES.version)

    assert hand_in(both).passed == Pass(TODAY, 67, older.version)


# --- The pool changes while a run is open --------------------------------------------


def without(*keys: str) -> dict:
    return {key: each for key, each in QUESTIONS.items() if key not in keys}


def with_edited(*keys: str) -> dict:
    edited = {key: exercise_of(swapped(block(key))) for key in keys}
    return {**QUESTIONS, **edited}


def test_a_removed_question_is_replaced_by_another_of_its_goal() -> None:
    standing = begin()
    run = runs.asked(standing.run, without(KEYS[0]))

    assert run.items[0].goal == "erkennen"
    assert run.items[0].key in {"erkennen-2", "erkennen-3"}
    assert run.items[1:] == standing.run.items[1:]
    assert runs.asked(standing.run, without(KEYS[0])) == run


def test_the_result_of_a_removed_question_still_counts() -> None:
    standing = answer(begin(), 0, RIGHT)

    after = hand_in(standing, without(KEYS[0]))
    assert scores(after) == [100, 0, 0]
    assert (after.run.items[0].key, after.run.items[0].answer) == (KEYS[0], RIGHT)


def test_a_replacement_counts_unless_the_earlier_answer_was_better() -> None:
    left = without(KEYS[0], KEYS[4])
    standing = answer(answer(begin(), 0, RIGHT), 1, WRONG)
    again = answer(answer(standing, 0, WRONG, left), 1, RIGHT, left)

    after = hand_in(again, left)
    assert scores(after) == [100, 100, 0]
    assert [item.earlier for item in after.run.items] == [True, False, False]
    assert KEYS[0] not in {item.key for item in after.run.items}


def test_what_is_asked_anew_elsewhere_is_not_settled_by_another_answer() -> None:
    other_language = with_edited(KEYS[0])
    standing = answer(begin(), 0, RIGHT)
    standing = answer(standing, 1, RIGHT, other_language)

    assert standing.run.items[0].answer == RIGHT
    run = runs.asked(standing.run, other_language)
    assert [item.is_answered for item in run.items] == [False, True, False]
    assert runs.asked(standing.run, QUESTIONS).open_count == 1
    assert scores(hand_in(standing, other_language)) == [100, 100, 0]


def test_an_edited_question_is_asked_anew_and_the_better_result_counts() -> None:
    edited = with_edited(KEYS[0], KEYS[4])
    standing = answer(answer(begin(), 0, RIGHT), 1, WRONG)
    run = runs.asked(standing.run, edited)
    assert [item.is_answered for item in run.items] == [False, False, False]
    assert scores(hand_in(standing, edited)) == [100, 0, 0]

    again = answer(answer(standing, 0, [1], edited), 1, [0], edited)
    assert [item.answer for item in again.run.items[:2]] == [[1], [0]]
    after = hand_in(again, edited)
    assert scores(after) == [100, 100, 0]
    assert [item.earlier for item in after.run.items] == [True, False, False]


def test_what_is_set_aside_does_not_tell_whether_it_was_right() -> None:
    edited = with_edited(KEYS[0])
    given = [answer(begin(), 0, option) for option in (RIGHT, WRONG)]
    items = [runs.asked(each.run, edited).items[0] for each in given]

    assert [len(item.kept) for item in items] == [12, 12]
    assert runs.asked(begin().run, edited).items[0].kept == ""
    again = answer(given[1], 0, WRONG, edited)
    assert len(runs.asked(again.run, QUESTIONS).items[0].kept) == 12


def test_new_words_alone_change_nothing() -> None:
    reworded = {**QUESTIONS, KEYS[0]: exercise_of(single_choice(KEYS[0], goal="x"))}
    reworded[KEYS[0]].definition["question"] = "Anders gefragt?"
    standing = answer(begin(), 0, RIGHT)

    assert runs.asked(standing.run, reworded) == standing.run


def test_where_a_goal_is_gone_another_one_steps_in() -> None:
    left = without(*KEYS[:4])
    run = runs.asked(begin().run, left)

    assert {item.goal for item in run.items} == {"handeln"}
    assert len({item.key for item in run.items}) == 3


def test_a_question_that_nothing_can_replace_is_left_out() -> None:
    left = {KEYS[4]: QUESTIONS[KEYS[4]]}
    standing = answer(begin(), 1, RIGHT)

    assert scores(hand_in(standing, left)) == [100]


def test_a_result_does_not_change_with_the_pool() -> None:
    after = done(RIGHT, WRONG, RIGHT)

    for questions in ({}, with_edited(*KEYS), without(KEYS[0])):
        assert runs.asked(after.run, questions) == after.run


changes = st.lists(
    st.one_of(
        st.tuples(st.just("answer"), st.integers(0, 2), st.sampled_from([0, 1])),
        st.tuples(st.just("edit"), st.sampled_from(KEYS), st.none()),
        st.tuples(st.just("remove"), st.sampled_from(KEYS), st.none()),
        st.tuples(st.just("add"), st.sampled_from(KEYS), st.none()),
    ),
    max_size=14,
)


@given(changes)
def test_whatever_happens_to_the_pool_a_solved_question_stays_solved(steps) -> None:
    questions = dict(QUESTIONS)
    edits = dict.fromkeys(KEYS, False)
    standing = begin()
    best = [0, 0, 0]
    for what, where, given_option in steps:
        if what == "answer" and len(questions) >= 3:
            key = runs.asked(standing.run, questions).items[where].key
            standing = answer(standing, where, [given_option], questions)
            is_right = given_option == (0 if edits[key] else 1)
            best[where] = 100 if is_right else 0
        elif what == "edit":
            edits[where] = not edits[where]
            if where in questions:
                made = swapped(block(where)) if edits[where] else block(where)
                questions[where] = exercise_of(made)
        elif what == "remove" and len(questions) > 3:
            questions.pop(where, None)
        elif what == "add":
            made = swapped(block(where)) if edits[where] else block(where)
            questions[where] = exercise_of(made)
    after = hand_in(standing, questions)
    assert all(score >= known for score, known in zip(scores(after), best, strict=True))


# --- Stored and read again ----------------------------------------------------------

items = st.builds(
    Item,
    key=st.sampled_from(KEYS),
    goal=st.sampled_from(GOALS),
    answer=st.one_of(st.lists(st.integers(0, 9)), st.text(max_size=9), st.just(0)),
    mark=st.just("0a1b2c3d4e5f"),
    seal=st.sampled_from(["", "0a1b2c3d4e5f"]),
    kept=st.sampled_from(["", "f5e4d3c2b1a0"]),
    score=st.one_of(st.none(), st.integers(0, 100)),
    earlier=st.booleans(),
)


@given(st.lists(items, max_size=5))
def test_items_are_read_as_they_were_written(found) -> None:
    stored = json.loads(json.dumps(runs.items_to_json(found)))

    assert runs.items_from_json(stored) == tuple(found)


def test_only_what_says_something_is_stored() -> None:
    assert runs.items_to_json(begin().run.items)[0] == {
        "key": KEYS[0],
        "goal": "erkennen",
    }


# --- Taken over into an account -----------------------------------------------------


def test_a_merge_keeps_the_better_of_both() -> None:
    own = replace(done(RIGHT, WRONG, WRONG), attempts=2)
    found = done(RIGHT, RIGHT, RIGHT)

    both = runs.merged(own, found)
    assert (both.run, both.attempts, both.best) == (own.run, 2, 100)
    assert both.passed == found.passed


def test_a_merge_takes_an_open_run_where_there_is_none() -> None:
    found = answer(begin(), 0, RIGHT)

    both = runs.merged(Standing(), found)
    assert both == found
    assert scores(hand_in(both)) == [100, 0, 0]


def test_an_empty_run_scores_nothing() -> None:
    assert Run("x", (), 60, handed_in=True).score == 0
