"""A question to a whole class: asked, answered once, shown in steps, kept nowhere."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from courses.groups import rounds, services, window
from courses.groups.counting import Answers, Chart, next_class_chart, percentages
from courses.groups.levels import Scope, TaskKind, Visibility
from courses.groups.models import Group, Membership, Organisation, StaffRole
from courses.groups.roles import Role
from courses.progress.models import Attempt
from learnsite.accounts.models import Session, User
from tests.factories import lesson, single_choice, text
from tests.groups.test_views import (
    browser_of,
    desk,
    form,
    joined,
    lena_client,
    made_cards,
    opened,
    published_shelf,
    shelf,
    signed_in_by,
    text_of,
    visitor,
    words_of,
)
from tests.player.conftest import Shelf
from tests.player.test_rooms import bars
from tests.player.test_statements import statements

__all__ = [
    "desk", "form", "lena_client", "opened", "published_shelf", "shelf", "visitor",
]  # fmt: skip

pytestmark = pytest.mark.django_db
LAB = "stadtdersensoren"


@pytest.fixture(autouse=True)
def _no_rounds_left_over() -> None:
    caches["rooms"].clear()


@pytest.fixture
def group(desk: Client, opened: Callable[..., Group]) -> Group:
    desk.defaults["wsgi.multiprocess"] = False
    return opened(Visibility.HELP)


def page(group: Group, name: str = "") -> str:
    return f"/gruppen/{group.pk}/frage/{name}"


def of_member(group: Group, name: str = "") -> str:
    return f"/lernen/frage/{group.pk}/{name}"


def ask(desk: Client, group: Group, *options: str, question: str = "Und?") -> None:
    fields = {f"option_{n}": each for n, each in enumerate(options, start=1)}
    path = page(group, "umfrage/")
    response = desk.post(path, {"question": question, **fields})
    assert response.status_code == 303, text_of(response)


def answer(pupil: Client, group: Group, option: int, number: int = 1) -> Any:
    fields = {"number": str(number), "option": str(option)}
    return pupil.post(of_member(group, "antwort/"), fields)


def pupils_in(group: Group, number: int) -> list[Client]:
    return [joined(group)[0] for _pupil in range(number)]


def shown_on_the_wall(desk: Client, group: Group) -> Any:
    desk.post(page(group, "zeigen/"), {"result": "show"})
    return desk.get(page(group))


def whole_database() -> str:
    """Return every row of every table but sessions, which name nobody's answer."""
    models = [m for m in apps.get_models() if m is not Session and m._meta.managed]
    rows = [list(model._base_manager.order_by("pk")) for model in models]
    return json.dumps([serializers.serialize("json", each) for each in rows])


def test_a_poll_is_answered_once_by_each_and_shown_from_five(
    desk: Client, group: Group
) -> None:
    pupils = pupils_in(group, 5)
    ask(desk, group, "Ja", "Nein", question="Wer bleibt heute offline?")
    assert "Wer bleibt heute offline?" in text_of(pupils[0].get(of_member(group)))
    for option, pupil in zip((0, 0, 1, 1), pupils, strict=False):
        assert answer(pupil, group, option).status_code == 303
        answer(pupil, group, 1 - option)  # a second answer changes nothing
    before = shown_on_the_wall(desk, group)
    assert "Noch haben weniger als 5 Personen geantwortet." in text_of(before)
    assert bars(before) == []

    answer(pupils[4], group, 0)

    after = desk.get(page(group))
    assert "5 oder mehr Personen haben geantwortet." in text_of(after)
    assert bars(after) == ["Ja etwa 60 %", "Nein etwa 40 %"]
    seen = pupils[0].get(of_member(group))
    assert "Die Antwort ist angekommen" in text_of(seen)
    assert bars(seen) == bars(after)


