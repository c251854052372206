"""A renewal asks first, teaches what is missing, writes nothing and keeps the old."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.plugin import DjangoDbBlocker

from courses.catalogue.library import FinalTestEntry
from courses.exercises.drawing import PoolItem
from courses.groups.models import Organisation
from courses.models import CoursePage
from courses.packages.reader import read_package, read_terms
from courses.player.renewal import check_minutes
from courses.training.evidence import duties_of
from courses.training.models import Assigned, Assignment, Employee, Evidence, Renewal
from courses.training.reports import report
from tests.factories import GOALS, final_test, fresh, lesson, world

from .test_proving import everything, fields, open_invitation, page, words

pytestmark = pytest.mark.django_db
PROOF = "/nachweis/spuren/"
CHECK = f"{PROOF}auffrischung/"
RIGHT, WRONG = "1", "0"
DUE = date(2027, 6, 30)
CHANGES = [
    {"month": "2027-02", "text": "Die Frist ist neu."},
    {"month": "2026-06", "text": "Ein Beispiel ist neu."},
    {"month": "2026-05", "text": "Der Kurs ist neu."},
]
COURSE = {"goals": GOALS, "as_of": date(2026, 7, 1), "changes": CHANGES}


def on(year: int, month: int, day: int) -> time_machine.travel:
    return time_machine.travel(datetime(year, month, day, 9, tzinfo=UTC), tick=False)


@pytest.fixture(scope="module")
def published(module_rows: DjangoDbBlocker) -> CoursePage:
    with module_rows.unblock():
        course = world().course(**COURSE)
        lesson(course, goals=["erkennen"], title="Spuren erkennen", minutes=9)
        lesson(course, slug="tun", goals=["handeln"], title="Was tun?", minutes=7)
        lesson(course, slug="rest", goals=[], title="Ohne Ziel", minutes=30)
        final_test(course, minutes=18)
    return course


@pytest.fixture
def course(published: CoursePage, db: None) -> CoursePage:
    return fresh(published)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    """Two weeks before the old evidence runs out."""
    with on(2027, 6, 15):
        yield


@pytest.fixture
def assigned(course: CoursePage, city: Organisation, clerk: Employee) -> Assignment:
    assignment = Assignment.objects.create(
        organisation=city,
        course_key=course.translation_key,
        due=date(2026, 6, 30),
        renewal=Renewal.ROLLING,
        valid_months=12,
    )
    Assigned.objects.create(
        assignment=assignment, employee=clerk, unit=clerk.unit, since=date(2026, 1, 1)
    )
    return assignment


@pytest.fixture
def old(assigned: Assignment, clerk: Employee) -> Evidence:
    return Evidence.objects.create(
        employee=clerk,
        course_key=assigned.course_key,
        course_title="Datenspuren lesen",
        month=date(2026, 6, 1),
        noted=date(2026, 6, 1),
        valid_until=DUE,
        version="2026-05-01",
        proof="test",
        is_visible=True,
    )


@pytest.fixture
def employee(old: Evidence, clerk: Employee) -> Client:
    client = Client()
    open_invitation(client, clerk)
    return client


def take(client: Client, where: str, option: Callable[[str], str]) -> Any:
    """Take a check or a test; ``option`` says how to answer a question's words."""
    begin = fields(client.get(where), f"{where}beginnen/")
    shown = client.post(f"{where}beginnen/", begin, follow=True)
    while "frage" in (path := shown.redirect_chain[-1][0]):
        chosen = option(page(shown).legend.get_text())
        given = {**fields(shown), "go": "next", "option": chosen}
        shown = client.post(path, given, follow=True)
    values = fields(client.get(f"{where}uebersicht/"), "abgeben/")
    return client.post(f"{where}abgeben/", values, follow=True)


def right(question: str) -> str:
    return RIGHT


def only(goal: str) -> Callable[[str], str]:
    """Answer the questions on one goal rightly."""
    return lambda question: RIGHT if goal in question else WRONG


def links(response: Any) -> list[str]:
    return [a["href"] for a in page(response).select("main a")]


def to_read(response: Any) -> list[str]:
    found = page(response).select("section[aria-labelledby=lessons] li a")
    return [a.get_text() for a in found]


# --- When it is offered ---


