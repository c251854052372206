"""What changed in a course: told on its page, and since a month."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from courses.catalogue.changes import Change, changes_of, changes_since
from tests.factories import world

MONTHS = ["2025-03", "2026-11", "2026-02", "2026-11"]
STORED = [{"month": m, "text": f"{n}. Eintrag"} for n, m in enumerate(MONTHS)]


def test_the_newest_month_comes_first_and_a_month_stays_in_order() -> None:
    assert [change.text for change in changes_of(STORED)] == [
        "1. Eintrag",
        "3. Eintrag",
        "2. Eintrag",
        "0. Eintrag",
    ]


@pytest.mark.parametrize(
    ("day", "texts"),
    [
        (date(2026, 12, 1), []),
        (date(2026, 11, 30), ["1. Eintrag", "3. Eintrag"]),
        (date(2026, 2, 1), ["1. Eintrag", "3. Eintrag", "2. Eintrag"]),
        (date(2020, 1, 1), ["1. Eintrag", "3. Eintrag", "2. Eintrag", "0. Eintrag"]),
    ],
)
def test_since_a_month_means_that_month_too(day, texts) -> None:
    assert [c.text for c in changes_since(changes_of(STORED), day)] == texts


def test_a_month_is_its_first_day() -> None:
    change = changes_of([{"month": "2026-11", "text": "Neu"}])

    assert change == (Change(date(2026, 11, 1), "Neu"),)


def section(client: Client):
    html = BeautifulSoup(client.get("/kurse/spuren/").content, "html.parser")
    return html.select_one("section[aria-labelledby=changes]")


@pytest.mark.django_db
@pytest.mark.parametrize(("count", "is_closed"), [(1, False), (3, False), (4, True)])
def test_a_course_says_what_is_new_and_closes_a_long_list(
    client: Client, count, is_closed
) -> None:
    world().course(changes=STORED[:count])

    found = section(client)

    assert len(found.select("li")) == count
    assert bool(found.select("details:not([open])")) is is_closed
    newest = "März 2025: 0. Eintrag" if count == 1 else "November 2026: 1. Eintrag"
    assert found.select_one("li").get_text() == newest


@pytest.mark.django_db
def test_a_course_without_changes_says_nothing_of_them(client: Client) -> None:
    world().course()

    assert section(client) is None
