"""Every kind of page: accessible, light, alone with its own host, fit for a phone."""

import re
import shutil
import subprocess
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connections, models
from django.urls import resolve
from django.utils import translation
from playwright.sync_api import Page, expect

from courses.progress.models import Attempt
from learnsite.accounts.models import Session
from tests.browser.acting import take_key
from tests.browser.conftest import SITE_DATABASE, missing, wake
from tests.browser.looking import blemishes, sticks_out

LESSON = "/kurse/datengrabbing/spuren/"
HOW_TO_GET_PDFTOTEXT = (
    "pdftotext is missing; on Debian and Ubuntu: apt-get install poppler-utils"
)
LESSONS = ["spuren", "werbung", "mitleser", "profile", "feeds", "rechte"]
GERMAN = [f"/kurse/datengrabbing/{lesson}/" for lesson in LESSONS]
PLAIN = [f"/de-simple/kurse/daten-grabbing/{lesson}/" for lesson in LESSONS[:2]]
ENGLISH = [
    f"/en/kurse/data-grabbing/{lesson}/"
    for lesson in ("traces", "advertising", "trackers", "profiles", "feeds", "rights")
]
#: Lessons of the other courses, all of which have a worksheet.
OTHERS = [
    f"/kurse/{course}/{lesson}/"
    for course, lessons in {
        "datenschutz-im-rathaus": "daten grundlage weniger auskunft panne dienste "
        "unterwegs",
        "erste-schritte": "passwort betrug geraet wlan amt",
        "freie-programme": "frei buero messenger apps fediverse linux",
    }.items()
    for lesson in lessons.split()
]
#: Lessons of the other courses whose last page is the shortest.
TIGHT = [
    "/kurse/freie-programme/messenger/",
    "/de-simple/kurse/erste-schritte-leicht/betrug/",
]
#: Bind sheets into one document, since a page for each takes its time. Each keeps what
#: is printed above it.
BIND = """async paths => {
  const read = async path => {
    const text = await (await fetch(path)).text();
    const sheet = new DOMParser().parseFromString(text, "text/html");
    const page = sheet.querySelector(".page");
    page.style.breakBefore = "page";
    return page;
  };
  const sheets = await Promise.all(paths.map(read));
  sheets[0].style.breakBefore = "auto";
  document.querySelector(".page").replaceWith(...sheets);
}"""
#: What paper waits for: pictures further down, and the fonts.
SHOW_ALL = """async () => {
  for (const image of document.images) image.loading = "eager";
  await Promise.all([...document.images].map(image => image.decode()));
  await document.fonts.ready;
}"""
PAGES = [
    "/",
    "/kurse/",
    "/kurse/?topic=datengrabbing&setting=schule",
    "/kurse/datengrabbing/",
    LESSON,
    "/kurse/datengrabbing/feeds/",
    f"{LESSON}drucken/",
    f"{LESSON}arbeitsblatt/",
    f"{LESSON}lehrkraft/",
    "/glossar/",
    "/handgriffe/",
    "/handgriffe/app-berechtigungen/",
    "/suche/?q=Passwort",
    "/lernen/",
    "/schluessel/",
    "/schluessel/neu/",
    "/meine-daten/",
    "/geraet-leeren/",
    "/impressum/",
    "/datenschutz/",
    "/barrierefreiheit/",
    "/barrierefreiheit/rueckmeldung/",
    "/konto/login/",
    "/konto/signup/",
    "/konto/password/reset/",
    "/gibt-es-nicht/",
    "/kurse/datengrabbing/gibt-es-nicht/",
    "/de-simple/",
    "/de-simple/kurse/",
    "/de-simple/kurse/daten-grabbing/spuren/",
    "/en/",
    "/en/kurse/data-grabbing/traces/",
]
#: What a crawl passes by: files, the CMS, and labs, which have walks of their own.
WALKED_ELSEWHERE = re.compile(r"/media/|/cms/|(/[\w-]+)?/labore/\w+/")

