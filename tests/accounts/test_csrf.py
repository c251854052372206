"""Each case of the same-origin rule."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.test import Client, override_settings
from django.urls import path


@login_not_required
def _target(request):
    return HttpResponse("angekommen")


def _token(request):
    return HttpResponse(get_token(request))


urlpatterns = [path("ziel/", _target), path("marke/", _token)]

pytestmark = pytest.mark.django_db


def _post(client: Client | None = None, **extra):
    client = client or Client(enforce_csrf_checks=True)
    with override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=_MIDDLEWARE):
        return client.post("/ziel/", extra.pop("data", {}), **extra)


_MIDDLEWARE = ["learnsite.accounts.csrf.SameOriginCsrfMiddleware"]


def test_own_page_is_accepted_without_token():
    assert _post(HTTP_SEC_FETCH_SITE="same-origin").status_code == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", ""])
def test_every_other_origin_needs_a_token(site):
    assert _post(HTTP_SEC_FETCH_SITE=site).status_code == 403


def test_foreign_site_is_refused_whatever_origin_it_names():
    response = _post(HTTP_SEC_FETCH_SITE="cross-site", HTTP_ORIGIN="http://testserver")

    assert response.status_code == 403


def test_older_browser_is_accepted_by_its_origin():
    assert _post(HTTP_ORIGIN="http://testserver").status_code == 200


def test_https_origin_is_accepted_on_https():
    response = _post(HTTP_ORIGIN="https://testserver", secure=True)

    assert response.status_code == 200


@pytest.mark.parametrize(
    "origin",
    [
        "http://anderswo.example",
        "https://testserver",
        "http://testserver:8080",
        "http://testserver.anderswo.example",
        "null",
    ],
)
def test_other_origins_are_refused(origin):
    assert _post(HTTP_ORIGIN=origin).status_code == 403


def test_request_that_says_nothing_needs_a_token():
    assert _post().status_code == 403


def test_token_still_works():
    client = Client(enforce_csrf_checks=True)
    with override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=_MIDDLEWARE):
        token = client.get("/marke/").text

    assert _post(client, data={"csrfmiddlewaretoken": token}).status_code == 200


def test_trusted_origin_still_needs_its_token():
    with override_settings(CSRF_TRUSTED_ORIGINS=["https://partner.example"]):
        response = _post(HTTP_ORIGIN="https://partner.example")

    assert response.status_code == 403


def test_reading_sets_no_cookie():
    client = Client(enforce_csrf_checks=True)
    with override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=_MIDDLEWARE):
        response = client.get("/ziel/")

    assert not response.cookies
