"""A device that several people use stays one, and keeps nothing of any of them."""

from datetime import timedelta
from http.cookies import Morsel
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from courses.training.invitations import invite
from courses.training.models import Employee
from learnsite.accounts.models import User
from tests.factories import world

pytestmark = pytest.mark.django_db
KIOSK = "/nachweis/kiosk/"
SHARED = settings.KIOSK_COOKIE_NAME


@pytest.fixture(autouse=True)
def _site(db: None) -> None:
    world()


@pytest.fixture
def device() -> Client:
    device = Client(headers={"Sec-Fetch-Site": "same-origin"})
    device.post(KIOSK)
    return device


def cookie(response: Any, name: str = SHARED) -> Morsel[str]:
    return response.cookies[name]


def come_in(device: Client, employee: Employee) -> Any:
    return device.post("/einladung/", {"code": invite([employee])[employee]})


def close_browser(device: Client) -> None:
    """Forget what ends with the browser, as browsers do."""
    for name, kept in list(device.cookies.items()):
        if not kept["max-age"]:
            del device.cookies[name]


def test_whoever_closes_the_browser_leaves_nothing_and_the_device_stays_shared(
    device: Client, clerk: Employee
) -> None:
    come_in(device, clerk)
    assert clerk.name in device.get("/nachweis/").text
    close_browser(device)

    asked = device.get(KIOSK, follow=True)

    assert asked.redirect_chain == []
    assert 'name="code"' in asked.text
    assert clerk.name not in asked.text
    assert "storage" in asked["Clear-Site-Data"]
    assert "Dieses Gerät nutzen mehrere" in asked.text


def test_whoever_learns_on_a_shared_device_reads_first_what_a_break_costs(
    device: Client, client: Client, clerk: Employee
) -> None:
    said = "Wer unterbricht oder einige Minuten nichts tut, fängt von vorn an."
    come_in(device, clerk)
    assert said in device.get("/nachweis/").text
    assert "/schluessel/neu/" in device.get("/nachweis/").text
    come_in(client, clerk)
    assert said not in client.get("/nachweis/").text


def test_a_sign_in_that_was_to_last_ends_with_the_browser_as_well(
    device: Client,
) -> None:
    User.objects.create_user("lea", "", "ein-langes-Passwort-42")
    known = {"login": "lea", "password": "ein-langes-Passwort-42", "remember": "on"}
    signed_in = device.post("/konto/login/", known)
    assert signed_in.status_code == 302
    assert cookie(signed_in, settings.SESSION_COOKIE_NAME)["max-age"] == ""


def test_elsewhere_an_invitation_stays(clerk: Employee) -> None:
    own = Client(headers={"Sec-Fetch-Site": "same-origin"})
    found = cookie(come_in(own, clerk), settings.EMPLOYEE_COOKIE_NAME)
    assert found["max-age"] == settings.PROGRESS_COOKIE_AGE


def test_each_use_keeps_the_device_shared_for_another_while(
    device: Client, clerk: Employee
) -> None:
    for page in (KIOSK, "/einladung/", "/meine-daten/"):
        assert cookie(device.get(page))["max-age"] == settings.KIOSK_COOKIE_AGE
    assert cookie(come_in(device, clerk))["max-age"] == settings.KIOSK_COOKIE_AGE
    assert timedelta(seconds=settings.KIOSK_COOKIE_AGE) == timedelta(days=90)


def test_emptying_takes_everything_but_that_the_device_is_shared(
    device: Client, clerk: Employee
) -> None:
    come_in(device, clerk)
    emptied = device.post("/geraet-leeren/")
    assert emptied["Location"] == KIOSK
    assert cookie(emptied, settings.EMPLOYEE_COOKIE_NAME)["max-age"] == 0
    assert cookie(emptied)["max-age"] == settings.KIOSK_COOKIE_AGE


def test_whoever_sets_it_up_is_signed_out_by_that(client: Client) -> None:
    client.force_login(User.objects.create_user("lea"))
    client.defaults["HTTP_SEC_FETCH_SITE"] = "same-origin"
    begun = client.post(KIOSK)
    assert begun["Location"] == KIOSK
    assert cookie(begun)["max-age"] == settings.KIOSK_COOKIE_AGE
    assert cookie(begun, settings.SESSION_COOKIE_NAME)["max-age"] == 0
    assert "_auth_user_id" not in client.session


def test_ending_it_forgets_that_the_device_was_shared(device: Client) -> None:
    ended = device.post(f"{KIOSK}ende/")
    assert cookie(ended)["max-age"] == 0
    close_browser(device)
    assert "Dieses Gerät gemeinsam nutzen" in device.get(KIOSK).text


def test_a_page_that_caches_may_keep_makes_no_device_a_shared_one(
    device: Client,
) -> None:
    close_browser(device)
    page = device.get("/glossar/")
    assert "no-store" not in page.get("Cache-Control", "")
    assert SHARED not in page.cookies
    assert SHARED not in device.get("/healthz").cookies
