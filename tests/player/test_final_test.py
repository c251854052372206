"""A final test as people meet it: with an account and without, to the end and wrong."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.cache import caches
from django.core.signing import Signer
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from courses.models import CoursePage, FinalTest, FinalTestPage
from courses.player import carried
from courses.progress import run_cookie
from courses.progress.queries import standing_of
from courses.progress.runs import Standing
from learnsite.accounts.models import User
from tests.factories import (
    GOALS,
    final_test,
    fresh,
    lesson,
    multiple_choice,
    pool,
    published,
    single_choice,
    swapped,
    world,
)

pytestmark = pytest.mark.django_db
COOKIE = settings.TESTS_COOKIE_NAME
TEST = "/kurse/spuren/abschlusstest/"
KEY_BACKEND = "learnsite.accounts.backends.LearningKeyBackend"
RIGHT, WRONG = "1", "0"


@dataclass
class Quiz:
    """A course with a lesson and a final test of four questions."""

    course: CoursePage
    page: FinalTestPage

    def change(self, questions: list[dict[str, Any]], **fields: Any) -> None:
        """Publish the test with another pool."""
        self.page.refresh_from_db()
        draft = self.page.get_latest_revision_as_object()
        draft.pool = questions
        for name, value in fields.items():
            setattr(draft, name, value)
        draft.save_revision().publish()


@pytest.fixture(scope="module")
def published_quiz(module_rows: DjangoDbBlocker) -> Quiz:
    with module_rows.unblock():
        course = world().course(goals=GOALS)
        lesson(course, goals=["erkennen"], title="Spuren erkennen")
        lesson(course, slug="tun", goals=["handeln"], title="Was tun?")
        page = final_test(course, intro="<p>Neue Menschen, neue Fälle.</p>")
    return Quiz(course, page)


@pytest.fixture
def quiz(published_quiz: Quiz, db: None) -> Quiz:
    return Quiz(fresh(published_quiz.course), fresh(published_quiz.page))


@dataclass
class Walk:
    """Somebody's browser at the test; ``page`` is what was shown last."""

    client: Client
    path: str = ""
    content: bytes = b""
    status: int = 0

    @property
    def page(self) -> BeautifulSoup:
        """What was shown last; reading it takes longer than making it."""
        return _parsed(self.content)

    def take(self, response: Any) -> "Walk":
        self.path = response.request["PATH_INFO"]
        if getattr(response, "redirect_chain", None):
            self.path = response.redirect_chain[-1][0]
        self.status = response.status_code
        self.content = response.content
        return self

    def get(self, path: str = "") -> "Walk":
        return self.take(self.client.get(TEST + path, follow=True))

    def form(self, end: str = "") -> dict[str, str]:
        """Return the hidden fields of the form that leads to an address."""
        forms = self.page.select("main form")
        form = next(f for f in forms if (f.get("action") or "").endswith(end))
        return {i["name"]: i["value"] for i in form.select("input[type=hidden]")}

    def at(self, path: str) -> "Walk":
        """Go to a page, unless it is the one that is shown."""
        return self if self.path == TEST + path else self.get(path)

    def post(self, path: str, values: dict[str, Any]) -> "Walk":
        return self.take(self.client.post(TEST + path, values, follow=True))

    def begin(self) -> "Walk":
        self.get()
        return self.post("beginnen/", self.form("beginnen/"))

    def answer(self, option: str | None, go: str = "next") -> "Walk":
        values = {**self.form(), "go": go}
        if option is not None:
            values["option"] = option
        return self.take(self.client.post(self.path, values, follow=True))

    def answer_all(self, *options: str | None) -> "Walk":
        self.at("frage/1/")
        for option in options:
            self.answer(option)
        return self

    def hand_in(self) -> "Walk":
        self.at("uebersicht/")
        return self.post("abgeben/", self.form("abgeben/"))

    def whole(self, *options: str | None) -> "Walk":
        return self.begin().answer_all(*options).hand_in()

    @property
    def text(self) -> str:
        return " ".join(self.page.select_one("main").get_text(" ").split())

    @property
    def heading(self) -> str:
        return " ".join(self.page.h1.get_text(" ").split())

    def refusal(self) -> tuple[int, str]:
        return self.status, " ".join(self.page.select_one(".lead").get_text().split())


@lru_cache(maxsize=4)
def _parsed(content: bytes) -> BeautifulSoup:
    return BeautifulSoup(content, "html.parser")


@pytest.fixture(params=["account", "visitor"])
def walk(request: Any, quiz: Quiz, lena_client: Client, visitor: Client) -> Walk:
    return Walk(lena_client if request.param == "account" else visitor)


@pytest.fixture
def as_visitor(quiz: Quiz, visitor: Client) -> Walk:
    return Walk(visitor)


@pytest.fixture
def as_lena(quiz: Quiz, lena_client: Client) -> Walk:
    return Walk(lena_client)


