"""A renewal proves what is still known, teaches what is missing, and keeps the old."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.plugin import DjangoDbBlocker

from courses.groups.models import Organisation
from courses.models import CoursePage
from courses.player.employee import CheckLearner, EvidenceLearner
from courses.progress import run_cookie
from courses.training.evidence import duties_of
from courses.training.models import Assigned, Assignment, Employee, Evidence, Renewal
from courses.training.reports import report
from courses.training.retention import publish_batches
from tests.factories import GOALS, final_test, fresh, lesson, pool, world

from .test_proving import (
    everything,
    evidence_told,
    fields,
    open_invitation,
    page,
    words,
)

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
        # One of two goals is half: what the check asks for is more than a pass mark.
        final_test(course, minutes=18, pass_mark=50, attempts=2)
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


def drawn(client: Client, who: Employee, kind: type[EvidenceLearner]) -> list[str]:
    """Return the keys of the questions in the only run of the device."""
    value = client.cookies[kind.cookie_name].value
    [standing] = run_cookie.loads(value, salt=kind.salt_for(who)).values()
    assert standing.run is not None
    return [item.key for item in standing.run.items]


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
    # A question of each of two goals: half of the test of 18 minutes.
    said = words(shown)
    assert "2 Fragen" in said
    assert "Wer alle löst, hat nach etwa 9 Minuten einen neuen Nachweis." in said
    assert "der Test für den Nachweis, etwa 18 Minuten." in said
    assert "binnen 14 Tagen" in said
    assert "Ob er aus dem Einstiegstest kommt, erfährt er nicht." in said


def test_the_check_asks_each_goal_from_the_whole_pool_but_what_the_test_just_asked(
    employee: Client, clerk: Employee
) -> None:
    """The result of a test shows solutions, and seven of them would be evidence."""
    employee.post(f"{PROOF}beginnen/", fields(employee.get(PROOF), "beginnen/"))
    known = set(drawn(employee, clerk, EvidenceLearner))
    others = {block["value"]["key"] for block in pool()} - known
    begin = fields(employee.get(CHECK), "beginnen/")
    asked: set[str] = set()
    runs = 0
    # Each run draws by chance: 80 leave one of eight out once in a thousand million.
    while asked != others and (runs := runs + 1) <= 80:
        employee.cookies.pop(settings.RENEWAL_COOKIE_NAME, None)
        employee.post(f"{CHECK}beginnen/", begin)
        keys = drawn(employee, clerk, CheckLearner)
        assert sorted(key.partition("-")[0] for key in keys) == ["erkennen", "handeln"]
        asked.update(keys)
    assert asked == others


def test_a_missed_goal_gives_exactly_its_lessons_with_minutes_and_no_evidence(
    employee: Client, clerk: Employee, old: Evidence
) -> None:
    before = everything()
    shown = take(employee, CHECK, only("erkennen"))
    assert everything() == before
    assert page(shown).h1.get_text() == "1 von 2 Zielen bekannt"
    assert to_read(shown) == ["Was tun?"]
    # Numbers alone need no plural: a lesson may take 1 minute.
    assert (
        "Noch etwa 25 Minuten: 7 für die Lektionen zum Nachlesen, 18 für den Test für "
        "den Nachweis."
    ) in words(shown)
    states = [each.get_text() for each in page(shown).select(".goal-results .share")]
    assert states == ["bekannt", "verfehlt"]
    assert PROOF in links(shown)

    # A missed check is no pass on this device, though it reached the test's pass mark.
    Evidence.objects.create(
        employee=clerk, course_key=old.course_key, month=date(2027, 6, 1)
    )
    assert [month for month, _kind in evidence_told(employee)] == ["2026-06"]


def test_who_knows_all_has_evidence_at_once_and_it_is_that_of_a_test(
    employee: Client, clerk: Employee, old: Evidence
) -> None:
    before = everything()
    shown = take(employee, CHECK, right)
    after = everything()
    assert {name for name in after if after[name] != before[name]} == {
        "courses_evidence"
    }
    new = clerk.evidence.exclude(pk=old.pk).values().get()
    del new["id"], new["employee_id"]
    assert new == {
        "course_key": old.course_key,
        "course_title": "Datenspuren lesen",
        "version": "2026-07-01",
        "month": date(2027, 6, 1),
        "noted": date(2027, 6, 1),
        "valid_until": date(2028, 6, 30),
        "proof": "test",
        "is_visible": False,
        "deletion_announced": False,
    }

    assert page(shown).h1.get_text() == "Bestanden: alle Lernziele bekannt"
    said = words(shown)
    assert "Der Nachweis ist da: Juni 2027. Er gilt bis 30. Juni 2028." in said
    assert "Nichts muss noch einmal gelernt werden" in said
    assert f"{PROOF}bescheinigung/" in links(shown)
    assert PROOF not in links(shown)
    assert to_read(shown) == []

    # Seen here before the night, and nowhere else.
    assert ("2027-06", "test") in evidence_told(employee)
    elsewhere = Client()
    open_invitation(elsewhere, clerk)
    assert [month for month, _kind in evidence_told(elsewhere)] == ["2026-06"]


def test_an_open_question_counts_as_missed_and_attempts_are_those_of_the_test(
    employee: Client,
) -> None:
    for left in (1, 0):
        employee.post(f"{CHECK}beginnen/", fields(employee.get(CHECK), "beginnen/"))
        values = fields(employee.get(f"{CHECK}uebersicht/"), "abgeben/")
        shown = employee.post(f"{CHECK}abgeben/", values, follow=True)
        again = page(shown).select_one(f"form[action='{CHECK}beginnen/'] button")
        assert (again is not None) is bool(left)
    assert to_read(shown) == ["Spuren erkennen", "Was tun?"]
    assert "Die Versuche für den Einstiegstest sind aufgebraucht" in words(shown)
    given = {"after": values["run"], "reader": values["reader"]}
    refused = employee.post(f"{CHECK}beginnen/", given)
    assert refused.status_code == 409
    assert "2 von 2 Versuchen" in words(employee.get(PROOF))


# --- What is kept of it ---


def test_a_check_that_was_handed_in_takes_no_better_answers(employee: Client) -> None:
    employee.post(f"{CHECK}beginnen/", fields(employee.get(CHECK), "beginnen/"))
    kept = employee.cookies[settings.RENEWAL_COOKIE_NAME].value
    form = fields(employee.get(f"{CHECK}frage/1/"))
    values = fields(employee.get(f"{CHECK}uebersicht/"), "abgeben/")
    employee.post(f"{CHECK}abgeben/", values)
    employee.cookies[settings.RENEWAL_COOKIE_NAME] = kept
    better = {**form, "go": "next", "option": RIGHT}
    assert employee.post(f"{CHECK}frage/1/", better).status_code == 409

    # Longer than that is remembered, no cookie goes on either.
    caches["rooms"].clear()
    with on(2027, 6, 29):
        lapsed = employee.post(f"{CHECK}frage/1/", better)
        assert "innerhalb von 14 Tagen" in words(lapsed)
        assert "innerhalb von 14 Tagen" in words(employee.get(CHECK))


def test_the_pages_take_few_statements(employee: Client) -> None:
    take(employee, CHECK, only("erkennen"))
    for path in (CHECK, f"{CHECK}ergebnis/"):
        with CaptureQueriesContext(connection) as queries:
            employee.get(path)
        assert len(queries) == 4, [q["sql"] for q in queries]


def test_a_check_is_no_test_and_a_test_no_check(employee: Client) -> None:
    """Neither goes on under the other's name."""
    begun = fields(employee.get(CHECK), "beginnen/")
    employee.post(f"{CHECK}beginnen/", begun)
    check = employee.cookies[settings.RENEWAL_COOKIE_NAME].value
    employee.post(f"{PROOF}beginnen/", fields(employee.get(PROOF), "beginnen/"))
    test = employee.cookies[settings.EVIDENCE_COOKIE_NAME].value

    employee.cookies[settings.EVIDENCE_COOKIE_NAME] = check
    employee.cookies[settings.RENEWAL_COOKIE_NAME] = test
    assert employee.get(f"{PROOF}uebersicht/").url == PROOF
    assert employee.get(f"{CHECK}uebersicht/").url == CHECK

    employee.post("/geraet-leeren/")
    assert not employee.cookies[settings.RENEWAL_COOKIE_NAME].value


