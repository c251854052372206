"""Pages of groups: opening, letting in, joining, asking for help, leaving."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from courses.groups import notices, services, window
from courses.groups.boards import invented_rows
from courses.groups.levels import FactState, Scope, TaskKind, Visibility
from courses.groups.models import (
    Access,
    Group,
    Kind,
    Membership,
    Organisation,
    SharedFact,
    StaffRole,
)
from courses.groups.roles import Role
from courses.groups.services import GroupError
from courses.groups.tasks import add_task
from courses.progress.models import (
    Attempt,
    Enrolment,
    FinalTest,
    LessonProgress,
    LessonState,
)
from courses.review.models import ReviewCard
from learnsite.accounts.models import User
from learnsite.accounts.pseudonyms import Bearer, nouns
from tests.factories import GOALS, final_test
from tests.player.conftest import Shelf, lena_client, published_shelf, shelf, visitor
from tests.player.test_final_test import Walk
from tests.player.test_statements import statements

__all__ = ["lena_client", "published_shelf", "shelf", "visitor"]

pytestmark = pytest.mark.django_db
ASKS_WHOSE = "Auf diesem Gerät liegt ein Lernstand. Ist es der eigene?"
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


def browser_of(user: User, *, second_factor: bool = True) -> Client:
    """Return a browser in which somebody is signed in."""
    if second_factor:
        Authenticator.objects.create(
            user=user, type=Authenticator.Type.WEBAUTHN, data={}
        )
    client = Client(headers=SAME_ORIGIN)
    client.force_login(user, backend="learnsite.accounts.backends.LearningKeyBackend")
    return client


@pytest.fixture
def desk(teacher: User) -> Client:
    """The teacher's browser."""
    return browser_of(teacher)


@pytest.fixture
def opened(
    desk: Client, shelf: Shelf, school: Organisation
) -> Callable[[Visibility], Group]:
    """Return how the teacher opens a class with the course, by the form."""

    def post(level: Visibility = Visibility.HELP) -> Group:
        response = desk.post("/gruppen/neu/", form(shelf, level=level.value))
        assert response.status_code == 302, text_of(response)
        [pk] = re.findall("^/gruppen/(.+)/beitritt/$", response["Location"])
        return Group.objects.get(pk=pk)

    return post


def form(shelf: Shelf, **changed: Any) -> dict[str, Any]:
    return {
        "title": "9b",
        "course": str(shelf.course.translation_key),
        "level": 3,
        "seats": 30,
        "ends": timezone.localdate().isoformat(),
        **changed,
    }


def text_of(response: Any) -> str:
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


def rows_of(board: Any) -> list[str]:
    """Return what stands in each row of a board."""
    rows = BeautifulSoup(board.content, "html.parser").select(".board tbody tr")
    return [row.get_text(" ", strip=True) for row in rows]


def joined(group: Group) -> tuple[Client, Membership]:
    """Let a new pupil in, as the code on the wall does."""
    pupil = Client(headers=SAME_ORIGIN)
    before = set(group.members.values_list("pk", flat=True))
    response = pupil.post(
        f"/beitreten/gruppe/{group.code}/", {"number": ""}, follow=True
    )
    assert response.status_code == 200
    return pupil, group.members.exclude(pk__in=before).get()


# --- Opening twice --------------------------------------------------------------------


def opening(desk: Client, shelf: Shelf) -> dict[str, Any]:
    """Return what the page that opens a group sends, with its mark."""
    page = BeautifulSoup(desk.get("/gruppen/neu/").content, "html.parser")
    field = page.select_one("[name=once]")
    assert field is not None
    return form(shelf, once=field["value"])


def test_a_class_that_is_opened_twice_by_one_click_is_one(
    desk: Client, shelf: Shelf, school: Organisation
) -> None:
    sent = opening(desk, shelf)
    first, again = (desk.post("/gruppen/neu/", sent) for _click in range(2))
    assert first["Location"] == again["Location"]
    assert Group.objects.count() == 1
    # Another class, from the page that was gone back to or from a new one.
    desk.post("/gruppen/neu/", {**sent, "title": "9c"})
    desk.post("/gruppen/neu/", opening(desk, shelf))
    assert Group.objects.count() == 3


@pytest.mark.parametrize(
    "changed",
    [
        {"level": Visibility.NOBODY.value},
        {"seats": 12},
        {"ends": (timezone.localdate() + timedelta(days=9)).isoformat()},
    ],
)
def test_a_form_that_was_gone_back_to_and_corrected_opens_what_it_says(
    desk: Client, shelf: Shelf, school: Organisation, changed: dict[str, Any]
) -> None:
    sent = opening(desk, shelf)
    desk.post("/gruppen/neu/", sent)
    wrong = Group.objects.get()
    desk.post("/gruppen/neu/", {**sent, **changed})
    corrected = Group.objects.exclude(pk=wrong.pk).get()
    said = {
        "level": corrected.level,
        "seats": corrected.seats,
        "ends": corrected.ends.isoformat(),
    }
    assert said == {**said, **changed}


def test_a_form_that_was_corrected_to_another_course_opens_a_class_with_it(
    school: Organisation, teacher: User
) -> None:
    keys = [uuid4(), uuid4()]
    opened = [
        services.open_group_once(
            once="ein-zeichen",
            organisation=school,
            teacher=teacher,
            title="9b",
            level=Visibility.HELP,
            ends=timezone.localdate(),
            seats=30,
            scopes=[(TaskKind.COURSE, Scope(key))],
        )
        for key in keys
    ]
    assert [is_new for _group, is_new in opened] == [True, True]
    assert [group.tasks.get().course_key for group, _is_new in opened] == keys


def test_a_second_click_does_not_open_the_window_again(
    desk: Client, shelf: Shelf, school: Organisation
) -> None:
    sent = opening(desk, shelf)
    desk.post("/gruppen/neu/", sent)
    group = Group.objects.get()
    assert window.is_open(group)
    window.close_window(group)
    desk.post("/gruppen/neu/", sent)
    assert not window.is_open(group)


def test_a_class_that_was_erased_comes_back_as_another(
    desk: Client, shelf: Shelf, school: Organisation
) -> None:
    """Else a restored backup would erase it, for it erases what was erased."""
    sent = opening(desk, shelf)
    desk.post("/gruppen/neu/", sent)
    erased = Group.objects.get()
    services.end_group(group=erased)
    desk.post("/gruppen/neu/", sent)
    assert Group.objects.get().pk != erased.pk


# --- Those who lead -------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/gruppen/", "/gruppen/neu/"])
def test_a_password_alone_opens_no_page_of_groups(teacher: User, path: str) -> None:
    response = browser_of(teacher, second_factor=False).get(path)
    assert response.status_code == 403
    assert "zweiten Schritt" in text_of(response)
    signed_out = Client().get(path)
    assert signed_out["Location"] == f"/konto/login/?next={path}"


def test_recovery_codes_are_no_second_factor(teacher: User) -> None:
    Authenticator.objects.create(
        user=teacher, type=Authenticator.Type.RECOVERY_CODES, data={}
    )
    client = browser_of(teacher, second_factor=False)
    assert client.get("/gruppen/").status_code == 403


