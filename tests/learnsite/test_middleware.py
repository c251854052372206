"""The security policy, and the page cache for people of whom nothing is known."""

from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from content.generation import raise_generation
from content.models import HomePage
from learnsite.accounts.models import Upkeep, User
from learnsite.accounts.upkeep import note_success
from tests.factories import lesson, published, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(db):
    page = world().course()
    lesson(page)
    return page


def kept_pages() -> int:
    """Return how many whole pages the cache of this process holds."""
    return sum("page:" in key for key in cache._cache)


@pytest.fixture
def broken_database(db):
    """Take the one table away that every page asks first."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE content_contentgeneration RENAME TO gone")


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


def test_each_choice_and_text_size_has_its_own_page(client, course) -> None:
    plain = client.get("/kurse/").content
    assert client.get("/kurse/?level=vertiefung").content != plain
    large = Client()
    large.cookies["ansicht"] = "200"
    assert 'data-text="200"' in large.get("/kurse/").content.decode()
    assert 'data-text="200"' not in client.get("/kurse/").content.decode()


def test_each_host_has_its_own_page(course) -> None:
    other = published(
        Page.objects.get(depth=1),
        HomePage(title="Zweites Haus", slug="zwei", locale=course.locale),
    )
    Site.objects.create(hostname="127.0.0.1", port=80, root_page=other)
    here = Client(headers={"Host": "localhost"}).get("/").content.decode()
    there = Client(headers={"Host": "127.0.0.1"}).get("/").content.decode()
    assert "Zweites Haus" not in here
    assert "Zweites Haus" in there


def test_who_reads_no_compressed_pages_gets_none_of_the_kept_ones(course) -> None:
    packed = Client(headers={"Accept-Encoding": "gzip"})
    assert packed.get("/kurse/")["Content-Encoding"] == "gzip"
    plain = Client().get("/kurse/")
    assert "Content-Encoding" not in plain
    assert "Datenspuren lesen" in plain.content.decode()
    assert packed.get("/kurse/")["Content-Encoding"] == "gzip"


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/kurse/", "zufall=%d"),
        ("/kurse/", "level=einstieg&zufall=%d"),
        ("/kurse/", "level=%d"),
        ("/kurse/spuren/", "zufall=%d"),
        ("/kurse/spuren/tag/", "zufall=%d"),
        ("/kurse/spuren/tag/drucken/", "zufall=%d"),
        ("/", "zufall=%d"),
    ],
)
def test_made_up_query_strings_fill_no_cache(client, course, path, query) -> None:
    cache.clear()
    for number in range(3):
        assert client.get(f"{path}?{query % number}").status_code == 200
    assert kept_pages() == 0
    client.get(path)
    assert kept_pages() == 1


def test_filters_are_kept_in_the_order_their_links_have(
    client, course, django_assert_num_queries
) -> None:
    facets = client.get("/kurse/?level=einstieg").context["facets"]
    queries = [link.query for _facet, links in facets for link in links]
    both = "topic=datengrabbing&level=einstieg"
    assert both in queries
    client.get(f"/kurse/?{both}")
    with django_assert_num_queries(1):
        client.get(f"/kurse/?{both}")


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
    note_success()
    assert client.get("/readyz").status_code == 200


def ran(**times: datetime | None) -> None:
    """Say when the site was set up and when housekeeping last succeeded."""
    Upkeep.objects.filter(pk=1).update(**times)


def test_readiness_says_when_housekeeping_last_succeeded(client, course) -> None:
    note_success()
    shown = timezone.now().isoformat(timespec="minutes")[:10]
    said = client.get("/readyz")
    assert said.status_code == 200
    assert said.text.startswith(f"ready: housekeeping last succeeded {shown}")
    assert said["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("hours", "status"), [(35, 200), (37, 503)])
def test_readiness_turns_red_36_hours_after_the_last_success(
    client, course, hours, status
) -> None:
    now = timezone.now()
    ran(since=now - timedelta(days=90), succeeded=now - timedelta(hours=hours))
    said = client.get("/readyz")
    assert said.status_code == status
    assert "housekeeping last succeeded" in said.text


@pytest.mark.parametrize(("hours", "status"), [(35, 200), (37, 503)])
def test_a_new_site_has_the_same_time_for_its_first_night(
    client, course, hours, status
) -> None:
    ran(since=timezone.now() - timedelta(hours=hours), succeeded=None)
    said = client.get("/readyz")
    assert said.status_code == status
    assert "never since the set-up" in said.text


def test_a_first_look_has_no_nights(client, course, settings) -> None:
    settings.DEBUG = True
    ran(since=timezone.now() - timedelta(days=9), succeeded=None)
    assert client.get("/readyz").status_code == 200


def test_without_a_database_the_process_lives_and_is_not_ready(
    client, broken_database
) -> None:
    client.cookies["sitzung"] = "abgelaufen"
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503


def test_life_and_files_ask_the_database_nothing(
    client, db, settings, tmp_path, django_assert_num_queries
) -> None:
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "bild.png").write_bytes(b"png")
    client.cookies["sitzung"] = "abgelaufen"
    with django_assert_num_queries(0):
        assert client.get("/healthz").status_code == 200
        assert client.get("/media/bild.png").status_code == 200


@pytest.mark.parametrize("path", ["/barrierefreiheit/rueckmeldung/", "/schluessel/"])
@pytest.mark.parametrize("length", ["viel", "-1", "9" * 5000])
def test_a_length_that_is_no_number_is_refused(client, path, length) -> None:
    response = client.post(path, {"message": "Hallo"}, CONTENT_LENGTH=length)
    assert response.status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/gibt-es-nicht/", "/gibt.es.nicht", "/kurse/nie/"])
def test_in_development_a_missing_page_is_the_real_one_too(
    client, settings, path
) -> None:
    world()
    settings.DEBUG = True
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "learnsite.middleware.RealNotFound"]
    response = client.get(path)

    assert response.status_code == 404
    assert "Diese Spur führt ins Leere" in response.text