SIGNED_IN = [
    "/lernen/",
    "/meine-daten/",
    "/meine-daten/neuer-schluessel/",
    "/schluessel/karte/",
    "/konto/2fa/",
    "/konto/2fa/webauthn/",
    "/konto/2fa/webauthn/add/",
    "/konto/email/",
]


def test_every_page_is_clean_in_both_schemes_and_fits_a_narrow_screen(
    new_context: Any,
) -> None:
    page = new_context(bypass_csp=True).new_page()
    found = {}
    for path in PAGES:
        page.goto(path)
        found[path] = blemishes(page)
        page.set_viewport_size({"width": 320, "height": 640})
        page.evaluate("document.documentElement.dataset.text = '200'")
        if sticks_out(page):
            found[path].append("scrolls sideways with large text")
        page.set_viewport_size({"width": 360, "height": 740})
    assert {path: told for path, told in found.items() if told} == {}


#: Lessons and final tests of all courses, in every language, as the sitemap names them.
LESSON_ADDRESS = re.compile(
    r"<loc>[^<]*?//[^/]+(/(?:[\w-]+/)?kurse/[\w-]+/[\w-]+/)</loc>"
)


def test_no_shipped_lesson_complains_or_scrolls_sideways_with_large_text(
    new_context: Any, traffic: Any
) -> None:
    context = new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    lessons = LESSON_ADDRESS.findall(context.request.get("/sitemap.xml").text())
    assert len(lessons) >= 37
    wide = []
    for path in lessons:
        page.goto(path)
        page.evaluate("document.documentElement.dataset.text = '200'")
        wake(page)
        if sticks_out(page):
            wide.append(path)
    assert wide == []
    assert traffic.complaints == []


@pytest.mark.parametrize(
    "path",
    [
        "/kurse/erste-schritte/passwort/",  # a table whose first heading is empty
        "/kurse/datenschutz-im-rathaus/dienste/",  # asks twice which words fit
    ],
)
def test_lessons_with_rare_parts_are_clean(new_context: Any, path: str) -> None:
    page = new_context(bypass_csp=True).new_page()
    page.goto(path)
    assert blemishes(page) == []


def test_pages_are_clean_after_answering_and_signing_in(new_context: Any) -> None:
    page = new_context(
        bypass_csp=True, viewport={"width": 1280, "height": 900}
    ).new_page()
    page.goto(LESSON)
    exercise = page.locator("[data-exercise]").first
    exercise.locator("input").first.check()
    exercise.get_by_role("button", name="Antwort prüfen").click()
    expect(exercise.locator("[data-result] p").first).to_be_visible()
    assert blemishes(page) == []
    page.goto("/schluessel/neu/")
    take_key(page)
    assert blemishes(page) == []
    for path in SIGNED_IN:
        page.goto(path)
        assert blemishes(page) == [], path


class TestTextSize:
    """Grows to 200 per cent in one step, in place, and stays."""

    font_size = "parseFloat(getComputedStyle(document.documentElement).fontSize)"

    def test_it_grows_with_the_button_in_place(self, page: Page) -> None:
        page.goto(LESSON)
        before = page.evaluate(self.font_size)
        largest = page.locator(".site-footer [name=size][value='200']")
        largest.scroll_into_view_if_needed()
        top = largest.bounding_box()["y"]
        with page.expect_response("**/ansicht/"):
            largest.click()
        assert page.evaluate(self.font_size) == 2 * before
        assert largest.bounding_box()["y"] == pytest.approx(top, abs=20)
        expect(largest).to_have_attribute("aria-pressed", "true")
        page.goto("/kurse/")
        assert page.evaluate(self.font_size) == 2 * before

    def test_without_javascript_the_page_opens_again_where_one_was(
        self, new_context: Any
    ) -> None:
        page = new_context(java_script_enabled=False).new_page()
        page.goto(LESSON)
        page.locator(".site-footer [name=size][value='200']").click()
        expect(page.locator("html")).to_have_attribute("data-text", "200")
        assert page.url.endswith(f"{LESSON}#footer-ease")
        expect(page.locator("#footer-ease")).to_be_in_viewport()