def test_somebody_without_a_role_learns_how_to_get_one(lena: User) -> None:
    client = browser_of(lena, second_factor=False)
    assert "Noch keine Organisation" in text_of(client.get("/gruppen/"))
    assert client.get("/gruppen/neu/")["Location"] == "/gruppen/"


def test_a_class_is_open_at_once_and_shows_its_code(
    desk: Client, opened: Callable[..., Group]
) -> None:
    group = opened()
    page = desk.get(f"/gruppen/{group.pk}/beitritt/")
    shown = text_of(page)
    assert f"{group.code[:3]} {group.code[3:]}" in shown
    assert f"/beitreten/gruppe/{group.code}/" in shown
    assert "0 Personen sind dabei" in shown
    assert page["Cache-Control"] == "no-store, private"

    desk.post(f"/gruppen/{group.pk}/beitritt/fenster/", {"open": "no"})
    closed = desk.get(f"/gruppen/{group.pk}/beitritt/")
    assert "Der Beitritt ist geschlossen" in text_of(closed)


def test_to_a_new_class_cards_are_offered_beside_the_code(
    desk: Client, opened: Callable[..., Group]
) -> None:
    group = opened()
    page = f"/gruppen/{group.pk}/beitritt/"
    main = BeautifulSoup(desk.get(page).content, "html.parser").main
    assert main.select_one("a.is-big")["href"] == f"/gruppen/{group.pk}/karten/"
    assert main.select_one(".entry-code .qr svg")  # still on the same page
    made_cards(desk, group, first=1, last=2)
    assert "Für eine Klasse üblich" not in text_of(desk.get(page))
    group.members.all().delete()
    Organisation.objects.update(kind=Kind.ADULTS)
    assert "Für eine Klasse üblich" not in text_of(desk.get(page))


def test_on_the_wall_the_code_goes_by_itself_after_a_quarter_of_an_hour(
    desk: Client, opened: Callable[..., Group]
) -> None:
    now = timezone.now()
    if timezone.localdate(now) != timezone.localdate(now + timedelta(minutes=16)):
        now -= timedelta(minutes=20)  # at midnight the page is another one
    with time_machine.travel(now, tick=False) as clock:
        group = opened()
        page = f"/gruppen/{group.pk}/beitritt/"
        main = BeautifulSoup(desk.get(page).content, "html.parser").main
        place = main.select_one("[data-renew]")
        assert place["data-renew"] == f"{page}stand/"
        headers = {"If-None-Match": place["data-tag"]}
        clock.shift(timedelta(minutes=14))
        assert desk.get(f"{page}stand/", headers=headers).status_code == 304
        clock.shift(timedelta(minutes=2))
        fresh = desk.get(f"{page}stand/", headers=headers)
    assert fresh.status_code == 200
    assert fresh["ETag"] != place["data-tag"]
    parts = BeautifulSoup(fresh.content, "html.parser")
    names = [each["data-part"] for each in parts.select("[data-part]")]
    assert names == [each["data-part"] for each in place.select("[data-part]")]
    assert "Der Beitritt ist geschlossen" in text_of(fresh)
    assert not parts.select(".qr")
    assert group.code not in fresh.text


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"level": ""}, "Bitte wählen, was zu sehen sein soll."),
        ({"ends": "2020-01-01"}, "Dieser Tag ist vorbei."),
        ({"ends": "2099-01-01"}, "Eine Gruppe dauert höchstens ein Jahr."),
        ({"title": ""}, "Bitte der Gruppe einen Namen geben."),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_opened(
    desk: Client, shelf: Shelf, changed: dict[str, Any], message: str
) -> None:
    response = desk.post("/gruppen/neu/", form(shelf, **changed))
    assert response.status_code == 422
    assert message in text_of(response)
    assert not Group.objects.exists()


def fields_in_error(response: Any) -> dict[str, str]:
    """Return what a page says of its fields in error, by their names."""
    page = BeautifulSoup(response.content, "html.parser")
    said = {}
    for message in page.select("main .field-error"):
        [shown] = page.select(f"#{message['id']}")  # an id stands on a page once
        [field] = page.select(f'main [aria-describedby~="{shown["id"]}"]')
        named = field if field.get("name") else field.select_one("[name]")
        assert named["aria-invalid"] == "true"
        said[named["name"]] = shown.get_text(strip=True)
    return said


def test_fields_in_error_name_their_error(
    desk: Client, opened: Callable[..., Group], shelf: Shelf, school: Organisation
) -> None:
    group = opened()
    wrong = form(shelf, title="", ends="gestern", seats=99, level="")
    refused = desk.post("/gruppen/neu/", wrong)
    assert set(fields_in_error(refused)) == {"title", "ends", "seats", "level"}
    _pupil, member = joined(group)
    numbers = {"first": member.number, "last": member.number}
    refused = desk.post(f"/gruppen/{group.pk}/karten/", numbers)
    assert fields_in_error(refused) == {
        "last": "Zwischen diesen Nummern ist keine frei. Bitte andere wählen."
    }
    lead = User.objects.create_user(username="petra")
    StaffRole.objects.create(organisation=school, user=lead, role=Role.MANAGER)
    people = browser_of(lead)
    path = f"/gruppen/organisation/{school.pk}/"
    refused = people.post(path, {"username": "", "role": ""})
    assert refused.status_code == 422
    assert fields_in_error(refused) == {
        "username": "Bitte einen Benutzernamen angeben.",
        "role": "Bitte eine Rolle auswählen.",
    }
    refused = people.post(path, {"username": "niemand", "role": "teacher"})
    assert refused.status_code == 422
    assert fields_in_error(refused)["username"].startswith("Kein Konto hat diesen")
    assert school.staff.count() == 2


def test_an_administration_is_not_offered_more_than_it_may_see(
    town_hall: Organisation, lena: User, shelf: Shelf
) -> None:
    StaffRole.objects.create(organisation=town_hall, user=lena, role=Role.TEACHER)
    client = browser_of(lena)
    page = BeautifulSoup(client.get("/gruppen/neu/").content, "html.parser")
    levels = [each["value"] for each in page.select("input[name=level]")]
    assert levels == ["0", "1"]
    response = client.post("/gruppen/neu/", form(shelf, level=2))
    assert response.status_code == 422
    assert not Group.objects.exists()


def test_groups_of_others_are_not_found(opened: Callable[..., Group]) -> None:
    group = opened()
    stranger = User.objects.create_user(username="fremd")
    elsewhere = Organisation.objects.create(name="Schule am Wald", kind="schule")
    StaffRole.objects.create(organisation=elsewhere, user=stranger, role=Role.MANAGER)
    client = browser_of(stranger)
    for page in ("", "stand/", "beitritt/", "mitglieder/", "loeschen/"):
        assert client.get(f"/gruppen/{group.pk}/{page}").status_code == 404
    posts = ("beitritt/fenster/", "mitglieder/entfernen/", "loeschen/")
    for page in (*posts, "karten/"):
        assert client.post(f"/gruppen/{group.pk}/{page}").status_code == 404
    assert Group.objects.exists()


def test_surplus_joins_are_taken_out_in_one_step(
    desk: Client, opened: Callable[..., Group]
) -> None:
    group = opened()
    members = [joined(group)[1] for _pupil in range(3)]
    chosen = [str(member.pk) for member in members[:2]] + ["unsinn"]
    desk.post(f"/gruppen/{group.pk}/mitglieder/entfernen/", {"member": chosen})
    assert list(group.members.all()) == members[2:]


