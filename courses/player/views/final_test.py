"""A final test: start, one question after the other, overview, handing in, result.

Looking at pages writes nothing. Each form says which run and which question it was made
of; one that comes late is refused with a sentence, and nothing is changed.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from content.requests import private, same_for_everyone
from courses.catalogue.library import shelf_of
from courses.exercises import grading
from courses.exercises.grading import ExerciseState
from courses.exercises.types.base import AnswerError
from courses.progress.runs import Reason, Refused, form_token, refusal

from ..carried import arrived, forget, lead_to
from ..employee import duty_here
from ..finding import unlisted
from ..opened import sharings_for, test_refusal, who_hears_of_pass
from ..presenting import summary
from ..results import result_of
from ..sittings import Question, Sitting, sitting_at, sitting_of

LAYOUT = "courses/exercises/test_item.html"
#: Fields of a question's form that are no part of an answer.
OWN_FIELDS = frozenset(["run", "question", "reader", "go"])

View = Callable[..., HttpResponse]
Guard = Callable[[View], View]


@dataclass(frozen=True)
class Steps:
    """The views between the first page of a test and its result."""

    begin: View
    question: View
    overview: View
    hand_in: View


@require_safe
def start(request: HttpRequest, course_slug: str) -> HttpResponse:
    """Show what the test is, and the way on from where its reader stands."""
    shelf = shelf_of(request)
    course = shelf.by_slug.get(course_slug)
    if course is None or course.test is None:
        return unlisted(request)
    sitting = sitting_at(request, course)
    sharings = sharings_for(sitting.learner, course.key)
    refusal = test_refusal(request, course, sharings)
    if refusal:
        return refusal
    learner, result = sitting.learner, sitting.standing.result
    progress = learner.course_progress(course.key, course.lesson_keys)
    numbers = summary(course, progress)
    context = {
        **frame(sitting),
        "intro": sitting.body.intro,
        "count": sitting.count,
        "attempts_left": sitting.attempts_left,
        "has_run": sitting.run is not None,
        "first_open": sitting.first_open,
        "result": result,
        "has_details": bool(result and result.items),
        "after": sitting.standing.run.id if sitting.standing.run else "",
        "lessons_left": numbers.total - numbers.done,
        "is_known": learner.is_known,
        "duty": duty_here(request, course),
        "hearings": who_hears_of_pass(request.user, course, sharings),
    }
    page = render(request, "courses/final_test/start.html", context)
    if learner.is_known or context["duty"]:
        return private(page)
    return same_for_everyone(page)


def _begin(sitting: Sitting) -> HttpResponse:
    """Begin a run of a sitting, or go on with the open one."""
    request = sitting.request
    if request.method != "POST":
        return redirect(sitting.pages, sitting.course.slug)
    if sitting.is_for_another:
        return _changed_hands(sitting)
    sharings = sharings_for(sitting.learner, sitting.course.key)
    refusal = test_refusal(request, sitting.course, sharings)
    if refusal:
        return refusal
    try:
        standing = sitting.begin(request.POST.get("after", ""))
    except Refused as refused:
        return _refused(sitting, refused.reason)
    response = (
        _to(sitting, "question", number=1)
        if standing.open_run
        else _to(sitting, "start")
    )
    sitting.learner.finish(response)
    return response


def _question(sitting: Sitting, number: int) -> HttpResponse:
    """Show a question; on POST keep the answer and go where its button leads."""
    request = sitting.request
    if request.method == "POST":
        return _keep_answer(sitting, number)
    if sitting.run is None:
        return private(_to(sitting, "start"))
    asked = _asked(sitting, number)
    answered = arrived(request, request.path, sitting.learner.mark)
    if answered is None:
        return _question_page(sitting, asked)
    token, is_new = answered.about
    if token == form_token(sitting.run, asked.exercise):
        given = asked.exercise.from_shown(answered.state.answer)
        state = None if is_new else replace(answered.state, answer=given)
        response = _question_page(sitting, asked, state=state, is_new=bool(is_new))
    else:
        response = _question_page(sitting, asked)
    forget(response)
    return response


def _overview(sitting: Sitting) -> HttpResponse:
    """Show which questions are answered, and let the test be handed in."""
    if sitting.run is None:
        return private(_to(sitting, "start"))
    context = {
        **frame(sitting),
        "run": sitting.run,
        "questions": sitting.asked,
        "first_open": sitting.first_open,
    }
    return private(render(sitting.request, "courses/final_test/overview.html", context))


def _hand_in(sitting: Sitting) -> HttpResponse:
    """End the run and lead to its result; a second click changes nothing."""
    request = sitting.request
    if request.method != "POST":
        return redirect(sitting.pages, sitting.course.slug)
    if sitting.is_for_another:
        return _changed_hands(sitting)
    run_id = request.POST.get("run", "")
    try:
        sitting.learner.hand_in_test(sitting.course.key, run_id, sitting.questions)
    except Refused as refused:
        return _refused(sitting, refused.reason)
    response = _to(sitting, "result")
    sitting.learner.finish(response)
    return response


def steps_of(sitting_of: Callable[..., Sitting], guard: Guard | None = None) -> Steps:
    """Return the views that take whoever sits at a test through it.

    ``sitting_of`` finds the sitting by what ``guard`` lets through to a view and the
    course's slug.
    """
    either = require_http_methods(["GET", "HEAD", "POST"])

    def view(step: View, methods: Guard) -> View:
        def taken(*who: Any, course_slug: str, **place: Any) -> HttpResponse:
            return step(sitting_of(*who, course_slug), **place)

        return methods(guard(taken) if guard else taken)

    return Steps(
        begin=view(_begin, either),
        question=view(_question, either),
        overview=view(_overview, require_safe),
        hand_in=view(_hand_in, either),
    )


STEPS = steps_of(sitting_of)


@require_safe
def result(request: HttpRequest, course_slug: str) -> HttpResponse:
    """Show what came of the last run: by goal, and each question with its solution."""
    sitting = sitting_of(request, course_slug)
    return result_in(sitting, practised_for=duty_here(request, sitting.course))


def result_in(sitting: Sitting, **more: Any) -> HttpResponse:
    """Show what came of the last run of a sitting."""
    run = sitting.standing.result
    if run is None or not run.items:
        return private(_to(sitting, "start"))
    found = result_of(sitting, run)
    course, learner = sitting.course, sitting.learner
    progress = learner.course_progress(course.key, course.lesson_keys)
    context = {
        **frame(sitting),
        "run": run,
        "result": found,
        "attempts_left": sitting.attempts_left,
        "after": run.id,
        "has_account": learner.has_account,
        "is_complete": summary(course, progress).is_complete,
        **more,
    }
    return private(render(sitting.request, "courses/final_test/result.html", context))


def _keep_answer(sitting: Sitting, number: int) -> HttpResponse:
    """Keep an answer and go on; what cannot be read is shown again with advice."""
    form, run = sitting.request.POST, sitting.run
    if sitting.is_for_another:
        return _changed_hands(sitting)
    if run is None or form.get("run") != run.id:
        reason = refusal(sitting.standing, form.get("run", ""))
        return _refused(sitting, reason or Reason.OTHER_RUN)
    asked = _asked(sitting, number)
    if not constant_time_compare(
        form.get("question", ""), form_token(run, asked.exercise)
    ):
        return _again(sitting, asked, is_new=True, status=409)
    try:
        if form.get("go") != "skip":
            _write(sitting, asked)
    except AnswerError as error:
        state = ExerciseState.refused(error)
        return _again(sitting, asked, state=state, status=422)
    except Refused as refused:
        if refused.reason != Reason.NO_ROOM:
            return _refused(sitting, refused.reason)
        state = ExerciseState(answer=asked.answer, error=_no_room(), reveal=False)
        return _again(sitting, asked, state=state, status=422)
    response = _onwards(sitting, number)
    sitting.learner.finish(response)
    return response


def _again(
    sitting: Sitting,
    asked: Question,
    *,
    state: ExerciseState | None = None,
    is_new: bool = False,
    status: int,
) -> HttpResponse:
    """Lead back to the question with advice; in place where there is too much of it."""
    run = sitting.run
    if run is None:
        raise Http404
    led = lead_to(
        sitting.request,
        sitting.request.path,
        anchor="inhalt" if is_new else asked.exercise.anchor,
        about=(form_token(run, asked.exercise), "new" if is_new else ""),
        state=_carried(asked, state or ExerciseState()),
        reader=sitting.learner.mark,
    )
    return led or _question_page(
        sitting, asked, state=state, is_new=is_new, status=status
    )


def _carried(asked: Question, state: ExerciseState) -> ExerciseState:
    """Return a state for a cookie that its owner can read."""
    return replace(state, answer=asked.exercise.as_shown(state.answer))


def _write(sitting: Sitting, asked: Question) -> None:
    """Keep what the form holds; an empty form takes an answer back."""
    learner, course = sitting.learner, sitting.course
    run_id, place = sitting.request.POST["run"], asked.number - 1
    if _is_blank(sitting.request.POST):
        if asked.item.is_answered:
            learner.clear_question(course.key, run_id, place, sitting.questions)
        return
    given = asked.exercise.read_answer(sitting.request.POST)
    if asked.item.is_answered and given == asked.answer:
        return
    learner.answer_question(course.key, run_id, place, given, sitting.questions)


def _is_blank(form: QueryDict) -> bool:
    filled = {name for name, values in form.lists() if any(v.strip() for v in values)}
    return filled <= OWN_FIELDS


def _onwards(sitting: Sitting, number: int) -> HttpResponse:
    """Lead to where the button says: on, back, to a number, or to the overview."""
    count = len(sitting.asked)
    wanted = sitting.request.POST.get("go", "")
    steps = {"back": number - 1, "overview": 0}
    to = steps.get(wanted, number + 1)
    if wanted.isdecimal() and len(wanted) < 4:
        to = int(wanted)
    if not 1 <= to <= count:
        return _to(sitting, "overview")
    return _to(sitting, "question", number=to)


def _asked(sitting: Sitting, number: int) -> Question:
    if not 1 <= number <= len(sitting.asked):
        raise Http404
    return sitting.asked[number - 1]


def _question_page(
    sitting: Sitting,
    asked: Question,
    *,
    state: ExerciseState | None = None,
    is_new: bool = False,
    status: int = 200,
) -> HttpResponse:
    run, item = sitting.run, asked.item
    if run is None:
        raise Http404
    state = state or ExerciseState(answer=asked.answer, reveal=False)
    html = grading.render(
        asked.exercise,
        state,
        layout=LAYOUT,
        run=run,
        token=form_token(run, asked.exercise),
        reader=sitting.learner.mark,
        questions=sitting.asked,
        number=asked.number,
        is_last=asked.number == len(sitting.asked),
        answered=len(run.items) - run.open_count,
    )
    context = {
        **frame(sitting),
        "run": run,
        "number": asked.number,
        "total": len(sitting.asked),
        "answered": len(run.items) - run.open_count,
        "html": html,
        "is_new": is_new,
        "is_kept": bool(item.kept) and not item.is_answered,
        "modules": grading.modules_of([asked.exercise]),
    }
    return private(
        render(
            sitting.request,
            "courses/final_test/question.html",
            context,
            status=status,
        )
    )


def frame(sitting: Sitting) -> dict[str, Any]:
    """Return what every page of a test is made of."""
    return {
        "course": sitting.course,
        "test": sitting.test,
        "standing": sitting.standing,
        "reader": sitting.learner.mark,
        "ways": sitting.ways,
    }


def _to(sitting: Sitting, name: str, **values: Any) -> HttpResponse:
    response = redirect(sitting.ways[name], course_slug=sitting.course.slug, **values)
    response.status_code = 303
    return private(response)


def _no_room() -> str:
    return _(
        "This answer is too long to be kept on this device. Please shorten it, or hand "
        "in another test that is still open. With a learning key there is room enough."
    )


def _refused(sitting: Sitting, reason: Reason) -> HttpResponse:
    """Say why a form changed nothing, and lead to where the test stands."""
    return _notice(sitting, advice(reason))


def advice(reason: Reason) -> str:
    """Return the sentence that says why something changed nothing."""
    messages = {
        Reason.OTHER_RUN: _(
            "This page belongs to an earlier attempt. Nothing was changed: the test "
            "stands as it was left."
        ),
        Reason.HANDED_IN: _(
            "This test has been handed in already, so the answer was not taken any "
            "more. The result stands."
        ),
        Reason.NO_ATTEMPTS: _(
            "All attempts are used up. When the course is renewed there will be new "
            "ones. The best result stays."
        ),
        Reason.NO_ROOM: _(
            "There is no room for another test on this device. Please hand in a test "
            "that is still open first. With a learning key there is room enough."
        ),
        Reason.LAPSED: _(
            "A test for the evidence is to be handed in within %(days)s days. The one "
            "begun before was left open for longer and is over. Please begin anew: no "
            "attempt was used up."
        )
        % {"days": timedelta(seconds=settings.SPENT_RUN_AGE).days},
    }
    return messages[reason]


def _changed_hands(sitting: Sitting) -> HttpResponse:
    message = _(
        "Since this page was loaded, an account has been opened or closed on this "
        "device. So nothing was saved. Please load the test again."
    )
    return _notice(sitting, message)


def _notice(sitting: Sitting, message: str) -> HttpResponse:
    context = {
        "back": replace(
            sitting.test, path=reverse(sitting.pages, args=[sitting.course.slug])
        ),
        "title": _("Nothing was saved"),
        "message": message,
    }
    page = render(sitting.request, "courses/refused.html", context, status=409)
    return private(page)
