"""The tasks of a group: added, put in order, opened and closed, taken away."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from content.requests import generation_of
from courses.catalogue.library import library, shelf_of

from ..forms import TaskForm
from ..models import Group, GroupTask
from ..roles import Action
from ..services import GroupError
from ..tasks import add_task, change_task, move_task, remove_task
from ..titles import task_title
from .guard import for_group

#: What a button of a task does to it.
CHANGES = {
    "open": {"is_open": True},
    "close": {"is_open": False},
    "show": {"shows_solutions": True},
    "hide": {"shows_solutions": False},
    "extra": {"is_extra": True},
    "core": {"is_extra": False},
}
MOVES = {"up": -1, "down": 1}


@require_http_methods(["GET", "HEAD", "POST"])
@for_group(Action.ASSIGN)
def tasks(request: HttpRequest, group: Group) -> HttpResponse:
    """List the tasks in their order; on POST add one."""
    shelf = shelf_of(request)
    form = TaskForm(request.POST or None, shelf=shelf)
    if request.method == "POST" and form.is_valid():
        added = _added(group, form)
        if added:
            return _to(group, added)
    rows = [(task, task_title(task, shelf)) for task in group.tasks.all()]
    context = {"group": group, "tasks": rows, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "courses/groups/tasks.html", context, status=status)


def _added(group: Group, form: TaskForm) -> GroupTask | None:
    """Add the task, or leave in the form why not."""
    try:
        return add_task(group=group, **form.task)
    except GroupError as error:
        is_known = error.reason == GroupError.KNOWN_TASK
        known = _(
            "The group has this task already. It can be opened or moved in the list."
        )
        many = _("A group can have 60 tasks. Please take one away first.")
        form.add_error("what", known if is_known else many)
        return None


@require_POST
@for_group(Action.ASSIGN)
def change(request: HttpRequest, group: Group, task_id: UUID) -> HttpResponse:
    """Do what the button of a task says; without scripts too."""
    task = _task(group, task_id)
    wanted = request.POST.get("do", "")
    if wanted in MOVES:
        move_task(task=task, by=MOVES[wanted])
    elif wanted in CHANGES:
        change_task(task=task, **CHANGES[wanted])
    return _to(group, task)


@require_http_methods(["GET", "HEAD", "POST"])
@for_group(Action.ASSIGN)
def remove(request: HttpRequest, group: Group, task_id: UUID) -> HttpResponse:
    """Ask, then take a task away with what the ledger says of it alone."""
    task = _task(group, task_id)
    if request.method == "POST":
        remove_task(task=task, lessons=_lessons(request))
        return redirect("group_tasks", group.pk)
    title = task_title(task, shelf_of(request))
    context = {"group": group, "task": task, "title": title}
    return render(request, "courses/groups/task_remove.html", context)


def _task(group: Group, pk: UUID) -> GroupTask:
    found = group.tasks.filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such task any more."))
    return found


def _to(group: Group, task: GroupTask) -> HttpResponse:
    response = redirect(f"{reverse('group_tasks', args=[group.pk])}#t-{task.pk}")
    response.status_code = 303
    return response


def _lessons(request: HttpRequest) -> dict[UUID, set[UUID]]:
    """Return the lessons of each course in all languages: some have few of them."""
    found: dict[UUID, set[Any]] = {}
    for code, _name in settings.LANGUAGES:
        for course in library(code, generation_of(request)).courses:
            found.setdefault(course.key, set()).update(course.lesson_keys)
    return found
