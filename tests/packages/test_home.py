"""The home page of each language leads somewhere: the three settings, and the labs."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

HOMES = ("/", "/en/", "/de-simple/")

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped_library")]


def soup(client: Client, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200, address
    return BeautifulSoup(response.content, "html.parser")


def ways(client: Client, home: str) -> list[str]:
    """The addresses that the cards in the main part of a home page lead to."""
    cards = soup(client, home).select("main .block-cards .card")
    return [str(card.a["href"]) for card in cards]


@pytest.mark.parametrize("home", HOMES)
def test_home_has_one_way_for_each_setting_and_one_to_the_labs(client, home):
    found = ways(client, home)

    for setting in ("schule", "verwaltung", "erwachsene"):
        assert len([each for each in found if f"setting={setting}" in each]) == 1
    assert f"{home}labore/" in found


@pytest.mark.parametrize("home", HOMES)
def test_no_link_of_the_home_page_ends_at_nothing(client, home):
    links = {str(a["href"]) for a in soup(client, home).select("main a[href^='/']")}

    assert links >= set(ways(client, home))
    for address in links:
        page = soup(client, address)
        if "?" in address:
            assert page.select("main .grid > .card h3"), f"{address}: no course"
