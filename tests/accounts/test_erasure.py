"""Erasing is complete: afterwards no table knows anything of the person."""

import base64
import json
import zlib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.utils import timezone
from wagtail.admin.models import EditingSession, FormState
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.log_actions import log
from wagtail.models import (
    Comment,
    CommentReply,
    ModelLogEntry,
    Page,
    PageLogEntry,
    PageSubscription,
    Revision,
    Task,
    TaskState,
    UploadedFile,
    Workflow,
    WorkflowState,
)
from wagtail.users.models import UserProfile

from courses.groups.models import (
    Access,
    GroupTeacher,
    Kind,
    Membership,
    Organisation,
    SharedFact,
    StaffRole,
)
from courses.groups.models import Group as LearningGroup
from courses.progress.models import Attempt, Enrolment, FinalTest, LessonProgress
from courses.review.models import ReviewCard
from learnsite.accounts import registry, services
from learnsite.accounts.export import export_json
from learnsite.accounts.models import Session, User, WaitingMail

from .conftest import PASSWORD, sign_in


def every_stored_value() -> Iterator[tuple[str, str]]:
    """Yield each value of each column of each table, as text."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    text = value.hex() if isinstance(value, bytes) else str(value)
                    yield f"{table}.{column}", text
                    if column == "session_data":
                        yield f"{table}.{column}", _readable_session(text)


def _readable_session(data: str) -> str:
    payload = data.split(":")[0]
    packed = payload.startswith(".")
    payload = payload.lstrip(".")
    raw = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    return (zlib.decompress(raw) if packed else raw).decode()


def traces_of(*marks: str) -> set[str]:
    """Return the columns in which any of the marks stands."""
    wanted = [mark.lower() for mark in marks if mark]
    return {
        column
        for column, value in every_stored_value()
        if any(mark in value.lower() for mark in wanted)
    }


def _marks(user: User) -> tuple[str, ...]:
    return (
        str(user.pk), user.pk.hex, user.username or "", user.email,
        user.display_name, user.key_hash or "", user.password,
    )  # fmt: skip


def test_nothing_is_left_of_a_learner(lena, client):
    sign_in(client, lena.key)
    sign_in(Client(), lena.key)
    EmailAddress.objects.create(
        user=lena.user, email="lena@example.org", primary=True, verified=True
    )
    Authenticator.objects.create(
        user=lena.user, type=Authenticator.Type.WEBAUTHN, data={"name": "Handy"}
    )
    user = User.objects.get(pk=lena.user.pk)
    marks = (*_marks(user), "lena@example.org")
    assert {"accounts_user.id", "accounts_session.session_data"} <= traces_of(*marks)

    services.erase_account(user=user)

    assert traces_of(*marks) == set()


@pytest.fixture
def written_page(editor) -> Page:
    """A page with everything that Wagtail notes about its author."""
    root = Page.objects.get(depth=1)
    page = root.add_child(instance=Page(title="Seite", owner=editor, locked_by=editor))
    comment = Comment.objects.create(
        page=page, user=editor, text="Redaktion Ada fragt", contentpath="title"
    )
    CommentReply.objects.create(comment=comment, user=editor, text="und antwortet")
    PageSubscription.objects.create(page=page, user=editor, comment_notifications=True)
    UserProfile.get_for_user(editor)
    page = Page.objects.get(pk=page.pk)
    page.save_revision(user=editor, log_action=True).publish(user=editor)
    log(instance=editor, action="wagtail.edit", user=editor)
    log(
        instance=page,
        action="wagtail.edit",
        user=editor,
        data={"by": str(editor.pk), "title": "Seite"},
    )
    WorkflowState.objects.create(
        workflow=Workflow.objects.create(name="Freigabe"),
        requested_by=editor,
        content_type=page.content_type,
        base_content_type=page.get_base_content_type(),
        object_id=str(page.pk),
    )
    editor.groups.add(Group.objects.get(name="Editors"))
    return page


def test_what_an_editor_wrote_stays_without_the_name(written_page, editor, client):
    client.post("/konto/login/", {"login": "redaktion", "password": PASSWORD})
    marks = _marks(User.objects.get(pk=editor.pk))
    assert {
        "wagtailcore_page.owner_id",
        "wagtailcore_pagelogentry.user_id",
        "wagtailcore_pagelogentry.data",
        "wagtailcore_revision.user_id",
        "wagtailcore_revision.content",
    } <= traces_of(*marks)

    services.erase_account(user=editor)

    # Groups of Wagtail are named like the demo's user name; nothing else is left.
    assert traces_of(*marks) == set()
    page = Page.objects.get(pk=written_page.pk)
    assert (page.title, page.owner, page.live) == ("Seite", None, True)
    assert Revision.objects.get().as_object().owner is None
    assert PageLogEntry.objects.filter(page=page, user=None).count() >= 3
    assert not ModelLogEntry.objects.exists()


def test_others_keep_what_is_theirs(lena, fremd, client):
    sign_in(client, fremd.key)

    services.erase_account(user=lena.user)

    assert client.get("/meine-daten/name/").status_code == 200


def test_remarks_of_the_person_go_from_stored_versions(written_page, editor):
    services.erase_account(user=editor)

    content = Revision.objects.get().content
    assert content["owner"] is None
    assert content["wagtail_admin_comments"] == []


def test_picture_goes_too(
    editor, tmp_path, settings, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path
    profile = UserProfile.get_for_user(editor)
    profile.avatar.save("ada.png", ContentFile(b"png"))
    stored = Path(profile.avatar.path)
    assert stored.exists()

    with django_capture_on_commit_callbacks(execute=True):
        services.erase_account(user=editor)

    assert not stored.exists()


DAY = date(2026, 11, 23)
NEXT_DAY = date(2026, 11, 24)


def _page_kind() -> ContentType:
    return ContentType.objects.get_for_model(Page)


def _write_about(model: type[Model], **values: object) -> Callable[[User], None]:
    """Return what writes a row of ``model`` that hangs on the person by ``user``."""
    return lambda person: model._base_manager.create(user=person, **values)


def _group() -> LearningGroup:
    school, _new = Organisation.objects.get_or_create(name="Schule", kind=Kind.SCHOOL)
    found, _new = LearningGroup.objects.get_or_create(
        organisation=school,
        code="7KD4MX",
        defaults={"level": 3, "starts": DAY, "ends": DAY, "delete_on": NEXT_DAY},
    )
    return found


def _take_part(person: User) -> None:
    Membership.objects.create(group=_group(), user=person, number=7)


def _share(person: User) -> None:
    membership = Membership.objects.get(user=person)
    SharedFact.objects.create(
        membership=membership, object_key=f"lesson:{uuid4()}", state=1
    )


def _be_looked_at(person: User) -> None:
    membership = Membership.objects.get(user=person)
    Access.objects.create(membership=membership, role="teacher", day=DAY)


def _work_there(person: User) -> None:
    StaffRole.objects.create(
        organisation=_group().organisation, user=person, role="teacher"
    )


def _lead(person: User) -> None:
    GroupTeacher.objects.create(group=_group(), user=person)


def _decide(person: User) -> None:
    state = WorkflowState.objects.get()
    task = Task.objects.create(name="Freigabe", content_type=_page_kind())
    TaskState.objects.create(
        workflow_state=state,
        task=task,
        revision=Revision.objects.get(),
        finished_by=person,
        content_type=ContentType.objects.get_for_model(TaskState),
    )


def _settle_a_comment(person: User) -> None:
    Comment.objects.update(resolved_by=person, resolved_at=timezone.now())


def _ask_for_confirmation(person: User) -> None:
    address = EmailAddress.objects.create(user=person, email="zweit@example.org")
    EmailConfirmation.create(address).save()


def _get_rights(person: User) -> None:
    person.user_permissions.add(Permission.objects.first())


#: For every declaration (model, way to the person) what makes a row of it. None: the
#: ``written_page`` and its sign-in have made one already.
ROWS: dict[tuple[str, str], Callable[[User], object] | None] = {
    ("accounts.User", "pk"): _get_rights,
    ("accounts.Session", "user"): None,
    ("accounts.WaitingMail", "user"): _write_about(WaitingMail, subject="Ada"),
    ("account.EmailAddress", "user"): _write_about(
        EmailAddress, email="ada@example.org"
    ),
    ("account.EmailConfirmation", "email_address__user"): _ask_for_confirmation,
    ("mfa.Authenticator", "user"): _write_about(
        Authenticator, type=Authenticator.Type.WEBAUTHN, data={"name": "Handy"}
    ),
    ("courses.Enrolment", "user"): _write_about(Enrolment, course_key=uuid4(), day=DAY),
    ("courses.LessonProgress", "user"): _write_about(
        LessonProgress, lesson_key=uuid4(), state=1, day=DAY
    ),
    ("courses.Attempt", "user"): _write_about(
        Attempt, lesson_key=uuid4(), exercise_key="a", score=50, best=50, day=DAY
    ),
    ("courses.FinalTest", "user"): _write_about(
        FinalTest, course_key=uuid4(), run="zufall", pass_mark=60
    ),
    ("courses.ReviewCard", "user"): _write_about(
        ReviewCard, course_key=uuid4(), goal="erkennen", due=DAY
    ),
    ("courses.Membership", "user"): _take_part,
    ("courses.SharedFact", "membership__user"): _share,
    ("courses.Access", "membership__user"): _be_looked_at,
    ("courses.StaffRole", "user"): _work_there,
    ("courses.GroupTeacher", "user"): _lead,
    ("wagtailusers.UserProfile", "user"): None,
    ("wagtailcore.Page", "owner"): None,
    ("wagtailcore.Page", "locked_by"): None,
    ("wagtailcore.Revision", "user"): None,
    ("wagtailcore.PageLogEntry", "user"): None,
    ("wagtailcore.ModelLogEntry", "user"): None,
    ("wagtailcore.WorkflowState", "requested_by"): None,
    ("wagtailcore.TaskState", "finished_by"): _decide,
    ("wagtailcore.UploadedFile", "uploaded_by_user"): lambda person: (
        UploadedFile.objects.create(uploaded_by_user=person)
    ),
    ("wagtailimages.Image", "uploaded_by_user"): lambda person: (
        Image.objects.bulk_create(
            [Image(title="Bild", width=1, height=1, uploaded_by_user=person)]
        )
    ),
    ("wagtaildocs.Document", "uploaded_by_user"): lambda person: (
        Document.objects.bulk_create([Document(title="Blatt", uploaded_by_user=person)])
    ),
    ("wagtailcore.Comment", "user"): None,
    ("wagtailcore.Comment", "resolved_by"): _settle_a_comment,
    ("wagtailcore.CommentReply", "user"): None,
    ("wagtailcore.PageSubscription", "user"): None,
    ("wagtailadmin.EditingSession", "user"): lambda person: (
        EditingSession.objects.create(
            user=person,
            content_type=_page_kind(),
            object_id="1",
            last_seen_at=timezone.now(),
        )
    ),
    ("wagtailadmin.FormState", "user"): lambda person: FormState.objects.create(
        user=person,
        data="title=Ada",
        content_type=_page_kind(),
        object_id="1",
        last_updated_at=timezone.now(),
    ),
}


def test_every_declared_table_is_exported_and_left_without_the_person(
    written_page, editor, client
):
    client.post("/konto/login/", {"login": "redaktion", "password": PASSWORD})
    declared = registry.declarations()
    # A new declaration needs a line in ROWS, or this test would pass it by.
    assert {(item.model, item.owner) for item in declared} == set(ROWS)
    for fill in filter(None, ROWS.values()):
        fill(editor)
    person = User.objects.get(pk=editor.pk)
    rows = {item: list(item.rows(person)) for item in declared}
    assert [item.title for item, found in rows.items() if not found] == []

    exported = json.loads(export_json(person))["data"]
    assert [(each["table"], len(each["rows"])) for each in exported] == [
        (item.model, len(found)) for item, found in rows.items()
    ]
    marks = (*_marks(person), "ada@example.org", "zweit@example.org")

    services.erase_account(user=person)

    assert traces_of(*marks) == set()
    for item, found in rows.items():
        keys = [row.pk for row in found]
        left = item.model_class._base_manager.filter(pk__in=keys)
        # What was written for the site stays, without the name; all else is gone.
        assert left.exclude(**{f"{item.owner}__isnull": True}).count() == 0
        if not item.content and item.owner != "resolved_by":
            assert left.count() == 0, item.model
    assert not Session.objects.exists()