def kept(client: Client) -> Standing:
    """Return what is kept of the one test, in the row or in the cookie."""
    if row := FinalTest.objects.first():
        return standing_of(row)
    return next(iter(run_cookie.loads(client.cookies[COOKIE].value).values()))


def keys_shown(walk: Walk) -> list[str]:
    return [key for key, _order in questions_shown(walk)]


def questions_shown(walk: Walk) -> list[tuple[str, tuple[str, ...]]]:
    """Return what is asked in each question, and the order of its options."""
    found = []
    for number in range(1, 5):
        page = walk.at(f"frage/{number}/").page
        key = re.search(r"Frage (\d) zu (\w+)", page.legend.get_text())[0]
        order = tuple(i["value"] for i in page.select("input[name=option]"))
        found.append((key, order))
    return found


# --- The whole way --------------------------------------------------------------------


def test_the_start_page_tells_the_rules(walk) -> None:
    walk.get()

    assert walk.heading == "Abschlusstest"
    for words in (
        "Neue Menschen, neue Fälle.",
        "4 Fragen",
        "etwa 20 Minuten, ohne Zeitbegrenzung",
        "bestanden ab 60 %",
        "2 Lektionen dieses Kurses sind noch nicht erledigt. Der Test steht trotzdem",
        "Das Ergebnis wird niemandem gemeldet.",
    ):
        assert words in walk.text


def test_a_test_is_begun_answered_handed_in_and_explained(walk) -> None:
    walk.begin()
    assert (walk.path, walk.heading) == (f"{TEST}frage/1/", "Frage 1 von 4")
    walk.answer_all(RIGHT, WRONG, None, RIGHT)
    assert walk.path == f"{TEST}uebersicht/"
    assert [
        " ".join(li.get_text(" ").split()) for li in walk.page.select("main ol li")
    ][-4:] == [
        "Frage 1 beantwortet",
        "Frage 2 beantwortet",
        "Frage 3 offen",
        "Frage 4 beantwortet",
    ]
    assert "Eine Frage ist noch offen." in walk.text
    assert "Offene Fragen zählen als nicht gelöst." in walk.text

    walk.hand_in()
    assert walk.path == f"{TEST}ergebnis/"
    assert walk.heading == "50 %: noch nicht bestanden"
    summaries = [s.get_text().strip() for s in walk.page.select("main summary")]
    assert summaries == [
        "Frage 1: richtig",
        "Frage 2: nicht richtig",
        "Frage 3: nicht beantwortet",
        "Frage 4: richtig",
    ]
    opened = [d.has_attr("open") for d in walk.page.select("main details")]
    assert opened == [False, True, True, False]


def test_the_result_shows_goals_lessons_explanations_and_solutions(walk, quiz) -> None:
    looking_back = [single_choice(goal=goal["id"]) for goal in GOALS[:1]]
    lesson(quiz.course, slug="rueckblick", title="Noch bekannt?", body=looking_back)
    walk.whole(RIGHT, RIGHT, WRONG, WRONG)

    shares = dict(
        zip(
            [p.get_text() for p in walk.page.select(".goal")],
            [p.get_text(strip=True)[-5:] for p in walk.page.select(".share")],
            strict=True,
        )
    )
    assert set(shares) == {goal["text"] for goal in GOALS}
    missed = {
        li.select_one(".goal").get_text(): [a.get_text() for a in li.select("a")]
        for li in walk.page.select(".goal-results li")
        if li.select("a")
    }
    expected = {
        "Ich erkenne Spuren.": ["Spuren erkennen"],
        "Ich weiß, was ich tun kann.": ["Was tun?"],
    }
    assert missed
    assert all(expected[goal] == lessons for goal, lessons in missed.items())
    words = ("Das ist die richtige Antwort.", "So ist das mit", "Das stimmt nicht.")
    assert all(each in walk.text for each in words)
    controls = walk.page.select("main details input")
    assert controls
    assert all(each.find_parent("fieldset").has_attr("disabled") for each in controls)


def judging(goal: str, number: int) -> dict[str, Any]:
    statements = [
        {"text": f"Satz {n}.", "correct": True, "reasons": [], "feedback": f"Ja, {n}."}
        for n in range(2)
    ]
    value = {"key": f"{goal}-s{number}", "goal": goal, "question": f"<p>{goal}?</p>"}
    value |= {"statements": statements, "reserved": False}
    return {"type": "statements", "value": value}


def test_the_result_shows_what_was_chosen_in_each_question_of_one_type(
    walk, quiz
) -> None:
    quiz.change([judging(goal["id"], n) for goal in GOALS for n in range(4)])
    walk.begin()
    for _number in range(4):
        values = {**walk.form(), "judgement-0": "true", "judgement-1": "false"}
        walk.take(walk.client.post(walk.path, {**values, "go": "next"}, follow=True))
    walk.hand_in()

    chosen = walk.page.select("main details input[checked]")
    groups = {(id(i.find_parent("form")), i["name"]) for i in chosen}
    # A browser shows one choice in a group: of a name within a form.
    assert len(chosen) == len(groups) == 8


