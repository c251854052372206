"""A lesson: reading, answering, completing, and where one is.

Reading writes nothing but the private place of someone already known; everything else
comes from POST, so that prefetching and link checkers create no learning.
"""

import hashlib
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.views import serve as wagtail_serve

from content.requests import (
    generation_of,
    offer_languages,
    private,
    same_for_everyone,
)
from courses.catalogue.library import CourseEntry, LessonEntry, library
from courses.catalogue.models import LessonPage
from courses.exercises.grading import ExerciseState
from courses.exercises.types.base import AnswerError
from courses.progress.learners import Learner, learner_of
from courses.progress.state import Answered, Progress

from ..body import LessonBody, lesson_body, paper_html
from ..forms import read_block
from ..frames import for_reader, framed, kept_piece
from ..presenting import (
    course_url_in,
    exercise_states,
    first_open,
    lesson_url_in,
    open_exercises,
    outline,
    summary,
)

REPLAY_SECONDS = 600

LessonView = Callable[..., HttpResponse]


def lookup(
    request: HttpRequest, course_slug: str, lesson_slug: str
) -> tuple[CourseEntry, LessonEntry] | None:
    """Return a live, open lesson of the request's language."""
    shelf = library(get_language() or "de", generation_of(request))
    course = shelf.by_slug.get(course_slug)
    lesson = course and course.by_slug.get(lesson_slug)
    if not course or not lesson:
        return None
    offer_languages(
        request,
        lambda code: lesson_url_in(code, generation_of(request), course, lesson, ""),
    )
    return course, lesson


def find_lesson(
    request: HttpRequest, course_slug: str, lesson_slug: str
) -> tuple[CourseEntry, LessonEntry]:
    """Return a lesson like :func:`lookup`, or raise 404."""
    found = lookup(request, course_slug, lesson_slug)
    if found is None:
        raise Http404
    return found


def posted_only(view: LessonView) -> LessonView:
    """Lead anybody who comes back by GET (reload, text size) to the lesson itself."""

    @wraps(view)
    def guarded(
        request: HttpRequest, course_slug: str, lesson_slug: str, **kwargs: str
    ) -> HttpResponse:
        if request.method == "POST":
            return view(request, course_slug, lesson_slug, **kwargs)
        return redirect("lesson", course_slug, lesson_slug)

    return guarded


def unlisted(request: HttpRequest) -> HttpResponse:
    """Let Wagtail serve what no shelf lists: pages under a view restriction."""
    path = request.path_info.removeprefix(f"/{get_language()}/").removeprefix("/")
    return private(wagtail_serve(request, path))


@require_safe
def show(request: HttpRequest, course_slug: str, lesson_slug: str) -> HttpResponse:
    """Show a lesson with what its reader has done so far."""
    found = lookup(request, course_slug, lesson_slug)
    if found is None:
        return unlisted(request)
    course, lesson = found
    learner = learner_of(request)
    body = lesson_body(lesson.page_id, generation_of(request), lesson.path)
    progress = _progress(learner, course, lesson)
    if _should_move(request, learner, progress, lesson):
        learner.set_place(course.key, lesson.key, "")
    states = exercise_states(body, progress)
    response = _page(request, learner, course, lesson, body, progress, states)
    learner.finish(response)
    return private(response) if learner.is_known else same_for_everyone(response)


@posted_only
def answer(
    request: HttpRequest, course_slug: str, lesson_slug: str, key: str
) -> HttpResponse:
    """Grade an answer, keep it, and show the feedback in place."""
    course, lesson = find_lesson(request, course_slug, lesson_slug)
    body = lesson_body(lesson.page_id, generation_of(request), lesson.path)
    exercise = body.exercises.get(key)
    if exercise is None or not exercise.type.graded:
        return _gone(request, lesson)
    learner = learner_of(request)
    if _is_for_another(request, learner):
        return _changed_hands(request, lesson)
    progress = _progress(learner, course, lesson)
    states = exercise_states(body, progress)
    try:
        given = exercise.read_answer(request.POST)
    except AnswerError as error:
        before = progress.answered.get(key)
        states[key] = ExerciseState.refused(error, before.best if before else None)
        return _reply(
            request, learner, course, lesson, body, progress, states, key, status=422
        )
    if not exercise.is_complete(given):
        states[key] = ExerciseState(answer=given)
        return _reply(request, learner, course, lesson, body, progress, states, key)
    grade = exercise.grade(given)
    if not (learner.has_account and _arrived_before(request)):
        learner.record_answer(
            course.key,
            lesson.key,
            key,
            answer=given,
            fingerprint=exercise.fingerprint,
            score=grade.score,
            progress=progress,
        )
        learner.set_place(course.key, lesson.key, exercise.block_id[:8])
    before = progress.answered.get(key)
    best = max(grade.score, before.best if before else 0)
    progress = Progress(
        progress.lessons,
        progress.place,
        {**progress.answered, key: Answered(best, given, exercise.fingerprint)},
    )
    states[key] = ExerciseState(best, given)
    response = _reply(request, learner, course, lesson, body, progress, states, key)
    learner.finish(response)
    _remember_request(request)
    return response


