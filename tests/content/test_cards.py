"""Step cards: a page for each, a link by key from every text, a day to check again."""

import re
from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import ReferenceIndex
from wagtail.rich_text import RichText

from content.generation import current_generation
from content.links import resolve
from content.memory import forget_all
from content.models import Source, StepCard

CHECKED = date(2026, 11, 27)
LINK = '<p>Erst <a linktype="card" id="standort">den Standort ausschalten</a>.</p>'


def variant(system="android", **more):
    steps = ["<p>Die <b>Einstellungen</b> öffnen.</p>", "<p>Auf <b>Standort</b>.</p>"]
    value = {"system": system, "version": "", "steps": steps, "note": "", **more}
    return {"type": "variant", "value": value}


@pytest.fixture
def make_card(german):
    """Return a function that makes a card."""

    def make(key="standort", locale=german, **fields):
        values = {
            "title": "Standort ausschalten",
            "summary": "Apps erfahren dann nicht, wo das Handy ist.",
            "as_of": CHECKED,
            "variants": [
                variant("firefox", version="Firefox 145"),
                variant("android", note="<p>Die Polizei kann trotzdem orten.</p>"),
            ],
            **fields,
        }
        return StepCard.objects.create(key=key, locale=locale, **values)

    return make


def text_of(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


@time_machine.travel("2026-12-01")
def test_a_card_shows_every_system_and_when_it_was_checked(client, home, make_card):
    make_card()

    html = text_of(client, "/handgriffe/standort/")

    assert "<h1>Standort ausschalten</h1>" in html
    assert "Stand: November 2026." in html
    assert "Wird bis Mai 2027 neu geprüft." in html
    assert html.index('id="android"') < html.index('id="firefox"')
    assert "Die <b>Einstellungen</b> öffnen." in html
    assert "Die Polizei kann trotzdem orten." in html
    assert "(Firefox 145)" in html


def test_whoever_needs_one_system_gets_there_by_its_address(client, home, make_card):
    make_card(variants=[variant(version="Android 16"), variant(version="Android 15")])

    html = text_of(client, "/handgriffe/standort/")

    for anchor in ("android", "android-2"):
        assert f'href="#{anchor}"' in html
        assert html.count(f'id="{anchor}"') == 1


@pytest.mark.parametrize(
    ("day", "is_due"), [("2027-05-26", False), ("2027-05-27", True)]
)
def test_a_card_past_its_day_says_that_menus_may_have_changed(
    client, home, make_card, day, is_due
):
    make_card()

    with time_machine.travel(day):
        html = text_of(client, "/handgriffe/standort/")

    assert ("Menüs können inzwischen anders heißen" in html) is is_due
    assert ("neu geprüft" in html) is not is_due


def test_the_list_leads_to_each_system_of_a_card(client, home, make_card):
    make_card()

    html = text_of(client, "/handgriffe/")

    for anchor in ("android", "firefox"):
        assert f'<a href="/handgriffe/standort/#{anchor}">Standort ausschalten' in html
    assert 'id="ios"' not in html


@pytest.mark.parametrize(
    ("system", "heading"),
    [("account", "Konto im Browser"), ("libreoffice", "LibreOffice")],
)
def test_ways_that_no_device_has_stand_under_a_heading_of_their_own(
    client, home, make_card, system, heading
):
    make_card(variants=[variant(system)])

    assert f'<h2 id="{system}">{heading}</h2>' in text_of(client, "/handgriffe/")


def test_a_term_is_explained_once_for_each_system_under_ids_of_its_own(
    client, home, cookie_term, make_card
):
    term = '<p>Ein <a linktype="glossary" id="cookie">Cookie</a> geht.</p>'
    make_card(variants=[variant(each, steps=[term] * 2) for each in ("ios", "macos")])

    html = text_of(client, "/handgriffe/standort/")

    ids = re.findall(r'<span class="term-note" id="([^"]*)"', html)
    assert len(set(ids)) == 4
    assert html.count('<span class="term">') == 2
    assert html.count('<span class="term is-again">') == 2


def test_what_does_not_exist_is_not_found(client, home, make_card):
    text_of(client, "/handgriffe/", 404)
    make_card()
    text_of(client, "/handgriffe/gibt-es-nicht/", 404)


def test_a_language_without_the_card_shows_the_german_one(
    client, home, english, make_card
):
    make_card()

    html = text_of(client, "/en/handgriffe/standort/")

    assert '<h1 lang="de">Standort ausschalten</h1>' in html
    assert "As of November 2026." in html


def test_a_translation_takes_days_and_sources_of_the_german_card(
    client, home, german, english, make_card
):
    Source.objects.create(key="hilfe", locale=german, title="Hilfe des Herstellers")
    make_card(sources=[{"type": "source", "value": "hilfe"}])
    make_card(locale=english, title="Turn off location", as_of=None)

    html = text_of(client, "/en/handgriffe/standort/")

    assert "<h1>Turn off location</h1>" in html
    assert "As of November 2026." in html
    assert "Hilfe des Herstellers" in html


def test_a_card_page_takes_few_statements(
    client, home, german, make_card, django_assert_num_queries
):
    Source.objects.create(key="hilfe", locale=german, title="Hilfe")
    make_card(sources=[{"type": "source", "value": "hilfe"}] * 3)
    client.get("/")
    make_card("zweite")

    # The generation; cards, sources, site settings and frame once for each generation.
    client.get("/handgriffe/standort/")
    with django_assert_num_queries(1):
        client.get("/handgriffe/standort/")


def test_a_link_leads_to_the_card_and_names_its_address_for_paper(
    settings, make_card, english
):
    settings.SITE_URL = "https://lernen.example.org/"
    make_card()

    assert str(RichText(LINK)) == (
        '<p>Erst <a href="/handgriffe/standort/" '
        'data-address="lernen.example.org/handgriffe/standort/">'
        "den Standort ausschalten</a>.</p>"
    )
    with translation.override("en"):
        assert 'href="/en/handgriffe/standort/"' in str(RichText(LINK))


def test_a_link_to_a_card_that_is_gone_leads_nowhere(db):
    assert str(RichText(LINK)) == "<p>Erst <a>den Standort ausschalten</a>.</p>"


def test_a_changed_card_raises_the_generation(make_card):
    card = make_card()
    before = current_generation()

    card.save()

    assert current_generation() > before


def test_links_by_name_know_cards(make_card):
    assert resolve("card:standort") is None
    make_card()
    forget_all()
    assert resolve("card:standort") == "/handgriffe/standort/"


def test_a_page_that_links_a_card_counts_as_its_use(admin_client, make_card, make_page):
    card = make_card()
    page = make_page(("text", LINK))

    uses = ReferenceIndex.get_references_to(card)

    assert [use.object_id for use in uses] == [str(page.pk)]
    html = text_of(
        admin_client, reverse("wagtailsnippets_content_stepcard:usage", args=[card.pk])
    )
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in html


def test_a_card_counts_as_a_use_of_its_sources(german, make_card):
    source = Source.objects.create(key="hilfe", locale=german, title="Hilfe")
    card = make_card(sources=[{"type": "source", "value": "hilfe"}])

    uses = ReferenceIndex.get_references_to(source)

    assert [use.object_id for use in uses] == [str(card.pk)]


def test_editors_see_uses_and_find_what_is_due(admin_client, make_card, make_page):
    make_card(as_of=timezone.localdate())
    today = timezone.localdate()
    make_card("alt", title="Alt", as_of=date(2020, 1, 1), review=today)
    make_page(("text", LINK))
    address = reverse("wagtailsnippets_content_stepcard:list")

    everything = admin_client.get(address)
    due = admin_client.get(address, {"due": "due"})

    counts = {row.key: row.usage_count for row in everything.context["object_list"]}
    assert counts == {"standort": 1, "alt": 0}
    assert [row.key for row in due.context["object_list"]] == ["alt"]


def test_the_list_of_cards_is_for_editors(client, admin_client, make_card):
    make_card()
    url = reverse("content_step_cards")

    (row,) = admin_client.get(url).json()["rows"]

    assert (row["key"], row["name"]) == ("standort", "Standort ausschalten")
    admin_client.logout()
    assert admin_client.get(url).status_code == 302


def test_editors_open_a_card_with_its_systems(admin_client, make_card):
    card = make_card()

    html = text_of(
        admin_client, reverse("wagtailsnippets_content_stepcard:edit", args=[card.pk])
    )

    assert "Firefox 145" in html
    assert "STEP-CARD" in html


@pytest.mark.parametrize(
    ("as_of", "review"),
    [
        (date(2026, 11, 27), date(2027, 5, 27)),
        (date(2026, 8, 31), date(2027, 3, 1)),
        (date(2026, 12, 15), date(2027, 6, 15)),
    ],
)
def test_a_card_is_checked_again_after_six_months(make_card, as_of, review):
    assert make_card(as_of=as_of).review == review


def test_checking_a_card_again_moves_a_day_that_is_past(make_card):
    card = make_card()
    card.as_of = date(2027, 6, 1)
    card.save()

    assert card.review == date(2027, 12, 1)


def test_a_german_card_says_when_it_was_checked(make_card, english):
    with pytest.raises(ValidationError) as refused:
        make_card(as_of=None).full_clean()
    assert set(refused.value.message_dict) == {"as_of"}
    make_card("uebersetzt", locale=english, as_of=None).full_clean()
