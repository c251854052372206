"""A shared source is one row: texts cite it, and change when it changes."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import ReferenceIndex

from content.blocks import PerspectivesBlock, QuoteBlock, SourcesBlock
from content.generation import current_generation
from content.models import Source
from content.rendering import rendering
from content.sources.queries import shared_sources


@pytest.fixture
def law(german):
    """Return a law that texts cite."""
    return Source.objects.create(
        key="dsgvo",
        locale=german,
        title="Verordnung (EU) 2016/679 (DSGVO)",
        publisher="Europäische Union",
        url="https://eur-lex.europa.eu/eli/reg/2016/679/oj",
        accessed=date(2026, 11, 23),
    )


def citing(**item):
    return ("sources", {"items": [item]})


def body_of(client, page):
    return client.get(page.url).content.decode()


def test_a_text_shows_what_the_shared_source_says(client, law, make_page):
    html = body_of(client, make_page(citing(shared="dsgvo")))

    assert "Europäische Union:" in html
    assert (
        '<a href="https://eur-lex.europa.eu/eli/reg/2016/679/oj" '
        'rel="external noopener">Verordnung (EU) 2016/679 (DSGVO)</a>'
    ) in html
    assert "gelesen am 23.11.2026" in html


def test_sources_are_folded(client, law, make_page):
    html = body_of(client, make_page(citing(shared="dsgvo")))

    folded = html.partition('<details class="more sources">')[2].partition("</det")[0]
    assert "<summary>Quellen</summary>" in folded
    assert "Verordnung (EU) 2016/679 (DSGVO)" in folded


def test_what_a_text_says_itself_goes_before_the_shared_source(client, law, make_page):
    html = body_of(client, make_page(citing(shared="dsgvo", title="DSGVO, Artikel 15")))

    assert ">DSGVO, Artikel 15</a>" in html
    assert "Verordnung (EU) 2016/679" not in html
    assert "Europäische Union:" in html


def test_a_changed_source_changes_every_page_and_touches_none(client, law, make_page):
    page = make_page(citing(shared="dsgvo"))
    quoting = make_page(
        ("quote", {"text": "<p>Wort</p>", "shared": "dsgvo"}), slug="zitat"
    )
    before = [body_of(client, each) for each in (page, quoting)]
    revisions = page.revisions.count() + quoting.revisions.count()

    law.title = "DSGVO in der Fassung von 2027"
    law.save()

    after = [body_of(client, each) for each in (page, quoting)]
    assert all("2016/679 (DSGVO)" in html for html in before)
    assert all("DSGVO in der Fassung von 2027" in html for html in after)
    assert page.revisions.count() + quoting.revisions.count() == revisions


def test_a_position_cites_a_shared_source(law):
    block = PerspectivesBlock()
    position = {"holder": "Wer so denkt", "text": "Ja.", "shared": "dsgvo"}
    value = block.to_python({"question": "Soll das?", "positions": [position]})

    html = block.render(value)

    assert 'href="https://eur-lex.europa.eu/eli/reg/2016/679/oj"' in html
    assert ">Verordnung (EU) 2016/679 (DSGVO)</a>" in html


def test_the_place_stands_behind_the_title_of_the_row(law):
    block = SourcesBlock()
    item = {"shared": "dsgvo", "place": "Artikel 15"}
    value = block.to_python({"items": [item]})

    law.title = "DSGVO in der Fassung von 2027"
    law.save()

    assert ">DSGVO in der Fassung von 2027, Artikel 15</a>" in block.render(value)


def test_another_language_says_only_what_is_different(law, english):
    Source.objects.create(
        key="dsgvo", locale=english, title="Regulation (EU) 2016/679 (GDPR)"
    )

    found = shared_sources("en", current_generation())["dsgvo"]

    assert found.title == "Regulation (EU) 2016/679 (GDPR)"
    assert found.url == law.url
    assert found.accessed == date(2026, 11, 23)
    plain = shared_sources("de-simple", current_generation())["dsgvo"]
    assert plain.title == "Verordnung (EU) 2016/679 (DSGVO)"


def test_citing_many_sources_takes_one_reading(law, english, django_assert_num_queries):
    value = SourcesBlock().to_python({"items": [{"shared": "dsgvo"}] * 5})
    generation = current_generation()

    # The German rows and the English ones together.
    with (
        translation.override("en"),
        rendering(generation=generation),
        django_assert_num_queries(1),
    ):
        titles = {item.cited.title for item in value["items"]}

    assert titles == {law.title}


@pytest.mark.parametrize(
    ("block", "value"),
    [
        (SourcesBlock(), {"items": [{"publisher": "EU"}]}),
        (QuoteBlock(), {"text": "<p>Wort</p>"}),
    ],
)
def test_neither_words_nor_a_shared_source_are_refused(db, block, value):
    with pytest.raises(ValidationError):
        block.clean(block.to_python(value))


def test_a_source_that_is_gone_leaves_no_empty_entry(client, law, make_page):
    page = make_page(citing(shared="dsgvo"))
    law.delete()

    assert "<li>" not in body_of(client, page).split("source-list")[1].split("</ul>")[0]


def test_a_page_that_cites_a_source_counts_as_its_use(law, make_page):
    page = make_page(citing(shared="dsgvo"))
    page.save_revision().publish()

    uses = ReferenceIndex.get_references_to(law)

    assert [use.object_id for use in uses] == [str(page.pk)]


@pytest.mark.parametrize(
    ("accessed", "review"),
    [
        (date(2026, 11, 23), date(2027, 11, 23)),
        (date(2028, 2, 29), date(2029, 3, 1)),
        (None, None),
    ],
)
def test_a_source_is_read_again_after_a_year(german, accessed, review):
    source = Source.objects.create(key="a", locale=german, title="A", accessed=accessed)

    assert source.review == review


@pytest.mark.parametrize(
    ("review", "next_review"),
    [
        (date(2027, 11, 23), date(2028, 11, 24)),
        (date(2029, 1, 1), date(2029, 1, 1)),
    ],
    ids=["past", "still to come"],
)
def test_reading_a_source_again_moves_a_day_that_is_past(law, review, next_review):
    law.review, law.accessed = review, date(2027, 11, 24)
    law.save()

    assert law.review == next_review


def test_editors_see_uses_and_find_what_is_due(admin_client, law, german, make_page):
    make_page(citing(shared="dsgvo")).save_revision().publish()
    Source.objects.create(
        key="alt",
        locale=german,
        title="Alte Studie",
        review=timezone.localdate(),
    )
    law.review = timezone.localdate() + timedelta(days=1)
    law.save()
    address = reverse("wagtailsnippets_content_source:list")

    everything = admin_client.get(address)
    due = admin_client.get(address, {"due": "due"})

    counts = {row.key: row.usage_count for row in everything.context["object_list"]}
    assert counts == {"dsgvo": 1, "alt": 0}
    assert [row.key for row in due.context["object_list"]] == ["alt"]


def test_the_usage_view_names_the_page(admin_client, law, make_page):
    page = make_page(citing(shared="dsgvo"))
    page.save_revision().publish()

    html = admin_client.get(
        reverse("wagtailsnippets_content_source:usage", args=[law.pk])
    ).content.decode()

    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in html


def test_editors_choose_a_shared_source_in_a_block(admin_client, law, make_page):
    page = make_page(citing(shared="dsgvo"))

    html = admin_client.get(
        reverse("wagtailadmin_pages:edit", args=[page.pk])
    ).content.decode()

    assert law.title in html