# --- Evidence ---


def test_a_renewal_keeps_the_old_evidence_and_is_over_when_the_next_is_due(
    employee: Client, assigned: Assignment
) -> None:
    with on(2027, 7, 15):
        take(employee, CHECK, right)
        publish_batches()
        months = Evidence.objects.order_by("month").values_list("month", flat=True)
        assert list(months) == [date(2026, 6, 1), date(2027, 7, 1)]
        told = words(employee.get("/nachweis/"))
        assert "Datenspuren lesen, Juni 2026" in told
        assert "Datenspuren lesen, Juli 2027" in told
        [state] = report(assigned, date(2027, 7, 15)).states
    assert (state.month, state.valid_until) == (date(2027, 7, 1), date(2028, 7, 31))
    with on(2028, 6, 1):
        assert f"{CHECK}ergebnis/" not in links(employee.get(CHECK))
        assert employee.get(f"{CHECK}ergebnis/").url == CHECK


def test_in_the_month_of_the_old_evidence_a_second_row_is_neither_offered_nor_written(
    employee: Client, old: Evidence
) -> None:
    Evidence.objects.update(
        month=date(2027, 6, 1), noted=date(2027, 6, 1), valid_until=date(2028, 6, 30)
    )
    said = "Aus diesem Monat gibt es schon einen Nachweis"
    assert CHECK not in links(employee.get("/nachweis/"))
    assert said in words(employee.get(CHECK))
    assert said in words(employee.get(PROOF))
    before = everything()
    take(employee, CHECK, right)
    assert everything() == before