def test_an_open_question_shows_its_solution_in_the_end(walk, quiz) -> None:
    quiz.change(pool(), attempts=1)
    walk.whole(None, None, None, None)

    assert walk.heading == "0 %: noch nicht bestanden"
    assert walk.text.count("Lösung") == 4
    assert walk.text.count("Warum „Mit Werbung“ stimmt.") == 4


def test_before_the_end_nothing_tells_what_is_right(walk) -> None:
    walk.begin()
    shown = []
    for _number in range(4):
        shown.append(str(walk.page))
        walk.answer(RIGHT)
    shown += [str(walk.page), str(walk.get().page), str(walk.get("frage/2/").page)]
    shown.append(walk.client.get("/kurse/spuren/").content.decode())
    shown.append(walk.client.get("/lernen/").content.decode())
    shown.append(walk.client.get("/meine-daten/").content.decode())

    secret = (
        "Warum „",
        "So ist das mit",
        "is-right",
        "is-wrong",
        "100 %",
        "Das stimmt",
    )
    assert [s for s in secret for page in shown if s in page] == []


def test_an_answer_is_there_again_and_can_be_changed_and_taken_back(walk) -> None:
    walk.begin().answer(WRONG)
    walk.get("frage/1/")
    assert walk.page.select_one("input[checked]")["value"] == WRONG
    walk.answer(RIGHT)
    walk.get("frage/1/").answer(None)
    walk.get("frage/1/")
    assert walk.page.select("input[checked]") == []
    assert "0 von 4 beantwortet" in walk.text


def test_an_interrupted_test_goes_on_at_the_first_open_question(walk) -> None:
    walk.begin().answer(RIGHT).answer(RIGHT)

    walk.get()
    assert "Der Test ist begonnen" in walk.text
    link = walk.page.select_one(".finish a")
    assert link.get_text(strip=True) == "Weiter mit Frage 3"
    assert link["href"] == f"{TEST}frage/3/"


@pytest.mark.parametrize(
    ("go", "path"),
    [
        ("next", "frage/3/"),
        ("back", "frage/1/"),
        ("overview", "uebersicht/"),
        ("4", "frage/4/"),
        ("99", "uebersicht/"),
        ("²", "frage/3/"),
        ("nonsense", "frage/3/"),
    ],
)
def test_each_button_saves_and_leads_on(walk, go, path) -> None:
    walk.begin().get("frage/2/").answer(RIGHT, go=go)

    assert walk.path == TEST + path
    assert "1 von 4 beantwortet" in walk.get("frage/2/").text


def test_questions_and_options_are_drawn_anew_each_time(quiz) -> None:
    runs = set()
    orders = set()
    for _turn in range(6):
        walk = Walk(Client(headers={"Sec-Fetch-Site": "same-origin"}))
        walk.begin()
        found = questions_shown(walk)
        shown = [key for key, _order in found]
        assert (
            sorted(k.split()[-1] for k in shown) == ["erkennen"] * 2 + ["handeln"] * 2
        )
        runs.add(tuple(shown))
        orders |= {order for _key, order in found}
    assert len(runs) > 3
    assert orders == {("0", "1"), ("1", "0")}


RESERVED = {f"Frage {n} zu {goal['id']}" for n in (5, 6) for goal in GOALS}


def test_reserved_questions_are_shown_to_no_visitor(quiz) -> None:
    for _turn in range(5):
        walk = Walk(Client(headers={"Sec-Fetch-Site": "same-origin"}))
        assert RESERVED.isdisjoint(keys_shown(walk.begin()))


def test_a_test_with_an_account_is_drawn_from_reserved_questions_too(
    quiz, lena, lena_client
) -> None:
    shown: set[str] = set()
    for _turn in range(10):  # by chance without any: one time in a hundred million
        FinalTest.objects.all().delete()
        shown |= set(keys_shown(Walk(lena_client).begin()))
    assert shown & RESERVED

    walk = Walk(lena_client).answer_all("1", "1", "1", "1").hand_in()
    assert walk.heading == "Bestanden mit 100 %"


def test_the_next_run_asks_other_questions(walk) -> None:
    first = set(keys_shown(walk.begin()))
    walk.answer_all("1", "1", "1", "1").hand_in()

    assert not first & set(keys_shown(walk.begin()))


def test_a_question_left_open_is_not_solved_before_the_test_is_passed(walk) -> None:
    walk.whole("1", "0", None, None)

    assert "So ist das" not in walk.page.select("main details")[2].get_text()
    assert "steht hier, sobald der Test bestanden ist" in walk.text
    walk.whole("1", "1", "1", None)
    assert walk.heading == "Bestanden mit 75 %"
    assert "sobald der Test bestanden ist" not in walk.text


