"""The picture PIN of a class's card: a second step that no teacher learns of."""

import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from courses.groups.levels import Visibility
from courses.groups.models import Group
from learnsite.accounts import limits, pictures
from learnsite.accounts.models import User
from tests.groups.test_views import (
    desk,
    form,
    lena_client,
    made_cards,
    opened,
    published_shelf,
    renewed,
    shelf,
    signed_in_by,
    text_of,
    visitor,
    words_of,
)

__all__ = [
    "desk", "form", "lena_client", "opened", "published_shelf", "shelf", "visitor",
]  # fmt: skip

pytestmark = pytest.mark.django_db
PIN = ("fish", "moon", "moon", "kite")
OTHER = ("fish", "moon", "kite", "moon")
IN_FILES = "learnsite.room_files.RoomFiles"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Time that stands still for waits: how busy the machine is decides nothing."""
    with time_machine.travel(timezone.now(), tick=False) as still:
        yield still


@pytest.fixture
def group(opened: Callable[..., Group]) -> Group:
    return opened(Visibility.HELP)


@pytest.fixture
def key(desk: Client, group: Group) -> str:
    """The words of a card."""
    [card] = made_cards(desk, group, first=7, last=7)
    return words_of(card)


def with_pin(key: str, chosen: Sequence[str] = PIN) -> Client:
    """Return a pupil's browser after they have set a PIN by pressing pictures."""
    pupil = signed_in_by(key)
    typed = ""
    for name in chosen:
        page = pupil.post("/lernen/bilder/", {"chosen": typed, "picture": name})
        [typed] = re.findall('name="chosen" value="([a-z-]*)"', page.text)
    assert typed == "-".join(chosen)
    shown = re.findall(r'<use href="/static/pictures\.[^#"]*#(\w+)"', page.text)
    assert shown == list(chosen)
    kept = pupil.post("/lernen/bilder/", {"chosen": typed, "keep": "1"})
    assert kept.status_code == 303, text_of(kept)
    return pupil


def press(device: Client, page: Any, chosen: Sequence[str]) -> Any:
    """Press one picture after another, each page as the server sent it."""
    for name in chosen:
        [sealed] = re.findall('name="sealed" value="([^"]+)"', page.text)
        [typed] = re.findall('name="chosen" value="([a-z-]*)"', page.text)
        fields = {"sealed": sealed, "chosen": typed, "picture": name}
        page = device.post("/schluessel/bilder/", fields)
    return page


def asked_for_pictures(key: str) -> tuple[Client, Any]:
    device = Client(headers={"Sec-Fetch-Site": "same-origin"})
    return device, device.post("/schluessel/", {"key": key})


def test_the_pictures_are_asked_after_the_key_and_let_in(key: str) -> None:
    with_pin(key)
    device, page = asked_for_pictures(key)
    assert "Bild 1 von 4" in text_of(page)
    assert not device.cookies.get("sessionid")
    assert press(device, page, PIN).status_code == 302
    assert "9b" in text_of(device.get("/lernen/"))


def test_wrong_pictures_say_so_and_begin_anew(key: str) -> None:
    with_pin(key)
    device, page = asked_for_pictures(key)
    wrong = press(device, page, OTHER)
    assert wrong.status_code == 422
    assert "nicht die richtigen Bilder" in text_of(wrong)
    assert "Bild 1 von 4" in text_of(wrong)
    assert press(device, wrong, PIN).status_code == 302


def test_guessing_is_kept_waiting_and_the_right_pictures_count_afterwards(
    key: str, clock: time_machine.Traveller
) -> None:
    with_pin(key)
    device, page = asked_for_pictures(key)
    for _guess in range(limits.FREE_PICTURES + 1):
        page = press(device, page, OTHER)
    refused = press(device, page, PIN)  # not even looked at
    assert refused.status_code == 429
    assert refused["Retry-After"] == "1"
    assert "Bitte 1 Sekunde warten" in text_of(refused)
    clock.shift(1)
    assert press(device, refused, PIN).status_code == 302


def test_waits_hold_in_every_process_and_tell_whose_in_none(
    clock: time_machine.Traveller, settings: Any, tmp_path: Path
) -> None:
    shared = {"BACKEND": IN_FILES, "LOCATION": str(tmp_path)}
    settings.CACHES = {**settings.CACHES, "rooms": shared}
    owner = uuid4()
    waits = []
    for _guess in range(limits.FREE_PICTURES + 3):
        waits.append(limits.try_pictures(owner).wait)
        settings.CACHES = {**settings.CACHES}  # as another process, with no memory
    assert waits == [0] * (limits.FREE_PICTURES + 1) + [1, 1]
    written = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert written
    assert owner.hex.encode() not in written
    assert str(owner).encode() not in written


