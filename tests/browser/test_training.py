"""Staff training in several browsers: invited, learned, proved, seen by the manager."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from courses.training.models import Evidence
from tests.browser.acting import Steps, follow, let_in
from tests.browser.conftest import Site
from tests.browser.looking import blemishes
from tests.browser.test_class import PASSWORD, SECRET, code_of_the_app
from tests.factories import pool

LESSON = "/kurse/datenschutz-am-schalter/auskunft/"
PREPARE = """
import json, os
from datetime import date, timedelta
from allauth.mfa.totp.internal.auth import TOTP
from django.utils import timezone
from courses.groups.models import Organisation, StaffRole
from courses.models import CourseIndexPage
from courses.training.models import Assigned, Assignment, Employee, Unit
from learnsite.accounts.models import User
from tests.factories import GOALS, World, final_test, lesson, single_choice, text
index = CourseIndexPage.objects.get(locale__language_code="de")
world = World(index.get_parent().specific, index)
course = world.course("datenschutz-am-schalter", title="Datenschutz am Schalter",
    goals=GOALS, as_of=date(2026, 7, 1))
body = [text(), *(single_choice(key) for key in ("eins", "zwei", "drei")), text()]
lesson(course, "auskunft", goals=["erkennen", "handeln"], title="Auskunft", body=body)
final_test(course, questions=json.loads(os.environ["POOL"]))
city = Organisation.objects.create(name="Stadt am Wehr", kind="verwaltung", ceiling=1)
unit = Unit.objects.create(organisation=city, name="Bürgerbüro")
user = User.objects.create_user("meryem", password=os.environ["PASSWORD"])
StaffRole.objects.create(organisation=city, user=user, role="manager")
TOTP.activate(user, os.environ["SECRET"])
today = timezone.localdate()
assignment = Assignment.objects.create(organisation=city,
    course_key=course.translation_key, due=today + timedelta(days=30))
for number, name in (("4711", "Aylin Yıldız"), ("4712", "Kofi Mensah")):
    employee = Employee.objects.create(organisation=city, unit=unit, reference=number,
        name=name)
    Assigned.objects.create(assignment=assignment, employee=employee,
        unit=unit, since=today.replace(day=1))
