"""Journeys 8 to 10: assigned to 300, who is due, and what the staff council reads.

Manager, employee and auditor sit at devices of their own. A step is a link followed or
a form sent; each journey counts its own.
"""

import csv
import json
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from courses.training.models import Assigned, Assignment, Employee, Evidence
from tests.browser.acting import Steps, follow, let_in
from tests.browser.conftest import Site
from tests.browser.looking import blemishes
from tests.browser.test_class import PASSWORD, SECRET
from tests.browser.test_training import invited, prove, sign_in
from tests.factories import pool

CITY = "Kreis Hohenwehr"
COURSE = "brandschutz"
PREPARE = """
import json, os
from datetime import date
from allauth.mfa.totp.internal.auth import TOTP
from courses.groups.models import Organisation, StaffRole
from courses.models import CourseIndexPage
from learnsite.accounts.models import User
from tests.factories import GOALS, World, final_test, lesson
index = CourseIndexPage.objects.get(locale__language_code="de")
world = World(index.get_parent().specific, index)
course = world.course("brandschutz", title="Brandschutz", goals=GOALS,
    as_of=date(2026, 7, 1))
lesson(course, "alarm", goals=["erkennen", "handeln"], title="Alarm")
final_test(course, questions=json.loads(os.environ["POOL"]))
county = Organisation.objects.create(name=os.environ["CITY"], kind="verwaltung",
    ceiling=1)
for name, role in (("samira", "manager"), ("ruth", "auditor")):
    user = User.objects.create_user(name, password=os.environ["PASSWORD"])
    StaffRole.objects.create(organisation=county, user=user, role=role)
    TOTP.activate(user, os.environ["SECRET"])
"""
#: Kim 017 has proved it once before; that has run out.
PROVED_BEFORE = """
from datetime import date
from courses.models import CoursePage
from courses.training.models import Employee, Evidence
course = CoursePage.objects.get(slug="brandschutz", locale__language_code="de")
Evidence.objects.create(employee=Employee.objects.get(name="Kim 017"),
    course_key=course.translation_key, course_title="Brandschutz", version="2024-07-01",
    month=date(2024, 8, 1), valid_until=date(2025, 8, 31), proof="test",
    is_visible=True)
"""
NIGHT = "from courses.training.retention import publish_batches as p; p()"
HEADING = "Personalnummer;Name;Einheit\n"
PEOPLE = 300
UNITS = 10


@pytest.fixture(scope="module", autouse=True)
def prepared(site: Site) -> None:
    """Make a county with a manager, an auditor and a course with a real test."""
    variables = {"PASSWORD": PASSWORD, "SECRET": SECRET, "CITY": CITY}
    site.run(PREPARE, POOL=json.dumps(pool()), **variables)


