"""Labs on their own, outside of a lesson."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from . import registry


@require_safe
def lab_index(request: HttpRequest) -> HttpResponse:
    """List all labs; context: ``labs``. Without any lab there is no such page."""
    labs = registry.all_labs()
    if not labs:
        raise Http404(_("There is no lab yet."))
    return render(request, "content/labs/index.html", {"labs": labs})


@require_safe
def lab_detail(request: HttpRequest, name: str) -> HttpResponse:
    """Show one lab; context: ``lab``."""
    lab = registry.find(name)
    if lab is None:
        raise Http404(_("This lab does not exist."))
    return render(request, "content/labs/detail.html", {"lab": lab})
