"""Names beside numbers: made on one device, opened on another, sent to nobody."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

import pytest
from playwright.sync_api import BrowserContext, Page, Request, expect

from tests.browser.acting import follow, joined, let_pass
from tests.browser.conftest import Site
from tests.browser.looking import blemishes
from tests.browser.test_class import (
    LESSON,
    PASSWORD,
    RENEWED,
    SECRET,
    at_desk,
    open_class,
)

CREATE_TEACHER = """
import os
from allauth.mfa.totp.internal.auth import TOTP
from courses.groups.models import Organisation, StaffRole
from learnsite.accounts.models import User
school = Organisation.objects.create(name="Schule am Teich", kind="schule")
for name in ("nadia", "omid"):
    user = User.objects.create_user(name, password=os.environ["PASSWORD"])
    StaffRole.objects.create(organisation=school, user=user, role="teacher")
    TOTP.activate(user, os.environ["SECRET"])
"""
PASSPHRASE = "Laterne Gurke Wolke Hammer"
NAMES = ("Ayşe Morgenstern", "Jörg Siebenschläfer", "Zoë Quellwasser")
STORED = """async () => [
    localStorage.length, sessionStorage.length, (await indexedDB.databases()).length,
    (await caches.keys()).length, document.cookie,
]"""


@pytest.fixture(scope="module", autouse=True)
def teachers(site: Site) -> None:
    """Make teachers of this file's own; a code of the app counts only once."""
    site.run(CREATE_TEACHER, PASSWORD=PASSWORD, SECRET=SECRET)


