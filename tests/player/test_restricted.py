"""A lesson under a view restriction: closed to visitors, readable for whoever may."""

import re

import pytest
from wagtail.models import PageViewRestriction


@pytest.fixture
def closed(shelf) -> str:
    """Close the first lesson to everybody who is not signed in; return its address."""
    PageViewRestriction.objects.create(
        page=shelf.first, restriction_type=PageViewRestriction.LOGIN
    )
    return shelf.first.get_url()


def test_a_visitor_is_led_to_the_sign_in_and_back(closed, visitor) -> None:
    response = visitor.get(closed)

    assert response.status_code == 302
    assert response.url == f"/schluessel/?next={closed}"


def test_who_may_see_it_reads_the_exercises_and_finds_no_dead_form(
    closed, lena_client
) -> None:
    page = lena_client.get(closed)
    text = page.text.partition("<main")[2].partition("</main>")[0]

    assert page.status_code == 200
    assert "Womit verdient die Wetter-App Geld?" in text
    assert "Antworten werden nicht geprüft" in text
    assert 'action=""' not in text
    assert "<form" not in text
    assert not re.search(r"<(input|button|select)\b", text)
