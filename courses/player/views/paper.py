"""A course on paper: each lesson's print view, worksheet, teacher's page, exercises.

And what holds them together: an overview of all papers, all worksheets in one go, and
the final test as a sheet.
"""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from content.requests import (
    generation_of,
    offer_languages,
    private,
    same_for_everyone,
)
from courses.catalogue.library import CourseEntry, LessonEntry, shelf_of
from courses.exercises import grading
from courses.exercises.drawing import draw
from courses.progress.learners import learner_of

from ..body import lesson_body, lesson_paper
from ..finding import find_lesson
from ..opened import opening_in, paper_refusal, sharings_for
from ..presenting import papers_url_in
from ..recalling import paper_blocks
from ..sittings import test_body

#: Two classes, or two neighbours at a table, get different questions.
VARIANTS = ("a", "b")


@require_safe
def paper(
    request: HttpRequest, course_slug: str, lesson_slug: str, kind: str
) -> HttpResponse:
    """Show a lesson's teacher's page or worksheet."""
    course, lesson = find_lesson(request, course_slug, lesson_slug)
    if not (lesson.has_teacher if kind == "teacher" else lesson.has_worksheet):
        raise Http404
    # A teacher's page says what to expect of each exercise.
    refusal = paper_refusal(request, course, lesson, solved=kind == "teacher")
    if refusal:
        return refusal
    html = _paper(request, lesson, kind)
    context = {"course": course, "lesson": lesson, "segments": html}
    return same_for_everyone(render(request, f"courses/{kind}.html", context))


@require_safe
def printed(request: HttpRequest, course_slug: str, lesson_slug: str) -> HttpResponse:
    """Show a lesson as it goes on paper: no chrome, everything unfolded."""
    course, lesson = find_lesson(request, course_slug, lesson_slug)
    refusal = paper_refusal(request, course, lesson, solved=False)
    if refusal:
        return refusal
    body = lesson_body(lesson.page_id, generation_of(request), lesson.path)
    context = {
        "course": course,
        "lesson": lesson,
        "segments": body.paper(drawn=paper_blocks(request, course, lesson, body)),
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
    refusal = paper_refusal(request, course, lesson, solved=solved)
    if refusal:
        return refusal
    context = {
        "course": course,
        "lesson": lesson,
        "segments": body.paper(solved=solved, only_exercises=True),
        "solved": solved,
    }
    return same_for_everyone(render(request, "courses/exercise_sheet.html", context))


@require_safe
def papers(request: HttpRequest, course_slug: str) -> HttpResponse:
    """List every paper of a course, lesson by lesson."""
    course = _course(request, course_slug)
    offer_languages(
        request, lambda code: papers_url_in(code, generation_of(request), course)
    )
    context = {
        "course": course,
        "worksheets": sum(lesson.has_worksheet for lesson in course.lessons),
        "has_solutions": any(lesson.exercise_keys for lesson in course.lessons),
        "variants": VARIANTS,
    }
    return same_for_everyone(render(request, "courses/papers.html", context))


@require_safe
def worksheets(request: HttpRequest, course_slug: str) -> HttpResponse:
    """Show the worksheets of all lessons, to be printed in one go."""
    course = _course(request, course_slug)
    sharings = sharings_for(learner_of(request), course.key)
    sheets = [
        (lesson, _paper(request, lesson, "worksheet"))
        for lesson in course.lessons
        if lesson.has_worksheet and opening_in(sharings, course, lesson).is_open
    ]
    if not sheets:
        raise Http404
    context = {"course": course, "sheets": sheets}
    page = render(request, "courses/worksheets.html", context)
    return private(page) if sharings else same_for_everyone(page)


@require_safe
def test_sheet(
    request: HttpRequest, course_slug: str, variant: str, *, solved: bool
) -> HttpResponse:
    """Show a final test as a sheet, blank or with solutions.

    Always the same questions for a variant, and never reserved ones. Where attempts are
    counted there are no solutions: they would be known before the first one.
    """
    course = _course(request, course_slug)
    test = course.test
    if test is None or variant not in VARIANTS or (solved and not test.has_solutions):
        raise Http404
    questions = test_body(test.page_id, generation_of(request)).questions
    goals = [goal["id"] for goal in course.goals]
    seed = f"paper/{variant}"
    drawn = draw(test.pool, goals, test.per_goal, seed)
    exercises = [
        replace(questions[item.key], seed=f"{seed}/{item.key}")
        for item in drawn
        if item.key in questions
    ]
    context = {
        "course": course,
        "test": test,
        "variant": variant.upper(),
        "solved": solved,
        "other": f"{course.path}unterlagen/abschlusstest-{variant}/",
        "segments": [
            grading.render_paper(exercise, solved=solved, number=number)
            for number, exercise in enumerate(exercises, start=1)
        ],
    }
    return same_for_everyone(render(request, "courses/test_sheet.html", context))


def _course(request: HttpRequest, slug: str) -> CourseEntry:
    shelf = shelf_of(request)
    course = shelf.by_slug.get(slug)
    if course is None:
        raise Http404
    return course


def _paper(request: HttpRequest, lesson: LessonEntry, kind: str) -> list[str]:
    return lesson_paper(lesson.page_id, kind, generation=generation_of(request))
