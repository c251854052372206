"""A room from its opening to its end, as teacher and pupils meet it."""

import json
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from courses.exercises.types.reflection.examples import VALUES as REFLECTIONS
from courses.groups import rooms
from courses.groups.models import Group, Kind, Organisation
from tests.factories import lesson, single_choice, text
from tests.factories import option as choice
from tests.player.test_statements import statements

pytestmark = pytest.mark.django_db

ROOMS = "/gruppen/raum/"
ALONE = {"wsgi.multiprocess": False}
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}
ANSWER = "/raum/antwort/"
REFLECTION = {"type": "reflection", "value": REFLECTIONS[0]}


def browser(**extra: Any) -> Client:
    """A browser of its own; checks cross-site requests as in production."""
    return Client(enforce_csrf_checks=True, headers=SAME_ORIGIN, **ALONE, **extra)


@pytest.fixture
def tom(lena) -> Client:
    """A teacher's browser, signed in by a learning key."""
    client = browser()
    client.force_login(lena, backend="learnsite.accounts.backends.LearningKeyBackend")
    return client


def opened(teacher: Client, **fields: str) -> str:
    """Open a room and return its code."""
    response = teacher.post(ROOMS, fields)
    assert response.status_code == 303
    return response.url.removeprefix(ROOMS).strip("/")


def pupils_in(code: str, number: int) -> list[Client]:
    """Let pupils in, each with a browser of their own."""
    found = []
    for _pupil in range(number):
        client = browser()
        assert client.post("/beitreten/", {"code": code}).url == "/raum/"
        found.append(client)
    return found


def run(teacher: Client, code: str, **fields: str) -> None:
    assert teacher.post(f"{ROOMS}{code}/starten/", fields).status_code == 303


def poll(teacher: Client, code: str, *options: str) -> None:
    fields = {f"option_{n}": each for n, each in enumerate(options, start=1)}
    response = teacher.post(f"{ROOMS}{code}/umfrage/", {"question": "Und?", **fields})
    assert response.status_code == 303


def show(teacher: Client, code: str, name: str, value: str = "show") -> None:
    assert teacher.post(f"{ROOMS}{code}/zeigen/", {name: value}).status_code == 303


def answer(pupil: Client, option: int, number: int = 1) -> Any:
    return pupil.post(ANSWER, {"number": str(number), "option": str(option)})


def words(response: Any) -> str:
    page = BeautifulSoup(response.content, "html.parser")
    return " ".join((page.main or page).get_text(" ").split())


def bars(response: Any) -> list[str]:
    page = BeautifulSoup(response.content, "html.parser")
    return [" ".join(each.get_text(" ").split()) for each in page.select(".bars > li")]


class TestOpening:
    def test_who_is_not_signed_in_gets_a_key_in_one_click_and_comes_back(self, shelf):
        visitor = browser()
        page = visitor.get(f"{ROOMS}?lektion={shelf.first.translation_key}")
        soup = BeautifulSoup(page.content, "html.parser")
        back = soup.select_one("main input[name=next]")["value"]
        assert back == f"{ROOMS}?lektion={shelf.first.translation_key}"
        card = visitor.post("/schluessel/neu/", {"next": back}, follow=True)
        assert back in card.text
        assert words(visitor.get(back)).startswith("Raum öffnen")

    def test_posting_unsigned_leads_to_signing_in(self, shelf) -> None:
        response = browser().post(ROOMS)
        assert response.url == f"/schluessel/?next={ROOMS}"

    def test_one_step_leads_to_code_qr_and_address(self, shelf, tom) -> None:
        code = opened(tom)
        page = tom.get(f"{ROOMS}{code}/")
        assert f"{code[:3]} {code[3:]}" in words(page)
        assert "/beitreten/" in words(page)
        assert 'class="qr-code"' in page.text
        assert "Noch sind weniger als 5 Personen hier." in words(page)

    def test_a_lesson_can_be_brought_along(self, shelf, tom) -> None:
        code = opened(tom, lesson=str(shelf.first.translation_key))
        assert "Ein Tag mit Spuren" in words(tom.get(f"{ROOMS}{code}/"))
        link = f"{ROOMS}?lektion={shelf.first.translation_key}"
        assert "„Ein Tag mit Spuren“" in words(tom.get(link))

    def test_a_fourth_room_is_refused_in_words(self, shelf, tom) -> None:
        for _room in range(3):
            opened(tom)
        response = tom.post(ROOMS)
        assert response.status_code == 409
        assert "3 Räume" in words(response)
        assert len(BeautifulSoup(response.content, "html.parser").select("a")) >= 3

    def test_processes_that_share_nothing_offer_no_rooms(self, shelf, tom) -> None:
        page = tom.get(ROOMS, **{"wsgi.multiprocess": True})
        assert "CACHE_URL" in words(page)
        response = tom.post(ROOMS, **{"wsgi.multiprocess": True})
        assert response.status_code == 503

    def test_a_room_of_somebody_else_is_not_found(self, shelf, tom, lena) -> None:
        code = opened(tom)
        stranger = browser()
        stranger.post("/schluessel/neu/", follow=True)
        assert stranger.get(f"{ROOMS}{code}/").status_code == 410
        assert stranger.post(f"{ROOMS}{code}/schliessen/").status_code == 410
        assert tom.get(f"{ROOMS}{code}/").status_code == 200


