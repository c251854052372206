"""An evening course in the browser: dates, list, calendar, a pack in flight mode."""

import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.acting import joined
from tests.browser.conftest import Site
from tests.browser.looking import blemishes
from tests.browser.test_class import PASSWORD, SECRET, at_desk

MOST_BYTES = 25 * 1024 * 1024
CREATE_TEACHER = """
import os
from allauth.mfa.totp.internal.auth import TOTP
from courses.groups.models import Organisation, StaffRole
from learnsite.accounts.models import User
centre = Organisation.objects.create(name="VHS am Wehr", kind="erwachsene")
user = User.objects.create_user("nele", password=os.environ["PASSWORD"])
StaffRole.objects.create(organisation=centre, user=user, role="teacher")
TOTP.activate(user, os.environ["SECRET"])
"""


@pytest.fixture(scope="module", autouse=True)
def teacher(site: Site) -> None:
    site.run(CREATE_TEACHER, PASSWORD=PASSWORD, SECRET=SECRET)


def unpacked(page: Page, link: str, folder: Path) -> Path:
    """Take a pack along, as one does, and open the zip."""
    with page.expect_download() as loading:
        page.get_by_role("link", name=link).click()
    file = folder / "paket.zip"
    loading.value.save_as(file)
    assert file.stat().st_size < MOST_BYTES
    with zipfile.ZipFile(file) as zipped:
        zipped.extractall(folder)
    [index] = folder.glob("*/index.html")
    return index


@pytest.fixture
def flight(browser: Browser) -> Iterator[Page]:
    """A phone in flight mode, with files of its own; nothing may even be asked for."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, offline=True)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    yield page
    context.close()
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


def test_an_evening_course_from_its_dates_to_a_pack_in_flight_mode(
    new_context: Any, site: Site, tmp_path: Path, flight: Page
) -> None:
    wide = {"width": 1280, "height": 800}
    desk = at_desk(new_context(viewport=wide), site, "nele")
    desk.get_by_role("link", name="Gruppe öffnen").click()
    desk.get_by_label("Name der Gruppe").fill("Dienstagabend")
    desk.get_by_role("radio", name=re.compile("Niemand sieht etwas")).check()
    day = (datetime.now(tz=UTC) + timedelta(days=7)).date().isoformat()
    last = desk.get_by_label("Letzter Tag")
    expect(last).to_have_value("")
    last.fill(day)
    desk.get_by_role("button", name="Öffnen und Code zeigen").click()
    expect(desk.locator(".entry-letters")).to_be_visible()
    code = desk.locator(".entry-letters").inner_text().replace(" ", "")
    small = {"width": 360, "height": 740}
    way_in = f"/beitreten/gruppe/{code}/"
    phone = joined(new_context(viewport=small), way_in).new_page()

    desk.get_by_role("link", name="Zur Übersicht").click()
    desk.get_by_role("link", name="Termine", exact=True).click()
    desk.get_by_label("Tag", exact=True).fill(day)
    desk.get_by_label("Beginn", exact=True).fill("18:30")
    desk.get_by_label("Ende", exact=True).fill("20:00")
    desk.get_by_label("Ort", exact=True).fill("Bücherei, Raum 2")
    desk.get_by_role("button", name="Termin eintragen").click()
    expect(desk.locator(".meetings > li")).to_have_count(1)
    assert blemishes(desk) == []
    desk.get_by_label("Name, Termine und Orte").check()
    desk.get_by_label("Seite zum Buchen").fill("https://vhs.example.org/7")
    desk.get_by_role("button", name="Speichern").click()
    expect(desk.get_by_label("Name, Termine und Orte")).to_be_checked()

    stranger = new_context(viewport=small).new_page()
    stranger.goto("/termine/")
    expect(stranger.get_by_role("heading", name="Dienstagabend")).to_be_visible()
    booking = stranger.get_by_role("link", name="Platz buchen bei vhs.example.org")
    expect(booking).to_have_attribute("href", "https://vhs.example.org/7")
    assert blemishes(stranger) == []

    phone.goto("/lernen/")
    expect(phone.get_by_text("Bücherei, Raum 2")).to_be_visible()
    phone.get_by_role("link", name="Dienstagabend").click()
    phone.get_by_role("link", name="Diese Termine im eigenen Kalender").click()
    phone.get_by_role("button", name="Geheime Adresse anlegen").click()
    expect(phone.locator(".feed-address")).to_contain_text(".ics")
    assert blemishes(phone) == []

    desk.get_by_role("link", name="Dienstagabend").click()
    index = unpacked(desk, "Paket für offline", tmp_path)
    flight.goto(index.as_uri())
    flight.get_by_role("link", name="Lektion", exact=False).first.click()
    expect(flight.get_by_role("heading", level=1)).to_be_visible()
    flight.get_by_role("link", name="Alles in diesem Paket").click()
    flight.get_by_role("link", name=re.compile("Lösungen")).first.click()
    expect(flight.get_by_role("heading", name="Lösungen", level=1)).to_be_visible()
    labs = sorted(index.parent.glob("labor-*.html"))
    played = [lab for lab in labs if not re.search("-(papier|anleitung)", lab.name)]
    assert played
    for lab in played:
        flight.goto(lab.as_uri())
        expect(flight.locator(".lab.is-live")).to_have_count(1)
    assert flight.evaluate("document.fonts.size") > 0
