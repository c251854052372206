"""The final test as evidence for an employer: pages of their own, one row in the end.

Same questions, pages and rules as the test for oneself, but drawn with the reserved
share and kept in a cookie only. Passing writes one row of evidence and nothing else.
"""

from dataclasses import replace
from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses.catalogue.library import CourseEntry, shelf_of
from courses.progress.runs import Reason
from courses.training.evidence import Duty
from courses.training.models import Employee

from ..employee import EvidenceLearner, asked_here, duty_on, for_employee
from ..sittings import Sitting, sitting_at
from .final_test import advice, frame, result_in, steps_of


@require_safe
@for_employee
def start(request: HttpRequest, employee: Employee, course_slug: str) -> HttpResponse:
    """Say what the test is for and what the employer sees of it."""
    sitting, duty = _sitting(request, employee, course_slug)
    standing, run = sitting.standing, sitting.standing.run
    context = {
        **frame(sitting),
        "duty": duty,
        "employee": employee,
        "count": sitting.count,
        "attempts_left": sitting.attempts_left,
        "has_run": sitting.run is not None,
        "days": timedelta(seconds=settings.SPENT_RUN_AGE).days,
        "lapsed": advice(Reason.LAPSED) if run and run.lapsed else "",
        "first_open": sitting.first_open,
        "has_details": bool(standing.result and standing.result.items),
        "after": run.id if run else "",
    }
    return render(request, "courses/evidence/start.html", context)


@require_safe
@for_employee
def result(request: HttpRequest, employee: Employee, course_slug: str) -> HttpResponse:
    """Show what came of the test, to nobody but who took it."""
    sitting, duty = _sitting(request, employee, course_slug)
    return result_in(sitting, duty=duty, has_account=True, is_complete=False)


def duty_of(
    request: HttpRequest, employee: Employee, course: CourseEntry | None
) -> Duty:
    """Return what an employee is to take of a course, or raise 404."""
    found = duty_on(request, employee, course) if course else None
    if found is None:
        raise Http404(_("This course is not assigned."))
    return found


def _sitting(
    request: HttpRequest, employee: Employee, slug: str
) -> tuple[Sitting, Duty]:
    shelf = shelf_of(request)
    course = shelf.by_slug.get(slug)
    duty = duty_of(request, employee, course)
    if course is None:
        raise Http404
    learner = EvidenceLearner(request, employee, course)
    sitting = sitting_at(request, course, learner=learner, pages="evidence_test")
    return replace(sitting, seen=asked_here(request, employee, course)), duty


STEPS = steps_of(lambda *who: _sitting(*who)[0], for_employee)