class Wire:
    """All that left some browsers: addresses, heads and bodies."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    def watch(self, context: BrowserContext) -> None:
        context.on("request", self._note)

    def _note(self, request: Request) -> None:
        body = request.post_data_buffer or b""
        heads = json.dumps(request.all_headers(), ensure_ascii=False)
        self.sent.append(f"{request.url}\n{heads}\n{body.decode(errors='replace')}")

    def leaks(self) -> list[str]:
        """Return what left that holds a part of a name or of the passphrase."""
        words = [word for text in (*NAMES, PASSPHRASE) for word in text.split()]
        forms = {
            form
            for word in words
            for form in (word, quote(word), quote_plus(word), json.dumps(word)[1:-1])
        }
        return [sent for sent in self.sent if any(form in sent for form in forms)]


def names_page(page: Page) -> None:
    """Go from the code on the wall to the page of names."""
    page.get_by_role("link", name="Zur Übersicht").click()
    page.get_by_role("link", name="Namen", exact=True).click()
    expect(page.get_by_role("heading", name="Namen", level=1)).to_be_visible()


def open_file(page: Page, file: str | Path, passphrase: str = PASSPHRASE) -> None:
    page.get_by_label("Datei mit den Namen").set_input_files(file)
    page.get_by_label("Passwortsatz", exact=True).fill(passphrase)
    page.get_by_role("button", name="Datei öffnen").click()


def test_names_go_from_device_to_device_and_never_over_the_wire(
    new_context: Any, site: Site, traffic: Any, tmp_path: Path
) -> None:
    wire = Wire()
    context = new_context(viewport={"width": 1280, "height": 800}, hurried=True)
    wire.watch(context)
    desk = at_desk(context, site, "nadia")
    path = open_class(desk, "7c", "Hilfe im Unterricht")
    small = {"width": 360, "height": 740}
    pupil = joined(new_context(viewport=small), path).new_page()
    pupil.goto(LESSON)
    names_page(desk)
    expect(desk.locator("form")).to_have_count(0)
    assert blemishes(desk) == []
    before = desk.evaluate(STORED)

    # A list is made; its names stand on the board at once.
    desk.get_by_role("button", name="Liste anlegen").click()
    desk.get_by_label("Klassenliste einfügen").fill("\n".join(NAMES))
    desk.get_by_role("button", name="Diesen Namen die Nummern geben").click()
    status = desk.locator("[data-names-status]")
    expect(status).to_contain_text("Gespeichert sind sie noch nicht.")
    row = desk.locator("[data-board] tbody tr").first
    expect(row).to_contain_text(NAMES[0])
    second, third = (
        desk.get_by_role("textbox", name=f"{number} Name", exact=True)
        for number in (2, 3)
    )
    expect(third).to_have_value(NAMES[2])
    second.fill("")
    second.fill(NAMES[1])
    assert blemishes(desk) == []

    # A short passphrase locks nothing; a long one makes a file.
    passphrase = desk.get_by_label("Passwortsatz für die Datei")
    passphrase.fill("zu kurz")
    desk.get_by_role("button", name="Als Datei speichern").click()
    expect(status).to_contain_text("mindestens 12 Zeichen")
    expect(passphrase).to_be_focused()
    passphrase.fill(PASSPHRASE)
    with desk.expect_download() as download:
        desk.get_by_role("button", name="Als Datei speichern").click()
    assert download.value.suggested_filename == "namen-7c.json"
    file = tmp_path / "namen-7c.json"
    download.value.save_as(file)
    assert not any(name in file.read_text() for name in NAMES)

    # The board renews itself around them, and the focus stays.
    region = desk.get_by_role("region", name="Übersicht der Gruppe")
    region.focus()
    desk.get_by_role("button", name="Deine Spuren an einem Tag").click()
    expect(desk.get_by_role("columnheader", name="Aufgabe 1")).to_be_attached()
    expect(row).to_contain_text(NAMES[0])
    region.focus()
    exercise = pupil.locator("[data-exercise]").first
    exercise.locator("input").nth(1).check()
    exercise.get_by_role("button", name="Antwort prüfen").click()
    expect(exercise.locator("[data-result] p").first).to_be_visible()
    let_pass(desk, RENEWED)
    cell = row.locator('.board-cell:not([data-state="0"])')
    expect(cell).to_have_count(1)
    pupil.get_by_text("Ich hänge fest", exact=True).click()
    follow(pupil.get_by_role("button", name="2", exact=True))
    let_pass(desk, RENEWED)
    expect(desk.locator("[data-board-help]")).to_contain_text(NAMES[0])
    expect(row).to_contain_text(NAMES[0])
    expect(region).to_be_focused()

    # Another device, with what is signed in there and the file.
    elsewhere = new_context(viewport=small, storage_state=context.storage_state())
    wire.watch(elsewhere)
    phone = elsewhere.new_page()
    phone.goto(desk.url)
    said = phone.locator("[data-names-status]")
    open_file(phone, file, "Laterne Gurke Wolke Kammer")
    expect(said).to_contain_text("Der Passwortsatz passt nicht zu dieser Datei.")
    assert not phone.get_by_text(NAMES[0]).is_visible()
    open_file(phone, file)
    expect(said).to_contain_text("Die Namen sind offen")
    expect(phone.locator("[data-board] tbody tr").first).to_contain_text(NAMES[0])
    assert blemishes(phone) == []

    # Files that are none of this group's, or none at all.
    phone.get_by_role("button", name="Namen vergessen").click()
    expect(said).to_contain_text("kennt keine Namen mehr")
    expect(said).to_be_focused()
    assert NAMES[0] not in phone.content()
    content = json.loads(file.read_text())
    for change, message in (
        ({"group": "0b0e9b7e-5f0c-4d2e-9b8a-2f1d8b7a6c5e"}, "zu einer anderen Gruppe"),
        ({"iv": content["salt"]}, "ist beschädigt"),
        ({"format": "anderes"}, "Das ist keine Datei mit Namen."),
    ):
        wrong = tmp_path / "falsch.json"
        wrong.write_text(json.dumps({**content, **change}))
        open_file(phone, wrong)
        expect(said).to_contain_text(message)

    # Gone with the page, also for “back”, and stored nowhere.
    open_file(phone, file)
    expect(phone.locator("[data-board] tbody tr").first).to_contain_text(NAMES[0])
    phone.get_by_role("link", name="Zurück zur Übersicht").click()
    expect(phone.get_by_role("link", name="Namen", exact=True)).to_be_visible()
    phone.go_back()
    expect(phone.get_by_role("heading", name="Eine Datei öffnen")).to_be_visible()
    assert NAMES[0] not in phone.content()
    assert desk.evaluate(STORED) == before
    assert len(wire.sent) > 20
    assert wire.leaks() == []
    assert traffic.complaints == []


def test_where_nobody_has_a_row_the_list_itself_is_shown_unless_it_cannot_be(
    new_context: Any, site: Site
) -> None:
    context = new_context(viewport={"width": 1280, "height": 800})
    desk = at_desk(context, site, "omid")
    open_class(desk, "7d", "Niemand sieht etwas")
    names_page(desk)
    desk.get_by_role("button", name="Liste anlegen").click()
    desk.get_by_label("Klassenliste einfügen").fill(f"2. {NAMES[1]}")
    desk.get_by_role("button", name="Diesen Namen die Nummern geben").click()
    rows = desk.get_by_role("table", name="Nummer und Name").locator("tbody tr")
    expect(rows).to_have_count(1)
    expect(rows).to_have_text(f"2{NAMES[1]}")
    assert blemishes(desk) == []

    # Without a secure address or without script, the page says what to do.
    # What a browser does over http: no cryptography.
    bare = context.new_page()
    bare.add_init_script("delete Crypto.prototype.subtle")
    bare.goto(desk.url)
    expect(bare.locator("[data-names-status]")).to_contain_text("mit https beginnt")
    expect(bare.get_by_role("button", name="Datei öffnen")).to_be_hidden()
    plain = new_context(
        java_script_enabled=False, storage_state=context.storage_state()
    ).new_page()
    plain.goto(desk.url)
    expect(
        plain.get_by_text("Dafür muss JavaScript eingeschaltet sein.")
    ).to_be_visible()
    expect(plain.get_by_role("button", name="Datei öffnen")).to_be_hidden()
