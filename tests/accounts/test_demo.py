"""The demo's cast."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.test import Client, override_settings

from learnsite.accounts import demo
from learnsite.accounts.models import User

from .conftest import PASSWORD, sign_in

pytestmark = pytest.mark.django_db


def test_cast_is_refused_where_people_learn():
    with pytest.raises(ImproperlyConfigured):
        demo.create_demo_people()

    assert not User.objects.exists()


@override_settings(DEMO_PEOPLE=True)
def test_everybody_can_sign_in_as_printed():
    lena, *staff = demo.create_demo_people()

    assert sign_in(Client(), lena.learning_key).status_code == 302
    for person in staff:
        response = Client().post(
            person.sign_in, {"login": person.username, "password": person.password}
        )
        assert response.status_code == 302, person.name


@override_settings(DEMO_PEOPLE=True)
def test_roles_are_those_of_the_cast():
    demo.create_demo_people()

    roles = {
        str(user): (
            user.is_staff,
            user.is_superuser,
            [group.name for group in user.groups.order_by("name")],
        )
        for user in User.objects.all()
    }
    assert roles == {
        "Lena": (False, False, []),
        "Tom (Lehrkraft)": (False, False, []),
        "Redaktion": (True, False, ["Editors", "Moderators"]),
        "Leitung": (True, True, []),
    }


@override_settings(DEMO_PEOPLE=True)
def test_second_run_changes_nothing():
    first = demo.create_demo_people()
    before = list(User.objects.order_by("pk").values())

    assert demo.create_demo_people() == first
    assert list(User.objects.order_by("pk").values()) == before


@override_settings(DEMO_PEOPLE=True)
def test_cast_can_be_removed(capsys):
    demo.create_demo_people()

    call_command("remove_demo_people")

    assert capsys.readouterr().out == "4 Demo-Personen gelöscht.\n"
    assert not User.objects.exists()


def test_removing_spares_namesakes(tom):
    assert demo.remove_demo_people() == 0
    assert User.objects.get() == tom


def test_published_credentials_open_nothing_without_a_demo():
    with override_settings(DEMO_PEOPLE=True):
        lena, *staff = demo.create_demo_people()

    assert sign_in(Client(), lena.learning_key).status_code == 422
    for person in staff:
        client = Client()
        response = client.post(
            person.sign_in, {"login": person.username, "password": person.password}
        )
        assert response.status_code == 200, person.name
        assert "_auth_user_id" not in client.session, person.name


def test_own_password_of_a_namesake_opens_without_a_demo(client, tom):
    client.post("/konto/login/", {"login": "tom", "password": PASSWORD})

    assert client.session["_auth_user_id"] == str(tom.pk)
