"""Imported questions stand in the draft: by command and in the CMS, never published."""

import re
from base64 import b64encode
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from wagtail.models import GroupPagePermission

from courses.models import LessonPage
from courses.packages.questions.limits import MOST_BYTES
from courses.packages.questions.upload import packed
from learnsite.accounts.models import User
from tests.factories import lesson, single_choice, with_second_factor, world

pytestmark = pytest.mark.django_db
SAMPLES = Path(__file__).parent / "samples"
GIFT = SAMPLES / "hellingen.gift"


@pytest.fixture
def page(db: None) -> LessonPage:
    return lesson(world().course())


def draft_keys(page: LessonPage) -> list[str]:
    page.refresh_from_db()
    body = page.get_latest_revision_as_object().body
    return [b.value["key"] for b in body if b.block_type != "text"]


def run(*args: str) -> str:
    out = StringIO()
    call_command("import_questions", *args, stdout=out)
    return out.getvalue()


def test_questions_stand_at_the_end_of_the_draft_with_ids_of_their_own(page) -> None:
    said = run("spuren/tag", str(GIFT))
    page.refresh_from_db()

    assert draft_keys(page)[0] == "wetter-app"
    assert len(draft_keys(page)) == len(set(draft_keys(page))) == 9
    assert page.exercise_keys == ["wetter-app"]
    assert page.has_unpublished_changes
    assert "Übernommen: 8, nicht übernommen: 2." in said
    assert "- Meinung:" in said


def test_a_second_import_adds_new_exercises_and_overwrites_nothing(page) -> None:
    run("spuren/tag", str(GIFT))
    first = draft_keys(page)
    run("spuren/tag", str(GIFT))

    assert draft_keys(page)[: len(first)] == first
    assert len(set(draft_keys(page))) == 17


def test_a_question_takes_no_id_of_an_exercise_that_is_gone(page) -> None:
    run("spuren/tag", str(GIFT))
    gone = draft_keys(page)[1]
    for body in ([single_choice(gone)], []):
        page.refresh_from_db()
        page.body = body
        page.save_revision().publish()

    run("spuren/tag", str(GIFT))

    assert f"{gone}-2" in draft_keys(page)
    assert gone not in draft_keys(page)


def test_the_command_joins_statements_if_asked(page, tmp_path) -> None:
    file = tmp_path / "fragen.txt"
    file.write_text("Eins.{T}\n\nZwei.{F}")
    run("spuren/tag", str(file), "--join-statements")

    assert len(draft_keys(page)) == 2


def test_a_dry_run_writes_nothing(page) -> None:
    run("spuren/tag", str(GIFT), "--dry-run")

    assert draft_keys(page) == ["wetter-app"]


@pytest.mark.parametrize(
    ("where", "file", "message"),
    [
        ("spuren/weg", str(GIFT), "keine Lektion „weg“"),
        ("spuren/tag", "gibt-es-nicht.xml", "lässt sich nicht lesen"),
    ],
)
def test_a_wrong_name_says_what_is_wrong(page, where, file, message) -> None:
    with pytest.raises(CommandError, match=message):
        run(where, file)


def client_of(*groups: str) -> Client:
    user = User.objects.create_user(username="redaktion", display_name="Redaktion")
    user.groups.set(Group.objects.filter(name__in=groups))
    client = Client()
    with_second_factor(user)
    client.force_login(user, backend="learnsite.accounts.backends.AccountBackend")
    return client


def upload(client: Client, page: LessonPage, content: bytes, **fields: str):
    data = {"file": SimpleUploadedFile("fragen.xml", content), **fields}
    return client.post(f"/cms/import-questions/{page.pk}/", data)


def carried_by(html: str) -> str:
    """Return what the page brings back in its hidden field."""
    (found,) = re.findall(r'name="carried" value="([^"]*)"', html)
    return found


