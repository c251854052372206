"""The page of the staff council and of data protection: read only, about nobody."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from content.identity import site_identity
from content.requests import generation_of
from courses.groups.models import Organisation
from courses.groups.roles import Action
from courses.groups.views.guard import for_organisation

from ..auditing import changes
from ..document import Document
from ..dossier import facts, with_changes
from ..papers import PAPERS, Paper, draft, paper_of
from .files import of_document


@require_safe
@for_organisation(Action.AUDIT)
def page(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Show stored fields, roles, periods, sample reports and the change log."""
    context = {
        "organisation": organisation,
        "document": facts(organisation),
        "changes": changes(),
        "papers": PAPERS,
    }
    return render(request, "courses/training/audit.html", context)


@require_safe
@for_organisation(Action.AUDIT)
def dossier(
    request: HttpRequest, organisation: Organisation, kind: str
) -> HttpResponse:
    """Return the same as a file."""
    name = f"datenschutz-{timezone.localdate():%Y-%m-%d}"
    return of_document(with_changes(organisation), kind, name)


@require_safe
@for_organisation(Action.AUDIT)
def paper(request: HttpRequest, organisation: Organisation, slug: str) -> HttpResponse:
    """Show a template, filled from the settings."""
    found = _found(slug)
    context = {
        "organisation": organisation,
        "paper": found,
        "document": _draft(request, organisation, found),
    }
    return render(request, "courses/training/paper.html", context)


@require_safe
@for_organisation(Action.AUDIT)
def paper_file(
    request: HttpRequest, organisation: Organisation, slug: str, kind: str
) -> HttpResponse:
    """Return a template as a file."""
    document = _draft(request, organisation, _found(slug))
    return of_document(document, kind, f"{slug}-{timezone.localdate():%Y-%m-%d}")


def _draft(request: HttpRequest, organisation: Organisation, paper: Paper) -> Document:
    return draft(organisation, paper, site_identity(generation_of(request)))


def _found(slug: str) -> Paper:
    found = paper_of(slug)
    if found is None:
        raise Http404(_("There is no such template."))
    return found
