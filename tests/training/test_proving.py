"""From the invitation to the evidence: what is written, and what never is."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.apps import apps
from django.conf import settings
from django.core.cache import cache, caches
from django.db import OperationalError, connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format
from pytest_django.plugin import DjangoDbBlocker

from content.generation import current_generation
from courses.catalogue.library import library
from courses.groups.models import Organisation
from courses.models import CoursePage
from courses.player.employee import EvidenceLearner
from courses.progress.runs import Refused
from courses.training.invitations import invite, written
from courses.training.models import (
    Assigned,
    Assignment,
    Employee,
    EmployeeAccess,
    Evidence,
    Proof,
)
from courses.training.retention import publish_batches
from learnsite.accounts import services
from learnsite.accounts.models import User
from tests.factories import (
    GOALS,
    final_test,
    fresh,
    lesson,
    pool,
    with_second_factor,
    world,
)

pytestmark = pytest.mark.django_db
PROOF = "/nachweis/spuren/"
RIGHT, WRONG = "1", "0"
Hire = Callable[..., Employee]


@pytest.fixture(scope="module")
def published(module_rows: DjangoDbBlocker) -> CoursePage:
    with module_rows.unblock():
        course = world().course(goals=GOALS, as_of=date(2026, 7, 1))
        lesson(course, goals=["erkennen"], title="Spuren erkennen")
        lesson(course, slug="tun", goals=["handeln"], title="Was tun?")
        final_test(course)
    return course


@pytest.fixture
def course(published: CoursePage, db: None) -> CoursePage:
    return fresh(published)


@pytest.fixture
def assigned(course: CoursePage, city: Organisation, clerk: Employee) -> Assignment:
    assignment = Assignment.objects.create(
        organisation=city,
        course_key=course.translation_key,
        due=timezone.localdate() + timedelta(days=30),
    )
    month = timezone.localdate().replace(day=1)
    Assigned.objects.create(
        assignment=assignment, employee=clerk, unit=clerk.unit, since=month
    )
    return assignment


def page(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def words(response: Any) -> str:
    return " ".join(page(response).select_one("main").get_text(" ").split())


def open_invitation(client: Client, employee: Employee) -> Any:
    code = written(invite([employee])[employee])
    return client.post("/einladung/", {"code": code}, follow=True)


def fields(response: Any, end: str = "") -> dict[str, str]:
    forms = page(response).select("main form")
    form = next(f for f in forms if (f.get("action") or "").endswith(end))
    return {i["name"]: i["value"] for i in form.select("input[type=hidden]")}


def answer_all(client: Client, option: str, where: str = PROOF) -> Any:
    start = client.get(where)
    client.post(f"{where}beginnen/", fields(start, "beginnen/"))
    return answer_open(client, option, where)


def answer_open(client: Client, option: str, where: str = PROOF) -> Any:
    path = f"{where}frage/1/"
    while "frage" in path:
        given = {**fields(client.get(path)), "go": "next", "option": option}
        shown = client.post(path, given, follow=True)
        path = shown.redirect_chain[-1][0]
    return shown


def hand_in(client: Client, where: str = PROOF) -> Any:
    values = fields(client.get(f"{where}uebersicht/"), "abgeben/")
    return client.post(f"{where}abgeben/", values, follow=True)


def everything() -> dict[str, list[tuple]]:
    """Return every row of every table, as the database holds it."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names()):
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT * FROM {name}")  # noqa: S608 - our own tables
            found[table] = sorted(map(repr, cursor.fetchall()))
    return found


@pytest.fixture
def employee(assigned: Assignment, clerk: Employee) -> Client:
    client = Client()
    open_invitation(client, clerk)
    return client


def test_an_invitation_says_what_is_due_and_what_the_employer_sees(
    assigned: Assignment, clerk: Employee, client: Client
) -> None:
    shown = open_invitation(client, clerk)
    assert shown.redirect_chain == [("/nachweis/", 303)]
    assert "Der Arbeitgeber sieht: offen, erledigt oder zurückgestellt" in words(shown)
    assert f"{assigned.due.year}" in words(shown)
    hrefs = [a["href"] for a in page(shown).select("main a")]
    assert "/einladung/beispiel/" in hrefs
    first = next(href for href in hrefs if href.startswith("/kurse/spuren/"))
    assert client.get(first).status_code == 200