class TestJoining:
    @pytest.mark.parametrize("change", [str.lower, lambda c: f" {c[:3]}-{c[3:]} "])
    def test_the_code_forgives(self, shelf, tom, change) -> None:
        code = opened(tom)
        pupil = browser()
        response = pupil.post("/beitreten/", {"code": change(code)})
        assert (response.status_code, response.url) == (303, "/raum/")
        assert pupil.get("/raum/").status_code == 200

    def test_the_address_of_the_qr_code_takes_no_seat_by_itself(self, shelf, tom):
        code = opened(tom)
        pupil = browser()
        page = pupil.get(f"/beitreten/{code}/")
        assert page.status_code == 200
        assert not pupil.cookies
        assert rooms.room_of(code)
        assert not rooms.store().has_key(f"room:{code}:seat:1")
        assert pupil.post(f"/beitreten/{code}/").url == "/raum/"
        assert pupil.get(f"/beitreten/{code}/").url == "/raum/"

    def test_the_cookie_ends_with_the_browser_and_scripts_cannot_read_it(
        self, shelf, tom
    ) -> None:
        [pupil] = pupils_in(opened(tom), 1)
        cookie = pupil.cookies["raum"]
        assert cookie["max-age"] == cookie["expires"] == ""
        assert cookie["httponly"]
        assert list(pupil.cookies) == ["raum"]

    def test_joining_twice_takes_one_seat(self, shelf, tom) -> None:
        code = opened(tom)
        [pupil] = pupils_in(code, 1)
        assert pupil.post("/beitreten/", {"code": code}).url == "/raum/"
        assert not rooms.store().has_key(f"room:{code}:seat:2")

    def test_who_leads_does_not_count_as_a_pupil(self, shelf, tom) -> None:
        code = opened(tom)
        assert tom.post("/beitreten/", {"code": code}).url == f"{ROOMS}{code}/"
        assert not rooms.store().has_key(f"room:{code}:seat:1")

    def test_a_full_room_says_so(self, shelf, tom) -> None:
        code = opened(tom)
        for _seat in range(60):
            rooms.join(room=rooms.room_of(code))
        response = browser().post("/beitreten/", {"code": code})
        assert response.status_code == 409
        assert "Alle Plätze sind belegt." in words(response)

    def test_wrong_codes_are_counted_and_the_right_one_passes(self, shelf, tom):
        code = opened(tom)
        pupil = browser(REMOTE_ADDR="192.0.2.7")
        answers = [pupil.post("/beitreten/", {"code": "000000"}) for _try in range(33)]
        assert {each.status_code for each in answers} == {404}
        assert "Bitte 1 Sekunde warten" not in words(answers[0])
        assert "warten" in words(answers[-1])
        assert "Bitte mit der Tafel vergleichen." in words(answers[0])
        assert pupil.post("/beitreten/", {"code": code}).url == "/raum/"

    def test_guessing_by_address_counts_too(self, shelf) -> None:
        pupil = browser(REMOTE_ADDR="192.0.2.8")
        answers = [pupil.get("/beitreten/000000/") for _try in range(33)]
        assert "warten" in words(answers[-1])

    def test_what_is_no_code_is_told_apart(self, shelf) -> None:
        response = browser().post("/beitreten/", {"code": "Banane!"})
        assert response.status_code == 404
        assert "sechs Buchstaben und Zahlen" in words(response)

    def test_the_code_of_a_class_leads_to_the_class(
        self, shelf, tom, class_code
    ) -> None:
        response = browser().post("/beitreten/", {"code": class_code.lower()})
        assert response.url == f"/beitreten/gruppe/{class_code}/"

    def test_without_a_seat_the_room_asks_for_a_code(self, shelf) -> None:
        assert browser().get("/raum/").url == "/beitreten/"

    @pytest.mark.parametrize("value", ["", "x", "7KD4MX/1/abc.falsch", "a.b.c"])
    def test_a_made_up_cookie_opens_nothing(self, shelf, value) -> None:
        pupil = browser()
        pupil.cookies["raum"] = value
        assert pupil.get("/raum/").url == "/beitreten/"
        assert pupil.post(ANSWER, {"option": "1"}).url == "/beitreten/"
        assert pupil.get("/raum/stand/").status_code == 410


