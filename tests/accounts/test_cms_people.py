"""The CMS shows editors, never learners, and has one door."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from learnsite.accounts.models import User

from .conftest import PASSWORD


@pytest.fixture
def cms(editor) -> Client:
    client = Client()
    client.force_login(editor, backend="learnsite.accounts.backends.AccountBackend")
    return client


def test_list_shows_people_with_a_role_only(cms, lena, tom):
    helper = User.objects.create_user("ada", "", PASSWORD, display_name="Ada Hilfe")
    helper.groups.add(Group.objects.get(name="Editors"))

    page = cms.get("/cms/users/").text

    assert "Redaktion Ada" in page
    assert "Ada Hilfe" in page
    assert "Flinker Otter 27" not in page
    assert str(lena.user.pk) not in page
    assert ">Tom<" not in page


def test_search_finds_no_learner(cms, tom):
    assert ">Tom<" not in cms.get("/cms/users/results/?q=tom").text


@pytest.mark.parametrize("action", ["edit", "delete", "history"])
def test_learner_has_no_address_in_the_cms(cms, lena, action):
    assert cms.get(f"/cms/users/{action}/{lena.user.pk}/").status_code == 404


def test_list_does_not_tell_when_somebody_was_there(cms, editor):
    page = cms.get("/cms/users/").text

    assert "last_login" not in page


def test_editor_is_created_without_first_and_last_name(cms):
    editors = Group.objects.get(name="Editors")

    response = cms.post(
        "/cms/users/new/",
        {
            "username": "ada",
            "display_name": "Ada",
            "email": "",
            "password1": "noch-ein-langes-passwort",
            "password2": "noch-ein-langes-passwort",
            "groups": [str(editors.pk)],
        },
    )

    assert response.status_code == 302
    user = User.objects.get(username="ada")
    assert (str(user), user.is_staff, list(user.groups.all())) == (
        "Ada", True, [editors],
    )  # fmt: skip


def test_editor_is_changed(cms, editor):
    other = User.objects.create_user("ada", "", PASSWORD, is_staff=True)

    response = cms.post(
        f"/cms/users/edit/{other.pk}/",
        {"username": "ada", "display_name": "Ada", "email": "", "is_active": "on"},
    )

    assert response.status_code == 302
    assert User.objects.get(username="ada").display_name == "Ada"


def test_learner_may_not_enter(lena_client):
    assert lena_client.get("/cms/").status_code == 302


def test_cms_asks_at_the_one_door(client, db):
    assert client.get("/cms/").url == "/konto/login/?next=/cms/"