def test_a_course_that_is_not_there_in_plain_german_is_reached_in_german(
    employee: Client,
) -> None:
    shown = employee.get("/de-simple/nachweis/")
    duty = page(shown).select_one("[aria-labelledby=duty-1]")
    assert duty.h2.get_text() == "Datenspuren lesen"
    assert duty.h2["lang"] == "de"
    assert "Diesen Kurs gibt es nur in Alltags-Sprache." in duty.get_text()
    hrefs = [a["href"] for a in duty.select("a")]
    assert [href for href in hrefs if href.startswith("/de-simple/")] == []
    assert [employee.get(href).status_code for href in hrefs] == [200, 200]
    assert "nicht mehr" not in words(shown)


def test_the_page_takes_few_statements(employee: Client) -> None:
    employee.get("/nachweis/")
    with CaptureQueriesContext(connection) as queries:
        employee.get("/nachweis/")
    assert len(queries) == 8, [q["sql"] for q in queries]


@pytest.mark.parametrize("code", ["", "ABC", "2345-6789-ABCD"])
def test_a_wrong_code_is_said_to_be_wrong(db: None, client: Client, code: str) -> None:
    shown = client.post("/einladung/", {"code": code})
    assert shown.status_code == 404
    assert "Code" in page(shown).select_one("[role=alert]").get_text()
    assert settings.EMPLOYEE_COOKIE_NAME not in client.cookies


def test_a_new_invitation_ends_the_cookie_of_the_old_one(
    employee: Client, clerk: Employee
) -> None:
    assert employee.get("/nachweis/").status_code == 200
    invite([clerk])
    assert employee.get("/nachweis/").url == "/einladung/"


def test_clearing_the_device_takes_the_invitation_away(employee: Client) -> None:
    answer_all(employee, RIGHT)
    employee.post("/geraet-leeren/")
    assert not employee.cookies[settings.EMPLOYEE_COOKIE_NAME].value
    assert not employee.cookies[settings.EVIDENCE_COOKIE_NAME].value


@pytest.mark.parametrize("who", ["visitor", "account"])
def test_passing_writes_one_row_of_evidence_and_nothing_else(
    employee: Client, clerk: Employee, who: str
) -> None:
    if who == "account":
        user, _words = services.issue_learning_key()
        employee.force_login(user, "learnsite.accounts.backends.LearningKeyBackend")
        employee.get("/lernen/")
    before = everything()
    answer_all(employee, RIGHT)
    assert everything() == before
    shown = hand_in(employee)
    after = everything()
    changed = {table for table in after if after[table] != before[table]}
    assert changed == {"courses_evidence"}
    evidence = Evidence.objects.get()
    assert (evidence.employee, evidence.version) == (clerk, "2026-07-01")
    assert evidence.month == timezone.localdate().replace(day=1)
    assert evidence.noted == evidence.month
    assert not evidence.is_visible
    assert "Der Nachweis ist da" in words(shown)
    # No result, no answer, no day: a row has no place for them.
    assert {field.name for field in Evidence._meta.fields} == {
        "id", "employee", "course_key", "course_title", "version", "month",
        "noted", "valid_until", "proof", "is_visible", "deletion_announced",
    }  # fmt: skip


def test_failing_writes_nothing(employee: Client) -> None:
    before = everything()
    answer_all(employee, WRONG)
    shown = hand_in(employee)
    assert everything() == before
    assert "Noch kein Nachweis" in words(shown)


def test_handing_in_twice_gives_one_row(employee: Client) -> None:
    answer_all(employee, RIGHT)
    values = fields(employee.get(f"{PROOF}uebersicht/"), "abgeben/")
    kept = employee.cookies[settings.EVIDENCE_COOKIE_NAME].value
    employee.post(f"{PROOF}abgeben/", values)
    # A double click, and the cookie from before brought back.
    employee.post(f"{PROOF}abgeben/", values)
    employee.cookies[settings.EVIDENCE_COOKIE_NAME] = kept
    employee.post(f"{PROOF}abgeben/", values)
    assert Evidence.objects.count() == 1


