"""“Who is due?”: units, one unit, and the same as a file."""

from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses.certificates.paper import Crowded, Unprintable, render_pdf
from courses.groups.models import Organisation
from courses.groups.roles import Action
from courses.groups.views.guard import for_organisation

from .. import sheets
from ..models import Assignment
from ..reports import Report, past_month_ends, report
from ..states import Status
from .assigning import assignment_of, title_of

KINDS = {"csv": "text/csv; charset=utf-8", "ods": sheets.MIMETYPE}
PDF = "application/pdf"


@require_safe
@for_organisation(Action.SEE_DUE)
def units(
    request: HttpRequest, organisation: Organisation, assignment_id: UUID
) -> HttpResponse:
    """Show open and done by unit."""
    found = assignment_of(organisation, assignment_id)
    whole = report(found, _day(request))
    context = {
        **_frame(request, organisation, found, whole),
        "lines": whole.lines(),
        "sums": whole.sums,
    }
    return render(request, "courses/training/due.html", context)


@require_safe
@for_organisation(Action.SEE_DUE)
def people(
    request: HttpRequest,
    organisation: Organisation,
    assignment_id: UUID,
    unit_id: UUID,
) -> HttpResponse:
    """Show the people of one unit, by name."""
    found = assignment_of(organisation, assignment_id)
    part = _chosen(request, report(found, _day(request)), unit_id)
    context = {
        **_frame(request, organisation, found, part),
        "unit": part.tree.units[unit_id],
        "title_of_unit": part.tree.title(unit_id),
        "rows": part.rows(),
        "status": request.GET.get("stand", ""),
    }
    return render(request, "courses/training/due_unit.html", context)


@require_safe
@for_organisation(Action.SEE_DUE)
def export(
    request: HttpRequest,
    organisation: Organisation,
    assignment_id: UUID,
    kind: str,
    unit_id: UUID | None = None,
) -> HttpResponse:
    """Return the list of a unit, or of everybody, as CSV, ODS or PDF."""
    found = assignment_of(organisation, assignment_id)
    part = _chosen(request, report(found, _day(request)), unit_id)
    title = title_of(request, found)
    name = f"{slugify(title)}-{part.day:%Y-%m-%d}.{kind}"
    if kind == "pdf":
        return _pdf(request, organisation, title, part, name)
    rows = part.rows()
    content = sheets.to_csv(rows) if kind == "csv" else sheets.to_ods(title, rows)
    return _file(content, KINDS[kind], name)


def _pdf(
    request: HttpRequest,
    organisation: Organisation,
    title: str,
    part: Report,
    name: str,
) -> HttpResponse:
    heading, *rows = part.rows()
    context = {
        "language": get_language(),
        "organisation": organisation,
        "title": title,
        "day": part.day,
        "sums": part.sums,
        "heading": heading,
        "rows": rows,
    }
    try:
        content = render_pdf(
            context, template="courses/training/due.pdf.html", style="css/report.css"
        )
    except Crowded:
        return HttpResponse(
            _("Many papers are being made right now. Please try again in a minute."),
            status=503,
        )
    except Unprintable:
        return HttpResponse(
            _("A name has a sign that cannot be printed here. CSV and ODS have it."),
            status=422,
        )
    return _file(content, PDF, name)


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _chosen(request: HttpRequest, whole: Report, unit_id: UUID | None) -> Report:
    if unit_id is not None:
        if unit_id not in whole.tree.units:
            raise Http404(_("There is no such unit."))
        whole = whole.of_unit(unit_id)
    wanted = request.GET.get("stand", "")
    return whole.only(Status(wanted)) if wanted in set(Status) else whole


def _day(request: HttpRequest) -> date:
    """Return the end of the month asked for, or today."""
    wanted = request.GET.get("am", "")
    ends = {day.isoformat(): day for day in past_month_ends()}
    return ends.get(wanted, timezone.localdate())


def _frame(
    request: HttpRequest, organisation: Organisation, found: Assignment, part: Report
) -> dict[str, object]:
    today = timezone.localdate()
    return {
        "organisation": organisation,
        "assignment": found,
        "title": title_of(request, found),
        "day": part.day,
        "is_past": part.day != today,
        "ends": [(day.isoformat(), date_format(day)) for day in past_month_ends()],
        "query": f"?am={part.day.isoformat()}" if part.day != today else "",
    }