@posted_only
def complete(request: HttpRequest, course_slug: str, lesson_slug: str) -> HttpResponse:
    """Go on; the lesson counts as done when no exercise is left unanswered."""
    course, lesson = find_lesson(request, course_slug, lesson_slug)
    body = lesson_body(lesson.page_id, generation_of(request), lesson.path)
    learner = learner_of(request)
    if _is_for_another(request, learner):
        return _changed_hands(request, lesson)
    progress = _progress(learner, course, lesson)
    if not open_exercises(body, progress.answered):
        learner.complete_lesson(course.key, lesson.key)
    _before, after = course.neighbours(lesson)
    if after:
        learner.set_place(course.key, after.key, "")
    response = redirect(after.path if after else course.path)
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
    if learner.is_known and not _is_for_another(request, learner):
        learner.set_place(course.key, lesson.key, block)
        learner.finish(response)
    return private(response)


@require_safe
def paper(
    request: HttpRequest, course_slug: str, lesson_slug: str, kind: str
) -> HttpResponse:
    """Show a lesson's teacher's page or worksheet."""
    course, lesson = find_lesson(request, course_slug, lesson_slug)
    if not (lesson.has_teacher if kind == "teacher" else lesson.has_worksheet):
        raise Http404
    page = LessonPage.objects.get(pk=lesson.page_id)
    html = paper_html(
        getattr(page, kind),
        key=(lesson.page_id, kind),
        generation=generation_of(request),
    )
    context = {"course": course, "lesson": lesson, "segments": html}
    return same_for_everyone(render(request, f"courses/{kind}.html", context))


@require_safe
def printed(request: HttpRequest, course_slug: str, lesson_slug: str) -> HttpResponse:
    """Show a lesson as it goes on paper: no chrome, everything unfolded."""
    course, lesson = find_lesson(request, course_slug, lesson_slug)
    body = lesson_body(lesson.page_id, generation_of(request), lesson.path)
    context = {
        "course": course,
        "lesson": lesson,
        "segments": body.paper(),
        "assets": body.assets,
    }
    return same_for_everyone(render(request, "courses/lesson_print.html", context))


@require_safe
def exercise_sheet(
    request: HttpRequest, course_slug: str, lesson_slug: str, *, solved: bool
) -> HttpResponse:
    """Show a lesson's exercises as a sheet, blank or with solutions."""
    course, lesson = find_lesson(request, course_slug, lesson_slug)
    body = lesson_body(lesson.page_id, generation_of(request), lesson.path)
    if not body.exercises:
        raise Http404
    context = {
        "course": course,
        "lesson": lesson,
        "segments": body.paper(solved=solved, only_exercises=True),
        "solved": solved,
        "assets": body.assets,
    }
    return same_for_everyone(render(request, "courses/exercise_sheet.html", context))


@require_safe
def missing(request: HttpRequest, course_slug: str, key: UUID) -> HttpResponse:
    """Say in the reader's language that a lesson is not there yet, and what is."""
    generation = generation_of(request)
    course = library(get_language() or "de", generation).by_slug.get(course_slug)
    original = library("de", generation).by_key.get(course.key) if course else None
    if not course or not original or key not in original.by_key:
        raise Http404
    if key in course.by_key:
        return redirect(course.by_key[key].path)
    wanted = original.by_key[key]
    offer_languages(
        request,
        lambda code: lesson_url_in(code, generation, course, wanted, ""),
    )
    following = original.lesson_keys[original.lessons.index(wanted) :]
    later = [course.by_key[k] for k in following if k in course.by_key]
    earlier = [course.by_key[k] for k in original.lesson_keys if k in course.by_key]
    context = {
        "course": course,
        "wanted": wanted,
        "wanted_language": "de",
        "offer": later[0] if later else (earlier[-1] if earlier else None),
        "offer_is_later": bool(later),
    }
    return same_for_everyone(render(request, "courses/lesson_missing.html", context))


