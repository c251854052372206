"""Editors hear where reviews would ask the same question again and again."""

import pytest
from django.test import Client
from django.urls import reverse

from courses.catalogue.variety import goals_with_few_questions
from courses.models import CoursePage
from tests.factories import GOALS, lesson, single_choice, translated, world

pytestmark = pytest.mark.django_db
FIRST, SECOND = (goal["id"] for goal in GOALS[:2])


@pytest.fixture
def course() -> CoursePage:
    return world().course(goals=GOALS[:2])


def warning(editor: Client, course: CoursePage) -> bool:
    response = editor.get(reverse("wagtailadmin_pages:edit", args=[course.pk]))
    return "Beim Wiederholen wird zu einem Lernziel" in response.text


def questions(goal: str, count: int) -> list[dict]:
    return [single_choice(f"{goal}-{n}", goal=goal) for n in range(count)]


def test_three_questions_of_each_goal_are_enough() -> None:
    asked = [FIRST] * 3 + [SECOND] * 2 + ["", "unknown"]

    assert goals_with_few_questions([FIRST, SECOND], asked) == {SECOND: 2}
    assert goals_with_few_questions([FIRST], asked) == {}


def test_the_form_of_a_course_names_goals_with_few_questions(
    admin_client: Client, course
) -> None:
    lesson(course, body=questions(FIRST, 3))
    lesson(course, slug="zwei", title="Zwei", body=questions(SECOND, 1))

    html = admin_client.get(reverse("wagtailadmin_pages:edit", args=[course.pk])).text
    assert (
        f"Dafür braucht es 3 in den Lektionen; weniger haben: {SECOND} (1)."
    ) in html


def test_a_translation_is_not_blamed_for_what_is_not_translated_yet(
    admin_client: Client, course
) -> None:
    lesson(course, body=questions(FIRST, 3) + questions(SECOND, 3))
    english = translated(course)
    lesson(english, body=questions(FIRST, 1))

    assert not warning(admin_client, english)


def test_a_course_with_enough_or_without_any_is_left_in_peace(
    admin_client: Client, course
) -> None:
    assert not warning(admin_client, course)
    lesson(course, body=questions(FIRST, 3) + questions(SECOND, 3))

    assert not warning(admin_client, course)
