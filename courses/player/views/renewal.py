"""The renewal of evidence: what is new, an entry check by goal, the lessons it leaves.

Whoever solves the check in full has new evidence, one row and nothing else; else it is
kept in a cookie only, and the test for evidence stands behind it. The old one stays.
"""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses.catalogue.changes import changes_since
from courses.catalogue.library import shelf_of
from courses.progress.runs import Reason, Run
from courses.training.evidence import Duty
from courses.training.models import Employee, Evidence

from ..employee import for_employee
from ..renewal import check_at, minutes_of, plan_of
from ..sittings import Sitting
from .evidence_test import duty_of
from .final_test import advice, frame, steps_of


@require_safe
@for_employee
def start(request: HttpRequest, employee: Employee, course_slug: str) -> HttpResponse:
    """Say what is new since the old evidence, and offer the entry check."""
    sitting, duty, last = _check(request, employee, course_slug)
    run = sitting.standing.run
    context = {
        **frame(sitting),
        "duty": duty,
        "last": last,
        "changes": changes_since(sitting.course.changes, last.month),
        "count": sitting.count,
        "minutes": minutes_of(sitting),
        "attempts_left": sitting.attempts_left,
        "has_run": sitting.run is not None,
        "days": timedelta(seconds=settings.SPENT_RUN_AGE).days,
        "lapsed": advice(Reason.LAPSED) if run and run.lapsed else "",
        "first_open": sitting.first_open,
        "has_result": _result(sitting, duty) is not None,
        "after": run.id if run else "",
    }
    return render(request, "courses/evidence/renewal.html", context)


@require_safe
@for_employee
def result(request: HttpRequest, employee: Employee, course_slug: str) -> HttpResponse:
    """Show the evidence, or which goals are known and the lessons on the others."""
    sitting, duty, _last = _check(request, employee, course_slug)
    run = _result(sitting, duty)
    if run is None:
        return redirect("renewal", course_slug)
    context = {
        **frame(sitting),
        "duty": duty,
        "plan": plan_of(sitting, run),
        "is_proof": run.solves(sitting.goals),
        "attempts_left": sitting.attempts_left,
        "after": run.id,
    }
    return render(request, "courses/evidence/renewal_result.html", context)


def _result(sitting: Sitting, duty: Duty) -> Run | None:
    """Return the last check; a passed one is over with the next renewal."""
    run = sitting.standing.result
    if run is None or not run.items:
        return None
    return None if duty.may_renew and run.solves(sitting.goals) else run


def _check(
    request: HttpRequest, employee: Employee, slug: str
) -> tuple[Sitting, Duty, Evidence]:
    """Return check, duty and newest evidence; 404 where there is none to renew."""
    course = shelf_of(request).by_slug.get(slug)
    duty = duty_of(request, employee, course)
    if course is None or duty.last is None:
        raise Http404(_("There is no evidence yet that could be renewed."))
    return check_at(request, employee, course), duty, duty.last


STEPS = steps_of(lambda *who: _check(*who)[0], for_employee)