@pytest.fixture
def class_code(db: None) -> str:
    school = Organisation.objects.create(name="Schule am Wehr", kind=Kind.SCHOOL)
    group = Group.objects.create(
        organisation=school, title="9b", code="7KD4MX", level=0, seats=30,
        starts=date(2026, 1, 1), ends=date(2099, 1, 1), delete_on=date(2099, 2, 1),
    )  # fmt: skip
    return group.code


class TestLesson:
    @pytest.fixture
    def code(self, shelf, tom) -> str:
        return opened(tom, lesson=str(shelf.first.translation_key))

    def test_pupils_are_led_to_it_and_back(self, shelf, code) -> None:
        [pupil] = pupils_in(code, 1)
        page = pupil.get("/raum/")
        assert 'href="/kurse/spuren/tag/"' in page.text
        there = pupil.get("/kurse/spuren/tag/")
        assert "Zurück zum Raum" in there.text
        assert "Zurück zum Raum" not in browser().get("/kurse/spuren/tag/").text

    def test_answers_count_from_five_on_and_in_fives(self, shelf, tom, code) -> None:
        pupils = pupils_in(code, 7)
        for number, pupil in enumerate(pupils[:4]):
            pupil.post(shelf.answer_url(), {"option": str(number % 2)})
        assert counts(tom, code)["1"] == ("weniger als 5", "weniger als 5")
        for pupil in pupils:
            pupil.post(shelf.answer_url(), {"option": "1"})
        # Seven answered, but all of them got there in the end.
        assert counts(tom, code)["1"][0] == "5 oder mehr"
        assert counts(tom, code)["2"] == ("weniger als 5", "weniger als 5")

    def test_nearly_all_alike_is_not_shown(self, shelf, tom, code) -> None:
        for pupil in pupils_in(code, 6):
            pupil.post(shelf.answer_url(), {"option": "1"})
        assert counts(tom, code)["1"] == (
            "5 oder mehr",
            "nicht gezeigt: fast alle gleich",
        )

    def test_an_answer_says_what_it_always_says(self, shelf, code) -> None:
        [pupil] = pupils_in(code, 1)
        headers = {"Accept": "application/json"}
        reply = pupil.post(shelf.answer_url(), {"option": "1"}, headers=headers)
        assert "is-solved" in json.loads(reply.content)["exercise"]

    def test_who_is_in_no_room_counts_nowhere(self, shelf, tom, code) -> None:
        for _pupil in range(6):
            browser().post(shelf.answer_url(), {"option": "1"})
        assert counts(tom, code)["1"] == ("weniger als 5", "weniger als 5")


