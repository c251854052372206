"""The page of a final test: one per course, and never without enough questions."""

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from content.generation import current_generation
from courses.catalogue.library import library
from courses.catalogue.pools import items_of, pool_problems
from courses.exercises.drawing import PoolItem
from courses.exercises.registry import question_types
from courses.models import CoursePage, FinalTestPage, LessonPage
from learnsite.accounts.models import User
from tests.factories import (
    GOALS,
    final_test,
    lesson,
    pool,
    published,
    single_choice,
    world,
)

pytestmark = pytest.mark.django_db
IDS = [goal["id"] for goal in GOALS]


@pytest.fixture
def course() -> CoursePage:
    return world().course(goals=GOALS)


def entry() -> Any:
    return library("de", current_generation()).by_slug["spuren"]


def draft_of(page: FinalTestPage, questions: list[dict[str, Any]]) -> FinalTestPage:
    """Return the page as an editor has it before saving."""
    draft = page.get_latest_revision_as_object()
    draft.pool = questions
    return draft


# --- The page -----------------------------------------------------------------------


def test_its_address_is_the_same_for_every_course_and_language(course) -> None:
    page = final_test(course, slug="etwas-anderes")

    assert (page.slug, page.package_id) == ("abschlusstest", "abschlusstest")
    assert page.url == "/kurse/spuren/abschlusstest/"


def test_a_course_has_at_most_one(course) -> None:
    final_test(course)

    assert not FinalTestPage.can_create_at(course)
    with pytest.raises(ValidationError):
        final_test(course)


@pytest.mark.parametrize("field", ["slug", "package_id"])
def test_no_lesson_takes_its_name(course, field) -> None:
    page = lesson(course)
    setattr(page, field, "abschlusstest")

    with pytest.raises(ValidationError) as error:
        page.full_clean()
    assert list(error.value.message_dict) == [field]
    assert "gehört dem Abschlusstest" in str(error.value)


def test_questions_get_ids_of_their_own(course) -> None:
    twice = single_choice("erkennen-1", goal="erkennen", reserved=False)
    nameless = single_choice("", goal="handeln", reserved=False)
    page = final_test(course, questions=[*pool(), twice, nameless])

    keys = [item["key"] for item in page.pool_items]
    assert len(set(keys)) == len(keys)
    assert keys[-2:] == ["erkennen-1-2", "womit-verdient-die-wetter-app-geld"]


def test_a_pool_holds_types_that_are_graded_in_one_answer() -> None:
    types = question_types()
    stream = FinalTestPage._meta.get_field("pool").stream_block

    assert set(stream.child_blocks) == {
        name for name, kind in types.items() if kind.graded and not kind.in_steps
    }
    for name, block in stream.child_blocks.items():
        assert block.child_blocks["goal"].required
        assert not block.child_blocks["reserved"].required
        assert set(block.child_blocks) >= set(types[name].block().child_blocks)
        assert block.label == types[name].block().label
    assert "reserved" not in question_types()["single_choice"].block().child_blocks


def test_editing_goes_on_where_the_pool_is_too_small_but_nobody_sees_it(course) -> None:
    page = final_test(course)
    draft = draft_of(page, pool(open_items=3))
    draft.full_clean()
    revision = draft.save_revision()

    with pytest.raises(PermissionDenied, match="3 offene Fragen"):
        revision.publish()
    page.refresh_from_db()
    assert len(page.pool) == len(pool())


def test_an_unfinished_question_is_not_published(course) -> None:
    page = final_test(course)
    bad = single_choice("neu", goal="erkennen", options=[])

    with pytest.raises(PermissionDenied):
        draft_of(page, [*pool(), bad]).save_revision().publish()


# --- What a pool lacks --------------------------------------------------------------


@pytest.mark.parametrize(
    ("questions", "told"),
    [
        (pool(), []),
        (pool(reserved_items=0), []),
        (
            pool(3, 0),
            [
                f"Zum Ziel „{goal}“ gibt es 3 offene Fragen, es braucht 4: 2-mal so "
                "viele, wie gezogen werden (2)."
                for goal in IDS
            ],
        ),
        (
            [q for q in pool(4, 0) if q["value"]["goal"] == "handeln"],
            [
                "Zum Ziel „erkennen“ gibt es 0 offene Fragen, es braucht 4: 2-mal so "
                "viele, wie gezogen werden (2)."
            ],
        ),
        (
            pool(4, 1),
            [
                f"Zum Ziel „{goal}“ gibt es eine zurückgehaltene Frage, es braucht 2: "
                "so viele, wie gezogen werden."
                for goal in IDS
            ],
        ),
    ],
)
def test_what_a_pool_lacks_is_said_goal_by_goal(course, questions, told) -> None:
    page = FinalTestPage(title="x", locale=course.locale, pool=questions)

    assert pool_problems(items_of(page.pool), IDS, 2) == told


def test_a_goal_that_the_course_does_not_have_is_named(course) -> None:
    page = final_test(course)
    strange = single_choice("fremd", goal="fremd", reserved=False)
    found = draft_of(page, [*pool(), strange]).problems(course.goal_ids)

    assert found == ["Der Kurs hat kein Lernziel „fremd“. Es gibt: erkennen, handeln."]


# --- The editor's form --------------------------------------------------------------