def test_a_cookie_from_before_with_better_answers_is_not_taken(
    employee: Client,
) -> None:
    start = employee.get(PROOF)
    employee.post(f"{PROOF}beginnen/", fields(start, "beginnen/"))
    kept = employee.cookies[settings.EVIDENCE_COOKIE_NAME].value
    hand_in(employee)
    employee.cookies[settings.EVIDENCE_COOKIE_NAME] = kept
    given = {**fields(employee.get(f"{PROOF}frage/1/")), "go": "next", "option": RIGHT}
    refused = employee.post(f"{PROOF}frage/1/", given)
    assert refused.status_code == 409
    assert "schon abgegeben" in words(refused)
    hand_in(employee)
    assert not Evidence.objects.exists()


def test_of_two_at_once_with_other_answers_one_is_taken(
    employee: Client, clerk: Employee, published: CoursePage, rf: RequestFactory
) -> None:
    course = library("de", current_generation()).by_key[published.translation_key]

    def loaded() -> EvidenceLearner:
        request = rf.post("/")
        request.COOKIES = {k: v.value for k, v in employee.cookies.items()}
        return EvidenceLearner(request, clerk, course)

    employee.post(f"{PROOF}beginnen/", fields(employee.get(PROOF), "beginnen/"))
    unanswered = loaded()
    answer_open(employee, RIGHT)
    answered = loaded()
    run = answered.final_test(course.key).open_run
    assert run is not None
    unanswered.hand_in_test(course.key, run.id, {})
    with pytest.raises(Refused):
        answered.hand_in_test(course.key, run.id, {})
    assert not Evidence.objects.exists()


def test_another_process_knows_of_a_test_that_was_handed_in(
    employee: Client, settings: Any, tmp_path: Path
) -> None:
    shared = {"BACKEND": "learnsite.room_files.RoomFiles", "LOCATION": str(tmp_path)}
    settings.CACHES = {**settings.CACHES, "rooms": shared}
    employee.post(f"{PROOF}beginnen/", fields(employee.get(PROOF), "beginnen/"))
    kept = employee.cookies[settings.EVIDENCE_COOKIE_NAME].value
    hand_in(employee)
    caches["default"].clear()  # the memory of one process, which another does not have
    employee.cookies[settings.EVIDENCE_COOKIE_NAME] = kept
    given = {**fields(employee.get(f"{PROOF}frage/1/")), "go": "next", "option": RIGHT}
    assert employee.post(f"{PROOF}frage/1/", given).status_code == 409


class Killed(BaseException):
    """What ends a worker: no code of ours gets to react."""


@pytest.mark.parametrize("why", [OperationalError("disk full"), Killed()])
def test_evidence_that_could_not_be_written_can_be_handed_in_again(
    employee: Client, why: BaseException
) -> None:
    answer_all(employee, RIGHT)
    values = fields(employee.get(f"{PROOF}uebersicht/"), "abgeben/")

    def full(execute: Callable[..., Any], sql: str, *said: Any) -> Any:
        if sql.startswith("INSERT"):
            raise why
        return execute(sql, *said)

    with connection.execute_wrapper(full), pytest.raises(type(why)):
        employee.post(f"{PROOF}abgeben/", values)
    assert not Evidence.objects.exists()
    shown = employee.post(f"{PROOF}abgeben/", values, follow=True)
    assert "Der Nachweis ist da" in words(shown)
    assert Evidence.objects.count() == 1


def test_a_run_proves_once_whatever_the_cache_forgot(employee: Client) -> None:
    with time_machine.travel(date(2027, 3, 28), tick=False):
        answer_all(employee, RIGHT)
        values = fields(employee.get(f"{PROOF}uebersicht/"), "abgeben/")
        kept = employee.cookies[settings.EVIDENCE_COOKIE_NAME].value
        employee.post(f"{PROOF}abgeben/", values)
    caches["rooms"].clear()
    with time_machine.travel(date(2027, 4, 2), tick=False):
        employee.cookies[settings.EVIDENCE_COOKIE_NAME] = kept
        employee.post(f"{PROOF}abgeben/", values)
    assert Evidence.objects.get().month == date(2027, 3, 1)


