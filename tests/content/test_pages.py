"""Pages: what editors may not do, and what readers get."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Locale, Page, PageViewRestriction

from content.models import (
    GlossaryTerm,
    HomePage,
    LegalPage,
    SiteIdentity,
    StandardPage,
)


def published(parent, page):
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


@pytest.mark.parametrize(
    ("html", "is_fine"),
    [
        ("<h2>A</h2><h3>B</h3><h4>C</h4><h2>D</h2>", True),
        ("<h2>A</h2><h4>C</h4>", False),
        ("<h3>A</h3>", False),
    ],
)
def test_headings_may_not_skip_a_level(make_page, html, is_fine):
    if is_fine:
        assert make_page(("text", html))
        return
    with pytest.raises(ValidationError) as caught:
        make_page(("text", html))
    assert list(caught.value.message_dict) == ["body"]


def test_the_heading_that_skips_is_named_across_blocks(make_page):
    with pytest.raises(ValidationError) as caught:
        make_page(("text", "<h2>Eins</h2>"), ("text", "<h4>Zu <b>tief</b></h4>"))

    assert "„Zu tief“" in caught.value.message_dict["body"][0]


def test_two_pages_of_a_language_never_share_an_id(make_page):
    make_page(slug="a", package_id="about")

    with pytest.raises(ValidationError) as caught:
        make_page(slug="b", package_id="about")
    assert list(caught.value.message_dict) == ["package_id"]


@pytest.mark.parametrize("package_id", ["Über", "a b", "a--b", "-a", "A"])
def test_an_id_is_a_plain_slug(make_page, package_id):
    with pytest.raises(ValidationError):
        make_page(package_id=package_id)


def test_a_standard_page_shows_its_body_and_its_day(client, make_page):
    make_page(("text", "<p>Hallo Hellingen</p>"), title="Über uns", as_of="2026-11-23")

    html = client.get("/seite/").content.decode()

    assert "<h1>Über uns</h1>" in html
    assert "Hallo Hellingen" in html
    assert "Stand: 23. November 2026" in html


def test_a_draft_notice_stands_above_the_title(client, make_page):
    make_page(draft_notice="Entwurf, noch nicht geprüft")

    html = client.get("/seite/").content.decode()

    assert html.index("Entwurf, noch nicht geprüft") < html.index("<h1>")


def test_the_claim_beside_the_name_is_the_one_of_the_language(client, home, english):
    home.claim = "selbst bestimmen"
    home.save_revision().publish()
    other = HomePage(title="Home", slug="start-en", locale=english, claim="decide")
    Page.get_first_root_node().add_child(instance=other)
    other.save_revision().publish()

    assert "<small>selbst bestimmen</small>" in client.get("/").content.decode()
    assert "<small>decide</small>" in client.get("/en/").content.decode()


def test_a_language_without_a_claim_shows_none(client, home):
    assert "<small></small>" not in client.get("/").content.decode()


def test_the_imprint_names_the_operator(client, home):
    SiteIdentity.objects.create(operator_name="Stadt Hellingen")
    body = [{"type": "text", "value": "<p>{operator}</p>"}]
    published(
        home,
        LegalPage(title="Impressum", slug="impressum", kind="imprint", body=body),
    )

    html = client.get("/impressum/").content.decode()

    assert "<p>Stadt Hellingen</p>" in html
    assert "<form" not in re.search("<main.*</main>", html, re.DOTALL)[0]


def test_the_accessibility_statement_brings_its_form(client, home):
    published(
        home, LegalPage(title="Barrierefreiheit", slug="zugang", kind="accessibility")
    )

    html = client.get("/zugang/").content.decode()

    assert f'action="{reverse("accessibility_feedback")}"' in html
    assert 'name="message"' in html


def test_the_glossary_runs_from_a_to_z_with_cross_references(
    client, glossary_page, german
):
    def term(key, word, **fields):
        GlossaryTerm.objects.create(
            key=key, term=word, short=f"Zu {word}.", locale=german, **fields
        )

    term("tracking", "Tracking", see=["cookie", "nie"])
    term("oeffentlich", "Öffentlich")
    term("cookie", "Cookie", more="<p>Mehr dazu.</p>")

    html = client.get("/glossar/").content.decode()

    assert re.findall(r'id="buchstabe-(.)"', html) == ["C", "O", "T"]
    assert html.index("Zu Cookie.") < html.index("Zu Öffentlich.")
    assert "<p>Mehr dazu.</p>" in html
    assert '<a href="#cookie">Cookie</a></p>' in html
    assert 'href="#nie"' not in html


def test_an_empty_glossary_says_so(client, glossary_page):
    html = client.get("/glossar/").content.decode()

    assert "Das Glossar hat in dieser Sprache noch keine Begriffe." in html


def test_standard_pages_stand_below_home_or_each_other():
    assert [model.__name__ for model in StandardPage.allowed_parent_page_models()] == [
        "HomePage",
        "StandardPage",
    ]


def test_a_copy_is_another_page_and_a_translation_the_same(make_page, home, english):
    page = make_page(("text", "<p>Hallo</p>"), package_id="about")
    copy = page.copy(update_attrs={"slug": "kopie"}, keep_live=False)
    home.copy_for_translation(english).save_revision().publish()

    translated = page.copy_for_translation(english)

    assert (copy.package_id, copy.get_latest_revision_as_object().package_id) == (
        "",
        "",
    )
    assert copy.body[0].value.source == "<p>Hallo</p>"
    assert translated.package_id == "about"
    translated.save_revision().publish()
    assert translated.get_latest_revision_as_object().package_id == "about"


@pytest.mark.parametrize("see", ["cookie", [1], ["Cookie!"], {}])
def test_cross_references_of_a_term_are_a_list_of_ids(german, see):
    term = GlossaryTerm(key="a", term="A", short="a", locale=german, see=see)

    with pytest.raises(ValidationError) as caught:
        term.full_clean()
    assert list(caught.value.message_dict) == ["see"]


def test_the_language_switch_leads_to_the_same_page_or_says_it_is_missing(
    client, make_page, home, english
):
    here = make_page(slug="ueber-uns")
    single = make_page(slug="nur-deutsch")
    home.copy_for_translation(english).save_revision().publish()
    about = here.copy_for_translation(english)
    about.slug = "about"
    about.save_revision().publish()

    assert 'href="/en/about/"' in client.get("/ueber-uns/").content.decode()
    assert 'href="/ueber-uns/"' in client.get("/en/about/").content.decode()
    alone = client.get("/nur-deutsch/").content.decode()
    missing = f"/en/seite-fehlt/{single.translation_key}/"
    assert f'href="{missing}" lang="en"' in alone
    assert "/en/nur-deutsch/" not in alone


class TestPageWithoutSibling:
    """Where a language lacks a page, that is said in it, with what there is."""

    @pytest.fixture
    def single(self, make_page, home, english):
        home.copy_for_translation(english).save_revision().publish()
        return make_page(slug="vereine", title="Für Vereine")

    def missing(self, page, code="en"):
        return f"/{code}/seite-fehlt/{page.translation_key}/"

    def test_the_language_says_so_and_names_who_has_it(self, client, single):
        response = client.get(self.missing(single))

        assert response.status_code == 200
        main = response.text.partition("<main")[2].partition("</main>")[0]
        assert "This page does not exist in this language yet" in main
        assert '<a href="/vereine/" lang="de" hreflang="de">Für Vereine</a>' in main
        assert 'class="button" href="/en/"' in main

    def test_plain_german_says_it_in_plain_german(self, client, single):
        text = client.get(self.missing(single, "de-simple")).text

        assert "Diese Seite gibt es noch nicht in Leichter Sprache" in text

    def test_the_switch_there_leads_back(self, client, single):
        text = client.get(self.missing(single)).text

        assert 'href="/vereine/" lang="de"' in text
        assert f'href="{self.missing(single, "de-simple")}" lang="de-simple"' in text

    def test_a_translation_made_since_is_shown(self, client, single, english):
        translation = single.copy_for_translation(english)
        translation.slug = "clubs"
        translation.save_revision().publish()

        response = client.get(self.missing(single))

        assert (response.status_code, response.url) == (302, "/en/clubs/")

    def test_a_page_that_is_nowhere_is_not_found(self, client, single):
        key = single.translation_key
        single.delete()

        assert client.get(f"/en/seite-fehlt/{key}/").status_code == 404
        assert client.get("/en/seite-fehlt/keine-kennung/").status_code == 404

    def test_of_a_page_behind_a_password_not_even_the_title_is_told(
        self, client, single
    ):
        PageViewRestriction.objects.create(
            page=single, restriction_type=PageViewRestriction.PASSWORD, password="x"
        )

        response = client.get(self.missing(single))

        assert response.status_code == 200
        assert "Für Vereine" not in response.text

    @pytest.mark.parametrize("number", [1, 3])
    def test_its_statements_do_not_grow_with_the_languages(
        self, client, single, number, django_assert_num_queries
    ):
        for code in ("de-simple", "fr", "pl")[: number - 1]:
            locale = Locale.objects.get_or_create(language_code=code)[0]
            single.copy_for_translation(
                locale, copy_parents=True
            ).save_revision().publish()
        client.get("/en/")
        with django_assert_num_queries(4):
            client.get(self.missing(single))


def test_a_page_is_kept_whole_for_visitors(
    client, make_page, django_assert_num_queries
):
    make_page(("text", "<p>Hallo</p>"))
    first = client.get("/seite/")

    with django_assert_num_queries(1):
        again = client.get("/seite/")

    assert again.content == first.content
    assert again["Vary"] == "Accept-Encoding"


def test_a_change_is_seen_at_once(client, make_page):
    page = make_page(("text", "<p>Alt</p>"))
    client.get("/seite/")

    page.body = [{"type": "text", "value": "<p>Neu</p>"}]
    page.save_revision().publish()

    assert "<p>Neu</p>" in client.get("/seite/").content.decode()