def test_a_class_is_erased_in_two_steps(
    desk: Client, opened: Callable[..., Group]
) -> None:
    group = opened()
    joined(group)
    assert "9b löschen?" in text_of(desk.get(f"/gruppen/{group.pk}/loeschen/"))
    assert Group.objects.exists()
    desk.post(f"/gruppen/{group.pk}/loeschen/")
    assert not Group.objects.exists()


@pytest.mark.parametrize(("days", "is_said"), [(14, True), (15, False)])
def test_fourteen_days_before_it_goes_all_pages_of_a_group_say_so(
    desk: Client, opened: Callable[..., Group], days: int, is_said: bool
) -> None:
    group = opened()
    pupil, member = joined(group)
    day = timezone.localdate() + timedelta(days=days)
    Group.objects.filter(pk=group.pk).update(delete_on=day)
    said = f"Am {date_format(day)} wird diese Gruppe gelöscht"
    for browser, path in (
        (desk, f"/gruppen/{group.pk}/"),
        (pupil, "/lernen/"),
        (pupil, f"/lernen/gruppe/{member.pk}/"),
    ):
        assert (said in text_of(browser.get(path))) is is_said, path
    listed = f"wird am {date_format(day)} gelöscht"
    assert (listed in text_of(desk.get("/gruppen/"))) is is_said


def test_staff_is_named_by_user_name_and_the_last_manager_stays(
    school: Organisation, lena: User
) -> None:
    StaffRole.objects.create(organisation=school, user=lena, role=Role.MANAGER)
    client = browser_of(lena)
    path = f"/gruppen/organisation/{school.pk}/"
    unknown = client.post(path, {"username": "niemand", "role": "teacher"})
    assert "Kein Konto hat diesen Benutzernamen." in text_of(unknown)
    User.objects.create_user(username="ayse")
    client.post(path, {"username": "ayse", "role": "manager"})
    second, mine = (
        school.staff.get(user__username=name, role=Role.MANAGER)
        for name in ("ayse", None)
    )
    client.post(f"{path}rolle/{second.pk}/")
    last = client.post(f"{path}rolle/{mine.pk}/")
    assert last.status_code == 422
    assert "Das ist die letzte Leitung." in text_of(last)
    assert set(school.staff.filter(role=Role.MANAGER)) == {mine}


def test_a_teacher_cannot_name_others(desk: Client, school: Organisation) -> None:
    assert desk.get(f"/gruppen/organisation/{school.pk}/").status_code == 404


@pytest.mark.parametrize("name", ["title", "seats", "ends"])
def test_a_field_that_is_wrong_is_described_by_what_is_wrong_with_it(
    desk: Client, shelf: Shelf, name: str
) -> None:
    refused = desk.post("/gruppen/neu/", form(shelf, **{name: ""}))
    page = BeautifulSoup(refused.content, "html.parser")
    field = page.select_one(f"main [name={name}]")
    described = [page.find(id=each) for each in field["aria-describedby"].split()]
    assert field["aria-invalid"] == "true"
    assert all(described)
    assert any("field-error" in each["class"] for each in described)


# --- Cards ---


def words_of(card: Any) -> str:
    return "-".join(word.get_text() for word in card.select(".class-card-words li"))


def made_cards(desk: Client, group: Group, **numbers: int) -> list[Any]:
    response = desk.post(f"/gruppen/{group.pk}/karten/", numbers)
    assert response["Cache-Control"] == "no-store, private"
    return BeautifulSoup(response.content, "html.parser").select(".class-card")


def renewed(desk: Client, page: str, asked: str = "") -> Any:
    """Send the form that makes cards anew, as it stands on its page."""
    shown = BeautifulSoup(desk.get(asked or page).content, "html.parser")
    [mark] = shown.select("input[name=replaces]")
    return desk.post(page, {"replaces": mark["value"]})


def signed_in_by(words: str) -> Client:
    pupil = Client(headers=SAME_ORIGIN)
    pupil.post("/schluessel/", {"key": words})
    return pupil


def test_cards_open_the_place_of_a_number_again_and_again(
    desk: Client, opened: Callable[..., Group], shelf: Shelf
) -> None:
    group = opened()
    cards = made_cards(desk, group, first=1, last=3)
    assert [card.b.get_text() for card in cards] == ["1", "2", "3"]
    assert set(group.members.values_list("has_card", "counts")) == {(True, False)}

    signed_in_by(words_of(cards[1])).post(shelf.answer_url(), {"option": "1"})

    assert SharedFact.objects.get().membership.number == 2
    learning = text_of(signed_in_by(words_of(cards[1])).get("/lernen/"))
    assert "9b" in learning
    assert "Datenspuren lesen" in learning


def test_taken_numbers_get_no_second_card(
    desk: Client, opened: Callable[..., Group]
) -> None:
    group = opened()
    made_cards(desk, group, first=1, last=2)
    assert len(made_cards(desk, group, first=2, last=3)) == 1
    nothing = desk.post(f"/gruppen/{group.pk}/karten/", {"first": 1, "last": 3})
    assert "Zwischen diesen Nummern ist keine frei." in text_of(nothing)
    assert group.members.count() == 3


def test_cards_are_for_the_numbers_of_a_list_and_for_as_many_as_there_are_seats(
    desk: Client, opened: Callable[..., Group]
) -> None:
    group = opened()
    Group.objects.update(seats=3)
    page = f"/gruppen/{group.pk}/karten/"
    shown = BeautifulSoup(desk.get(page).content, "html.parser")
    offered = [shown.select_one(f"#id_{name}")["value"] for name in ("first", "last")]
    assert offered == ["1", "3"]
    many = desk.post(page, {"first": 30, "last": 34})
    assert "So viele Plätze gibt es nicht: 3 sind noch frei." in text_of(many)
    assert len(made_cards(desk, group, first=33, last=34)) == 2
    joining = Client().get(f"/beitreten/gruppe/{group.code}/")
    options = BeautifulSoup(joining.content, "html.parser").select("#number option")
    numbers = [each.text for each in options[1:]]
    assert numbers == [str(n) for n in range(1, 41) if n not in (33, 34)]
    joined(group)
    assert "Alle Plätze dieser Gruppe sind vergeben." in text_of(desk.get(page))
    full = Client().get(f"/beitreten/gruppe/{group.code}/")
    assert "Alle Plätze dieser Gruppe sind vergeben." in text_of(full)


def test_a_board_of_counts_says_when_printed_cards_count(
    desk: Client, opened: Callable[..., Group]
) -> None:
    group = opened(Visibility.NOBODY)
    made_cards(desk, group, first=1, last=3)
    board = text_of(desk.get(f"/gruppen/{group.pk}/"))
    assert "Eine Karte zählt erst mit, wenn" in board
    assert "Wer mit dem Code beigetreten ist, zählt mit." in board


