"""Groups never stay in the hands of somebody who has no role any more."""

import re
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client

from courses.groups import services
from courses.groups.models import Group, GroupTeacher, Kind, Organisation, StaffRole
from courses.groups.roles import Role
from courses.groups.services import GroupError
from learnsite.accounts import outbox
from learnsite.accounts.models import User
from learnsite.accounts.services import erase_account
from tests.factories import with_second_factor

pytestmark = pytest.mark.django_db


def hire(school: Organisation, name: str, role: Role = Role.TEACHER) -> User:
    user, _new = User.objects.get_or_create(username=name)
    StaffRole.objects.create(organisation=school, user=user, role=role.value)
    return user


def role_of(user: User, role: Role = Role.TEACHER) -> StaffRole:
    return StaffRole.objects.get(user=user, role=role.value)


def led_by(group: Group) -> set[str]:
    return set(group.teachers.values_list("user__username", flat=True))


@pytest.fixture
def lea(school: Organisation) -> User:
    return hire(school, "lea", Role.MANAGER)


@pytest.fixture
def group(open_group: Callable[..., Group]) -> Group:
    return open_group()


def test_a_group_stays_with_its_deputies(
    group: Group, school: Organisation, teacher: User, lea: User
) -> None:
    hire(school, "ayse")
    services.add_deputy(group=group, username="ayse", by=teacher)
    [found] = services.remove_staff(staff=role_of(teacher), by=lea)
    assert led_by(group) == {"ayse"}
    assert [user.username for user in found.leaders] == ["ayse"]


def test_a_deputy_who_cannot_sign_in_is_none(
    group: Group, school: Organisation, teacher: User, lea: User
) -> None:
    """Else the group would be left with nobody who can open it."""
    gone = hire(school, "ayse")
    services.add_deputy(group=group, username="ayse", by=teacher)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    with pytest.raises(GroupError, match=GroupError.LAST_TEACHER):
        services.remove_deputy(teacher=group.teachers.get(user=teacher))
    zoe = hire(school, "zoe", Role.MANAGER)
    [found] = services.remove_staff(staff=role_of(teacher), by=lea)
    assert found.leaders == (zoe,)
    assert "zoe" in led_by(group)


def test_without_deputies_it_goes_to_another_manager_than_who_ended_the_role(
    group: Group, school: Organisation, teacher: User, lea: User
) -> None:
    hire(school, "zoe", Role.MANAGER)
    services.remove_staff(staff=role_of(teacher), by=lea)
    assert led_by(group) == {"zoe"}


def test_who_ended_the_role_takes_it_where_there_is_no_other_manager(
    group: Group, teacher: User, lea: User
) -> None:
    services.remove_staff(staff=role_of(teacher), by=lea)
    assert led_by(group) == {"lea"}


def test_who_runs_the_site_gets_no_group_by_ending_a_role(
    group: Group, teacher: User, lea: User
) -> None:
    operator = User.objects.create_superuser("betrieb")
    services.remove_staff(staff=role_of(teacher), by=operator)
    assert led_by(group) == {"lea"}


def test_a_manager_who_takes_part_does_not_lead(
    group: Group, school: Organisation, teacher: User, lea: User
) -> None:
    services.join(group=group, user=lea)
    hire(school, "zoe", Role.MANAGER)
    services.remove_staff(staff=role_of(teacher), by=lea)
    assert led_by(group) == {"zoe"}


def test_who_keeps_another_role_that_leads_keeps_the_groups(
    group: Group, school: Organisation, teacher: User, lea: User
) -> None:
    hire(school, "tom", Role.MANAGER)
    assert services.remove_staff(staff=role_of(teacher), by=lea) == []
    assert led_by(group) == {"tom"}
    services.remove_staff(staff=role_of(teacher, Role.MANAGER), by=lea)
    assert led_by(group) == {"lea"}


