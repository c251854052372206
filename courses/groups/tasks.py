"""Writes of a group's tasks: what is to be done, in which order, and what is open."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db import transaction

from .levels import Scope, TaskKind
from .models import Group, GroupTask, SharedFact
from .queries import place_behind
from .services import GroupError

MOST_TASKS = 60


def add_task(
    *,
    group: Group,
    kind: TaskKind,
    scope: Scope,
    lab: str = "",
    is_open: bool = True,
    is_extra: bool = False,
) -> GroupTask:
    """Add a task behind the others. What it lets be seen is what was agreed on.

    Only what happens from now on is written. Raises :class:`GroupError` where the group
    has this task, or very many.
    """
    with transaction.atomic():
        Group.objects.select_for_update().get(pk=group.pk)
        known = list(group.tasks.all())
        if any(each.scope == scope and each.lab == lab for each in known):
            raise GroupError(GroupError.KNOWN_TASK)
        if len(known) >= MOST_TASKS:
            raise GroupError(GroupError.MANY_TASKS)
        return GroupTask.objects.create(
            group=group,
            kind=kind,
            course_key=scope.course_key,
            lesson_key=scope.lesson_key,
            exercise_key=scope.exercise_key,
            lab=lab,
            position=place_behind(group),
            is_open=is_open,
            is_extra=is_extra,
        )


def move_task(*, task: GroupTask, by: int) -> None:
    """Move a task one place up (-1) or down (1); at the end it stays."""
    with transaction.atomic():
        tasks = list(task.group.tasks.all())
        at = tasks.index(task)
        to = at + by
        if not 0 <= to < len(tasks):
            return
        tasks[at], tasks[to] = tasks[to], tasks[at]
        for position, each in enumerate(tasks):
            each.position = position
        GroupTask.objects.bulk_update(tasks, ["position"])


def change_task(*, task: GroupTask, **changes: bool) -> None:
    """Open or close a task or its solutions, or make it an extra one."""
    for name, value in changes.items():
        setattr(task, name, value)
    task.save(update_fields=list(changes))


def remove_task(*, task: GroupTask, lessons: Mapping[UUID, Collection[UUID]]) -> None:
    """Take a task away, with what the ledger says of it and of no other task.

    ``lessons`` are the lessons of each course. Counts lead to nobody and stay.
    """
    with transaction.atomic():
        group, gone = task.group, task.scope
        task.delete()
        left = [each.scope for each in group.tasks.all()]
        lines = SharedFact.objects.filter(membership__group=group)
        outside = [
            about
            for about in lines.values_list("object_key", flat=True).distinct()
            if _holds(gone, about, lessons)
            and not any(_holds(scope, about, lessons) for scope in left)
        ]
        lines.filter(object_key__in=outside).delete()


def _holds(scope: Scope, about: str, lessons: Mapping[UUID, Collection[UUID]]) -> bool:
    course = scope.course_key
    return course is not None and scope.holds(about, lessons.get(course, ()))