@pytest.mark.parametrize(
    ("level", "keeps_answer"),
    [
        (Visibility.NOBODY, False),
        (Visibility.COMPLETED, False),
        (Visibility.PROGRESS, False),
        (Visibility.HELP, True),
    ],
)
def test_a_new_card_ends_the_old_one_at_once_and_says_so(
    desk: Client,
    opened: Callable[..., Group],
    shelf: Shelf,
    level: Visibility,
    keeps_answer: bool,
) -> None:
    group = opened(level)
    [card] = made_cards(desk, group, first=7, last=7)
    pupil = signed_in_by(words_of(card))
    pupil.post(shelf.answer_url(), {"option": "1"})
    member = group.members.get()

    asked = desk.get(f"/gruppen/{group.pk}/karten/{member.pk}/")
    assert "Neue Karte für 7" in text_of(asked)
    response = renewed(desk, f"/gruppen/{group.pk}/karten/{member.pk}/")

    [new] = BeautifulSoup(response.content, "html.parser").select(".class-card")
    assert pupil.get(f"/lernen/gruppe/{member.pk}/").status_code == 302
    assert "9b" not in text_of(signed_in_by(words_of(card)).get("/lernen/"))
    learning = text_of(signed_in_by(words_of(new)).get("/lernen/"))
    assert "Diese Karte wurde am" in learning
    attempt = Attempt.objects.get()
    assert (attempt.answer is not None) is keeps_answer
    assert attempt.best == 100


@pytest.mark.parametrize(
    ("level", "is_kept"),
    [
        (Visibility.NOBODY, False),
        (Visibility.COMPLETED, False),
        (Visibility.PROGRESS, False),
        (Visibility.HELP, True),
    ],
)
def test_a_new_card_shows_nobody_what_was_chosen_in_the_final_test(
    desk: Client,
    opened: Callable[..., Group],
    shelf: Shelf,
    level: Visibility,
    is_kept: bool,
) -> None:
    shelf.course.goals = GOALS
    shelf.course.save_revision().publish()
    final_test(shelf.course)
    group = opened(level)
    [card] = made_cards(desk, group, first=7, last=7)
    pupil = signed_in_by(words_of(card))
    test = "/kurse/spuren/abschlusstest/"
    Walk(pupil).whole("1")
    assert pupil.get(f"{test}ergebnis/").status_code == 200
    best = FinalTest.objects.get().best

    page = renewed(desk, f"/gruppen/{group.pk}/karten/{group.members.get().pk}/")

    [new] = BeautifulSoup(page.content, "html.parser").select(".class-card")
    holder = signed_in_by(words_of(new))
    assert (holder.get(f"{test}ergebnis/").status_code == 200) is is_kept
    row = FinalTest.objects.get()
    assert bool(row.items) is is_kept
    assert (row.best, row.attempts) == (best if is_kept else None, 1)


#: What the page of a new card says stays, in groups without help during the lesson.
STAYS = (
    "welche Aufgaben versucht und welche gelöst sind, wie oft ein Abschlusstest "
    "abgegeben und welcher wann und wie gut bestanden wurde und welche Ziele "
    "wiederholt werden"
)


@pytest.mark.parametrize(
    ("level", "still"),
    [
        (Visibility.NOBODY, STAYS),
        (Visibility.COMPLETED, STAYS),
        (Visibility.PROGRESS, STAYS),
        (Visibility.HELP, "Lektionen, Antworten, Ergebnisse, Tage"),
    ],
)
def test_a_new_card_shows_neither_results_nor_days_below_level_three(
    desk: Client,
    opened: Callable[..., Group],
    shelf: Shelf,
    level: Visibility,
    still: str,
) -> None:
    group = opened(level)
    made_cards(desk, group, first=7, last=7)
    member = group.members.get()
    user, key = member.user, shelf.course.translation_key
    lesson, day = shelf.first.translation_key, timezone.localdate() - timedelta(days=9)
    Enrolment.objects.create(user=user, course_key=key, place_lesson=lesson, day=day)
    LessonProgress.objects.create(
        user=user, lesson_key=lesson, state=LessonState.DONE, day=day
    )
    for exercise, score, best in (("wetter-app", 40, 100), ("anders", 37, 73)):
        Attempt.objects.create(
            user=user, lesson_key=lesson, exercise_key=exercise, answer=["a"],
            score=score, best=best, day=day,
        )  # fmt: skip
    FinalTest.objects.create(user=user, course_key=key, pass_mark=60, best=43)
    ReviewCard.objects.create(
        user=user, course_key=key, goal="spuren", last_review=day, stability=8.1,
        difficulty=6.4, due=day + timedelta(days=30),
    )  # fmt: skip
    page = f"/gruppen/{group.pk}/karten/{member.pk}/"
    assert still in text_of(desk.get(page))

    sheet = BeautifulSoup(renewed(desk, page).content, "html.parser")

    holder = signed_in_by(words_of(sheet.select_one(".class-card")))
    told = text_of(holder.get("/meine-daten/"))
    secrets = [
        date_format(day), date_format(day + timedelta(days=30)), "37", "40", "43",
        "73", "8,1", "6,4",
    ]  # fmt: skip
    shown = [each for each in secrets if re.search(rf"\b{re.escape(each)}\b", told)]
    assert shown == (secrets if level == Visibility.HELP else [])
    place = Enrolment.objects.get().place_lesson, LessonProgress.objects.get().state
    assert place == (lesson, LessonState.DONE)
    assert Attempt.objects.get(exercise_key="wetter-app").best == 100
    assert ReviewCard.objects.count() == 1


def test_a_group_of_an_administration_has_no_printed_cards(
    desk: Client, opened: Callable[..., Group], school: Organisation
) -> None:
    group = opened(Visibility.COMPLETED)
    made_cards(desk, group, first=7, last=7)  # left from before this was refused
    member = group.members.get()
    Organisation.objects.update(kind=Kind.ADMINISTRATION, ceiling=1)
    base = f"/gruppen/{group.pk}/"
    for page in ("", "mitglieder/"):
        assert "/karten/" not in desk.get(f"{base}{page}").text
    asked = [desk.get(f"{base}karten/{page}") for page in ("", "neu/", f"{member.pk}/")]
    sent = [
        desk.post(f"{base}karten/", {"first": 1, "last": 2}),
        desk.post(f"{base}karten/alle/"),
        desk.post(f"{base}karten/{member.pk}/"),
    ]
    for answer in (*asked, *sent):
        assert answer.status_code == 403
        assert "Gruppen einer Verwaltung haben keine" in text_of(answer)
    member.refresh_from_db()
    assert (group.members.count(), member.card_renewed) == (1, None)
    group = Group.objects.get()
    for make in (
        lambda: services.add_cards(group=group, numbers=[1]),
        lambda: services.renew_card(membership=Membership.objects.get()),
    ):
        with pytest.raises(GroupError, match=GroupError.NO_CARDS):
            make()


def test_the_account_of_a_card_joins_no_other_group(
    desk: Client, opened: Callable[..., Group]
) -> None:
    """Else whoever printed it could open the place in the other group too."""
    one, other = opened(), opened(Visibility.NOBODY)
    [card] = made_cards(desk, one, first=7, last=7)
    pupil = signed_in_by(words_of(card))
    refused = pupil.post(f"/beitreten/gruppe/{other.code}/", {"number": ""})
    assert refused.status_code == 409
    assert "Zum Beitreten bitte erst abmelden" in text_of(refused)
    assert not other.members.exists()
    one.members.get().delete()  # without a card of anybody's it is an own account
    assert pupil.post(f"/beitreten/gruppe/{other.code}/", {"number": ""})["Location"]
    assert other.members.count() == 1


