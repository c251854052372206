"""Final tests in rows and in the cookie: the same steps, and nothing is lost."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.core.cache import caches
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from courses.exercises.drawing import PoolItem
from courses.progress import events, merging, queries, run_cookie, runs, services, spent
from courses.progress.cookie import Record
from courses.progress.learners import AccountLearner, VisitorLearner
from courses.progress.models import FinalTest, FinalTestState
from courses.progress.runs import Reason, Refused, Rules, Standing
from learnsite.accounts.models import User
from tests.factories import exercise_of, single_choice

pytestmark = pytest.mark.django_db
QUESTIONS = {k: exercise_of(single_choice(k, goal="g")) for k in ("a", "b", "c", "d")}
DRAWN = [PoolItem("a", "g"), PoolItem("b", "g")]
COURSE = uuid4()
RULES = Rules(60)


@pytest.fixture
def announced():
    found = []

    def receive(sender, event, **kwargs) -> None:
        found.append(event)

    events.happened.connect(receive)
    yield found
    events.happened.disconnect(receive)


@pytest.fixture
def lena() -> User:
    return User.objects.create_user(display_name="Lena")


class Device:
    """A browser without account: what one reply sets, the next request brings."""

    def __init__(self, tests: str = "") -> None:
        self.tests = tests

    def learner(self) -> VisitorLearner:
        return VisitorLearner("", self.tests)

    def keep(self, learner: VisitorLearner) -> None:
        response = HttpResponse()
        learner.finish(response)
        if "abschlusstest" in response.cookies:
            self.tests = response.cookies["abschlusstest"].value


@pytest.fixture(params=["account", "visitor"])
def learners(request, lena):
    """Return a function that gives the same person anew, as each request does."""
    device = Device()
    last: list[VisitorLearner] = []

    def again():
        if request.param == "account":
            return AccountLearner(User.objects.get(pk=lena.pk))
        for learner in last:
            device.keep(learner)
        last[:] = [device.learner()]
        return last[0]

    return again


def begin(learner, run_id="1" * 16, rules=RULES):
    standing = learner.final_test(COURSE)
    after = standing.run.id if standing.run else ""
    return learner.begin_test(COURSE, DRAWN, run_id=run_id, after=after, rules=rules)


def answer(learner, number, option, run_id="1" * 16):
    learner.answer_question(COURSE, run_id, number, [option], QUESTIONS)


def hand_in(learner, run_id="1" * 16):
    return learner.hand_in_test(COURSE, run_id, QUESTIONS)


def refusal(call) -> Reason:
    with pytest.raises(Refused) as error:
        call()
    return error.value.reason


# --- Both stores --------------------------------------------------------------------


def test_a_run_is_resumed_answer_by_answer_and_handed_in(learners) -> None:
    begin(learners())
    answer(learners(), 0, 0)
    answer(learners(), 0, 1)
    answer(learners(), 1, 1)
    assert [item.answer for item in learners().final_test(COURSE).run.items] == [
        [1]
    ] * 2

    assert hand_in(learners()).run.score == 100
    kept = learners().final_test(COURSE)
    assert (kept.attempts, kept.best) == (1, 100)
    assert kept.passed == learners().passed_test(COURSE)
    assert kept.passed.score == 100


def test_an_answer_can_be_taken_back(learners) -> None:
    begin(learners())
    answer(learners(), 0, 1)
    learners().clear_question(COURSE, "1" * 16, 0, QUESTIONS)

    assert learners().final_test(COURSE).run.open_count == 2


def test_late_forms_are_refused_and_change_nothing(learners) -> None:
    begin(learners())
    hand_in(learners())
    before = learners().final_test(COURSE)

    assert refusal(lambda: answer(learners(), 0, 1)) == Reason.HANDED_IN
    assert refusal(lambda: answer(learners(), 0, 1, "2" * 16)) == Reason.OTHER_RUN
    assert refusal(lambda: hand_in(learners(), "2" * 16)) == Reason.OTHER_RUN
    assert hand_in(learners()) == before
    assert learners().final_test(COURSE) == before


def test_outlines_hear_how_far_it_has_come(learners) -> None:
    def states():
        one = learners().course_progress(COURSE, [])
        _places, every = learners().all_progress([COURSE], [])
        assert one.tests == every.tests
        return one.tests

    assert states() == {}
    begin(learners())
    assert states() == {COURSE: FinalTestState.STARTED}
    hand_in(learners())
    assert states() == {COURSE: FinalTestState.NOT_PASSED}
    begin(learners(), "2" * 16)
    for number in (0, 1):
        answer(learners(), number, 1, "2" * 16)
    hand_in(learners(), "2" * 16)
    assert states() == {COURSE: FinalTestState.PASSED}


def test_nobody_has_passed_what_was_not_taken(learners) -> None:
    assert learners().passed_test(COURSE) is None
    begin(learners())
    answer(learners(), 0, 1)
    assert learners().passed_test(COURSE) is None


def test_attempts_end(learners) -> None:
    rules = replace(RULES, attempts=1)
    begin(learners(), rules=rules)
    hand_in(learners())

    assert refusal(lambda: begin(learners(), "2" * 16, rules)) == Reason.NO_ATTEMPTS


# --- Rows -----------------------------------------------------------------------------


def test_there_is_one_row_per_course_and_no_history(lena) -> None:
    for run_id in ("1" * 16, "2" * 16):
        begin(AccountLearner(lena), run_id)
        hand_in(AccountLearner(lena), run_id)

    row = FinalTest.objects.get()
    assert (row.run, row.attempts, row.handed_in) == ("2" * 16, 2, True)


def test_the_row_of_an_open_run_tells_no_result(lena) -> None:
    begin(AccountLearner(lena))
    answer(AccountLearner(lena), 0, 1)

    item = FinalTest.objects.get().items[0]
    assert set(item) == {"key", "goal", "answer", "mark", "seal"}
    assert FinalTest.objects.get().best is None


def test_two_devices_that_begin_at_once_share_one_run(lena) -> None:
    def begun(standing: Standing) -> Standing:
        if standing.run is None:  # The other device writes while this one thinks.
            FinalTest.objects.create(
                user=lena, course_key=COURSE, run="2" * 16, pass_mark=60
            )
        return runs.begun(standing, DRAWN, run_id="1" * 16, after="", rules=RULES)

    _before, after = services._change_test(lena, COURSE, begun)

    assert after.run.id == "2" * 16
    assert FinalTest.objects.count() == 1


def test_a_pass_is_announced_and_only_the_first_as_first(lena, announced) -> None:
    for run_id, option in (("1" * 16, 0), ("2" * 16, 1), ("3" * 16, 1)):
        begin(AccountLearner(lena), run_id)
        for number in (0, 1):
            answer(AccountLearner(lena), number, option, run_id)
        for _twice in range(2):
            hand_in(AccountLearner(lena), run_id)

    assert announced == [
        events.TestPassed(lena.pk, COURSE, True),
        events.TestPassed(lena.pk, COURSE, False),
    ]


@pytest.mark.parametrize("count", [1, 20])
def test_a_step_costs_the_same_for_any_number_of_questions(lena, count) -> None:
    keys = [f"frage-{number}" for number in range(count)]
    questions = {key: exercise_of(single_choice(key, goal="g")) for key in keys}
    drawn = [PoolItem(key, "g") for key in keys]
    learner = AccountLearner(lena)
    learner.begin_test(COURSE, drawn, run_id="x", after="", rules=RULES)
    with CaptureQueriesContext(connection) as captured:
        learner.answer_question(COURSE, "x", 0, [1], questions)
        learner.hand_in_test(COURSE, "x", questions)
    statements = [q["sql"].split()[0] for q in captured.captured_queries]
    for_groups = ["SELECT"] if count == 1 else []  # asked once the test is passed
    assert [s for s in statements if s in ("SELECT", "UPDATE", "INSERT")] == [
        "SELECT", "UPDATE", "SELECT", "UPDATE", *for_groups,
    ]  # fmt: skip


def test_others_see_nothing_of_it(lena) -> None:
    begin(AccountLearner(lena))
    fremd = User.objects.create_user(display_name="Fremd")

    assert queries.standing(fremd, COURSE).run is None
    assert queries.passed_test(fremd, COURSE) is None


# --- The cookie -----------------------------------------------------------------------


@pytest.fixture
def device() -> Device:
    one = Device()
    learner = one.learner()
    begin(learner)
    one.keep(learner)
    learner = one.learner()
    answer(learner, 0, 0)
    one.keep(learner)
    return one


def test_a_visitor_causes_no_row(device) -> None:
    hand_in(device.learner())

    assert FinalTest.objects.count() == 0


def test_an_old_cookie_takes_no_better_answers_after_handing_in(device) -> None:
    hand_in(device.learner())

    assert refusal(lambda: answer(device.learner(), 0, 1)) == Reason.HANDED_IN
    assert (
        refusal(lambda: device.learner().clear_question(COURSE, "1" * 16, 0, QUESTIONS))
        == Reason.HANDED_IN
    )


def test_an_older_cookie_with_other_answers_is_not_handed_in_again(device) -> None:
    older = Device(device.tests)
    learner = device.learner()
    answer(learner, 0, 1)
    device.keep(learner)
    hand_in(device.learner())

    assert refusal(lambda: hand_in(older.learner())) == Reason.OTHER_RUN
    standing = older.learner().final_test(COURSE)
    assert (standing.run, standing.attempts) == (None, 1)
    assert begin(older.learner(), "2" * 16).run.id == "2" * 16


def test_a_result_whose_reply_got_lost_is_had_by_handing_in_again(device) -> None:
    first = hand_in(device.learner())

    assert hand_in(device.learner()) == first


def test_what_the_server_remembers_names_nobody_and_no_answer(device) -> None:
    hand_in(device.learner())

    run = device.learner().final_test(COURSE).run
    assert spent.is_spent(run)
    assert len(caches["rooms"].get(f"spent-run:{run.id}")) == 16


def test_a_full_cookie_refuses_and_keeps_what_it_has(device, monkeypatch) -> None:
    monkeypatch.setattr(run_cookie, "MAX_COOKIE_LENGTH", len(device.tests) + 10)
    learner = device.learner()

    with pytest.raises(Refused):
        learner.begin_test(uuid4(), DRAWN, run_id="2" * 16, after="", rules=RULES)
    assert learner.tests_value == ""
    assert list(learner.tests) == [COURSE]


# --- Merging --------------------------------------------------------------------------


def merge(user, device: Device) -> None:
    tests = spent.without_spent(run_cookie.loads(device.tests))
    merging.merge_record(user=user, record=Record(), tests=tests, lessons=[])


def test_a_device_takes_its_open_run_into_the_account(lena, device, announced) -> None:
    merge(lena, device)
    answer(AccountLearner(lena), 1, 1)

    assert hand_in(AccountLearner(lena)).run.score == 50
    assert announced == []


def test_a_pass_comes_along_and_nothing_of_the_account_is_lowered(
    lena, device, announced
) -> None:
    begin(AccountLearner(lena), "9" * 16)
    for number in (0, 1):
        answer(AccountLearner(lena), number, 1, "9" * 16)
    hand_in(AccountLearner(lena), "9" * 16)
    announced.clear()
    learner = device.learner()
    hand_in(learner)
    device.keep(learner)

    merge(lena, device)

    kept = queries.standing(lena, COURSE)
    assert (kept.run.id, kept.best, kept.passed.score) == ("9" * 16, 100, 100)
    assert announced == []
    merge(lena, device)
    assert queries.standing(lena, COURSE) == kept


def test_a_handed_in_run_is_not_merged_as_an_open_one(lena, device) -> None:
    older = Device(device.tests)
    learner = device.learner()
    answer(learner, 0, 1)
    device.keep(learner)
    hand_in(device.learner())

    merge(lena, older)

    assert queries.standing(lena, COURSE).open_run is None
    assert queries.standing(lena, COURSE).attempts == 1


def test_nor_is_one_with_the_very_answers_that_were_handed_in(lena, device) -> None:
    hand_in(device.learner())

    merge(lena, device)

    kept = queries.standing(lena, COURSE)
    assert (kept.run, kept.attempts) == (None, 1)


def test_a_run_that_went_into_an_account_is_over_on_the_device(lena, device) -> None:
    merge(lena, device)
    spent.give_away(run_cookie.loads(device.tests))

    assert refusal(lambda: hand_in(device.learner())) == Reason.OTHER_RUN
    assert device.learner().final_test(COURSE) == Standing(version=None)
    before = queries.standing(lena, COURSE)
    merge(lena, device)
    assert queries.standing(lena, COURSE) == before


def test_two_devices_taken_over_at_once_lose_nothing(lena, device, monkeypatch) -> None:
    other = Device()
    learner = other.learner()
    begin(learner, "9" * 16)
    for number in (0, 1):
        answer(learner, number, 1, "9" * 16)
    hand_in(learner, "9" * 16)
    other.keep(learner)
    columns_of = merging.columns_of

    def meanwhile(standing: Standing) -> dict:
        monkeypatch.setattr(merging, "columns_of", columns_of)
        merge(lena, other)
        return columns_of(standing)

    monkeypatch.setattr(merging, "columns_of", meanwhile)
    merge(lena, device)

    kept = queries.standing(lena, COURSE)
    assert (kept.run.id, kept.best, kept.attempts) == ("9" * 16, 100, 1)


def test_merging_costs_the_same_for_one_test_and_three(lena, device) -> None:
    one = run_cookie.loads(device.tests)[COURSE]
    counts = []
    for number in (1, 3):
        person = User.objects.create_user(display_name=f"Nr. {number}")
        tests = {uuid4(): one for _number in range(number)}
        with CaptureQueriesContext(connection) as captured:
            merging.merge_record(user=person, record=Record(), tests=tests, lessons=[])
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_a_seed_orders_options_by_what_only_the_server_knows(settings) -> None:
    ids = [runs.new_run_id() for _number in range(20)]

    assert len({runs.seed_of(run_id) for run_id in ids}) == 20
    assert all(runs.seed_of(run_id) not in run_id for run_id in ids)
