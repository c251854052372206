"""A translation is flagged once its original says something else; nobody is alarmed."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from courses.translations.models import TranslatedPage
from courses.translations.queries import state_of, with_outdated
from courses.translations.services import confirm
from tests.factories import lesson, text, translated, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def original():
    page = lesson(world().course(), title="Ein Tag")
    page.save_revision().publish()
    return page


@pytest.fixture
def english(original):
    return translated(original, title="One day")


def republish(page, **changed):
    """Change a page as an editor does and publish it."""
    draft = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    for name, value in changed.items():
        setattr(draft, name, value)
    draft.save_revision().publish()


def is_flagged(page):
    return state_of(page) is not None


def test_a_new_translation_is_in_step(english):
    assert not is_flagged(english)
    assert TranslatedPage.objects.get(page=english).original_revision is not None


def test_other_words_in_the_original_flag_every_translation(original, english):
    simple = translated(original, "de-simple", title="Ein Tag in Leichter Sprache")

    republish(original, body=[text("<p>Ganz andere Worte.</p>")])

    assert is_flagged(english)
    assert is_flagged(simple)


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"slug": "anderswo"},
        {"as_of": "2026-11-25"},
        {"draft_notice": "Wird geprüft."},
    ],
)
def test_publishing_the_same_words_flags_nothing(original, english, changed):
    republish(original, **changed)

    assert not is_flagged(english)


def test_marks_that_the_editor_adds_are_no_change(original):
    original.body = [text("<p>Lena <b>liest</b>.</p>")]
    republish(original, body=original.body)
    english = translated(original, title="One day")

    republish(original, body=[text('<p data-block-key="x1">Lena <b>liest</b>.</p>')])

    assert not is_flagged(english)


def test_a_draft_of_the_original_flags_nothing(original, english):
    original.title = "Zwei Tage"
    original.save_revision()

    assert not is_flagged(english)


def test_the_flag_goes_when_the_translation_changes(original, english):
    republish(original, title="Zwei Tage")
    republish(english, title="Two days")

    assert not is_flagged(english)


def test_publishing_an_unchanged_translation_keeps_the_flag(original, english):
    republish(original, title="Zwei Tage")
    republish(english, slug="day")

    assert is_flagged(english)


def test_the_flag_goes_when_the_original_says_the_same_again(original, english):
    republish(original, title="Zwei Tage")
    republish(original, title="Ein Tag")

    assert not is_flagged(english)


def test_an_old_revision_of_a_translation_brings_back_no_old_flag(original, english):
    before = english.latest_revision
    republish(original, title="Zwei Tage")
    confirm(page=english)

    before.publish()

    assert not is_flagged(english)


def test_a_draft_of_a_translation_is_flagged_before_it_is_published(original):
    course = translated(original.get_parent().specific)
    draft = original.copy_for_translation(course.locale)

    republish(original, title="Zwei Tage")

    assert is_flagged(draft)


def test_a_translation_of_unknown_age_is_flagged_at_the_next_change(original, english):
    TranslatedPage.objects.all().delete()

    republish(original, title="Zwei Tage")

    assert is_flagged(english)


def test_the_list_of_pages_says_it_without_another_statement(
    original, english, django_assert_num_queries
):
    republish(original, title="Zwei Tage")

    with django_assert_num_queries(2):
        pages = list(with_outdated(Page.objects.filter(pk=english.pk)).specific())

    with translation.override("de"):
        titles = [page.get_admin_display_title() for page in pages]
    assert titles == ["One day (Original geändert)"]


def test_the_cms_lists_it_reports_it_and_says_it_above_the_form(
    admin_client: Client, original, english
):
    republish(original, title="Zwei Tage")
    since = TranslatedPage.objects.get(page=english).original_revision_id
    comparison = reverse(
        "wagtailadmin_pages:revisions_compare", args=[original.pk, since, "live"]
    )

    explorer = reverse("wagtailadmin_explore", args=[english.get_parent().pk])
    assert "One day (Original geändert)" in shown(admin_client, explorer)
    form = shown(admin_client, reverse("wagtailadmin_pages:edit", args=[english.pk]))
    assert "Das Original dieser Übersetzung wurde seither mit anderen" in form
    assert comparison in form
    report = shown(admin_client, reverse("outdated_translations"))
    assert "One day" in report
    assert comparison in report
    assert "Zwei Tage" in shown(admin_client, comparison)


def test_an_editor_says_that_it_is_still_right(admin_client: Client, original, english):
    republish(original, title="Zwei Tage")
    url = reverse("translation_still_right", args=[english.pk])

    assert "Ja, stimmt noch" in shown(admin_client, url)
    assert is_flagged(english)
    admin_client.post(url)

    assert not is_flagged(english)
    empty = "Jede Übersetzung ist auf dem Stand ihres Originals."
    assert empty in shown(admin_client, reverse("outdated_translations"))


def test_only_who_may_edit_the_page_can_say_so(
    client: Client, original, english, django_user_model
):
    republish(original, title="Zwei Tage")
    stranger = django_user_model.objects.create_user(username="fremd", password="x")
    client.force_login(stranger)

    client.post(reverse("translation_still_right", args=[english.pk]))

    assert is_flagged(english)


def test_publishing_an_original_names_the_languages_that_lag_behind(
    admin_client: Client, original, english
):
    index = original.get_parent().get_parent()
    url = reverse("wagtailadmin_pages:edit", args=[index.pk])
    form = {"title": "Alle Kurse", "slug": "kurse", "body-count": "0"}

    html = admin_client.post(
        url, {**form, "action-publish": "1"}, follow=True
    ).content.decode()

    assert "Diese Übersetzung ist jetzt vielleicht veraltet: Englisch." in html


def test_readers_see_nothing_of_it(client: Client, original, english):
    path = english.get_url()
    before = client.get(path).content.decode()

    republish(original, body=[text("<p>Ganz andere Worte.</p>")])

    assert client.get(path).content.decode() == before


def shown(client: Client, url: str) -> str:
    response = client.get(url, follow=True)
    assert response.status_code == 200
    return response.content.decode()
