"""Going on and ticking off a lab, where a browser keeps no cookies: that is said."""

from http import HTTPStatus
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tests.factories import lesson, single_choice, text, world

LAB = "/kurse/spuren/labor/labor/wiedererkannt/"
ON = "/kurse/spuren/labor/weiter/"
LAST = "/kurse/spuren/werbung/weiter/"
SAID = "Dieser Browser nimmt von dieser Seite keine Cookies an."


@pytest.fixture(autouse=True)
def _lessons(db: None) -> None:
    """Publish a lesson with a lab, and one behind it."""
    course = world().course()
    lab = {"type": "lab", "value": {"lab": "wiedererkannt"}}
    body = [text(), lab, single_choice()]
    lesson(course, slug="labor", title="Im Labor", body=body)
    lesson(course, slug="werbung", title="Wer verdient daran?")


def refused(visitor: Client, path: str, **headers: str) -> Any:
    """Send a form twice, as a browser does that keeps no cookie in between."""
    first = visitor.post(path, headers=headers)
    assert first.status_code == HTTPStatus.TEMPORARY_REDIRECT
    visitor.cookies.clear()
    page = visitor.post(first["Location"], headers=headers)
    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert not page.cookies
    return page


def ways_on(page: Any) -> list[str]:
    links = BeautifulSoup(page.content, "html.parser").select("main a.button")
    return [each["href"] for each in links]


@pytest.mark.parametrize(
    ("path", "ways"),
    [
        (ON, ["/kurse/spuren/werbung/", "/kurse/spuren/labor/"]),
        (LAST, ["/kurse/spuren/", "/kurse/spuren/werbung/"]),
        (LAB, ["/kurse/spuren/labor/"]),
    ],
)
def test_it_is_said_and_nobody_is_kept_from_going_on(
    visitor: Client, path: str, ways: list[str]
) -> None:
    page = refused(visitor, path)
    assert SAID in page.text
    assert ways_on(page) == ways


def test_the_first_form_of_a_browser_ends_a_course_as_any_other(
    visitor: Client,
) -> None:
    lesson(world().course(slug="kurz"), slug="tag", body=[text()])
    first = visitor.post("/kurse/kurz/tag/weiter/")
    assert first.status_code == HTTPStatus.TEMPORARY_REDIRECT
    again = visitor.post(first["Location"])
    assert again["Location"] == "/kurse/kurz/#geschafft"
    assert "Geschafft: alle Lektionen" in visitor.get("/kurse/kurz/").text


def test_a_script_is_told_the_same_of_a_lab(visitor: Client) -> None:
    page = refused(visitor, LAB, accept="application/json")
    assert page.json()["message"].startswith(SAID)


@pytest.mark.parametrize(
    ("path", "end"), [(ON, "/kurse/spuren/werbung/"), (LAST, "/kurse/spuren/")]
)
def test_where_they_stay_the_first_form_leads_on_at_once(
    visitor: Client, path: str, end: str
) -> None:
    page = visitor.post(path, follow=True)
    assert [status for _url, status in page.redirect_chain] == [307, 303]
    assert page.redirect_chain[-1][0] == end
    assert "lernstand" in visitor.cookies
    assert SAID not in page.text


def test_whoever_has_something_kept_is_led_on_in_one_step(visitor: Client) -> None:
    visitor.post("/kurse/spuren/labor/antwort/wetter-app/", {"option": "1"})
    assert visitor.post(ON).status_code == HTTPStatus.SEE_OTHER