def counts(teacher: Client, code: str) -> dict[str, tuple[str, str]]:
    page = BeautifulSoup(teacher.get(f"{ROOMS}{code}/").content, "html.parser")
    rows = [
        [" ".join(cell.get_text().split()) for cell in row.select("th, td")]
        for row in page.select("tbody tr")
    ]
    return {number: (answered, solved) for number, answered, solved in rows}


class TestPoll:
    def test_options_are_counted_once_for_a_seat(self, shelf, tom) -> None:
        code = opened(tom)
        poll(tom, code, "Ja", "Nein")
        pupils = pupils_in(code, 6)
        for pupil, option in zip(pupils, (0, 0, 0, 1, 1, 1), strict=True):
            assert answer(pupil, option).url == "/raum/#inhalt"
            answer(pupil, 0)
        assert bars(tom.get(f"{ROOMS}{code}/")) == []
        show(tom, code, "result")
        assert bars(tom.get(f"{ROOMS}{code}/")) == ["Ja etwa 50 %", "Nein etwa 50 %"]
        assert bars(pupils[0].get("/raum/")) == ["Ja etwa 50 %", "Nein etwa 50 %"]
        show(tom, code, "result", "hide")
        assert bars(pupils[0].get("/raum/")) == []

    def test_rare_answers_share_the_last_line_on_the_wall_and_on_the_phones(
        self, shelf, tom
    ) -> None:
        code = opened(tom)
        poll(tom, code, "Nie", "Selten", "Oft", "Immer")
        show(tom, code, "result")
        pupils = pupils_in(code, 5)
        for pupil, option in zip(pupils, (1, 1, 3, 3, 0), strict=True):
            answer(pupil, option)
        for client, path in ((tom, f"{ROOMS}{code}/"), (pupils[0], "/raum/")):
            page = client.get(path)
            assert bars(page) == [
                "Selten etwa 40 %",
                "Immer etwa 40 %",
                "Zusammen: Nie Oft etwa 20 %",
            ]
            assert "Was kaum jemand gewählt hat, teilt sich eine Zeile" in words(page)

    def test_where_all_lines_would_be_one_nothing_is_shown(self, shelf, tom) -> None:
        code = opened(tom)
        poll(tom, code, "Rot", "Gelb", "Blau")
        show(tom, code, "result")
        for pupil, option in zip(pupils_in(code, 5), (0, 0, 0, 1, 2), strict=True):
            answer(pupil, option)
        page = tom.get(f"{ROOMS}{code}/")
        assert bars(page) == []
        assert "zu viele Antworten hat nur eine Person gewählt" in words(page)

    def test_a_result_is_counted_when_it_is_shown_and_not_before(self, shelf, tom):
        """What a teacher has not seen folds nothing: the later the better."""
        code = opened(tom)
        poll(tom, code, "Rot", "Gelb", "Blau")
        pupils = pupils_in(code, 7)
        for pupil, option in zip(pupils, (0, 0, 1, 1, 2, 2), strict=False):
            answer(pupil, option)
            assert bars(tom.get(f"{ROOMS}{code}/")) == []
        answer(pupils[6], 0)
        show(tom, code, "result")
        assert bars(tom.get(f"{ROOMS}{code}/")) == [
            "Rot etwa 45 %",
            "Gelb etwa 30 %",
            "Blau etwa 30 %",
        ]

    def test_below_five_and_one_opinion_show_nothing_and_say_why(self, shelf, tom):
        code = opened(tom)
        poll(tom, code, "Ja", "Nein")
        show(tom, code, "result")
        pupils = pupils_in(code, 5)
        for pupil in pupils[:4]:
            answer(pupil, 0)
        page = tom.get(f"{ROOMS}{code}/")
        assert bars(page) == []
        assert "wenn 5 Personen geantwortet haben" in words(page)
        answer(pupils[4], 1)
        page = tom.get(f"{ROOMS}{code}/")
        assert bars(page) == []
        assert "Fast alle haben gleich geantwortet, oder" in words(page)

    def test_an_answer_without_a_choice_is_refused_in_words(self, shelf, tom) -> None:
        code = opened(tom)
        poll(tom, code, "Ja", "Nein")
        [pupil] = pupils_in(code, 1)
        for fields in ({}, {"option": "2"}, {"option": "-1"}, {"option": "²"}):
            response = pupil.post(ANSWER, {"number": "1", **fields})
            assert response.status_code == 422
            assert "Eine Antwort auswählen" in words(response)
        assert not rooms.store().has_key(f"room:{code}:live-1:1")

    def test_an_answer_to_what_is_over_is_dropped(self, shelf, tom) -> None:
        code = opened(tom)
        poll(tom, code, "Ja", "Nein")
        [pupil] = pupils_in(code, 1)
        poll(tom, code, "Rot", "Blau")
        assert answer(pupil, 0, number=1).status_code == 303
        assert "Rot" in words(pupil.get("/raum/"))
        assert not rooms.store().has_key(f"room:{code}:live-2:1")

    def test_coming_back_by_reload_leads_to_the_room(self, shelf, tom) -> None:
        [pupil] = pupils_in(opened(tom), 1)
        assert pupil.get(ANSWER).url == "/raum/#inhalt"

    @pytest.mark.parametrize(
        ("fields", "problem"),
        [
            ({"option_1": "Ja"}, "mindestens zwei"),
            ({"option_1": "Ja", "option_2": "ja"}, "sind gleich"),
            ({"option_1": "Ja", "option_2": "x" * 81}, "80"),
        ],
    )
    def test_an_unfinished_question_is_refused_in_words(
        self, shelf, tom, fields, problem
    ) -> None:
        code = opened(tom)
        path = f"{ROOMS}{code}/umfrage/"
        response = tom.post(path, {"question": "Und?", **fields})
        assert response.status_code == 422
        assert problem in words(response)

    def test_words_of_a_poll_are_shown_as_words(self, shelf, tom) -> None:
        code = opened(tom)
        poll(tom, code, "<b>Ja</b>", "Nein")
        [pupil] = pupils_in(code, 1)
        assert "&lt;b&gt;Ja" in pupil.get("/raum/").text