def test_a_test_begun_too_long_ago_is_over_and_says_so(employee: Client) -> None:
    """Longer than it is remembered that a test was handed in, no cookie goes on."""
    with time_machine.travel(date(2027, 3, 1), tick=False):
        answer_all(employee, WRONG)
        kept = employee.cookies[settings.EVIDENCE_COOKIE_NAME].value
        values = fields(employee.get(f"{PROOF}uebersicht/"), "abgeben/")
        given = {**fields(employee.get(f"{PROOF}frage/1/")), "go": "next"}
        hand_in(employee)
    employee.cookies[settings.EVIDENCE_COOKIE_NAME] = kept
    with time_machine.travel(date(2027, 3, 15), tick=False):
        assert employee.get(f"{PROOF}frage/1/").url == PROOF
        for path, form in (
            (f"{PROOF}frage/1/", {**given, "option": RIGHT}),
            (f"{PROOF}abgeben/", values),
        ):
            refused = employee.post(path, form)
            assert refused.status_code == 409
            assert "innerhalb von 14 Tagen" in words(refused)
        assert "innerhalb von 14 Tagen" in words(employee.get(PROOF))
        answer_all(employee, RIGHT)
        assert "innerhalb von 14 Tagen" not in words(employee.get(PROOF))
        hand_in(employee)
    assert Evidence.objects.get().month == date(2027, 3, 1)


def test_a_test_goes_on_for_two_weeks(employee: Client) -> None:
    with time_machine.travel(date(2027, 3, 1), tick=False):
        answer_all(employee, RIGHT)
    with time_machine.travel(date(2027, 3, 14), tick=False):
        assert "innerhalb von" not in words(employee.get(PROOF))
        hand_in(employee)
    assert Evidence.objects.count() == 1


def test_nobody_hands_in_the_run_of_somebody_else(
    employee: Client, hire: Hire, assigned: Assignment
) -> None:
    other = hire("4712", name="Kofi Mensah")
    month = timezone.localdate().replace(day=1)
    Assigned.objects.create(
        assignment=assigned, employee=other, unit=other.unit, since=month
    )
    answer_all(employee, RIGHT)
    kept = employee.cookies[settings.EVIDENCE_COOKIE_NAME].value
    theirs = Client()
    open_invitation(theirs, other)
    theirs.cookies[settings.EVIDENCE_COOKIE_NAME] = kept
    assert theirs.get(f"{PROOF}uebersicht/").url == PROOF


def test_a_test_for_oneself_never_becomes_evidence(
    employee: Client, course: CoursePage
) -> None:
    """Neither a visitor's run under the other name, nor one merged into an account."""
    own = "/kurse/spuren/abschlusstest/"
    start = employee.get(own)
    shown = employee.post(f"{own}beginnen/", fields(start, "beginnen/"), follow=True)
    while "frage" in shown.redirect_chain[-1][0]:
        given = {**fields(shown), "go": "next", "option": RIGHT}
        shown = employee.post(shown.redirect_chain[-1][0], given, follow=True)
    visitors = employee.cookies[settings.TESTS_COOKIE_NAME].value
    values = fields(employee.get(f"{own}uebersicht/"), "abgeben/")
    employee.cookies[settings.EVIDENCE_COOKIE_NAME] = visitors
    assert employee.get(f"{PROOF}uebersicht/").url == PROOF
    employee.post(f"{own}abgeben/", values)
    employee.post("/schluessel/neu/", {"progress": "take"}, follow=True)
    assert User.objects.count() == 1
    assert not Evidence.objects.exists()


def test_what_is_not_assigned_gives_no_evidence(
    employee: Client, assigned: Assignment
) -> None:
    Assigned.objects.all().delete()
    assert employee.get(PROOF).status_code == 404
    assert employee.post(f"{PROOF}beginnen/").status_code == 404


