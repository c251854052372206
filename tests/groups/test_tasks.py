"""Tasks after a group was opened: added, ordered, opened, closed, taken away."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from courses.groups import services
from courses.groups.levels import FactState, Scope, TaskKind, Visibility
from courses.groups.models import Group, GroupTask, SharedFact
from courses.groups.roles import Action
from courses.groups.services import GroupError
from courses.groups.tasks import (
    MOST_TASKS,
    add_task,
    change_task,
    move_task,
    remove_task,
)
from courses.progress.models import Attempt, Enrolment, LessonProgress
from learnsite.accounts.models import User
from tests.factories import lesson
from tests.groups.test_roles import EXPECTED, PEOPLE, Made, made, people
from tests.groups.test_views import (
    browser_of,
    desk,
    fields_in_error,
    joined,
    opened,
    text_of,
)
from tests.player.conftest import Shelf, lena_client, published_shelf, shelf, visitor
from tests.player.test_learning_page import section, world_of
from tests.player.test_statements import statements

__all__ = [
    "desk",
    "lena_client",
    "made",
    "opened",
    "people",
    "published_shelf",
    "shelf",
    "visitor",
]

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(open_group: Callable[..., Group]) -> Group:
    return open_group()


def add_lesson(group: Group, course: UUID, lesson: UUID, **how: Any) -> GroupTask:
    scope = Scope(course, lesson)
    return add_task(group=group, kind=TaskKind.LESSON, scope=scope, **how)


def order(group: Group) -> list[UUID | None]:
    return list(group.tasks.values_list("lesson_key", flat=True))


# --- Writes ---------------------------------------------------------------------------


def test_tasks_stand_in_the_order_of_the_teacher(
    group: Group, course_key: UUID
) -> None:
    one, two = uuid4(), uuid4()
    first = add_lesson(group, course_key, one)
    second = add_lesson(group, course_key, two, is_open=False, is_extra=True)
    assert order(group) == [None, one, two]
    assert (second.is_open, second.is_extra, second.shows_solutions) == (
        False,
        True,
        True,
    )
    move_task(task=second, by=-1)
    assert order(group) == [None, two, one]
    move_task(task=first, by=1)  # the last one stays where it is
    assert order(group) == [None, two, one]
    move_task(task=group.tasks.get(lesson_key=None), by=-1)
    assert order(group) == [None, two, one]
    third = uuid4()
    group.tasks.get(lesson_key=two).delete()
    add_lesson(group, course_key, third)
    assert order(group) == [None, one, third]


def test_a_task_is_there_once_and_tasks_are_not_without_end(
    group: Group, course_key: UUID
) -> None:
    with pytest.raises(GroupError) as known:
        add_task(group=group, kind=TaskKind.COURSE, scope=Scope(course_key))
    assert known.value.reason == GroupError.KNOWN_TASK
    for name in ("derfeed", "trackernetz"):
        add_task(group=group, kind=TaskKind.LAB, scope=Scope(None), lab=name)
    while group.tasks.count() < MOST_TASKS:
        add_lesson(group, course_key, uuid4())
    with pytest.raises(GroupError) as many:
        add_lesson(group, course_key, uuid4())
    assert many.value.reason == GroupError.MANY_TASKS


def test_other_tasks_never_change_what_was_agreed_on(
    group: Group, course_key: UUID
) -> None:
    task = add_lesson(group, course_key, uuid4())
    change_task(task=task, is_open=False, shows_solutions=False, is_extra=True)
    group.refresh_from_db()
    assert group.level == Visibility.HELP


def test_what_is_known_of_a_task_goes_with_it(
    group: Group, course_key: UUID, lena: User
) -> None:
    one, two = uuid4(), uuid4()
    member = services.join(group=group, user=lena)
    task = add_lesson(group, course_key, one)
    lines = [f"lesson:{one}", f"exercise:{one}/a", f"lesson:{two}", f"lesson:{uuid4()}"]
    for about in lines:
        SharedFact.objects.create(
            membership=member, object_key=about, state=FactState.DONE
        )
    lessons = {course_key: {one, two}}

    def left() -> set[str]:
        return set(member.facts.values_list("object_key", flat=True))

    # The course is a task still, and the lesson is part of it.
    remove_task(task=task, lessons=lessons)
    assert left() == set(lines)
    task = add_lesson(group, course_key, one)
    remove_task(task=group.tasks.get(lesson_key=None), lessons=lessons)
    assert left() == set(lines) - {lines[2]}
    remove_task(task=task, lessons=lessons)
    assert left() == {lines[3]}


# --- Who may --------------------------------------------------------------------------


@pytest.mark.parametrize("name", PEOPLE)
def test_only_its_teachers_give_a_group_tasks(
    made: Made, people: dict[str, User], name: str
) -> None:
    group = Group.objects.get(pk=made.group.pk)
    client = browser_of(people[name])
    task = group.tasks.get()
    here = f"/gruppen/{group.pk}/auftraege/"
    asked = [
        client.get(here),
        client.post(here, {"what": "lab:derfeed"}),
        client.get(f"{here}{task.pk}/entfernen/"),
        client.post(f"{here}{task.pk}/", {"do": "close"}),
        client.post(f"{here}{task.pk}/entfernen/"),
    ]
    is_teacher = name in EXPECTED[Action.ASSIGN].split()
    expected = [200, 303, 200, 303, 302] if is_teacher else [404] * 5
    assert [response.status_code for response in asked] == expected
    assert GroupTask.objects.filter(pk=task.pk, is_open=True).exists() != is_teacher


def test_pages_of_teachers_ask_the_ledger_and_nothing_learned(
    desk: Client, opened: Callable[..., Group], shelf: Shelf
) -> None:
    group = opened()
    pupil, _member = joined(group)
    pupil.post(shelf.answer_url(), {"option": "0"})
    learned = [model._meta.db_table for model in (Attempt, LessonProgress, Enrolment)]
    for page in ("", "stand/", "namen/", "auftraege/", "mitglieder/", "beitritt/"):
        asked = statements(lambda page=page: desk.get(f"/gruppen/{group.pk}/{page}"))
        assert asked
        assert [sql for sql in asked for table in learned if table in sql] == []


def test_a_task_of_another_group_is_not_found(
    open_group: Callable[..., Group], teacher: User
) -> None:
    mine, other = open_group(), open_group()
    client = browser_of(teacher)
    path = f"/gruppen/{mine.pk}/auftraege/{other.tasks.get().pk}/"
    assert client.post(path, {"do": "close"}).status_code == 404


# --- The page -------------------------------------------------------------------------


def titles(client: Client, group: Group) -> list[str]:
    page = BeautifulSoup(
        client.get(f"/gruppen/{group.pk}/auftraege/").content, "html.parser"
    )
    return [each.get_text(strip=True) for each in page.select(".task h3")]


def test_a_teacher_adds_a_lesson_an_exercise_a_lab_and_a_course(
    desk: Client, opened: Callable[..., Group], shelf: Shelf
) -> None:
    group = opened()
    here = f"/gruppen/{group.pk}/auftraege/"
    key = shelf.first.translation_key
    posts: list[dict[str, Any]] = [
        {"what": f"lesson:{key}", "is_open": "on"},
        {"what": f"lesson:{key}", "exercise": "2", "is_extra": "on"},
        {"what": "lab:derfeed", "is_open": "on"},
    ]
    for data in posts:
        response = desk.post(here, data)
        assert response.status_code == 303
        assert response["Location"].startswith(f"{here}#t-")
    assert titles(desk, group) == [
        "Datenspuren lesen",
        "Ein Tag mit Spuren",
        "Aufgabe 2 aus „Ein Tag mit Spuren“",
        "Der Feed",
    ]
    _course, _lesson, exercise, lab = group.tasks.all()
    assert exercise.kind == TaskKind.EXERCISE
    assert (exercise.is_extra, exercise.is_open) == (True, False)
    assert exercise.course_key == shelf.course.translation_key
    assert lab.lab == "derfeed"

    desk.post(f"{here}{lab.pk}/", {"do": "up"})
    desk.post(f"{here}{exercise.pk}/", {"do": "open"})
    desk.post(f"{here}{exercise.pk}/", {"do": "hide"})
    desk.post(f"{here}{exercise.pk}/", {"do": "core"})
    desk.post(f"{here}{exercise.pk}/", {"do": "unsinn"})
    assert titles(desk, group)[-2:] == [
        "Der Feed",
        "Aufgabe 2 aus „Ein Tag mit Spuren“",
    ]
    exercise.refresh_from_db()
    assert (exercise.is_open, exercise.is_extra, exercise.shows_solutions) == (
        True,
        False,
        False,
    )


@pytest.mark.parametrize(
    ("changed", "field", "message"),
    [
        ({"what": ""}, "what", "Bitte einen Kurs, eine Lektion oder ein Labor wählen."),
        ({"what": "lesson:unsinn"}, "what", "Das gibt es nicht mehr."),
        ({"exercise": "9"}, "exercise", "Diese Lektion hat 2 Aufgaben."),
        ({"exercise": "0"}, "exercise", "Bitte die Nummer einer Aufgabe angeben"),
        ({"exercise": "zwei"}, "exercise", "Bitte die Nummer einer Aufgabe angeben"),
        (
            {"what": "lab:derfeed", "exercise": "1"},
            "exercise",
            "Nur aus einer Lektion lassen sich einzelne Aufgaben wählen.",
        ),
    ],
)
def test_what_cannot_be_a_task_is_said_at_its_field(
    desk: Client,
    opened: Callable[..., Group],
    shelf: Shelf,
    changed: dict[str, str],
    field: str,
    message: str,
) -> None:
    group = opened()
    data = {"what": f"lesson:{shelf.first.translation_key}", **changed}
    response = desk.post(f"/gruppen/{group.pk}/auftraege/", data)
    assert response.status_code == 422
    said = fields_in_error(response)
    assert set(said) == {field}
    assert message in said[field]
    assert group.tasks.count() == 1


def test_a_task_that_is_there_is_not_added_again(
    desk: Client, opened: Callable[..., Group], shelf: Shelf
) -> None:
    group = opened()
    data = {"what": f"course:{shelf.course.translation_key}"}
    response = desk.post(f"/gruppen/{group.pk}/auftraege/", data)
    assert "hat die Gruppe schon" in fields_in_error(response)["what"]


def test_a_task_is_taken_away_after_a_question(
    desk: Client, opened: Callable[..., Group], shelf: Shelf
) -> None:
    group = opened(Visibility.PROGRESS)
    _pupil, member = joined(group)
    line = f"lesson:{shelf.first.translation_key}"
    SharedFact.objects.create(membership=member, object_key=line, state=FactState.DONE)
    path = f"/gruppen/{group.pk}/auftraege/{group.tasks.get().pk}/entfernen/"
    assert "„Datenspuren lesen“ wegnehmen?" in text_of(desk.get(path))
    assert group.tasks.count() == 1
    desk.post(path)
    assert group.tasks.count() == 0
    assert not member.facts.exists()
    assert "Noch nichts." in text_of(desk.get(f"/gruppen/{group.pk}/auftraege/"))
    assert desk.get(path).status_code == 404


def test_whoever_comes_with_a_group_is_first_offered_its_course(
    opened: Callable[..., Group], shelf: Shelf, visitor: Client
) -> None:
    other = world_of(shelf).course(slug="amt", title="Im Amt")
    lesson(other, slug="akte", title="Die Akte")
    pupil, _member = joined(opened())
    offered = section(pupil.get("/lernen/").text, "suggestions")
    assert "/kurse/spuren/" in offered
    assert "/kurse/amt/" not in offered
    assert "/kurse/amt/" in section(visitor.get("/lernen/").text, "suggestions")