def test_where_nearly_all_answer_alike_nothing_is_shown(
    desk: Client, group: Group
) -> None:
    pupils = pupils_in(group, 5)
    ask(desk, group, "Ja", "Nein")
    for option, pupil in zip((0, 0, 0, 0, 1), pupils, strict=True):
        answer(pupil, group, option)
    wall = shown_on_the_wall(desk, group)
    assert "Fast alle haben gleich geantwortet, oder" in text_of(wall)
    assert bars(wall) == []


def test_an_exercise_of_the_tasks_is_asked_and_kept_out_of_progress(
    desk: Client, group: Group, shelf: Shelf
) -> None:
    pupil, _member = joined(group)
    offer = desk.get(page(group, "auswahl/"))
    [key, *_more] = re.findall('name="exercise" value="([^"]+)"', offer.text)
    lesson_key = str(shelf.first.translation_key)
    path = page(group, "starten/")
    assert desk.post(path, {"lesson": lesson_key, "exercise": key}).status_code == 303
    form_page = pupil.get(of_member(group))
    assert of_member(group, "antwort/") in form_page.text
    answer(pupil, group, 1)
    assert "Die Antwort ist angekommen" in text_of(pupil.get(of_member(group)))
    assert not Attempt.objects.exists()
    elsewhere = {"lesson": lesson_key, "exercise": "gibtesnicht"}
    assert desk.post(path, elsewhere).status_code == 404


def test_a_whole_round_changes_no_row_of_any_table(desk: Client, group: Group) -> None:
    pupils = pupils_in(group, 6)
    before = whole_database()
    ask(desk, group, "Ja", "Nein")
    for number, pupil in enumerate(pupils):
        pupil.get("/lernen/frage/")
        pupil.get(of_member(group))
        answer(pupil, group, number % 2)
        pupil.get(of_member(group, "stand/"))
    shown_on_the_wall(desk, group)
    desk.get(page(group, "stand/"))
    desk.post(page(group, "beenden/"))
    assert whole_database() == before


def test_nothing_of_it_stands_beside_individual_progress(
    desk: Client, group: Group
) -> None:
    pupils = pupils_in(group, 5)
    before = desk.get(f"/gruppen/{group.pk}/stand/").content
    ask(desk, group, "Lieber lesen", "Lieber hören")
    for number, pupil in enumerate(pupils):
        answer(pupil, group, number % 2)
    shown_on_the_wall(desk, group)
    assert desk.get(f"/gruppen/{group.pk}/stand/").content == before
    assert "Lieber" not in text_of(desk.get(f"/gruppen/{group.pk}/"))


def test_an_ended_round_is_gone_from_the_cache(desk: Client, group: Group) -> None:
    pupils = pupils_in(group, 5)
    before = set(vars(caches["rooms"])["_cache"])
    ask(desk, group, "Ja", "Nein")
    for number, pupil in enumerate(pupils):
        answer(pupil, group, number % 2)
    shown_on_the_wall(desk, group)
    assert desk.post(page(group, "beenden/")).url == f"/gruppen/{group.pk}/"
    left = {key for key in vars(caches["rooms"])["_cache"] if ":by:" not in key}
    assert left == before
    assert "Gleich geht es los" in text_of(pupils[0].get(of_member(group)))


def test_the_cache_holds_no_name_and_no_order(desk: Client, group: Group) -> None:
    pupil, member = joined(group)
    ask(desk, group, "Ja", "Nein")
    answer(pupil, group, 0)
    kept = " ".join(vars(caches["rooms"])["_cache"])
    for secret in (member.pk, member.user.pk, member.pseudonym):
        assert str(secret) not in kept


def test_who_leaves_and_comes_back_is_counted_once(desk: Client, group: Group) -> None:
    pupils = pupils_in(group, 5)
    ask(desk, group, "Ja", "Nein")
    for option, pupil in zip((0, 0, 0, 1, 1), pupils, strict=True):
        answer(pupil, group, option)
    member = Membership.objects.order_by("number")[0]
    user = member.user
    services.leave(membership=member)
    services.join(group=group, user=user)
    back = browser_of(user, second_factor=False)
    answer(back, group, 1)
    assert bars(shown_on_the_wall(desk, group)) == ["Ja etwa 60 %", "Nein etwa 40 %"]