def form_of(
    questions: list[dict[str, Any]], *, per_goal: int = 2, action: str = "publish"
) -> dict[str, Any]:
    def listed(values):
        items = [{"deleted": "", "order": str(i), "value": v} for i, v in values]
        return {"count": str(len(items)), **{str(i): e for i, e in enumerate(items)}}

    blocks = [
        (
            question["type"],
            {
                "key": question["value"]["key"],
                **{
                    name: rich_text(f"<p>{question['value'].get(name, '')}</p>")
                    for name in ("intro", "question", "hint", "explanation")
                },
                "goal": question["value"]["goal"],
                "reserved": "on" if question["value"]["reserved"] else "",
                "options": listed(
                    enumerate(
                        {
                            "text": rich_text(f"<p>{option['text']}</p>"),
                            "correct": "on" if option["correct"] else "",
                            "feedback": rich_text(f"<p>{option['feedback']}</p>"),
                        }
                        for option in question["value"]["options"]
                    )
                ),
            },
        )
        for question in questions
    ]
    return nested_form_data(
        {
            "title": "Abschlusstest",
            "intro": rich_text("<p>Zwölf Fragen.</p>"),
            "per_goal": str(per_goal),
            "pass_mark": "60",
            "attempts": "0",
            "minutes": "20",
            "summary": "",
            "as_of": "",
            "draft_notice": "",
            "pool": streamfield(blocks),
            f"action-{action}": "1",
        }
    )


def test_an_editor_makes_and_publishes_one(admin_client: Client, course) -> None:
    url = reverse(
        "wagtailadmin_pages:add", args=["courses", "finaltestpage", course.pk]
    )
    assert admin_client.get(url).status_code == 200

    response = admin_client.post(url, form_of(pool()))

    assert response.status_code == 302
    page = FinalTestPage.objects.get()
    assert (page.live, page.slug, len(page.pool_items)) == (True, "abschlusstest", 12)


def test_the_form_names_the_field_that_lacks_questions(
    admin_client: Client, course
) -> None:
    page = final_test(course)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])

    html = admin_client.post(url, form_of(pool(), per_goal=3)).content.decode()
    stream = BeautifulSoup(html, "html.parser").find(id="pool")
    told = json.loads(stream["data-w-block-arguments-value"])[-1]["messages"]

    assert [each.partition(", es")[0] for each in told] == [
        "Zum Ziel „erkennen“ gibt es 4 offene Fragen",
        "Zum Ziel „erkennen“ gibt es 2 zurückgehaltene Fragen",
        "Zum Ziel „handeln“ gibt es 4 offene Fragen",
        "Zum Ziel „handeln“ gibt es 2 zurückgehaltene Fragen",
    ]
    page.refresh_from_db()
    assert page.per_goal == 2


def test_a_draft_is_saved_with_half_a_pool(admin_client: Client, course) -> None:
    page = final_test(course)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = form_of(pool(1, 0), action="save")
    form.pop("action-save")

    assert admin_client.post(url, form).status_code == 302
    page.refresh_from_db()
    assert len(page.get_latest_revision_as_object().pool) == 2


def test_the_preview_shows_the_whole_pool_and_answers_it(
    admin_client: Client, course
) -> None:
    page = final_test(course)
    url = reverse("wagtailadmin_pages:view_draft", args=[page.pk])

    html = admin_client.get(url).content.decode()

    assert html.count("data-exercise=") == 12
    assert "zurückgehalten für Tests, die als Nachweis zählen" in html
    asked = reverse("try_exercise", args=["erkennen-6", f"pages/{page.pk}/view_draft/"])
    shown = admin_client.post(asked, {"option": "1"}).content.decode()
    assert "So ist das mit erkennen 6." in shown


def test_a_course_for_some_shows_nobody_its_pool(client: Client, course) -> None:
    final_test(course)
    PageViewRestriction.objects.create(
        page=course, restriction_type=PageViewRestriction.LOGIN
    )
    client.force_login(User.objects.create_user("fremd", "", "ein-langes-passwort"))

    response = client.get("/kurse/spuren/abschlusstest/")

    html = response.content.decode()
    assert response.status_code == 200
    assert "Frage 1 zu erkennen?" not in html
    assert "data-exercise" not in html


# --- The shelf ----------------------------------------------------------------------


def test_the_shelf_knows_rules_and_pool(course) -> None:
    lesson(course, goals=["erkennen"])
    final_test(course, pass_mark=70, attempts=3, minutes=15)

    test = entry().test
    assert (test.pass_mark, test.attempts, test.per_goal) == (70, 3, 2)
    assert test.path == "/kurse/spuren/abschlusstest/"
    assert test.pool[0] == PoolItem("erkennen-1", "erkennen")
    assert sum(item.reserved for item in test.pool) == 4
    assert entry().lessons[0].goals == ("erkennen",)


def test_a_test_that_is_not_public_is_on_no_shelf(course) -> None:
    page = final_test(course)
    page.unpublish()

    assert entry().test is None


def test_a_test_without_any_question_of_the_goals_is_on_no_shelf(course) -> None:
    final_test(course)
    course.goals = [{"id": "neu", "text": "Ich kann Neues."}]
    course.save_revision().publish()

    assert entry().test is None


def test_a_translation_shares_key_and_questions(course) -> None:
    page = final_test(course)
    english = world("en").course(slug="traces", goals=GOALS)
    english.translation_key = course.translation_key
    english.save()
    other = FinalTestPage(
        title="Final test",
        locale=english.locale,
        pool=pool(),
        translation_key=page.translation_key,
    )
    published(english, other)

    shelf = library("en", current_generation())
    assert shelf.by_slug["traces"].test.path == "/en/kurse/traces/abschlusstest/"
    assert shelf.by_slug["traces"].test.pool == entry().test.pool


def test_a_copy_is_another_test(course) -> None:
    page = final_test(course)
    other = course.copy(
        recursive=True, update_attrs={"slug": "kopie", "title": "Kopie"}
    )
    copied = FinalTestPage.objects.child_of(other).get()

    assert copied.translation_key != page.translation_key
    assert copied.slug == "abschlusstest"
    assert LessonPage.objects.child_of(other).count() == 0