def test_languages_are_one_step_away_on_a_phone(page: Page) -> None:
    page.goto(LESSON)
    page.locator("[data-lesson] .prose > *").nth(6).scroll_into_view_if_needed()
    page.mouse.wheel(0, 400)
    link = page.locator(".ease").get_by_role("link", name="Leichte Sprache")
    expect(link).to_have_attribute("href", re.compile("#b-"))
    link.click()
    expect(page.locator("html")).to_have_attribute("lang", "de-simple")
    assert "#b-" in page.url


def test_a_menu_closes_by_escape_and_by_going_elsewhere(page: Page) -> None:
    page.goto("/schluessel/neu/")
    page.locator("form[data-once] button").first.click()
    button = page.locator(".site-tools summary")
    panel = page.locator(".menu-panel")
    button.press("Enter")
    expect(panel).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(button).to_be_focused()
    button.click()
    page.mouse.click(5, 500)
    expect(panel).to_be_hidden()


def test_a_first_visit_to_a_lesson_is_light(new_context: Any, site: Any) -> None:
    context = new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    client = context.new_cdp_session(page)
    client.send("Network.enable")
    sizes: dict[str, float] = {}
    kinds: dict[str, str] = {}
    client.on(
        "Network.responseReceived",
        lambda event: kinds.update({event["requestId"]: event["type"]}),
    )
    client.on(
        "Network.loadingFinished",
        lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}),
    )
    page.goto(LESSON, wait_until="networkidle")
    scripts = sum(sizes[i] for i, kind in kinds.items() if kind == "Script")
    assert len(kinds) <= 10, kinds
    assert sum(sizes.values()) <= 100_000
    assert scripts <= 25_000


#: What a page consists of beside its own text, and where it leads.
PARTS = re.compile(
    r"<(?:script|img|source|link|iframe|video|audio|track|object|embed|use)\b[^>]*>"
)
ADDRESS = re.compile(r'\s(?:src|srcset|href|poster|data)="([^"]*)"')
LINKS = re.compile(r'<a\b[^>]*?\shref="(/[^"/?#][^"?#]*|/)')


def test_a_crawl_meets_no_other_host_no_error_and_no_dead_end(
    new_context: Any, site: Any, traffic: Any
) -> None:
    """Every page is read; of each kind and language, one is opened in the browser."""
    context = new_context(viewport={"width": 1280, "height": 900})
    waiting, seen = ["/"], {"/"}
    dead, without_exit, foreign = [], [], set()
    kinds: dict[tuple[str, ...], str] = {}
    while waiting:
        path = waiting.pop()
        response = context.request.get(path)
        html = response.text()
        if response.status != 200:
            dead.append((path, response.status))
        if "geraet-leeren/" not in "".join(re.findall(r"<form[^>]*>", html)):
            without_exit.append(path)
        foreign |= set(addresses_elsewhere(html, site.url))
        kinds.setdefault(kind_of(path, html), path)
        for href in LINKS.findall(html):
            if href not in seen and not WALKED_ELSEWHERE.match(href):
                seen.add(href)
                waiting.append(href)
    assert dead == []
    assert without_exit == []  # every page lets a visitor leave an empty device
    assert foreign == set()
    assert len(seen) > 390
    assert len(kinds) > 60
    page = context.new_page()
    for path in kinds.values():
        page.goto(path)
    assert traffic.complaints == []


def addresses_elsewhere(html: str, own: str) -> list[str]:
    """Return the addresses on other hosts that a browser would ask for a page."""
    parts = " ".join(PARTS.findall(html))
    return [
        address
        for address in ADDRESS.findall(parts)
        if re.match(r"(\w+:)?//", address) and not address.startswith(own)
    ]


def kind_of(path: str, html: str) -> tuple[str, ...]:
    """Return what pages have in common that one view and one template make."""
    language = re.search(r'<html lang="([^"]*)"', html)
    drawn = re.search(r'<main[^>]* class="([^"]*)"', html)
    assert language, path
    with translation.override(language[1]):
        view = resolve(path).view_name
    return (view, language[1], drawn[1] if drawn else "")


