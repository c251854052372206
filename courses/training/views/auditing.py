"""The page of the staff council and of data protection: read only, about nobody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from courses.groups.models import Organisation
from courses.groups.roles import Action
from courses.groups.views.guard import for_organisation

from ..auditing import changes
from ..dossier import facts, with_changes
from .files import of_document


@require_safe
@for_organisation(Action.AUDIT)
def page(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Show stored fields, roles, periods, sample reports and the change log."""
    context = {
        "organisation": organisation,
        "document": facts(organisation),
        "changes": changes(),
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
