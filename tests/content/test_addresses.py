"""Addresses are plain letters, and who changes one breaks no link."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Page

from content.addresses import plain_address
from content.models import StandardPage


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("Größe & Straße", "groesse-strasse"),
        ("Über uns", "ueber-uns"),
        ("Café_Olé", "cafe-ole"),
        ("Приклад", "priklad"),
        ("…", ""),
    ],
)
def test_words_become_plain_letters(words, address):
    assert plain_address(words) == address


def test_a_page_without_an_address_gets_a_plain_one_from_its_title(home):
    first = home.add_child(instance=StandardPage(title="Größe & Straße"))
    second = home.add_child(instance=StandardPage(title="Größe & Straße"))

    assert (first.slug, second.slug) == ("groesse-strasse", "groesse-strasse-2")


@pytest.mark.parametrize("slug", ["größe", "Groesse", "a_b", "a--b", "-a"])
def test_another_address_is_refused(make_page, slug):
    with pytest.raises(ValidationError) as caught:
        make_page(slug=slug)

    assert list(caught.value.message_dict) == ["slug"]
    assert "Kleinbuchstaben" in caught.value.message_dict["slug"][0]


def test_the_form_of_the_cms_refuses_it_for_a_draft_too(admin_client, make_page):
    page = make_page()
    data = {"title": "Seite", "slug": "größe", "body-count": "0"}

    html = admin_client.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), data
    ).content.decode()

    assert "Erlaubt sind nur Kleinbuchstaben" in html
    assert Page.objects.get(pk=page.pk).slug == "seite"


def test_the_cms_writes_umlauts_out_while_a_title_is_typed(admin_client, make_page):
    page = make_page()

    html = admin_client.get(
        reverse("wagtailadmin_pages:edit", args=[page.pk])
    ).content.decode()

    assert "data-w-slug-formatters-value" in html
    assert "data-w-slug-allow-unicode-value" not in html
