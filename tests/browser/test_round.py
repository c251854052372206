"""A question to a class, a lab's decision, and a picture PIN, in real browsers."""

import re
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from content.labs import registry
from courses.groups.models import Group
from tests.browser.acting import SAME_ORIGIN, joined, let_pass
from tests.browser.conftest import Site
from tests.browser.looking import blemishes
from tests.browser.test_class import PASSWORD, SECRET, at_desk
from tests.browser.test_labs import walk

CREATE_TEACHER = """
import os
from allauth.mfa.totp.internal.auth import TOTP
from courses.groups.models import Organisation, StaffRole
from learnsite.accounts.models import User
school, _new = Organisation.objects.get_or_create(name="Schule am Hang", kind="schule")
for name in ("olga", "cem"):
    user = User.objects.create_user(name, password=os.environ["PASSWORD"])
    StaffRole.objects.create(organisation=school, user=user, role="teacher")
    TOTP.activate(user, os.environ["SECRET"])
"""
LESSON = "/kurse/erste-schritte/geraet/"
WIDE = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}
#: Seconds within which a page has renewed itself.
RENEWED = 10


@pytest.fixture(scope="module", autouse=True)
def teachers(site: Site) -> None:
    site.run(CREATE_TEACHER, PASSWORD=PASSWORD, SECRET=SECRET)


def desk_of(context: BrowserContext, site: Site, name: str, title: str) -> Page:
    """Let a teacher open a class with the course that has a lab."""
    page = at_desk(context, site, name)
    page.get_by_role("link", name="Gruppe öffnen").click()
    page.get_by_label("Name der Gruppe").fill(title)
    course = page.get_by_label("Was zusammen gelernt wird")
    course.select_option(label="Erste Schritte: sicher ins Netz")
    page.get_by_role("radio", name=re.compile("Hilfe im Unterricht")).check()
    page.get_by_role("button", name="Öffnen und Code zeigen").click()
    expect(page.locator(".entry-letters")).to_be_visible()
    return page


def answer(pupil: BrowserContext, group: Group, option: int, number: int) -> None:
    path = f"/lernen/frage/{group.pk}/antwort/"
    fields = {"option": str(option), "number": str(number)}
    assert pupil.request.post(path, form=fields, headers=SAME_ORIGIN).ok


def test_a_class_answers_a_poll_and_a_lab(new_context: Any, site: Site) -> None:
    desk = desk_of(new_context(viewport=WIDE), site, "olga", "VHS")
    group = site.rows(Group).get(title="VHS")
    way_in = f"/beitreten/gruppe/{group.code}/"
    others = [joined(new_context(), way_in) for _pupil in range(4)]
    pupil = joined(new_context(viewport=PHONE, hurried=True), way_in)
    page = pupil.new_page()
    page.goto(LESSON)

    desk.get_by_role("link", name="Zur Übersicht").click()
    desk.get_by_role("link", name="Frage an alle").click()
    desk.get_by_role("link", name="Eigene Frage stellen").click()
    desk.get_by_label("Frage", exact=True).fill("Wie alt ist das eigene Handy?")
    desk.get_by_label("Möglichkeit 1").fill("Unter drei Jahren")
    desk.get_by_label("Möglichkeit 2").fill("Älter")
    desk.get_by_role("button", name="Jetzt stellen").click()
    expect(desk.get_by_role("heading", name="Wie alt ist")).to_be_visible()

    # The lesson tells of it by itself.
    let_pass(page, RENEWED)
    notice = page.get_by_text("Frage an alle in „VHS“")
    expect(notice).to_be_visible()
    page.get_by_role("link", name="Antworten", exact=True).click()
    expect(page.get_by_role("heading", name="Wie alt ist")).to_be_visible()
    assert blemishes(page) == []
    page.get_by_label("Älter").check()
    page.get_by_role("button", name="Antwort senden").click()
    expect(
        page.get_by_role("heading", name="Die Antwort ist angekommen")
    ).to_be_visible()
    for number, other in enumerate(others):
        answer(other, group, number % 2, number=1)
    desk.get_by_role("button", name="Ergebnis zeigen").click()
    expect(desk.locator(".bars > li")).to_have_count(2)
    assert blemishes(desk) == []
    let_pass(page, RENEWED)
    expect(page.locator(".bars > li")).to_have_count(2)

    # After the lab the page around it offers the decision, because it is asked for.
    page.goto(LESSON)
    desk.get_by_role("link", name="Frage auswählen").click()
    assert blemishes(desk) == []
    desk.locator("[name=lab]").first.click()
    expect(desk.get_by_role("heading", name="Hellwetter")).to_be_visible()
    form = page.locator("[data-lab-decision]")
    let_pass(page, RENEWED)
    expect(form).to_be_visible()
    expect(form.locator("input:checked")).to_have_count(0)
    page.locator("[data-lab]").scroll_into_view_if_needed()
    page.wait_for_selector(".lab.is-live")
    [lab] = [each for each in registry.all_labs() if each.name == "apprechte"]
    for _ in walk(lab, page):
        pass
    expect(form.get_by_label("Immer erlauben")).to_be_checked()
    assert blemishes(page, within="[data-lab-decision]") == []
    form.get_by_role("button", name="In die Runde geben").click()
    expect(
        page.get_by_role("heading", name="Die Antwort ist angekommen")
    ).to_be_visible()
    desk.get_by_role("button", name="Runde beenden").click()
    expect(desk.get_by_role("heading", name="VHS", level=1)).to_be_visible()


def test_a_pupil_puts_pictures_behind_a_card(new_context: Any, site: Site) -> None:
    desk = desk_of(new_context(viewport=WIDE), site, "cem", "5f")
    group = site.rows(Group).get(title="5f")
    desk.goto(f"/gruppen/{group.pk}/karten/")
    desk.get_by_label("Von Nummer").fill("7")
    desk.get_by_label("Bis Nummer").fill("7")
    desk.locator("main form button").last.click()
    words = desk.locator(".class-card-words li")
    expect(words).to_have_count(6)
    key = "-".join(words.all_inner_texts())

    page = new_context(viewport=PHONE, java_script_enabled=False).new_page()
    open_by(page, key)
    page.goto("/lernen/")
    page.get_by_role("link", name="5f").click()
    page.get_by_role("link", name="Vier Bilder wählen").click()
    assert page.get_by_role("button", name="Fisch").is_visible()
    press(page, "Fisch", "Mond", "Mond", "Drachen")
    page.get_by_role("button", name="Diese Bilder nehmen").press("Enter")
    expect(page.get_by_text("Ab der nächsten Anmeldung")).to_be_visible()

    again = new_context(viewport=PHONE).new_page()
    open_by(again, key)
    expect(again.get_by_text("Bild 1 von 4")).to_be_visible()
    assert blemishes(again) == []
    press(again, "Fisch", "Mond", "Drachen", "Mond")
    expect(again.get_by_role("alert")).to_contain_text("nicht die richtigen Bilder")
    press(again, "Fisch", "Mond", "Mond", "Drachen")
    expect(again.get_by_role("link", name="5f")).to_be_visible()


def open_by(page: Page, key: str) -> None:
    page.goto("/schluessel/?next=/lernen/")
    page.get_by_label("Lernschlüssel").fill(key)
    page.get_by_role("button", name="Anmelden", exact=True).click()


def press(page: Page, *names: str) -> None:
    """Press pictures by keyboard, each on the page that the last one led to."""
    for number, name in enumerate(names, start=1):
        expect(page.get_by_text(f"Bild {number} von 4")).to_be_visible()
        page.get_by_role("button", name=name, exact=True).press("Enter")
