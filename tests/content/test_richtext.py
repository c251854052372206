"""Rich text: what the editor keeps, and how terms and marks reach the page."""

import json

import pytest
from django.utils import translation
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.rich_text import RichText

from content.generation import current_generation
from content.models import SiteIdentity
from content.prose import without_terms
from content.rendering import rendering
from content.richtext import BLOCK_FEATURES, INLINE_FEATURES
from content.templatetags.content_tags import inline, marks

TERM = '<a linktype="glossary" id="cookie">Cookies</a>'


def through_the_editor(html, features):
    """Return HTML after it was opened and saved in the editor, without block keys."""
    converter = ContentstateConverter(features)
    state = converter.from_database_format(html)
    stripped = json.loads(state)
    for block in stripped["blocks"]:
        block["key"] = "k"
    html = converter.to_database_format(json.dumps(stripped))
    return html.replace(' data-block-key="k"', "")


@pytest.mark.parametrize(
    "html",
    [
        f"<p>Die App setzt {TERM}.</p>",
        '<p>Erst den <a linktype="card" id="standort">Standort</a> ausschalten.</p>',
        '<p>Dort steht <span lang="en">Tracking Preferences</span>.</p>',
        '<p><span lang="pt-BR"><b>Olá</b></span> und <i>mehr</i></p>',
        f'<ul><li>{TERM}</li><li><a href="https://example.org/">Seite</a></li></ul>',
        "<h2>Eins</h2><h3>Zwei</h3><h4>Drei</h4><p>Text</p><ol><li>a</li></ol>",
    ],
)
def test_the_editor_keeps_what_is_stored(db, html):
    assert through_the_editor(html, BLOCK_FEATURES) == html


def test_the_inline_editor_drops_headings_but_keeps_terms(db):
    html = through_the_editor(f"<h2>Titel</h2><p>{TERM}</p>", INLINE_FEATURES)

    assert html == f"<p>Titel</p><p>{TERM}</p>"


def test_a_term_opens_its_definition_and_leads_to_the_glossary(
    glossary_page, cookie_term
):
    with rendering(generation=current_generation(), prefix="abc"):
        html = str(RichText(f"<p>Die App setzt {TERM}.</p>"))

    assert html.strip() == (
        '<p>Die App setzt <span class="term">'
        '<button type="button" class="term-word" popovertarget="t-abc-1">Cookies'
        '</button><span class="term-note" id="t-abc-1" popover>'
        '<strong class="term-name">Cookie </strong>'
        '<span class="term-text">Ein kleiner Text im Browser.</span>'
        '<a class="term-more" href="/glossar/#cookie"> Im Glossar</a>'
        "</span><!--/term-->.</span></p>"
    )


def test_each_use_of_a_term_has_its_own_definition(cookie_term):
    html = str(RichText(f"<p>{TERM} und {TERM}</p>"))

    ids = [part.split('"')[0] for part in html.split(' id="')[1:]]
    assert len(ids) == len(set(ids)) == 2


def test_paper_explains_a_term_at_its_first_use_only(cookie_term):
    with rendering(generation=current_generation(), prefix="abc"):
        first = str(RichText(f"<p>{TERM} und {TERM}</p>"))
        later = str(RichText(f"<p>{TERM}</p>"))

    assert first.count('class="term"') == first.count('class="term is-again"') == 1
    assert later.count('class="term is-again"') == 1
    assert without_terms(later).strip() == "<p>Cookies</p>"


def test_a_term_missing_in_a_language_is_explained_in_german(cookie_term, english):
    with translation.override("en"):
        assert 'popover lang="de"' in str(RichText(f"<p>{TERM}</p>"))


def test_an_unknown_term_leaves_its_words(db):
    html = str(RichText('<p><a linktype="glossary" id="nie">Wort</a></p>'))

    assert html.strip() == "<p>Wort</p>"


def test_terms_give_way_in_labels(cookie_term):
    html = without_terms(str(RichText(f"<p>Nimm {TERM}.</p>")))

    assert html.strip() == "<p>Nimm Cookies.</p>"


