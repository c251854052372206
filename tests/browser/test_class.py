"""A class in several browsers at once: opened, joined, stuck, helped, erased."""

import re
import time
from typing import Any

import pytest
from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import BrowserContext, Page, expect

from courses.groups.models import Group, Membership, SharedFact
from tests.browser.acting import Steps, follow, joined, let_in, let_pass
from tests.browser.conftest import Site
from tests.browser.looking import blemishes

PASSWORD = "Apfelbaum-im-Regen-7"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
CREATE_TEACHER = """
import os
from allauth.mfa.totp.internal.auth import TOTP
from courses.groups.models import Organisation, StaffRole
from learnsite.accounts.models import User
school = Organisation.objects.create(name="Schule am Wehr", kind="schule")
for name in ("ayse", "jan", "mia"):
    user = User.objects.create_user(name, password=os.environ["PASSWORD"])
    StaffRole.objects.create(organisation=school, user=user, role="teacher")
    TOTP.activate(user, os.environ["SECRET"])
"""
SCHOOL = "Schule am Wehr"
LESSON = "/kurse/datengrabbing/spuren/"
#: Seconds within which a board has to be new (journey 5).
RENEWED = 10


@pytest.fixture(scope="module", autouse=True)
def teachers(site: Site) -> None:
    """Make teachers with a second step; a code of the app counts only once."""
    site.run(CREATE_TEACHER, PASSWORD=PASSWORD, SECRET=SECRET)


def code_of_the_app() -> str:
    counter = int(time.time()) // app_settings.TOTP_PERIOD
    return format_hotp_value(hotp_value(SECRET, counter))


def sign_in(page: Page, name: str) -> None:
    """Sign a teacher in, with the second step: two of the four steps of journey 1."""
    steps = Steps()
    page.goto("/gruppen/")
    page.get_by_label("Benutzername").fill(name)
    page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    steps.take(page.get_by_role("button", name="Anmelden", exact=True))
    page.locator("[name=code]").fill(code_of_the_app())
    steps.take(page.get_by_role("button", name="Mit dem Code anmelden"))
    assert steps.taken == 2
    expect(page.get_by_role("heading", name="Gruppen", level=1)).to_be_visible()


def at_desk(context: BrowserContext, site: Site, name: str) -> Page:
    """Return the page on which a teacher starts who is signed in already."""
    let_in(context, site, name)
    page = context.new_page()
    page.goto("/gruppen/")
    return page


def open_class(page: Page, title: str, level: str, seats: int = 30) -> str:
    """Open a class in two more steps, and return the path its code leads to.

    Code and QR code are there to be projected.
    """
    steps = Steps()
    steps.take(page.get_by_role("link", name="Gruppe öffnen"))
    page.get_by_label("Name der Gruppe").fill(title)
    page.get_by_role("radio", name=re.compile(level)).check()
    page.get_by_label("Plätze").fill(str(seats))
    steps.take(page.get_by_role("button", name="Öffnen und Code zeigen"))
    expect(page.locator(".entry-letters")).to_be_visible()
    expect(page.locator(".entry-code .qr svg")).to_be_visible()
    assert steps.taken == 2
    code = page.locator(".entry-letters").inner_text().replace(" ", "")
    return f"/beitreten/gruppe/{code}/"


def join(page: Page, path: str) -> None:
    """Join in three steps (journey 2): number, card written down, first exercise."""
    steps = Steps()
    page.goto(path)
    steps.take(page.get_by_role("button", name="Beitreten", exact=True))
    expect(page.locator(".key-words li")).to_have_count(6)
    steps.take(page.get_by_role("button", name="notiert"))
    steps.take(page.locator("main ol a").first)
    assert steps.taken == 3
    expect(page.locator("[data-exercise]").first).to_be_attached()


