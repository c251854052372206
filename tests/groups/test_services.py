"""Opening, joining and ending; what cannot be done leaves nothing half done."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from importlib import import_module
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from courses.groups import retention, services
from courses.groups.levels import Visibility
from courses.groups.models import (
    Group,
    Kind,
    Membership,
    Organisation,
    end_of_school_year,
)
from courses.groups.queries import with_cards
from courses.groups.services import GroupError
from courses.player.reissuing import renew_cards
from learnsite.accounts.models import User

pytestmark = pytest.mark.django_db


def people(number: int) -> list[User]:
    return [User.objects.create_user(display_name=f"Nr. {n}") for n in range(number)]


def test_the_level_of_a_group_can_never_be_changed(
    open_group: Callable[..., Group],
) -> None:
    group = open_group(Visibility.COMPLETED)
    group.level = Visibility.HELP
    with pytest.raises(ValueError, match="never changes"):
        group.save()
    group.refresh_from_db()
    group.title = "9c"
    group.save()
    assert Group.objects.get().level == Visibility.COMPLETED


def test_an_administration_cannot_see_progress(
    town_hall: Organisation, teacher: User, open_group: Callable[..., Group]
) -> None:
    with pytest.raises(GroupError, match=GroupError.LEVEL_TOO_HIGH):
        open_group(Visibility.PROGRESS, organisation=town_hall)
    assert not Group.objects.exists()
    town_hall.ceiling = Visibility.HELP
    with pytest.raises(IntegrityError), transaction.atomic():
        town_hall.save()


def refused(organisation: Organisation) -> set[str]:
    """Return which fields the form refuses, and that nothing else saves it either."""
    with pytest.raises(ValidationError) as found:
        organisation.full_clean()
    with pytest.raises(ValueError, match="agreed on"):
        organisation.save()
    organisation.refresh_from_db()
    return set(found.value.message_dict)


@pytest.mark.parametrize("kind", [Kind.ADMINISTRATION, Kind.ADULTS])
def test_an_organisation_with_groups_stays_of_its_kind(
    school: Organisation, open_group: Callable[..., Group], kind: Kind
) -> None:
    """Else a class of level 3 would be employees', and its agreement reworded."""
    group = open_group(Visibility.COMPLETED)
    before = group.agreement
    school.kind, school.ceiling = kind, Visibility.COMPLETED
    assert refused(school) == {"kind"}
    assert (school.kind, Group.objects.get().agreement) == (Kind.SCHOOL, before)
    services.end_group(group=group)
    school.kind, school.ceiling = kind, Visibility.COMPLETED
    school.full_clean()
    school.save()
    assert Organisation.objects.get(pk=school.pk).kind == kind


def test_a_ceiling_is_never_below_what_a_group_has_agreed_on(
    school: Organisation, open_group: Callable[..., Group]
) -> None:
    open_group(Visibility.PROGRESS)
    school.ceiling = Visibility.COMPLETED
    assert refused(school) == {"ceiling"}
    school.ceiling, school.name = Visibility.PROGRESS, "Gesamtschule am Wehr"
    school.full_clean()
    school.save()
    assert Organisation.objects.get(pk=school.pk).ceiling == Visibility.PROGRESS


def test_a_group_is_opened_by_what_its_organisation_allows_now(
    school: Organisation, open_group: Callable[..., Group]
) -> None:
    Organisation.objects.update(kind=Kind.ADMINISTRATION, ceiling=Visibility.COMPLETED)
    with pytest.raises(GroupError, match=GroupError.LEVEL_TOO_HIGH):
        open_group(Visibility.HELP, organisation=school)


def test_no_group_begins_above_the_ceiling_whoever_saves_it(
    school: Organisation,
) -> None:
    Organisation.objects.update(ceiling=Visibility.COMPLETED)
    today = timezone.localdate()
    days = {"starts": today, "ends": today, "delete_on": today + timedelta(days=30)}
    group = Group(organisation=school, title="9b", code="7KD4MX", **days)
    group.level = Visibility.PROGRESS  # ``school`` still holds the ceiling of before
    with pytest.raises(ValueError, match="organisation allows"):
        group.save()
    group.level = Visibility.COMPLETED
    group.save()
    assert Group.objects.get().level == Visibility.COMPLETED