# --- Passing, trying again, attempts --------------------------------------------------


def test_a_passed_test_says_so_everywhere(walk) -> None:
    walk.whole(RIGHT, RIGHT, RIGHT, WRONG)

    assert walk.heading == "Bestanden mit 75 %"
    assert "Bestanden am" in walk.get().text
    course = BeautifulSoup(walk.client.get("/kurse/spuren/").content, "html.parser")
    last = course.select(".trail > li")[-1]
    assert last["data-state"] == "done"
    assert "bestanden" in last.get_text()
    assert kept(walk.client).passed.version is None


def test_trying_again_draws_new_questions_and_keeps_the_best(walk) -> None:
    walk.whole(RIGHT, RIGHT, RIGHT, RIGHT)
    before = kept(walk.client).run
    walk.post("beginnen/", walk.form("beginnen/"))
    assert kept(walk.client).run.id != before.id
    walk.answer_all(WRONG, WRONG, WRONG, WRONG).hand_in()

    assert walk.heading == "0 %: noch nicht bestanden"
    assert "Das beste Ergebnis bisher, 100 %, bleibt." in walk.text
    assert "Einmal bestanden, bleibt der Test bestanden." in walk.text
    assert (kept(walk.client).attempts, kept(walk.client).best) == (2, 100)


def test_attempts_are_told_and_end(walk, quiz) -> None:
    quiz.change(pool(), attempts=2)
    assert "Noch 2 von 2 Versuchen sind übrig." in walk.get().text
    walk.whole(WRONG)
    form = walk.form("beginnen/")
    assert "Noch ein Versuch von 2 ist übrig." in walk.text
    walk.post("beginnen/", form)
    walk.hand_in()
    assert "Alle Versuche sind aufgebraucht." in walk.text
    assert walk.page.select("main form button") == []

    last = kept(walk.client).run.id
    walk.post("beginnen/", {**form, "after": last})
    assert walk.refusal()[0] == 409
    assert "Alle Versuche sind aufgebraucht." in walk.refusal()[1]
    assert kept(walk.client).attempts == 2


# --- Late, twice, from another tab ----------------------------------------------------


def test_a_second_click_on_start_begins_nothing_more(walk) -> None:
    walk.get()
    form = walk.form("beginnen/")
    walk.post("beginnen/", form)
    first = kept(walk.client).run
    walk.post("beginnen/", form)

    assert kept(walk.client).run == first
    assert walk.path == f"{TEST}frage/1/"


def test_a_second_click_on_hand_in_shows_the_same_result(walk) -> None:
    walk.begin().answer_all(RIGHT, RIGHT, RIGHT, RIGHT).get("uebersicht/")
    form = walk.form("abgeben/")
    walk.post("abgeben/", form)
    before = kept(walk.client)
    walk.post("abgeben/", form)

    assert (walk.path, walk.heading) == (f"{TEST}ergebnis/", "Bestanden mit 100 %")
    assert kept(walk.client) == before


def test_an_answer_from_a_tab_left_open_after_handing_in_changes_nothing(walk) -> None:
    walk.begin()
    tab = Walk(walk.client).get("frage/1/")
    walk.answer_all(WRONG, WRONG, WRONG, WRONG).hand_in()
    before = kept(walk.client)

    tab.answer(RIGHT)
    assert tab.refusal() == (
        409,
        "Dieser Test ist schon abgegeben. Die Antwort zählt deshalb nicht mehr, das "
        "Ergebnis bleibt.",
    )
    assert kept(walk.client) == before


def test_forms_of_an_older_run_are_refused_and_cost_nothing(walk) -> None:
    walk.begin()
    tab = Walk(walk.client).get("frage/1/")
    other = Walk(walk.client).get("uebersicht/")
    form = other.form("abgeben/")
    walk.hand_in()
    walk.begin().answer(RIGHT)
    before = kept(walk.client)

    for late in (tab.answer(WRONG), other.post("abgeben/", form)):
        assert late.refusal() == (
            409,
            "Diese Seite gehört zu einem früheren Versuch. Es hat sich nichts "
            "geändert: Der Test ist so, wie er zuletzt war.",
        )
    assert kept(walk.client) == before


def test_two_tabs_answer_different_questions_of_one_run(walk) -> None:
    walk.begin()
    tab = Walk(walk.client).get("frage/3/")
    walk.get("frage/1/").answer(RIGHT)
    tab.answer(RIGHT)

    answered = [item.is_answered for item in kept(walk.client).run.items]
    assert answered == [True, False, True, False]


