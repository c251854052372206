"""A small site in two languages."""

import pytest
from django.utils import translation
from wagtail.models import Locale, Page, Site

from content.memory import forget_all
from content.models import GlossaryPage, GlossaryTerm, HomePage, StandardPage


@pytest.fixture(autouse=True)
def clean_slate():
    """Start each test in German and with an empty memory."""
    forget_all()
    with translation.override("de"):
        yield
    forget_all()


@pytest.fixture
def german(db):
    return Locale.objects.get_or_create(language_code="de")[0]


@pytest.fixture
def english(db):
    return Locale.objects.get_or_create(language_code="en")[0]


@pytest.fixture
def home(german):
    """Return the German home page, root of the site."""
    page = HomePage(title="Datenkundig", slug="start", locale=german)
    Page.get_first_root_node().add_child(instance=page)
    page.save_revision().publish()
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": page}
    )
    return page


@pytest.fixture
def glossary_page(home):
    page = GlossaryPage(title="Glossar", slug="glossar", package_id="glossary")
    home.add_child(instance=page)
    page.save_revision().publish()
    return page


@pytest.fixture
def cookie_term(german):
    return GlossaryTerm.objects.create(
        key="cookie", term="Cookie", short="Ein kleiner Text im Browser.", locale=german
    )


@pytest.fixture
def make_page(home):
    """Return a function that publishes a standard page with the given body."""

    def make(*blocks, slug="seite", title="Seite", parent=None, **fields):
        page = StandardPage(
            title=title,
            slug=slug,
            body=[{"type": name, "value": value} for name, value in blocks],
            **fields,
        )
        (parent or home).add_child(instance=page)
        page.save_revision().publish()
        return StandardPage.objects.get(pk=page.pk)

    return make
