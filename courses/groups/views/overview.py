"""The groups somebody leads, and a new one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from courses.catalogue.library import shelf_of

from .. import window
from ..forms import OpenGroupForm
from ..models import Organisation
from ..queries import groups_for, organisations_for, with_sizes
from ..roles import Action
from ..services import open_group_once
from .guard import staff_only


@require_safe
@staff_only
def index(request: HttpRequest) -> HttpResponse:
    """List the groups somebody leads; a class is two steps from here."""
    context = {
        "groups": with_sizes(groups_for(request.user, Action.SEE_BOARD)),
        "organisations": organisations_for(request.user, Action.OPEN_GROUP),
        "managed": organisations_for(request.user, Action.MANAGE_PEOPLE),
        "confirmed": organisations_for(request.user, Action.CONFIRM).exclude(
            assignments=None
        ),
        "audited": organisations_for(request.user, Action.AUDIT),
    }
    return render(request, "courses/groups/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def new(request: HttpRequest) -> HttpResponse:
    """Open a group and let people in at once; a second click leads to the same one."""
    organisation = _organisation(request)
    if organisation is None:
        return redirect("groups")
    shelf = shelf_of(request)
    form = OpenGroupForm(request.POST or None, organisation=organisation, shelf=shelf)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        group, is_new = open_group_once(
            once=values["once"],
            organisation=organisation,
            teacher=request.user,
            title=values["title"],
            level=values["level"],
            ends=values["ends"],
            seats=values["seats"],
            scopes=form.scopes,
        )
        if is_new:
            window.open_window(group)
        return redirect("group_entry", group.pk)
    context = {
        "form": form,
        "organisation": organisation,
        "organisations": organisations_for(request.user, Action.OPEN_GROUP),
    }
    status = 422 if form.is_bound else 200
    return render(request, "courses/groups/new.html", context, status=status)


def _organisation(request: HttpRequest) -> Organisation | None:
    """Return the organisation chosen, or the only one."""
    mine = list(organisations_for(request.user, Action.OPEN_GROUP))
    wanted = request.POST.get("organisation") or request.GET.get("organisation")
    return next(
        (each for each in mine if str(each.pk) == wanted), next(iter(mine), None)
    )