def test_a_lost_card_is_made_anew_in_two_steps_from_the_board(
    desk: Client, opened: Callable[..., Group]
) -> None:
    group = opened()
    board = f"/gruppen/{group.pk}/"
    assert "Karte verloren?" not in text_of(desk.get(board))
    made_cards(desk, group, first=7, last=7)
    joined(group)
    shown = BeautifulSoup(desk.get(board).content, "html.parser")
    form = shown.select_one("section[aria-labelledby=lost] form")
    [field] = form.select("input")

    asked = desk.get(form["action"], {field["name"]: " 7 "}, follow=True)
    assert "Neue Karte für 7" in text_of(asked)
    assert group.members.get(number=7).card_renewed is None
    response = renewed(desk, asked.redirect_chain[-1][0])
    assert (
        len(BeautifulSoup(response.content, "html.parser").select(".class-card")) == 1
    )
    assert group.members.get(number=7).card_renewed == timezone.localdate()


@pytest.mark.parametrize("number", ["", "1", "99", "sieben", "²"])
def test_a_number_without_a_card_leads_to_the_list_of_members(
    desk: Client, opened: Callable[..., Group], number: str
) -> None:
    group = opened()
    made_cards(desk, group, first=7, last=7)
    joined(group)  # by the code, under number 1
    shown = desk.get(f"/gruppen/{group.pk}/karten/neu/?nummer={number}", follow=True)
    assert "Keine Karte hat diese Nummer" in text_of(shown)
    assert shown.redirect_chain[-1][0] == f"/gruppen/{group.pk}/mitglieder/"


def test_two_who_use_one_card_at_once_are_told_and_lose_nothing(
    desk: Client, opened: Callable[..., Group], shelf: Shelf
) -> None:
    group = opened()
    [card] = made_cards(desk, group, first=7, last=7)
    one = signed_in_by(words_of(card))
    assert "auch an einem anderen Gerät offen" not in text_of(one.get("/lernen/"))
    two = signed_in_by(words_of(card))
    for device in (one, two):
        assert "auch an einem anderen Gerät offen" in text_of(device.get("/lernen/"))

    assert one.post(shelf.answer_url(), {"option": "1"}).status_code == 303
    assert two.post(shelf.answer_url(), {"option": "0"}).status_code == 303

    assert Attempt.objects.get().best == 100
    assert SharedFact.objects.get().state == FactState.SOLVED
    kept = one.post("/lernen/andere-abmelden/")
    assert "Die anderen Geräte sind abgemeldet." in text_of(one.get(kept["Location"]))
    assert "9b" not in text_of(two.get("/lernen/"))
    assert "auch an einem anderen Gerät offen" not in text_of(one.get("/lernen/"))


def test_a_lost_sheet_is_made_anew_in_one_step(
    desk: Client, opened: Callable[..., Group]
) -> None:
    group = opened()
    before = [words_of(card) for card in made_cards(desk, group, first=3, last=1)]
    joined(group)
    cards_page = f"/gruppen/{group.pk}/karten/"
    page = renewed(desk, f"{cards_page}alle/", cards_page)
    cards = BeautifulSoup(page.content, "html.parser").select(".class-card")
    after = [words_of(card) for card in cards]
    assert len(before) == len(after) == 3
    assert not set(before) & set(after)
    assert "9b" not in text_of(signed_in_by(before[0]).get("/lernen/"))


@pytest.mark.parametrize("which", ["one", "all"])
def test_a_reload_of_the_sheet_ends_none_of_its_cards(
    desk: Client, opened: Callable[..., Group], which: str
) -> None:
    group = opened()
    made_cards(desk, group, first=1, last=2)
    asked = f"/gruppen/{group.pk}/karten/"
    one = f"{asked}{group.members.get(number=1).pk}/"
    page = asked = one if which == "one" else asked
    page = page if which == "one" else f"{page}alle/"
    shown = BeautifulSoup(desk.get(asked).content, "html.parser")
    sent = {"replaces": shown.select("input[name=replaces]")[0]["value"]}
    sheet = BeautifulSoup(desk.post(page, sent).content, "html.parser")

    again = desk.post(page, sent, follow=True)

    assert "Keine Karte wurde neu gemacht" in text_of(again)
    words = words_of(sheet.select(".class-card")[0])
    assert "9b" in text_of(signed_in_by(words).get("/lernen/"))


def test_a_group_that_is_over_gets_no_more_cards(
    desk: Client, opened: Callable[..., Group]
) -> None:
    group = opened()
    yesterday = timezone.localdate() - timedelta(days=1)
    Group.objects.update(starts=yesterday, ends=yesterday)
    numbers = {"first": 1, "last": 2}
    response = desk.post(f"/gruppen/{group.pk}/karten/", numbers)
    assert response.status_code == 422
    assert "Diese Gruppe ist zu Ende" in text_of(response)
    assert not Membership.objects.exists()


def test_who_joined_by_the_code_cannot_be_given_a_card(
    desk: Client, opened: Callable[..., Group]
) -> None:
    group = opened()
    _pupil, member = joined(group)
    response = desk.post(f"/gruppen/{group.pk}/karten/{member.pk}/")
    assert response.status_code == 404


# --- Those who join -------------------------------------------------------------------


def test_before_joining_stands_what_is_seen_and_both_ways(
    opened: Callable[..., Group],
) -> None:
    group = opened(Visibility.PROGRESS)
    shown = text_of(Client().get(f"/beitreten/gruppe/{group.code.lower()}/"))
    assert "Lehrkräfte sehen, welche Nummern dabei sind, welche Lektionen" in shown
    assert "Ohne Beitritt mitmachen" in shown
    assert not Membership.objects.exists()


def test_joining_makes_a_key_shown_once_and_no_more(
    opened: Callable[..., Group],
) -> None:
    group = opened()
    pupil = Client(headers=SAME_ORIGIN)
    page = pupil.post(f"/beitreten/gruppe/{group.code}/", {"number": "7"}, follow=True)
    words = BeautifulSoup(page.content, "html.parser").select(".key-words li")
    assert len(words) == 6
    member = Membership.objects.get()
    assert (member.number, member.user.display_name) == (7, member.pseudonym)
    assert member.user.username is None
    again = pupil.get(f"/beitreten/gruppe/{group.code}/")
    assert again["Location"] == f"/lernen/gruppe/{member.pk}/"


def test_a_taken_number_is_said_and_leaves_no_account(
    opened: Callable[..., Group],
) -> None:
    group = opened()
    path = f"/beitreten/gruppe/{group.code}/"
    Client(headers=SAME_ORIGIN).post(path, {"number": "7"}, follow=True)
    people = User.objects.count()
    late = Client(headers=SAME_ORIGIN).post(path, {"number": "7"}, follow=True)
    assert late.status_code == 409
    assert "Diese Nummer ist schon vergeben." in text_of(late)
    assert User.objects.count() == people


