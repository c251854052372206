"""Labs on their own, outside of a lesson: to try, on paper, for a class."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from . import registry


@require_safe
def lab_index(request: HttpRequest) -> HttpResponse:
    """List all labs; context: ``labs``. Without any lab there is no such page."""
    labs = registry.shelf()
    if not labs:
        raise Http404(_("There is no lab yet."))
    return render(request, "content/labs/index.html", {"labs": labs})


@require_safe
def lab_detail(request: HttpRequest, name: str) -> HttpResponse:
    """Show one lab to try."""
    return _show(request, name, "detail")


@require_safe
def lab_paper(request: HttpRequest, name: str) -> HttpResponse:
    """Show the unplugged version."""
    return _show(request, name, "paper")


@require_safe
def lab_guide(request: HttpRequest, name: str) -> HttpResponse:
    """Show how a group is led through a lab."""
    return _show(request, name, "guide")


@require_safe
def lab_projector(request: HttpRequest, name: str) -> HttpResponse:
    """Show a lab alone and large, for all in a room."""
    return _show(request, name, "projector")


def _show(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    """Render a page about one lab; context: ``lab`` and its ``words``."""
    found = registry.find(name)
    if found is None:
        raise Http404(_("This lab does not exist."))
    context = {
        "lab": found.lab,
        "words": found.words,
        "language": found.language,
        "text": found.text,
        "paper": found.paper,
    }
    return render(request, f"content/labs/{kind}.html", context)
