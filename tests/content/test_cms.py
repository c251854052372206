"""The CMS: editors can write with every block and answer feedback in time."""

import json
import re
from datetime import date

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.checks.registry import registry
from django.urls import reverse

from content.checks import operator_is_named
from content.feedback.services import record_feedback
from content.models import GlossaryTerm, SiteIdentity
from tests.factories import with_second_factor


@pytest.fixture
def editor(admin_client):
    return admin_client


def test_an_editor_opens_a_page_with_all_blocks_and_features(editor, make_page):
    page = make_page(
        ("text", '<p><a linktype="glossary" id="cookie">Cookies</a></p>'),
        ("quote", {"text": "<p>Wort</p>", "source": "Quelle"}),
    )

    html = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content

    text = html.decode()
    assert "content/js/draftail-listed.js" in text
    assert "content/js/draftail-language.js" in text
    assert "Welcher Begriff" in text
    assert "GLOSSARY-TERM" in text


def test_an_editor_saves_and_publishes(editor, make_page):
    page = make_page(("text", "<p>Alt</p>"))
    state = {
        "blocks": [{"key": "a", "text": "Neu", "type": "unstyled", "depth": 0}],
        "entityMap": {},
    }
    response = editor.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        {
            "title": "Neuer Titel",
            "slug": "seite",
            "body-count": "1",
            "body-0-deleted": "",
            "body-0-order": "0",
            "body-0-type": "text",
            "body-0-id": page.body[0].id,
            "body-0-value": json.dumps(state),
            "action-publish": "1",
        },
    )

    page.refresh_from_db()
    assert response.status_code == 302
    assert page.title == "Neuer Titel"
    assert "Neu</p>" in page.body[0].value.source


def test_every_block_can_be_previewed(editor, make_page):
    page = make_page()
    html = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content
    found = set(re.findall(r"blockdef-\d+", html.decode()))
    assert found
    for block_id in sorted(found)[:60]:
        url = reverse("wagtailadmin_block_preview") + f"?id={block_id}"
        assert editor.get(url).status_code == 200


def test_the_list_of_terms_is_for_editors(client, editor, german):
    GlossaryTerm.objects.create(key="cookie", term="Cookie", short="x", locale=german)
    url = reverse("content_glossary_terms")

    assert editor.get(url).json() == {
        "rows": [{"key": "cookie", "name": "Cookie", "short": "x"}]
    }
    client.logout()
    assert client.get(url).status_code == 302


@pytest.mark.parametrize("model", ["glossaryterm", "source", "stepcard"])
@pytest.mark.parametrize(
    ("groups", "may_delete"), [(["Editors"], False), (["Moderators"], True)]
)
def test_editors_keep_what_texts_share_and_moderators_delete_it_too(
    client, django_user_model, german, model, groups, may_delete
):
    person = django_user_model.objects.create_user("redaktion", password="x")
    with_second_factor(person).groups.set(Group.objects.filter(name__in=groups))
    client.force_login(person)
    values = {
        "glossaryterm": {"term": "A", "short": "a"},
        "source": {"title": "A"},
        "stepcard": {"title": "A", "summary": "a", "as_of": date(2026, 11, 27)},
    }[model]
    row = apps.get_model("content", model).objects.create(
        key="a", locale=german, **values
    )

    def status(name, *args):
        address = reverse(f"wagtailsnippets_content_{model}:{name}", args=args)
        return client.get(address).status_code

    assert [status("list"), status("add"), status("edit", row.pk)] == [200, 200, 200]
    assert status("delete", row.pk) == (200 if may_delete else 302)


def test_lists_call_a_language_a_language(editor, german):
    GlossaryTerm.objects.create(key="a", term="A", short="a", locale=german)

    html = editor.get(reverse("wagtailsnippets_content_glossaryterm:list")).content
    headings = re.findall(r">\s*(Sprache|Locale)\s*<", html.decode())
    assert "Sprache" in headings
    assert "Locale" not in headings


def test_feedback_is_listed_with_its_due_date(editor):
    report = record_feedback(message="Zu klein", email="", page="")
    report.answer_due = "2027-01-04"
    report.save()

    listing = editor.get(
        "/cms/snippets/content/accessibilityfeedback/"
    ).content.decode()

    assert "Zu klein" in listing
    assert "4. Januar 2027" in listing


def test_terms_and_the_operator_can_be_edited(editor, german):
    term = GlossaryTerm.objects.create(key="a", term="A", short="a", locale=german)

    assert editor.get("/cms/snippets/content/glossaryterm/").status_code == 200
    edit = f"/cms/snippets/content/glossaryterm/edit/{term.pk}/"
    assert editor.get(edit).status_code == 200
    assert (
        editor.get(
            reverse("wagtailsettings:edit", args=["content", "siteidentity"]),
            follow=True,
        ).status_code
        == 200
    )


def test_operators_are_told_what_the_imprint_lacks(db, capsys):
    (warning,) = operator_is_named()
    assert warning.id == "content.W001"
    assert "Betreibende Stelle" in warning.msg
    assert warning.hint

    SiteIdentity.objects.create(
        operator_name="Stadt", operator_address="Markt 1", operator_email="a@b.example"
    )
    assert operator_is_named() == []


def test_the_check_runs_only_for_deployment():
    everyday = registry.get_checks(include_deployment_checks=False)
    deploying = registry.get_checks(include_deployment_checks=True)

    assert operator_is_named not in everyday
    assert operator_is_named in deploying
