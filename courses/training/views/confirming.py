"""Evidence without a test at the screen: a session in person, or other evidence.

Whoever runs the training vouches for it, for a session also its trainer. Of other
evidence only kind, month and validity are kept: its title would tell what somebody does
elsewhere, and nobody needs it later.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from courses.catalogue.library import CourseEntry, shelf_of
from courses.groups.models import Organisation
from courses.groups.queries import organisations_for
from courses.groups.roles import Action, Role
from courses.groups.views.guard import for_organisation

from ..accesses import note_access
from ..evidence import confirm, shown_already
from ..forms import ConfirmForm
from ..models import Assigned, Assignment, Employee, Proof
from ..queries import UnitTree, meant, namesakes, unit_tree
from ..spelling import plain
from ..states import last_day
from .assigning import assignment_of, course_title
from .filtering import PER_PAGE, filter_of, page_of
from .people import chosen_people


@require_safe
@for_organisation(Action.CONFIRM)
def sessions(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """List the courses that somebody is to take and whose sessions can be confirmed."""
    shelf = shelf_of(request)
    held = Assigned.objects.held().filter(assignment=OuterRef("pk"))
    assignments = organisation.assignments.filter(Exists(held)).order_by("due")
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
    each of these people can read that a trainer looked. Whoever is confirmed with all
    others of the units counts as looked at, too.
    """
    found = assignment_of(organisation, assignment_id)
    is_trainer = _is_trainer(request, organisation)
    form = ConfirmForm(request.POST or None, is_trainer=is_trainer)
    tree = unit_tree(organisation)
    holders = _holders(request, found, tree, is_trainer=is_trainer)
    page = page_of(request, holders)
    shown = _people(page)
    chosen = _chosen(request, organisation, holders, shown)
    if is_trainer:
        looked_at = (each.pk for each in (*shown, *chosen))
        note_access(organisation, looked_at, Role.TEACHER)
    problem = ""
    if request.method == "POST" and form.is_valid():
        problem = _problem(request, chosen)
        if not problem and "confirm" in request.POST:
            # Of states managers learn what a night has shown, trainers nothing. Whose
            # test no night has shown yet counts as confirmed: so it will be.
            month, kept = form.cleaned_data["month"], 0
            if not is_trainer:
                keys = [each.pk for each in chosen]
                note_access(organisation, keys, Role.MANAGER)
                kept = shown_already(chosen, found.course_key, month).count()
            _confirm(request, found, chosen, form.cleaned_data)
            return _done(request, found, len(chosen) - kept, kept)
    is_complete = form.is_bound and form.is_valid()
    context = {
        "organisation": organisation,
        "assignment": found,
        "title": course_title(shelf_of(request), found.course_key),
        "form": form,
        "problem": problem,
        "chosen": chosen,
        "is_all": "all" in request.POST,
        "more": max(len(chosen) - PER_PAGE, 0),
        "is_preview": bool(chosen and is_complete),
        "is_trainer": is_trainer,
        "is_choosing": is_trainer and not holders,
        "offered": _offered(tree, found) if is_trainer and not holders else [],
        "filter": filter_of(request, tree),
        "page": page,
        "units": _by_unit(tree, shown),
        "namesakes": namesakes(each.name for each in holders),
        "number": _number(request, "neu"),
        "kept": _number(request, "da"),
        "month": date_format(form.cleaned_data["month"], "F Y") if is_complete else "",
    }
    status = 422 if form.is_bound and (form.errors or problem) else 200
    return render(request, "courses/training/confirm.html", context, status=status)


def _problem(request: HttpRequest, chosen: list[Employee]) -> str:
    """Say why nothing can be confirmed; empty where it can.

    Whoever confirms for all people that the filter shows has seen their number, not
    each of them: when it is another by now, it is shown again.
    """
    if not chosen:
        return gettext("Please tick at least one person.")
    is_seen = request.POST.get("number") == str(len(chosen))
    if "confirm" in request.POST and "all" in request.POST and not is_seen:
        return gettext(
            "The list was changed in the meantime. Nothing was written. Please look "
            "at the new preview."
        )
    return ""


