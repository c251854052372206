"""A teacher opens and closes: what a member in another browser then sees."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acting import joined
from tests.browser.conftest import Site
from tests.browser.looking import blemishes
from tests.browser.test_class import LESSON, PASSWORD, SECRET, at_desk, open_class

CREATE_TEACHER = """
import os
from allauth.mfa.totp.internal.auth import TOTP
from courses.groups.models import Organisation, StaffRole
from learnsite.accounts.models import User
school = Organisation.objects.create(name="Schule am Markt", kind="schule")
user = User.objects.create_user("omar", password=os.environ["PASSWORD"])
StaffRole.objects.create(organisation=school, user=user, role="teacher")
TOTP.activate(user, os.environ["SECRET"])
"""
FIRST, SECOND = "Deine Spuren an einem Tag", "Wer verdient daran?"


@pytest.fixture(scope="module", autouse=True)
def teacher(site: Site) -> None:
    """Make a teacher of this file's own; a code of the app counts only once."""
    site.run(CREATE_TEACHER, PASSWORD=PASSWORD, SECRET=SECRET)


def add(page: Page, title: str, *, is_open: bool) -> None:
    page.get_by_label("Was zu tun ist").select_option(label=title)
    page.get_by_label("Gleich öffnen").set_checked(is_open)
    page.get_by_role("button", name="Hinzufügen").click()
    expect(page.get_by_label("Was zu tun ist")).to_have_value("")


def press(page: Page, title: str, button: str, then: str) -> None:
    """Press a button of a task, and wait for the one that takes it back."""
    task = page.get_by_role("group", name=title, exact=True)
    task.get_by_role("button", name=button, exact=True).click()
    expect(task.get_by_role("button", name=then, exact=True)).to_be_visible()


def test_lessons_and_solutions_open_when_the_teacher_says_so(
    new_context: Any, site: Site
) -> None:
    context = new_context(viewport={"width": 1280, "height": 800})
    desk = at_desk(context, site, "omar")
    path = open_class(desk, "8d", "Fortschritt")
    phone = {"width": 360, "height": 740}
    pupil = joined(new_context(viewport=phone), path).new_page()

    # Without scripts: every step is a form.
    plain = new_context(
        java_script_enabled=False, storage_state=context.storage_state()
    ).new_page()
    plain.goto(desk.url)
    plain.get_by_role("link", name="Zur Übersicht").click()
    plain.get_by_role("link", name="Aufträge").click()
    add(plain, f"2. {SECOND}", is_open=False)
    add(plain, f"1. {FIRST}", is_open=True)
    press(plain, FIRST, "Lösungen schließen", "Lösungen öffnen")
    plain.get_by_role("group", name=FIRST, exact=True).get_by_role(
        "button", name="Nach oben"
    ).click()
    expect(plain.locator(".task h3").nth(1)).to_have_text(FIRST)
    desk.goto(plain.url)
    assert blemishes(desk) == []

    pupil.goto(LESSON)
    expect(pupil.get_by_text("Auftrag der Gruppe 8d.")).to_be_visible()
    exercise = pupil.locator("[data-exercise]").first
    exercise.locator("input").nth(1).check()
    exercise.get_by_role("button", name="Antwort speichern").click()
    expect(exercise).to_contain_text("Die Antwort ist gespeichert.")
    expect(exercise.locator("input").nth(1)).to_be_checked()
    expect(exercise).not_to_contain_text("richtig.")
    assert blemishes(pupil, within="[data-exercise]") == []

    pupil.goto("/lernen/")
    listed = pupil.locator(".task-list")
    expect(listed).to_contain_text("Lektion · noch nicht offen")
    assert blemishes(pupil, within=".task-list") == []
    pupil.goto("/kurse/datengrabbing/werbung/")
    heading = pupil.get_by_role("heading", level=1)
    expect(heading).to_have_text(f"„{SECOND}“ ist noch nicht offen")
    assert blemishes(pupil) == []
    pupil.get_by_role("link", name=FIRST).click()
    expect(heading).to_have_text(FIRST)

    press(plain, FIRST, "Lösungen öffnen", "Lösungen schließen")
    press(plain, SECOND, "Öffnen", "Schließen")
    pupil.reload()
    expect(exercise.locator(".result")).to_contain_text("richtig")
    pupil.goto("/kurse/datengrabbing/werbung/")
    expect(heading).to_have_text(SECOND)