def test_the_reserved_share_is_asked(employee: Client) -> None:
    asked: set[str] = set()
    runs = 0
    # Each run draws by chance: 60 leave one of twelve out once in a thousand million.
    while len(asked) < len(pool()) and (runs := runs + 1) <= 60:
        cache.clear()
        employee.cookies.pop(settings.EVIDENCE_COOKIE_NAME, None)
        employee.post(f"{PROOF}beginnen/", fields(employee.get(PROOF), "beginnen/"))
        for number in (1, 2, 3, 4):
            asked.add(page(employee.get(f"{PROOF}frage/{number}/")).legend.get_text())
    assert len(asked) == len(pool())


def test_the_own_data_hold_every_value_of_the_rows(employee: Client) -> None:
    answer_all(employee, RIGHT)
    hand_in(employee)
    told = json.loads(employee.get("/nachweis/meine-daten.json").content)
    said = json.dumps(told, ensure_ascii=False)
    for model in (Employee, Evidence):
        for field in model._meta.fields:
            if field.primary_key or field.is_relation or field.name == "invitation":
                continue
            value = field.value_from_object(model.objects.get())
            if value in (None, "") or isinstance(value, bool):
                continue
            form = f"{value:%Y-%m}" if field.name in ("month", "noted") else str(value)
            assert form in said, field.name
    assert "4711" in employee.get("/nachweis/meine-daten.html").content.decode()


def evidence_told(client: Client) -> list[tuple[str, str]]:
    """Return month and kind of all evidence that the own data tell."""
    told = json.loads(client.get("/nachweis/meine-daten.json").content)
    return [(each["month"], each["kind"]) for each in told["evidence"]]


@pytest.mark.parametrize("proof", Proof)
def test_whoever_opens_a_new_invitation_elsewhere_sees_no_evidence_of_today(
    employee: Client, clerk: Employee, client: Client, proof: Proof
) -> None:
    """A manager may print a card and type it: the night comes before that, too."""
    answer_all(employee, RIGHT)
    hand_in(employee)
    Evidence.objects.update(proof=proof)
    month = f"{timezone.localdate():%Y-%m}"

    code = written(invite([clerk])[clerk])
    shown = client.post("/einladung/", {"code": code}, follow=True)
    assert "zu erledigen bis" in words(shown)
    assert "gültig bis" not in words(shown)
    assert evidence_told(client) == []
    whole = client.get("/nachweis/meine-daten.html").content.decode()
    assert "für den Arbeitgeber ab morgen zu sehen" not in whole
    start = words(client.get(PROOF))
    known = ("Ein Nachweis ist schon da", "Aus diesem Monat gibt es schon einen Nachw")
    assert not [each for each in known if each in start]
    assert client.get(f"{PROOF}bescheinigung/").status_code == 302
    assert client.get("/nachweis/spuren/auffrischung/").status_code != 200

    employee.post("/einladung/", {"code": code})
    assert evidence_told(employee) == [(month, proof.value)]
    start = words(employee.get(PROOF))
    assert [each for each in known if each in start] == list(known)
    assert employee.get(f"{PROOF}bescheinigung/").status_code == 200

    publish_batches()
    assert evidence_told(client) == [(month, proof.value)]


def test_a_colleagues_test_on_the_same_device_shows_nothing_of_today(
    employee: Client, hire: Hire, assigned: Assignment
) -> None:
    answer_all(employee, RIGHT)
    hand_in(employee)
    other = hire("4712", name="Lou Berg")
    Assigned.objects.create(
        assignment=assigned,
        employee=other,
        unit=other.unit,
        since=timezone.localdate().replace(day=1),
    )
    Evidence.objects.update(employee=other)
    open_invitation(employee, other)
    assert evidence_told(employee) == []


