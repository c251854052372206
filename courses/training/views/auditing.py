"""The page of the staff council and of data protection: read only, about nobody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses.certificates.paper import Crowded, render_pdf
from courses.groups.models import Organisation
from courses.groups.roles import Action
from courses.groups.views.guard import for_organisation

from ..auditing import audit

PDF = "application/pdf"


@require_safe
@for_organisation(Action.AUDIT)
def page(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Show stored fields, roles, periods, sample reports and the change log."""
    return render(request, "courses/training/audit.html", audit(organisation))


@require_safe
@for_organisation(Action.AUDIT)
def dossier(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Return the same as a PDF."""
    day = timezone.localdate()
    context = {**audit(organisation), "language": get_language(), "day": day}
    try:
        content = render_pdf(
            context, template="courses/training/audit.pdf.html", style="css/report.css"
        )
    except Crowded:
        return HttpResponse(
            _("Many papers are being made right now. Please try again in a minute."),
            status=503,
        )
    response = HttpResponse(content, content_type=PDF)
    name = f"datenschutz-{day:%Y-%m-%d}.pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
