"""Who works for an organisation: named by its managers, by user name."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ..forms import StaffForm
from ..models import Organisation
from ..queries import organisations_for
from ..roles import Action
from ..services import GroupError, add_staff, remove_staff
from .guard import staff_only


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def people(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """List the staff of an organisation; on POST name somebody or end a role."""
    organisation = _organisation(request, organisation_id)
    form, problem = StaffForm(), ""
    if "remove" in request.POST:
        problem = _removed(organisation, request.POST["remove"])
    elif request.method == "POST":
        form = StaffForm(request.POST)
        _add(organisation, form)
    is_refused = bool(problem or form.errors)
    if request.method == "POST" and not is_refused:
        return redirect("organisation", organisation.pk)
    staff = organisation.staff.select_related("user").order_by("role", "user__username")
    context = {
        "organisation": organisation,
        "staff": staff,
        "form": form,
        "problem": problem,
    }
    status = 422 if is_refused else 200
    return render(request, "courses/groups/people.html", context, status=status)


def _organisation(request: HttpRequest, pk: UUID) -> Organisation:
    mine = organisations_for(request.user, Action.MANAGE_PEOPLE)
    organisation = mine.filter(pk=pk).first()
    if organisation is None:
        raise Http404(_("There is no such organisation, or it is not yours to manage."))
    return organisation


def _add(organisation: Organisation, form: StaffForm) -> None:
    """Give the role, or leave in the form why not."""
    if not form.is_valid():
        return
    try:
        add_staff(organisation=organisation, **form.cleaned_data)
    except GroupError:
        unknown = _(
            "No account has this user name. The person signs up first and tells you "
            "the name."
        )
        form.add_error("username", unknown)


def _removed(organisation: Organisation, pk: str) -> str:
    for staff in organisation.staff.all():
        if str(staff.pk) == pk:
            try:
                remove_staff(staff=staff)
            except GroupError:
                return _(
                    "This is the last manager. Please name another one first: nobody "
                    "else could."
                )
    return ""
