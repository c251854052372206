"""The small course of the player's tests, with goals, and somebody who learns."""

import pytest
from pytest_django.plugin import DjangoDbBlocker

from courses.models import CoursePage
from tests.factories import fresh, lesson, option, single_choice, text, world
from tests.player.conftest import lena, lena_client, visitor

__all__ = ["course", "lena", "lena_client", "visitor"]

GOALS = [
    {"id": "spuren", "text": "Ich erkenne Datenspuren."},
    {"id": "geld", "text": "Ich weiß, wer daran verdient."},
]


def question(key: str, goal: str, **fields) -> dict:
    """Return a single choice among four; the second option is right."""
    options = [option(f"{word} {key}", correct=word == "B") for word in "ABCD"]
    return single_choice(
        key, question=f"Frage {key}?", goal=goal, options=options, **fields
    )


@pytest.fixture(scope="module")
def published_course(module_rows: DjangoDbBlocker) -> CoursePage:
    """Publish a course with three questions for one goal and one for another."""
    first = [question("eins", "spuren"), question("zwei", "spuren")]
    second = [question("drei", "spuren"), question("vier", "geld")]
    with module_rows.unblock():
        page = world().course(goals=GOALS)
        lesson(page, body=[text(), *first])
        lesson(page, slug="werbung", title="Wer verdient daran?", body=second)
    return page


@pytest.fixture
def course(published_course: CoursePage, db: None) -> CoursePage:
    """Return the course as it was published."""
    return fresh(published_course)