class TestExercise:
    @pytest.fixture
    def asked(self, shelf, tom) -> str:
        code = opened(tom)
        key = str(shelf.first.translation_key)
        run(tom, code, lesson=key, exercise="wetter-app")
        return code

    def test_all_of_a_lesson_that_can_be_judged_can_be_asked(self, shelf, tom):
        code = opened(tom)
        lesson(
            shelf.course,
            slug="fragen",
            title="Zum Fragen",
            body=[text(), REFLECTION, single_choice("eins")],
        )
        soup = BeautifulSoup(tom.get(f"{ROOMS}{code}/auswahl/").content, "html.parser")
        link = next(
            each["href"]
            for each in soup.select("main a")
            if each["href"].startswith("?lektion")
            and "Zum Fragen" in each.find_parent("li").get_text()
        )
        page = tom.get(f"{ROOMS}{code}/auswahl/{link}")
        buttons = BeautifulSoup(page.content, "html.parser").select("[name=exercise]")
        assert [button["value"] for button in buttons] == ["eins"]
        bad = {"lesson": link.partition("=")[2], "exercise": "willing"}
        assert tom.post(f"{ROOMS}{code}/starten/", bad).status_code == 404

    def test_it_shows_no_solution_until_the_teacher_does(self, shelf, tom, asked):
        pupils = pupils_in(asked, 5)
        assert "is-right" not in pupils[0].get("/raum/").text
        for pupil, option in zip(pupils, (0, 0, 1, 1, 1), strict=True):
            answer(pupil, option)
        page = pupils[0].get("/raum/")
        assert "Die Antwort ist angekommen" in words(page)
        show(tom, asked, "result")
        for client, path in ((tom, f"{ROOMS}{asked}/"), (pupils[0], "/raum/")):
            page = client.get(path)
            assert "is-right" not in page.text
            assert [each[-4:] for each in bars(page)] == ["40 %", "60 %"]
        show(tom, asked, "solution")
        assert "is-right" in pupils[0].get("/raum/").text
        assert "(richtig)" in words(tom.get(f"{ROOMS}{asked}/"))

    def test_what_is_right_is_marked_in_a_line_that_is_shared_too(self, shelf, tom):
        code = opened(tom)
        made = lesson(
            shelf.course,
            slug="farben",
            title="Farben",
            body=[
                single_choice(
                    "farbe",
                    options=[
                        choice("Rot"),
                        choice("Gelb"),
                        choice("Grün", correct=True),
                        choice("Blau"),
                    ],
                )
            ],
        )
        run(tom, code, lesson=str(made.translation_key), exercise="farbe")
        show(tom, code, "result")
        for pupil, number in zip(pupils_in(code, 5), (0, 0, 1, 1, 2), strict=True):
            answer(pupil, number)
        show(tom, code, "solution")
        assert bars(tom.get(f"{ROOMS}{code}/")) == [
            "Rot etwa 40 %",
            "Gelb etwa 40 %",
            "Zusammen: Grün (richtig) Blau etwa 20 %",
        ]

    def test_who_comes_after_the_solution_is_not_asked(self, shelf, tom, asked):
        show(tom, asked, "solution")
        [pupil] = pupils_in(asked, 1)
        page = pupil.get("/raum/")
        assert "Die Frage ist vorbei" in words(page)
        assert "Antwort senden" not in page.text
        answer(pupil, 1)
        assert not rooms.store().has_key(f"room:{asked}:live-1:1")

    def test_an_answer_without_a_choice_is_refused_in_place(self, shelf, asked):
        [pupil] = pupils_in(asked, 1)
        response = pupil.post(ANSWER, {"number": "1"})
        assert response.status_code == 422
        assert 'role="alert"' in response.text

    def test_an_exercise_that_was_deleted_says_so(self, shelf, tom, asked) -> None:
        [pupil] = pupils_in(asked, 1)
        shelf.first.body = []
        shelf.first.save_revision().publish()
        assert "Diese Frage gibt es nicht mehr" in words(pupil.get("/raum/"))
        assert "Diese Frage gibt es nicht mehr" in words(tom.get(f"{ROOMS}{asked}/"))

    def test_several_options_count_each(self, shelf, tom) -> None:
        code = opened(tom)
        key = str(shelf.first.translation_key)
        run(tom, code, lesson=key, exercise="daten")
        show(tom, code, "result")
        for pupil, options in zip(
            pupils_in(code, 5), ([0, 1], [0, 1], [0], [2], [2]), strict=True
        ):
            pupil.post(ANSWER, {"number": "1", "option": [str(o) for o in options]})
        shares = [each[-4:] for each in bars(tom.get(f"{ROOMS}{code}/"))]
        assert shares == ["60 %", "40 %", "40 %", " 0 %"]

    def test_a_shared_line_of_more_choices_than_people_has_no_number(self, shelf, tom):
        code = opened(tom)
        key = str(shelf.first.translation_key)
        run(tom, code, lesson=key, exercise="daten")
        show(tom, code, "result")
        first = ([0], [0], [0, 1], [1], [1, 2])
        later = ([2, 3], [2, 3], [2, 3], [2, 3], [0, 2, 3])
        for pupil, options in zip(pupils_in(code, 10), (*first, *later), strict=True):
            pupil.post(ANSWER, {"number": "1", "option": [str(o) for o in options]})
            shown = bars(tom.get(f"{ROOMS}{code}/"))
        assert shown == [
            "WLAN-Namen etwa 40 %",
            "Lautstärke etwa 30 %",
            "Zusammen: GPS Helligkeit",
        ]