def _done(
    request: HttpRequest, found: Assignment, number: int, kept: int
) -> HttpResponse:
    query = request.GET.copy()
    query["neu"] = str(number)
    query.pop("da", None)
    if kept:
        query["da"] = str(kept)
    path = reverse("training_confirm", args=[found.organisation_id, found.pk])
    return redirect(f"{path}?{query.urlencode()}")


def _is_trainer(request: HttpRequest, organisation: Organisation) -> bool:
    """Return whether somebody may confirm sessions, and nothing else of training."""
    managed = organisations_for(request.user, Action.RUN_TRAINING)
    return not managed.filter(pk=organisation.pk).exists()


def _confirm(
    request: HttpRequest,
    found: Assignment,
    people: list[Employee],
    values: dict[str, Any],
) -> None:
    shelf, month = shelf_of(request), values["month"]
    course = shelf.by_key.get(found.course_key)
    is_session = values["proof"] == Proof.SESSION
    confirm(
        people,
        found.course_key,
        course_title=course_title(shelf, found.course_key),
        version=_version(course, month) if is_session else None,
        month=month,
        proof=values["proof"],
        until=values.get("until"),
    )


def _version(course: CourseEntry | None, month: date) -> date | None:
    """Return the version of a course in a month; None where it is not known any more.

    Only today's version is known: a session of before it was about another one.
    """
    version = course.as_of if course else None
    return version if version and version <= last_day(month) else None


def _units(request: HttpRequest, tree: UnitTree) -> set[UUID]:
    """Return the units chosen in the address, of this organisation only."""
    typed = set(request.GET.getlist("einheit"))
    return {pk for pk in tree.units if str(pk) in typed}


class Holder(NamedTuple):
    """Somebody who is to take the course, in the order of the page."""

    unit: str
    name: str
    reference: str
    pk: UUID


def _holders(
    request: HttpRequest, found: Assignment, tree: UnitTree, *, is_trainer: bool
) -> list[Holder]:
    """Return who is to take the course, by unit and name, as far as asked for.

    Managers filter as in other lists; trainers tick units and get no others.
    """
    if is_trainer:
        condition = meant(_units(request, tree), at="employee__")
    else:
        condition = filter_of(request, tree).people("employee__")
    rows = (
        found.assigned.held()
        .filter(condition)
        .values_list(
            "employee__unit_id", "employee__name", "employee__reference", "employee_id"
        )
    )
    holders = [
        Holder(tree.title(unit), name, reference, pk)
        for unit, name, reference, pk in rows
    ]
    return sorted(
        holders, key=lambda each: (plain(each.unit), plain(each.name), each.reference)
    )


def _people(holders: Iterable[Holder]) -> list[Employee]:
    keys = [each.pk for each in holders]
    found = Employee.objects.in_bulk(keys)
    return [found[key] for key in keys]


def _chosen(
    request: HttpRequest,
    organisation: Organisation,
    holders: list[Holder],
    shown: list[Employee],
) -> list[Employee]:
    """Return who is ticked of those whose names were shown, or all that are meant."""
    if request.method != "POST":
        return []
    if "all" in request.POST:
        return _people(holders)
    people = set(shown)
    return [each for each in chosen_people(request, organisation) if each in people]


def _offered(tree: UnitTree, found: Assignment) -> list[tuple[UUID, str]]:
    """Return the units of those who are assigned the course, without their number."""
    rows = found.assigned.held()
    units = rows.values_list("employee__unit_id", flat=True).distinct()
    offered = ((pk, tree.title(pk)) for pk in units)
    return sorted(offered, key=lambda each: plain(each[1]))


def _by_unit(tree: UnitTree, shown: list[Employee]) -> list[tuple[str, list[Employee]]]:
    people: dict[str, list[Employee]] = {}
    for each in shown:
        people.setdefault(tree.title(each.unit_id), []).append(each)
    return sorted(people.items(), key=lambda each: plain(each[0]))


def _number(request: HttpRequest, name: str) -> int | None:
    given = request.GET.get(name, "")
    return int(given) if given.isdecimal() and len(given) < 6 else None