@pytest.mark.parametrize("number", ["²", "9" * 4301, "0", "-1", "sieben"])
def test_what_is_no_number_of_the_group_is_refused_in_words(
    opened: Callable[..., Group], number: str
) -> None:
    path = f"/beitreten/gruppe/{opened().code}/"
    response = Client(headers=SAME_ORIGIN).post(path, {"number": number})
    assert response.status_code == 422
    assert "Bitte eine Nummer aus der Liste wählen." in text_of(response)
    assert not Membership.objects.exists()


def test_progress_on_the_device_is_not_taken_over_unasked(
    opened: Callable[..., Group], shelf: Shelf
) -> None:
    group = opened()
    pupil = Client(headers=SAME_ORIGIN)
    pupil.post(shelf.answer_url(), {"option": "1"})
    pupil.post(f"/beitreten/gruppe/{group.code}/", {"number": "1"}, follow=True)
    assert not SharedFact.objects.exists()
    assert ASKS_WHOSE in text_of(pupil.get("/lernen/"))


@pytest.mark.parametrize("code", ["000000", "abc", "0"])
def test_a_guessed_code_says_what_to_do(
    shelf: Shelf, client: Client, code: str
) -> None:
    response = client.get(f"/beitreten/gruppe/{code}/")
    assert response.status_code == 404
    assert "Zu diesem Code gibt es keine Gruppe" in text_of(response)


def test_a_closed_door_lets_nobody_in(opened: Callable[..., Group]) -> None:
    group = opened()
    window.close_window(group)
    pupil = Client(headers=SAME_ORIGIN)
    response = pupil.post(f"/beitreten/gruppe/{group.code}/", {"number": "1"})
    assert response.status_code == 403
    assert not Membership.objects.exists()


def ways_on(response: Any) -> list[str]:
    """Return where the card of somebody new leads: to the group, and to begin."""
    page = BeautifulSoup(response.content, "html.parser")
    return [each["value"] for each in page.select("main button[name=next]")]


def test_from_the_card_learning_begins_at_the_first_open_task_at_once(
    opened: Callable[..., Group],
) -> None:
    group = opened()
    pupil = Client(headers=SAME_ORIGIN)
    card = pupil.post(f"/beitreten/gruppe/{group.code}/", {"number": ""}, follow=True)
    to_group, at_once = ways_on(card)
    assert to_group == f"/lernen/gruppe/{group.members.get().pk}/"
    assert at_once == "/kurse/spuren/tag/"
    # It says as well that the words were written down.
    begun = pupil.get("/schluessel/karte/", {"next": at_once})
    assert begun["Location"] == at_once
    assert "Ist der Lernschlüssel notiert?" not in pupil.get("/lernen/").text


def test_where_nothing_is_open_the_card_leads_to_the_group_alone(
    opened: Callable[..., Group],
) -> None:
    group = opened()
    group.tasks.update(is_open=False)
    card = Client(headers=SAME_ORIGIN).post(
        f"/beitreten/gruppe/{group.code}/", {"number": ""}, follow=True
    )
    assert ways_on(card) == [f"/lernen/gruppe/{group.members.get().pk}/"]


def test_the_preview_is_the_board_over_invented_people(
    opened: Callable[..., Group],
) -> None:
    group = opened()
    response = Client().get(f"/beitreten/gruppe/{group.code}/vorschau/")
    names = [template.name for template in response.templates]
    assert "courses/groups/includes/board.html" in names
    assert "Mutige Amsel" in text_of(response)
    assert not Membership.objects.exists()


@pytest.mark.parametrize("level", Visibility)
@pytest.mark.parametrize(
    ("kind", "language", "names", "never"),
    [
        (Kind.SCHOOL, "", "Lehrk", "Kursleitung"),
        (Kind.SCHOOL, "/de-simple", "Lehr-Kr", "Kurs-Leitung"),
        (Kind.SCHOOL, "/en", "eacher", "leads the course"),
        (Kind.ADULTS, "", "Kursleitung", "Lehrk"),
        (Kind.ADULTS, "/de-simple", "Kurs-Leitung", "Lehr-Kr"),
        (Kind.ADULTS, "/en", "leads the course", "eacher"),
    ],
)
def test_the_agreement_names_who_leads_as_the_setting_does(
    opened: Callable[..., Group],
    school: Organisation,
    kind: Kind,
    language: str,
    names: str,
    never: str,
    level: Visibility,
) -> None:
    group = opened(level)
    Organisation.objects.filter(pk=school.pk).update(kind=kind)
    for page in ("", "vorschau/"):
        path = f"{language}/beitreten/gruppe/{group.code}/{page}"
        main = BeautifulSoup(Client().get(path).content, "html.parser").main
        agreed = main.select_one(".contract") or main.select_one(".page-head")
        said = agreed.get_text(" ", strip=True)
        assert names in said
        assert never not in main.get_text(" ", strip=True)


@pytest.mark.parametrize("language", ["", "/de-simple", "/en"])
def test_pages_of_members_call_nobody_a_teacher_outside_schools(
    opened: Callable[..., Group], school: Organisation, language: str
) -> None:
    group = opened()
    member, membership = joined(group)
    notices.announce(group=group, text="Bitte Kopfhörer mitbringen.")
    group.members.update(has_card=True)
    Group.objects.update(seats=1)
    Organisation.objects.filter(pk=school.pk).update(kind=Kind.ADULTS)
    code = f"{language}/beitreten/gruppe/{group.code}/"
    mine = reverse("membership", args=[membership.pk])
    full = Client(headers=SAME_ORIGIN).post(code, {"number": ""}, follow=True)
    here = member.get(f"{language}{mine}")
    window.close_window(group)
    closed = Client().get(code)
    membership.delete()
    gone = member.get(f"{language}{mine}")
    pages = {403: closed, 404: gone, 409: full, 200: here}
    assert {status: page.status_code for status, page in pages.items()} == {
        status: status for status in pages
    }
    for page in pages.values():
        main = BeautifulSoup(page.content, "html.parser").main
        assert main.h1
        assert not re.search("Lehr-?[Kk]r|[Tt]eacher", main.get_text(" ")), page


@pytest.mark.parametrize(
    ("kind", "fewest", "counts"),
    [
        (Kind.SCHOOL, 5, ["mindestens 20", "mindestens 10", "–"]),
        (Kind.ADMINISTRATION, 10, ["mindestens 40", "mindestens 20", "–"]),
        (Kind.ADULTS, 5, ["mindestens 20", "mindestens 10", "–"]),
    ],
)
def test_where_nobody_sees_anything_the_preview_is_the_board_of_counts(
    opened: Callable[..., Group],
    school: Organisation,
    kind: Kind,
    fewest: int,
    counts: list[str],
) -> None:
    """Over invented numbers, by the code and in the steps of the real one."""
    group = opened(Visibility.NOBODY)
    Organisation.objects.filter(pk=school.pk).update(kind=kind, ceiling=1)
    for language in ("", "/de-simple", "/en"):
        path = f"{language}/beitreten/gruppe/{group.code}/"
        preview = text_of(Client().get(f"{path}vorschau/"))
        from_on = r"(?:[Aa]b|from) (\d+) (?:Personen|people)"
        assert re.findall(from_on, preview) == [str(fewest)] * 2
        assert re.findall(from_on, text_of(Client().get(path))) == [str(fewest)]
    page = Client().get(f"/beitreten/gruppe/{group.code}/vorschau/")
    shown = BeautifulSoup(page.content, "html.parser").select("main ul.counts b")
    assert shown
    assert [each.text for each in shown] == (counts * len(shown))[: len(shown)]