def test_an_editor_sees_what_would_become_of_a_file_and_then_takes_it(page) -> None:
    client = client_of("Editors")
    content = (SAMPLES / "hellingen.xml").read_bytes()
    looked = upload(client, page, content).content.decode()

    assert "Lässt sich übernehmen (9)" in looked
    assert "Passwort der Bücherei" in looked
    assert "Lang &amp; gut zu merken." in looked
    assert "Lässt sich nicht übernehmen (2)" in looked
    assert draft_keys(page) == ["wetter-app"]

    path = f"/cms/import-questions/{page.pk}/"
    done = client.post(path, {"carried": carried_by(looked), "add": "1"})

    assert "Veröffentlicht wurde nichts" in done.content.decode()
    assert len(draft_keys(page)) == 10


def test_a_file_too_large_to_be_carried_is_chosen_once_more(page, monkeypatch) -> None:
    monkeypatch.setattr("courses.packages.questions.upload.MOST_CARRIED", 10)
    client = client_of("Editors")
    looked = upload(client, page, GIFT.read_bytes()).content.decode()

    assert "noch einmal auswählen" in looked
    assert upload(client, page, GIFT.read_bytes(), add="1").status_code == 200
    assert len(draft_keys(page)) == 9


@pytest.mark.parametrize(
    "carried", ["", "ä", "!!", b64encode(b"x").decode(), packed(b"\0" * MOST_BYTES * 2)]
)
def test_what_a_page_brings_back_is_not_trusted(page, carried: str) -> None:
    path = f"/cms/import-questions/{page.pk}/"
    response = client_of("Editors").post(path, {"carried": carried, "add": "1"})

    assert response.status_code == 422
    assert draft_keys(page) == ["wetter-app"]


def test_the_wish_for_statements_lasts_until_they_are_taken(page) -> None:
    client = client_of("Editors")
    looked = upload(client, page, b"Eins.{T}\n\nZwei.{F}", join="on").content.decode()
    joins = re.findall(r'<input type="hidden" name="join" value="True"', looked)
    fields = {"carried": carried_by(looked), "join": "True", "add": "1"}
    client.post(f"/cms/import-questions/{page.pk}/", fields)

    assert len(joins) == 1
    assert len(draft_keys(page)) == 2


def test_a_draft_with_questions_that_lack_something_can_be_looked_at(page) -> None:
    run("spuren/tag", str(SAMPLES / "hellingen.xml"))
    client = client_of("Editors")

    assert client.get(f"/cms/pages/{page.pk}/edit/").status_code == 200
    draft = client.get(f"/cms/pages/{page.pk}/view_draft/")
    assert "Wie viele Tracker?" in draft.content.decode()


def test_the_menu_of_a_lesson_offers_the_import(page) -> None:
    html = client_of("Editors").get(f"/cms/pages/{page.pk}/edit/").content.decode()

    assert f"/cms/import-questions/{page.pk}/" in html


def test_a_bad_file_is_named_at_its_field(page) -> None:
    response = upload(client_of("Editors"), page, b"<quiz>")

    assert response.status_code == 422
    assert "in Zeile 1 beschädigt" in response.content.decode()


def test_only_who_may_edit_the_lesson_may_import(page) -> None:
    path = f"/cms/import-questions/{page.pk}/"

    assert Client().get(path).status_code == 302
    stranger = client_of()
    assert stranger.get(path).status_code in (302, 403)
    assert draft_keys(page) == ["wetter-app"]


def test_an_editor_of_other_pages_may_not_import(page) -> None:
    group = Group.objects.create(name="Anderswo")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    elsewhere = world("en").home
    GroupPagePermission.objects.create(
        group=group,
        page=elsewhere,
        permission=Permission.objects.get(codename="change_page"),
    )
    response = upload(client_of("Anderswo"), page, GIFT.read_bytes())

    assert response.status_code in (302, 403)
    assert draft_keys(page) == ["wetter-app"]


def test_nothing_is_added_to_a_page_that_somebody_locked(page) -> None:
    page.locked = True
    page.locked_by = User.objects.create_user(username="jemand")
    page.save()
    client = client_of("Editors")
    response = upload(client, page, GIFT.read_bytes())
    html = client.get(f"/cms/pages/{page.pk}/edit/").content.decode()

    assert response.status_code in (302, 403)
    assert draft_keys(page) == ["wetter-app"]
    assert f"/cms/import-questions/{page.pk}/" not in html
