"""Evidence without a test at the screen: a session in person, or other evidence.

Whoever runs the training vouches for it. Of other evidence only kind, month and
validity are kept: its title would tell what somebody does elsewhere, and nobody needs
it later.
"""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from courses.catalogue.library import shelf_of
from courses.groups.models import Organisation
from courses.groups.roles import Action
from courses.groups.views.guard import for_organisation

from ..evidence import confirm
from ..forms import ConfirmForm
from ..models import Assignment, Employee, Proof
from ..queries import unit_tree
from .assigning import assignment_of, course_title
from .people import chosen_people


@require_http_methods(["GET", "HEAD", "POST"])
@for_organisation(Action.RUN_TRAINING)
def confirming(
    request: HttpRequest, organisation: Organisation, assignment_id: UUID
) -> HttpResponse:
    """Choose people and a month, look at the names, confirm."""
    found = assignment_of(organisation, assignment_id)
    form = ConfirmForm(request.POST or None)
    chosen = _chosen(request, organisation, found)
    problem = ""
    if request.method == "POST" and form.is_valid():
        if chosen and "confirm" in request.POST:
            number = _confirm(request, found, chosen, form.cleaned_data)
            response = redirect("training_confirm", organisation.pk, found.pk)
            response["Location"] += f"?neu={number}"
            return response
        if not chosen:
            problem = gettext("Please tick at least one person.")
    context = {
        "organisation": organisation,
        "assignment": found,
        "title": course_title(shelf_of(request), found.course_key),
        "form": form,
        "problem": problem,
        "chosen": chosen,
        "is_preview": bool(chosen and form.is_bound and form.is_valid()),
        "units": _by_unit(organisation, found),
        "number": _number(request),
        "month": date_format(form.cleaned_data["month"], "F Y")
        if form.is_bound and form.is_valid()
        else "",
    }
    status = 422 if form.is_bound and (form.errors or problem) else 200
    return render(request, "courses/training/confirm.html", context, status=status)


def _confirm(
    request: HttpRequest,
    found: Assignment,
    people: list[Employee],
    values: dict[str, Any],
) -> int:
    shelf = shelf_of(request)
    course = shelf.by_key.get(found.course_key)
    is_session = values["proof"] == Proof.SESSION
    return confirm(
        people,
        found.course_key,
        course_title=course_title(shelf, found.course_key),
        version=course.as_of if course and is_session else None,
        month=values["month"],
        proof=values["proof"],
        until=values["until"],
    )


def _chosen(
    request: HttpRequest, organisation: Organisation, found: Assignment
) -> list[Employee]:
    """Return who is ticked, of those who are assigned the course."""
    if request.method != "POST":
        return []
    holding = set(
        found.assigned.filter(until=None).values_list("employee_id", flat=True)
    )
    return [each for each in chosen_people(request, organisation) if each.pk in holding]


def _by_unit(
    organisation: Organisation, found: Assignment
) -> list[tuple[str, list[Employee]]]:
    tree = unit_tree(organisation)
    people: dict[str, list[Employee]] = {}
    rows = found.assigned.filter(until=None).select_related("employee")
    for each in rows.order_by("employee__name", "employee__reference"):
        title = tree.title(each.employee.unit_id)
        people.setdefault(title, []).append(each.employee)
    return sorted(people.items())


def _number(request: HttpRequest) -> int | None:
    given = request.GET.get("neu", "")
    return int(given) if given.isdecimal() and len(given) < 6 else None
