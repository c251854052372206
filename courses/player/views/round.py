"""Asking a whole class: chosen by the teacher, on a page of its own for the wall.

Nothing of it stands beside the board, and it never writes to the ledger. Views of
teachers that stand here because an exercise is shown as the player shows it.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from content.requests import private
from courses.catalogue.library import LessonEntry, shelf_of
from courses.exercises.grading import Exercise
from courses.groups import rooms, rounds
from courses.groups.boards import lessons_of
from courses.groups.models import Group, GroupTask
from courses.groups.roles import Action
from courses.groups.rooms import Room
from courses.groups.views.guard import for_group

from ..asking import led_round
from ..room_forms import PollForm
from ..room_question import askable, decision_of
from ..room_state import context_of, works_here


@require_safe
@for_group(Action.ASK)
def lead(request: HttpRequest, group: Group) -> HttpResponse:
    """Show what is asked and, in steps, what came of it; made for the wall."""
    context = _context(request, group)
    context["shows_cards"] = group.members.filter(has_card=True).exists()
    return render(request, "courses/round/lead.html", context)


@require_safe
@for_group(Action.ASK)
def lead_state(request: HttpRequest, group: Group) -> HttpResponse:
    """Return what has changed, or 304 where nothing has."""
    context = _context(request, group)
    tag = context["state"].tag if context["state"] else 'W/"nothing"'
    unchanged = get_conditional_response(request, etag=tag)
    if unchanged:
        return unchanged
    response = render(request, "courses/round/includes/lead.html", context)
    response.headers["ETag"] = tag
    return response


def _context(request: HttpRequest, group: Group) -> dict[str, Any]:
    room = rounds.round_of(group.pk)
    context = {"group": group, "state": None, "is_possible": works_here(request)}
    if room:
        context |= context_of(request, led_round(request, room))
    return context


@require_safe
@for_group(Action.ASK)
def choose(request: HttpRequest, group: Group) -> HttpResponse:
    """Offer the exercises of the group's tasks, and the decisions of their labs."""
    lessons = [
        {
            "lesson": lesson,
            "exercises": exercises,
            "decisions": [
                (name, decision)
                for name in lesson.lab_names
                if (decision := decision_of(name))
            ],
        }
        for lesson, exercises in _offer(request, group)
    ]
    context = {"group": group, "lessons": lessons}
    return render(request, "courses/round/choose.html", context)


@require_POST
@for_group(Action.ASK)
def run(request: HttpRequest, group: Group) -> HttpResponse:
    """Ask an exercise or a lab's decision, or let nothing run."""
    if not works_here(request):
        return _to(group)  # which says why not
    lesson, exercises = _wanted(request, group)
    exercise, lab = request.POST.get("exercise", ""), request.POST.get("lab", "")
    if lesson is None:
        rooms.run_nothing(room=rounds.open_round(group=group))
    elif exercise in {each.key for each in exercises}:
        rooms.run_exercise(
            room=rounds.open_round(group=group),
            lesson_key=lesson.key,
            exercise_key=exercise,
        )
    elif lab in lesson.lab_names and decision_of(lab):
        room = rounds.open_round(group=group)
        rooms.run_lab(room=room, lesson_key=lesson.key, lab=lab)
    else:
        raise Http404
    return _to(group)


@require_http_methods(["GET", "HEAD", "POST"])
@for_group(Action.ASK)
def poll(request: HttpRequest, group: Group) -> HttpResponse:
    """Ask a question of one's own."""
    if not works_here(request):
        return _to(group)  # which says why not
    form = PollForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        rooms.run_poll(
            room=rounds.open_round(group=group),
            question=form.cleaned_data["question"],
            options=form.options,
        )
        return _to(group)
    status = 422 if form.is_bound else 200
    context = {"group": group, "form": form}
    return render(request, "courses/round/poll.html", context, status=status)


@require_POST
@for_group(Action.ASK)
def show(request: HttpRequest, group: Group) -> HttpResponse:
    """Show or hide result and solution."""
    room = rounds.round_of(group.pk)
    if room:
        rooms.show(
            room=room,
            result=_switched(request, "result"),
            solution=_switched(request, "solution"),
        )
    return _to(group)


@require_POST
@for_group(Action.ASK)
def end(request: HttpRequest, group: Group) -> HttpResponse:
    """End the round; all that was counted in it is erased at once."""
    room: Room | None = rounds.round_of(group.pk)
    if room:
        rooms.close_room(room=room)
    response = redirect("group", group.pk)
    response.status_code = 303
    return response


def _offer(
    request: HttpRequest, group: Group
) -> list[tuple[LessonEntry, list[Exercise]]]:
    """Return the lessons of a group's tasks with the exercises that these cover."""
    tasks = list(group.tasks.all())
    return [
        (lesson, _covered(tasks, lesson, askable(request, lesson)))
        for lesson in lessons_of(tasks, shelf_of(request))
    ]


def _covered(
    tasks: list[GroupTask], lesson: LessonEntry, exercises: list[Exercise]
) -> list[Exercise]:
    scopes = [task.scope for task in tasks if task.lesson_key in (None, lesson.key)]
    single = {scope.exercise_key for scope in scopes}
    return [each for each in exercises if "" in single or each.key in single]


def _wanted(
    request: HttpRequest, group: Group
) -> tuple[LessonEntry | None, list[Exercise]]:
    """Return the lesson of the group that a button names; None where none is named."""
    named = request.POST.get("lesson", "")
    if not named:
        return None, []
    for lesson, exercises in _offer(request, group):
        if str(lesson.key) == named:
            return lesson, exercises
    raise Http404


def _switched(request: HttpRequest, name: str) -> bool | None:
    return {"show": True, "hide": False}.get(request.POST.get(name, ""))


def _to(group: Group) -> HttpResponse:
    response = redirect("round", group.pk)
    response.status_code = 303
    return private(response)
