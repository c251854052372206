"""Covers of courses travel sized and in a modern format, never as uploaded."""

import re

import pytest

from tests.factories import lesson, photo, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(db):
    page = world().course(image=photo(), image_alt="Ein Handy auf dem Tisch")
    lesson(page)
    return page


def covers(client, path: str) -> list[str]:
    """Return the pictures of a page that lie in the media folder."""
    pictures = re.findall(r"<img[^>]*>", client.get(path).content.decode())
    return [picture for picture in pictures if "/media/" in picture]


def test_publishing_makes_the_renditions_of_the_cover(course) -> None:
    assert course.image.renditions.count() == 3


@pytest.mark.parametrize(
    ("path", "alt"),
    [
        ("/kurse/", 'alt=""'),
        ("/kurse/spuren/", 'alt="Ein Handy auf dem Tisch"'),
        ("/lernen/", 'alt=""'),
    ],
)
def test_a_cover_travels_in_the_width_that_fits(client, course, path, alt) -> None:
    [cover] = covers(client, path)
    assert "original_images" not in cover
    assert cover.count(".webp") == 4  # src and three widths
    assert 'width="1200" height="675"' in cover
    assert alt in cover


def test_a_started_course_shows_its_cover_too(visitor, course) -> None:
    visitor.post("/kurse/spuren/tag/antwort/wetter-app/", {"option": "1"})
    [cover] = covers(visitor, "/lernen/")
    assert cover.count(".webp") == 4


def test_a_lost_file_leaves_the_page(client, course) -> None:
    course.image.file.storage.delete(course.image.file.name)
    course.image.renditions.all().delete()
    assert covers(client, "/kurse/") == []
    assert "Datenspuren lesen" in client.get("/kurse/").content.decode()