def test_groups_of_other_organisations_are_left_alone(
    group: Group, open_group: Callable[..., Group], teacher: User, lea: User
) -> None:
    elsewhere = Organisation.objects.create(name="VHS", kind=Kind.ADULTS)
    StaffRole.objects.create(organisation=elsewhere, user=teacher, role="teacher")
    theirs = open_group(organisation=elsewhere, title="Abend")
    staff = StaffRole.objects.get(organisation=group.organisation, user=teacher)
    services.remove_staff(staff=staff, by=lea)
    assert led_by(theirs) == {"tom"}
    assert led_by(group) == {"lea"}


def test_the_last_manager_stays_and_nothing_is_half_done(
    group: Group, school: Organisation, teacher: User, lea: User
) -> None:
    services.add_deputy(group=group, username="lea", by=teacher)
    with pytest.raises(GroupError) as refused:
        services.remove_staff(staff=role_of(lea, Role.MANAGER), by=lea)
    assert refused.value.reason == GroupError.LAST_MANAGER
    assert led_by(group) == {"tom", "lea"}
    assert school.staff.count() == 2


def test_who_cannot_sign_in_is_no_other_manager(
    school: Organisation, teacher: User, lea: User
) -> None:
    hire(school, "zoe", Role.MANAGER)
    User.objects.filter(username="zoe").update(is_active=False)
    with pytest.raises(GroupError):
        services.remove_staff(staff=role_of(lea, Role.MANAGER), by=lea)


def test_an_erased_account_hands_its_groups_over(
    group: Group, teacher: User, lea: User
) -> None:
    erase_account(user=teacher)
    assert led_by(group) == {"lea"}


def test_where_nobody_can_take_it_the_group_stays_without_a_leader(
    group: Group, teacher: User
) -> None:
    erase_account(user=teacher)
    assert led_by(group) == set()
    assert Group.objects.filter(pk=group.pk).exists()


def test_who_leads_now_is_told_by_mail_but_not_who_did_it(
    group: Group, school: Organisation, teacher: User, lea: User
) -> None:
    ayse = hire(school, "ayse")
    services.add_deputy(group=group, username="ayse", by=teacher)
    for user in (ayse, lea):
        EmailAddress.objects.create(
            user=user, email=f"{user.username}@example.org", verified=True
        )
    services.remove_staff(staff=role_of(teacher), by=lea)
    services.remove_staff(staff=role_of(ayse), by=lea)
    outbox.send_waiting()
    [sent] = mail.outbox
    assert sent.to == ["ayse@example.org"]
    assert "9b, Gesamtschule Hellingen" in sent.body
    assert "tom" not in sent.body


# --- Deputies ---


def test_only_staff_of_the_organisation_can_be_named(
    group: Group, school: Organisation, lena: User
) -> None:
    elsewhere = Organisation.objects.create(name="VHS", kind=Kind.ADULTS)
    hire(elsewhere, "eva")
    hire(school, "rat", Role.AUDITOR)
    for name, reason in (
        ("eva", GroupError.NOT_STAFF),
        ("rat", GroupError.NOT_STAFF),
        ("niemand", GroupError.UNKNOWN_NAME),
    ):
        with pytest.raises(GroupError) as refused:
            services.add_deputy(group=group, username=name, by=lena)
        assert refused.value.reason == reason
    assert led_by(group) == {"tom"}


def test_an_account_is_found_whatever_capitals_are_typed(
    group: Group, school: Organisation, lena: User
) -> None:
    User.objects.create_user(username="petra.meier")
    services.add_staff(organisation=school, username=" Petra.Meier ", role=Role.TEACHER)
    services.add_deputy(group=group, username="PETRA.MEIER", by=lena)
    assert led_by(group) == {"tom", "petra.meier"}


def test_nobody_names_themselves(group: Group, lea: User) -> None:
    with pytest.raises(GroupError) as refused:
        services.add_deputy(group=group, username="lea", by=lea)
    assert refused.value.reason == GroupError.ONESELF
    assert led_by(group) == {"tom"}


def test_a_member_cannot_lead(
    group: Group, school: Organisation, teacher: User
) -> None:
    services.join(group=group, user=hire(school, "ayse"))
    with pytest.raises(GroupError) as refused:
        services.add_deputy(group=group, username="ayse", by=teacher)
    assert refused.value.reason == GroupError.IS_MEMBER


