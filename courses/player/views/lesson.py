"""A lesson: reading, answering, completing, and where one is.

Reading writes nothing but the private place of someone already known; everything else
comes from POST, so that prefetching and link checkers create no learning.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from content.requests import private, same_for_everyone
from courses.catalogue.keys import lab_key
from courses.exercises.grading import Exercise, ExerciseState
from courses.exercises.types.base import AnswerError
from courses.progress.learners import learner_of
from courses.progress.models import FinalTestState
from courses.progress.state import Answered

from ..asked_again import is_unsure, refuses_cookies, send_again
from ..attending import count_answer
from ..carried import arrived, forget
from ..finding import find_lesson, lookup, posted_only, unlisted
from ..forms import read_block
from ..helping import tell
from ..presenting import FINISHED, finishes_course, open_exercises
from ..refusing import wants_pieces
from ..replays import arrived_before, remember_request
from ..visits import (
    Entry,
    Visit,
    changed_hands,
    gone,
    is_for_another,
    kept_nowhere,
    nobody_to_tell,
    not_open,
    page,
    reply,
    reply_lab,
    visit_at,
    visit_of,
    with_arrived,
)


@require_safe
def show(request: HttpRequest, course_slug: str, lesson_slug: str) -> HttpResponse:
    """Show a lesson with what its reader has done so far."""
    found = lookup(request, course_slug, lesson_slug)
    if found is None:
        return unlisted(request)
    visit = visit_at(request, *found)
    if not visit.opening.is_open:
        return not_open(visit)
    learner = visit.learner
    answered = arrived(request, visit.lesson.path, learner.mark)
    if answered:
        visit = with_arrived(visit, answered)
    if _should_move(visit):
        learner.set_place(visit.course.key, visit.lesson.key, "")
    response = page(visit)
    learner.finish(response)
    if answered:
        forget(response)
        return private(response)
    return private(response) if learner.is_known else same_for_everyone(response)


@posted_only
def answer(
    request: HttpRequest, course_slug: str, lesson_slug: str, key: str
) -> HttpResponse:
    """Grade an answer, keep it, and show the feedback in place."""
    visit = visit_of(request, course_slug, lesson_slug)
    exercise = visit.body.exercises.get(key)
    if exercise is None or not exercise.type.graded:
        return gone(visit)
    if is_for_another(request, visit.learner):
        return changed_hands(visit)
    if key in visit.opening.closed or not visit.opening.is_open:
        return not_open(visit)
    before = visit.progress.answered.get(key)
    try:
        given = exercise.read_answer(request.POST)
    except AnswerError as error:
        refused = ExerciseState.refused(error, before.best if before else None)
        return reply(visit.showing(key, refused), key, status=422)
    if not exercise.is_complete(given):
        return reply(visit.showing(key, ExerciseState(answer=given)), key)
    grade = exercise.grade(given)
    if refuses_cookies(request):
        return reply(visit.showing(key, ExerciseState(grade.score, given)), key)
    best = _keep(visit, exercise, given, grade.score)
    count_answer(request, visit.lesson, key, solved=grade.solved)
    visit = visit.after(key, Answered(best, given, exercise.fingerprint))
    is_first = wants_pieces(request) and is_unsure(request)
    response = send_again(request) if is_first else reply(visit, key)
    visit.learner.finish(response)
    remember_request(request)
    return response


@posted_only
def lab_done(
    request: HttpRequest, course_slug: str, lesson_slug: str, name: str
) -> HttpResponse:
    """Keep that a lab was played to its end: “done”, and nothing else of it."""
    visit = visit_of(request, course_slug, lesson_slug)
    course, lesson, learner = visit.course, visit.lesson, visit.learner
    if name not in lesson.lab_names:
        return gone(visit)
    if is_for_another(request, learner):
        return changed_hands(visit)
    if not visit.opening.is_open:
        return not_open(visit)
    if refuses_cookies(request):
        return kept_nowhere(visit)
    key = lab_key(name)
    if key not in visit.progress.answered:
        learner.record_answer(
            course.key,
            lesson.key,
            key,
            answer=None,
            fingerprint="",
            score=100,
            progress=visit.progress,
        )
    is_first = is_unsure(request)
    response = (
        send_again(request) if is_first else reply_lab(visit.after_lab(key), name)
    )
    learner.finish(response)
    return response


@posted_only
def stuck(request: HttpRequest, course_slug: str, lesson_slug: str) -> HttpResponse:
    """Tell the group that helps where somebody is stuck, or that it is settled."""
    visit = visit_of(request, course_slug, lesson_slug)
    name = "stuck" if "stuck" in request.POST else "settled"
    exercise = visit.body.exercises.get(request.POST.get(name, ""))
    if exercise is None:
        return gone(visit)
    is_told = tell(visit.sharings, visit.lesson, exercise.key, stuck=name == "stuck")
    if not is_told:
        return nobody_to_tell(visit)
    response = redirect(f"{visit.lesson.path}#{exercise.anchor}")
    response.status_code = 303
    return private(response)


@posted_only
def complete(request: HttpRequest, course_slug: str, lesson_slug: str) -> HttpResponse:
    """Go on; the lesson counts as done when no exercise is left unanswered."""
    visit = visit_of(request, course_slug, lesson_slug)
    if is_for_another(request, visit.learner):
        return changed_hands(visit)
    if not visit.opening.is_open:
        return not_open(visit)
    course, lesson, learner = visit.course, visit.lesson, visit.learner
    _before, after = course.neighbours(lesson)
    way_on = after or _end(visit)
    if refuses_cookies(request):
        return kept_nowhere(visit, way_on)
    if is_unsure(request):
        # Not done yet: the same form comes again, and it is that which ends the course.
        learner.set_place(course.key, lesson.key, "")
        response = send_again(request)
        learner.finish(response)
        return private(response)
    is_done = not open_exercises(visit.body, visit.progress.answered)
    ends_course = is_done and finishes_course(course, lesson, visit.progress)
    if is_done:
        learner.complete_lesson(course.key, lesson.key, ends_course=ends_course)
    # Behind the last one the place stays here: the course is known as begun.
    learner.set_place(course.key, (after or lesson).key, "")
    response = redirect(f"{course.path}#{FINISHED}" if ends_course else way_on.path)
    response.status_code = 303
    learner.finish(response)
    return private(response)


@posted_only
def place(request: HttpRequest, course_slug: str, lesson_slug: str) -> HttpResponse:
    """Remember the block somebody reads; sent by a script while reading.

    Reading alone puts nothing on the device of somebody who has done nothing yet.
    """
    course, lesson = find_lesson(request, course_slug, lesson_slug)
    block = read_block(request.POST.get("block", ""))
    learner = learner_of(request)
    response = HttpResponse(status=204)
    if learner.is_known and not is_for_another(request, learner):
        learner.set_place(course.key, lesson.key, block)
        learner.finish(response)
    return private(response)


def _end(visit: Visit) -> Entry:
    """Return where a course leads behind its last lesson: to its test, or to itself."""
    course = visit.course
    is_passed = visit.progress.tests.get(course.key) == FinalTestState.PASSED
    return course.test if course.test and not is_passed else course


def _keep(visit: Visit, exercise: Exercise, given: Any, score: int) -> int:
    """Record an answer unless it was before; return the best score so far."""
    key, learner = exercise.key, visit.learner
    if not (learner.has_account and arrived_before(visit.request)):
        learner.record_answer(
            visit.course.key,
            visit.lesson.key,
            key,
            answer=given,
            fingerprint=exercise.fingerprint,
            score=score,
            progress=visit.progress,
        )
        learner.set_place(visit.course.key, visit.lesson.key, exercise.block_id[:8])
    before = visit.progress.answered.get(key)
    return max(score, before.best if before else 0)


def _should_move(visit: Visit) -> bool:
    """Whether opening this lesson makes it the place to continue."""
    is_prefetch = "prefetch" in visit.request.headers.get("Sec-Purpose", "")
    if not visit.learner.is_known or is_prefetch:
        return False
    place = visit.progress.place
    return place is None or place.lesson_key != visit.lesson.key