"""
COUNCIL = """
council = User.objects.create_user("jonas", password=os.environ["PASSWORD"])
StaffRole.objects.create(organisation=city, user=council, role="auditor")
TOTP.activate(council, os.environ["SECRET"])
"""
NIGHT = "from courses.training.retention import publish_batches as p; p()"


@pytest.fixture(scope="module", autouse=True)
def prepared(site: Site) -> None:
    variables = {"PASSWORD": PASSWORD, "SECRET": SECRET}
    site.run(PREPARE + COUNCIL, POOL=json.dumps(pool()), **variables)


def sign_in(page: Page, path: str, name: str) -> None:
    page.goto(path)
    page.get_by_label("Benutzername").fill(name)
    page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Anmelden", exact=True).click()
    page.locator("[name=code]").fill(code_of_the_app())
    follow(page.get_by_role("button", name="Mit dem Code anmelden"))


def invited(page: Page, name: str, course: str = "Datenschutz am Schalter") -> str:
    """Print one card as the manager, and return the address its code leads to."""
    page.goto("/gruppen/schulung/")
    follow(page.get_by_role("link", name=course))
    page.get_by_role("checkbox", name=re.compile(name)).check()
    follow(page.get_by_role("button", name="Neue Karten drucken"))
    text = page.locator("main").inner_text()
    [code] = re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", text)
    return f"/einladung/#{code}"


def prove(phone: Page) -> None:
    """Begin the test, answer each of its four questions rightly and hand it in."""
    follow(phone.get_by_role("button", name="Test beginnen"))
    for number in range(1, 5):
        heading = phone.get_by_role("heading", level=1)
        expect(heading).to_have_text(f"Frage {number} von 4")
        phone.get_by_role("radio", name="Mit Werbung").check()
        go_on = re.compile("^Speichern und (weiter|zur)")
        follow(phone.get_by_role("button", name=go_on).first)
    follow(phone.get_by_role("button", name=re.compile("abgeben", re.IGNORECASE)))
    expect(phone.get_by_role("heading", level=1)).to_have_text("Bestanden mit 100 %")
    expect(phone.get_by_text("Der Nachweis ist da")).to_be_visible()


def stop_and_resume(phone: Page) -> None:
    """Answer the second of three exercises, stop, and be back there in one step."""
    exercise = phone.locator("[data-exercise]").nth(1)
    exercise.locator("input").nth(1).check()
    exercise.get_by_role("button", name="Antwort prüfen").click()
    expect(exercise.locator("[data-result] p").first).to_be_visible()
    place = exercise.get_attribute("id")
    phone.goto("/nachweis/")
    follow(phone.get_by_role("link", name="Weiterlernen"))
    expect(phone).to_have_url(re.compile(f"{LESSON}#{place}$"))
    expect(phone.locator(f"#{place}")).to_be_in_viewport()


def test_from_the_card_to_evidence(new_context: Any, site: Site) -> None:
    desk = new_context(viewport={"width": 1280, "height": 800}).new_page()
    sign_in(desk, "/gruppen/schulung/", "meryem")
    # The staff council looks on all the time, and learns of nobody.
    context = new_context(viewport={"width": 1280, "height": 800})
    let_in(context, site, "jonas")
    council = context.new_page()
    council.goto("/gruppen/")
    follow(council.get_by_role("link", name="Stadt am Wehr"))
    expect(council.get_by_role("heading", level=1)).to_contain_text("Personalrat")
    said = council.locator("main").inner_text()
    card = invited(desk, "Aylin Yıldız")

    phone = new_context(viewport={"width": 360, "height": 740}).new_page()
    phone.goto(card)
    expect(phone).to_have_url(f"{site.url}/einladung/")
    assert blemishes(phone) == []
    # Two steps from the card to the first lesson; what matters stands in between.
    steps = Steps()
    steps.take(phone.get_by_role("button", name="Einladung öffnen"))
    expect(phone.get_by_text("Der Arbeitgeber sieht: offen")).to_be_visible()
    expect(phone.get_by_text("zu erledigen bis")).to_be_visible()
    assert blemishes(phone) == []
    steps.take(phone.get_by_role("link", name="Zur ersten Lektion"))
    assert steps.taken == 2
    expect(phone).to_have_url(f"{site.url}{LESSON}")
    stop_and_resume(phone)

    follow(phone.get_by_role("link", name="Meine Schulung"))
    follow(phone.get_by_role("link", name="Genau das ansehen"))
    expect(phone.get_by_text("Aylin Yıldız")).to_be_visible()
    assert blemishes(phone) == []
    phone.goto("/nachweis/")
    follow(phone.get_by_role("link", name="Test für den Nachweis"))
    assert blemishes(phone) == []
    prove(phone)
    assert blemishes(phone) == []
    proved = site.rows(Evidence).filter(employee__organisation__name="Stadt am Wehr")
    assert proved.get().employee.name == "Aylin Yıldız"

    council.reload()
    assert council.locator("main").inner_text() == said

    # The paper is two steps away.
    steps = Steps()
    steps.take(phone.get_by_role("link", name="Bescheinigung"))
    phone.get_by_label("Name, wie er").fill("Aylin Yıldız")
    paper = steps.download(phone.get_by_role("button", name=re.compile("PDF")))
    assert steps.taken == 2
    assert paper.read_bytes().startswith(b"%PDF-")

    desk.goto("/gruppen/schulung/")
    follow(desk.get_by_role("link", name="Datenschutz am Schalter"))
    follow(desk.get_by_role("link", name="Wer ist fällig?"))
    follow(desk.get_by_role("link", name="Bürgerbüro"))
    row = desk.get_by_role("row", name=re.compile("Aylin"))
    expect(row).to_contain_text("offen")
    site.run(NIGHT)
    desk.reload()
    expect(row).to_contain_text("erledigt")
    expect(desk.locator("table")).not_to_contain_text("%")
    council.reload()
    assert council.locator("main").inner_text() == said
    refused = council.goto(desk.url)
    assert refused
    assert refused.status == 404

    # What the staff council is shown, and a draft to work on.
    desk.goto("/gruppen/schulung/")
    follow(desk.get_by_role("link", name="Was gespeichert ist, und Vorlagen"))
    assert blemishes(desk) == []
    follow(desk.get_by_role("link", name="Dienstvereinbarung"))
    assert blemishes(desk) == []
    with desk.expect_download() as download:
        desk.get_by_role("link", name="Für die Textverarbeitung").click()
    assert re.match(r"dienstvereinbarung-.*\.odt$", download.value.suggested_filename)

    # On a shared device nobody leaves a trace, and whoever forgets is reminded.
    other = invited(desk, "Kofi Mensah")
    tablet = new_context(viewport={"width": 1024, "height": 768}).new_page()
    tablet.clock.install()
    tablet.goto("/nachweis/kiosk/")
    follow(tablet.get_by_role("button", name="Dieses Gerät gemeinsam nutzen"))
    assert blemishes(tablet) == []
    tablet.get_by_label("Code").fill(other.partition("#")[2])
    follow(tablet.get_by_role("button", name="Einladung öffnen"))
    expect(tablet.get_by_text("Kofi Mensah").first).to_be_visible()
    tablet.clock.fast_forward(4 * 60_000 + 2000)
    dialog = tablet.get_by_role("dialog", name="Ist noch jemand da?")
    expect(dialog).to_be_visible()
    tablet.keyboard.press("Shift")
    expect(dialog).to_be_hidden()
    with tablet.expect_navigation():
        tablet.clock.fast_forward(5 * 60_000 + 2000)
    expect(tablet).to_have_url(f"{site.url}/nachweis/kiosk/")
    expect(tablet.get_by_label("Code")).to_have_value("")
    names = {cookie["name"] for cookie in tablet.context.cookies()}
    assert names & {"einladung", "nachweis", "lernstand", "sitzung"} == set()
