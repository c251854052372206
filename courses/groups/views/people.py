"""Who works for an organisation and who leads its groups: named by user name."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from ..forms import DeputyForm, StaffForm
from ..handing_over import Handover, handovers
from ..models import Group, Organisation, StaffRole
from ..queries import organisations_for, with_sizes
from ..roles import Action
from ..services import (
    GroupError,
    add_deputy,
    add_staff,
    loses_lead,
    remove_deputy,
    remove_staff,
)
from .guard import for_group, for_organisation

REFUSALS = {
    GroupError.UNKNOWN_NAME: gettext_lazy(
        "No account has this user name. The person signs up first and tells you "
        "the name."
    ),
    GroupError.NOT_STAFF: gettext_lazy(
        "This account is no teacher here. Please give it the role first, on the page "
        "of the organisation."
    ),
    GroupError.ONESELF: gettext_lazy(
        "Nobody names themselves. Another manager can do it, or whoever administers "
        "this site."
    ),
    GroupError.IS_MEMBER: gettext_lazy(
        "This account takes part in the group, so it cannot lead it."
    ),
    GroupError.LAST_MANAGER: gettext_lazy(
        "This is the last manager. Please name another one first: nobody else could."
    ),
    GroupError.LAST_TEACHER: gettext_lazy(
        "Nobody else leads this group. Please name somebody first."
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@for_organisation(Action.MANAGE_PEOPLE)
def people(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """List staff and groups of an organisation; on POST give somebody a role."""
    form = StaffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_staff(organisation=organisation, **form.cleaned_data)
        except GroupError as error:
            form.add_error("username", str(REFUSALS[error.reason]))
        else:
            return redirect("organisation", organisation.pk)
    groups = organisation.groups.prefetch_related("teachers__user")
    context = {
        "organisation": organisation,
        "staff": organisation.staff.select_related("user").order_by(
            "role", "user__username"
        ),
        "groups": with_sizes(groups),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "courses/groups/people.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@for_organisation(Action.MANAGE_PEOPLE)
def end_role(
    request: HttpRequest, organisation: Organisation, staff_id: UUID
) -> HttpResponse:
    """Say what ending a role means for groups; on POST end it."""
    staff = organisation.staff.select_related("user").filter(pk=staff_id).first()
    if staff is None:
        raise Http404(_("This role has ended already."))
    problem = ""
    if request.method == "POST":
        try:
            found = remove_staff(staff=staff, by=request.user)
        except GroupError as error:
            problem = str(REFUSALS[error.reason])
        else:
            _say(request, found)
            return _back(request, organisation)
    context = {
        "organisation": organisation,
        "staff": staff,
        "handovers": _planned(request, staff),
        "problem": problem,
    }
    status = 422 if problem else 200
    return render(request, "courses/groups/end_role.html", context, status=status)


def _back(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Lead on: whoever ended their own role may see the organisation no more."""
    theirs = organisations_for(request.user, Action.MANAGE_PEOPLE)
    if theirs.filter(pk=organisation.pk).exists():
        return redirect("organisation", organisation.pk)
    return redirect("groups")


def _planned(request: HttpRequest, staff: StaffRole) -> list[Handover]:
    if not loses_lead(staff):
        return []
    return handovers(
        user=staff.user, organisation_id=staff.organisation_id, heir=request.user
    )


def _say(request: HttpRequest, found: Iterable[Handover]) -> None:
    for each in found:
        names = ", ".join(user.username or str(user) for user in each.leaders)
        if names:
            text = _("“%(group)s” is led by %(names)s now.")
        else:
            text = _("Nobody leads “%(group)s” now. Please name somebody.")
        messages.success(request, text % {"group": each.group.title, "names": names})


@require_http_methods(["GET", "HEAD", "POST"])
@for_group(Action.NAME_DEPUTIES)
def leaders(request: HttpRequest, group: Group) -> HttpResponse:
    """List who leads a group; on POST name a deputy or take somebody out."""
    form, problem = DeputyForm(), ""
    if "remove" in request.POST:
        problem = _taken_out(group, request.POST["remove"])
    elif request.method == "POST":
        form = DeputyForm(request.POST)
        _name(request, group, form)
    is_refused = bool(problem or form.errors)
    if request.method == "POST" and not is_refused:
        return redirect("group_leaders", group.pk)
    context = {
        "group": group,
        "teachers": group.teachers.select_related("user").order_by("user__username"),
        "form": form,
        "problem": problem,
    }
    status = 422 if is_refused else 200
    return render(request, "courses/groups/leaders.html", context, status=status)


def _name(request: HttpRequest, group: Group, form: DeputyForm) -> None:
    if form.is_valid():
        try:
            add_deputy(group=group, by=request.user, **form.cleaned_data)
        except GroupError as error:
            form.add_error("username", str(REFUSALS[error.reason]))


def _taken_out(group: Group, pk: str) -> str:
    """Take out who was chosen, if still there; return why not."""
    for teacher in group.teachers.all():
        if str(teacher.pk) == pk:
            try:
                remove_deputy(teacher=teacher)
            except GroupError as error:
                return str(REFUSALS[error.reason])
    return ""
