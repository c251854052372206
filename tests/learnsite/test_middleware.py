"""The security policy, and the page cache for people of whom nothing is known."""

import pytest
from django.core.cache import cache
from django.test import Client
from wagtail.models import PageViewRestriction

from content.generation import raise_generation
from learnsite.accounts.models import User
from tests.factories import lesson, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(db):
    page = world().course()
    lesson(page)
    return page


def test_the_public_policy_allows_nothing_unsafe_and_nobody_else(
    client, course
) -> None:
    policy = client.get("/kurse/")["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy


def test_the_referrer_stays_on_the_site(client, course) -> None:
    assert client.get("/kurse/")["Referrer-Policy"] == "same-origin"


def test_a_visitors_page_is_made_once(
    client, course, django_assert_num_queries
) -> None:
    first = client.get("/kurse/spuren/tag/")
    with django_assert_num_queries(1):
        second = client.get("/kurse/spuren/tag/")
    assert second.content == first.content
    assert second["Vary"] == "Accept-Encoding"


def test_a_published_change_is_seen_at_once(client, course) -> None:
    client.get("/kurse/spuren/tag/")
    page = course.get_children().first().specific
    page.title = "Ein neuer Titel"
    page.save_revision().publish()
    assert "Ein neuer Titel" in client.get("/kurse/spuren/tag/").content.decode()


def test_an_unpublished_lesson_is_gone_at_once(client, course) -> None:
    client.get("/kurse/spuren/tag/")
    course.get_children().first().specific.unpublish()
    assert client.get("/kurse/spuren/tag/").status_code == 404


def test_each_query_string_text_size_and_host_has_its_own_page(client, course) -> None:
    plain = client.get("/kurse/").content
    assert client.get("/kurse/?level=vertiefung").content != plain
    large = Client()
    large.cookies["ansicht"] = "200"
    assert 'data-text="200"' in large.get("/kurse/").content.decode()
    assert 'data-text="200"' not in client.get("/kurse/").content.decode()


def test_an_unknown_text_size_does_not_spoil_the_page_of_others(client, course) -> None:
    strange = Client()
    strange.cookies["ansicht"] = "200x"
    assert "data-text" not in strange.get("/kurse/").content.decode()
    large = Client()
    large.cookies["ansicht"] = "200"
    assert 'data-text="200"' in large.get("/kurse/").content.decode()


def test_nothing_about_a_person_enters_the_cache(course) -> None:
    learner = Client(headers={"Sec-Fetch-Site": "same-origin"})
    learner.post("/kurse/spuren/tag/antwort/wetter-app/", {"option": "1"})
    cache.clear()
    learner.get("/kurse/spuren/tag/")
    account = Client()
    account.force_login(
        User.objects.create_user(display_name="Flinker Otter 27"),
        backend="learnsite.accounts.backends.LearningKeyBackend",
    )
    account.get("/kurse/spuren/tag/")
    stranger = Client().get("/kurse/spuren/tag/").content.decode()
    assert "Flinker Otter" not in stranger
    assert "Schon beantwortet" not in stranger


def test_pages_made_for_a_session_are_kept_nowhere(client, course) -> None:
    paths = ("/kurse/", "/kurse/spuren/", "/suche/", "/gibt-es-nicht/")
    client.force_login(
        User.objects.create_user(display_name="Flinker Otter 27"),
        backend="learnsite.accounts.backends.LearningKeyBackend",
    )
    kept = [client.get(path).get("Cache-Control", "") for path in paths]
    assert kept == ["no-store, private"] * len(paths)
    assert "no-store" not in client.get("/healthz").get("Cache-Control", "")


def test_a_raised_generation_makes_every_page_anew(client, course) -> None:
    client.get("/kurse/spuren/tag/")
    raise_generation()
    cold = client.get("/kurse/spuren/tag/")
    assert cold.status_code == 200


def test_a_page_under_a_password_is_not_on_any_shelf(client, course) -> None:
    PageViewRestriction.objects.create(
        page=course, restriction_type="password", password="geheim"
    )
    raise_generation()
    assert "Datenspuren lesen" not in client.get("/kurse/").content.decode()
    response = client.get("/kurse/spuren/tag/")
    assert "Lena schaut auf ihr Handy" not in response.content.decode()


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/de/", "/"),
        ("/de/kurse/?level=einstieg", "/kurse/?level=einstieg"),
        ("/de//evil.example/", "/evil.example/"),
        ("/de/%2Fevil.example/", "/evil.example/"),
        ("/de/%5Cevil.example/", "/evil.example/"),
    ],
)
def test_german_has_one_address_only(client, course, path, target) -> None:
    assert client.get(path)["Location"] == target


def test_german_stays_german_whatever_the_browser_says(client, course) -> None:
    response = client.get("/kurse/", headers={"Accept-Language": "en"})
    assert response["Content-Language"] == "de"


def test_health_needs_no_content_and_readiness_does(client, db) -> None:
    assert client.get("/healthz").status_code == 200
    world()
    assert client.get("/readyz").status_code == 200
