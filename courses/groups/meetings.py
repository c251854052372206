"""When a group meets: its timetable, and the public list of evening courses."""

from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta
from typing import Final, TypedDict, cast
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils import timezone

from content.generation import raise_generation

from . import member_mail
from .dates import Meeting
from .models import Group, Kind, Membership, Organisation

WEEK = timedelta(days=7)
#: Whoever was reminded of a date goes by these.
WHEN_AND_WHERE: Final = ("day", "begins", "ends", "place")


class Timing(TypedDict):
    """When and where a meeting takes place."""

    day: date
    begins: time
    ends: time
    place: str
    note: str


def coming() -> QuerySet[Meeting]:
    """Return the meetings of today and later, those that were cancelled too."""
    return Meeting.objects.filter(day__gte=timezone.localdate())


def with_dates(memberships: QuerySet[Membership]) -> QuerySet[Membership]:
    """Return memberships whose groups have ``coming`` and ``messages``.

    Two statements more, and none where somebody is in no group.
    """
    return memberships.prefetch_related(
        Prefetch("group__meetings", queryset=coming(), to_attr="coming"),
        Prefetch("group__announcements", to_attr="messages"),
    )


def listed_groups() -> QuerySet[Group]:
    """Return the evening courses of the public list that still meet: ``coming``."""
    meetings = coming().filter(group=OuterRef("pk"))
    groups = Group.objects.filter(
        is_listed=True,
        organisation__kind=Kind.ADULTS,
        ends__gte=timezone.localdate(),
    )
    return (
        groups.filter(Exists(meetings))
        .select_related("organisation")
        .prefetch_related(
            Prefetch("meetings", queryset=coming(), to_attr="coming"),
        )
    )


def by_first_date(groups: Iterable[Group]) -> list[Group]:
    """Return listed groups in the order in which they meet next."""

    def key(group: Group) -> tuple[date, time, str]:
        # Put there by listed_groups.
        first = cast("Sequence[Meeting]", group.coming)[0]  # type: ignore[attr-defined]
        return first.day, first.begins, group.title

    return sorted(groups, key=key)


def providers(groups: Iterable[Group]) -> list[Organisation]:
    """Return the organisations of some groups, by name."""
    found = {group.organisation_id: group.organisation for group in groups}
    return sorted(found.values(), key=lambda each: each.name)


@transaction.atomic
def add_meeting(*, group: Group, timing: Timing) -> tuple[Meeting, bool]:
    """Add a date to a group's timetable, unless the very same stands there already.

    Returns it, and whether it is new.
    """
    # Who sends it twice waits: the second time finds it there.
    Group.objects.select_for_update().get(pk=group.pk)
    known = group.meetings.filter(canceled="", **timing).first()
    if known:
        return known, False
    meeting = Meeting.objects.create(group=group, **timing)
    _tell(group)
    return meeting, True


def change_meeting(*, meeting: Meeting, timing: Timing) -> None:
    """Change a date; who was reminded is again, where it is another time or place.

    Another note alone is told to those whose reminder still waits.
    """
    if any(timing[name] != getattr(meeting, name) for name in WHEN_AND_WHERE):
        member_mail.take_back_reminder(meeting)
        meeting.is_reminded = False
    before = member_mail.reminder_lines(meeting)
    for name, value in timing.items():
        setattr(meeting, name, value)
    if meeting.is_reminded:
        member_mail.rewrite(meeting.group, before, member_mail.reminder_lines(meeting))
    _changed(meeting)


def cancel_meeting(*, meeting: Meeting, reason: str) -> None:
    """Say that a meeting does not take place, and why; it stays in every list."""
    member_mail.take_back_reminder(meeting)
    meeting.canceled = reason
    meeting.is_reminded = False
    _changed(meeting)


def restore_meeting(*, meeting: Meeting) -> None:
    """Say that a meeting takes place after all."""
    member_mail.take_back_reminder(meeting)
    meeting.canceled = ""
    meeting.is_reminded = False
    _changed(meeting)


def remove_meeting(*, meeting: Meeting) -> None:
    """Take a date away that was entered by mistake; calendars lose it as well."""
    group = meeting.group
    member_mail.take_back_reminder(meeting)
    meeting.delete()
    _tell(group)


def repeat_weekly(*, meeting: Meeting, weeks: int) -> int:
    """Copy a meeting to the weeks that follow; return how many dates were added.

    Nothing after the last day of the group, and nothing twice.
    """
    with transaction.atomic():
        known = set(
            meeting.group.meetings.filter(begins=meeting.begins).values_list(
                "day", flat=True
            )
        )
        days = [meeting.day + WEEK * number for number in range(1, weeks + 1)]
        wanted = [d for d in days if d <= meeting.group.ends and d not in known]
        Meeting.objects.bulk_create(
            Meeting(
                group=meeting.group,
                day=day,
                begins=meeting.begins,
                ends=meeting.ends,
                place=meeting.place,
                note=meeting.note,
            )
            for day in wanted
        )
        _tell(meeting.group)
    return len(wanted)


def list_publicly(*, group: Group, is_listed: bool, booking_url: str) -> None:
    """Put a group into the public list, or take it off."""
    group.is_listed, group.booking_url = is_listed, booking_url
    group.save(update_fields=["is_listed", "booking_url"])
    raise_generation()


def meeting_of(group: Group, pk: UUID) -> Meeting | None:
    """Return a meeting of a group, with the group as it is known."""
    meeting = group.meetings.filter(pk=pk).first()
    if meeting:
        meeting.group = group
    return meeting


def _changed(meeting: Meeting) -> None:
    meeting.sequence += 1
    meeting.save()
    _tell(meeting.group)


def _tell(group: Group) -> None:
    """Let the public list be made anew, where the group stands in it."""
    if group.is_listed:
        raise_generation()
