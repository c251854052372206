"""“Wiederholen”: questions of earlier lessons, asked again when they are due.

Showing what is due writes nothing. An answer here changes the card and nothing else: it
is neither an answer in a lesson nor announced to anybody.
"""

import re
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from content.requests import generation_of, private
from courses.catalogue.library import shelf_of
from courses.exercises import grading
from courses.exercises.grading import Exercise, ExerciseState
from courses.exercises.types.base import AnswerError, Sureness
from courses.progress.learners import learner_of
from courses.review.rememberers import Rememberer, rememberer_of
from courses.review.reminder import reminder
from courses.review.schedule import Memory

from ..body import lesson_body
from ..carried import Carried, arrived, forget, lead_to
from ..opened import goals_to_ask
from ..refusing import page_changed_hands
from ..remembering import (
    ROUND,
    Item,
    MetGoal,
    due_day,
    due_goals,
    note_answer,
)
from ..visits import is_for_another

LAYOUT = "courses/exercises/review_item.html"
SEED_LENGTH = 10
NUMBER = re.compile(r"[1-9][0-9]?")


@dataclass(frozen=True)
class Asked:
    """A question on the table: the ``number``-th of a round, ``left`` are due."""

    goal: MetGoal
    item: Item
    exercise: Exercise
    number: int
    left: int


@require_safe
def review(request: HttpRequest) -> HttpResponse:
    """Show the next due question, or when there will be one, or what this is."""
    rememberer = rememberer_of(request)
    goals = goals_to_ask(shelf_of(request), learner_of(request))
    if not rememberer.is_on:
        return _offer(request, goals)
    today = timezone.localdate()
    due = due_goals(goals, rememberer, today)
    number = _number(request.GET.get("n", ""))
    if answered := arrived(request, _page(number), learner_of(request).mark):
        response = _explained(request, goals, due, number, answered)
        forget(response)
        return response
    if not due or number > ROUND:
        return private(_pause(request, goals, due, rememberer, number - 1))
    goal = due[0]
    item = goal.next_item(rememberer.memory(goal.key))
    exercise = _exercise(request, item, today.isoformat())
    return _question(request, Asked(goal, item, exercise, number, len(due)))


@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """Grade an answer, say when the topic comes again, and keep that."""
    if is_for_another(request, learner_of(request)):
        return _changed_hands(request)
    number = _number(request.POST.get("n", ""))
    goals = goals_to_ask(shelf_of(request), learner_of(request))
    found = _find(goals, request.POST)
    if found is None:
        return private(_gone(request, number))
    rememberer = rememberer_of(request)
    today = timezone.localdate()
    exercise = _exercise(request, found[1], request.POST.get("seed", "")[:SEED_LENGTH])
    asked = Asked(*found, exercise, number, len(due_goals(goals, rememberer, today)))
    try:
        given = exercise.read_answer(request.POST)
    except AnswerError as error:
        refused = ExerciseState.refused(error)
        return _lead(request, asked, refused) or _question(
            request, asked, refused, status=422
        )
    state = ExerciseState(answer=given)
    if not exercise.is_complete(given):
        return _lead(request, asked, state) or _question(request, asked, state)
    memory = note_answer(
        rememberer,
        *found,
        exercise,
        given,
        sureness=_sureness(request),
        today=today,
    )
    response = _lead(request, asked, state) or _question(
        request, asked, state, memory=memory
    )
    rememberer.finish(response)
    return response


@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Begin or end reviewing; ending deletes every card."""
    if is_for_another(request, learner_of(request)):
        return _changed_hands(request)
    rememberer = rememberer_of(request)
    if request.POST.get("choice") == "on":
        goals = goals_to_ask(shelf_of(request), learner_of(request))
        if not goals and not rememberer.is_on:
            # The button was loaded when there was something: progress is gone since.
            return _offer(request, goals, status=422)
        rememberer.switch_on({goal.key: goal.first_due for goal in goals})
    elif request.POST.get("choice") == "off":
        rememberer.switch_off()
    response = redirect("review")
    response.status_code = 303
    rememberer.finish(response)
    return private(response)


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Return the coming days as a calendar file; nobody is sent anything."""
    rememberer = rememberer_of(request)
    goals = goals_to_ask(shelf_of(request), learner_of(request))
    today = timezone.localdate()
    days = {max(due_day(goal, rememberer), today) for goal in goals}
    if not rememberer.is_on or not days:
        return private(redirect("review"))
    content = reminder(
        sorted(days),
        today=today,
        title=_("Review questions"),
        address=request.build_absolute_uri(reverse("review")),
    )
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="wiederholen.ics"'
    return private(response)


def _offer(
    request: HttpRequest, goals: list[MetGoal], status: int = 200
) -> HttpResponse:
    """Say what reviewing is; a refusal says that it was not switched on."""
    context = {
        "has_met": bool(goals),
        "is_refused": status != 200,
        **_reader(request),
    }
    return private(render(request, "courses/review/start.html", context, status=status))