def test_a_class_from_sign_in_to_erasure(new_context: Any, site: Site) -> None:
    wide = {"width": 1280, "height": 800}
    desk = new_context(viewport=wide, hurried=True).new_page()
    sign_in(desk, "ayse")
    path = open_class(desk, "9b", "Hilfe im Unterricht")
    assert blemishes(desk) == []

    # One scans the code, the other types the address on the wall, in lower case.
    typed = desk.locator(".entry-address").inner_text().partition("/")[2].lower()
    pupils = []
    for way in (path, f"/{typed}"):
        page = new_context(viewport={"width": 360, "height": 740}).new_page()
        page.goto(way)
        expect(page.get_by_text("Lehrkräfte sehen, welche Nummern")).to_be_visible()
        expect(page.locator("main input, main textarea")).to_have_count(0)
        if not pupils:
            assert blemishes(page) == []
        join(page, way)
        pupils.append(page)
    expect(pupils[0]).to_have_url(f"{site.url}{LESSON}")

    desk.get_by_role("link", name="Zur Übersicht").click()
    desk.get_by_role("link", name="Deine Spuren an einem Tag").click()
    board = desk.locator("table.board")
    expect(board.locator("tbody tr")).to_have_count(30)  # every number up to the seats
    first = board.locator("tbody tr").first
    region = desk.get_by_role("region", name="Übersicht der Gruppe")
    region.focus()
    answers = [503]  # once the server stumbles, and in the end it knows no such group
    desk.route(
        re.compile(r"/stand/"),
        lambda route: (
            route.fulfill(status=answers.pop()) if answers else route.continue_()
        ),
    )

    exercise = pupils[0].locator("[data-exercise]").first
    exercise.locator("input").nth(1).check()
    exercise.get_by_role("button", name="Antwort prüfen").click()
    expect(exercise.locator("[data-result] p").first).to_be_visible()
    for _time in ("the server stumbles", "it has recovered"):
        with desk.expect_response(re.compile("/stand/")):
            let_pass(desk, RENEWED)
    expect(first).to_contain_text(re.compile("gelöst|noch nicht"))
    pupils[1].get_by_text("Ich hänge fest", exact=True).click()
    follow(pupils[1].get_by_role("button", name="2", exact=True))
    let_pass(desk, RENEWED)
    expect(desk.locator("[data-board-help]")).to_contain_text("Hängt fest: 2")
    expect(region).to_be_focused()  # renewed, and the focus stayed where it was
    assert blemishes(desk) == []
    assert blemishes(pupils[1]) == []
    assert answers == []
    answers.append(404)
    let_pass(desk, RENEWED)
    expect(desk.locator("[data-board-note]")).to_have_text(
        "Die Übersicht erneuert sich nicht mehr. Bitte neu laden."
    )

    steps = Steps()
    steps.take(desk.get_by_role("link", name="Gruppe jetzt löschen"))
    steps.take(desk.get_by_role("button", name="Gruppe löschen"))
    assert steps.taken == 2
    expect(desk.get_by_role("heading", name="Gruppen", level=1)).to_be_visible()
    assert not site.rows(Group).filter(title="9b").exists()
    facts = site.rows(SharedFact).filter(membership__group__organisation__name=SCHOOL)
    assert not facts.exists()
    pupils[0].reload()
    expect(pupils[0].locator("[data-exercise]").first).to_be_attached()
    expect(pupils[0].get_by_text("Ich hänge fest", exact=True)).to_have_count(0)


def test_everybody_can_take_part_without_joining(new_context: Any, site: Site) -> None:
    desk = at_desk(new_context(), site, "jan")
    path = open_class(desk, "10a", "Niemand sieht etwas")
    members = site.rows(Membership).count()

    page = new_context(java_script_enabled=False).new_page()
    page.goto(path)
    page.get_by_role("link", name="Was die Lehrkraft sehen würde").click()
    expect(page.get_by_text("Welche Nummern dabei sind, aber nicht")).to_be_visible()
    page.go_back()
    page.get_by_role("link", name="Ohne Beitritt mitmachen").click()
    expect(page).to_have_url(f"{site.url}{LESSON}")
    assert site.rows(Membership).count() == members
    desk.get_by_role("button", name="Beitritt schließen").click()
    expect(desk.get_by_text("Mit dem Code kommt niemand hinein.")).to_be_visible()
    page.goto(path)
    heading = page.get_by_role("heading", name="Der Beitritt ist geschlossen")
    expect(heading).to_be_visible()


UNDER_THE_BAR = """
() => {
  const bar = document.querySelector(".stuck");
  const controls = "a[href], button, input, select, textarea, summary";
  const shown = [...document.querySelectorAll(controls)].filter(
    (each) => !bar.contains(each) && each.checkVisibility() && each.offsetHeight < 300
  );
  const hidden = [];
  for (const each of [...shown, ...shown.toReversed()]) {
    each.focus();
    const { bottom } = each.getBoundingClientRect();
    const over = bar.getBoundingClientRect();
    // At the end of the lesson the bar stands in its place and covers nothing.
    const is_over = over.bottom >= innerHeight - 1;
    if (is_over && bottom > over.top + 1) hidden.push(each.outerHTML.slice(0, 100));
  }
  return [shown.length, hidden];
}
"""


def test_nothing_focused_lies_under_the_bar_for_help(
    new_context: Any, site: Site
) -> None:
    desk = at_desk(new_context(), site, "mia")
    path = open_class(desk, "9c", "Hilfe im Unterricht")
    phone = {"width": 360, "height": 640}
    page = joined(new_context(viewport=phone), path).new_page()
    page.goto(LESSON)
    for is_open in (False, True):
        if is_open:
            page.get_by_text("Ich hänge fest", exact=True).click()
        number, hidden = page.evaluate(UNDER_THE_BAR)
        assert number > 20
        assert hidden == []