def test_the_last_teacher_stays(group: Group) -> None:
    with pytest.raises(GroupError) as refused:
        services.remove_deputy(teacher=group.teachers.get())
    assert refused.value.reason == GroupError.LAST_TEACHER


# --- The pages ---


@pytest.fixture
def office(lea: User) -> Client:
    client = Client()
    client.force_login(
        with_second_factor(lea), backend="learnsite.accounts.backends.AccountBackend"
    )
    return client


def words(response: object) -> str:
    soup = BeautifulSoup(response.content, "html.parser")  # type: ignore[attr-defined]
    return " ".join(soup.find("main").get_text(" ").split())  # type: ignore[union-attr]


def test_before_a_role_ends_stands_who_takes_the_groups_and_afterwards_who_did(
    office: Client, group: Group, school: Organisation, teacher: User
) -> None:
    path = f"/gruppen/organisation/{school.pk}/"
    assert "Geleitet von: tom" in words(office.get(path))
    ending = f"{path}rolle/{role_of(teacher).pk}/"
    assert "9b Geleitet von: lea" in words(office.get(ending))
    assert led_by(group) == {"tom"}  # looking ends nothing
    done = office.post(ending, follow=True)
    assert "„9b“ leitet jetzt lea." in done.text
    assert led_by(group) == {"lea"}
    assert office.post(ending).status_code == 404


def test_who_ends_their_own_role_is_led_on_and_told_who_leads_the_groups(
    office: Client, group: Group, school: Organisation, lea: User
) -> None:
    hire(school, "mia", Role.MANAGER)
    services.add_deputy(
        group=group, username="lea", by=User.objects.get(username="mia")
    )
    group.teachers.exclude(user=lea).delete()
    mine = school.staff.get(user=lea)
    done = office.post(
        f"/gruppen/organisation/{school.pk}/rolle/{mine.pk}/", follow=True
    )
    assert done.redirect_chain == [("/gruppen/", 302)]
    assert done.status_code == 200
    assert "„9b“ leitet jetzt mia." in done.text


def test_a_manager_names_a_deputy_and_takes_somebody_out(
    office: Client, group: Group, school: Organisation
) -> None:
    hire(school, "ayse")
    path = f"/gruppen/{group.pk}/leitung/"
    office.post(path, {"username": "ayse"})
    assert led_by(group) == {"ayse", "tom"}
    tom = group.teachers.get(user__username="tom")
    office.post(path, {"remove": str(tom.pk)})
    assert led_by(group) == {"ayse"}
    last = office.post(path, {"remove": str(group.teachers.get().pk)})
    assert last.status_code == 422
    assert "Sonst leitet niemand diese Gruppe." in words(last)


def test_no_telephone_begins_the_name_of_an_account_with_a_capital(
    office: Client, group: Group, school: Organisation
) -> None:
    for path in (f"organisation/{school.pk}/", f"{group.pk}/leitung/"):
        page = office.get(f"/gruppen/{path}").text
        (field,) = re.findall(r'<input[^>]*name="username"[^>]*>', page)
        assert 'autocapitalize="none"' in field


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "Bitte einen Benutzernamen angeben."),
        ("niemand", "Kein Konto hat diesen Benutzernamen."),
        ("fremd", "Dieses Konto ist hier keine Lehrkraft."),
        ("lea", "Niemand ernennt sich selbst. Das kann jemand anders mit der Rolle"),
    ],
)
def test_a_wrong_name_is_said_at_its_field(
    office: Client, group: Group, name: str, said: str
) -> None:
    User.objects.create_user(username="fremd")
    refused = office.post(f"/gruppen/{group.pk}/leitung/", {"username": name})
    assert refused.status_code == 422
    assert said in words(refused)
    assert GroupTeacher.objects.count() == 1


def test_a_manager_who_keeps_a_group_comes_back_to_the_organisation(
    office: Client, group: Group, school: Organisation
) -> None:
    page = office.get(f"/gruppen/{group.pk}/loeschen/").text
    assert f'href="/gruppen/organisation/{school.pk}/"' in page
    assert f'href="/gruppen/{group.pk}/"' not in page
