"""What editors of courses find in the forms and lists of the CMS."""

from datetime import date
from typing import ClassVar

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import Task, Workflow
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from courses.catalogue.blocks import LessonStream, PoolStream
from courses.exercises.registry import question_types
from courses.models import CoursePage, LessonPage
from courses.progress.models import LessonProgress, LessonState
from learnsite.accounts.models import User
from tests.factories import GOALS, final_test, lesson, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    return world().course(goals=GOALS)


def form(client: Client, page) -> BeautifulSoup:
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content
    return BeautifulSoup(html, "html.parser")


def offered(soup: BeautifulSoup) -> dict[str, str]:
    """Return what fields for goals offer, by what they write."""
    options = soup.select("datalist#course-goals option")
    return {option["value"]: option.get_text() for option in options}


def test_a_lesson_and_a_test_offer_the_goals_of_their_course_by_text(
    admin_client: Client, course
) -> None:
    wanted = {goal["id"]: goal["text"] for goal in GOALS}

    assert offered(form(admin_client, lesson(course))) == wanted
    assert offered(form(admin_client, final_test(course))) == wanted


def test_the_field_for_a_goal_refers_to_what_is_offered() -> None:
    for stream in (LessonStream(), PoolStream()):
        exercises = set(stream.child_blocks) & set(question_types())
        for name in exercises:
            field = stream.child_blocks[name].child_blocks["goal"].field
            assert field.widget.attrs["list"] == "course-goals", name


def test_a_new_lesson_of_a_draft_course_offers_the_goals_of_the_draft(
    admin_client: Client, course
) -> None:
    course.goals = [*GOALS, {"id": "neu", "text": "Ein neues Ziel."}]
    course.save_revision()
    url = reverse("wagtailadmin_pages:add", args=["courses", "lessonpage", course.pk])

    soup = BeautifulSoup(admin_client.get(url).content, "html.parser")

    assert offered(soup)["neu"] == "Ein neues Ziel."


def test_a_course_without_goals_says_where_to_write_them(admin_client: Client) -> None:
    course = world().course(goals=[])

    soup = form(admin_client, lesson(course))

    assert offered(soup) == {}
    assert "Der Kurs hat noch keine Lernziele." in soup.get_text()


def test_the_goals_of_a_lesson_are_ticked(admin_client: Client, course) -> None:
    page = lesson(course, goals=["handeln", "laengst-weg"])

    boxes = form(admin_client, page).select("input[name=goals]")

    assert {box["value"]: box.has_attr("checked") for box in boxes} == {
        "erkennen": False,
        "handeln": True,
        "laengst-weg": True,
    }


def test_lessons_are_listed_in_the_order_of_the_course(
    admin_client: Client, course
) -> None:
    for slug in ("erste", "zweite", "dritte"):
        lesson(course, slug=slug, title=slug)
    CoursePage.objects.get().get_children().first().specific.save_revision().publish()

    html = admin_client.get(reverse("wagtailadmin_explore", args=[course.pk])).content
    rows = BeautifulSoup(html, "html.parser").select("td.title [id$=_title]")

    assert [row.get_text(strip=True) for row in rows] == ["erste", "zweite", "dritte"]


def test_the_summary_stands_below_the_title(admin_client: Client, course) -> None:
    for page in (course, lesson(course), final_test(course)):
        names = [each.get("name") for each in form(admin_client, page).select("[name]")]
        assert names.index("summary") == names.index("title") + 1


def test_the_workflow_speaks_german(client: Client, course, django_user_model) -> None:
    assert [each.name for each in Workflow.objects.all()] == ["Freigabe"]
    assert [each.name for each in Task.objects.all()] == ["Freigabe"]


def test_every_block_of_a_lesson_can_be_looked_at_in_the_picker(
    admin_client: Client,
) -> None:
    for stream in (LessonStream(), PoolStream()):
        for name, block in stream.child_blocks.items():
            assert block.is_previewable, name
            url = reverse("wagtailadmin_block_preview")
            response = admin_client.get(f"{url}?id={block.definition_prefix}")
            assert response.status_code == 200, name
            if name in question_types():
                assert b"data-exercise" in response.content or (
                    name == "reflection" and b"<textarea" in response.content
                )


class TestLessonAfterOthersHadFinished:
    """An editor who adds a lesson is told what it does to who had finished."""

    NEW: ClassVar = {
        "title": "Neu",
        "slug": "neu",
        "summary": "Ein Satz.",
        "minutes": "5",
        "teacher-count": "0",
        "worksheet-count": "0",
        "action-publish": "1",
    }
    SAID = "die diesen Kurs schon abgeschlossen hatten"

    @staticmethod
    def finish(page) -> None:
        user = User.objects.get_or_create(username="lena")[0]
        LessonProgress.objects.create(
            user=user, lesson_key=page.translation_key, state=LessonState.DONE,
            day=date(2026, 11, 3),
        )  # fmt: skip

    def add(self, client: Client, course) -> str:
        url = reverse(
            "wagtailadmin_pages:add", args=["courses", "lessonpage", course.pk]
        )
        return client.post(url, self.form(), follow=True).text

    def form(self) -> dict[str, str]:
        body = streamfield([("text", rich_text("<p>Ein Satz.</p>"))])
        return {**self.NEW, **nested_form_data({"body": body})}

    def test_the_first_publication_says_so_and_the_second_is_silent(
        self, admin_client: Client, course
    ) -> None:
        self.finish(lesson(course))

        assert self.SAID in self.add(admin_client, course)
        new = LessonPage.objects.get(slug="neu")
        assert new.live
        url = reverse("wagtailadmin_pages:edit", args=[new.pk])
        assert self.SAID not in admin_client.post(url, self.form(), follow=True).text

    def test_where_nobody_had_finished_nothing_is_said(
        self, admin_client: Client, course
    ) -> None:
        self.finish(lesson(course))
        lesson(course, "zwei", title="Zwei")

        assert self.SAID not in self.add(admin_client, course)
        assert LessonPage.objects.get(slug="neu").live
