"""What people are to take, and how they are told: by mail or on a card."""

import hashlib
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from courses.catalogue.library import Library, shelf_of
from courses.groups.models import Organisation
from courses.groups.queries import organisations_for
from courses.groups.roles import Action
from courses.groups.views.guard import for_organisation, staff_only
from learnsite.accounts import mailing
from learnsite.accounts.card import qr_code

from .. import services
from ..forms import AssignForm
from ..invitations import address, invite, written
from ..mails import send_invitations
from ..models import Assignment, Employee
from ..queries import holders_by_assignment, people_of, unit_tree
from .people import chosen_people

#: Cards on one print; more would be a page no browser likes.
MOST_CARDS: Final = 200


@dataclass(frozen=True)
class AssignmentRow:
    """An assignment with the title of its course."""

    assignment: Assignment
    title: str
    people: int


def course_title(shelf: Library, key: UUID) -> str:
    """Return the title of an assigned course, also where it is not there any more."""
    course = shelf.by_key.get(key)
    return course.title if course else _("(not available any more)")


def assignment_of(organisation: Organisation, pk: UUID) -> Assignment:
    """Return an assignment of an organisation, or raise 404."""
    found = organisation.assignments.filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such assignment."))
    return found


def title_of(request: HttpRequest, assignment: Assignment) -> str:
    """Return the title of the course that is assigned."""
    return course_title(shelf_of(request), assignment.course_key)


@require_safe
@staff_only
def index(request: HttpRequest) -> HttpResponse:
    """Lead to the training of the organisation, or list several."""
    mine = list(organisations_for(request.user, Action.RUN_TRAINING))
    if len(mine) == 1:
        return redirect("training", mine[0].pk)
    return render(request, "courses/training/index.html", {"organisations": mine})