def test_a_member_taken_out_in_the_middle_is_told_and_nothing_is_half_done(
    desk: Client, group: Group, shelf: Shelf
) -> None:
    pupil, member = joined(group)
    ask(desk, group, "Ja", "Nein")
    assert "Frage an alle" in text_of(pupil.get(shelf.first.url))
    desk.post(f"/gruppen/{group.pk}/mitglieder/entfernen/", {"member": member.pk})
    before = set(vars(caches["rooms"])["_cache"])

    refused = answer(pupil, group, 0)

    assert refused.status_code == 404
    assert "Der eigene Lernstand ist noch da." in text_of(refused)
    assert pupil.get(of_member(group, "stand/")).status_code == 410
    assert set(vars(caches["rooms"])["_cache"]) == before
    answered = pupil.post(shelf.answer_url(), {"option": "1"})
    assert answered.status_code == 303
    assert Attempt.objects.get().best == 100
    lesson_now = pupil.get(shelf.first.url)
    assert "Frage an alle" not in text_of(lesson_now)
    assert "Ich hänge fest" not in text_of(lesson_now)


def test_strangers_neither_ask_nor_see_nor_answer(
    desk: Client, group: Group, school: Organisation
) -> None:
    colleague = User.objects.create_user(username="jan", display_name="Jan")
    StaffRole.objects.create(
        organisation=school, user=colleague, role=Role.TEACHER.value
    )
    ask(desk, group, "Ja", "Nein")
    other = browser_of(colleague)
    for name in ("", "stand/", "auswahl/", "umfrage/"):
        assert other.get(page(group, name)).status_code == 404
    assert other.post(page(group, "beenden/")).status_code == 404
    assert other.get(of_member(group)).status_code == 404
    assert answer(other, group, 0).status_code == 404
    assert Client().get(of_member(group)).status_code == 302


def test_an_answer_to_what_runs_no_more_is_dropped(desk: Client, group: Group) -> None:
    pupil, _member = joined(group)
    ask(desk, group, "Ja", "Nein")
    ask(desk, group, "Rot", "Blau")
    answer(pupil, group, 0, number=1)
    assert "Rot" in text_of(pupil.get(of_member(group)))
    assert answer(pupil, group, 7, number=2).status_code == 422


def test_the_notice_stands_where_members_are_and_costs_little(
    desk: Client, group: Group, shelf: Shelf
) -> None:
    pupil, _member = joined(group)
    assert "Frage an alle" not in text_of(pupil.get("/lernen/"))
    ask(desk, group, "Ja", "Nein")
    for path in ("/lernen/", shelf.first.url):
        assert "Frage an alle in „9b“" in text_of(pupil.get(path))
    tag = pupil.get("/lernen/frage/")["ETag"]
    headers = {"If-None-Match": tag}
    unchanged = []
    found = statements(
        lambda: unchanged.append(pupil.get("/lernen/frage/", headers=headers))
    )
    assert unchanged[0].status_code == 304
    assert len(found) == 3, found  # session, person, groups
    answer(pupil, group, 0)
    assert "Beantwortet." in text_of(pupil.get("/lernen/frage/", headers=headers))
    assert pupil.get(of_member(group))["Cache-Control"] == "no-store, private"


def test_the_wall_is_renewed_by_a_tag(desk: Client, group: Group) -> None:
    pupils = pupils_in(group, 5)
    ask(desk, group, "Ja", "Nein")
    headers = {"If-None-Match": desk.get(page(group, "stand/"))["ETag"]}
    answer(pupils[0], group, 0)  # one alone changes nothing on the wall
    assert desk.get(page(group, "stand/"), headers=headers).status_code == 304
    for pupil in pupils[1:]:
        answer(pupil, group, 1)
    assert desk.get(page(group, "stand/"), headers=headers).status_code == 200