def test_the_cms_says_what_to_do_before_an_organisation_becomes_another_kind(
    school: Organisation, open_group: Callable[..., Group], admin_client: Client
) -> None:
    open_group(Visibility.HELP)
    page = admin_client.post(
        reverse("organisations:edit", args=[school.pk]),
        {
            "name": school.name,
            "kind": "verwaltung",
            "ceiling": "1",
            "retention_days": "30",
            "evidence_years": "3",
        },
    )
    assert "Zuerst diese Gruppen beenden oder" in page.content.decode()
    assert "In Schulen ohne Wirkung" in page.content.decode()
    school.refresh_from_db()
    assert school.kind == Kind.SCHOOL


@pytest.mark.parametrize(
    ("field", "allowed", "refused"),
    [
        ("evidence_years", (1, 30), (0, 31, 9999)),
        ("retention_days", (0, 3650), (3651,)),
    ],
)
def test_periods_are_such_as_can_be_counted(
    school: Organisation,
    admin_client: Client,
    field: str,
    allowed: tuple[int, ...],
    refused: tuple[int, ...],
) -> None:
    values = {
        "name": school.name,
        "kind": "schule",
        "ceiling": "3",
        "retention_days": "30",
        "evidence_years": "3",
    }
    path = reverse("organisations:edit", args=[school.pk])
    for number in allowed:
        assert admin_client.post(path, {**values, field: number}).status_code == 302
        assert Organisation.objects.filter(**{field: number}).exists()
    for number in refused:
        assert admin_client.post(path, {**values, field: number}).status_code == 200
        with pytest.raises(IntegrityError), transaction.atomic():
            Organisation.objects.update(**{field: number})


