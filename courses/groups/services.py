"""Writes of groups: open, let in, join, leave, assign, end."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any, TypedDict, Unpack
from uuid import UUID, uuid4, uuid5

from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils import timezone

from content.generation import raise_generation
from learnsite.accounts import pseudonyms, tombstones
from learnsite.accounts.issuing import issue_key_once
from learnsite.accounts.models import User
from learnsite.accounts.pseudonyms import Bearer
from learnsite.accounts.services import (
    issue_learning_key,
    mark_of_key,
    remove_picture_pin,
    rename,
    replace_learning_key,
)

from . import codes, member_mail
from .handing_over import Handover, hand_over, may_lead
from .levels import Scope, TaskKind, Visibility
from .managing import nobody_else_manages
from .models import (
    Access,
    Group,
    GroupTask,
    GroupTeacher,
    Membership,
    Organisation,
    StaffRole,
)
from .queries import (
    joining_form,
    place_behind,
    staff_that_may,
    teachers_of,
    vacant_in,
)
from .roles import Action, Role

CODE_TRIES = 5
NAME_TRIES = 20
MOST_REROLLS = 3
LOOK_SECONDS = 24 * 3600


class GroupError(Exception):
    """Something cannot be done; ``reason`` is one of the names below."""

    FULL = "full"
    NUMBER_TAKEN = "number_taken"
    ENDED = "ended"
    LEVEL_TOO_HIGH = "level_too_high"
    OWN_GROUP = "own_group"
    BOUND = "bound"
    NO_CARDS = "no_cards"
    UNKNOWN_NAME = "unknown_name"
    LAST_MANAGER = "last_manager"
    LAST_TEACHER = "last_teacher"
    NOT_STAFF = "not_staff"
    IS_MEMBER = "is_member"
    ONESELF = "oneself"
    KNOWN_TASK = "known_task"
    MANY_TASKS = "many_tasks"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Opening(TypedDict):
    """What a form says of the group to be opened."""

    organisation: Organisation
    teacher: Any
    title: str
    level: Visibility
    ends: date
    seats: int
    scopes: Sequence[tuple[TaskKind, Scope]]


def open_group_once(*, once: str, **wanted: Unpack[Opening]) -> tuple[Group, bool]:
    """Open a group as :func:`open_group` does, unless the same form did already.

    ``once`` is a mark of the form, for whoever clicks twice wants one group; whoever
    goes back and corrects something wants another. Returns it, and whether it is new.
    """
    with transaction.atomic():
        # Who sends it twice waits: the second time finds it opened.
        _locked(wanted["organisation"])
        pk = _group_id(once, wanted)
        known = Group.objects.filter(pk=pk).first()
        if known:
            return known, False
        return open_group(**wanted, pk=pk), True


def open_group(
    *,
    organisation: Organisation,
    teacher: Any,
    title: str,
    level: Visibility,
    ends: date,
    seats: int = 35,
    scopes: Sequence[tuple[TaskKind, Scope]] = (),
    pk: UUID | None = None,
) -> Group:
    """Open a group with its first tasks; its level is agreed on from now on.

    Raises :class:`GroupError` where the organisation allows less.
    """
    with transaction.atomic():
        # Nobody makes it another kind meanwhile, or lowers how far levels go.
        organisation = _locked(organisation)
        if level > organisation.highest_level:
            raise GroupError(GroupError.LEVEL_TOO_HIGH)
        group = Group.objects.create(
            pk=pk or uuid4(),
            organisation=organisation,
            title=title,
            code=_free_code(),
            level=level,
            seats=seats,
            starts=timezone.localdate(),
            ends=ends,
            delete_on=Group.default_delete_on(organisation, ends),
        )
        GroupTeacher.objects.create(group=group, user=teacher)
        assign(group=group, scopes=scopes)
    return group


def _locked(organisation: Organisation) -> Organisation:
    return Organisation.objects.select_for_update().get(pk=organisation.pk)


def _group_id(once: str, wanted: Opening) -> UUID:
    """Return the id of a group that is opened: for the same form the same one.

    Not that of a group that was erased since: a restored backup would erase it again.
    """
    if once:
        said = (
            once,
            wanted["organisation"].pk,
            wanted["title"],
            wanted["level"],
            wanted["ends"],
            wanted["seats"],
            wanted["scopes"],
        )
        pk = uuid5(wanted["teacher"].pk, repr(said))
        if not tombstones.noted(Group._meta.label, [pk]):
            return pk
    return uuid4()


def _free_code() -> str:
    for _try in range(CODE_TRIES):
        code = codes.new_code()
        if not Group.objects.filter(code=code).exists():
            return code
    raise RuntimeError("No free join code was found.")


def assign(*, group: Group, scopes: Sequence[tuple[TaskKind, Scope]]) -> None:
    """Add tasks behind those there are."""
    position = place_behind(group)
    GroupTask.objects.bulk_create(
        GroupTask(
            group=group,
            kind=kind,
            course_key=scope.course_key,
            lesson_key=scope.lesson_key,
            exercise_key=scope.exercise_key,
            position=position + at,
        )
        for at, (kind, scope) in enumerate(scopes)
    )


def join(*, group: Group, user: Any, number: int | None = None) -> Membership:
    """Let somebody in under a number (the lowest free one if none is named).

    Who is in already stays as they are. Raises :class:`GroupError` for a group that is
    full or over, a number that is taken, for the group's own teacher, and for an
    account that a printed card of another group opens: whoever printed that could open
    this group too.
    """
    if not group.is_running:
        raise GroupError(GroupError.ENDED)
    if group.teachers.filter(user=user.pk).exists():
        raise GroupError(GroupError.OWN_GROUP)
    with transaction.atomic():
        known = group.members.filter(user=user.pk).first()
        if known:
            return known
        if Membership.objects.filter(user=user.pk, has_card=True).exists():
            raise GroupError(GroupError.BOUND)
        _wait_for_others(group)
        vacant = vacant_in(group)
        if not vacant.seats:
            raise GroupError(GroupError.FULL)
        wanted = number or min(vacant.numbers)
        if wanted not in vacant.numbers:
            raise GroupError(GroupError.NUMBER_TAKEN)
        return _add(group, user, wanted)


def _wait_for_others(group: Group) -> None:
    """Lock a group, so that two who come at once are not given one number or seat."""
    Group.objects.select_for_update().get(pk=group.pk)


def join_anew(
    *, group: Group, token: str, number: int | None = None
) -> tuple[User, tuple[str, ...], Membership]:
    """Let somebody in who has no account: with a new key, all of it or nothing.

    The same form with the same token of a device finds who was let in by it before
    (:func:`issue_key_once`). One that names another number is another person's.
    Returns the account, the words of its key (to be shown once), and the membership.
    """
    form = joining_form(group, token, number)
    with transaction.atomic():
        user, words = issue_key_once(token=form)
        member = join(group=group, user=user, number=number)
        if user.display_name == member.pseudonym:
            return user, words, member
        user.display_name = member.pseudonym
        user.save(update_fields=["display_name"])
    return user, words, member


def add_cards(
    *, group: Group, numbers: Sequence[int]
) -> list[tuple[Membership, tuple[str, ...]]]:
    """Make an account for each number: whoever holds the card is that member.

    Returns the members with the words of their keys, which exist only here: print them
    at once. All or nothing; raises :class:`GroupError` where a number is taken, for
    more than there are seats, for a group that is over and in administrations. Such
    members do not count towards the smallest number of people, because the teacher made
    them.
    """
    if not group.offers_cards:
        raise GroupError(GroupError.NO_CARDS)
    if not group.is_running:
        raise GroupError(GroupError.ENDED)
    with transaction.atomic():
        _wait_for_others(group)
        vacant = vacant_in(group)
        if not set(numbers) <= set(vacant.numbers):
            raise GroupError(GroupError.NUMBER_TAKEN)
        if len(set(numbers)) > vacant.seats:
            raise GroupError(GroupError.FULL)
        return [_card(group, number) for number in sorted(set(numbers))]


def _card(group: Group, number: int) -> tuple[Membership, tuple[str, ...]]:
    user, words = issue_learning_key()
    member = _add(group, user, number, has_card=True, counts=False)
    user.display_name = member.pseudonym
    user.save(update_fields=["display_name"])
    return member, words


def mark_of_cards(members: Sequence[Membership]) -> str:
    """Return what a form says of the cards it replaces; tells nothing of their keys.

    A form sent again (a reload) names cards that are gone already, and does nothing.
    """
    marks = "".join(mark_of_key(member.user) for member in members)
    return hashlib.sha256(marks.encode()).hexdigest()[:16]


def renew_card(*, membership: Membership) -> tuple[str, ...]:
    """Give a member with a card a new key; return its words.

    The old card is dead at once and its sessions end, and a picture PIN goes with it:
    whoever forgot theirs gets in again. The day is noted, so that the owner of a card
    that was not lost can see what happened. Raises :class:`GroupError` in
    administrations, where cards may be left from before.
    """
    if not membership.group.offers_cards:
        raise GroupError(GroupError.NO_CARDS)
    with transaction.atomic():
        words = replace_learning_key(user=membership.user)
        remove_picture_pin(user=membership.user)
        membership.card_renewed = timezone.localdate()
        membership.save(update_fields=["card_renewed"])
    return words


def _add(group: Group, user: Any, number: int, **fields: bool) -> Membership:
    try:
        with transaction.atomic():
            return Membership.objects.create(
                group=group,
                user=user,
                number=number,
                pseudonym=_free_name(group),
                **fields,
            )
    except IntegrityError as error:  # somebody else was quicker
        raise GroupError(GroupError.NUMBER_TAKEN) from error


def _free_name(group: Group, bearer: Bearer = Bearer.ANIMAL) -> str:
    """Return a made-up name nobody else in the group has."""
    taken = set(group.members.values_list("pseudonym", flat=True))
    for _try in range(NAME_TRIES):
        name = pseudonyms.invent_plain(bearer)
        if name not in taken:
            return name
    return f"{pseudonyms.invent_plain(bearer)} {secrets.randbelow(90) + 10}"


def reroll_name(*, membership: Membership, bearer: Bearer = Bearer.ANIMAL) -> None:
    """Give a member another made-up name; a few times, or one would wait for a joke."""
    if membership.rerolls < MOST_REROLLS:
        before = membership.pseudonym
        membership.pseudonym = _free_name(membership.group, bearer)
        membership.rerolls += 1
        membership.save(update_fields=["pseudonym", "rerolls"])
        if membership.user.display_name == before:  # the account came with the group
            rename(user=membership.user, display_name=membership.pseudonym)


def leave(*, membership: Membership) -> None:
    """End a membership and erase what the group's ledger says of it, at once.

    What the account keeps of its own learning stays. Mail about the group that waits
    goes as well.
    """
    if membership.wants_mail:
        member_mail.take_back_all([membership])
    membership.delete()


def end_group(*, group: Group) -> None:
    """Erase a group with all of its ledger, at once, and from the public list."""
    member_mail.take_back_group(group)
    group.delete()
    if group.is_listed:
        raise_generation()


def add_staff(*, organisation: Organisation, username: str, role: Role) -> StaffRole:
    """Give somebody a role, by user name: nobody can look through all accounts.

    Raises :class:`GroupError` where no account has this name.
    """
    user = _account(username)
    made, _new = StaffRole.objects.get_or_create(
        organisation=organisation, user=user, role=role.value
    )
    return made


def remove_staff(*, staff: StaffRole, by: Any = None) -> list[Handover]:
    """End a role, and return into whose hands groups went by that.

    Who has no other role that leads groups leads none from now on. Raises
    :class:`GroupError` for the last manager: nobody could name another.
    """
    with transaction.atomic():
        # One at a time: two managers who end each other's role would both be others.
        Organisation.objects.select_for_update().get(pk=staff.organisation_id)
        user, organisation_id = staff.user, staff.organisation_id
        if staff.role == Role.MANAGER and nobody_else_manages([user], organisation_id):
            raise GroupError(GroupError.LAST_MANAGER)
        staff.delete()
        if may_lead(user, organisation_id):
            return []
        return hand_over(user=user, organisation_id=organisation_id, heir=by)


def loses_lead(staff: StaffRole) -> bool:
    """Return whether somebody could lead no group any more without this role."""
    others = staff_that_may(Action.OPEN_GROUP).filter(
        organisation=staff.organisation_id, user=staff.user_id
    )
    return not others.exclude(pk=staff.pk).exists()


def add_deputy(*, group: Group, username: str, by: Any) -> GroupTeacher:
    """Let somebody lead a group too, by user name; who leads it already stays.

    Raises :class:`GroupError` where no account has this name, where it is ``by``, who
    would open the board to themselves, where it has no role that leads groups of the
    organisation, and where it takes part in the group.
    """
    user = _account(username)
    if user.pk == by.pk:
        raise GroupError(GroupError.ONESELF)
    if not may_lead(user, group.organisation_id):
        raise GroupError(GroupError.NOT_STAFF)
    if group.members.filter(user=user.pk).exists():
        raise GroupError(GroupError.IS_MEMBER)
    made, _new = GroupTeacher.objects.get_or_create(group=group, user=user)
    return made


def remove_deputy(*, teacher: GroupTeacher) -> None:
    """Let somebody lead a group no longer.

    Raises :class:`GroupError` for the last one: a group has somebody who leads it.
    """
    with transaction.atomic():
        Group.objects.select_for_update().get(pk=teacher.group_id)
        others = teachers_of(teacher.group).exclude(pk=teacher.user_id)
        if not others.exists():
            raise GroupError(GroupError.LAST_TEACHER)
        teacher.delete()


def _account(username: str) -> User:
    """Return an account by its name: nobody can look through all of them."""
    name = User.normalize_username(username.strip())
    user = User.objects.filter(username=name, is_active=True).first()
    if user is None:
        raise GroupError(GroupError.UNKNOWN_NAME)
    return user


def note_access(
    *, group: Group, role: Role, members: Sequence[tuple[int | None, str]]
) -> None:
    """Note that somebody with a role looked at the members, once a day each.

    ``members`` are number and name of those who are shown. For the same ones nothing is
    asked of the database again that day, however often a board renews itself.
    """
    today = timezone.localdate()
    shown = hashlib.sha256(repr(sorted(members, key=str)).encode()).hexdigest()[:16]
    known = f"looked:{group.pk}:{role.value}:{today}:{shown}"
    if cache.get(known):
        return
    Access.objects.bulk_create(
        [
            Access(membership_id=pk, role=role.value, day=today)
            for pk in group.members.values_list("pk", flat=True)
        ],
        ignore_conflicts=True,
    )
    cache.set(known, 1, LOOK_SECONDS)
