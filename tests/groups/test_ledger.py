"""Each event at each level: what is written is what was agreed on, and nothing else."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import connection
from django.utils import translation

from courses.groups import ledger, services
from courses.groups.boards import Column, counted
from courses.groups.levels import (
    FactState,
    Scope,
    TaskKind,
    Visibility,
    agreement,
    facts_of,
)
from courses.groups.models import Group, GroupTally, Membership, SharedFact
from courses.groups.queries import members_that_count, sharings_of, tallies
from courses.groups.tasks import add_task
from courses.progress import events
from learnsite.accounts.models import User

pytestmark = pytest.mark.django_db

LESSON = uuid4()
NOBODY, COMPLETED, PROGRESS, HELP = Visibility
MONTH = date.today().replace(day=1)


def everything(user: User, course: UUID) -> dict[str, Any]:
    """Return one of everything that can happen."""
    about = {"user_id": user.pk, "course_key": course}
    exercise = {**about, "lesson_key": LESSON, "exercise_key": "ort"}
    return {
        "wrong": events.ExerciseAnswered(**exercise, solved=False, first=True),
        "right": events.ExerciseAnswered(**exercise, solved=True, first=False),
        "lesson": events.LessonDone(**about, lesson_key=LESSON, first=True),
        "course": events.CourseDone(**about, first=True),
        "test": events.TestPassed(**about, first=True),
    }


#: How each kind of line of the ledger is called before anybody joins, by language.
NAMES = {
    "en": {
        "exercise": "each exercise", "lesson": "lessons", "course": "courses",
        "test": "final tests",
    },
    "de": {
        "exercise": "jeder Aufgabe", "lesson": "Lektionen", "course": "Kurse",
        "test": "Abschlusstests",
    },
    "de-simple": {
        "exercise": "jeder Aufgabe", "lesson": "Lektionen", "course": "Kurse",
        "test": "Tests",
    },
}  # fmt: skip


@pytest.mark.parametrize("is_class", [True, False])
@pytest.mark.parametrize("level", Visibility)
@pytest.mark.parametrize("language", NAMES)
def test_a_level_names_all_that_it_writes_and_nothing_that_it_does_not(
    course_key: UUID, language: str, level: Visibility, is_class: bool
) -> None:
    scopes = [
        Scope(course_key),
        Scope(course_key, LESSON),
        Scope(course_key, LESSON, "ort"),
    ]
    events_ = everything(User(), course_key).values()
    facts = [fact for each in events_ for fact in facts_of(level, each, scopes)]
    written = {fact.object_key.partition(":")[0] for fact in facts}

    with translation.override(language):
        said = agreement(level, is_class=is_class, fewest=5)

    named = {kind for kind, name in NAMES[language].items() if name in said}
    assert named == written
    assert bool(re.search("month|Monat", said)) == any(f.has_month for f in facts)
    assert re.search("numbers|Nummern", said)


def row_counts() -> dict[str, int]:
    """Return how many rows each table has."""
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
    }


@pytest.mark.parametrize(
    ("level", "event", "state", "month"),
    [
        (COMPLETED, "wrong", None, None),
        (COMPLETED, "right", None, None),
        (COMPLETED, "lesson", None, None),
        (COMPLETED, "course", FactState.DONE, MONTH),
        (COMPLETED, "test", FactState.DONE, MONTH),
        (PROGRESS, "wrong", None, None),
        (PROGRESS, "right", None, None),
        (PROGRESS, "lesson", FactState.DONE, None),
        (PROGRESS, "course", FactState.DONE, None),
        (PROGRESS, "test", FactState.DONE, None),
        (HELP, "wrong", FactState.OPEN, None),
        (HELP, "right", FactState.SOLVED, None),
        (HELP, "lesson", FactState.DONE, None),
        (HELP, "course", FactState.DONE, None),
        (HELP, "test", FactState.DONE, None),
    ],
)
def test_a_level_with_members_writes_its_facts_and_counts_nobody(
    open_group: Callable[..., Group],
    lena: User,
    course_key: UUID,
    level: Visibility,
    event: str,
    state: FactState | None,
    month: date | None,
) -> None:
    services.join(group=open_group(level), user=lena)
    before = row_counts()

    ledger.record(everything(lena, course_key)[event])

    expected = {**before}
    expected["courses.SharedFact"] += state is not None
    assert row_counts() == expected
    assert list(SharedFact.objects.values_list("state", "month")) == (
        [(state, month)] if state else []
    )


@pytest.mark.parametrize("event", ["wrong", "right", "lesson", "course", "test"])
def test_where_nobody_sees_anything_only_the_first_time_is_counted(
    open_group: Callable[..., Group], lena: User, course_key: UUID, event: str
) -> None:
    group = open_group(NOBODY)
    services.join(group=group, user=lena)
    happened = everything(lena, course_key)[event]
    before = row_counts()

    ledger.record(happened)

    expected = {**before}
    expected["courses.GroupTally"] += happened.first
    assert row_counts() == expected
    assert [tally.number for tally in GroupTally.objects.all()] == [1] * happened.first


def test_whom_the_teacher_added_raises_no_count(
    open_group: Callable[..., Group], lena: User, course_key: UUID
) -> None:
    group = open_group(NOBODY)
    member = services.join(group=group, user=lena)
    Membership.objects.filter(pk=member.pk).update(counts=False)
    for happened in everything(lena, course_key).values():
        ledger.record(happened)
    assert not GroupTally.objects.exists()


@pytest.mark.parametrize("dummies", [1, 4, 20])
def test_dummies_change_nothing_that_a_group_of_level_0_says(
    open_group: Callable[..., Group], course_key: UUID, dummies: int
) -> None:
    group = open_group(NOBODY)
    columns = (Column(f"course:{course_key}", "Ein Kurs", "1"),)

    def come(name: str, *, counts: bool, does_it: bool) -> None:
        user = User.objects.create_user(display_name=name)
        member = services.join(group=group, user=user)
        Membership.objects.filter(pk=member.pk).update(counts=counts)
        if does_it:
            done = events.CourseDone(user_id=user.pk, course_key=course_key, first=True)
            ledger.record(done)

    def said() -> int:
        board = counted(group, columns, tallies(group), members_that_count(group))
        return board.counts[0].number

    for number in range(11):
        come(f"Kind {number}", counts=True, does_it=number < 6)
    assert said() == 5
    # One more who did it would be the eleventh's secret: dummies are no step to it.
    for number in range(dummies):
        come(f"Attrappe {number}", counts=False, does_it=number % 3 != 0)
        assert said() == 5


def test_a_card_counts_with_its_picture_pin_and_no_longer_when_it_is_made_anew(
    open_group: Callable[..., Group], course_key: UUID
) -> None:
    group = open_group(NOBODY)
    [(member, _words)] = services.add_cards(group=group, numbers=[7])
    happened = everything(member.user, course_key)

    def counted_with(pin: str, event: str) -> tuple[int, int]:
        User.objects.filter(pk=member.user.pk).update(picture_pin=pin)
        ledger.record(happened[event])
        return members_that_count(group), len(tallies(group))

    assert counted_with("", "lesson") == (0, 0)
    assert counted_with("a" * 64, "course") == (1, 1)
    services.renew_card(membership=Membership.objects.get())
    ledger.record(happened["test"])
    assert (members_that_count(group), len(tallies(group))) == (0, 1)


def test_a_count_leads_to_nobody() -> None:
    linked = {
        field.related_model
        for field in GroupTally._meta.get_fields()
        if field.is_relation
    }
    assert linked == {Group}


def test_nothing_outside_the_tasks_is_shared(
    open_group: Callable[..., Group], lena: User
) -> None:
    services.join(group=open_group(HELP), user=lena)
    before = row_counts()
    for event in everything(lena, uuid4()).values():
        ledger.record(event)
    assert row_counts() == before


def test_a_single_lesson_as_task_shares_this_lesson_only(
    open_group: Callable[..., Group], lena: User, course_key: UUID
) -> None:
    lesson = [(TaskKind.LESSON, Scope(course_key, LESSON))]
    services.join(group=open_group(COMPLETED, scopes=lesson), user=lena)
    other = events.LessonDone(lena.pk, course_key, uuid4(), first=True)

    for event in (*everything(lena, course_key).values(), other):
        ledger.record(event)

    [fact] = SharedFact.objects.all()
    assert (fact.object_key, fact.month) == (f"lesson:{LESSON}", MONTH)


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        (NOBODY, {}),
        (COMPLETED, {}),
        (PROGRESS, {}),
        (HELP, {f"exercise:{LESSON}/ort": FactState.SOLVED}),
    ],
)
def test_an_exercise_as_task_is_shared_only_where_help_is_agreed_on(
    open_group: Callable[..., Group],
    lena: User,
    course_key: UUID,
    level: Visibility,
    expected: dict[str, FactState],
) -> None:
    exercise = [(TaskKind.EXERCISE, Scope(course_key, LESSON, "ort"))]
    services.join(group=open_group(level, scopes=exercise), user=lena)
    about = {"user_id": lena.pk, "course_key": course_key, "lesson_key": LESSON}
    other = events.ExerciseAnswered(
        **about, exercise_key="zeit", solved=True, first=True
    )

    for event in (*everything(lena, course_key).values(), other):
        ledger.record(event)

    assert dict(SharedFact.objects.values_list("object_key", "state")) == expected


@pytest.mark.parametrize("level", [COMPLETED, PROGRESS, HELP])
def test_a_lab_as_task_shares_nothing(
    open_group: Callable[..., Group], lena: User, course_key: UUID, level: Visibility
) -> None:
    group = open_group(level, scopes=[])
    add_task(group=group, kind=TaskKind.LAB, scope=Scope(None), lab="derfeed")
    services.join(group=group, user=lena)

    for event in everything(lena, course_key).values():
        ledger.record(event)

    assert not SharedFact.objects.exists()


def test_a_group_that_is_over_learns_nothing_more(
    open_group: Callable[..., Group], lena: User, course_key: UUID
) -> None:
    group = open_group(HELP)
    services.join(group=group, user=lena)
    yesterday = date.today() - timedelta(days=1)
    Group.objects.filter(pk=group.pk).update(starts=yesterday, ends=yesterday)
    ledger.record(everything(lena, course_key)["right"])
    assert not SharedFact.objects.exists()


def test_solved_stays_solved_and_help_ends_with_the_solution(
    open_group: Callable[..., Group], lena: User, course_key: UUID
) -> None:
    services.join(group=open_group(HELP), user=lena)
    happened = everything(lena, course_key)
    [sharing] = sharings_of(lena.pk)
    about = f"exercise:{LESSON}/ort"

    def state() -> FactState:
        return FactState(SharedFact.objects.get().state)

    ledger.record(happened["wrong"])
    assert ledger.ask_for_help(sharing, about)
    assert state() == FactState.HELP
    ledger.record(happened["wrong"])
    assert state() == FactState.HELP
    ledger.withdraw_help(sharing, about)
    ledger.record(happened["wrong"])
    assert state() == FactState.OPEN
    ledger.record(happened["right"])
    ledger.record(happened["wrong"])
    ledger.ask_for_help(sharing, about)
    assert state() == FactState.SOLVED


def test_help_that_is_taken_back_leaves_no_answer_behind(
    open_group: Callable[..., Group], lena: User
) -> None:
    """“Not yet” says that there was an answer; asking for help is none."""
    services.join(group=open_group(HELP), user=lena)
    [sharing] = sharings_of(lena.pk)
    about = f"exercise:{LESSON}/ort"
    ledger.ask_for_help(sharing, about)
    ledger.withdraw_help(sharing, about)
    assert not SharedFact.objects.exists()


@pytest.mark.parametrize("level", [NOBODY, COMPLETED, PROGRESS])
def test_below_help_nobody_can_be_seen_stuck(
    open_group: Callable[..., Group], lena: User, level: Visibility
) -> None:
    services.join(group=open_group(level), user=lena)
    [sharing] = sharings_of(lena.pk)
    assert not ledger.ask_for_help(sharing, f"exercise:{LESSON}/ort")
    assert not SharedFact.objects.exists()


def test_leaving_takes_the_facts_along_and_leaves_the_others(
    open_group: Callable[..., Group], lena: User, course_key: UUID
) -> None:
    group = open_group(HELP)
    other = User.objects.create_user(display_name="Mutige Amsel 3")
    for user in (lena, other):
        services.join(group=group, user=user)
        ledger.record(everything(user, course_key)["right"])

    services.leave(membership=Membership.objects.get(user=lena))

    [fact] = SharedFact.objects.all()
    assert fact.membership.user == other


def test_two_groups_of_one_learner_each_get_what_they_agreed_on(
    open_group: Callable[..., Group], lena: User, course_key: UUID
) -> None:
    for level in (PROGRESS, HELP):
        services.join(group=open_group(level), user=lena)
    ledger.record(everything(lena, course_key)["right"])
    [fact] = SharedFact.objects.all()
    assert fact.membership.group.level == HELP


def test_somebody_without_a_group_costs_one_statement(
    lena: User, course_key: UUID, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        ledger.record(everything(lena, course_key)["right"])
    assert connection.in_atomic_block  # like the answer that it belongs to