@pytest.mark.parametrize("level", [Visibility.NOBODY, Visibility.COMPLETED])
@pytest.mark.parametrize("language", ["", "/de-simple", "/en"])
def test_the_preview_of_an_administration_speaks_of_no_printed_cards(
    opened: Callable[..., Group],
    school: Organisation,
    language: str,
    level: Visibility,
) -> None:
    group = opened(level)
    path = f"{language}/beitreten/gruppe/{group.code}/vorschau/"
    printed = re.compile("Karte|[Cc]ard|PIN")
    assert printed.search(text_of(Client().get(path)))
    Organisation.objects.filter(pk=school.pk).update(
        kind=Kind.ADMINISTRATION, ceiling=1
    )
    there = text_of(Client().get(path))
    assert not printed.search(there)
    assert re.search("erfundene[rn]? Name|made-up names", there)


def test_where_an_administration_sees_nothing_the_preview_shows_no_person(
    desk: Client, opened: Callable[..., Group], school: Organisation
) -> None:
    """It counts what the real page counts, and neither lists anybody."""
    group = opened(Visibility.NOBODY)
    Organisation.objects.filter(pk=school.pk).update(
        kind=Kind.ADMINISTRATION, ceiling=1
    )
    preview = Client().get(f"/beitreten/gruppe/{group.code}/vorschau/")
    board = desk.get(f"/gruppen/{group.pk}/")
    mains = [
        BeautifulSoup(each.content, "html.parser").main for each in (preview, board)
    ]
    counted = [
        [each.text for each in main.select("ul.counts li span")] for main in mains
    ]
    assert counted[0]
    assert counted[0] == counted[1]
    for main in mains:
        assert not main.select("table")
    for row in invented_rows(()):
        assert row.pseudonym not in text_of(preview)


def test_without_tasks_the_board_of_counts_says_the_same_whoever_joined(
    desk: Client, opened: Callable[..., Group]
) -> None:
    group = opened(Visibility.NOBODY)
    group.tasks.all().delete()
    path = f"/gruppen/{group.pk}/stand/"
    empty = text_of(desk.get(path))
    assert "Es gibt nichts zu zählen" in empty
    joined(group)
    assert text_of(desk.get(path)) == empty


def test_behind_a_closed_door_the_preview_is_for_those_inside(
    desk: Client, opened: Callable[..., Group]
) -> None:
    group = opened()
    pupil, _member = joined(group)
    window.close_window(group)
    page = f"/beitreten/gruppe/{group.code}/vorschau/"
    outside = Client().get(page)
    assert outside.status_code == 403
    assert "Mutige Amsel" not in text_of(outside)
    assert pupil.get(page).status_code == 200
    assert desk.get(page).status_code == 200


def test_a_solved_exercise_reaches_the_board_and_the_look_reaches_the_pupil(
    desk: Client, opened: Callable[..., Group], shelf: Shelf
) -> None:
    group = opened()
    pupil, member = joined(group)
    pupil.post(shelf.answer_url(), {"option": "1"})

    board = desk.get(f"/gruppen/{group.pk}/?lektion=tag")

    row, *others = rows_of(board)
    assert row == f"1 {member.pseudonym} gelöst"
    assert others == [str(number) for number in range(2, group.seats + 1)]
    home = text_of(pupil.get(f"/lernen/gruppe/{member.pk}/"))
    assert "Aufgabe 1 aus „Ein Tag mit Spuren“: gelöst" in home
    assert "Lehrkraft" in home
    assert Access.objects.get().membership == member


def test_the_list_of_members_tells_nothing_they_did_so_no_look_is_noted(
    desk: Client, opened: Callable[..., Group], shelf: Shelf
) -> None:
    group = opened()
    pupil, member = joined(group)

    def shown() -> list[str]:
        page = desk.get(f"/gruppen/{group.pk}/mitglieder/")
        main = BeautifulSoup(page.content, "html.parser").select_one("main")
        return list(main.stripped_strings)

    before = shown()
    pupil.post(shelf.answer_url(), {"option": "1"})
    assert SharedFact.objects.exists()
    assert shown() == before
    assert before == [
        "9b",
        "Mitglieder",
        "Nur Nummern und erfundene Namen. Wer herausgenommen wird, verliert den "
        "Platz in der Gruppe, nicht den eigenen Lernstand.",
        str(member.number),
        member.pseudonym,
        "Angekreuzte herausnehmen",
    ]
    assert not Access.objects.exists()


@pytest.mark.parametrize(
    ("numbers", "rows"),
    [(("1", "3"), 5), (("1", "2", "3", "4"), 5), (("5",), 5), (("1", "32"), 40)],
    ids=["in the middle", "the last one", "all before", "behind the seats"],
)
def test_who_does_not_join_leaves_no_gap(
    desk: Client, opened: Callable[..., Group], numbers: tuple[str, ...], rows: int
) -> None:
    group = opened()
    Group.objects.update(seats=5)
    for number in numbers:
        pupil = Client(headers=SAME_ORIGIN)
        path = f"/beitreten/gruppe/{group.code}/"
        pupil.post(path, {"number": number}, follow=True)
    assert group.members.count() == len(numbers)
    shown = rows_of(desk.get(f"/gruppen/{group.pk}/"))
    assert shown == [str(number) for number in range(1, rows + 1)]


def test_the_board_says_when_nothing_is_new(
    desk: Client, opened: Callable[..., Group], shelf: Shelf
) -> None:
    group = opened()
    pupil, _member = joined(group)
    path = f"/gruppen/{group.pk}/stand/?lektion=tag"
    first = desk.get(path)
    tag = {"If-None-Match": first["ETag"]}
    assert desk.get(path, headers=tag).status_code == 304
    pupil.post(shelf.answer_url(), {"option": "0"})
    changed = desk.get(path, headers=tag)
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_a_board_that_renews_itself_is_told_like_one_that_was_opened(
    desk: Client, opened: Callable[..., Group]
) -> None:
    group = opened()
    _pupil, first = joined(group)
    path = f"/gruppen/{group.pk}/stand/"
    tag = {"If-None-Match": desk.get(path)["ETag"]}
    assert [each.membership for each in Access.objects.all()] == [first]
    # Nothing is new, and the look of today is known: nothing more is asked.
    run = statements(lambda: desk.get(path, headers=tag))
    assert len(run) == 6, run
    _pupil, second = joined(group)
    desk.get(path, headers=tag)
    told = {each.membership for each in Access.objects.all()}
    assert told == {first, second}


@pytest.mark.parametrize("pupils", [1, 6])
def test_the_board_costs_six_statements_for_any_number_of_pupils(
    desk: Client, opened: Callable[..., Group], pupils: int
) -> None:
    group = opened()
    for _pupil in range(pupils):
        joined(group)
    path = f"/gruppen/{group.pk}/stand/?lektion=tag"
    desk.get(path)
    run = statements(lambda: desk.get(path))
    # generation, session, user, group with second factor, tasks, ledger
    assert len(run) == 6, run


