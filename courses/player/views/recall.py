"""Answers to questions of earlier lessons that a lesson asks again."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from courses.exercises.grading import Exercise, ExerciseState
from courses.exercises.types.base import AnswerError
from courses.review.rememberers import rememberer_of

from ..finding import posted_only
from ..opened import opening_in
from ..recalling import exercise_of, lessons_before
from ..remembering import Item, MetGoal, items_by_goal, note_answer
from ..replays import arrived_before, remember_request
from ..visits import (
    Visit,
    changed_hands,
    gone,
    is_for_another,
    not_open,
    reply_recalled,
    visit_of,
)


@posted_only
def answer(
    request: HttpRequest, course_slug: str, lesson_slug: str, from_slug: str, key: str
) -> HttpResponse:
    """Grade an answer; it counts for the exercise where it belongs, not for here.

    The place to continue at stays in this lesson.
    """
    visit = visit_of(request, course_slug, lesson_slug)
    goal = _find(visit, from_slug, key)
    if goal is None:
        return gone(visit)
    if is_for_another(request, visit.learner):
        return changed_hands(visit)
    item = goal.items[0]
    asked_of = opening_in(visit.sharings, visit.course, item.lesson)
    if not (visit.opening.is_open and asked_of.is_open):
        return not_open(visit)
    exercise = exercise_of(request, item)
    try:
        given = exercise.read_answer(request.POST)
    except AnswerError as error:
        return reply_recalled(
            visit, item, ExerciseState.refused(error, None), status=422
        )
    state = ExerciseState(answer=given)
    if not exercise.is_complete(given):
        return reply_recalled(visit, item, state)
    rememberer = rememberer_of(request)
    if not (visit.learner.has_account and arrived_before(request)):
        _record(visit, item, exercise, given)
        note_answer(
            rememberer,
            goal,
            item,
            exercise,
            given,
            sureness=None,
            today=timezone.localdate(),
        )
    response = reply_recalled(visit, item, state)
    visit.learner.finish(response)
    rememberer.finish(response)
    remember_request(request)
    return response


def _find(visit: Visit, from_slug: str, key: str) -> MetGoal | None:
    """Return the goal of a question in an earlier lesson, with that question alone."""
    earlier = lessons_before(visit.course, visit.lesson)
    for goal, items in items_by_goal(visit.course, earlier).items():
        for item in items:
            if (item.lesson.slug, item.exercise_key) == (from_slug, key):
                return MetGoal(visit.course, goal, (item,), timezone.localdate())
    return None


def _record(visit: Visit, item: Item, exercise: Exercise, given: Any) -> None:
    course, lesson = visit.course, item.lesson
    visit.learner.record_answer(
        course.key,
        lesson.key,
        exercise.key,
        answer=given,
        fingerprint=exercise.fingerprint,
        score=exercise.grade(given).score,
        progress=visit.learner.course_progress(
            course.key, course.lesson_keys, lesson.key, lesson.progress_keys
        ),
    )