def test_waits_grow_with_each_wrong_try_and_end_with_the_hour(
    clock: time_machine.Traveller,
) -> None:
    waits = []
    for _guess in range(limits.FREE_PICTURES + 7):
        assert limits.try_pictures("a").wait == 0
        refused = limits.try_pictures("a")
        waits.append(refused.wait)
        if not refused.wait:
            refused.was_right()
        clock.shift(refused.wait)
    assert waits == [0] * limits.FREE_PICTURES + [1, 2, 4, 8, 16, 30, 30]
    assert limits.try_pictures("b").wait == 0
    clock.shift(limits.SALT_SECONDS)
    assert [limits.try_pictures("a").wait for _guess in range(2)] == [0, 0]


def test_right_pictures_are_no_try(clock: time_machine.Traveller) -> None:
    for _time in range(limits.FREE_PICTURES + 3):
        attempt = limits.try_pictures("a")
        assert attempt.wait == 0
        attempt.was_right()


def test_of_many_tries_at_once_few_are_looked_at(
    hasty_threads: None,
    clock: time_machine.Traveller,
    settings: Any,
    tmp_path: Path,
) -> None:
    shared = {"BACKEND": IN_FILES, "LOCATION": str(tmp_path)}
    settings.CACHES = {**settings.CACHES, "rooms": shared}
    limits.try_pictures("a").was_right()  # the salt of the hour is there
    with ThreadPoolExecutor(8) as pool:
        tries = list(pool.map(limits.try_pictures, ["a"] * 40))
    looked_at = [each for each in tries if not each.wait]
    assert 0 < len(looked_at) <= limits.FREE_PICTURES + 1


def test_a_sign_in_half_done_is_worth_nothing_later(
    key: str, desk: Client, group: Group
) -> None:
    with_pin(key)
    device, page = asked_for_pictures(key)
    renewed(desk, f"/gruppen/{group.pk}/karten/{group.members.get().pk}/")
    late = press(device, page, PIN[:1])
    assert late.status_code == 302
    assert "Karte wurde inzwischen ersetzt" in text_of(device.get(late["Location"]))
    assert device.post("/schluessel/bilder/", {"sealed": "x"}).status_code == 302


def test_only_hashes_are_kept_and_alike_pins_differ(key: str) -> None:
    with_pin(key)
    kept = User.objects.exclude(picture_pin="").get()
    assert re.fullmatch("[0-9a-f]{64}", kept.picture_pin)
    assert kept.picture_pin == pictures.pin_hashes(kept.pk, PIN)[0]
    assert kept.picture_pin not in pictures.pin_hashes("somebody else", PIN)


def test_setting_a_pin_signs_other_devices_out(key: str) -> None:
    finder = signed_in_by(key)
    pupil = with_pin(key)
    assert "9b" not in text_of(finder.get("/lernen/"))
    assert "9b" in text_of(pupil.get("/lernen/"))


def test_whoever_knows_the_pictures_removes_them(key: str) -> None:
    pupil = with_pin(key)
    wrong = {"chosen": "-".join(OTHER)}
    assert pupil.post("/lernen/bilder/", wrong).status_code == 422
    assert User.objects.exclude(picture_pin="").exists()
    assert "Bilder-PIN entfernen" in text_of(pupil.get("/meine-daten/"))
    right = pupil.post("/lernen/bilder/", {"chosen": "-".join(PIN)})
    assert right.status_code == 303
    assert "9b" in text_of(signed_in_by(key).get("/lernen/"))


def test_a_new_card_opens_without_the_old_pictures_and_the_pupil_reads_so(
    desk: Client, group: Group, key: str
) -> None:
    with_pin(key)
    page = renewed(desk, f"/gruppen/{group.pk}/karten/{group.members.get().pk}/")
    [card] = BeautifulSoup(page.content, "html.parser").select(".class-card")
    pupil = signed_in_by(words_of(card))
    for path in ("/lernen/", f"/lernen/gruppe/{group.members.get().pk}/"):
        shown = text_of(pupil.get(path))
        assert "Diese Karte wurde am" in shown
        assert "Eine Bilder-PIN dazu ist weg." in shown


def test_no_page_of_the_teacher_tells_whether_there_is_a_pin(
    desk: Client, group: Group, key: str
) -> None:
    member = group.members.get()
    base = f"/gruppen/{group.pk}/"
    paths = [
        base, f"{base}stand/", f"{base}mitglieder/", f"{base}karten/",
        f"{base}karten/{member.pk}/", f"{base}beitritt/", f"{base}loeschen/",
        f"{base}frage/", f"{base}frage/auswahl/",
    ]  # fmt: skip
    before = [desk.get(path).content for path in paths]
    with_pin(key)
    assert [desk.get(path).content for path in paths] == before


def test_who_has_no_card_is_offered_none(visitor: Client) -> None:
    assert visitor.get("/lernen/bilder/").status_code == 302
    pupil = Client(headers={"Sec-Fetch-Site": "same-origin"})
    pupil.post("/schluessel/neu/", follow=True)
    assert pupil.get("/lernen/bilder/").status_code == 404
