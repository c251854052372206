"""What people are to take: the courses of an organisation, and a new one."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.catalogue.library import Library, shelf_of
from courses.groups.models import Organisation
from courses.groups.queries import organisations_for
from courses.groups.roles import Action
from courses.groups.views.guard import for_organisation, staff_only

from .. import services
from ..erasures import going_soon
from ..forms import AssignForm
from ..models import Assignment
from ..queries import holders_by_assignment, people_of, unit_tree


@dataclass(frozen=True)
class AssignmentRow:
    """An assignment with the title of its course."""

    assignment: Assignment
    title: str
    people: int


def course_title(shelf: Library, key: UUID) -> str:
    """Return the title of an assigned course, also where it is not there any more."""
    course = shelf.known_course(key)
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
        for each in sorted(organisation.assignments.all(), key=Assignment.due_now)
    ]
    context = {
        "organisation": organisation,
        "rows": [row for row in rows if row.people],
        "ended": [row for row in rows if not row.people],
        "people": people_of(organisation).count(),
        "going": going_soon(organisation),
    }
    return render(request, "courses/training/overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_organisation(Action.RUN_TRAINING)
def assign(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Choose course, day and people; on ``confirm`` do what was shown.

    ``zu`` in the address is an assignment to add people to.
    """
    shelf = shelf_of(request)
    known = _known(request, organisation)
    form = AssignForm(
        request.POST or None,
        organisation=organisation,
        tree=unit_tree(organisation),
        shelf=shelf,
        known=known,
    )
    context = {"organisation": organisation, "form": form, "known": known}
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "courses/training/assign.html", context, status=status)
    values = form.cleaned_data
    key = UUID(values["course"])
    if "confirm" not in request.POST:
        context |= {
            "title": course_title(shelf, key),
            "count": len(form.people),
            "others": _holders(form.stored),
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


def _known(request: HttpRequest, organisation: Organisation) -> Assignment | None:
    """Return the assignment that an address names, or raise 404."""
    if "zu" not in request.GET:
        return None
    try:
        return assignment_of(organisation, UUID(request.GET["zu"]))
    except ValueError:
        raise Http404 from None


def _holders(stored: Assignment | None) -> int:
    """Return how many have the course already."""
    return stored.assigned.held().count() if stored else 0