def test_going_back_in_the_browser_and_sending_again_changes_the_answer(walk) -> None:
    walk.begin()
    path, form = walk.path, walk.form()
    walk.answer(WRONG).answer(RIGHT)
    response = walk.client.post(path, {**form, "option": RIGHT, "go": "next"})

    assert (response.status_code, response["Location"]) == (303, f"{TEST}frage/2/")
    assert [i.answer for i in kept(walk.client).run.items][:2] == [[1], [1]]


@pytest.mark.parametrize(
    "path", ["frage/1/", "uebersicht/", "ergebnis/", "beginnen/", "abgeben/"]
)
def test_addresses_without_a_run_lead_to_the_start(walk, path) -> None:
    assert walk.get(path).path == TEST


@pytest.mark.parametrize("number", [0, 5, 99])
def test_a_question_that_is_not_there_is_not_found(walk, number) -> None:
    walk.begin()

    assert walk.client.get(f"{TEST}frage/{number}/").status_code == 404


def test_a_form_loaded_for_somebody_else_is_refused(as_visitor, lena) -> None:
    as_visitor.begin()
    tab = Walk(as_visitor.client).get("frage/1/")
    as_visitor.client.force_login(lena, backend=KEY_BACKEND)

    assert tab.answer(RIGHT).refusal()[0] == 409
    assert "ein Konto geöffnet" in tab.refusal()[1]
    assert FinalTest.objects.count() == 0


@pytest.mark.parametrize(
    ("page", "end"), [("", "beginnen/"), ("uebersicht/", "abgeben/")]
)
def test_nor_is_a_test_begun_or_handed_in_for_somebody_else(
    as_visitor, lena, page, end
) -> None:
    if page:
        as_visitor.begin()
    tab = Walk(as_visitor.client).get(page)
    client = as_visitor.client
    client.force_login(lena, backend=KEY_BACKEND)
    if page:
        client.post(f"{TEST}beginnen/")
    before = list(FinalTest.objects.values())

    assert tab.post(end, tab.form(end)).refusal()[0] == 409
    assert "ein Konto geöffnet" in tab.refusal()[1]
    assert list(FinalTest.objects.values()) == before


