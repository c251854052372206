"""The page with names: who gets in, what it holds, and the file it makes."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from courses.groups.levels import Visibility
from courses.groups.models import Access, Group
from learnsite.accounts.models import User
from tests.browser.conftest import missing
from tests.contracts.test_labs import HOW_TO_GET_NODE
from tests.groups.test_views import browser_of, desk, joined, opened
from tests.player.conftest import Shelf, lena_client, published_shelf, shelf, visitor

__all__ = [
    "desk",
    "lena_client",
    "opened",
    "published_shelf",
    "shelf",
    "visitor",
]

pytestmark = pytest.mark.django_db


def names_of(group: Group) -> str:
    return f"/gruppen/{group.pk}/namen/"


def test_only_its_teachers_reach_the_names_of_a_group(
    desk: Client, opened: Callable[..., Group], lena: User
) -> None:
    group = opened()
    path = names_of(group)
    pupil, _member = joined(group)
    assert desk.get(path).status_code == 200
    assert browser_of(lena).get(path).status_code == 404
    assert pupil.get(path).status_code == 404
    assert Client().get(path)["Location"] == f"/konto/login/?next={path}"
    assert desk.post(path).status_code == 405


def test_the_page_with_names_can_send_no_form_and_is_kept_nowhere(
    desk: Client, opened: Callable[..., Group], shelf: Shelf
) -> None:
    response = desk.get(names_of(opened()))
    page = BeautifulSoup(response.content, "html.parser")
    assert page.select("form, body [name], [formaction], iframe, .prose") == []
    policy = response["Content-Security-Policy"]
    assert "form-action 'none'" in policy
    assert "unsafe" not in policy
    assert set(re.findall(r"(\S+)-src ([^;]+)", policy)) == {
        ("default", "'none'"),
        ("script", "'self'"),
        ("style", "'self'"),
        ("img", "'self' data:"),
        ("font", "'self'"),
        ("connect", "'self'"),
    }
    assert response["Cache-Control"] == "no-store, private"
    fields = page.select("input:not([type=file]), textarea")
    assert {field["autocomplete"] for field in fields} == {"off"}
    words = page.select("input:not([type=file], [type=checkbox]), textarea")
    # A spelling service of the browser would read along.
    assert {field["spellcheck"] for field in words} == {"false"}
    assert page.select_one("[data-names]")["translate"] == "no"


def test_looking_at_names_is_looking_at_the_board(
    desk: Client, opened: Callable[..., Group]
) -> None:
    group = opened(Visibility.PROGRESS)
    _pupil, member = joined(group)
    desk.get(names_of(group))
    assert Access.objects.filter(membership=member).count() == 1


def test_the_file_passes_its_own_tests() -> None:
    node = shutil.which("node")
    if node is None:
        missing(HOW_TO_GET_NODE)
    file = Path(__file__).with_name("names_file.test.js")
    done = subprocess.run(
        [node, "--test", str(file)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
