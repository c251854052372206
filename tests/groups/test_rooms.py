"""A room lives in the cache, loses nothing, and is gone afterwards."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.cache import caches
from django.core.management import call_command
from django.test import override_settings

from courses.groups import rooms, tallies
from courses.groups.checks import check_rooms_are_shared
from courses.groups.counting import Chart
from courses.groups.rooms import Room, RoomError, Ticket

LESSON = uuid4()
EXERCISES = ("wetter-app", "wo-ist-lena")

IN_MEMORY = "django.core.cache.backends.locmem.LocMemCache"
IN_FILES = "learnsite.room_files.RoomFiles"


@pytest.fixture(params=[IN_MEMORY, IN_FILES], autouse=True)
def store(request: Any, tmp_path: Path, settings: Any) -> Iterator[Any]:
    """Rooms behave the same in memory and in files."""
    kept = {"BACKEND": request.param, "LOCATION": str(tmp_path / "rooms")}
    if request.param == IN_MEMORY:
        kept["OPTIONS"] = {"MAX_ENTRIES": 10_000}
    with override_settings(CACHES={**settings.CACHES, "rooms": kept}):
        yield caches["rooms"]
        caches["rooms"].clear()


def everything_in(tmp_path: Path) -> list[Path]:
    return list((tmp_path / "rooms").glob("*.djcache"))


@pytest.fixture
def room() -> Room:
    return rooms.open_room(owner="tom")


def seated(room: Room, number: int) -> list[Ticket]:
    return [rooms.join(room=room) for _pupil in range(number)]


def in_lesson(room: Room) -> Room:
    return rooms.run_lesson(room=room, key=LESSON, exercise_keys=EXERCISES)


def solve(room: Room, ticket: Ticket, *, solved: bool = True) -> None:
    tallies.note_exercise(
        ticket=ticket,
        room=room,
        lesson_key=LESSON,
        exercise_key="wetter-app",
        solved=solved,
    )


def chosen(room: Room, tickets: list[Ticket], *options: int) -> None:
    for ticket, option in zip(tickets, options, strict=True):
        tallies.answer_question(
            ticket=ticket, room=room, running=room.running, chosen=[option]
        )


class TestOpening:
    def test_a_room_is_found_by_its_code_until_it_is_closed(self, room) -> None:
        assert rooms.room_of(room.code) == room
        assert rooms.rooms_of("tom") == [room]
        rooms.close_room(room=room)
        assert rooms.room_of(room.code) is None
        assert rooms.rooms_of("tom") == []

    def test_it_is_gone_after_four_hours_however_much_happens(self) -> None:
        with time_machine.travel("2026-11-23T08:00:00Z", tick=False) as clock:
            room = rooms.open_room(owner="tom")
            clock.shift(3 * 3600 + 3599)
            room = in_lesson(room)
            [ticket] = seated(room, 1)
            assert rooms.room_for(ticket) == room
            clock.shift(2)
            assert rooms.room_of(room.code) is None
            assert rooms.room_for(ticket) is None
            assert rooms.rooms_of("tom") == []

    def test_nobody_has_more_than_three_at_once(self, room) -> None:
        others = [rooms.open_room(owner="tom") for _more in range(2)]
        with pytest.raises(RoomError, match=RoomError.TOO_MANY):
            rooms.open_room(owner="tom")
        assert rooms.open_room(owner="ayse")
        rooms.close_room(room=others[0])
        assert rooms.open_room(owner="tom")

    def test_no_code_means_no_room(self) -> None:
        assert rooms.room_of("") is None


class TestTakingPart:
    def test_each_gets_a_seat_of_their_own(self, room) -> None:
        tickets = seated(room, 3)
        assert len({ticket.seat for ticket in tickets}) == 3
        assert len({ticket.token for ticket in tickets}) == 3
        assert all(rooms.room_for(ticket) == room for ticket in tickets)

    def test_a_made_up_ticket_opens_nothing(self, room) -> None:
        [ticket] = seated(room, 1)
        assert rooms.room_for(Ticket(room.code, ticket.seat, "erfunden")) is None
        assert rooms.room_for(Ticket(room.code, 7, ticket.token)) is None
        assert rooms.room_for(None) is None

    def test_the_room_is_full_at_sixty(self, room) -> None:
        seated(room, 60)
        with pytest.raises(RoomError, match=RoomError.FULL):
            rooms.join(room=room)

    def test_people_are_counted_in_fives(self, room) -> None:
        seated(room, 4)
        assert tallies.people_in(room) == 0
        seated(room, 5)
        assert tallies.people_in(room) == 5


class TestLesson:
    def test_answers_count_once_for_a_seat_and_solved_stays(self, room) -> None:
        room = in_lesson(room)
        tickets = seated(room, 8)
        for ticket in tickets[:6]:
            solve(room, ticket, solved=False)
            solve(room, ticket)
            solve(room, ticket, solved=False)
        for ticket in tickets[6:]:
            solve(room, ticket, solved=False)
        first, second = tallies.exercise_counts(room, room.lessons[0])
        assert (first.answered, first.solved, first.is_hidden) == (5, 5, False)
        assert (second.answered, second.solved, second.is_hidden) == (0, 0, False)

    def test_below_five_nothing_is_said(self, room) -> None:
        room = in_lesson(room)
        for ticket in seated(room, 4):
            solve(room, ticket)
        first, _second = tallies.exercise_counts(room, room.lessons[0])
        assert (first.answered, first.solved, first.is_hidden) == (0, 0, False)

    def test_what_all_solved_is_hidden(self, room) -> None:
        room = in_lesson(room)
        for ticket in seated(room, 6):
            solve(room, ticket)
        first, _second = tallies.exercise_counts(room, room.lessons[0])
        assert first.is_hidden

    def test_a_lesson_that_never_ran_does_not_count(self, room) -> None:
        tickets = seated(room, 5)
        for ticket in tickets:
            solve(room, ticket)
        room = in_lesson(room)
        first, _second = tallies.exercise_counts(room, room.lessons[0])
        assert first.answered == 0

    def test_it_counts_on_while_something_else_runs(self, room) -> None:
        room = in_lesson(room)
        room = rooms.run_poll(room=room, question="Und?", options=("Ja", "Nein"))
        for ticket in seated(room, 5):
            solve(room, ticket)
        first, _second = tallies.exercise_counts(room, room.lessons[0])
        assert first.answered == 5


class TestQuestion:
    @pytest.fixture
    def polled(self, room) -> Room:
        return rooms.run_poll(room=room, question="Und?", options=("Ja", "Nein"))

    def test_only_the_first_answer_of_a_seat_counts(self, polled) -> None:
        tickets = seated(polled, 5)
        chosen(polled, tickets, 0, 0, 0, 1, 1)
        chosen(polled, tickets, 1, 1, 1, 1, 1)
        chart = tallies.new_chart(polled, polled.running, 2)
        assert chart == Chart(5, (3, 2))
        assert tallies.has_answered(tickets[0], polled.running)

    def test_a_chart_stays_until_five_more_have_answered(self, polled) -> None:
        tickets = seated(polled, 10)
        chosen(polled, tickets[:5], 0, 0, 0, 1, 1)
        shown = tallies.new_chart(polled, polled.running, 2)
        chosen(polled, tickets[5:9], 1, 1, 1, 0)
        assert tallies.new_chart(polled, polled.running, 2) == shown
        assert tallies.question_count(polled, polled.running) == 5
        chosen(polled, tickets[9:], 0)
        assert tallies.new_chart(polled, polled.running, 2) == Chart(10, (5, 5))
        assert tallies.last_chart(polled, polled.running) == Chart(10, (5, 5))

    def test_who_only_looks_counts_nothing_anew(self, polled) -> None:
        chosen(polled, seated(polled, 5), 0, 0, 0, 1, 1)
        assert tallies.last_chart(polled, polled.running) == Chart()

    def test_of_two_windows_that_look_at_once_one_decides(
        self, polled, monkeypatch
    ) -> None:
        tickets = seated(polled, 6)
        chosen(polled, tickets[:5], 0, 0, 0, 1, 1)
        looked = tallies._looks(polled, polled.running.about)
        first = tallies.new_chart(polled, polled.running, 2)
        chosen(polled, tickets[5:], 1)
        monkeypatch.setattr(tallies, "_looks", lambda *_about: looked)
        assert tallies.new_chart(polled, polled.running, 2) == first

    def test_a_chart_kept_before_an_upgrade_is_counted_anew(self, polled) -> None:
        before = Chart(5, (3, 2), counted=(3, 2))  # without those whom a teacher added
        about = polled.running.about
        rooms.store().set(rooms.key_of(polled.code, about, "look", 0), before)
        chosen(polled, seated(polled, 10), 0, 0, 0, 1, 1, 0, 0, 1, 1, 1)
        chart = tallies.new_chart(polled, polled.running, 2)
        assert chart == Chart(10, (5, 5))

    def test_the_same_question_asked_again_counts_anew(self, polled) -> None:
        tickets = seated(polled, 5)
        chosen(polled, tickets, 0, 0, 0, 1, 1)
        again = rooms.run_poll(room=polled, question="Und?", options=("Ja", "Nein"))
        assert not tallies.has_answered(tickets[0], again.running)
        assert tallies.new_chart(again, again.running, 2) == Chart()

    def test_result_and_solution_are_shown_when_the_teacher_says_so(self, polled):
        assert not polled.running.shows_result
        shown = rooms.show(room=polled, result=True)
        assert rooms.room_of(polled.code).running.shows_result
        assert not shown.running.shows_solution
        assert rooms.show(room=rooms.run_nothing(room=shown), result=True) is not None


def test_closing_leaves_nothing_behind(room, tmp_path) -> None:
    room = in_lesson(room)
    tickets = seated(room, 6)
    for ticket in tickets:
        solve(room, ticket)
    tallies.exercise_counts(room, room.lessons[0])
    room = rooms.run_poll(room=room, question="Und?", options=("Ja", "Nein"))
    chosen(room, tickets, 0, 0, 0, 1, 1, 1)
    tallies.new_chart(room, room.running, 2)
    rooms.close_room(room=room)
    assert not everything_in(tmp_path)
    assert not vars(caches["rooms"]).get("_cache")


def test_thirty_five_at_once_lose_neither_seat_nor_answer(room, hasty_threads) -> None:
    room = rooms.run_poll(room=room, question="Und?", options=("Ja", "Nein"))

    def attend(number: int) -> Ticket:
        ticket = rooms.join(room=room)
        chosen(room, [ticket], number % 2)
        return ticket

    with ThreadPoolExecutor(12) as pupils:
        tickets = list(pupils.map(attend, range(35)))
    assert len({ticket.seat for ticket in tickets}) == 35
    assert tallies.new_chart(room, room.running, 2) == Chart(35, (18, 17))


def test_what_expired_is_taken_off_the_disk_every_night(tmp_path, room, db) -> None:
    seated(room, 3)
    call_command("housekeeping", stdout=StringIO())
    assert len(everything_in(tmp_path)) in (0, 5)  # in memory, or on the disk
    assert rooms.room_of(room.code) == room
    with time_machine.travel(room.ends + 1):
        call_command("housekeeping", stdout=StringIO())
    assert not everything_in(tmp_path)


def test_without_the_services_folder_nothing_is_swept_and_none_is_made(
    tmp_path, settings
) -> None:
    folder = tmp_path / "not-there"
    kept = {"BACKEND": IN_FILES, "LOCATION": str(folder)}
    with override_settings(CACHES={**settings.CACHES, "rooms": kept}):
        rooms.sweep()
        assert rooms.room_of("7KD4MX") is None
    assert not folder.exists()


def test_operators_are_warned_of_rooms_that_one_process_keeps(store) -> None:
    found = [each.id for each in check_rooms_are_shared()]
    assert found == ([] if hasattr(store, "sweep") else ["courses.W002"])