def test_a_definition_cannot_bring_markup(cookie_term):
    cookie_term.short = "<script>alert(1)</script>"
    cookie_term.save()

    assert "&lt;script&gt;" in str(RichText(f"<p>{TERM}</p>"))


def test_marks_are_filled_with_the_operator(db):
    SiteIdentity.objects.create(
        operator_name="Stadt Hellingen & Co",
        operator_address="Am Markt 1\n12345 Hellingen",
        operator_email="post@hellingen.example",
    )

    text = "<p>{operator}, {operator-address}, {operator-email}, {site-name}</p>"
    assert str(RichText(text)).strip() == (
        "<p>Stadt Hellingen &amp; Co, Am Markt 1<br>12345 Hellingen, "
        '<a href="mailto:post@hellingen.example">post@hellingen.example</a>, '
        "Datenkundig</p>"
    )
    assert marks("<{operator}>") == "&lt;Stadt Hellingen &amp; Co&gt;"


def test_a_fact_that_is_missing_leaves_a_whole_sentence(db):
    text = "<p>{operator}</p><p>{operator-address}</p><p>E-Mail: {operator-email}</p>"

    assert str(RichText(text)).strip() == (
        "<p><em>Die betreibende Stelle muss hier noch ihren Namen eintragen.</em></p>"
        "<p><em>Die betreibende Stelle muss hier noch ihre Anschrift eintragen.</em>"
        '</p><p><span class="held">E-Mail</span>: <em>Die betreibende Stelle muss hier '
        "noch ihre E-Mail-Adresse eintragen.</em></p>"
    )
    with translation.override("en"):
        assert str(RichText("<p>{responsible-person}</p>")).strip() == (
            "<p><em>The operator of this site still has to name the person who is "
            "responsible for its content.</em></p>"
        )


def test_a_paragraph_about_a_fact_not_everybody_has_goes_with_it(db):
    text = (
        '<p data-block-key="a">Telefon: {operator-phone}</p><p>Bleibt</p>'
        "<p>Zuständig ist: {supervisory-authority}</p>"
    )
    assert str(RichText(text)).strip() == "<p>Bleibt</p>"

    SiteIdentity.objects.create(operator_phone="0123 <4>")

    assert str(RichText(text)).strip() == (
        '<p data-block-key="a">Telefon: 0123 &lt;4&gt;</p><p>Bleibt</p>'
    )


def test_the_contact_for_accessibility_is_the_operator_unless_another_is_named(db):
    identity = SiteIdentity.objects.create(
        operator_name="Stadt Hellingen",
        operator_address="Am Markt 1",
        operator_email="post@hellingen.example",
    )
    assert marks("{accessibility-contact}") == (
        "Stadt Hellingen<br>Am Markt 1<br>"
        '<a href="mailto:post@hellingen.example">post@hellingen.example</a>'
    )

    identity.accessibility_contact = "Frau Yılmaz\nZimmer 4"
    identity.save()

    assert marks("{accessibility-contact}") == "Frau Yılmaz<br>Zimmer 4"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("per E-Mail.", 'per <span class="held">E-Mail</span>.'),
        ("E-Mail-Adresse", '<span class="held">E-Mail</span>-Adresse'),
        ("die Werbe-ID", 'die <span class="held">Werbe-ID</span>'),
        ("Lern-App und Online-Dienst", "Lern-App und Online-Dienst"),
        ('<a href="/x-y">Mail</a>', '<a href="/x-y">Mail</a>'),
    ],
)
def test_a_line_leaves_no_single_letter_before_or_behind_a_hyphen(written, shown):
    assert inline(RichText(f"<p>{written}</p>")) == shown


def test_inline_text_loses_its_paragraph():
    assert inline(RichText('<p data-block-key="x">Eins <b>zwei</b></p>')) == (
        "Eins <b>zwei</b>"
    )
    assert inline(RichText("<p>Eins</p><p>Zwei</p>")) == "Eins<br>Zwei"
