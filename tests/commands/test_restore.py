"""A backup is restored for real, and who had gone is gone again.

With SQLite the file is copied back, with PostgreSQL the database is made anew from its
copy; everything is committed, in a database of its own.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections
from django.utils import timezone

from courses.groups import services as groups
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
from courses.groups.roles import Role
from courses.progress.models import Attempt
from courses.progress.services import forget_answers
from courses.review.models import ReviewCard
from courses.review.services import forget_cards
from learnsite.accounts import services
from learnsite.accounts.models import Tombstone, User
from learnsite.accounts.queries import user_for_key
from tests.databases import databases, migrated_copy

NAME = f"restore-{os.getpid()}"
BACKUP = f"{NAME}-backup"


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
    staying, words, member = groups.join_anew(group=group)
    _user, _words, leaves = groups.join_anew(group=group)
    erased, _words, goes = groups.join_anew(group=group)
    for each in (member, leaves, goes):
        SharedFact.objects.create(
            membership=each, object_key="lesson:x", state=FactState.SOLVED
        )
    [(card, card_words)] = groups.add_cards(group=group, numbers=[7])
    Attempt.objects.create(
        user=card.user,
        lesson_key=group.pk,
        exercise_key="a",
        answer="1",
        score=100,
        best=100,
        day=timezone.localdate(),
    )
    ReviewCard.objects.create(
        user=staying, course_key=group.pk, goal="ziel", due=timezone.localdate()
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
        "answers": set(Attempt.objects.values_list("answer", "best")),
        "reviews": set(ReviewCard.objects.values_list("pk")),
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
    assert user_for_key(world.card_words) is None
    assert user_for_key(new_words) == world.card.user
    assert user_for_key(world.stays[1]) == world.stays[0]


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
