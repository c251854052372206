"""One person who is employee, manager and auditor: never two of them at once."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from courses.groups.models import StaffRole
from courses.training.models import Evidence
from tests.browser.acting import follow
from tests.browser.conftest import Site
from tests.browser.looking import blemishes
from tests.browser.test_class import PASSWORD, SECRET
from tests.browser.test_staff_list import link
from tests.browser.test_training import NIGHT, PREPARE, invited, prove, sign_in
from tests.factories import pool

CITY = "Stadt an der Furt"
COURSE = "Datenschutz an der Furt"
MORE = """
city = Organisation.objects.get(name="Stadt an der Furt")
StaffRole.objects.create(organisation=city, user=user, role="auditor")
Employee.objects.filter(organisation=city, reference="4711").update(name="Petra Kaya")
"""


@pytest.fixture(scope="module", autouse=True)
def prepared(site: Site) -> None:
    """Make a town whose manager sits on the staff council and is on the list."""
    code = PREPARE.replace("Stadt am Wehr", CITY).replace('"meryem"', '"petra"')
    code = code.replace("datenschutz-am-schalter", "datenschutz-an-der-furt")
    code = code.replace("Datenschutz am Schalter", COURSE)
    site.run(code + MORE, PASSWORD=PASSWORD, SECRET=SECRET, POOL=json.dumps(pool()))


def state_of_petra(page: Page) -> Any:
    """Return the line of “Wer ist fällig?” about her."""
    page.goto("/gruppen/schulung/")
    follow(page.get_by_role("link", name=COURSE))
    follow(page.get_by_role("link", name="Wer ist fällig?"))
    follow(page.get_by_role("link", name="Bürgerbüro"))
    return page.get_by_role("row", name=re.compile("Petra"))


def account_of(page: Page) -> Any:
    return page.locator(".site-tools .menu-head")


def test_somebody_with_three_parts_plays_one_at_a_time(
    new_context: Any, site: Site
) -> None:
    context = new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    # Whoever signs in and asks for no page lands where all of it starts.
    sign_in(page, "/konto/login/", "petra")
    expect(page).to_have_url(f"{site.url}/gruppen/")
    managed = page.get_by_role("region", name="Organisationen")
    follow(managed.get_by_role("link", name="Schulung der Beschäftigten"))

    # As manager: under the account's name, with the organisation, nothing of her own.
    expect(account_of(page)).to_have_text("petra")
    expect(page.locator("main")).to_contain_text(CITY)
    card = invited(page, "Petra Kaya", COURSE)
    expect(state_of_petra(page)).to_contain_text("offen")
    before = page.locator("main").inner_text()

    # As employee, in the same browser: the page says for whom the invitation is.
    page.goto(card)
    follow(page.get_by_role("button", name="Einladung öffnen"))
    lead = page.locator("main .lead").first
    expect(lead).to_have_text("Diese Einladung ist für Petra Kaya.")
    expect(page.locator("main .eyebrow")).to_have_text(CITY)
    expect(page.get_by_role("heading", level=1)).to_have_text("Meine Schulung")
    assert blemishes(page) == []
    # No way of the manager stands on it: nothing to confirm, to defer, to list.
    ways = page.locator("main a, main form").evaluate_all(
        "all => all.map(each => new URL(each.href || each.action).pathname)"
    )
    assert not [way for way in ways if way.startswith("/gruppen/")]

    # Learning goes under the account that is signed in, as everybody's does, and the
    # list of the management does not move by it.
    follow(page.get_by_role("link", name="Zur ersten Lektion"))
    exercise = page.locator("[data-exercise]").first
    exercise.locator("input").nth(1).check()
    exercise.get_by_role("button", name="Antwort prüfen").click()
    expect(exercise.locator("[data-result]")).to_contain_text(
        re.compile("stimmt|richtig")
    )
    state_of_petra(page)
    assert page.locator("main").inner_text() == before

    # The evidence takes its own test, also for whoever could confirm it; and who looks
    # as manager learns of it with everybody else, after the night.
    page.goto("/nachweis/")
    follow(page.get_by_role("link", name="Test für den Nachweis"))
    prove(page)
    proved = site.rows(Evidence).filter(employee__organisation__name=CITY)
    assert proved.get().proof == "test"
    expect(state_of_petra(page)).to_contain_text("offen")
    assert page.locator("main").inner_text() == before
    site.run(NIGHT)
    expect(state_of_petra(page)).to_contain_text("erledigt")

    # As staff council: read only, and about nobody, herself included.
    page.goto("/gruppen/")
    council = page.get_by_role("region", name="Für Personalrat und Datenschutz")
    follow(council.get_by_role("link", name=CITY))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Personalrat")
    expect(page.locator("main")).not_to_contain_text("Petra Kaya")
    expect(page.locator("main form")).to_have_count(0)
    assert blemishes(page) == []

    # Who ends a role of theirs keeps the other; as the last manager nobody can.
    page.goto("/gruppen/")
    follow(link(page, CITY).first)
    row = (
        page.get_by_role("listitem").filter(has_text="Leitung").filter(has_text="petra")
    )
    follow(row.get_by_role("link", name=re.compile("beenden")))
    follow(page.get_by_role("button", name=re.compile("beenden")))
    expect(page.get_by_role("alert")).to_contain_text("letzte Leitung")
    roles = site.rows(StaffRole).filter(organisation__name=CITY)
    assert sorted(roles.values_list("role", flat=True)) == ["auditor", "manager"]
