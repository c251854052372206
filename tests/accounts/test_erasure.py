"""Erasing is complete: afterwards no table knows anything of the person."""

import base64
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from wagtail.log_actions import log
from wagtail.models import (
    Comment,
    CommentReply,
    ModelLogEntry,
    Page,
    PageLogEntry,
    PageSubscription,
    Revision,
    Workflow,
    WorkflowState,
)
from wagtail.users.models import UserProfile

from learnsite.accounts import services
from learnsite.accounts.models import User

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