def _page(number: int) -> str:
    """Return the address of a question by its number in the round."""
    return f"{reverse('review')}?n={number}"


def _lead(
    request: HttpRequest, asked: Asked, state: ExerciseState
) -> HttpResponse | None:
    """Lead back to the question's page, which says what came of the answer."""
    exercise, lesson = asked.exercise, str(asked.item.lesson.key)
    return lead_to(
        request,
        _page(asked.number),
        anchor=exercise.anchor,
        about=(lesson, exercise.key, exercise.seed, exercise.fingerprint),
        state=state,
        reader=learner_of(request).mark,
    )


def _explained(
    request: HttpRequest,
    goals: list[MetGoal],
    due: list[MetGoal],
    number: int,
    answered: Carried,
) -> HttpResponse:
    """Show a question with the answer just given and when its topic comes again."""
    lesson, key, seed, fingerprint = answered.about
    found = _find(goals, {"lesson": lesson, "exercise": key})
    if found is None:
        return private(_gone(request, number))
    goal, item = found
    exercise = _exercise(request, item, seed)
    if exercise.fingerprint != fingerprint:
        return private(_gone(request, number))
    given = answered.state.answer
    is_graded = answered.state.reveal and exercise.is_complete(given)
    # What was due when it was answered: this one may not be any more.
    left = len(due) + (goal not in due)
    memory = rememberer_of(request).memory(goal.key) if is_graded else None
    asked = Asked(goal, item, exercise, number, left)
    return _question(request, asked, answered.state, memory=memory)


def _sureness(request: HttpRequest) -> Sureness | None:
    said = request.POST.get("sure", "")
    return Sureness(said) if said in list(Sureness) else None


def _find(goals: list[MetGoal], data: Any) -> tuple[MetGoal, Item] | None:
    """Return the goal and question a form was about, if they are still there."""
    try:
        lesson = UUID(data.get("lesson", ""))
    except ValueError:
        return None
    for goal in goals:
        for item in goal.items:
            if (item.lesson.key, item.exercise_key) == (lesson, data.get("exercise")):
                return goal, item
    return None


def _exercise(request: HttpRequest, item: Item, seed: str) -> Exercise:
    body = lesson_body(item.lesson.page_id, generation_of(request), item.lesson.path)
    return replace(body.exercises[item.exercise_key], seed=seed)


def _form(request: HttpRequest, asked: Asked, state: ExerciseState) -> str:
    return grading.render(
        asked.exercise,
        state,
        action=f"{reverse('review_answer')}#{asked.exercise.anchor}",
        layout=LAYOUT,
        item=asked.item,
        number=asked.number,
        writes_for=learner_of(request).mark,
        sureness=[
            (Sureness.GUESSED, _("guessed")),
            (Sureness.UNSURE, _("not quite sure")),
            (Sureness.SURE, _("sure")),
        ],
    )


def _question(
    request: HttpRequest,
    asked: Asked,
    state: ExerciseState | None = None,
    *,
    memory: Memory | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "goal": asked.goal,
        "item": asked.item,
        "number": asked.number,
        "total": min(ROUND, max(asked.number, asked.number - 1 + asked.left)),
        "html": _form(request, asked, state or ExerciseState()),
        "modules": grading.modules_of([asked.exercise]),
        "comes_again": memory and memory.due,
        "is_last": asked.number >= ROUND or asked.left <= 1,
        "next_number": asked.number + 1,
    }
    return private(
        render(request, "courses/review/question.html", context, status=status)
    )


def _pause(
    request: HttpRequest,
    goals: list[MetGoal],
    due: list[MetGoal],
    rememberer: Rememberer,
    answered: int,
) -> HttpResponse:
    context = {
        "answered": answered,
        "due": len(due),
        "next_day": min((due_day(goal, rememberer) for goal in goals), default=None),
        **_reader(request),
    }
    return render(request, "courses/review/pause.html", context)


def _gone(request: HttpRequest, number: int) -> HttpResponse:
    context = {"next_number": number}
    return render(request, "courses/review/gone.html", context, status=410)


def _reader(request: HttpRequest) -> dict[str, Any]:
    """Return for whom a page's forms write, and where that is kept."""
    learner = learner_of(request)
    return {"has_account": learner.has_account, "reader": learner.mark}


def _changed_hands(request: HttpRequest) -> HttpResponse:
    """Say that somebody else reviews now than when the page was loaded."""
    return page_changed_hands(request, path=reverse("review"), title=_("Review"))


def _number(text: str) -> int:
    """Return the number of a question in its round, from 1."""
    return min(int(text), ROUND + 1) if NUMBER.fullmatch(text) else 1
