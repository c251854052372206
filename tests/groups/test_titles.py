"""How people read what a group is about."""

import pytest

from content.generation import current_generation
from courses.catalogue.library import library
from courses.groups.titles import object_title
from tests.factories import lesson, world

pytestmark = pytest.mark.django_db


def test_what_is_quoted_inside_a_title_has_inner_marks() -> None:
    course = world().course(title="Betrug „wie immer“")
    page = lesson(course, title="„Hallo Mama“ und andere Maschen")
    shelf = library("de", current_generation())
    said = object_title(f"lesson:{page.translation_key}", shelf)
    assert said == "Lektion „‚Hallo Mama‘ und andere Maschen“"
    said = object_title(f"course:{course.translation_key}", shelf)
    assert said == "Kurs „Betrug ‚wie immer‘“"