@pytest.fixture
def _without_constraints() -> Iterator[None]:
    """Let rows be written as they were before the constraint."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        else:
            name = "evidence_is_kept_for_years_that_can_be_counted"
            cursor.execute(f"ALTER TABLE courses_organisation DROP CONSTRAINT {name}")
        yield
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


@pytest.mark.usefixtures("_without_constraints")
def test_periods_of_before_are_brought_to_what_can_be_counted() -> None:
    migration = import_module("courses.migrations.0024_numbers_that_can_be_counted")
    Organisation.objects.bulk_create(
        Organisation(name=f"{years} Jahre", kind=Kind.SCHOOL, evidence_years=years)
        for years in (0, 3, 9999)
    )
    migration.bring_within_bounds(apps, None)
    kept = Organisation.objects.order_by("evidence_years")
    assert [(each.name, each.evidence_years) for each in kept] == [
        ("0 Jahre", 1), ("3 Jahre", 3), ("9999 Jahre", 30),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2026, 8, 1), date(2027, 7, 31)),
        (date(2026, 7, 31), date(2026, 7, 31)),
        (date(2027, 1, 15), date(2027, 7, 31)),
    ],
)
def test_a_class_goes_with_the_school_year(day: date, end: date) -> None:
    assert end_of_school_year(day) == end


@pytest.mark.parametrize("kind", Kind)
def test_a_group_is_there_all_of_its_last_day(
    open_group: Callable[..., Group], school: Organisation, kind: Kind
) -> None:
    Organisation.objects.update(kind=kind, ceiling=0, retention_days=0)
    school.refresh_from_db()
    with time_machine.travel("2027-06-01 12:00+02:00", tick=False) as clock:
        ends = date(2027, 7, 31)
        group = open_group(Visibility.NOBODY, organisation=school, ends=ends)
        clock.move_to("2027-07-31 03:00+02:00")
        retention.delete_ended_groups()
        assert Group.objects.get().is_running
        clock.move_to("2027-08-01 03:00+02:00")
        retention.delete_ended_groups()
    assert not Group.objects.filter(pk=group.pk).exists()


def test_no_group_goes_on_its_last_day(open_group: Callable[..., Group]) -> None:
    group = open_group()
    with pytest.raises(IntegrityError), transaction.atomic():
        Group.objects.filter(pk=group.pk).update(delete_on=group.ends)


def test_other_groups_go_thirty_days_after_their_end(
    town_hall: Organisation, open_group: Callable[..., Group]
) -> None:
    ends = timezone.localdate() + timedelta(days=10)
    group = open_group(Visibility.NOBODY, organisation=town_hall, ends=ends)
    assert group.delete_on == ends + timedelta(days=30)


def test_numbers_are_free_or_taken_and_names_differ(
    open_group: Callable[..., Group],
) -> None:
    group = open_group(seats=3)
    first, second, third, fourth = people(4)
    assert services.join(group=group, user=first, number=2).number == 2
    with pytest.raises(GroupError, match=GroupError.NUMBER_TAKEN):
        services.join(group=group, user=second, number=2)
    assert services.join(group=group, user=second).number == 1
    assert services.join(group=group, user=third).number == 3
    with pytest.raises(GroupError, match=GroupError.FULL):
        services.join(group=group, user=fourth)
    names = set(Membership.objects.values_list("pseudonym", flat=True))
    assert len(names) == 3
    assert not names & {"Nr. 0", "Nr. 1", "Nr. 2"}


def test_numbers_of_a_class_list_go_beyond_the_seats(
    open_group: Callable[..., Group],
) -> None:
    """A class of three may hold the numbers 2, 31 and 40: nobody is renumbered."""
    group = open_group(seats=3)
    first, second, third = people(3)
    assert services.join(group=group, user=first, number=31).number == 31
    with pytest.raises(GroupError, match=GroupError.NUMBER_TAKEN):
        services.join(group=group, user=second, number=41)
    with pytest.raises(GroupError, match=GroupError.FULL):
        services.add_cards(group=group, numbers=[2, 39, 40])
    cards = services.add_cards(group=group, numbers=[40, 2])
    assert [member.number for member, _words in cards] == [2, 40]
    with pytest.raises(GroupError, match=GroupError.FULL):
        services.join(group=group, user=third, number=5)


def test_where_one_card_cannot_be_made_anew_all_others_stay(
    open_group: Callable[..., Group],
) -> None:
    group = open_group()
    services.add_cards(group=group, numbers=[1, 2, 3])
    mark = services.mark_of_cards(with_cards(group))
    written: list[str] = []

    def fail_at_the_second(execute: Any, sql: str, *args: Any) -> Any:
        if sql.startswith("UPDATE") and "courses_membership" in sql:
            written.append(sql)
            if len(written) == 2:
                raise OperationalError
        return execute(sql, *args)

    with (
        pytest.raises(OperationalError),
        connection.execute_wrapper(fail_at_the_second),
    ):
        renew_cards(group=group, mark=mark)
    assert services.mark_of_cards(with_cards(group)) == mark
    assert not group.members.exclude(card_renewed=None).exists()


def test_joining_twice_changes_nothing(
    open_group: Callable[..., Group], lena: User
) -> None:
    group = open_group()
    one = services.join(group=group, user=lena, number=7)
    assert services.join(group=group, user=lena, number=8) == one
    assert Membership.objects.get().number == 7


def test_the_own_teacher_and_latecomers_stay_outside(
    open_group: Callable[..., Group], teacher: User, lena: User
) -> None:
    group = open_group()
    with pytest.raises(GroupError, match=GroupError.OWN_GROUP):
        services.join(group=group, user=teacher)
    yesterday = timezone.localdate() - timedelta(days=1)
    Group.objects.update(starts=yesterday, ends=yesterday)
    group.refresh_from_db()
    with pytest.raises(GroupError, match=GroupError.ENDED):
        services.join(group=group, user=lena)
    assert not Membership.objects.exists()


def test_another_name_is_another_name(
    open_group: Callable[..., Group], lena: User
) -> None:
    membership = services.join(group=open_group(), user=lena)
    before = membership.pseudonym
    services.reroll_name(membership=membership)
    assert Membership.objects.get().pseudonym != before


def test_a_look_at_the_members_is_noted_once_a_day(
    open_group: Callable[..., Group], lena: User, django_assert_num_queries: Any
) -> None:
    group = open_group()
    membership = services.join(group=group, user=lena)
    seen = [(membership.number, membership.pseudonym)]
    for members in (seen, seen, [*seen, (2, "Stiller Igel")]):
        services.note_access(group=group, role=services.Role.TEACHER, members=members)
    [access] = membership.accesses.all()
    assert (access.role, access.day) == ("teacher", timezone.localdate())


def test_ending_a_group_leaves_the_accounts(
    open_group: Callable[..., Group], lena: User
) -> None:
    group = open_group()
    services.join(group=group, user=lena)
    services.end_group(group=group)
    assert not Membership.objects.exists()
    assert User.objects.filter(pk=lena.pk).exists()
