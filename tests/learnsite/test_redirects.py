"""An address that a page had leads to where it is now."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from courses.models import Attempt, CoursePage, LessonPage
from tests.factories import lesson, single_choice, text, world


@pytest.fixture
def course(db) -> CoursePage:
    """A course with one lesson."""
    course = world().course()
    lesson(course, body=[text(), single_choice()])
    return course


@pytest.fixture
def visitor() -> Client:
    """A browser nobody knows."""
    return Client(enforce_csrf_checks=True, headers={"Sec-Fetch-Site": "same-origin"})


@pytest.fixture
def rename(django_capture_on_commit_callbacks) -> Callable[..., None]:
    """Publish a page under another address, as the CMS and packages do."""

    def renamed(page, slug) -> None:
        page = type(page).objects.get(pk=page.pk)
        page.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()

    return renamed


def test_a_renamed_lesson_is_found_at_its_old_address(client, course, rename):
    rename(LessonPage.objects.get(), "neu")

    response = client.get("/kurse/spuren/tag/?von=karte")

    assert (response.status_code, response["Location"]) == (
        301,
        "/kurse/spuren/neu/?von=karte",
    )
    assert response["Cache-Control"] == "no-cache"


def test_lessons_of_a_renamed_course_are_found_too(client, course, rename):
    rename(course, "neuer-kurs")

    response = client.get("/kurse/spuren/tag/drucken/")

    assert response["Location"] == "/kurse/neuer-kurs/tag/drucken/"


def test_an_answer_written_before_the_renaming_arrives(visitor, course, rename):
    rename(LessonPage.objects.get(), "neu")
    rename(course, "neuer-kurs")

    response = visitor.post(
        "/kurse/spuren/tag/antwort/wetter-app/",
        {"option": "1", "reader": ""},
        follow=True,
    )

    step, with_cookies, _to_the_lesson = response.redirect_chain
    assert step == ("/kurse/neuer-kurs/neu/antwort/wetter-app/", 308)
    assert with_cookies[1] == 307
    assert response.status_code == 200
    assert "lernstand" in visitor.cookies
    assert Attempt.objects.count() == 0


def test_a_page_renamed_back_leads_nowhere_in_circles(client, course, rename):
    page = LessonPage.objects.get()
    rename(page, "neu")
    rename(page, "tag")

    assert client.get("/kurse/spuren/tag/").status_code == 200
    assert client.get("/kurse/spuren/neu/")["Location"] == "/kurse/spuren/tag/"


def test_a_page_that_is_not_public_any_more_leads_nowhere(client, course, rename):
    page = LessonPage.objects.get()
    rename(page, "neu")
    LessonPage.objects.get().unpublish()

    assert client.get("/kurse/spuren/tag/").status_code == 404


def test_an_address_an_editor_wrote_down_leads_there_and_nothing_below_it(client, db):
    world()
    Redirect.add_redirect("/alt", "https://hellingen.example/neu")

    assert client.get("/alt/")["Location"] == "https://hellingen.example/neu"
    assert client.get("/alt/mehr/").status_code == 404


@pytest.mark.parametrize("path", ["/nirgends/", "/%00/", "/kurse/a/b/c/d/e/f/"])
def test_what_never_was_is_not_found(client, db, path):
    world()
    assert client.get(path).status_code == 404


def test_a_note_of_another_site_leads_nowhere(client, course):
    page = LessonPage.objects.get()
    here = Site.objects.get(is_default_site=True)
    there = Site.objects.create(hostname="127.0.0.1", root_page=here.root_page)
    for path, site in (("/hier", here), ("/dort", there), ("/beide", None)):
        Redirect.objects.create(old_path=path, site=site, redirect_page=page)

    answers = {path: client.get(path).status_code for path in ("/hier/", "/beide/")}

    assert answers == {"/hier/": 301, "/beide/": 301}
    assert client.get("/dort/").status_code == 404
    elsewhere = client.get("/dort/", HTTP_HOST="127.0.0.1").status_code
    assert elsewhere == 301


def test_a_page_that_no_editor_wrote_leads_to_itself_in_each_language(client, course):
    path = "/bescheinigung/6f9619ff-8b86-4011-b42d-00cf4fc964ff/"
    for asked in (path, f"/en{path}"):
        page = BeautifulSoup(client.get(asked).content, "html.parser")
        ways = {a["hreflang"]: a["href"] for a in page.select("a[hreflang]")}
        assert ways == {
            "de": path,
            "de-simple": f"/de-simple{path}",
            "en": f"/en{path}",
        }
