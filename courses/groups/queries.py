"""Reads of groups and their ledger. What somebody may not see is not found."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from learnsite.accounts import keys
from learnsite.accounts.models import User

from .codes import read_code
from .counting import FEWEST
from .levels import Scope, Visibility
from .models import (
    COUNTED,
    FEWEST_OF,
    HIGHEST_NUMBER,
    Group,
    GroupTask,
    Kind,
    Membership,
    Organisation,
    SharedFact,
    StaffRole,
)
from .opening import Given
from .roles import Action, Role, roles_that_may


@dataclass(frozen=True)
class Sharing:
    """A membership to which something that happened may matter.

    ``counts`` is false for whom the group's own teacher added, as long as the card has
    no picture PIN: they raise no tally.
    """

    membership_id: UUID
    group_id: UUID
    level: Visibility
    title: str
    counts: bool
    given: tuple[Given, ...]
    is_class: bool = True
    fewest: int = FEWEST

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """What the tasks cover of what is announced."""
        return tuple(
            Scope(each.course_key, each.lesson_key, each.exercise_key)
            for each in self.given
        )


def groups_for(user: Any, action: Action) -> QuerySet[Group]:
    """Return the groups on which somebody may do something, in any of their roles."""
    roles = roles_that_may(action)
    if Role.OPERATOR in roles and user.is_superuser:
        return Group.objects.all()
    allowed = Q(pk=None)
    if Role.TEACHER in roles:
        # Leading a group is worth nothing without the role that lets somebody lead.
        leading = staff_that_may(Action.OPEN_GROUP).filter(user=user.pk)
        allowed |= Q(
            teachers__user=user.pk, organisation__in=leading.values("organisation")
        )
    if roles & {Role.MANAGER, Role.AUDITOR}:
        staff = staff_that_may(action).filter(user=user.pk)
        others = staff.exclude(role=Role.TEACHER.value)
        allowed |= Q(organisation__in=others.values("organisation"))
    if Role.MEMBER in roles:
        allowed |= Q(members__user=user.pk)
    return Group.objects.filter(allowed).distinct()


def staff_that_may(action: Action) -> QuerySet[StaffRole]:
    """Return the roles in organisations that allow an action."""
    roles = [role.value for role in roles_that_may(action)]
    return StaffRole.objects.filter(role__in=roles)


def works_somewhere(user: Any) -> bool:
    """Return whether somebody has a role in any organisation, or runs the site."""
    return user.is_superuser or StaffRole.objects.filter(user=user.pk).exists()


def organisations_for(user: Any, action: Action) -> QuerySet[Organisation]:
    """Return the organisations for which somebody may do something."""
    roles = roles_that_may(action)
    if Role.OPERATOR in roles and user.is_superuser:
        return Organisation.objects.all()
    return Organisation.objects.filter(
        staff__user=user.pk, staff__role__in=[role.value for role in roles]
    ).distinct()


def leaders_of(group: Group) -> list[User]:
    """Return who leads a group: its teachers, or where there are none the managers."""
    return list(teachers_of(group)) or list(managers_of(group.organisation_id))


def teachers_of(group: Group) -> QuerySet[User]:
    """Return who leads a group, has a role that still lets them and can sign in."""
    leading = staff_that_may(Action.OPEN_GROUP).filter(
        organisation=group.organisation_id
    )
    return User.objects.filter(
        pk__in=group.teachers.filter(user__in=leading.values("user")).values("user"),
        is_active=True,
    )


def managers_of(organisation_id: UUID) -> QuerySet[User]:
    """Return the managers of an organisation who can sign in."""
    managers = StaffRole.objects.filter(
        organisation=organisation_id, role=Role.MANAGER.value
    )
    return User.objects.filter(pk__in=managers.values("user"), is_active=True)


def sharings_of(user_id: UUID, course_key: UUID | None = None) -> list[Sharing]:
    """Return a learner's running memberships, what they cover and what is open.

    One statement.
    """
    today = timezone.localdate()
    rows = GroupTask.objects.filter(
        group__members__user=user_id, group__starts__lte=today, group__ends__gte=today
    )
    if course_key:
        rows = rows.filter(course_key=course_key)
    found: dict[tuple[UUID, UUID, int, str, bool, str], list[Given]] = defaultdict(list)
    fields = ("course_key", "lesson_key", "exercise_key")
    switches = ("is_open", "is_extra", "shows_solutions")
    about = (
        "group__members__pk", "group_id", "group__level", "group__title",
        "group__members__counts", "group__members__user__picture_pin",
        "group__organisation__kind",
    )  # fmt: skip
    for row in rows.values(*about, *fields, *switches):
        member, group, level, title, counts, pin, kind = (row[name] for name in about)
        is_counted = counts or bool(pin)
        given = Given(**{name: row[name] for name in (*fields, *switches)})
        found[member, group, level, title, is_counted, kind].append(given)
    return [
        Sharing(
            member,
            group,
            Visibility(level),
            title,
            is_counted,
            tuple(tasks),
            is_class=kind == Kind.SCHOOL,
            fewest=FEWEST_OF[Kind(kind)],
        )
        for (member, group, level, title, is_counted, kind), tasks in found.items()
    ]


@dataclass(frozen=True)
class BoardRow:
    """A member as the board shows them: number, made-up name, states by object."""

    number: int | None
    pseudonym: str
    states: dict[str, int]
    months: dict[str, date | None] = field(default_factory=dict)


def board_rows(group: Group) -> list[BoardRow]:
    """Return the ledger of a group by member, sorted by number: one statement.

    The order tells nothing of when somebody joined or did something.
    """
    found: dict[tuple[int | None, str], BoardRow] = {}
    lines = group.members.order_by("number", "pseudonym").values_list(
        "number", "pseudonym", "facts__object_key", "facts__state", "facts__month"
    )
    for number, name, about, state, month in lines:
        row = found.setdefault((number, name), BoardRow(number, name, {}, {}))
        if about:
            row.states[about] = state
            row.months[about] = month
    return list(found.values())


def states_of(memberships: Iterable[UUID]) -> dict[str, int]:
    """Return the states of the ledger's lines of some memberships, by object."""
    lines = SharedFact.objects.filter(membership__in=list(memberships))
    return dict(lines.values_list("object_key", "state"))