def test_a_post_from_another_site_is_refused(as_visitor) -> None:
    response = as_visitor.client.post(
        f"{TEST}beginnen/", headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert response.status_code == 403


# --- Answers that cannot be read ------------------------------------------------------


def test_an_unreadable_answer_gets_advice_and_a_way_on(walk, quiz) -> None:
    walk.begin()
    walk.answer("7")

    assert walk.path.partition("#")[0] == f"{TEST}frage/1/"
    assert walk.page.select_one("[role=alert]").get_text()
    names = [b.get_text(strip=True) for b in walk.page.select("main .row button")]
    assert "Ohne Antwort weiter" in names
    walk.answer("7", go="skip")
    assert walk.path == f"{TEST}frage/2/"
    assert kept(walk.client).run.open_count == 4


def test_an_answer_too_long_for_the_cookie_is_refused_with_advice(
    as_visitor, monkeypatch
) -> None:
    as_visitor.begin()
    value = as_visitor.client.cookies[COOKIE].value
    monkeypatch.setattr(run_cookie, "MAX_COOKIE_LENGTH", len(value) + 5)
    as_visitor.answer(RIGHT)

    assert "zu lang für den Speicher dieses Geräts" in as_visitor.text
    assert as_visitor.client.cookies[COOKIE].value == value


def ordering(goal: str, number: int) -> dict[str, Any]:
    items = [{"text": f"Schritt {n}", "feedback": f"Grund {n}."} for n in range(4)]
    value = {"key": f"{goal}-o{number}", "goal": goal, "question": f"<p>{goal}?</p>"}
    return {"type": "ordering", "value": {**value, "items": items, "reserved": False}}


def test_no_cookie_and_no_copy_tells_the_order_that_is_right(walk, quiz) -> None:
    quiz.change([ordering(goal["id"], n) for goal in GOALS for n in range(4)])
    walk.begin()
    as_shown = [s.find_parent("li").get_text() for s in walk.page.select("main select")]
    half = {"place-0": "1", "place-1": "2"}
    refused = walk.client.post(walk.path, {**walk.form(), **half})
    signer = Signer(salt=carried.SALT, sep=".")
    said = signer.unsign_object(refused.cookies[settings.ANSWER_COOKIE_NAME].value)
    assert said[-1][0] == [1, 2, None, None]
    walk.get("frage/1/")
    places = {"place-0": "1", "place-1": "2", "place-2": "3", "place-3": "0"}
    walk.take(walk.client.post(walk.path, {**walk.form(), **places, "go": "next"}))

    assert kept(walk.client).run.items[0].answer == [1, 2, 3, 0]
    walk.get("frage/1/")
    again = [s.find_parent("li").get_text() for s in walk.page.select("main select")]
    assert len(as_shown) == 4
    assert again == [as_shown[3], *as_shown[:3]]


# --- The pool changes in the middle ---------------------------------------------------


def first_key(client: Client) -> str:
    return kept(client).run.items[0].key


def test_a_removed_question_is_replaced_and_the_result_kept(walk, quiz) -> None:
    walk.begin()
    gone = first_key(walk.client)
    before = walk.page.legend.get_text()
    walk.answer(RIGHT)
    left = [q for q in pool(5, 3) if q["value"]["key"] != gone]
    quiz.change(left, per_goal=2)

    walk.get("frage/1/")
    assert walk.page.legend.get_text() != before
    assert "Das Ergebnis der früheren Antwort bleibt erhalten." in walk.text
    walk.hand_in()
    assert walk.heading == "25 %: noch nicht bestanden"
    assert "Diese Frage gehört nicht mehr zum Test." in walk.text


def test_an_edited_question_is_asked_again_and_the_better_answer_counts(
    walk, quiz
) -> None:
    walk.begin()
    edited = first_key(walk.client)
    walk.answer(RIGHT)
    quiz.change([swapped(q) if q["value"]["key"] == edited else q for q in pool()])

    walk.get("frage/1/")
    assert walk.page.select("input[checked]") == []
    assert "Bei einer neuen Antwort zählt die bessere." in walk.text
    walk.answer(RIGHT)  # wrong by now
    walk.hand_in()
    assert walk.heading == "25 %: noch nicht bestanden"
    assert "Die frühere Antwort war besser, deshalb zählt sie." in walk.text


def test_an_ordering_corrected_meanwhile_is_asked_again(walk, quiz) -> None:
    questions = [ordering(goal["id"], n) for goal in GOALS for n in range(4)]
    quiz.change(questions)
    walk.begin()
    places = {"place-0": "1", "place-1": "2", "place-2": "3", "place-3": "0"}
    walk.take(walk.client.post(walk.path, {**walk.form(), **places, "go": "next"}))
    assert "1 von 4 beantwortet" in walk.get("frage/2/").text
    for question in questions:
        items = question["value"]["items"]
        items[0], items[1] = items[1], items[0]
    quiz.change(questions)

    assert "0 von 4 beantwortet" in walk.get("frage/1/").text
    assert "Das Ergebnis der früheren Antwort bleibt erhalten." in walk.text


def test_a_form_of_the_question_before_the_edit_is_asked_once_more(walk, quiz) -> None:
    walk.begin()
    edited = first_key(walk.client)
    tab = Walk(walk.client).get("frage/1/")
    quiz.change([swapped(q) if q["value"]["key"] == edited else q for q in pool()])
    tab.answer(RIGHT)

    assert "Die Antwort ist nicht gespeichert. Bitte noch einmal" in tab.text
    assert kept(walk.client).run.open_count == 4
    tab.answer(WRONG)
    assert tab.path == f"{TEST}frage/2/"


def test_a_changed_question_never_changes_a_past_result(walk, quiz) -> None:
    walk.whole(RIGHT, RIGHT, RIGHT, RIGHT)
    before = kept(walk.client)
    quiz.change([swapped(q) for q in pool()])

    walk.get("ergebnis/")
    assert walk.heading == "Bestanden mit 100 %"
    assert walk.text.count("Diese Frage wurde seit der Antwort geändert.") == 4
    assert kept(walk.client) == before
    quiz.page.unpublish()
    assert walk.client.get(f"{TEST}ergebnis/").status_code == 404
    assert kept(walk.client) == before


# --- Languages ------------------------------------------------------------------------


@pytest.fixture
def english(quiz) -> CoursePage:
    course = world("en").course(slug="traces", goals=GOALS, title="Reading traces")
    CoursePage.objects.filter(pk=course.pk).update(
        translation_key=quiz.course.translation_key
    )
    course.refresh_from_db()
    translated = [
        {**q, "value": {**q["value"], "question": f"Question {q['value']['key']}?"}}
        for q in pool()
    ]
    page = FinalTestPage(
        title="Final test",
        locale=course.locale,
        pool=translated,
        per_goal=2,
        translation_key=quiz.page.translation_key,
    )
    return published(course, page)


def test_changing_the_language_keeps_run_place_and_answers(walk, english) -> None:
    walk.begin().answer(RIGHT).get("frage/2/").answer(WRONG)
    walk.get("frage/2/")
    href = walk.page.select_one("a[hreflang=en]")["href"]
    assert href == "/en/kurse/traces/abschlusstest/frage/2/"

    walk.take(walk.client.get(href))
    assert walk.heading == "Question 2 of 4"
    assert walk.page.select_one("input[checked]")["value"] == WRONG
    walk.answer(RIGHT)
    answers = [item.answer for item in kept(walk.client).run.items]
    assert answers == [[1], [1], None, None]


def test_where_a_language_has_no_test_it_leads_to_the_course(walk, quiz) -> None:
    course = world("en").course(slug="traces", goals=GOALS)
    CoursePage.objects.filter(pk=course.pk).update(
        translation_key=quiz.course.translation_key
    )
    course.refresh_from_db()
    course.save_revision().publish()
    walk.get()

    assert walk.page.select_one("a[hreflang=en]")["href"] == "/en/kurse/traces/"


# --- Outline, course, /lernen/ --------------------------------------------------------


def finish_lessons(client: Client) -> Any:
    for slug in ("tag", "tun"):
        client.post(f"/kurse/spuren/{slug}/antwort/wetter-app/", {"option": "1"})
        response = client.post(f"/kurse/spuren/{slug}/weiter/")
    return response


def test_finishing_the_last_lesson_leads_to_the_test_until_it_is_passed(walk) -> None:
    assert finish_lessons(walk.client)["Location"] == "/kurse/spuren/#geschafft"
    lernen = walk.client.get("/lernen/").content.decode()
    assert f'href="{TEST}"' in lernen
    course = walk.client.get("/kurse/spuren/").content.decode()
    assert "Zum Abschlusstest" in course
    end = walk.client.get("/kurse/spuren/tun/").content.decode()
    assert "Weiter: Abschlusstest" in " ".join(end.split())

    walk.whole(RIGHT, RIGHT, RIGHT, RIGHT)
    assert finish_lessons(walk.client)["Location"] == "/kurse/spuren/"
    lernen = walk.client.get("/lernen/").content.decode()
    assert "Abschlusstest</a>: bestanden" in lernen
    assert "Zum Abschlusstest" not in walk.client.get("/kurse/spuren/").content.decode()


def test_a_pass_with_all_lessons_done_leads_to_the_certificate(walk) -> None:
    walk.whole(RIGHT, RIGHT, RIGHT, RIGHT)
    assert "Bescheinigung holen" not in walk.text
    assert "auch die noch offenen Lektionen" in walk.text
    finish_lessons(walk.client)

    assert "auch die noch offenen Lektionen" not in walk.get("ergebnis/").text
    link = walk.get("ergebnis/").page.select_one(".finish a.button")
    assert link["href"] == "/kurse/spuren/bescheinigung/"
    titles = [title.text for title in walk.page.select("main h2")]
    assert titles == ["Wie es weitergeht", "Ziel für Ziel", "Frage für Frage"]


def test_who_has_not_passed_reads_first_what_to_read_again(walk) -> None:
    walk.whole(WRONG, WRONG, WRONG, WRONG)

    titles = [title.text for title in walk.page.select("main h2")]
    assert titles == ["Ziel für Ziel", "Frage für Frage", "Wie es weitergeht"]


def test_a_test_that_was_not_passed_is_not_asked_for_again_and_again(walk) -> None:
    finish_lessons(walk.client)
    walk.whole(WRONG)
    page = BeautifulSoup(walk.client.get("/lernen/").content, "html.parser")

    assert page.find(id="started") is None
    assert "Abschlusstest : noch nicht bestanden" in " ".join(
        page.find(id="done").parent.get_text(" ").split()
    )


def test_the_test_stands_last_in_every_outline_with_its_state(walk) -> None:
    for state, words in (("open", ""), ("started", "begonnen")):
        if state == "started":
            walk.begin()
        for path in ("/kurse/spuren/", "/kurse/spuren/tag/"):
            page = BeautifulSoup(walk.client.get(path).content, "html.parser")
            last = page.select(".trail > li")[-1]
            assert last["data-state"] == state
            assert last.a["href"] == TEST
            assert words in last.get_text()


def test_a_test_begun_without_any_lesson_is_found_under_learning(walk) -> None:
    walk.begin()
    page = walk.client.get("/lernen/").content.decode()

    assert "Abschlusstest: begonnen" in page
    assert f'href="{TEST}"' in page


# --- Data thrift ----------------------------------------------------------------------


def test_reading_about_the_test_sets_no_cookie_and_is_kept_for_all(as_visitor) -> None:
    response = as_visitor.client.get(TEST)

    assert not response.cookies
    assert response["Cache-Control"] == "max-age=0, must-revalidate"


def test_pages_of_a_run_are_kept_nowhere(walk) -> None:
    walk.begin()
    for path in ("", "frage/1/", "uebersicht/"):
        response = walk.client.get(TEST + path)
        assert response["Cache-Control"] == "no-store, private"


def test_a_visitors_test_lies_in_one_cookie_and_no_row(as_visitor) -> None:
    as_visitor.whole(RIGHT)

    cookie = as_visitor.client.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert len(cookie.value) < 1000
    assert FinalTest.objects.count() == 0


def test_an_old_cookie_brings_no_better_answers(as_visitor) -> None:
    as_visitor.begin().answer_all(WRONG, WRONG, WRONG, WRONG)
    old = as_visitor.client.cookies[COOKIE].value
    tab = Walk(as_visitor.client).get("frage/1/")
    as_visitor.hand_in()
    as_visitor.client.cookies[COOKIE] = old

    assert tab.answer(RIGHT).refusal()[0] == 409
    assert as_visitor.hand_in().heading == "0 %: noch nicht bestanden"
    as_visitor.client.cookies[COOKIE] = old
    for each in caches.all():  # A server that has forgotten it cannot know better.
        each.clear()
    assert tab.get("frage/1/").answer(RIGHT).path == f"{TEST}frage/2/"


def test_emptying_the_device_takes_the_test_along(as_visitor) -> None:
    as_visitor.begin()
    response = as_visitor.client.post("/geraet-leeren/")

    assert response.cookies[COOKIE]["max-age"] == 0


def test_a_key_takes_the_test_along_when_asked_to(as_visitor) -> None:
    as_visitor.whole(RIGHT, RIGHT, RIGHT, RIGHT)
    response = as_visitor.client.post(
        "/schluessel/neu/", {"progress": "take"}, follow=True
    )

    assert response.cookies[COOKIE]["max-age"] == 0
    assert kept(as_visitor.client).passed.score == 100
    del as_visitor.client.cookies[COOKIE]
    assert "Bestanden am" in as_visitor.get().text


def test_a_key_brings_no_second_try_at_a_test_handed_in_before(as_visitor) -> None:
    as_visitor.begin().answer_all(WRONG, WRONG, WRONG, WRONG)
    old = as_visitor.client.cookies[COOKIE].value
    as_visitor.hand_in()
    as_visitor.client.cookies[COOKIE] = old
    as_visitor.client.post("/schluessel/neu/", {"progress": "take"}, follow=True)

    assert kept(as_visitor.client).open_run is None
    assert as_visitor.get("frage/1/").path == TEST


def test_nor_do_solutions_seen_on_the_device_help_in_the_account(as_visitor) -> None:
    as_visitor.begin().answer(WRONG)
    old = as_visitor.client.cookies[COOKIE].value
    as_visitor.client.post("/schluessel/neu/", {"progress": "take"}, follow=True)
    stranger = Walk(Client(headers={"Sec-Fetch-Site": "same-origin"}))
    stranger.client.cookies[COOKIE] = old

    assert stranger.get("uebersicht/").path == TEST
    assert as_visitor.get("frage/1/").path == f"{TEST}frage/1/"


def test_a_key_can_be_had_without_it(as_visitor) -> None:
    as_visitor.begin()
    as_visitor.client.post("/schluessel/neu/", {"progress": "leave"}, follow=True)

    assert FinalTest.objects.count() == 0


def test_a_test_found_on_the_device_is_asked_about_and_then_added(
    as_visitor, lena
) -> None:
    as_visitor.begin().answer(RIGHT)
    client = as_visitor.client
    client.force_login(lena, backend=KEY_BACKEND)
    page = client.get("/lernen/").content.decode()
    assert "Auf diesem Gerät liegt ein Lernstand." in page
    assert FinalTest.objects.count() == 0

    client.post("/lernen/uebernehmen/", {"choice": "yes"})
    assert "1 von 4 beantwortet" in as_visitor.get("frage/2/").text


def test_my_data_shows_the_test_of_account_and_device(walk) -> None:
    walk.begin().answer(RIGHT)
    page = walk.client.get("/meine-daten/").content.decode()
    assert "Abschlusstest" in page
    assert "Datenspuren lesen" in page
    walk.answer_all(RIGHT, RIGHT, RIGHT, RIGHT).hand_in()
    page = walk.client.get("/meine-daten/").content.decode()
    assert "100" in page


def test_the_copy_of_an_open_run_tells_no_score(as_lena) -> None:
    as_lena.begin().answer(RIGHT)

    item = FinalTest.objects.get().items[0]
    assert "score" not in item


def test_a_stranger_sees_nothing_of_it(as_lena) -> None:
    as_lena.whole(RIGHT, RIGHT, RIGHT, RIGHT)
    fremd = Client(headers={"Sec-Fetch-Site": "same-origin"})
    fremd.force_login(
        User.objects.create_user(display_name="Fremd"), backend=KEY_BACKEND
    )

    assert "Bestanden" not in Walk(fremd).get().text
    assert Walk(fremd).get("ergebnis/").path == TEST


def test_types_of_all_kinds_are_played(walk, quiz) -> None:
    questions = [
        multiple_choice(f"{goal['id']}-m{n}", goal=goal["id"], reserved=False)
        for goal in GOALS
        for n in range(4)
    ]
    quiz.change(questions)
    walk.begin()
    for _number in range(4):
        walk.take(
            walk.client.post(
                walk.path,
                {**walk.form(), "option": ["0", "2"], "go": "next"},
                follow=True,
            )
        )
    assert walk.hand_in().heading == "Bestanden mit 100 %"