def test_help_is_offered_at_level_three_only_and_can_be_settled(
    desk: Client, opened: Callable[..., Group], shelf: Shelf
) -> None:
    pupil, member = joined(opened())
    lesson = "/kurse/spuren/tag/"
    assert "Ich hänge fest" in text_of(pupil.get(lesson))
    pupil.post(f"{lesson}hilfe/", {"stuck": "wetter-app"})
    board = text_of(desk.get(f"/gruppen/{member.group.pk}/?lektion=tag"))
    assert f"Hängt fest: 1 {member.pseudonym} (Aufgabe 1 aus" in board
    assert "1: angefragt, zurücknehmen" in text_of(pupil.get(lesson))
    pupil.post(f"{lesson}hilfe/", {"settled": "wetter-app"})
    assert not SharedFact.objects.exists()

    quiet, _member = joined(opened(Visibility.PROGRESS))
    assert "Ich hänge fest" not in text_of(quiet.get(lesson))
    silent = quiet.post(f"{lesson}hilfe/", {"stuck": "wetter-app"})
    assert silent.status_code == 409
    assert "Nichts weitergesagt" in text_of(silent)
    assert not SharedFact.objects.exists()


def give_the_second_exercise_alone(group: Group, shelf: Shelf) -> None:
    group.tasks.all().delete()
    keys = shelf.course.translation_key, shelf.first.translation_key
    add_task(group=group, kind=TaskKind.EXERCISE, scope=Scope(*keys, "daten"))


def test_help_is_offered_for_the_exercise_that_is_a_task_and_for_no_other(
    opened: Callable[..., Group], shelf: Shelf
) -> None:
    group = opened()
    give_the_second_exercise_alone(group, shelf)
    pupil, _member = joined(group)
    lesson = "/kurse/spuren/tag/"
    page = BeautifulSoup(pupil.get(lesson).content, "html.parser")
    offered = page.select(".stuck button")
    assert [(each["value"], each.text) for each in offered] == [("daten", "2")]

    outside = pupil.post(f"{lesson}hilfe/", {"stuck": "wetter-app"})

    assert outside.status_code == 409
    assert not SharedFact.objects.exists()
    pupil.post(f"{lesson}hilfe/", {"stuck": "daten"})
    assert SharedFact.objects.get().state == FactState.HELP


@pytest.mark.parametrize(
    ("level", "columns"),
    [(Visibility.COMPLETED, 0), (Visibility.PROGRESS, 0), (Visibility.HELP, 1)],
)
def test_an_exercise_as_task_has_a_column_only_where_something_is_written_of_it(
    desk: Client,
    opened: Callable[..., Group],
    shelf: Shelf,
    level: Visibility,
    columns: int,
) -> None:
    group = opened(level)
    give_the_second_exercise_alone(group, shelf)
    joined(group)
    board = BeautifulSoup(desk.get(f"/gruppen/{group.pk}/").content, "html.parser")
    heads = [each for each in board.select("th") if "Aufgabe" in each.text]
    assert len(heads) == columns


def test_a_board_of_all_lessons_tells_who_is_stuck_and_shows_its_marks_when_renewed(
    desk: Client, opened: Callable[..., Group], shelf: Shelf
) -> None:
    pupil, member = joined(opened())
    pupil.post("/kurse/spuren/tag/hilfe/", {"stuck": "wetter-app"})
    pupil.post(shelf.answer_url(key="spuren", slug="tag"), {"option": ["0", "1"]})
    page = desk.get(f"/gruppen/{member.group.pk}/")
    assert "Hängt fest: 1" in text_of(page)
    renewed = desk.get(f"/gruppen/{member.group.pk}/stand/")
    uses = BeautifulSoup(renewed.content, "html.parser").select("use")
    assert uses
    assert all(each["href"].startswith("/static/icons") for each in uses)


def test_a_member_taken_out_is_told_that_nothing_of_their_own_is_lost(
    desk: Client, opened: Callable[..., Group]
) -> None:
    pupil, member = joined(opened())
    desk.post(
        f"/gruppen/{member.group.pk}/mitglieder/entfernen/", {"member": member.pk}
    )
    gone = pupil.get(f"/lernen/gruppe/{member.pk}/")
    assert gone.status_code == 404
    assert "Der eigene Lernstand ist noch da." in text_of(gone)


def test_at_level_one_the_month_stands_on_the_board_and_in_the_preview(
    desk: Client, opened: Callable[..., Group], shelf: Shelf
) -> None:
    group = opened(Visibility.COMPLETED)
    _pupil, member = joined(group)
    this_month = date_format(timezone.localdate(), "YEAR_MONTH_FORMAT")
    SharedFact.objects.create(
        membership=member,
        object_key=f"course:{shelf.course.translation_key}",
        state=FactState.DONE,
        month=timezone.localdate().replace(day=1),
    )
    assert this_month in text_of(desk.get(f"/gruppen/{group.pk}/"))
    preview = Client().get(f"/beitreten/gruppe/{group.code}/vorschau/")
    assert this_month in text_of(preview)


def test_leaving_takes_two_steps_and_keeps_the_own_progress(
    opened: Callable[..., Group], shelf: Shelf
) -> None:
    pupil, member = joined(opened())
    pupil.post(shelf.answer_url(), {"option": "1"})
    path = f"/lernen/gruppe/{member.pk}/verlassen/"
    assert "9b verlassen?" in text_of(pupil.get(path))
    pupil.post(path)
    assert not Membership.objects.exists()
    assert not SharedFact.objects.exists()
    assert "Datenspuren lesen" in text_of(pupil.get("/lernen/"))


def test_nobody_opens_the_membership_of_somebody_else(
    opened: Callable[..., Group],
) -> None:
    group = opened()
    _one, member = joined(group)
    other, _member = joined(group)
    for page in ("", "verlassen/"):
        assert other.get(f"/lernen/gruppe/{member.pk}/{page}").status_code == 404
    for page in ("name/", "verlassen/"):
        assert other.post(f"/lernen/gruppe/{member.pk}/{page}").status_code == 404
    assert Membership.objects.count() == 2


def test_a_name_can_be_drawn_again_three_times(opened: Callable[..., Group]) -> None:
    pupil, member = joined(opened())
    names = {member.pseudonym}
    for _draw in range(5):
        pupil.post(f"/lernen/gruppe/{member.pk}/name/")
        names.add(Membership.objects.get().pseudonym)
    assert Membership.objects.get().rerolls == 3
    assert Membership.objects.get().user.display_name in names
    assert Membership.objects.get().user.display_name != member.pseudonym
    assert 1 < len(names) <= 4


def test_a_name_without_an_animal_can_be_drawn(opened: Callable[..., Group]) -> None:
    pupil, member = joined(opened())
    page = BeautifulSoup(
        pupil.get(f"/lernen/gruppe/{member.pk}/").content, "html.parser"
    )
    [button] = page.select("button[name=of]")
    assert button.text == "Ein Name ohne Tier"
    pupil.post(f"/lernen/gruppe/{member.pk}/name/", {"of": button["value"]})
    _adjective, noun, *_number = Membership.objects.get().pseudonym.split(" ")
    assert noun in {name for name, _gender in nouns(Bearer.THING)}
