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


def test_the_cms_says_what_deleting_the_last_manager_means_and_does_it(
    cms: Client, school: Organisation, lea: User
) -> None:
    lea.groups.add(CmsRole.objects.get(name="Editors"))
    said = "Niemand würde mehr „Gesamtschule Hellingen“ verwalten"
    one = f"/cms/users/delete/{lea.pk}/"
    assert said in words(cms.get(one))
    several = f"/cms/bulk/accounts/user/delete/?id={lea.pk}"
    assert said in words(cms.get(several))
    zoe = managed_by(school, "zoe")
    assert said not in words(cms.get(one))
    zoe.delete()

    cms.post(one)

    assert not User.objects.filter(username="lea").exists()
    assert school.staff.count() == 0
