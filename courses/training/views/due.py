"""“Who is due?”: units, one unit, and the same as a file.

Whoever reads by name who is open leaves an entry that each of these people can read.
Numbers count as names where all of a unit are in one state.
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from content.addresses import plain_address
from courses.groups.models import Organisation
from courses.groups.roles import Action, Role
from courses.groups.views.guard import for_organisation

from .. import sheets
from ..accesses import note_access
from ..models import Assignment, months_told
from ..queries import meant
from ..reports import Report, past_month_ends, report, status_name
from ..states import State, Status
from .assigning import assignment_of, title_of
from .files import as_file, as_pdf
from .filtering import filter_of, page_of, words_of

KINDS = {"csv": "text/csv; charset=utf-8", "ods": sheets.MIMETYPE}


@require_safe
@for_organisation(Action.SEE_DUE)
def units(
    request: HttpRequest, organisation: Organisation, assignment_id: UUID
) -> HttpResponse:
    """Show open and done by unit; it tells states where a unit is of one mind."""
    found = assignment_of(organisation, assignment_id)
    day = _day(request, organisation)
    if day is None:
        return _refused(request, organisation, found)
    whole = report(found, day)
    _note_look(organisation, whole.told_by_number())
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
    """Show a page of the people of one unit, by name."""
    found = assignment_of(organisation, assignment_id)
    day = _day(request, organisation)
    if day is None:
        return _refused(request, organisation, found)
    asked = _asked(request, found, day, unit_id)
    part = _narrowed(request, asked)
    page = page_of(request, part.states)
    _note_look(organisation, list(page) if part is asked else asked.states)
    context = {
        **_frame(request, organisation, found, part),
        "unit": part.tree.units[unit_id],
        "title_of_unit": part.tree.title(unit_id),
        "filter": filter_of(request, part.tree),
        "page": page,
        "heading": part.heading(),
        "rows": part.part(list(page)).labelled(),
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
    day = _day(request, organisation)
    if day is None:
        return _refused(request, organisation, found)
    asked = _asked(request, found, day, unit_id)
    part = _narrowed(request, asked)
    _note_look(organisation, asked.states)
    title = title_of(request, found)
    unit = part.tree.title(unit_id) if unit_id else ""
    about = "-".join(filter(None, map(plain_address, (title, unit, _stand(request)))))
    name = f"{about}-{part.day:%Y-%m-%d}.{kind}"
    if kind == "pdf":
        return _pdf(request, organisation, title, unit, part, name)
    rows = part.rows()
    content = sheets.to_csv(rows) if kind == "csv" else sheets.to_ods(title, rows)
    return as_file(content, KINDS[kind], name)


def _pdf(
    request: HttpRequest,
    organisation: Organisation,
    title: str,
    unit: str,
    part: Report,
    name: str,
) -> HttpResponse:
    heading, *rows = part.rows()
    context = {
        "language": get_language(),
        "organisation": organisation,
        "title": title,
        "unit": unit,
        "day": part.day,
        "sums": part.sums,
        "heading": heading,
        "rows": rows,
    }
    return as_pdf(
        context,
        template="courses/training/due.pdf.html",
        name=name,
        otherwise=_(
            "A name has a sign that cannot be printed here. CSV and ODS have it."
        ),
    )


def _asked(
    request: HttpRequest, found: Assignment, day: date, unit_id: UUID | None
) -> Report:
    """Return who is asked for: of a unit, with some words."""
    named = meant(words=words_of(request), at="employee__")
    whole = report(found, day, only=named)
    if unit_id is not None:
        if unit_id not in whole.tree.units:
            raise Http404(_("There is no such unit."))
        whole = whole.of_unit(unit_id)
    return whole


def _narrowed(request: HttpRequest, asked: Report) -> Report:
    """Return those in the state that is asked for, or the same report."""
    wanted = request.GET.get("stand", "")
    return asked.only(Status(wanted)) if wanted in set(Status) else asked


def _note_look(organisation: Organisation, states: Iterable[State]) -> None:
    """Note for people that the management read how they stand.

    Whoever asks for those who are open has read of the others that they are not. And
    entries for the open ones alone would keep who had passed by that day. A HEAD counts
    as well: the length of a page tells whether it has a line.
    """
    people = (state.employee for state in states)
    note_access(organisation, filter(None, people), Role.MANAGER)


def _stand(request: HttpRequest) -> str:
    """Return the one state that a list is narrowed to, in words."""
    wanted = request.GET.get("stand", "")
    return status_name(Status(wanted)) if wanted in set(Status) else ""


def _day(request: HttpRequest, organisation: Organisation) -> date | None:
    """Return the end of the month asked for, or today; None where it is not told."""
    wanted, today = request.GET.get("am", ""), timezone.localdate()
    days = {day.isoformat(): day for day in (today, *past_month_ends(organisation))}
    return days.get(wanted) if wanted else today


def _refused(
    request: HttpRequest, organisation: Organisation, found: Assignment
) -> HttpResponse:
    """Say that a day cannot be told; the list of another would be taken for it."""
    context = {
        "organisation": organisation,
        "assignment": found,
        "title": title_of(request, found),
        "months": months_told(organisation.evidence_years),
    }
    return render(request, "courses/training/due_untold.html", context, status=404)


def _frame(
    request: HttpRequest, organisation: Organisation, found: Assignment, part: Report
) -> dict[str, object]:
    today, ends = timezone.localdate(), past_month_ends(organisation)
    return {
        "organisation": organisation,
        "assignment": found,
        "title": title_of(request, found),
        "day": part.day,
        "is_past": part.day != today,
        "ends": [(day.isoformat(), date_format(day)) for day in ends],
        "query": f"?am={part.day.isoformat()}" if part.day != today else "",
    }
