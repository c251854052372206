"""The content generation rises with every public change and with nothing else."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.documents.models import Document
from wagtail.models import Locale, PageViewRestriction, Site

from content.generation import current_generation
from content.models import GlossaryTerm, SiteIdentity


@pytest.fixture
def rises(db):
    """Return a function that says whether doing something raises the number."""

    def check(action):
        before = current_generation()
        action()
        return current_generation() > before

    return check


def test_publishing_raises_it(rises, make_page):
    page = make_page()

    assert rises(lambda: page.save_revision().publish())


def test_a_draft_does_not_raise_it(rises, make_page):
    page = make_page()

    assert not rises(lambda: page.save_revision())


def test_unpublishing_moving_and_deleting_raise_it(rises, make_page):
    page, target = make_page(), make_page(slug="ziel")

    assert rises(page.unpublish)
    assert rises(lambda: page.move(target, pos="last-child"))
    assert rises(page.delete)


@pytest.mark.parametrize(
    "make",
    [
        lambda: GlossaryTerm(key="a", term="A", short="a", locale=Locale.get_default()),
        lambda: SiteIdentity(operator_name="Stadt Hellingen"),
        lambda: Document(title="d", file=SimpleUploadedFile("d.txt", b"d")),
        lambda: Locale(language_code="en"),
    ],
    ids=["term", "identity", "document", "locale"],
)
def test_saving_and_deleting_what_pages_show_raises_it(rises, home, make):
    instance = make()

    assert rises(instance.save)
    assert rises(instance.delete)


def test_changing_the_site_or_a_restriction_raises_it(rises, home):
    site = Site.objects.get()
    restriction = PageViewRestriction(page=home, restriction_type="login")

    assert rises(site.save)
    assert rises(restriction.save)


def test_reading_it_takes_one_statement(home, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert current_generation() > 0
