"""Lesson packs to take along: for those who lead a group, and for its members."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from content.addresses import plain_address
from courses.catalogue.library import LessonEntry, Library, shelf_of
from courses.groups.boards import lessons_of
from courses.groups.models import Group, Membership
from courses.groups.opening import opening_of
from courses.groups.roles import Action
from courses.groups.views.guard import for_group, for_member

from ..pack import pack_of


@require_safe
@for_group(Action.ASSIGN)
def for_teachers(request: HttpRequest, group: Group) -> HttpResponse:
    """Return all of a group's lessons and labs, with answers and guides."""
    return _pack(request, group, with_answers=True)


@require_safe
@for_member(Action.TAKE_PART)
def for_members(request: HttpRequest, member: Membership) -> HttpResponse:
    """Return the lessons and labs that are open, without answers."""
    return _pack(request, member.group, with_answers=False)


def _pack(request: HttpRequest, group: Group, *, with_answers: bool) -> HttpResponse:
    shelf = shelf_of(request)
    tasks = list(group.tasks.all())
    lessons = lessons_of(tasks, shelf)
    if not with_answers:
        tasks = [task for task in tasks if task.is_open]
        lessons = _open_ones(lessons, group, shelf)
    content = pack_of(
        request,
        title=group.title,
        shelf=shelf,
        lessons=lessons,
        labs=[task.lab for task in tasks if task.lab],
        with_answers=with_answers,
    )
    response = HttpResponse(content, content_type="application/zip")
    name = f"{plain_address(group.title) or 'paket'}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _open_ones(
    lessons: list[LessonEntry], group: Group, shelf: Library
) -> list[LessonEntry]:
    """Return the lessons that the group's teacher has opened."""
    given = [[task.given for task in group.tasks.all()]]
    return [
        lesson
        for lesson in lessons
        for course in shelf.courses
        if lesson.key in course.by_key
        and opening_of(given, course.key, lesson.key, ()).is_open
    ]
