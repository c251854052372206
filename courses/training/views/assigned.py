"""Whom a course is assigned to: a page of the list, and what changes for some of them.

What is done to the people ticked is done at once. What is done to all people that the
filter shows is shown first, with their number: nobody sees them all on one page.
"""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from courses.groups.models import Organisation
from courses.groups.roles import Action
from courses.groups.views.guard import for_organisation
from learnsite.accounts import mailing

from .. import services
from ..invitations import state_of
from ..models import Assigned, Assignment, Employee
from ..queries import by_name, unit_tree
from .assigning import assignment_of, title_of
from .filtering import Filter, back_to, filter_of, page_of
from .people import chosen_people
from .saying import say_changed

#: What a manager can change of people, by the name of its button.
CHANGES: Final[dict[str, Callable[[Assignment, Iterable[Employee]], None]]] = {
    "defer": partial(services.defer, deferred=True),
    "resume": partial(services.defer, deferred=False),
    "withdraw": services.withdraw,
}


@require_http_methods(["GET", "HEAD", "POST"])
@for_organisation(Action.RUN_TRAINING)
def assignment(
    request: HttpRequest, organisation: Organisation, assignment_id: UUID
) -> HttpResponse:
    """Show whom a course is assigned to; defer people or withdraw it from them."""
    found = assignment_of(organisation, assignment_id)
    if request.method != "POST":
        return assignment_page(request, organisation, found)
    change = next((name for name in CHANGES if name in request.POST), "")
    if change and "all" in request.POST:
        return _change_all(request, organisation, found, change)
    if change:
        people = chosen_people(request, organisation)
        CHANGES[change](found, people)
        say_changed(request, change, len(people))
    return back_to_assignment(request, found)


def _change_all(
    request: HttpRequest, organisation: Organisation, found: Assignment, change: str
) -> HttpResponse:
    """Change something for all people that the filter shows, once it is confirmed.

    Whoever came or went since the number was shown makes it another: then it is asked
    again.
    """
    chosen = filter_of(request, unit_tree(organisation))
    people = [each.employee for each in holders_of(found, chosen)]
    number = request.POST.get("number", "")
    if people and number == str(len(people)):
        CHANGES[change](found, people)
        say_changed(request, change, len(people))
        return back_to_assignment(request, found)
    context = {
        "organisation": organisation,
        "assignment": found,
        "title": title_of(request, found),
        "filter": chosen,
        "change": change,
        "number": len(people),
        "has_changed": bool(number),
    }
    status = 422 if number else 200
    return render(
        request, "courses/training/assignment_all.html", context, status=status
    )


def holders_of(found: Assignment, chosen: Filter) -> QuerySet[Assigned]:
    """Return the rows of those who are to take a course, by name."""
    rows = found.assigned.held().filter(chosen.people("employee__"))
    return rows.select_related("employee").order_by(*by_name("employee__"))


def people_on_page(
    request: HttpRequest, organisation: Organisation, found: Assignment
) -> list[Employee]:
    """Return the people whom the page of an address shows."""
    chosen = filter_of(request, unit_tree(organisation))
    page = page_of(request, holders_of(found, chosen))
    return [each.employee for each in page]


def address_of_assignment(request: HttpRequest, found: Assignment) -> str:
    """Return the address of the page of the list one came from."""
    path = reverse("training_assignment", args=[found.organisation_id, found.pk])
    return back_to(request, path)


def back_to_assignment(request: HttpRequest, found: Assignment) -> HttpResponse:
    """Lead to the page of the list one came from."""
    return redirect(address_of_assignment(request, found))


def assignment_page(
    request: HttpRequest,
    organisation: Organisation,
    found: Assignment,
    problem: str = "",
) -> HttpResponse:
    """Show a page of those who are to take a course; ``problem`` is said above it."""
    tree = unit_tree(organisation)
    chosen = filter_of(request, tree)
    page = page_of(request, holders_of(found, chosen))
    rows: list[Assigned] = list(page)
    context = {
        "organisation": organisation,
        "assignment": found,
        "title": title_of(request, found),
        "filter": chosen,
        "page": page,
        "people": _number(found, chosen, page.paginator.count),
        "rows": [(each, tree.title(each.employee.unit_id)) for each in rows],
        **_waiting(found, chosen),
        # Also shown at the addresses of mails and cards, which take no search.
        "here": reverse("training_assignment", args=[organisation.pk, found.pk]),
        "seen": state_of(each.employee for each in rows),
        "problem": problem,
    }
    status = 422 if problem else 200
    return render(request, "courses/training/assignment.html", context, status=status)


def _number(found: Assignment, chosen: Filter, shown: int) -> int:
    """Return how many are to take the course; ``shown`` of them the filter shows."""
    return found.assigned.held().count() if chosen.is_narrow else shown


def _waiting(found: Assignment, chosen: Filter) -> dict[str, Any]:
    """Return how many of the filter have no invitation, by mail and on paper."""
    rows = holders_of(found, chosen).filter(employee__invitation=None)
    has_address = ~Q(employee__email="")
    counted = rows.aggregate(
        to_print=Count("pk"), to_mail=Count("pk", filter=has_address)
    )
    return {
        "to_print": counted["to_print"],
        "to_mail": counted["to_mail"] if mailing.is_sent() else 0,
    }
