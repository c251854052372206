"""Lessons and solutions that a teacher has not opened yet, for members and others."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from courses.groups import services
from courses.groups.levels import Scope, TaskKind, Visibility
from courses.groups.models import (
    Group,
    GroupTally,
    Kind,
    Membership,
    Organisation,
    SharedFact,
)
from courses.groups.tasks import add_task, change_task
from courses.models import LessonPage
from courses.progress import events
from courses.progress.models import Attempt, LessonProgress
from learnsite.accounts.models import User
from tests.factories import GOALS, final_test, lesson, single_choice, text
from tests.player.conftest import Shelf
from tests.player.test_statements import statements

pytestmark = pytest.mark.django_db
LESSON = "/kurse/spuren/tag/"
PIECES = {"Accept": "application/json"}


@pytest.fixture
def school(db: None) -> Organisation:
    return Organisation.objects.create(name="Schule am See", kind=Kind.SCHOOL)


@pytest.fixture
def take_part(
    school: Organisation, shelf: Shelf, lena: User
) -> Callable[..., tuple[Group, Membership]]:
    """Return how Lena joins a class that has the course as its task."""

    def joined(
        level: Visibility = Visibility.PROGRESS, title: str = "9b", **how: bool
    ) -> tuple[Group, Membership]:
        tom = User.objects.create_user(username=f"tom-{title}")
        group = services.open_group(
            organisation=school,
            teacher=tom,
            title=title,
            level=level,
            ends=timezone.localdate() + timedelta(days=30),
            scopes=[(TaskKind.COURSE, Scope(shelf.course.translation_key))],
        )
        group.tasks.update(**how)
        return group, services.join(group=group, user=lena)

    return joined


def text_of(response: Any) -> str:
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


def main_of(response: Any) -> BeautifulSoup:
    page = BeautifulSoup(response.content, "html.parser").select_one("main")
    assert page
    return page


def give(group: Group, shelf: Shelf, exercise: str = "", **how: bool) -> None:
    task = add_task(
        group=group,
        kind=TaskKind.EXERCISE if exercise else TaskKind.LESSON,
        scope=Scope(
            shelf.course.translation_key, shelf.first.translation_key, exercise
        ),
    )
    group.tasks.filter(pk=task.pk).update(**how)


# --- Lessons --------------------------------------------------------------------------


def test_a_closed_lesson_says_so_and_leads_to_what_is_open(
    take_part: Callable[..., Any], shelf: Shelf, lena_client: Client
) -> None:
    group, _member = take_part()
    give(group, shelf, is_open=False)
    add_task(group=group, kind=TaskKind.LAB, scope=Scope(None), lab="derfeed")
    response = lena_client.get(LESSON)
    assert response.status_code == 403
    assert response["Cache-Control"] == "no-store, private"
    said = text_of(response)
    assert "„Ein Tag mit Spuren“ ist noch nicht offen" in said
    assert "Ein Satz davor" not in said
    links = [link["href"] for link in main_of(response).select("ol a")]
    assert links == ["/kurse/spuren/", "/labore/derfeed/"]
    # The rest of the course is open, and its outline says what is not.
    werbung = lena_client.get("/kurse/spuren/werbung/")
    assert werbung.status_code == 200
    assert "noch nicht offen" in werbung.text


@pytest.mark.parametrize("path", ["antwort/wetter-app/", "weiter/", "hilfe/"])
def test_a_closed_lesson_keeps_nothing(
    take_part: Callable[..., Any], lena_client: Client, path: str
) -> None:
    take_part(Visibility.PROGRESS, is_open=False)
    data = {"option": "1", "stuck": "wetter-app"}
    refused = lena_client.post(LESSON + path, data)
    assert refused.status_code in (403, 409)
    pieces = lena_client.post(LESSON + path, data, headers=PIECES)
    assert pieces.status_code == 409
    assert not Attempt.objects.exists()
    assert not LessonProgress.objects.exists()
    assert not SharedFact.objects.exists()


def test_who_is_no_member_is_not_affected(
    take_part: Callable[..., Any], visitor: Client, lena_client: Client, lena: User
) -> None:
    _group, member = take_part(is_open=False, shows_solutions=False)
    other = User.objects.create_user(display_name="Fremd")
    stranger = Client(headers={"Sec-Fetch-Site": "same-origin"})
    stranger.force_login(
        other, backend="learnsite.accounts.backends.LearningKeyBackend"
    )
    for client in (visitor, stranger):
        assert client.get(LESSON).status_code == 200
        assert client.get(f"{LESSON}loesungen/").status_code == 200
        client.post(f"{LESSON}antwort/wetter-app/", {"option": "1"})
    services.leave(membership=member)
    assert lena_client.get(LESSON).status_code == 200


def test_a_group_that_is_over_closes_nothing(
    take_part: Callable[..., Any], lena_client: Client
) -> None:
    group, _member = take_part(is_open=False)
    yesterday = timezone.localdate() - timedelta(days=1)
    Group.objects.filter(pk=group.pk).update(starts=yesterday, ends=yesterday)
    assert lena_client.get(LESSON).status_code == 200


def test_another_group_may_have_it_open(
    take_part: Callable[..., Any], lena_client: Client
) -> None:
    take_part(is_open=False)
    take_part(title="AG Medien")
    assert lena_client.get(LESSON).status_code == 200


def test_an_exercise_alone_can_wait(
    take_part: Callable[..., Any], shelf: Shelf, lena_client: Client
) -> None:
    group, _member = take_part()
    give(group, shelf, "wetter-app", is_open=False)
    page = main_of(lena_client.get(LESSON))
    assert [e["data-exercise"] for e in page.select("[data-exercise]")] != []
    assert page.select('[data-exercise="wetter-app"]') == []
    assert "Diese Aufgabe ist noch nicht offen." in page.get_text()
    refused = lena_client.post(shelf.answer_url(), {"option": "1"}, headers=PIECES)
    assert refused.status_code == 409
    assert not Attempt.objects.exists()
    [first] = page.select(".finish a.is-big")
    assert page.select_one(first["href"]).select("form")  # an exercise one can do


def test_the_page_says_whose_task_it_is_and_what_is_seen_of_it(
    take_part: Callable[..., Any], shelf: Shelf, lena_client: Client
) -> None:
    group, _member = take_part(Visibility.COMPLETED)
    assert "Auftrag der Gruppe 9b." in text_of(lena_client.get(LESSON))
    give(group, shelf, is_extra=True)
    said = text_of(lena_client.get(LESSON))
    assert "Zusatzauftrag der Gruppe 9b." in said
    assert "Lehrkräfte sehen, welche Nummern dabei sind" in said
    Organisation.objects.filter(pk=group.organisation_id).update(kind=Kind.ADULTS)
    said = text_of(lena_client.get(LESSON))
    assert "Die Kursleitung sieht, welche Nummern dabei sind" in said


@pytest.mark.parametrize(
    ("level", "hears"),
    [
        (Visibility.NOBODY, "zählt mit, dass der Test bestanden ist, ohne zu erfahren"),
        (Visibility.COMPLETED, "erfährt, dass und in welchem Monat der Test bestanden"),
        (Visibility.PROGRESS, "erfährt, dass der Test bestanden ist, sonst nichts"),
        (Visibility.HELP, "erfährt, dass der Test bestanden ist, sonst nichts"),
    ],
)
def test_before_a_final_test_stands_which_group_hears_of_it(
    take_part: Callable[..., Any],
    shelf: Shelf,
    lena: User,
    lena_client: Client,
    level: Visibility,
    hears: str,
) -> None:
    shelf.course.goals = GOALS
    shelf.course.save_revision().publish()
    final_test(shelf.course)
    path = "/kurse/spuren/abschlusstest/"
    nobody = "Das Ergebnis wird niemandem gemeldet."
    assert nobody in text_of(lena_client.get(path))

    group, _member = take_part(level)

    said = text_of(lena_client.get(path))
    assert f"Die Gruppe „9b“ {hears}" in said
    assert nobody not in said
    assert nobody in text_of(Client().get(path))
    key = shelf.course.translation_key
    passed = events.TestPassed(lena.pk, key, first=True)
    events.happened.send(events.TestPassed, event=passed)
    told = SharedFact.objects.count(), GroupTally.objects.count()
    assert told == ((0, 1) if level == Visibility.NOBODY else (1, 0))
    group.tasks.all().delete()
    give(group, shelf)  # one lesson: the test is no part of it
    assert nobody in text_of(lena_client.get(path))


def test_outside_schools_what_is_closed_waits_for_whoever_leads(
    take_part: Callable[..., Any], shelf: Shelf, lena_client: Client
) -> None:
    group, _member = take_part(shows_solutions=False)
    Organisation.objects.filter(pk=group.organisation_id).update(kind=Kind.ADULTS)
    lena_client.post(shelf.answer_url(), {"option": "1"}, headers=PIECES)
    pages = [lena_client.get(LESSON), lena_client.get(f"{LESSON}loesungen/")]
    give(group, shelf, is_open=False)
    pages.append(lena_client.get(LESSON))
    assert [page.status_code for page in pages] == [200, 403, 403]
    for page in pages:
        said = main_of(page).get_text(" ")
        assert "Wer die Gruppe leitet, öffnet" in said
        assert "Lehrkr" not in said


# --- Solutions ------------------------------------------------------------------------


def test_closed_solutions_are_kept_back_until_the_teacher_opens_them(
    take_part: Callable[..., Any], shelf: Shelf, lena_client: Client
) -> None:
    group, _member = take_part(shows_solutions=False)
    shown = main_of(lena_client.get(LESSON))
    button = shown.select_one('[data-exercise="wetter-app"] button[type=submit]')
    assert button
    assert button.get_text(strip=True) == "Antwort speichern"

    url = shelf.answer_url()
    html = lena_client.post(url, {"option": "0"}, headers=PIECES).json()["exercise"]
    lena_client.post(url, {"option": "0"})
    for page in (html, lena_client.get(LESSON).text):
        exercise = BeautifulSoup(page, "html.parser").select_one(
            '[data-exercise="wetter-app"]'
        )
        assert exercise
        assert "Die Antwort ist gespeichert." in exercise.get_text()
        assert exercise.select('input[value="0"][checked]')
        marks = ".feedback, .explanation, [data-mark], .is-right, .is-wrong, .is-solved"
        assert exercise.select(marks) == []
        assert "Noch nicht richtig" not in exercise.get_text()
    assert Attempt.objects.get().score == 0

    group.tasks.update(shows_solutions=True)
    assert "Noch nicht richtig" in lena_client.get(LESSON).text


def test_papers_with_solutions_wait_too(
    take_part: Callable[..., Any], lena_client: Client
) -> None:
    group, _member = take_part(shows_solutions=False)
    refused = lena_client.get(f"{LESSON}loesungen/")
    assert refused.status_code == 403
    assert "Die Lösungen zu „Ein Tag mit Spuren“ sind noch nicht offen" in text_of(
        refused
    )
    assert lena_client.get(f"{LESSON}aufgaben/").status_code == 200
    group.tasks.update(is_open=False)
    for blank in ("aufgaben/", "drucken/"):
        assert lena_client.get(LESSON + blank).status_code == 403


def test_the_final_test_waits_with_the_whole_course(
    take_part: Callable[..., Any], shelf: Shelf, lena_client: Client, visitor: Client
) -> None:
    shelf.course.goals = GOALS
    shelf.course.save_revision().publish()
    final_test(shelf.course)
    path = "/kurse/spuren/abschlusstest/"
    group, _member = take_part(is_open=False)
    for refused in (lena_client.get(path), lena_client.post(f"{path}beginnen/")):
        assert refused.status_code == 403
        assert "ist noch nicht offen" in text_of(refused)
    assert visitor.get(path).status_code == 200
    group.tasks.update(is_open=True)
    assert lena_client.get(path).status_code == 200


@pytest.fixture
def third(shelf: Shelf) -> str:
    """A lesson that opens with the question of the first one about a goal."""
    course = shelf.course
    course.goals = GOALS
    course.save_revision().publish()
    goal = GOALS[0]["id"]
    lesson(course, "frage", body=[text(), single_choice("heute", goal=goal)])
    recall = {"type": "recall", "value": {"count": 1, "fixed": []}}
    lesson(course, "spaeter", body=[recall, text()])
    return "/kurse/spuren/spaeter/"


def close(group: Group, slug: str, **how: bool) -> None:
    page = LessonPage.objects.get(slug=slug)
    course = page.get_parent().specific
    task = add_task(
        group=group,
        kind=TaskKind.LESSON,
        scope=Scope(course.translation_key, page.translation_key),
    )
    change_task(task=task, **how)


def test_a_later_lesson_asks_nothing_of_a_closed_one(
    take_part: Callable[..., Any], third: str, lena_client: Client, visitor: Client
) -> None:
    group, _member = take_part()
    url = f"{third}erinnern/frage/heute/"
    assert f'action="{url}' in lena_client.get(third).text
    close(group, "frage", is_open=False)
    assert url not in lena_client.get(third).text
    assert lena_client.post(url, {"option": "1"}, headers=PIECES).status_code == 409
    assert not Attempt.objects.exists()
    assert f'action="{url}' in visitor.get(third).text


def test_a_later_lesson_tells_no_closed_solution(
    take_part: Callable[..., Any], third: str, lena_client: Client
) -> None:
    group, _member = take_part()
    close(group, "frage", shows_solutions=False)
    url = f"{third}erinnern/frage/heute/"
    html = lena_client.post(url, {"option": "1"}, headers=PIECES).json()["exercise"]
    followed = lena_client.post(url, {"option": "1"}, follow=True).text
    for page in (html, followed):
        assert "Die Antwort ist gespeichert." in page
        assert "Das stimmt." not in page


def test_reviewing_waits_for_the_solutions(
    take_part: Callable[..., Any], third: str, lena_client: Client
) -> None:
    group, _member = take_part()
    reviewing = "/lernen/wiederholen/"
    with time_machine.travel(timezone.now() - timedelta(days=3), tick=False):
        lena_client.post("/kurse/spuren/frage/antwort/heute/", {"option": "1"})
        lena_client.post(f"{reviewing}einstellen/", {"choice": "on"})
    assert "wiederholen/antwort/" in lena_client.get(reviewing).text
    assert "1 Frage" in text_of(lena_client.get("/lernen/"))
    close(group, "frage", shows_solutions=False)
    assert "wiederholen/antwort/" not in lena_client.get(reviewing).text
    assert "1 Frage" not in text_of(lena_client.get("/lernen/"))


# --- “Mein Lernen” --------------------------------------------------------------------


def test_my_learning_says_what_is_open_extra_and_not_open_yet(
    take_part: Callable[..., Any], shelf: Shelf, lena_client: Client
) -> None:
    group, member = take_part()
    give(group, shelf, is_open=False, is_extra=True)
    add_task(group=group, kind=TaskKind.LAB, scope=Scope(None), lab="derfeed")
    page = main_of(lena_client.get("/lernen/"))
    lines = [li.get_text(" ", strip=True) for li in page.select(".task-list li")]
    assert lines == [
        "Datenspuren lesen Kurs",
        "Ein Tag mit Spuren Lektion · Zusatz · noch nicht offen",
        "Der Feed Labor",
    ]
    assert [a["href"] for a in page.select(".task-list a")] == [
        "/kurse/spuren/",
        "/labore/derfeed/",
    ]
    own = main_of(lena_client.get(f"/lernen/gruppe/{member.pk}/"))
    assert [a["href"] for a in own.select(".task-list a")] == [
        "/kurse/spuren/werbung/",
        "/labore/derfeed/",
    ]


@pytest.mark.parametrize("groups", [1, 3])
def test_my_learning_costs_the_same_for_any_number_of_groups(
    take_part: Callable[..., Any], lena_client: Client, groups: int
) -> None:
    for number in range(groups):
        take_part(title=f"Gruppe {number}")
    lena_client.get("/lernen/")
    shown = statements(lambda: lena_client.get("/lernen/"))
    # tasks, dates and messages of all groups in one statement each
    assert len(shown) == 12, shown


def test_a_member_reads_a_lesson_at_the_cost_of_anybody(
    take_part: Callable[..., Any], shelf: Shelf, lena_client: Client
) -> None:
    group, _member = take_part()
    give(group, shelf, shows_solutions=False)
    lena_client.get(LESSON)
    shown = statements(lambda: lena_client.get(LESSON))
    # generation, session, user, progress, groups with their tasks
    assert len(shown) == 5, shown