def test_a_glossary_term_explains_itself_by_keyboard_and_tap(page: Page) -> None:
    page.goto(LESSON)
    word = page.locator(".term-word").first
    note = page.locator(".term-note").first
    expect(note).to_be_hidden()
    word.click()
    expect(note).to_be_visible()
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    word.focus()
    page.keyboard.press("Enter")
    expect(note).to_be_visible()


def test_tab_leads_from_a_term_through_its_note_and_on(page: Page) -> None:
    page.goto(LESSON)
    term = page.locator(".term").first
    word, note = term.locator(".term-word"), term.locator(".term-note")
    link = term.locator(".term-more")
    page.locator(".lesson-head a").last.focus()
    while not word.evaluate("word => word === document.activeElement"):
        page.keyboard.press("Tab")
    expect(note).to_be_visible()
    page.keyboard.press("Tab")
    expect(link).to_be_focused()
    expect(link).to_be_visible()
    page.keyboard.press("Escape")
    expect(word).to_be_focused()
    expect(note).to_be_hidden()
    page.keyboard.press("Tab")
    expect(note).to_be_hidden()
    expect(term.locator(":focus")).to_have_count(0)


class TestPaper:
    """What comes out of the printer, as Chromium lays it out on A4."""

    @staticmethod
    def pages(page: Page, path: str) -> list[str]:
        page.goto(path)
        return TestPaper.printed(page)

    @staticmethod
    def bound(page: Page, paths: list[str]) -> list[str]:
        page.goto(paths[0])
        page.evaluate(BIND, paths)
        return TestPaper.printed(page)

    @staticmethod
    def printed(page: Page) -> list[str]:
        if shutil.which("pdftotext") is None:
            missing(HOW_TO_GET_PDFTOTEXT)
        page.evaluate(SHOW_ALL)
        sheet = page.pdf(format="A4", prefer_css_page_size=True)
        text = subprocess.run(
            ["pdftotext", "-", "-"], input=sheet, capture_output=True, check=True
        )
        return text.stdout.decode().split("\f")[:-1]

    @pytest.mark.parametrize(
        ("paths", "word"), [([*GERMAN, *OTHERS], "Seite"), (ENGLISH, "Page")]
    )
    def test_worksheets_are_two_pages_and_the_second_begins_with_its_heading(
        self, page: Page, paths: list[str], word: str
    ) -> None:
        sheets = self.bound(page, [f"{path}arbeitsblatt/" for path in paths])
        first = dict(zip(paths, sheets[::2], strict=True))
        second = dict(zip(paths, sheets[1::2], strict=True))
        assert [path for path in paths if f"{word} 1:" not in first[path]] == []
        starts = f"{word} 2:"
        assert [path for path in paths if not second[path].startswith(starts)] == []

    def test_no_page_of_a_lesson_holds_next_to_nothing(self, page: Page) -> None:
        found = {}
        for path in (*GERMAN, *PLAIN, *ENGLISH, *TIGHT):
            sheets = self.pages(page, f"{path}drucken/")
            if "CC BY-SA 4.0" not in sheets[0]:
                found[path] = "no licence on the first page"
            if (fewest := min(len(sheet.split()) for sheet in sheets)) <= 30:
                found[path] = f"{fewest} words on a page"
        assert found == {}

    def test_a_step_card_is_one_sheet_with_all_its_systems(self, page: Page) -> None:
        page.goto("/handgriffe/")
        links = page.locator("main a[href*='/handgriffe/'][href*='#']")
        addresses = links.evaluate_all("all => all.map(each => each.pathname)")
        cards = list(dict.fromkeys(addresses))
        assert len(cards) >= 23
        sheets = self.bound(page, cards)
        titles = page.locator("main h1").all_inner_texts()
        assert len(titles) == len(cards)
        assert len(sheets) == len(cards)
        texts = [" ".join(sheet.split()) for sheet in sheets]
        apart = zip(titles, texts, strict=True)
        assert [title for title, text in apart if title not in text] == []

    def test_paper_shows_the_chosen_system_of_a_step_card_alone(
        self, page: Page
    ) -> None:
        (sheet,) = self.pages(page, "/handgriffe/standort/#windows")
        assert "Windows 11" in sheet
        assert "Aktivitäten" not in sheet

    def test_a_lab_in_a_lesson_leaves_the_text_to_its_own_paper(
        self, page: Page
    ) -> None:
        sheets = self.pages(page, "/kurse/datengrabbing/profile/drucken/")
        text = " ".join(" ".join(sheets).split())
        assert "auch auf Papier: /labore/wiedererkannt/papier/" in text
        assert "Namen zu streichen macht eine Tabelle nicht anonym" not in text

    def test_an_exercise_on_a_sheet_stays_on_one_page(self, page: Page) -> None:
        tasks = self.pages(page, "/kurse/datengrabbing/profile/aufgaben/")
        assert tasks[1].startswith("Aufgabe 5\n")
        solved = self.pages(page, "/kurse/datengrabbing/rechte/loesungen/")
        assert solved[1].startswith("Aufgabe 3\n")

    def test_definitions_stand_in_brackets_behind_their_word(self, page: Page) -> None:
        text = " ".join(" ".join(self.pages(page, f"{LESSON}drucken/")).split())
        assert text.count("entstehen nebenbei.):") == 1
        assert "Datenspuren (Daten, die" in text


