"""What an employee is to take and has proved, and all that is stored of them."""

from datetime import date
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from courses.catalogue.library import CourseEntry, Library, shelf_of
from courses.progress.learners import learner_of
from courses.training.erasures import (
    day_of_erasure,
    days_of_erasure,
    is_announced,
)
from courses.training.evidence import Duty, duties_of, proof_of, shown_evidence
from courses.training.models import Employee

from ..employee import for_employee, passed_here
from ..naming import course_title
from ..presenting import is_begun, onward
from ..proof import proven
from .certificate import CertificateForm, make_paper, offer, own_language

#: Values that are the first of a month and mean all of it.
MONTHS: Final = frozenset({"since", "until", "month", "noted"})


@require_safe
@for_employee
def overview(request: HttpRequest, employee: Employee) -> HttpResponse:
    """Show what is due, with the way to the first lesson, and what is stored."""
    shelf = shelf_of(request)
    duties = [
        _row(request, duty, shelf.known_course(duty.assignment.course_key), shelf)
        for duty in duties_of(employee, passed_here(request, employee))
    ]
    stored = _stored(request, employee)
    context = {
        "employee": employee,
        "duties": duties,
        "stored": stored,
        "going": _going_soon(stored),
    }
    return render(request, "courses/evidence/overview.html", context)


@require_safe
@for_employee
def as_json(request: HttpRequest, employee: Employee) -> HttpResponse:
    """Return all that is stored of an employee as a file for programs."""
    params = {"indent": 2, "ensure_ascii": False}
    response = JsonResponse(
        _plain(_stored(request, employee)), json_dumps_params=params
    )
    return _as_file(response, "json")


@require_safe
@for_employee
def as_html(request: HttpRequest, employee: Employee) -> HttpResponse:
    """Return all that is stored of an employee as a page to keep."""
    context = {"employee": employee, "stored": _stored(request, employee)}
    return _as_file(render(request, "courses/evidence/file.html", context), "html")


@require_http_methods(["GET", "HEAD", "POST"])
@for_employee
def paper(request: HttpRequest, employee: Employee, course_slug: str) -> HttpResponse:
    """Offer the certificate about evidence, and make it when the form is sent."""
    shelf = shelf_of(request)
    course = shelf.by_slug.get(course_slug)
    if course is None:
        raise Http404
    proof = proof_of(employee, course.key, passed_here(request, employee))
    if proof is None:
        return (
            redirect("evidence_test", course_slug)
            if course.test
            else redirect("evidence")
        )
    completion = proven(proof, course)
    form = CertificateForm(request.POST or None, initial={"language": own_language()})
    if request.method == "POST" and form.is_valid():
        return make_paper(request, completion, form)
    return offer(request, completion, form)


def _row(
    request: HttpRequest, duty: Duty, course: CourseEntry | None, shelf: Library
) -> dict[str, Any]:
    """Return an assignment with its course and where this device goes on in it.

    A course that is not there in the reader's language is taken in German.
    """
    if course is None:
        return {"duty": duty, "course": None}
    is_there = course.key in shelf.by_key
    learner = learner_of(request)
    progress = learner.course_progress(course.key, course.lesson_keys)
    return {
        "duty": duty,
        "course": course,
        "language": shelf.language if is_there else settings.LANGUAGE_CODE,
        "is_there": is_there,
        "onward": onward(course, progress),
        "is_begun": is_begun(course, progress),
    }


def _stored(request: HttpRequest, employee: Employee) -> dict[str, Any]:
    """Return every value of the rows about an employee; the hash is named, not told.

    Evidence of today stands there as far as this device may show it.
    """
    shown = shown_evidence(employee, passed_here(request, employee))
    evidence = list(shown.order_by("course_title", "month"))
    goes = days_of_erasure(evidence, employee.organisation)
    assigned = employee.assigned.select_related("assignment", "unit")
    return {
        "organisation": employee.organisation.name,
        "unit": employee.unit.name,
        "reference": employee.reference,
        "name": employee.name,
        "email": employee.email,
        "has_invitation": employee.invitation is not None,
        "assigned": [
            {
                "course_key": str(each.assignment.course_key),
                "course": course_title(each.assignment.course_key),
                "due": each.assignment.due,
                "unit": each.unit.name,
                "since": each.since,
                "until": each.until,
                "is_deferred": each.is_deferred,
                "reminded": each.reminded,
                "erased_on": day_of_erasure(each, employee.organisation),
            }
            for each in assigned.order_by("assignment__due", "since")
        ],
        "accesses": [
            {"role": each.role, "day": each.day}
            for each in employee.accesses.order_by("-day", "role")
        ],
        "evidence": [
            {
                "course_key": str(each.course_key),
                "course": each.course_title,
                "version": date.fromisoformat(each.version) if each.version else None,
                "month": each.month,
                "noted": each.noted,
                "valid_until": each.valid_until,
                "kind": each.proof,
                "is_visible": each.is_visible,
                "is_announced": each.deletion_announced,
                "erased_on": goes.get(each.pk),
            }
            for each in evidence
        ],
    }


def _going_soon(stored: dict[str, Any]) -> date | None:
    """Return the day on which something of it goes, once that is to be said."""
    rows = [*stored["evidence"], *stored["assigned"]]
    days = [each["erased_on"] for each in rows if each["erased_on"]]
    next_one = min(days, default=None)
    return next_one if next_one and is_announced(next_one) else None


def _plain(value: Any, name: str = "") -> Any:
    """Return stored values as JSON has them: days, and months where no day is meant."""
    if isinstance(value, dict):
        return {key: _plain(each, key) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, date):
        return f"{value:%Y-%m}" if name in MONTHS else value.isoformat()
    return value


def _as_file(response: HttpResponse, ending: str) -> HttpResponse:
    response["Content-Disposition"] = f'attachment; filename="nachweise.{ending}"'
    return response