class TestRenewing:
    def test_nothing_new_costs_a_304_and_no_statement(self, shelf, tom) -> None:
        code = opened(tom)
        poll(tom, code, "Ja", "Nein")
        [pupil] = pupils_in(code, 1)
        first = pupil.get("/raum/stand/")
        tag = {"If-None-Match": first["ETag"]}
        assert pupil.get("/raum/stand/", headers=tag).status_code == 304
        assert statements(lambda: pupil.get("/raum/stand/", headers=tag)) == []
        answer(pupil, 1)
        assert pupil.get("/raum/stand/", headers=tag).status_code == 200

    def test_a_page_carries_the_tag_of_what_it_shows(self, shelf, tom) -> None:
        code = opened(tom)
        [pupil] = pupils_in(code, 1)
        for client, page, part in (
            (pupil, "/raum/", "/raum/stand/"),
            (tom, f"{ROOMS}{code}/", f"{ROOMS}{code}/stand/"),
        ):
            soup = BeautifulSoup(client.get(page).content, "html.parser")
            tag = {"If-None-Match": soup.select_one("[data-renew]")["data-tag"]}
            assert client.get(part, headers=tag).status_code == 304

    def test_one_pupil_more_changes_nothing_on_the_projector(self, shelf, tom):
        code = opened(tom)
        pupils_in(code, 5)
        path = f"{ROOMS}{code}/stand/"
        tag = {"If-None-Match": tom.get(path)["ETag"]}
        pupils_in(code, 4)
        assert tom.get(path, headers=tag).status_code == 304
        pupils_in(code, 1)
        page = tom.get(path, headers=tag)
        assert "10 oder mehr Personen sind hier." in words(page)

    def test_the_projector_costs_session_user_and_generation(self, shelf, tom):
        code = opened(tom, lesson=str(shelf.first.translation_key))
        for pupil in pupils_in(code, 6):
            pupil.post(shelf.answer_url(), {"option": "1"})
        tom.get(f"{ROOMS}{code}/")
        page = statements(lambda: tom.get(f"{ROOMS}{code}/"))
        part = statements(lambda: tom.get(f"{ROOMS}{code}/stand/"))
        assert (len(page), len(part)) == (3, 3), (page, part)

    def test_a_closed_room_tells_those_inside(self, shelf, tom) -> None:
        code = opened(tom)
        [pupil] = pupils_in(code, 1)
        assert tom.post(f"{ROOMS}{code}/schliessen/").url == f"{ROOMS}?geschlossen"
        assert "gelöscht" in words(tom.get(f"{ROOMS}?geschlossen"))
        assert pupil.get("/raum/stand/").status_code == 410
        page = pupil.get("/raum/")
        assert page.status_code == 410
        assert "Der Raum ist geschlossen" in words(page)
        assert pupil.cookies["raum"].value == ""
        assert tom.get(f"{ROOMS}{code}/").status_code == 410
        assert tom.get(f"{ROOMS}{code}/stand/").status_code == 410


