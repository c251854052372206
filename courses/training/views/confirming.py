"""Evidence without a test at the screen: a session in person, or other evidence.

Whoever runs the training vouches for it, for a session also its trainer. Of other
evidence only kind, month and validity are kept: its title would tell what somebody does
elsewhere, and nobody needs it later.
"""

from collections import Counter
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from courses.catalogue.library import shelf_of
from courses.groups.models import Organisation
from courses.groups.queries import organisations_for
from courses.groups.roles import Action, Role
from courses.groups.views.guard import for_organisation

from ..evidence import confirm
from ..forms import ConfirmForm
from ..models import Assignment, Employee, Proof
from ..queries import UnitTree, unit_tree
from ..services import note_access
from .assigning import assignment_of, course_title
from .people import chosen_people


@require_safe
@for_organisation(Action.CONFIRM)
def sessions(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """List the assigned courses whose sessions can be confirmed, without people."""
    shelf = shelf_of(request)
    assignments = organisation.assignments.order_by("due")
    context = {
        "organisation": organisation,
        "rows": [
            (each.pk, course_title(shelf, each.course_key)) for each in assignments
        ],
    }
    return render(request, "courses/training/sessions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_organisation(Action.CONFIRM)
def confirming(
    request: HttpRequest, organisation: Organisation, assignment_id: UUID
) -> HttpResponse:
    """Choose people and a month, look at the names, confirm.

    A trainer chooses units first and sees the names of these alone, without any state;
    each of these people can read that a trainer looked.
    """
    found = assignment_of(organisation, assignment_id)
    is_trainer = _is_trainer(request, organisation)
    form = ConfirmForm(request.POST or None, is_trainer=is_trainer)
    tree = unit_tree(organisation)
    units = _units(request, tree) if is_trainer else None
    shown = _holders(found, units)
    if is_trainer:
        note_access(shown, Role.TEACHER)
    chosen = _chosen(request, organisation, shown)
    problem = ""
    if request.method == "POST" and form.is_valid():
        if chosen and "confirm" in request.POST:
            number = _confirm(request, found, chosen, form.cleaned_data)
            response = redirect("training_confirm", organisation.pk, found.pk)
            # How many had no evidence yet is a state, and not for trainers.
            response["Location"] += f"?neu={len(chosen) if is_trainer else number}"
            return response
        if not chosen:
            problem = gettext("Please tick at least one person.")
    is_complete = form.is_bound and form.is_valid()
    context = {
        "organisation": organisation,
        "assignment": found,
        "title": course_title(shelf_of(request), found.course_key),
        "form": form,
        "problem": problem,
        "chosen": chosen,
        "is_preview": bool(chosen and is_complete),
        "is_trainer": is_trainer,
        "is_choosing": is_trainer and not shown,
        "offered": _offered(tree, found) if is_trainer and not shown else [],
        "units": _by_unit(tree, shown),
        "namesakes": _namesakes(shown),
        "number": _number(request),
        "month": date_format(form.cleaned_data["month"], "F Y") if is_complete else "",
    }
    status = 422 if form.is_bound and (form.errors or problem) else 200
    return render(request, "courses/training/confirm.html", context, status=status)


def _is_trainer(request: HttpRequest, organisation: Organisation) -> bool:
    """Return whether somebody may confirm sessions, and nothing else of training."""
    managed = organisations_for(request.user, Action.RUN_TRAINING)
    return not managed.filter(pk=organisation.pk).exists()


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
        until=values.get("until"),
    )


def _units(request: HttpRequest, tree: UnitTree) -> set[UUID]:
    """Return the units chosen in the address, of this organisation only."""
    typed = set(request.GET.getlist("einheit"))
    return {pk for pk in tree.units if str(pk) in typed}


def _holders(found: Assignment, units: set[UUID] | None) -> list[Employee]:
    """Return who is assigned the course by name; of some units only, where given."""
    rows = found.assigned.filter(until=None).select_related("employee")
    if units is not None:
        rows = rows.filter(employee__unit__in=units)
    rows = rows.order_by("employee__name", "employee__reference")
    return [each.employee for each in rows]


def _chosen(
    request: HttpRequest, organisation: Organisation, shown: list[Employee]
) -> list[Employee]:
    """Return who is ticked, of those whose names were shown."""
    if request.method != "POST":
        return []
    people = set(shown)
    return [each for each in chosen_people(request, organisation) if each in people]


def _offered(tree: UnitTree, found: Assignment) -> list[tuple[UUID, str]]:
    """Return the units of those who are assigned the course, without their number."""
    rows = found.assigned.filter(until=None)
    units = rows.values_list("employee__unit_id", flat=True).distinct()
    return sorted(((pk, tree.title(pk)) for pk in units), key=lambda each: each[1])


def _by_unit(tree: UnitTree, shown: list[Employee]) -> list[tuple[str, list[Employee]]]:
    people: dict[str, list[Employee]] = {}
    for each in shown:
        people.setdefault(tree.title(each.unit_id), []).append(each)
    return sorted(people.items())


def _namesakes(shown: list[Employee]) -> set[str]:
    """Return the names that two people bear: their numbers tell them apart."""
    numbers = Counter(each.name for each in shown)
    return {name for name, number in numbers.items() if number > 1}


def _number(request: HttpRequest) -> int | None:
    given = request.GET.get("neu", "")
    return int(given) if given.isdecimal() and len(given) < 6 else None
