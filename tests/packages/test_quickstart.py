"""One command sets up a first look; a second run changes nothing."""

import os
import socket
import stat
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from courses.groups.dates import Meeting
from courses.groups.demo import EVENING_COURSE, EVENINGS, PLACE, evenings_after
from courses.management.commands.quickstart import SECRETS, write_secrets
from courses.models import CoursePage, LessonPage
from learnsite.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def first_look(settings, monkeypatch, tmp_path, site, course):
    """Two packages as the library, on a machine that has its secrets."""
    settings.DEBUG = settings.DEMO_PEOPLE = True
    settings.LIBRARY_DIR = settings.BASE_DIR = tmp_path
    for name in SECRETS:
        monkeypatch.setenv(name, "x")


def quickstart() -> str:
    out = StringIO()
    call_command("quickstart", "--no-serve", "--port", "8123", stdout=out)
    return out.getvalue()


def every_row() -> dict[str, list[str]]:
    """Return all rows of all tables as they are stored."""
    with connection.cursor() as cursor:
        rows = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            rows[table] = sorted(map(repr, cursor.fetchall()))
    return rows


def test_courses_and_people_are_there_and_said(first_look) -> None:
    said = quickstart()

    assert CoursePage.objects.live().filter(locale__language_code="de").count() == 1
    assert LessonPage.objects.live().exists()
    assert User.objects.filter(is_superuser=True).count() == 1
    assert "Die Seite steht unter http://127.0.0.1:8123/ bereit." in said
    assert "http://127.0.0.1:8123/schluessel/" in said
    assert "http://127.0.0.1:8123/cms/" in said


def test_second_run_changes_nothing_and_says_how_to_sign_in_again(first_look) -> None:
    first = quickstart()
    before = every_row()

    second = quickstart()

    assert every_row() == before
    people = first.index("Die Seite steht")
    assert first[people:] in second


def test_it_refuses_where_people_learn(settings, first_look) -> None:
    settings.DEBUG = False

    with pytest.raises(CommandError, match=r"docs/operate\.md"):
        quickstart()

    assert not User.objects.exists()
    assert not CoursePage.objects.exists()


def test_secrets_are_written_once_for_their_owner_alone(tmp_path, monkeypatch) -> None:
    for name in SECRETS:
        monkeypatch.delenv(name, raising=False)
    path = tmp_path / ".env"

    assert write_secrets(path)

    written = path.read_text(encoding="utf-8")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    names = [line.partition("=")[0] for line in written.splitlines()]
    values = {line.partition("=")[2] for line in written.splitlines()}
    assert names == list(SECRETS)
    assert len(values) == len(SECRETS)
    assert min(map(len, values)) >= 50
    assert not write_secrets(path)
    assert path.read_text(encoding="utf-8") == written


def test_no_file_is_written_where_the_environment_has_the_secrets(
    tmp_path, first_look
) -> None:
    assert set(SECRETS) <= set(os.environ)
    assert not write_secrets(tmp_path / ".env")
    assert not (tmp_path / ".env").exists()


def test_a_busy_port_is_said_before_anything_is_done(first_look) -> None:
    out = StringIO()
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {port} ist nicht frei") as said:
            call_command("quickstart", "--port", str(port), stdout=out)

    assert "--port" in str(said.value)
    assert out.getvalue() == ""
    assert not CoursePage.objects.exists()


def test_an_evening_course_stands_in_the_public_list(first_look, client) -> None:
    quickstart()

    page = client.get("/termine/").content.decode()

    assert EVENING_COURSE in page
    assert page.count(PLACE) >= EVENINGS
    days = Meeting.objects.values_list("day", flat=True)
    assert list(days) == evenings_after(timezone.localdate())
