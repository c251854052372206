"""Lesson packs: what is in them, for whom, and that they need nothing else."""

import io
import re
import zipfile
from typing import Any
from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client
from django.utils import timezone

from courses.groups import services
from courses.groups.levels import Scope, TaskKind, Visibility
from courses.groups.models import Group, Kind, Organisation, StaffRole
from courses.groups.roles import Role
from courses.player.packing import self_contained
from learnsite.accounts.models import User
from tests.factories import single_choice, step_card, text
from tests.groups.test_views import browser_of
from tests.player.conftest import Shelf

pytestmark = pytest.mark.django_db


@pytest.fixture
def teacher(db: None) -> User:
    return User.objects.create_user(username="tom", display_name="Tom")


@pytest.fixture
def evening(shelf: Shelf, teacher: User) -> Group:
    centre = Organisation.objects.create(name="VHS Hellingen", kind=Kind.ADULTS)
    StaffRole.objects.create(organisation=centre, user=teacher, role=Role.TEACHER.value)
    return services.open_group(
        organisation=centre,
        teacher=teacher,
        title="Dienstagabend",
        level=Visibility.NOBODY,
        ends=timezone.localdate(),
        scopes=[(TaskKind.COURSE, Scope(UUID(str(shelf.course.translation_key))))],
    )


def files_of(response: Any) -> dict[str, str]:
    assert response["Content-Type"] == "application/zip"
    assert "no-store" in response["Cache-Control"]
    with zipfile.ZipFile(io.BytesIO(response.content)) as zipped:
        return {
            name.split("/", 1)[1]: zipped.read(name).decode()
            for name in zipped.namelist()
        }


def test_teachers_get_answers_and_members_do_not(teacher: User, evening: Group) -> None:
    lena = User.objects.create_user(display_name="Lena")
    member = services.join(group=evening, user=lena)
    full = files_of(browser_of(teacher).get(f"/gruppen/{evening.pk}/paket/"))
    learner = browser_of(lena, second_factor=False)
    own = files_of(learner.get(f"/lernen/gruppe/{member.pk}/paket/"))
    assert {"index.html", "01-tag.html", "01-tag-aufgaben.html"} <= set(own)
    assert "01-tag-loesungen.html" in full
    assert set(own) < set(full)
    secret = ("loesungen", "lehrkraft", "anleitung")
    assert not [name for name in own if any(word in name for word in secret)]


def test_closed_lessons_are_in_the_teachers_pack_only(
    teacher: User, evening: Group
) -> None:
    evening.tasks.update(is_open=False)
    lena = User.objects.create_user(display_name="Lena")
    member = services.join(group=evening, user=lena)
    learner = browser_of(lena, second_factor=False)
    own = files_of(learner.get(f"/lernen/gruppe/{member.pk}/paket/"))
    assert set(own) == {"index.html"}
    assert "zurzeit keine offenen Lektionen" in own["index.html"]
    full = files_of(browser_of(teacher).get(f"/gruppen/{evening.pk}/paket/"))
    assert "01-tag.html" in full


def test_nothing_in_a_pack_is_fetched_and_every_link_leads_somewhere(
    teacher: User, evening: Group
) -> None:
    files = files_of(browser_of(teacher).get(f"/gruppen/{evening.pk}/paket/"))
    for name, html in files.items():
        page = BeautifulSoup(html, "html.parser")
        assert not page.select("link[rel=stylesheet], script[src], form[action]"), name
        [policy] = page.select("meta[http-equiv=Content-Security-Policy]")
        assert str(policy["content"]).startswith("default-src 'none'")
        for picture in page.select("img"):
            assert str(picture["src"]).startswith("data:")
        for use in page.select("use"):
            assert page.find(id=str(use["href"]).removeprefix("#")), name
        for link in page.select("a[href]"):
            target = str(link["href"]).split("#")[0]
            is_near = target in files or not target
            is_far = target.startswith(("https://", settings.SITE_URL))
            assert is_near or is_far, (name, target)
        urls = re.findall(r"url\([\"']?(.{5})", html)
        assert set(urls) <= {"data:"}, name
        assert "Tom" not in page.get_text()


def test_the_step_cards_that_pages_link_come_along(
    teacher: User, evening: Group, shelf: Shelf
) -> None:
    step_card("standort", note='<p>Auch <a linktype="card" id="updates">so</a>.</p>')
    step_card("updates")
    step_card("ungenannt")
    shelf.first.body = [
        text('<p>Erst <a linktype="card" id="standort">das</a>.</p>'),
        single_choice(),
    ]
    shelf.first.save_revision().publish()

    files = files_of(browser_of(teacher).get(f"/gruppen/{evening.pk}/paket/"))

    cards = {name for name in files if name.startswith("handgriff-")}
    assert cards == {"handgriff-standort.html", "handgriff-updates.html"}
    assert 'href="handgriff-standort.html"' in files["01-tag.html"]
    assert 'href="handgriff-updates.html"' in files["handgriff-standort.html"]
    assert 'href="handgriff-standort.html"' in files["index.html"]
    assert "Die <b>Einstellungen</b> öffnen." in files["handgriff-standort.html"]


def test_strangers_get_no_pack(evening: Group) -> None:
    lena = User.objects.create_user(display_name="Lena")
    member = services.join(group=evening, user=lena)
    other = browser_of(User.objects.create_user(username="fremd"))
    assert other.get(f"/gruppen/{evening.pk}/paket/").status_code == 404
    assert other.get(f"/lernen/gruppe/{member.pk}/paket/").status_code == 404
    assert browser_of(lena).get(f"/gruppen/{evening.pk}/paket/").status_code == 404
    assert Client().get(f"/lernen/gruppe/{member.pk}/paket/").status_code == 302


def test_a_module_brings_along_what_it_imports() -> None:
    html = (
        "<html><head></head><body><main>"
        '<div data-module="/static/apprechte/lab.0123456789ab.js"></div>'
        "</main></body></html>"
    )
    page = BeautifulSoup(self_contained(html, beside={}), "html.parser")
    found = page.select_one("script[type=importmap]")
    assert found is not None
    for name in ("apprechte/lab.js", "apprechte/rights.js", "labs/kit.js"):
        assert f'"pack/{name}": "data:text/javascript;base64,' in found.get_text()
    start = page.select_one("script[type=module]")
    assert start is not None
    assert start.get_text() == 'import "pack/apprechte/lab.js";'


def test_a_picture_that_is_gone_leaves_its_words() -> None:
    html = '<html><body><img src="/media/weg.png" alt="Ein Turm"></body></html>'
    assert "Ein Turm" in self_contained(html, beside={})
    assert "<img" not in self_contained(html, beside={})
