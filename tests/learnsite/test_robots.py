"""What programs ask for is there: robots.txt, the sitemap, an icon."""

import re
from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.test import override_settings
from wagtail.models import PageViewRestriction

from content.models import StandardPage
from tests.factories import lesson, published, step_card, translated, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    place = world()
    lesson(place.course())
    return place


def locations(client) -> list[str]:
    return re.findall(r"<loc>(.*?)</loc>", client.get("/sitemap.xml").text)


@override_settings(SITE_URL="https://lernen.example.org")
def test_the_sitemap_lists_pages_of_all_languages(client, place) -> None:
    translated(place.course(slug="feeds", title="Feeds"), title="Feeds")

    found = locations(client)

    assert "https://lernen.example.org/" in found
    assert "https://lernen.example.org/kurse/spuren/tag/" in found
    assert "https://lernen.example.org/en/kurse/feeds/" in found


def test_what_not_everybody_may_see_is_not_listed(client, place) -> None:
    page = StandardPage(title="Intern", slug="intern", locale=place.home.locale)
    published(place.home, page)
    assert any(address.endswith("/intern/") for address in locations(client))
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(Group.objects.create(name="Intern"))
    page.save_revision().publish()

    assert not any(address.endswith("/intern/") for address in locations(client))


@override_settings(SITE_URL="https://lernen.example.org")
def test_labs_are_listed_in_the_languages_they_have_words_in(client, place) -> None:
    found = locations(client)

    for path in ("/labore/", "/labore/wiedererkannt/"):
        assert f"https://lernen.example.org{path}" in found
    listed = [each for each in found if "/labore/" in each]
    assert len(listed) == len(set(listed))
    assert not [each for each in listed if "/de-simple/" in each]


@override_settings(SITE_URL="https://lernen.example.org")
def test_step_cards_are_listed_in_the_languages_they_have_words_in(
    client, place
) -> None:
    assert not [each for each in locations(client) if "handgriffe" in each]
    step_card("standort")

    found = [each for each in locations(client) if "handgriffe" in each]

    site = "https://lernen.example.org"
    assert found == [f"{site}/handgriffe/", f"{site}/handgriffe/standort/"]


def test_the_footer_leads_to_step_cards_once_there_are_some(client, place) -> None:
    link = '<a href="/handgriffe/">Handgriffe</a>'
    assert link not in client.get("/").text
    step_card("standort")

    assert link in client.get("/").text


def test_pages_in_the_sitemap_say_on_which_day_they_changed(client, place) -> None:
    days = re.findall(r"<lastmod>(.*?)</lastmod>", client.get("/sitemap.xml").text)

    assert len(days) == len(
        [each for each in locations(client) if "/labore/" not in each]
    )
    assert all(date.fromisoformat(day) for day in days)


@override_settings(SITE_URL="https://lernen.example.org")
def test_robots_are_kept_from_what_shows_a_reader(client, db) -> None:
    response = client.get("/robots.txt")

    assert response["Content-Type"].startswith("text/plain")
    for path in ("/cms/", "/lernen/", "/en/lernen/", "/suche/"):
        assert f"Disallow: {path}" in response.text.splitlines()
    assert "Sitemap: https://lernen.example.org/sitemap.xml" in response.text
    assert "Disallow: /kurse/" not in response.text


def test_an_icon_is_found_where_programs_ask_for_it(client, db) -> None:
    response = client.get("/favicon.ico")

    assert response["Location"] == "/static/img/favicon.ico"
