"""Links by name: found in the reader's language, whatever the slug is today."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from content.links import resolve, validate_link
from content.models import HomePage, StandardPage
from tests.factories import world


def test_a_page_is_found_by_its_id_with_query(make_page):
    make_page(slug="ueber-uns", package_id="about")

    assert resolve("page:about?a=1&b=2") == "/ueber-uns/?a=1&b=2"


def test_a_new_slug_moves_the_link(make_page):
    page = make_page(slug="alt", package_id="about")
    assert resolve("page:about") == "/alt/"

    page.slug = "neu"
    page.save_revision().publish()

    assert resolve("page:about") == "/neu/"


def test_an_unpublished_or_unknown_page_has_no_address(make_page):
    make_page(package_id="about").unpublish()

    assert resolve("page:about") is None
    assert resolve("page:nie") is None
    assert resolve("") is None


def test_the_readers_language_comes_first(make_page, home, english):
    german = make_page(slug="ueber", package_id="about")
    make_page(slug="nur-deutsch", package_id="german-only")
    root = HomePage(
        title="Home", slug="en", locale=english, translation_key=home.translation_key
    )
    home.get_parent().add_child(instance=root)
    root.save_revision().publish()
    page = StandardPage(
        title="About",
        slug="about",
        package_id="about",
        locale=english,
        translation_key=german.translation_key,
    )
    root.add_child(instance=page)
    page.save_revision().publish()

    with translation.override("en"):
        assert resolve("page:about") == "/en/about/"
        assert resolve("page:german-only") == "/nur-deutsch/"
        assert resolve("page:about@de?a=1") == "/ueber/?a=1"
    validate_link("page:about@de?a=1")
    with pytest.raises(ValidationError):
        validate_link("page:about@")


def test_the_papers_of_a_course_stand_below_it(db):
    world().course(slug="spuren", package_id="traces")

    assert resolve("papers:traces") == "/kurse/spuren/unterlagen/"
    assert resolve("papers:nie") is None


def test_opening_a_room_keeps_the_readers_language(db):
    assert resolve("rooms:") == "/gruppen/raum/"
    with translation.override("en"):
        assert resolve("rooms:") == "/en/gruppen/raum/"
    validate_link("rooms:")
    with pytest.raises(ValidationError):
        validate_link("rooms:9b")


def test_the_labs_keep_the_readers_language(db):
    with translation.override("en"):
        assert resolve("labs:") == "/en/labore/"
    validate_link("labs:")