@pytest.mark.parametrize(
    ("day", "is_offered"),
    [
        ((2026, 12, 1), False),
        ((2027, 3, 31), False),
        ((2027, 4, 1), True),
        ((2027, 6, 30), True),
        ((2027, 7, 1), True),
    ],
)
def test_it_is_offered_90_days_before_the_evidence_ends_and_after(
    old: Evidence, clerk: Employee, day: tuple[int, int, int], is_offered: bool
) -> None:
    with on(*day):
        client = Client()
        open_invitation(client, clerk)
        assert (CHECK in links(client.get("/nachweis/"))) is is_offered


@pytest.mark.parametrize(
    ("day", "is_offered"), [((2026, 12, 31), False), ((2027, 1, 1), True)]
)
def test_yearly_training_is_renewed_in_the_new_year(
    old: Evidence,
    assigned: Assignment,
    clerk: Employee,
    day: tuple[int, int, int],
    is_offered: bool,
) -> None:
    Assignment.objects.update(renewal=Renewal.YEARLY, due=date(2026, 1, 31))
    Evidence.objects.update(valid_until=date(2026, 12, 31))
    with on(*day):
        [duty] = duties_of(clerk)
        assert duty.may_renew is is_offered


def test_what_ran_out_is_told_with_its_month_and_last_day(
    old: Evidence, clerk: Employee
) -> None:
    with on(2027, 7, 2):
        [duty] = duties_of(clerk)
        assert (duty.proof, duty.last) == (None, old)
        client = Client()
        open_invitation(client, clerk)
        shown = words(client.get("/nachweis/"))
    assert "nachgewiesen: Juni 2026, gültig bis 30. Juni 2027, abgelaufen" in shown


def test_nobody_renews_what_was_never_proved(employee: Client, old: Evidence) -> None:
    old.delete()
    assert CHECK not in links(employee.get("/nachweis/"))
    assert employee.get(CHECK).status_code == 404
    assert employee.post(f"{CHECK}beginnen/").status_code == 404


# --- What it says and asks ---


def test_it_says_what_is_new_since_the_month_of_the_old_evidence(
    employee: Client,
) -> None:
    shown = employee.get(CHECK)
    section = page(shown).select_one("section[aria-labelledby=changes]")
    assert section.h2.get_text() == "Was ist neu seit Juni 2026"
    assert [each.get_text() for each in section.select("li")] == [
        "Februar 2027: Die Frist ist neu.",
        "Juni 2026: Ein Beispiel ist neu.",
    ]
    assert "Der Arbeitgeber sieht vom Einstiegstest nichts" in words(shown)
    # A question of each of two goals: half of the test of 18 minutes.
    assert "2 Fragen" in words(shown)
    assert "etwa 9 Minuten" in words(shown)


def test_the_check_asks_each_goal_and_nothing_reserved(employee: Client) -> None:
    asked: list[str] = []

    def note(question: str) -> str:
        asked.append(question)
        return RIGHT

    take(employee, CHECK, note)
    # Keys of the pool end in their number; 5 and 6 are reserved.
    goals = sorted(question.split(" zu ")[1].rstrip("?") for question in asked)
    assert goals == ["erkennen", "handeln"]
    assert {question.split()[1] for question in asked} <= {"1", "2", "3", "4"}


def test_a_missed_goal_gives_exactly_its_lessons_with_minutes(
    employee: Client,
) -> None:
    shown = take(employee, CHECK, only("erkennen"))
    assert page(shown).h1.get_text() == "1 von 2 Zielen bekannt"
    assert to_read(shown) == ["Was tun?"]
    # Numbers alone need no plural: a check may take 1 minute.
    assert (
        "Zusammen etwa 16 Minuten: 9 für den Einstiegstest, 7 für die Lektionen zum "
        "Nachlesen."
    ) in words(shown)
    states = [each.get_text() for each in page(shown).select(".goal-results .share")]
    assert states == ["bekannt", "verfehlt"]


def test_the_entry_check_of_the_shipped_training_takes_20_minutes_at_most() -> None:
    library = Path(settings.LIBRARY_DIR)
    loaded = read_package(
        library / "datenschutz-im-rathaus", terms=read_terms([library / "_site"])
    )
    course = loaded.package.original
    facts = course.test.facts
    values = [block["value"] for block in course.test.streams["pool"]]
    test = FinalTestEntry(
        page_id=0,
        title="",
        summary="",
        minutes=facts["minutes"],
        per_goal=facts["per_goal"],
        pass_mark=facts["pass_mark"],
        attempts=0,
        pool=tuple(
            PoolItem(each["key"], each["goal"], bool(each["reserved"]))
            for each in values
        ),
        path="",
        draft_notice="",
    )
    goals = [goal["id"] for goal in course.head.facts["goals"]]
    assert 0 < check_minutes(test, goals) <= 20


