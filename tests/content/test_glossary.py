"""Terms of the glossary in the CMS: where each of them is used."""

from django.urls import reverse
from wagtail.models import ReferenceIndex

TERM = '<a linktype="glossary" id="cookie">{}</a>'


def test_editors_see_where_a_term_is_used(admin_client, cookie_term, make_page, german):
    other = type(cookie_term)(key="konto", term="Konto", short="Ein Zugang.")
    other.locale = german
    other.save()
    twice = f"<p>{TERM.format('Cookies')} und noch ein {TERM.format('Cookie')}.</p>"
    page = make_page(("text", twice))

    uses = ReferenceIndex.get_grouped_references_to(cookie_term)
    rows = admin_client.get(reverse("wagtailsnippets_content_glossaryterm:list"))
    usage = admin_client.get(
        reverse("wagtailsnippets_content_glossaryterm:usage", args=[cookie_term.pk])
    )

    assert [used.pk for used, _references in uses] == [page.pk]
    counts = {row.key: row.usage_count for row in rows.context["object_list"]}
    assert counts == {"cookie": 1, "konto": 0}
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert edit in usage.content.decode()


def test_deleting_a_term_shows_where_it_is_used(admin_client, cookie_term, make_page):
    make_page(("text", f"<p>{TERM.format('Cookies')}</p>"))
    address = reverse(
        "wagtailsnippets_content_glossaryterm:delete", args=[cookie_term.pk]
    )

    html = admin_client.get(address).content.decode()

    usage = reverse("wagtailsnippets_content_glossaryterm:usage", args=[cookie_term.pk])
    assert usage in html


def test_a_term_in_another_language_counts_at_the_german_one(
    cookie_term, english, make_page
):
    translated = cookie_term.copy_for_translation(english)
    translated.save()
    make_page(("text", f"<p>{TERM.format('cookies')}</p>"))

    assert ReferenceIndex.get_references_to(translated).count() == 0
    assert ReferenceIndex.get_references_to(cookie_term).count() == 1
