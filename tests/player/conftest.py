"""A small course of two lessons, and somebody who learns."""

from dataclasses import dataclass

import pytest
from django.conf import settings
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from courses.models import CoursePage, LessonPage
from learnsite.accounts.models import User
from tests.factories import fresh, lesson, multiple_choice, single_choice, text, world


@dataclass
class Shelf:
    """What the tests of the player walk through."""

    course: CoursePage
    first: LessonPage
    second: LessonPage

    def answer_url(self, key: str = "wetter-app", slug: str = "tag") -> str:
        """Return where an answer goes."""
        return f"/kurse/spuren/{slug}/antwort/{key}/"


@pytest.fixture(scope="module")
def published_shelf(module_rows: DjangoDbBlocker) -> Shelf:
    """Publish the course, once for a module."""
    with module_rows.unblock():
        course = world().course()
        first = lesson(course, body=[text(), single_choice(), multiple_choice()])
        second = lesson(course, slug="werbung", title="Wer verdient daran?", minutes=8)
    return Shelf(course, first, second)


@pytest.fixture
def shelf(published_shelf: Shelf, db: None) -> Shelf:
    """Return the course as it was published."""
    known = published_shelf
    return Shelf(fresh(known.course), fresh(known.first), fresh(known.second))


@pytest.fixture
def lena(db: None) -> User:
    """A learner with an account."""
    return User.objects.create_user(display_name="Lena")


@pytest.fixture
def lena_client(lena: User) -> Client:
    """Lena's browser, signed in."""
    client = Client(headers={"Sec-Fetch-Site": "same-origin"})
    client.force_login(lena, backend="learnsite.accounts.backends.LearningKeyBackend")
    client.cookies.pop(settings.CSRF_COOKIE_NAME, None)
    return client


@pytest.fixture
def visitor() -> Client:
    """A browser nobody knows; checks cross-site requests as in production."""
    return Client(enforce_csrf_checks=True, headers={"Sec-Fetch-Site": "same-origin"})