def tallies(group: Group) -> dict[str, int]:
    """Return how many did what in a group of level 0."""
    return dict(group.tallies.values_list("object_key", "number"))


@dataclass(frozen=True)
class Vacant:
    """Who can still come in: under which numbers, and how many."""

    numbers: tuple[int, ...]
    seats: int


def vacant_in(group: Group) -> Vacant:
    """Return the numbers nobody has taken yet, and the seats that are left.

    Numbers come from a list of the teacher's and may be higher than there are seats.
    """
    taken = list(group.members.values_list("number", flat=True))
    return Vacant(
        tuple(n for n in range(1, HIGHEST_NUMBER + 1) if n not in taken),
        max(0, min(group.seats, HIGHEST_NUMBER) - len(taken)),
    )


def joining_form(group: Group, token: str, number: int | None) -> str:
    """Return what tells one form of joining from others: device, group and number."""
    return f"{token} {group.pk} {number or ''}"


def vacant_for(group: Group, token: str) -> Vacant:
    """Return who can still come in by a device, which may hold a token.

    Where the card of somebody let in did not arrive, the device has the token left, and
    the form can be sent again: the number is offered there as before.
    """
    vacant = vacant_in(group)
    if not token:
        return vacant
    forms = {
        keys.key_hash(keys.derived(joining_form(group, token, number))): number
        for number in (None, *range(1, HIGHEST_NUMBER + 1))
    }
    let_in = group.members.filter(user__key_hash__in=forms)
    hashes = let_in.values_list("user__key_hash", flat=True)
    found = {forms[hashed] for hashed in hashes if hashed}
    if not found:
        return vacant
    numbers = sorted({*vacant.numbers, *(n for n in found if n)})
    return Vacant(tuple(numbers), max(1, vacant.seats))


def place_behind(group: Group) -> int:
    """Return the place behind a group's tasks."""
    last: int | None = group.tasks.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def memberships_of(
    user: Any, action: Action = Action.TAKE_PART
) -> QuerySet[Membership]:
    """Return the groups in which somebody may do something as a member."""
    if Role.MEMBER not in roles_that_may(action):
        return Membership.objects.none()
    return Membership.objects.filter(user=user.pk).select_related(
        "group", "group__organisation"
    )


def with_cards(group: Group) -> list[Membership]:
    """Return the members who have a card, by number."""
    return list(
        group.members.filter(has_card=True).select_related("user").order_by("number")
    )


def group_by_code(code: str) -> Group | None:
    """Return the group of a join code as it was typed."""
    read = read_code(code)
    groups = Group.objects.select_related("organisation")
    return groups.filter(code=read).first() if read else None


def members_that_count(group: Group) -> int:
    """Return how many members make the group as large as it looks."""
    return group.members.filter(COUNTED).count()


def with_sizes(groups: QuerySet[Group]) -> Iterable[Group]:
    """Return groups with ``size``, newest end first."""
    return groups.annotate(size=Count("members", distinct=True)).order_by(
        "-ends", "title"
    )