@require_safe
@for_organisation(Action.RUN_TRAINING)
def overview(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Show what is assigned, and where to go from here."""
    shelf = shelf_of(request)
    holders = holders_by_assignment(organisation)
    rows = [
        AssignmentRow(
            each,
            course_title(shelf, each.course_key),
            holders.get(each.pk, 0),
        )
        for each in organisation.assignments.order_by("due")
    ]
    context = {
        "organisation": organisation,
        "rows": rows,
        "people": people_of(organisation).count(),
    }
    return render(request, "courses/training/overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_organisation(Action.RUN_TRAINING)
def assign(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Choose course, day and people; on ``confirm`` do what was shown."""
    shelf = shelf_of(request)
    form = AssignForm(
        request.POST or None,
        organisation=organisation,
        tree=unit_tree(organisation),
        shelf=shelf,
    )
    context = {"organisation": organisation, "form": form}
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "courses/training/assign.html", context, status=status)
    values = form.cleaned_data
    key = UUID(values["course"])
    if "confirm" not in request.POST:
        context |= {
            "title": course_title(shelf, key),
            "count": len(form.people),
            "renewal": dict(form.fields["renewal"].choices)[values["renewal"]],  # type: ignore[attr-defined]
        }
        return render(request, "courses/training/assign_preview.html", context)
    assignment, _new = services.assign(
        organisation=organisation,
        course_key=key,
        due=values["due"],
        renewal=values["renewal"],
        valid_months=values["valid_months"],
        people=form.people,
    )
    return redirect("training_assignment", organisation.pk, assignment.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@for_organisation(Action.RUN_TRAINING)
def assignment(
    request: HttpRequest, organisation: Organisation, assignment_id: UUID
) -> HttpResponse:
    """Show whom a course is assigned to; defer people or withdraw it from them."""
    found = assignment_of(organisation, assignment_id)
    if request.method == "POST":
        _change(request, organisation, found)
        return redirect("training_assignment", organisation.pk, found.pk)
    return _assignment_page(request, organisation, found)


def _change(
    request: HttpRequest, organisation: Organisation, found: Assignment
) -> None:
    people = chosen_people(request, organisation)
    if "withdraw" in request.POST:
        services.withdraw(found, people)
    elif "defer" in request.POST:
        services.defer(found, people, deferred=True)
    elif "resume" in request.POST:
        services.defer(found, people, deferred=False)


def _assignment_page(
    request: HttpRequest,
    organisation: Organisation,
    found: Assignment,
    problem: str = "",
) -> HttpResponse:
    tree = unit_tree(organisation)
    rows = (
        found.assigned.filter(until=None)
        .select_related("employee")
        .order_by("employee__name", "employee__reference")
    )
    waiting = _uninvited(organisation, found)
    context = {
        "organisation": organisation,
        "assignment": found,
        "title": title_of(request, found),
        "rows": [(each, tree.title(each.employee.unit_id)) for each in rows],
        "to_mail": waiting.exclude(email="").count() if mailing.is_sent() else 0,
        "to_print": waiting.count(),
        "seen": _invitations(organisation, found),
        "problem": problem,
    }
    status = 422 if problem else 200
    return render(request, "courses/training/assignment.html", context, status=status)


def _uninvited(organisation: Organisation, found: Assignment) -> QuerySet[Employee]:
    """Return who is assigned and has no invitation (yet)."""
    return _holding(organisation, found).filter(invitation=None)


def _holding(organisation: Organisation, found: Assignment) -> QuerySet[Employee]:
    people = people_of(organisation)
    return people.filter(assigned__assignment=found, assigned__until=None)


def _invitations(organisation: Organisation, found: Assignment) -> str:
    """Return a short name of the invitations there are; new ones have another."""
    people = _holding(organisation, found).exclude(invitation=None)
    hashes = list(people.order_by("pk").values_list("invitation", flat=True))
    return hashlib.sha256(repr(hashes).encode()).hexdigest()[:16]


@require_POST
@for_organisation(Action.RUN_TRAINING)
def mail(
    request: HttpRequest, organisation: Organisation, assignment_id: UUID
) -> HttpResponse:
    """Invite by mail whoever has an address and no invitation yet."""
    found = assignment_of(organisation, assignment_id)
    if not mailing.is_sent():
        raise Http404(_("This site sends no mail."))
    waiting = _uninvited(organisation, found).exclude(email="")
    people = list(waiting.select_related("organisation"))
    sent = send_invitations(people, [title_of(request, found)])
    if people and not sent:
        problem = _(
            "The mail server took no mail. Nobody was invited by it; please try "
            "again later, or print cards."
        )
        return _assignment_page(request, organisation, found, problem)
    return redirect("training_assignment", organisation.pk, found.pk)


@require_POST
@for_organisation(Action.RUN_TRAINING)
def cards(
    request: HttpRequest, organisation: Organisation, assignment_id: UUID
) -> HttpResponse:
    """Show cards with new invitations, once: of those ticked, or of all without one.

    Only who is assigned the course gets one. A page that was sent twice, as by a
    reload of the sheet, renews nothing: it would end the cards just printed.
    """
    found = assignment_of(organisation, assignment_id)
    if "person" not in request.POST:
        people = list(_uninvited(organisation, found))
    elif request.POST.get("seen") == _invitations(organisation, found):
        holding = set(_holding(organisation, found).values_list("pk", flat=True))
        ticked = chosen_people(request, organisation)
        people = [each for each in ticked if each.pk in holding]
    else:
        problem = _(
            "Invitations have changed since this page was loaded, perhaps by cards "
            "just printed. Nobody got a new one; please tick again who needs it."
        )
        return _assignment_page(request, organisation, found, problem)
    made = invite(people[:MOST_CARDS])
    if not made:
        return redirect("training_assignment", organisation.pk, found.pk)
    title = _("QR code that opens the invitation")
    context = {
        "organisation": organisation,
        "assignment": found,
        "title": title_of(request, found),
        "rows": [
            {
                "employee": employee,
                "secret": written(secret),
                "qr_code": qr_code(address(secret), title),
            }
            for employee, secret in made.items()
        ],
        "address": address("").partition("#")[0],
        "left": len(people) - len(made),
    }
    return render(request, "courses/training/cards.html", context)