def test_printed_cards_do_not_make_a_class_look_large(
    desk: Client, group: Group
) -> None:
    cards = made_cards(desk, group, first=1, last=6)
    ask(desk, group, "Ja", "Nein")
    for number, card in enumerate(cards):
        answer(signed_in_by(words_of(card)), group, number % 2)
    wall = shown_on_the_wall(desk, group)
    assert bars(wall) == []
    assert "Eine Karte zählt erst mit, wenn" in text_of(wall)
    for pupil in pupils_in(group, 5):
        answer(pupil, group, 0)
    assert bars(desk.get(page(group))) == []  # those who joined all chose alike


def test_a_class_of_cards_sees_a_chart_once_five_have_a_picture_pin(
    desk: Client, group: Group
) -> None:
    cards = made_cards(desk, group, first=1, last=5)
    pupils = [signed_in_by(words_of(card)) for card in cards]
    User.objects.filter(display_name__in=group.members.values("pseudonym")).update(
        picture_pin="a" * 64
    )
    ask(desk, group, "Ja", "Nein")
    for number, pupil in enumerate(pupils):
        assert bars(shown_on_the_wall(desk, group)) == []
        answer(pupil, group, number % 2)
    assert len(bars(shown_on_the_wall(desk, group))) == 2


@pytest.mark.parametrize("where", ["frage/", "frage/auswahl/", "karten/", ""])
def test_where_cards_are_printed_and_questions_asked_stands_when_cards_count(
    desk: Client, opened: Callable[..., Group], where: str
) -> None:
    desk.defaults["wsgi.multiprocess"] = False
    group = opened(Visibility.NOBODY)
    made_cards(desk, group, first=1, last=2)
    shown = text_of(desk.get(f"/gruppen/{group.pk}/{where}"))
    assert "Eine Karte zählt erst mit, wenn" in shown
    if where.endswith(("auswahl/", "karten/")):
        assert "ab 5 Antworten" in shown


def test_processes_that_share_nothing_ask_nothing(desk: Client, group: Group) -> None:
    shared = {"wsgi.multiprocess": True}
    assert "CACHE_URL" in text_of(desk.get(page(group), **shared))
    fields = {"question": "Und?", "option_1": "Ja", "option_2": "Nein"}
    assert desk.post(page(group, "umfrage/"), fields, **shared).status_code == 303
    assert rounds.round_of(group.pk) is None


def test_an_administration_needs_ten(
    desk: Client, teacher: User, town_hall: Organisation, shelf: Shelf
) -> None:
    desk.defaults["wsgi.multiprocess"] = False
    StaffRole.objects.create(
        organisation=town_hall, user=teacher, role=Role.TEACHER.value
    )
    group = services.open_group(
        organisation=town_hall,
        teacher=teacher,
        title="Bürgeramt",
        level=Visibility.COMPLETED,
        ends=timezone.localdate() + timedelta(days=9),
        scopes=[(TaskKind.COURSE, Scope(shelf.course.translation_key))],
    )
    window.open_window(group)
    ask(desk, group, "Ja", "Nein")
    pupils = pupils_in(group, 10)
    for number, pupil in enumerate(pupils[:9]):
        answer(pupil, group, number % 2)
    assert bars(shown_on_the_wall(desk, group)) == []
    answer(pupils[9], group, 1)
    assert bars(desk.get(page(group))) == ["Ja etwa 50 %", "Nein etwa 50 %"]


# --- What a lab leads to --------------------------------------------------------------


@pytest.fixture
def lab_group(
    desk: Client, shelf: Shelf, teacher: User, open_group: Callable[..., Group]
) -> Group:
    """A class whose course has a lesson with a lab."""
    desk.defaults["wsgi.multiprocess"] = False
    body = [text(), {"type": "lab", "value": {"lab": LAB}}, single_choice()]
    lesson(shelf.course, slug="labor", title="Im Labor", body=body)
    key = shelf.course.translation_key
    made = open_group(scopes=[(TaskKind.COURSE, Scope(key))])
    window.open_window(made)
    return made