def test_each_new_invitation_is_told_with_its_day(
    employee: Client, clerk: Employee
) -> None:
    today = timezone.localdate()
    EmployeeAccess.objects.update(day=today - timedelta(days=20))
    shown = words(open_invitation(employee, clerk))
    said = "Die Schulungsleitung hat eine neue Einladung gemacht: "
    for day in (today, today - timedelta(days=20)):
        assert f"{said}{date_format(day)}" in shown


def answer_both_lessons(client: Client) -> Any:
    """Do what makes both lessons done, and return the page of the course."""
    for slug in ("tag", "tun"):
        shown = client.get(f"/kurse/spuren/{slug}/")
        for form in page(shown).select("[data-exercise] form"):
            given = {i["name"]: i["value"] for i in form.select("input[type=hidden]")}
            client.post(form["action"], {**given, "option": RIGHT})
        done = fields(client.get(f"/kurse/spuren/{slug}/"), "weiter/")
        client.post(f"/kurse/spuren/{slug}/weiter/", done)
    return client.get("/kurse/spuren/")


def ways(shown: Any) -> list[str]:
    return [a["href"] for a in page(shown).select(".finish a.button")]


def test_the_finished_course_leads_to_the_test_that_counts(employee: Client) -> None:
    """Whoever passes the other one believes to be done, and is open all the same."""
    shown = answer_both_lessons(employee)
    assert ways(shown) == [PROOF, "/kurse/spuren/abschlusstest/"]
    answer_all(employee, RIGHT)
    hand_in(employee)
    shown = employee.get("/kurse/spuren/")
    assert ways(shown) == [f"{PROOF}bescheinigung/", "/nachweis/"]


def test_without_an_invitation_the_finished_course_leads_to_its_own_test(
    course: CoursePage, client: Client
) -> None:
    shown = answer_both_lessons(client)
    assert ways(shown)[0] == "/kurse/spuren/abschlusstest/"
    assert PROOF not in ways(shown)


def test_the_final_test_says_that_it_does_not_count(
    employee: Client, client: Client
) -> None:
    own = "/kurse/spuren/abschlusstest/"
    said = "zählt nicht für den Arbeitgeber"
    start = employee.get(own)
    assert said in words(start)
    assert "no-store" in start["Cache-Control"]
    employee.post(f"{own}beginnen/", fields(start, "beginnen/"))
    values = fields(employee.get(f"{own}uebersicht/"), "abgeben/")
    result = employee.post(f"{own}abgeben/", values, follow=True)
    assert said in words(result)
    assert PROOF in [a["href"] for a in page(result).select("main a")]
    assert said not in words(client.get(own))


def test_a_certificate_is_one_step_from_the_result(employee: Client) -> None:
    answer_all(employee, RIGHT)
    shown = hand_in(employee)
    link = f"{PROOF}bescheinigung/"
    assert link in [a["href"] for a in page(shown).select("main a")]
    paper = employee.post(link, {"name": "Aylin Yıldız", "language": "de"})
    assert paper["Content-Type"] == "application/pdf"
    certificate = apps.get_model("courses.Certificate").objects.get()
    assert certificate.valid_until == Evidence.objects.get().valid_until
    verified = employee.get(f"/bescheinigung/{certificate.pk}/").text
    assert "Lektionen" not in verified  # evidence knows the test, not what was read


def test_no_certificate_without_evidence(employee: Client) -> None:
    assert employee.get(f"{PROOF}bescheinigung/").url == PROOF


def test_the_sample_shows_what_reports_show(client: Client, db: None) -> None:
    table = page(client.get("/einladung/beispiel/")).table
    heads = [cell.get_text() for cell in table.select("thead th")]
    assert heads == [
        "Name",
        "Einheit",
        "Stand",
        "Monat",
        "Gültig bis",
        "Stand des Kurses",
    ]


# --- A session in person ---


@pytest.fixture
def at_work(manager: User) -> Client:
    client = Client()
    with_second_factor(manager)
    client.force_login(manager, "learnsite.accounts.backends.AccountBackend")
    return client


def confirming(assigned: Assignment, *people: Employee, **more: str) -> dict[str, Any]:
    month = timezone.localdate().replace(day=1)
    return {
        "proof": "session",
        "month": month.isoformat(),
        "until": "",
        "person": [str(each.pk) for each in people],
        **more,
    }