def test_a_plan_is_kept_on_the_device_only_after_a_click(page: Page) -> None:
    page.goto(LESSON)
    form = page.locator(".plan form").first
    page.locator(".plan").first.scroll_into_view_if_needed()
    for index in range(2):
        form.locator("input").nth(index).fill("heute Abend")
    stored = "Object.keys(localStorage).filter(k => k.startsWith('plan:')).length"
    assert page.evaluate(stored) == 0
    form.get_by_role("button").first.click()
    assert page.evaluate(stored) == 1
    page.reload()
    page.locator(".plan").first.scroll_into_view_if_needed()
    expect(page.locator(".plan form input").first).to_have_value("heute Abend")


class TestWhatIsStored:
    """After people learned, the database tells days and months, never times."""

    def test_no_column_tells_when_in_the_day_somebody_learned(
        self, new_context: Any, site: Any
    ) -> None:
        page = new_context().new_page()
        page.goto(LESSON)
        page.locator("[data-exercise] input").first.check()
        page.get_by_role("button", name="Antwort prüfen").first.click()
        expect(page.locator("[data-result] p").first).to_be_visible()
        page.goto("/schluessel/neu/")
        take_key(page)
        page.goto(LESSON)
        page.goto("/kurse/datengrabbing/werbung/")
        assert empty_tables() == []
        assert times_of_learners() == {}


def empty_tables() -> list[str]:
    """Return which models that learning must have written to hold no row."""
    written = (get_user_model(), Session, Attempt)
    return [
        model.__name__
        for model in written
        if not model._default_manager.using(SITE_DATABASE).exists()
    ]


#: Columns that tell when editors worked, or when the nightly job ran; both declared.
EDITORIAL = re.compile(
    r"wagtail|taggit|content_|django_migrations|accounts_upkeep"
    r"|courses_(course|lesson|finaltest)\w*page"
)


def times_of_learners() -> dict[str, set[str]]:
    """Return each learner's date-time column whose values differ in time of day."""
    told: dict[str, set[str]] = {}
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        if EDITORIAL.match(table):
            continue
        for field in model._meta.concrete_fields:
            if not isinstance(field, models.DateTimeField):
                continue
            column = connections[SITE_DATABASE].ops.quote_name(field.column)
            with connections[SITE_DATABASE].cursor() as cursor:
                cursor.execute(f'SELECT {column} FROM "{table}"')  # noqa: S608
                values = {str(row[0])[10:16] for row in cursor if row[0]}
            # Month begins and the fixed hour of the night tell nothing.
            if values - {" 00:00", " 22:00", " 23:00", " 01:00", " 02:00", " 03:00"}:
                told[f"{table}.{field.column}"] = values
    return told