def lab_lesson(desk: Client, group: Group) -> str:
    """Return the key of the lesson with the lab, as the choice names it."""
    offer = desk.get(page(group, "auswahl/")).text
    before = offer[: offer.index(f'name="lab" value="{LAB}"')]
    return re.findall('name="lesson" value="([^"]+)"', before)[-1]


def test_a_labs_decision_is_offered_only_while_it_is_asked_for(
    desk: Client, lab_group: Group
) -> None:
    pupil, _member = joined(lab_group)
    path = "/kurse/spuren/labor/"
    assert "data-lab-decision" not in pupil.get(path).text
    ask(desk, lab_group, "Ja", "Nein")
    assert "data-lab-decision" not in pupil.get(path).text

    fields = {"lesson": lab_lesson(desk, lab_group), "lab": LAB}
    assert desk.post(page(lab_group, "starten/"), fields).status_code == 303

    shown = pupil.get(path)
    assert f'data-lab-decision="{LAB}"' in shown.text
    assert re.findall('data-option="(.*?)"', shown.text) == [
        "accept", "conditioned", "reject", "later",
    ]  # fmt: skip
    assert "data-lab-decision" in pupil.get(f"/lernen/frage/labor/{LAB}/").text
    assert answer(pupil, lab_group, 4, number=2).status_code == 422
    assert answer(pupil, lab_group, 1, number=2).status_code == 303
    assert "data-lab-decision" not in pupil.get(path).text
    desk.post(page(lab_group, "beenden/"))
    assert "data-lab-decision" not in pupil.get(path).text


def test_only_labs_of_the_tasks_that_lead_to_a_decision_are_asked(
    desk: Client, lab_group: Group
) -> None:
    fields = {"lesson": lab_lesson(desk, lab_group), "lab": "wiedererkannt"}
    assert desk.post(page(lab_group, "starten/"), fields).status_code == 404


def test_rare_answers_of_a_class_share_a_line_for_everybody(
    desk: Client, group: Group
) -> None:
    pupils = pupils_in(group, 6)
    ask(desk, group, "Nie", "Selten", "Oft", "Immer")
    for option, pupil in zip((1, 1, 1, 3, 3, 0), pupils, strict=True):
        answer(pupil, group, option)
    wall = shown_on_the_wall(desk, group)
    assert bars(wall) == [
        "Selten etwa 50 %",
        "Immer etwa 35 %",
        "Zusammen: Nie Oft etwa 15 %",
    ]
    assert bars(pupils[0].get(of_member(group))) == bars(wall)


def test_a_card_that_stands_alone_is_told_to_nobody(desk: Client, group: Group) -> None:
    """It is somebody's answer, whether it counts towards the five or not."""
    [card] = made_cards(desk, group, first=1, last=1)
    pupils = pupils_in(group, 5)
    ask(desk, group, "Nie", "Selten", "Oft", "Immer")
    for option, pupil in zip((1, 1, 1, 3, 3), pupils, strict=True):
        answer(pupil, group, option)
    answer(signed_in_by(words_of(card)), group, 0)
    assert bars(shown_on_the_wall(desk, group)) == [
        "Selten etwa 50 %",
        "Immer etwa 35 %",
        "Zusammen: Nie Oft etwa 15 %",
    ]


# --- Pure: what a chart of a class may show -------------------------------------------


def test_added_members_are_in_the_chart_and_not_in_its_steps() -> None:
    joined_, added = Answers(5, (3, 2)), Answers(5, (0, 5))
    chart = next_class_chart(Chart(), joined_, added)
    assert chart == Chart(5, (3, 7), people=10)
    assert percentages(chart) == (30, 70)
    more = Answers(9, (0, 9))
    assert next_class_chart(chart, joined_, more) == chart
    four = Answers(4, (2, 2))
    assert next_class_chart(Chart(), four, added) == Chart()


def test_added_members_do_not_make_an_alike_class_look_mixed() -> None:
    alike, added = Answers(5, (5, 0)), Answers(4, (0, 4))
    assert next_class_chart(Chart(), alike, added).is_hidden
