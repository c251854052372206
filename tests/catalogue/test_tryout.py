"""Whoever writes a lesson answers its exercises in the preview; nothing is kept."""

import re
from collections.abc import Iterable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import GroupPagePermission
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from courses.exercises.types.scenario.examples import VALUE as SCENARIO
from courses.models import CoursePage, LessonPage
from learnsite.accounts.models import User
from tests.factories import (
    lesson,
    multiple_choice,
    single_choice,
    text,
    with_second_factor,
    world,
)

SCRIPT = {"Accept": "application/json"}
WRITES = re.compile(r"INSERT|UPDATE|DELETE")


@pytest.fixture
def course(db: None) -> CoursePage:
    return world().course()


@pytest.fixture
def page(course: CoursePage) -> LessonPage:
    return lesson(course, body=[text(), single_choice(), multiple_choice()])


@pytest.fixture
def editor(admin_client: Client) -> Client:
    return admin_client


def someone(name: str, *parents: Any) -> Client:
    """Return the browser of somebody who may edit below some pages only."""
    group = Group.objects.create(name=name)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    change = Permission.objects.get(codename="change_page")
    for parent in parents:
        GroupPagePermission.objects.create(group=group, page=parent, permission=change)
    user = User.objects.create_user(name, "", "ein-langes-passwort")
    with_second_factor(user).groups.add(group)
    client = Client(headers={"Sec-Fetch-Site": "same-origin"})
    client.force_login(user)
    return client


def listed(values: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Return what the editor's form sends for a list of blocks."""
    items = [
        {"deleted": "", "order": str(place), "value": value}
        for place, value in enumerate(values)
    ]
    return {"count": str(len(items)), **{str(i): each for i, each in enumerate(items)}}


def written(question: str, *options: tuple[str, bool]) -> dict[str, Any]:
    """Return what the editor's form sends for a lesson with one single choice."""
    value = {
        "key": "neu",
        "intro": rich_text(""),
        "question": rich_text(f"<p>{question}</p>"),
        "hint": rich_text(""),
        "explanation": rich_text(""),
        "goal": "",
        "options": listed(
            {
                "text": rich_text(f"<p>{words}</p>"),
                "correct": "on" if correct else "",
                "feedback": rich_text(f"<p>Warum {words}</p>"),
            }
            for words, correct in options
        ),
    }
    return nested_form_data(
        {
            "title": "Ein Entwurf",
            "slug": "entwurf",
            "minutes": "10",
            "body": streamfield([("single_choice", value)]),
            "teacher": streamfield([]),
            "worksheet": streamfield([]),
        }
    )


def draft() -> dict[str, Any]:
    return written("Wer zahlt?", ("Lena", False), ("die Werbung", True))


def actions(html: str) -> dict[str, str]:
    """Return where each exercise of a page is sent, by its id."""
    page = BeautifulSoup(html, "html.parser")
    return {
        section["data-exercise"]: section.form["action"].partition("#")[0]
        for section in page.select("[data-exercise]:has(form)")
    }


def preview_of(page: LessonPage) -> str:
    return reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])


def test_an_unsaved_draft_is_answered_in_its_preview(editor, page) -> None:
    assert editor.post(preview_of(page), draft()).json()["is_valid"]
    html = editor.get(preview_of(page)).content.decode()
    action = actions(html)["neu"]

    shown = editor.post(action, {"option": "1"}).content.decode()

    assert "Warum die Werbung" not in html
    assert "Warum die Werbung" in shown
    assert "Das stimmt." in shown
    page.refresh_from_db()
    assert page.latest_revision_id == page.live_revision_id


def test_our_script_gets_the_exercise_alone(editor, page) -> None:
    editor.post(preview_of(page), draft())
    action = actions(editor.get(preview_of(page)).content.decode())["neu"]

    pieces = editor.post(action, {"option": "0"}, headers=SCRIPT).json()
    nothing = editor.post(action, {}, headers=SCRIPT).json()

    assert "Noch nicht richtig." in pieces["exercise"]
    assert "<main" not in pieces["exercise"]
    assert "Bitte eine Antwort auswählen" in nothing["exercise"]


def test_a_page_that_does_not_exist_yet_is_tried_out_too(editor, course) -> None:
    add = ["courses", "lessonpage", course.pk]
    preview = reverse("wagtailadmin_pages:preview_on_add", args=add)
    assert editor.post(preview, draft()).json()["is_valid"]
    action = actions(editor.get(preview).content.decode())["neu"]

    shown = editor.post(action, {"option": "1"}).content.decode()

    assert "Das stimmt." in shown
    assert LessonPage.objects.count() == 0


def test_a_saved_draft_and_an_old_version_are_tried_out_too(editor, page) -> None:
    old = page.save_revision()
    page.body = [single_choice(question="Und heute?")]
    page.save_revision()
    draft = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
    version = reverse("wagtailadmin_pages:revisions_view", args=[page.pk, old.pk])

    for preview, keys in ((draft, {"wetter-app"}), (version, {"wetter-app", "daten"})):
        found = actions(editor.get(preview).content.decode())
        assert set(found) == keys
        shown = editor.post(found["wetter-app"], {"option": "1"}).content.decode()
        assert "Das stimmt." in shown
        assert ("Und heute?" in shown) == (preview == draft)