@require_safe
def course_missing(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say in the reader's language that a course is not there yet, and what is."""
    generation = generation_of(request)
    shelf = library(get_language() or "de", generation)
    if key in shelf.by_key:
        return redirect(shelf.by_key[key].path)
    original = library("de", generation).by_key.get(key)
    if not original:
        raise Http404
    offer_languages(request, lambda code: course_url_in(code, generation, original))
    context = {
        "wanted": original,
        "wanted_language": "de",
        "offer": shelf.courses[0] if shelf.courses else None,
        "shelf": shelf,
    }
    return same_for_everyone(render(request, "courses/course_missing.html", context))


def _progress(learner: Learner, course: CourseEntry, lesson: LessonEntry) -> Progress:
    return learner.course_progress(
        course.key, course.lesson_keys, lesson.key, lesson.exercise_keys
    )


def _should_move(
    request: HttpRequest, learner: Learner, progress: Progress, lesson: LessonEntry
) -> bool:
    """Whether opening this lesson makes it the place to continue."""
    if not learner.is_known or "prefetch" in request.headers.get("Sec-Purpose", ""):
        return False
    return progress.place is None or progress.place.lesson_key != lesson.key


def _page(
    request: HttpRequest,
    learner: Learner,
    course: CourseEntry,
    lesson: LessonEntry,
    body: LessonBody,
    progress: Progress,
    states: dict[str, ExerciseState],
    status: int = 200,
) -> HttpResponse:
    block = _resume_block(lesson, body, progress)
    offer_languages(
        request,
        lambda code: lesson_url_in(code, generation_of(request), course, lesson, block),
    )
    return framed(
        request,
        "courses/lesson.html",
        lambda: _context(course, lesson, body, progress),
        learner=learner,
        state=_shown_state(course, lesson, body, progress),
        segments=body.html(states, lesson.path),
        status=status,
    )


def _shown_state(
    course: CourseEntry, lesson: LessonEntry, body: LessonBody, progress: Progress
) -> Hashable:
    """Return all that a lesson page shows of its reader beside the answers."""
    return (
        tuple(progress.lessons.get(key) for key in course.lesson_keys),
        open_exercises(body, progress.answered),
        first_open(body, progress.answered),
        _resume_block(lesson, body, progress),
    )


def _resume_block(lesson: LessonEntry, body: LessonBody, progress: Progress) -> str:
    place = progress.place
    here = place is not None and place.lesson_key == lesson.key
    return place.block if place and here and place.block in body.anchors else ""


def _context(
    course: CourseEntry, lesson: LessonEntry, body: LessonBody, progress: Progress
) -> dict[str, Any]:
    before, after = course.neighbours(lesson)
    return {
        "course": course,
        "lesson": lesson,
        "position": course.lessons.index(lesson) + 1,
        "outline": outline(course, progress, lesson.key),
        "summary": summary(course, progress),
        "open_exercises": open_exercises(body, progress.answered),
        "first_open": first_open(body, progress.answered),
        "is_done": any(
            item.is_done and item.is_current
            for item in outline(course, progress, lesson.key)
        ),
        "previous": before,
        "next": after,
        "resume_block": _resume_block(lesson, body, progress),
        "assets": body.assets,
    }


def _reply(
    request: HttpRequest,
    learner: Learner,
    course: CourseEntry,
    lesson: LessonEntry,
    body: LessonBody,
    progress: Progress,
    states: dict[str, ExerciseState],
    key: str,
    status: int = 200,
) -> HttpResponse:
    """Answer a script with the changed pieces, anybody else with the whole page."""
    if not wants_pieces(request):
        return private(
            _page(request, learner, course, lesson, body, progress, states, status)
        )
    pieces = {
        "exercise": for_reader(
            body.exercise_html(key, states[key], lesson.path), learner
        ),
        "finish": kept_piece(
            request,
            "courses/includes/finish.html",
            lambda: _context(course, lesson, body, progress),
            learner=learner,
            state=_shown_state(course, lesson, body, progress),
        ),
    }
    return private(JsonResponse(pieces, status=status))


def _gone(request: HttpRequest, lesson: LessonEntry) -> HttpResponse:
    title = _("This exercise has changed")
    message = _(
        "This exercise no longer exists: the lesson has been changed. Nothing that "
        "was saved is lost. Please open the lesson again."
    )
    return _refusal(request, lesson, title, message, status=410)


def _is_for_another(request: HttpRequest, learner: Learner) -> bool:
    """Whether a page left open was loaded for somebody else than who learns now.

    It happens where one tab signs in or out while another waits to send an answer.
    """
    return request.POST.get("reader", learner.mark) != learner.mark


def _changed_hands(request: HttpRequest, lesson: LessonEntry) -> HttpResponse:
    title = _("Nothing was saved")
    message = _(
        "Since this page was loaded, an account has been opened or closed on this "
        "device. So nothing was saved. Please load the lesson again."
    )
    return _refusal(request, lesson, title, message, status=409)


def _refusal(
    request: HttpRequest, lesson: LessonEntry, title: str, message: str, *, status: int
) -> HttpResponse:
    """Say why nothing was written: in words for a script, else on a page."""
    if wants_pieces(request):
        return private(JsonResponse({"message": message}, status=status))
    context = {"lesson": lesson, "title": title, "message": message}
    return private(render(request, "courses/refused.html", context, status=status))


def wants_pieces(request: HttpRequest) -> bool:
    """Whether our own script asks, which replaces parts of the page."""
    return request.headers.get("Accept", "") == "application/json"


def _request_key(request: HttpRequest) -> str | None:
    token = request.headers.get("Idempotency-Key", "")
    if not 16 <= len(token) <= 64:
        return None
    return f"sent:{hashlib.sha256(f'{request.path} {token}'.encode()).hexdigest()}"


def _arrived_before(request: HttpRequest) -> bool:
    """Whether this very answer was written already and only its reply was lost.

    Writing it again would put an old answer over a newer one from another device.
    """
    key = _request_key(request)
    return bool(key and cache.get(key))


def _remember_request(request: HttpRequest) -> None:
    if key := _request_key(request):
        cache.set(key, True, REPLAY_SECONDS)
