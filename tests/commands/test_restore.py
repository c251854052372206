"""A backup is restored for real, and who had gone is gone again.

With SQLite the file is copied back, with PostgreSQL the database is made anew from its
copy; everything is committed, in a database of its own.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.utils import timezone

from courses.groups import services as groups
from courses.groups.feeds import close_feed, group_of_token, open_feed
from courses.groups.levels import FactState, Visibility
from courses.groups.models import (
    Group,
    GroupTeacher,
    Kind,
    Membership,
    Organisation,
    SharedFact,
    StaffRole,
)
from courses.groups.notices import ask_for_mail
from courses.groups.roles import Role
from courses.progress.models import Attempt
from courses.progress.services import forget_answers
from courses.review.models import ReviewCard
from courses.review.services import begin_anew, forget_cards
from courses.training import services as services_of_training
from courses.training.closing import erase_employee, erase_organisation
from courses.training.evidence import write_evidence
from courses.training.invitations import employee_of_invitation, invite, revoke
from courses.training.lists import Line
from courses.training.models import Assigned, Employee, Evidence, Renewal, Unit
from courses.training.retention import delete_old_evidence
from learnsite.accounts import services
from learnsite.accounts.issuing import new_token
from learnsite.accounts.models import Tombstone, User
from learnsite.accounts.queries import user_for_key
from tests.databases import databases, migrated_copy

NAME = f"restore-{os.getpid()}"
BACKUP = f"{NAME}-backup"
COURSE = UUID("5d4c2f6e-8d0f-4a52-9f0e-52a3a2a3c001")


@pytest.fixture
def restore(
    django_db_setup: None, django_db_blocker: Any, settings: Any, tmp_path: Path
) -> Iterator[Callable[[], None]]:
    """A database that really commits; what is returned restores the last backup."""
    settings.TOMBSTONES = str(tmp_path / "erased.txt")
    usual = connections["default"]
    own = type(usual)({**usual.settings_dict, **migrated_copy(NAME)}, "default")
    connections["default"] = own

    def restored() -> None:
        own.close()
        databases().copy(BACKUP, NAME)

    with django_db_blocker.unblock():
        yield restored
    own.close()
    connections["default"] = usual


def back_up() -> None:
    connections["default"].close()
    databases().copy(NAME, BACKUP)


def replay() -> str:
    out = StringIO()
    call_command("replay_tombstones", stdout=out)
    return out.getvalue()


@dataclass
class World:
    """A school with a class of four, and somebody who reviews."""

    stays: tuple[User, tuple[str, ...]]
    leaves: Membership
    erased: User
    card: Membership
    card_words: tuple[str, ...]
    removed: StaffRole
    ended: Group


def made() -> World:
    school = Organisation.objects.create(name="Schule", kind=Kind.SCHOOL)
    manager, teacher = (
        User.objects.create_user(username=name) for name in ("lea", "tom")
    )
    StaffRole.objects.create(organisation=school, user=manager, role=Role.MANAGER.value)
    removed = StaffRole.objects.create(
        organisation=school, user=teacher, role=Role.TEACHER.value
    )
    group, ended = (
        groups.open_group(
            organisation=school,
            teacher=manager,
            title=title,
            level=Visibility.HELP,
            ends=timezone.localdate() + timedelta(days=90),
        )
        for title in ("9b", "AG")
    )
    GroupTeacher.objects.create(group=group, user=teacher)
    staying, words, member = groups.join_anew(group=group, token=new_token())
    _user, _words, leaves = groups.join_anew(group=group, token=new_token())
    erased, _words, goes = groups.join_anew(group=group, token=new_token())
    for each in (member, leaves, goes):
        SharedFact.objects.create(
            membership=each, object_key="lesson:x", state=FactState.SOLVED
        )
    [(card, card_words)] = groups.add_cards(group=group, numbers=[7])
    today = timezone.localdate()
    for exercise, score in (("a", 100), ("b", 60)):
        Attempt.objects.create(
            user=card.user,
            lesson_key=group.pk,
            exercise_key=exercise,
            answer="1",
            score=score,
            best=score,
            day=today - timedelta(days=2),
        )
    for user in (staying, card.user):
        ReviewCard.objects.create(
            user=user, course_key=group.pk, goal="ziel", due=today, last_review=today
        )
    return World(
        (staying, words), leaves, erased, card, card_words, removed, ended
    )  # fmt: skip


def let_go(world: World) -> tuple[str, ...]:
    """Do all that people do to be forgotten; return the words of the new card."""
    groups.leave(membership=Membership.objects.get(pk=world.leaves.pk))
    services.erase_account(user=User.objects.get(pk=world.erased.pk))
    groups.remove_staff(staff=StaffRole.objects.get(pk=world.removed.pk))
    groups.end_group(group=Group.objects.get(pk=world.ended.pk))
    forget_cards(user=world.stays[0])
    forget_answers(user=world.card.user)
    begin_anew(user=world.card.user)
    return groups.renew_card(membership=Membership.objects.get(pk=world.card.pk))


def people() -> dict[str, set[Any]]:
    """Return who is there, as far as it matters here."""
    return {
        "accounts": set(User.objects.values_list("pk", "key_hash")),
        "members": set(Membership.objects.values_list("pk")),
        "facts": set(SharedFact.objects.values_list("pk")),
        "groups": set(Group.objects.values_list("pk")),
        "staff": set(StaffRole.objects.values_list("pk")),
        "teachers": set(GroupTeacher.objects.values_list("pk")),
        "answers": set(Attempt.objects.values_list("answer", "best", "day")),
        "reviews": set(ReviewCard.objects.values_list("pk", "last_review")),
    }


def test_who_had_gone_is_gone_again_after_a_restore(restore) -> None:
    world = made()
    full = people()
    back_up()
    new_words = let_go(world)
    afterwards = people()
    restore()
    assert people() == full  # the backup knows everybody again
    assert not Tombstone.objects.exists()
    assert user_for_key(world.card_words)

    said = replay()

    assert people() == afterwards
    assert "accounts.User: 1\n" in said
    assert "courses.Membership: 1\n" in said
    assert "answers: 1\n" in said
    assert "memory: 1\n" in said
    assert user_for_key(world.card_words) is None
    assert user_for_key(new_words) == world.card.user
    assert user_for_key(world.stays[1]) == world.stays[0]


# --- Employees and calendars ---


@dataclass
class City:
    """A town hall with a list, and a course that closes."""

    stays: Employee
    letter: str
    leaves: Employee
    is_new: Employee
    comes_back: Employee
    erased: Employee
    closed: Organisation
    member: Membership
    address: str
    other_member: Membership


def hired(city: Organisation, reference: str, **values: Any) -> Employee:
    unit, _made = Unit.objects.get_or_create(organisation=city, name="Amt", parent=None)
    return Employee.objects.create(
        organisation=city, unit=unit, reference=reference, name=reference, **values
    )


def proved(employee: Employee) -> Evidence:
    return write_evidence(employee, COURSE, course_title="Schutz", version=None)


def founded() -> City:
    city, closed = (
        Organisation.objects.create(name=name, kind=Kind.ADULTS)
        for name in ("Stadt", "Kurshaus")
    )
    tom = User.objects.create_user(username="tom")
    stays, leaves, is_new, comes_back, erased, theirs = (
        hired(where, reference, email=f"{reference}@example.org")
        for where, reference in (
            (city, "bleibt"), (city, "geht"), (city, "neu"), (city, "kehrt"),
            (city, "weg"), (closed, "zu"),
        )
    )  # fmt: skip
    services_of_training.assign(
        organisation=city,
        course_key=COURSE,
        due=timezone.localdate(),
        renewal=Renewal.ONCE,
        valid_months=12,
        people=[leaves],
    )
    for each in (leaves, comes_back, erased, theirs):
        proved(each)
    group = groups.open_group(
        organisation=city,
        teacher=tom,
        title="Abend",
        level=Visibility.HELP,
        ends=timezone.localdate() + timedelta(days=90),
    )
    member, other = (
        groups.join_anew(group=group, token=new_token())[2] for _place in range(2)
    )
    letters = invite([stays, leaves, comes_back])
    return City(
        stays, letters[stays], leaves, is_new, comes_back, erased, closed,
        member, open_feed(membership=member), other,
    )  # fmt: skip


def let_people_go(city: City) -> tuple[str, str]:
    """Do all that ends with a list; return the new letter and the new address."""
    open_feed(membership=city.other_member)
    close_feed(membership=city.other_member)
    services_of_training.let_go([city.leaves, city.is_new])
    services_of_training.let_go([city.comes_back])
    lines = [
        Line(each.reference, each.name, ("Amt",), "neu@example.org")
        for each in (city.stays, city.comes_back, city.erased)
    ]
    organisation = city.stays.organisation
    plan = services_of_training.plan_list(organisation, lines)
    services_of_training.carry_out(organisation, lines, digest=plan.digest)
    erase_employee(city.erased)
    erase_organisation(city.closed)
    letter = invite([city.stays])[city.stays]
    delete_old_evidence()  # the night
    return letter, open_feed(membership=Membership.objects.get(pk=city.member.pk))


def staff() -> dict[str, set[Any]]:
    """Return who is on lists and what opens something."""
    return {
        "organisations": set(Organisation.objects.values_list("name")),
        "people": set(
            Employee.objects.filter(organisation__name="Stadt").values_list(
                "reference", "left", "invitation"
            )
        ),
        "evidence": set(Evidence.objects.values_list("employee__reference")),
        "assigned": set(Assigned.objects.values_list("employee__reference", "until")),
        "calendars": set(Membership.objects.values_list("pk", "feed_hash")),
    }


def test_employees_invitations_and_calendars_stay_as_they_were_left(restore) -> None:
    city = founded()
    full = staff()
    back_up()
    new_letter, new_address = let_people_go(city)
    afterwards = staff()
    restore()
    assert staff() == full
    assert employee_of_invitation(city.letter) == city.stays
    assert group_of_token(city.address)

    said = replay()

    told = staff()
    # Who came back was there in the backup; their old letter stays dead.
    assert told == afterwards
    assert employee_of_invitation(city.letter) is None
    assert employee_of_invitation(new_letter) == city.stays
    assert group_of_token(city.address) is None
    assert group_of_token(new_address)
    assert Employee.objects.get(reference="geht").email == ""
    for line in (
        "calendar: 1", "courses.Employee: 2", "courses.Organisation: 1",
        "invitation: 3", "presence: 1",
    ):  # fmt: skip
        assert f"{line}\n" in said
    assert replay() == "Alles auf der Liste ist gelöscht.\n"
    assert staff() == afterwards


def test_who_left_this_very_day_has_left_again_and_goes_at_night(restore) -> None:
    city = founded()
    back_up()
    services_of_training.let_go([city.is_new])
    restore()

    replay()

    gone = Employee.objects.get(reference="neu")
    assert (gone.left, gone.email) == (services_of_training.this_month(), "")
    delete_old_evidence()
    assert not Employee.objects.filter(reference="neu").exists()


def test_a_replay_leaves_the_day_on_which_somebody_left(restore) -> None:
    """With the day of the restore a departure would be remembered anew, and later."""
    with time_machine.travel(date(2027, 3, 1), tick=False):
        city = founded()
        back_up()
        services_of_training.let_go([city.leaves])
    noted = set(Tombstone.objects.values_list("kind", "digest", "day"))
    listed = Path(settings.TOMBSTONES).read_text()
    restore()

    with time_machine.travel(date(2027, 3, 20), tick=False):
        replay()

    assert Employee.objects.get(reference="geht").left == date(2027, 3, 1)
    assert set(Tombstone.objects.values_list("kind", "digest", "day")) == noted
    assert Path(settings.TOMBSTONES).read_text() == listed


def test_an_invitation_whose_mail_failed_opens_nothing_after_a_restore(restore) -> None:
    city = founded()
    letter = invite([city.stays])[city.stays]
    back_up()
    revoke(city.stays, letter)
    restore()
    assert employee_of_invitation(letter) == city.stays

    replay()

    assert employee_of_invitation(letter) is None
    assert Employee.objects.get(pk=city.stays.pk).invitation is None


def test_an_address_that_was_taken_off_the_list_stays_off(restore) -> None:
    """So does whoever wants no mail; an address that is there again stays."""
    city = founded()
    back_up()
    for employee, addresses in (
        (city.stays, ("",)),
        (city.leaves, ("", "neu@example.org")),
    ):
        for email in addresses:
            services_of_training.change_person(
                employee, name=employee.name, email=email, unit=employee.unit
            )
    lines = [
        Line(each.reference, each.name, ("Amt",), email)
        for each, email in (
            (city.stays, ""), (city.leaves, "neu@example.org"),
            (city.is_new, city.is_new.email), (city.comes_back, ""),
            (city.erased, city.erased.email),
        )
    ]  # fmt: skip
    organisation = city.stays.organisation
    plan = services_of_training.plan_list(organisation, lines)
    services_of_training.carry_out(organisation, lines, digest=plan.digest)
    restore()

    said = replay()

    without = Employee.objects.filter(email="").values_list("reference", flat=True)
    assert set(without) == {"bleibt", "kehrt"}
    assert "address: 2\n" in said
    assert replay() == "Alles auf der Liste ist gelöscht.\n"


def test_mail_that_was_not_wanted_any_more_stays_so(restore) -> None:
    world = made()
    for member in (world.leaves, world.card):
        ask_for_mail(membership=member, wanted=True)
    back_up()
    ask_for_mail(membership=world.leaves, wanted=False)
    for wanted in (False, True):
        ask_for_mail(membership=world.card, wanted=wanted)
    restore()
    assert Membership.objects.filter(wants_mail=True).count() == 2

    said = replay()

    [wants] = Membership.objects.filter(wants_mail=True)
    assert wants == world.card
    assert "mail: 1\n" in said
    assert replay() == "Alles auf der Liste ist gelöscht.\n"


def test_a_list_of_a_later_backup_is_left_as_it_is(restore) -> None:
    let_people_go(founded())
    back_up()
    before = staff()
    restore()

    assert replay() == "Alles auf der Liste ist gelöscht.\n"

    assert staff() == before


def test_a_second_replay_changes_nothing(restore) -> None:
    world = made()
    back_up()
    let_go(world)
    restore()
    replay()
    before = (people(), set(Tombstone.objects.values_list()))

    assert replay() == "Alles auf der Liste ist gelöscht.\n"

    assert (people(), set(Tombstone.objects.values_list())) == before


def test_a_backup_made_afterwards_is_left_as_it_is(restore) -> None:
    let_go(made())
    back_up()
    before = people()
    restore()

    assert replay() == "Alles auf der Liste ist gelöscht.\n"

    assert people() == before