def test_trying_out_writes_nothing(editor, page) -> None:
    editor.post(preview_of(page), draft())
    action = actions(editor.get(preview_of(page)).content.decode())["neu"]

    with CaptureQueriesContext(connection) as captured:
        response = editor.post(action, {"option": "1"}, headers=SCRIPT)

    statements = [query["sql"] for query in captured.captured_queries]
    assert [sql for sql in statements if WRITES.match(sql)] == []
    assert response.cookies.keys() == set()


def test_only_who_may_edit_the_page_tries_it_out(editor, page, client) -> None:
    editor.post(preview_of(page), draft())
    action = actions(editor.get(preview_of(page)).content.decode())["neu"]
    other = world("en").home

    stranger = client.post(action, {"option": "1"})
    elsewhere = someone("woanders", other).post(action, {"option": "1"})
    script = someone("auch-woanders", other).post(
        action, {"option": "1"}, headers=SCRIPT
    )

    assert stranger.status_code == 302
    assert "login" in stranger["Location"]
    assert elsewhere.status_code == 302
    assert script.status_code == 409
    assert "Warum" not in script.content.decode()
    allowed = someone("hier", page)
    allowed.post(preview_of(page), draft())
    assert "Das stimmt." in allowed.post(action, {"option": "1"}).content.decode()


def test_nobody_is_led_to_answer_from_another_site(editor, page) -> None:
    strict = Client(enforce_csrf_checks=True, headers={"Sec-Fetch-Site": "cross-site"})
    strict.cookies = editor.cookies
    action = reverse("try_exercise", args=["neu", preview_of(page)[len("/cms/") :]])

    assert strict.post(action, {"option": "1"}).status_code == 403


@pytest.mark.parametrize("preview", ["", "pages/1/delete/", "x/y/", "block-preview/"])
def test_nothing_but_a_preview_is_asked(editor, preview) -> None:
    action = f"/cms/try-exercise/neu/{preview}"

    assert editor.post(action, {"option": "1"}).status_code == 404


def test_an_answer_comes_by_post_alone(editor, page) -> None:
    action = reverse("try_exercise", args=["neu", preview_of(page)[len("/cms/") :]])

    assert editor.get(action).status_code == 405


def test_what_left_the_draft_is_said_to_be_gone(editor, page) -> None:
    editor.post(preview_of(page), draft())
    action = reverse("try_exercise", args=["alt", preview_of(page)[len("/cms/") :]])

    pieces = editor.post(action, {"option": "1"}, headers=SCRIPT).json()

    assert pieces == {"message": "Diese Aufgabe steht nicht mehr im Entwurf."}


def test_the_preview_keeps_the_strict_policy_of_public_pages(editor, page) -> None:
    editor.post(preview_of(page), draft())
    html = editor.get(preview_of(page))
    answered = editor.post(actions(html.content.decode())["neu"], {"option": "1"})

    for response in (html, answered):
        policy = response["Content-Security-Policy"]
        assert "script-src 'self';" in policy
        assert "frame-ancestors 'self'" in policy
        assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_an_unfinished_exercise_says_what_is_missing(editor, page) -> None:
    unfinished = written("Wer zahlt?", ("Lena", False), ("Tom", False))

    assert editor.post(preview_of(page), unfinished).json()["is_valid"]
    html = editor.get(preview_of(page)).content.decode()

    assert "Diese Aufgabe ist noch nicht fertig" in html
    assert "Antworten: Bitte genau eine Antwort als richtig markieren" in html
    assert actions(html) == {}


def test_an_unfinished_exercise_is_saved_but_not_published(editor, page) -> None:
    unfinished = written("Wer zahlt?", ("Lena", False), ("Tom", False))
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])

    editor.post(edit, unfinished)
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().title == "Ein Entwurf"

    refused = editor.post(edit, {**unfinished, "action-publish": "1"})
    assert refused.status_code == 200
    with pytest.raises(PermissionDenied):
        page.get_latest_revision().publish()
    page.refresh_from_db()
    assert page.title != "Ein Entwurf"


def test_a_published_page_has_no_way_to_try_out(client, page) -> None:
    assert "try-exercise" not in client.get(page.url).content.decode()


def test_a_story_is_drawn_for_its_author_and_for_nobody_else(
    editor, client, course
) -> None:
    story = {"type": "scenario", "value": SCENARIO}
    page = lesson(course, "geschichte", body=[story])
    draft_view = reverse("wagtailadmin_pages:view_draft", args=[page.pk])

    preview = editor.get(draft_view).content.decode()

    assert "Plan der Geschichte" in preview
    answered = editor.post(actions(preview)["parcel"], {"choice": "1"}, headers=SCRIPT)
    assert answered.json()["exercise"].strip().startswith("<section")
    assert "Plan der Geschichte" not in client.get(page.url).content.decode()
