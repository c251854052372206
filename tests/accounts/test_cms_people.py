"""The CMS shows editors, never learners, and has one door."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import Page

from learnsite.accounts.models import User
from tests.factories import with_second_factor

from .conftest import PASSWORD
from .test_erasure import traces_of


@pytest.fixture
def cms(editor) -> Client:
    client = Client()
    with_second_factor(editor)
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


def test_whoever_is_added_with_capitals_signs_in_and_is_added_once(cms):
    ines = {
        "username": "Ines.Berg",
        "display_name": "Ines",
        "email": "",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }

    assert cms.post("/cms/users/new/", ines).status_code == 302
    again = cms.post("/cms/users/new/", {**ines, "username": "INES.Berg"})

    assert again.status_code == 200
    assert "Es existiert bereits ein Benutzer mit diesem Benutzernamen." in again.text
    signed_in = Client().post(
        "/konto/login/", {"login": "Ines.Berg", "password": PASSWORD}
    )
    assert signed_in.status_code == 302
    assert User.objects.filter(username="ines.berg").count() == 1


def test_editor_is_changed(cms, editor):
    other = User.objects.create_user("ada", "", PASSWORD, is_staff=True)

    response = cms.post(
        f"/cms/users/edit/{other.pk}/",
        {"username": "ada", "display_name": "Ada", "email": "", "is_active": "on"},
    )

    assert response.status_code == 302
    assert User.objects.get(username="ada").display_name == "Ada"


def test_learner_may_not_enter(lena_client):
    page = lena_client.get("/cms/", follow=True)
    assert page.status_code == 403
    assert len(page.redirect_chain) == 1
    assert "Das Konto „Flinker Otter 27“ hat im Redaktionsbereich keine" in page.text
    assert "Admin-Interface" not in page.text


def test_cms_asks_at_the_one_door(client, db):
    response = client.get("/cms/", follow=True)
    assert response.redirect_chain[-1] == ("/konto/login/?next=/cms/", 302)


def test_selecting_all_means_all_in_the_list(cms, editor, lena, tom):
    page = cms.get("/cms/bulk/accounts/user/delete/?id=all")

    assert "Flinker Otter 27" not in page.text
    cms.post("/cms/bulk/accounts/user/set_active_state/?id=all", {"mark_as_active": ""})
    cms.post("/cms/bulk/accounts/user/delete/?id=all")
    assert {lena.user, tom} <= set(User.objects.filter(is_active=True))


@pytest.mark.parametrize("action", ["delete", "assign_role", "set_active_state"])
def test_learners_cannot_be_chosen_by_number(cms, lena, action):
    path = f"/cms/bulk/accounts/user/{action}/?id={lena.user.pk}"

    assert cms.get(path).status_code == 404
    assert cms.post(path).status_code == 404


@pytest.mark.parametrize("path", ["/cms/users/new/", "/cms/users/edit/{pk}/"])
def test_forms_ask_for_one_name(cms, editor, path):
    page = cms.get(path.format(pk=editor.pk)).text

    assert 'name="display_name"' in page
    assert "first_name" not in page


def test_own_settings_ask_for_one_name(cms, editor):
    page = cms.get("/cms/account/").text
    assert 'name="name_email-display_name" value="Redaktion Ada"' in page
    assert "last_name" not in page

    cms.post(
        "/cms/account/",
        {
            "name_email-display_name": "Ada",
            "locale-preferred_language": "de",
            "locale-current_time_zone": "Europe/Berlin",
            "theme-theme": "system",
            "theme-contrast": "system",
            "theme-density": "default",
        },
    )

    editor.refresh_from_db()
    assert editor.display_name == "Ada"


def test_settings_of_the_cms_are_for_its_people(lena_client):
    assert lena_client.get("/cms/account/").status_code == 302


def test_wagtails_own_door_leads_to_the_one_door(client, db):
    assert client.get("/cms/login/?next=/cms/pages/").url == (
        "/konto/login/?next=/cms/pages/"
    )


def test_person_deleted_in_the_cms_is_erased_completely(cms, editor):
    other = User.objects.create_user(
        "ada", "ada@example.org", PASSWORD, display_name="Ada Hilfe", is_staff=True
    )
    page = Page.objects.get(depth=1).add_child(instance=Page(title="S", owner=other))
    Page.objects.get(pk=page.pk).save_revision(user=other)

    # The next page shows, and forgets, the message that names the person.
    done = cms.post(f"/cms/users/delete/{other.pk}/", follow=True)
    assert done.status_code == 200

    assert traces_of(str(other.pk), other.pk.hex, "Ada Hilfe", other.email) == set()