def test_emptying_the_device_gives_up_the_seat(shelf, tom) -> None:
    [pupil] = pupils_in(opened(tom), 1)
    pupil.post("/geraet-leeren/")
    assert pupil.cookies["raum"].value == ""


WRITES = ("INSERT", "UPDATE", "DELETE")


def test_a_whole_room_writes_no_row(shelf, tom) -> None:
    """But for the teacher's session, which the middleware may touch."""
    with CaptureQueriesContext(connection) as captured:
        code = opened(tom, lesson=str(shelf.first.translation_key))
        pupils = pupils_in(code, 6)
        for number, pupil in enumerate(pupils):
            pupil.get("/raum/")
            pupil.get("/kurse/spuren/tag/")
            pupil.post(shelf.answer_url(), {"option": str(number % 2)})
            pupil.get("/raum/stand/")
        poll(tom, code, "Ja", "Nein")
        for number, pupil in enumerate(pupils):
            answer(pupil, number % 2, number=2)
        show(tom, code, "result")
        tom.get(f"{ROOMS}{code}/stand/")
        tom.post(f"{ROOMS}{code}/schliessen/")
        for pupil in pupils:
            pupil.get("/raum/")
    written = [
        query["sql"]
        for query in captured.captured_queries
        if query["sql"].startswith(WRITES)
    ]
    sessions = Session._meta.db_table
    assert [sql for sql in written if sessions not in sql] == []
    assert not vars(caches["rooms"]).get("_cache")
