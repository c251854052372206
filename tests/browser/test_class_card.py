"""A card of a class: the way back on another device, and the end of a lost one."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from courses.groups.models import Membership, SharedFact
from tests.browser.acting import Steps, follow, open_account
from tests.browser.conftest import Site
from tests.browser.looking import blemishes
from tests.browser.test_class import (
    CREATE_TEACHER,
    LESSON,
    PASSWORD,
    SECRET,
    open_class,
    sign_in,
)

SCHOOL = "Schule am Steg"
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module", autouse=True)
def teacher(site: Site) -> None:
    code = CREATE_TEACHER.replace("Schule am Wehr", SCHOOL)
    code = code.replace('("ayse", "jan", "mia")', '("rosa",)')
    site.run(code, PASSWORD=PASSWORD, SECRET=SECRET)


def cards_of(page: Page) -> list[str]:
    """Return the keys of the cards on a sheet, each in one line."""
    sheet = page.locator(".class-card-words")
    expect(sheet.first).to_be_visible()
    return [" ".join(each.split()) for each in sheet.all_inner_texts()]


def scan(page: Page, card: str) -> None:
    """Open the address in the QR code of a card."""
    page.goto(f"/schluessel/#{'-'.join(card.split())}")


def answer_first(page: Page) -> str:
    """Answer the first exercise; return where it stands."""
    exercise = page.locator("[data-exercise]").first
    exercise.locator("input").nth(1).check()
    exercise.get_by_role("button", name="Antwort prüfen").click()
    expect(exercise.locator("[data-result]")).to_contain_text(
        re.compile("stimmt|richtig")
    )
    return str(exercise.get_attribute("id"))


def come_back(page: Page, card: str, place: str) -> None:
    """Come with a card: back at the very exercise in two steps (journey 4)."""
    steps = Steps()
    scan(page, card)
    steps.take(page.get_by_role("button", name=re.compile("öffnen|Anmelden")).last)
    steps.take(page.get_by_role("link", name=re.compile("^Weiterlernen")).first)
    assert steps.taken == 2
    expect(page).to_have_url(place)
    exercise = page.locator(":target")
    expect(exercise).to_be_in_viewport()
    expect(exercise.locator("[data-result]")).to_contain_text(
        re.compile("stimmt|richtig")
    )


def test_a_card_leads_back_until_it_is_lost_and_then_the_new_one_does(
    new_context: Any, site: Site
) -> None:
    desk = new_context(viewport={"width": 1280, "height": 800}).new_page()
    sign_in(desk, "rosa")
    open_class(desk, "8c", "Hilfe im Unterricht")
    follow(desk.get_by_role("link", name="Zur Übersicht"))
    board = desk.url
    follow(desk.get_by_role("link", name="Karten drucken"))
    desk.get_by_label(re.compile("Bis Nummer|bis")).last.fill("2")
    follow(desk.get_by_role("button", name="Karten anlegen und Bogen zeigen"))
    first, second = cards_of(desk)
    assert blemishes(desk) == []

    phone = new_context(viewport=PHONE).new_page()
    scan(phone, first)
    open_account(phone)
    follow(phone.get_by_role("link", name="8c", exact=True))
    follow(phone.locator("main ol a").first)
    expect(phone).to_have_url(f"{site.url}{LESSON}")
    place = f"{site.url}{LESSON}#{answer_first(phone)}"

    tablet = new_context(viewport={"width": 1024, "height": 768}).new_page()
    come_back(tablet, first, place)

    # Lost: the number on the card, then yes; from the board, which has both.
    desk.goto(board)
    steps = Steps()
    desk.get_by_label("Nummer der Karte").fill("1")
    steps.take(desk.get_by_role("button", name="Neue Karte", exact=True))
    assert blemishes(desk) == []
    steps.take(desk.get_by_role("button", name="Neue Karte anlegen"))
    assert steps.taken == 2
    [anew] = cards_of(desk)
    assert anew not in (first, second)

    # The old one is dead at once: whoever is in is out, and it opens nothing.
    for page in (phone, tablet):
        page.goto("/lernen/")
        expect(page.get_by_text("Angemeldet als")).to_have_count(0)
    finder = new_context(viewport=PHONE).new_page()
    scan(finder, first)
    follow(finder.get_by_role("button", name=re.compile("öffnen|Anmelden")).last)
    expect(finder.get_by_text("Angemeldet als")).to_have_count(0)
    expect(finder.get_by_role("alert")).to_be_visible()

    # The new one leads to the same place, and says that it is a new one.
    owner = new_context(viewport=PHONE).new_page()
    come_back(owner, anew, place)
    owner.goto("/lernen/")
    expect(owner.get_by_text("Diese Karte wurde am")).to_be_visible()
    assert blemishes(owner) == []
    member = site.rows(Membership).get(group__organisation__name=SCHOOL, number=1)
    facts = site.rows(SharedFact).filter(membership__pk=member.pk)
    assert facts.exists()