def choose_file(page: Page, text: str) -> None:
    file = {"name": "liste.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.get_by_label("Liste der Personen").set_input_files([file])


def staff() -> str:
    lines = (f"{n:03};Kim {n:03};Amt {n % UNITS}\n" for n in range(PEOPLE))
    return HEADING + "".join(lines)


def link(page: Page, name: str) -> Locator:
    return page.get_by_role("link", name=name, exact=True)


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def mine(site: Site, model: Any, way: str = "organisation") -> Any:
    return site.rows(model).filter(**{f"{way}__name": CITY})


def test_300_are_assigned_and_one_unit_is_asked_for(
    new_context: Any, site: Site
) -> None:
    context = new_context(viewport={"width": 1280, "height": 800})
    let_in(context, site, "samira")
    desk = context.new_page()
    desk.goto("/gruppen/schulung/")
    home = desk.url

    # What is wrong is listed by line, and nothing of it is imported.
    follow(link(desk, "Liste hochladen"))
    choose_file(desk, f"{HEADING}1;Kim;Amt\n1;Lou;Amt\n3;;Amt\n4;=1+1;Amt\n")
    follow(button(desk, "Vorschau zeigen"))
    problems = desk.locator("#problems li")
    expect(problems).to_have_count(3)
    for place, line in enumerate(("Zeile 3:", "Zeile 4:", "Zeile 5:")):
        expect(problems.nth(place)).to_contain_text(line)
    assert blemishes(desk) == []
    assert not mine(site, Employee).exists()

    # Journey 8: the list, then the course, its day and its validity.
    desk.goto(home)
    steps = Steps()
    steps.take(link(desk, "Liste hochladen"))
    choose_file(desk, staff())
    steps.take(button(desk, "Vorschau zeigen"))
    steps.take(button(desk, "Liste ändern"))
    steps.take(link(desk, "Kurs zuweisen"))
    due = date.today() + timedelta(days=60)
    desk.get_by_label("Kurs", exact=True).select_option(label="Brandschutz")
    desk.get_by_label("Zu erledigen bis").fill(due.isoformat())
    expect(desk.get_by_label("Gültig (in Monaten)")).to_have_value("12")
    steps.take(button(desk, "Vorschau zeigen"))
    expect(desk.get_by_role("heading", level=1)).to_contain_text("300 Personen")
    steps.take(button(desk, "Zuweisen"))
    assert steps.taken <= 6
    assignment = mine(site, Assignment).get()
    assert (assignment.due, assignment.valid_months) == (due, 12)
    assert site.rows(Assigned).filter(assignment=assignment).count() == PEOPLE

    # The same list once more: nobody is doubled.
    desk.goto(home)
    assert blemishes(desk) == []
    follow(link(desk, "Liste hochladen"))
    choose_file(desk, staff())
    follow(button(desk, "Vorschau zeigen"))
    expect(desk.get_by_text("genau wie in der Datei")).to_be_visible()
    assert mine(site, Employee).count() == PEOPLE

    # Journey 9: an employee proves it again, on their own device.
    site.run(PROVED_BEFORE)
    phone = new_context(viewport={"width": 360, "height": 740}).new_page()
    phone.goto(invited(desk, "Kim 017", "Brandschutz"))
    follow(button(phone, "Einladung öffnen"))
    expect(phone.get_by_text("Der Arbeitgeber sieht: offen")).to_be_visible()
    follow(link(phone, "Test für den Nachweis"))
    prove(phone)
    before = mine(site, Evidence, "employee__organisation")
    assert sorted(before.values_list("version", "is_visible")) == [
        ("2024-07-01", True),
        ("2026-07-01", False),
    ]

    assert listed(desk, home)["Kim 017"][2] == "offen, abgelaufen 08/2025"
    site.run(NIGHT)
    line = listed(desk, home)["Kim 017"]
    desk.set_viewport_size({"width": 360, "height": 740})
    assert blemishes(desk) == []
    month = date.today().replace(day=1)
    assert line[:4] == ["Kim 017", "Amt 7", "erledigt", f"{month:%m/%Y}"]
    assert line[5] == "01.07.2026"
    # The renewal kept the old evidence, and a state of the past is told as it was.
    versions = before.values_list("version", flat=True)
    assert sorted(versions) == ["2024-07-01", "2026-07-01"]
    assert before.filter(is_visible=True).count() == 2


def listed(desk: Page, home: str) -> dict[str, list[str]]:
    """Go to one unit's list and its file in three steps; return the file by name."""
    desk.goto(home)
    steps = Steps()
    steps.take(link(desk, "Wer ist fällig?"))
    steps.take(link(desk, "Amt 7"))
    cells = desk.locator("main table tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.innerText.trim()))"
    )
    file = steps.download(link(desk, "CSV"))
    assert steps.taken <= 3
    # Nothing of a line lies beyond the edge of a phone.
    size = desk.viewport_size
    desk.set_viewport_size({"width": 360, "height": 740})
    table = desk.locator("main table")
    assert table.evaluate("e => e.scrollWidth <= e.parentElement.clientWidth")
    desk.set_viewport_size(size)
    with file.open(encoding="utf-8-sig", newline="") as opened:
        heading, *rows = csv.reader(opened, delimiter=";")
    assert [heading, *rows] == cells
    assert heading == [
        "Name", "Einheit", "Stand", "Monat", "Gültig bis", "Stand des Kurses",
    ]  # fmt: skip
    assert len(rows) == PEOPLE // UNITS
    return {row[0]: row for row in rows}


def test_the_staff_council_reads_everything_and_changes_nothing(
    new_context: Any, site: Site
) -> None:
    council = new_context(viewport={"width": 1280, "height": 800}).new_page()
    sign_in(council, "/gruppen/", "ruth")
    steps = Steps()
    steps.take(link(council, CITY))
    for name in ("Nie gespeichert", "Muster", "Gespeichert", "Rollen", "Stufen",
                 "Fristen", "Änderungsprotokoll"):  # fmt: skip
        link(council, name).click()
        target = council.locator(":target")
        expect(target).to_be_visible()
        expect(target).to_be_in_viewport()
    council.get_by_text("Zeigen, was sich an der Software geändert hat").click()
    expect(council.get_by_text("Keep a Changelog")).to_be_visible()
    expect(council.get_by_text("lässt sich nie ändern")).to_be_visible()
    assert blemishes(council) == []
    assert steps.download(link(council, "Alles als PDF")).read_bytes()[:5] == b"%PDF-"
    assert steps.taken == 2

    # Nothing here can be sent but what is on every page of somebody signed in.
    expect(council.locator("main form")).to_have_count(0)
    actions = council.locator("form[method=post]").evaluate_all(
        "forms => forms.map(form => new URL(form.action).pathname)"
    )
    assert set(actions) == {"/ansicht/", "/konto/logout/", "/geraet-leeren/"}
    refused = council.evaluate(
        "fetch(location.pathname, { method: 'POST', body: new FormData() })"
        ".then(response => response.status)"
    )
    assert refused == 405