@pytest.mark.usefixtures("in_november")
def test_a_session_of_before_the_version_names_none(
    at_work: Client, client: Client, assigned: Assignment, clerk: Employee
) -> None:
    """Today's version was not the one that the session was about."""
    base = f"/gruppen/schulung/{assigned.organisation_id}/zuweisung/{assigned.pk}/"
    for month in ("2026-06-01", "2026-07-01"):  # the course is of the first of July
        values = confirming(assigned, clerk, month=month, confirm="yes")
        at_work.post(f"{base}bestaetigen/", values)
    versions = Evidence.objects.order_by("month").values_list("version", flat=True)
    assert list(versions) == ["", "2026-07-01"]

    Evidence.objects.exclude(version="").delete()
    publish_batches()
    listed = at_work.get(f"{base}faellig/liste.csv").content.decode("utf-8-sig")
    assert listed.splitlines()[1].endswith(";erledigt;06/2026;30.06.2027;")
    open_invitation(client, clerk)
    assert "Stand None" not in words(client.get("/nachweis/"))
    client.post(f"{PROOF}bescheinigung/", {"name": "Aylin", "language": "de"})
    number = apps.get_model("courses.Certificate").objects.get().pk
    shown = words(client.get(f"/bescheinigung/{number}/"))
    assert "ausgestellt" in shown
    assert "Stand des Kurses" not in shown


def test_a_session_is_confirmed_after_a_look_at_the_names(
    at_work: Client, assigned: Assignment, clerk: Employee
) -> None:
    path = f"/gruppen/schulung/{assigned.organisation_id}/zuweisung/{assigned.pk}/"
    path += "bestaetigen/"
    shown = at_work.post(path, confirming(assigned, clerk))
    assert "Aylin Yıldız" in words(shown)
    assert not Evidence.objects.exists()
    at_work.post(path, confirming(assigned, clerk, confirm="yes"))
    done = at_work.post(path, confirming(assigned, clerk, confirm="yes"), follow=True)
    # It counts who was ticked: who was new is a state, and not shown before the night.
    assert done.redirect_chain[0][0].endswith("?neu=1")
    evidence = Evidence.objects.get()
    assert (evidence.proof, evidence.version) == ("session", "2026-07-01")


@pytest.mark.parametrize(
    "wrong",
    [
        {"person": []},
        {"proof": "test"},
        {"month": "2019-01-01"},
        {"proof": "recognised", "until": "2019-01-01"},
        {"until": "2030-01-01"},
    ],
)
def test_what_cannot_be_confirmed_is_said_and_nothing_is_written(
    at_work: Client, assigned: Assignment, clerk: Employee, wrong: dict[str, Any]
) -> None:
    path = f"/gruppen/schulung/{assigned.organisation_id}/zuweisung/{assigned.pk}/"
    values = confirming(assigned, clerk, confirm="yes") | wrong
    refused = at_work.post(f"{path}bestaetigen/", values)
    assert refused.status_code == 422
    assert not Evidence.objects.exists()


def test_other_evidence_is_recognised_without_its_title(
    at_work: Client, assigned: Assignment, clerk: Employee
) -> None:
    path = f"/gruppen/schulung/{assigned.organisation_id}/zuweisung/{assigned.pk}/"
    end = timezone.localdate() + timedelta(days=100)
    values = confirming(
        assigned, clerk, confirm="yes", proof="recognised", until=end.isoformat()
    )
    at_work.post(f"{path}bestaetigen/", values)
    evidence = Evidence.objects.get()
    assert (evidence.valid_until, evidence.version) == (end, "")


def test_people_who_are_not_assigned_are_left_out(
    at_work: Client, assigned: Assignment, hire: Hire
) -> None:
    path = f"/gruppen/schulung/{assigned.organisation_id}/zuweisung/{assigned.pk}/"
    values = confirming(assigned, hire("4799"), confirm="yes")
    assert at_work.post(f"{path}bestaetigen/", values).status_code == 422
    assert not Evidence.objects.exists()
