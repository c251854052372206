"""A course copied for translation is the same course: scores stay with it."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction
from wagtail.models import Locale

from courses.models import CoursePage, FinalTestPage, LessonPage
from courses.progress.models import Attempt
from learnsite.accounts.models import User
from tests.factories import GOALS, final_test, translated, with_second_factor

pytestmark = pytest.mark.django_db
BACKEND = "learnsite.accounts.backends.LearningKeyBackend"


@pytest.fixture
def course(shelf) -> CoursePage:
    """Give the course goals, an id in packages and a final test."""
    shelf.course.goals = GOALS
    shelf.course.package_id = "spuren"
    shelf.course.import_hash = "f" * 64
    shelf.course.save_revision().publish()
    shelf.first.package_id, shelf.first.import_hash = "tag", "f" * 64
    shelf.first.save()
    shelf.first.save_revision().publish()
    final_test(shelf.course)
    return CoursePage.objects.get(pk=shelf.course.pk)


@pytest.fixture
def english(course) -> Locale:
    """Make the catalogue in English, below which a translation can stand."""
    return translated(course.get_parent().specific).locale


def by_wagtail(course: CoursePage, locale: Locale) -> None:
    CopyPageForTranslationAction(course, locale, include_subtree=True).execute()


def through_the_cms(course: CoursePage, locale: Locale) -> None:
    editor = Client()
    chief = User.objects.create_superuser("leitung", "", "ein-langes-passwort")
    with_second_factor(chief)
    editor.force_login(chief)
    url = reverse("simple_translation:submit_page_translation", args=[course.pk])
    response = editor.post(url, {"locales": [locale.pk], "include_subtree": "on"})
    assert response.url.startswith(reverse("wagtailadmin_home"))


each_way = pytest.mark.parametrize("copy", [by_wagtail, through_the_cms])


def pages(locale: Locale) -> list:
    """Return the course, its lessons and its final test in one language."""
    course = CoursePage.objects.get(locale=locale)
    lessons = LessonPage.objects.child_of(course).order_by("path")
    return [course, *lessons, FinalTestPage.objects.child_of(course).get()]


@each_way
def test_a_translation_keeps_what_scores_and_packages_hang_on(
    course, english, copy
) -> None:
    copy(course, english)

    originals, copies = pages(course.locale), pages(english)
    assert [each.translation_key for each in copies] == [
        each.translation_key for each in originals
    ]
    assert [each.package_id for each in copies] == [
        "spuren", "tag", "", "abschlusstest",
    ]  # fmt: skip
    for original, other in zip(originals[1:], copies[1:], strict=True):
        assert [(b.block_type, b.id) for b in other.exercises] == [
            (b.block_type, b.id) for b in original.exercises
        ]
    assert [each.exercise_keys for each in copies[1:3]] == [
        ["wetter-app", "daten"], ["wetter-app"],
    ]  # fmt: skip
    assert copies[3].pool_items == originals[3].pool_items


@each_way
def test_a_translation_is_a_draft_that_no_import_wrote(course, english, copy) -> None:
    copy(course, english)

    copies = pages(english)
    assert not any(each.live or each.first_published_at for each in copies)
    assert {each.import_hash for each in copies} == {""}
    assert {each.alias_of_id for each in copies} == {None}
    assert not {each.pk for each in copies} & {each.pk for each in pages(course.locale)}


@each_way
def test_scores_of_both_languages_become_one_after_the_copy(
    shelf, course, english, copy, visitor, lena, lena_client
) -> None:
    lena_client.post(shelf.answer_url(), {"option": "0"})
    copy(course, english)
    for page in pages(english):
        page.save_revision().publish()
    lesson = LessonPage.objects.get(locale=english, slug="tag")

    shown = lena_client.get(lesson.get_url()).content.decode()
    visitor.post(f"{lesson.get_url()}antwort/wetter-app/", {"option": "1"})
    visitor.force_login(lena, backend=BACKEND)
    visitor.post("/lernen/uebernehmen/", {"choice": "yes"})

    assert "Warum „Mit Schirmen“ nicht stimmt." in shown
    rows = Attempt.objects.values_list("lesson_key", "exercise_key", "score", "best")
    assert list(rows) == [(shelf.first.translation_key, "wetter-app", 0, 100)]
