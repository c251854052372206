"""Nobody leaves an organisation with nobody, whichever way a manager goes."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group as CmsRole
from django.test import Client

from courses.groups.models import Organisation, StaffRole
from courses.groups.roles import Role
from learnsite.accounts import retention, services
from learnsite.accounts.keys import key_hash
from learnsite.accounts.models import Session, User
from tests.factories import with_second_factor

pytestmark = pytest.mark.django_db
ERASE = "/meine-daten/loeschen/"
PASSWORD = "ein-langes-Passwort-42"


def managed_by(school: Organisation, name: str) -> User:
    user = User.objects.create_user(name, "", PASSWORD)
    StaffRole.objects.create(organisation=school, user=user, role=Role.MANAGER.value)
    return user


@pytest.fixture
def lea(school: Organisation) -> User:
    return managed_by(school, "lea")


@pytest.fixture
def browser(lea: User) -> Client:
    """Lea, who has just proved who she is."""
    browser = Client(headers={"Sec-Fetch-Site": "same-origin"})
    browser.post("/konto/login/", {"login": "lea", "password": PASSWORD})
    browser.post(f"/konto/reauthenticate/?next={ERASE}", {"password": PASSWORD})
    return browser


def words(response: object) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text().split())  # type: ignore[attr-defined]


def test_the_last_manager_reads_what_to_do_and_nothing_is_half_done(
    browser: Client, school: Organisation
) -> None:
    told = browser.get(ERASE)
    assert "kann noch nicht gelöscht werden" in words(told)
    assert "Gesamtschule Hellingen" in words(told)
    assert "zuerst jemand anderes" in words(told)
    page = BeautifulSoup(told.content, "html.parser")
    assert page.select(f'main a[href="/gruppen/organisation/{school.pk}/"]')
    assert not page.select(f'form[action="{ERASE}"]')

    refused = browser.post(ERASE)

    assert refused.status_code == 409
    assert "kann noch nicht gelöscht werden" in words(refused)
    assert User.objects.filter(username="lea").exists()
    assert StaffRole.objects.count() == 1
    assert browser.get("/meine-daten/").status_code == 200
    assert Session.objects.exists()


def test_with_another_manager_the_account_goes(
    browser: Client, school: Organisation
) -> None:
    managed_by(school, "zoe")
    assert browser.post(ERASE)["Location"] == "/meine-daten/geloescht/"
    assert not User.objects.filter(username="lea").exists()
    assert not Session.objects.exists()
    assert "_auth_user_id" not in browser.session


def test_a_manager_who_cannot_sign_in_does_not_count(
    school: Organisation, lea: User
) -> None:
    User.objects.filter(pk=managed_by(school, "zoe").pk).update(is_active=False)
    with pytest.raises(services.StillNeededError) as refused:
        services.erase_unless_needed(user=lea)
    [need] = refused.value.needs
    assert "Gesamtschule Hellingen" in need.advice


def test_a_teacher_goes_when_they_like(teacher: User) -> None:
    services.erase_unless_needed(user=teacher)
    assert not User.objects.exists()


def test_housekeeping_leaves_the_last_manager_and_erases_the_others(
    school: Organisation,
) -> None:
    long_ago = date(2020, 1, 1)
    for number in range(2):
        User.objects.create_user(key_hash=key_hash((str(number),) * 6), joined=long_ago)
    kept = User.objects.order_by("pk").first()
    StaffRole.objects.create(organisation=school, user=kept, role=Role.MANAGER.value)
    assert retention.erase_unused_accounts(today=date(2026, 11, 27)) == 1
    assert User.objects.get() == kept


@pytest.fixture
def cms() -> Client:
    operator = with_second_factor(User.objects.create_superuser("betrieb"))
    client = Client()
    client.force_login(operator, backend="learnsite.accounts.backends.AccountBackend")
    return client


ADVICE = "Niemand sonst verwaltet „Gesamtschule Hellingen“"


def edited(user: User, **changed: str) -> dict[str, str]:
    return {"username": user.username, "display_name": "Lea", "email": "", **changed}


@pytest.mark.parametrize("way", ["delete", "delete at once", "edit", "off at once"])
def test_the_cms_keeps_the_last_manager_and_says_what_to_do(
    cms: Client, school: Organisation, lea: User, way: str
) -> None:
    lea.groups.add(CmsRole.objects.get(name="Editors"))
    bulk = "/cms/bulk/accounts/user"
    path, form = {
        "delete": (f"/cms/users/delete/{lea.pk}/", {}),
        "delete at once": (f"{bulk}/delete/?next=/cms/users/&id={lea.pk}", {}),
        "edit": (f"/cms/users/edit/{lea.pk}/", edited(lea)),
        "off at once": (
            f"{bulk}/set_active_state/?next=/cms/users/&id={lea.pk}",
            {"mark_as_active": "False"},
        ),
    }[way]

    refused = cms.post(path, form, follow=True)

    assert ADVICE in words(refused)
    assert "zuerst jemand anderes" in words(refused)
    assert User.objects.filter(username="lea", is_active=True).exists()

    managed_by(school, "zoe")
    assert ADVICE not in words(cms.post(path, form, follow=True))
    assert not User.objects.filter(username="lea", is_active=True).exists()


def test_the_cms_asks_nothing_that_it_would_refuse(
    cms: Client, school: Organisation, lea: User
) -> None:
    lea.groups.add(CmsRole.objects.get(name="Editors"))
    told = cms.get(f"/cms/users/delete/{lea.pk}/", follow=True)
    assert ADVICE in words(told)
    assert told.redirect_chain == [("/cms/users/", 302)]


def test_two_who_manage_together_do_not_go_together(
    cms: Client, school: Organisation, lea: User
) -> None:
    both = (lea, managed_by(school, "zoe"))
    for each in both:
        each.groups.add(CmsRole.objects.get(name="Editors"))
    chosen = "&".join(["next=/cms/users/", *(f"id={each.pk}" for each in both)])
    for action, form in (
        ("delete", {}),
        ("set_active_state", {"mark_as_active": "False"}),
    ):
        refused = cms.post(
            f"/cms/bulk/accounts/user/{action}/?{chosen}", form, follow=True
        )
        assert ADVICE in words(refused)
    assert User.objects.filter(username__in=["lea", "zoe"], is_active=True).count() == 2


def test_switching_the_last_manager_on_is_allowed(
    cms: Client, school: Organisation, lea: User
) -> None:
    lea.groups.add(CmsRole.objects.get(name="Editors"))
    User.objects.filter(pk=lea.pk).update(is_active=False)
    path = f"/cms/bulk/accounts/user/set_active_state/?id={lea.pk}"
    cms.post(path, {"mark_as_active": "True"})
    assert User.objects.get(pk=lea.pk).is_active