def test_who_knows_all_reads_no_lesson_again(employee: Client) -> None:
    shown = take(employee, CHECK, right)
    assert to_read(shown) == []
    assert PROOF in links(shown)
    assert "Keine Lektion muss noch einmal gelesen werden" in words(shown)


def test_an_open_question_counts_as_missed(employee: Client) -> None:
    employee.post(f"{CHECK}beginnen/", fields(employee.get(CHECK), "beginnen/"))
    values = fields(employee.get(f"{CHECK}uebersicht/"), "abgeben/")
    shown = employee.post(f"{CHECK}abgeben/", values, follow=True)
    assert to_read(shown) == ["Spuren erkennen", "Was tun?"]


# --- What is kept of it ---


def test_nothing_of_a_check_is_written(employee: Client) -> None:
    before = everything()
    with CaptureQueriesContext(connection) as queries:
        take(employee, CHECK, right)
    assert everything() == before
    writing = ("INSERT", "UPDATE", "DELETE")
    assert [q["sql"] for q in queries if q["sql"].startswith(writing)] == []


def test_the_pages_take_few_statements(employee: Client) -> None:
    take(employee, CHECK, right)
    for path in (CHECK, f"{CHECK}ergebnis/"):
        with CaptureQueriesContext(connection) as queries:
            employee.get(path)
        assert len(queries) == 4, [q["sql"] for q in queries]


def test_a_check_is_no_test_and_a_test_no_check(employee: Client) -> None:
    """Neither goes on under the other's name; a passed check proves nothing."""
    begun = fields(employee.get(CHECK), "beginnen/")
    employee.post(f"{CHECK}beginnen/", begun)
    check = employee.cookies[settings.RENEWAL_COOKIE_NAME].value
    employee.post(f"{PROOF}beginnen/", fields(employee.get(PROOF), "beginnen/"))
    test = employee.cookies[settings.EVIDENCE_COOKIE_NAME].value

    employee.cookies[settings.EVIDENCE_COOKIE_NAME] = check
    employee.cookies[settings.RENEWAL_COOKIE_NAME] = test
    assert employee.get(f"{PROOF}uebersicht/").url == PROOF
    assert employee.get(f"{CHECK}uebersicht/").url == CHECK


def test_clearing_the_device_takes_the_check_away(employee: Client) -> None:
    take(employee, CHECK, right)
    employee.post("/geraet-leeren/")
    assert not employee.cookies[settings.RENEWAL_COOKIE_NAME].value


# --- Evidence ---


def test_a_renewal_keeps_the_old_evidence(
    employee: Client, assigned: Assignment, old: Evidence
) -> None:
    with on(2027, 7, 15):
        take(employee, CHECK, right)
        assert list(Evidence.objects.all()) == [old]
        take(employee, PROOF, right)
        Evidence.objects.update(is_visible=True)
        months = Evidence.objects.order_by("month").values_list("month", flat=True)
        assert list(months) == [date(2026, 6, 1), date(2027, 7, 1)]
        told = words(employee.get("/nachweis/"))
        assert "Datenspuren lesen, Juni 2026" in told
        assert "Datenspuren lesen, Juli 2027" in told
        [state] = report(assigned, date(2027, 7, 15)).states
    assert (state.month, state.valid_until) == (date(2027, 7, 1), date(2028, 7, 31))


def test_in_the_month_of_the_old_evidence_a_second_row_is_neither_offered_nor_written(
    employee: Client, old: Evidence
) -> None:
    Evidence.objects.update(
        month=date(2027, 6, 1), noted=date(2027, 6, 1), valid_until=date(2027, 6, 10)
    )
    said = "Aus diesem Monat gibt es schon einen Nachweis"
    assert CHECK not in links(employee.get("/nachweis/"))
    assert said in words(employee.get(CHECK))
    assert said in words(take(employee, CHECK, right))
    assert said in words(employee.get(PROOF))
    take(employee, PROOF, right)
    assert Evidence.objects.count() == 1
