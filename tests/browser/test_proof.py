"""From the first lesson to a certificate that a stranger has verified: three ways."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from courses.certificates.models import Certificate
from tests.browser.acting import SAME_ORIGIN, key_in_hand, open_account, take_key
from tests.browser.conftest import Site, missing, wake
from tests.browser.test_final_test import choose, go_on, hand_in, heading
from tests.load.pages import FORM

COURSE = "/kurse/nachweis/"
NAME = "Lena Groß"
CREATE_COURSE = """
from courses.models import CourseIndexPage
from tests.factories import (
    GOALS, World, final_test, lesson, multiple_choice, single_choice, text
)
index = CourseIndexPage.objects.get(locale__language_code="de")
world = World(index.get_parent().specific, index)
course = world.course("nachweis", title="Spuren nachweisen", goals=GOALS)
first = [text(), single_choice("eins"), multiple_choice("zwei")]
lesson(course, "anfang", title="Der Anfang", body=first)
lesson(course, "ende", title="Das Ende", body=[text(), single_choice("drei")])
final_test(course, per_goal=2)
"""
#: Whose page it is, in every form of a lesson.
READER = re.compile(r'name="reader" value="([^"]*)"')
HOW_TO_GET_PDFTOTEXT = (
    "pdftotext is missing; on Debian and Ubuntu: apt-get install poppler-utils"
)


@pytest.fixture(scope="module", autouse=True)
def course(site: Site) -> None:
    """Publish a course of two lessons with a final test of four questions."""
    site.run(CREATE_COURSE)


class Paper:
    """A certificate as it lies on somebody's desk."""

    def __init__(self, pdf: Path) -> None:
        """Read the words of a PDF file."""
        if shutil.which("pdftotext") is None:
            missing(HOW_TO_GET_PDFTOTEXT)
        printed = subprocess.run(
            ["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True
        )
        self.words = printed.stdout.decode()

    @property
    def address(self) -> str:
        """What the QR code opens: the address and, behind #, the code."""
        [address] = re.findall(r"\S+/bescheinigung/[0-9a-f-]{36}/", self.words)
        [code] = re.findall(r"(?:[0-9A-Z]{4}-){4}[0-9A-Z]{4}(?:-R\d+)?", self.words)
        return f"{address}#{code}"

    @property
    def number(self) -> str:
        """The number under which the server knows the paper."""
        return self.address.split("/bescheinigung/")[1].partition("/")[0]


def work_through_the_lessons(page: Page) -> None:
    """Answer every exercise of the first lesson, go on to the next, to the test."""
    page.goto(COURSE)
    page.get_by_role("link", name=re.compile("ersten Lektion|^Weiterlernen")).click()
    for leads_on, leads_to in (
        ("Weiter: Das Ende", f"{COURSE}ende/"),
        ("Kurs abschließen", f"{COURSE}#geschafft"),
    ):
        wake(page)
        for exercise in page.locator("[data-exercise]").all():
            exercise.locator("input").nth(1).check()
            exercise.get_by_role("button", name="Antwort prüfen").click()
            expect(exercise.locator("[data-result] p").first).to_be_visible()
        page.get_by_role("button", name=leads_on).click()
        page.wait_for_url(f"**{leads_to}")
    page.get_by_role("link", name="Zum Abschlusstest").click()


def answer_out_of_sight(context: BrowserContext) -> None:
    """Answer every exercise of both lessons, as a test above does on the pages."""
    for lesson in ("anfang", "ende"):
        text = context.request.get(f"{COURSE}{lesson}/").text()
        sent = [(path, {"option": "1"}) for path, _block in FORM.findall(text)]
        assert sent
        reader = READER.findall(text)[0]
        sent.append((f"{COURSE}{lesson}/weiter/", {"reader": reader}))
        for path, fields in sent:
            assert context.request.post(path, form=fields, headers=SAME_ORIGIN).ok


def pass_the_test(page: Page) -> None:
    page.get_by_role("button", name="Test beginnen").click()
    for _number in range(4):
        choose(page)
        go_on(page)
    hand_in(page)
    expect(heading(page)).to_have_text("Bestanden mit 100 %")
    page.get_by_role("link", name="Bescheinigung holen").click()
    expect(heading(page)).to_have_text("Bescheinigung")


def certificate(page: Page, to: Path) -> Paper:
    """Type a name, choose to show the result, and take the paper home."""
    page.get_by_label("Name, wie er auf der Bescheinigung stehen soll").fill(NAME)
    page.get_by_label(re.compile("Ergebnis")).check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Bescheinigung erstellen (PDF)").click()
    download.value.save_as(to)
    return Paper(to)


def verify(stranger: BrowserContext, paper: Paper, traffic: Any) -> None:
    """Let somebody without an account scan the code and compare two names."""
    page = stranger.new_page()
    page.goto(paper.address)
    expect(page.locator("main")).to_contain_text("Spuren nachweisen")
    compare(page, "Lena Klein")
    expect(page.locator("#ergebnis")).to_contain_text("passen nicht zusammen")
    page.goto(paper.address)
    compare(page, NAME.lower())
    expect(page.locator("#ergebnis")).to_contain_text(
        "Name und Papier gehören zusammen"
    )
    expect(page.locator("#ergebnis")).to_contain_text("100 Prozent")
    code = paper.address.partition("#")[2]
    assert not [url for url in traffic.urls if code in url.partition("#")[0]]


def compare(page: Page, name: str) -> None:
    page.get_by_label("Name auf dem Papier").fill(name)
    page.get_by_role("button", name="Vergleichen").click()


def test_a_visitor_takes_a_key_at_the_end(
    new_context: Any, tmp_path: Path, traffic: Any, site: Site
) -> None:
    page = new_context().new_page()
    work_through_the_lessons(page)
    pass_the_test(page)
    take_key(page)
    page.goto(f"{COURSE}bescheinigung/")
    paper = certificate(page, tmp_path / "paper.pdf")

    assert NAME in paper.words
    assert "Name selbst eingetragen" in paper.words
    verify(new_context(), paper, traffic)
    assert site.rows(Certificate).filter(pk=paper.number).exists()
    assert traffic.complaints == []


def test_a_key_holder_comes_back_on_another_device(
    new_context: Any, tmp_path: Path, traffic: Any, site: Site
) -> None:
    school = new_context()
    words = key_in_hand(school)
    answer_out_of_sight(school)

    home = new_context().new_page()
    home.goto(f"{site.url}/schluessel/#{'-'.join(words)}")
    open_account(home)
    home.goto(f"{COURSE}abschlusstest/")
    pass_the_test(home)
    paper = certificate(home, tmp_path / "paper.pdf")
    verify(new_context(), paper, traffic)


def test_somebody_with_an_e_mail_address_erases_the_account_and_keeps_the_paper(
    new_context: Any, tmp_path: Path, traffic: Any
) -> None:
    page = new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto("/konto/signup/")
    page.locator("[name=username]").fill("lena-nachweis")
    page.locator("[name=email]").fill("lena@example.de")
    for field in ("password1", "password2"):
        page.locator(f"[name={field}]").fill("Apfelbaum-im-Regen-7")
    page.get_by_role("button", name="Konto anlegen").click()
    page.wait_for_url(lambda url: "/signup/" not in url)
    answer_out_of_sight(page.context)
    page.goto(f"{COURSE}abschlusstest/")
    pass_the_test(page)
    paper = certificate(page, tmp_path / "paper.pdf")

    page.goto("/meine-daten/")
    with page.expect_navigation():
        page.get_by_role("link", name=re.compile("löschen")).first.click()
    if page.locator("[name=password]").count():
        page.locator("[name=password]").fill("Apfelbaum-im-Regen-7")
        page.get_by_role("button", name=re.compile("Bestätigen")).click()
    page.get_by_role("button", name=re.compile("löschen")).last.click()
    expect(heading(page)).to_contain_text("gelöscht")
    verify(new_context(), paper, traffic)
