"""A group's dates: its teacher's page, and the public list of evening courses."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from content.requests import same_for_everyone

from .. import meetings
from ..date_forms import CancelForm, ListingForm, MeetingForm, RepeatForm
from ..dates import Meeting
from ..meetings import Timing
from ..models import Group, Kind
from ..roles import Action
from .guard import for_group

MeetingView = Callable[[HttpRequest, Group, Meeting], HttpResponse]


@require_safe
def public_list(request: HttpRequest) -> HttpResponse:
    """List the evening courses that everybody may see, of one provider if wanted."""
    groups = meetings.by_first_date(meetings.listed_groups())
    providers = meetings.providers(groups)
    wanted = request.GET.get("anbieter", "")
    chosen = next((each for each in providers if str(each.pk) == wanted), None)
    context = {
        "groups": [g for g in groups if chosen in (None, g.organisation)],
        "providers": providers,
        "chosen": chosen,
    }
    return same_for_everyone(
        render(request, "courses/groups/public_dates.html", context)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_group(Action.SET_DATES)
def dates(request: HttpRequest, group: Group) -> HttpResponse:
    """List a group's dates; on POST add one."""
    form = MeetingForm(request.POST or None, group=group, initial=_usual(group))
    if request.method == "POST" and form.is_valid():
        _meeting, is_new = meetings.add_meeting(group=group, timing=_timing(form))
        if not is_new:
            messages.info(request, _("This date stands in the list already."))
        return redirect("group_dates", group.pk)
    return _page(request, group, form=form)


@require_POST
@for_group(Action.SET_DATES)
def listing(request: HttpRequest, group: Group) -> HttpResponse:
    """Put an evening course into the public list, or take it off; nothing else is."""
    if group.organisation.kind != Kind.ADULTS:
        return redirect("group_dates", group.pk)
    form = ListingForm(request.POST)
    if not form.is_valid():
        return _page(request, group, listing=form)
    meetings.list_publicly(group=group, **form.cleaned_data)
    if form.cleaned_data["is_listed"]:
        messages.success(request, _("Everybody sees the dates in the public list now."))
    else:
        messages.success(request, _("The dates are in no public list."))
    return redirect("group_dates", group.pk)


def of_group(view: MeetingView) -> Callable[..., HttpResponse]:
    """Hand a view the meeting of its address, if it is one of the group's."""

    @wraps(view)
    def found(request: HttpRequest, group: Group, meeting_id: UUID) -> HttpResponse:
        meeting = meetings.meeting_of(group, meeting_id)
        if meeting is None:
            raise Http404(_("There is no such date, or it was taken off."))
        return view(request, group, meeting)

    return found


@require_http_methods(["GET", "HEAD", "POST"])
@for_group(Action.SET_DATES)
@of_group
def change(request: HttpRequest, group: Group, meeting: Meeting) -> HttpResponse:
    """Show a date to be changed, cancelled or repeated; on POST change it."""
    initial = {name: getattr(meeting, name) for name in MeetingForm.base_fields}
    form = MeetingForm(request.POST or None, group=group, initial=initial)
    if request.method == "POST" and form.is_valid():
        meetings.change_meeting(meeting=meeting, timing=_timing(form))
        return redirect("group_dates", group.pk)
    return _one(request, group, meeting, form=form)


@require_POST
@for_group(Action.SET_DATES)
@of_group
def cancel(request: HttpRequest, group: Group, meeting: Meeting) -> HttpResponse:
    """Cancel a date for a reason, or let it take place after all."""
    if "restore" in request.POST:
        meetings.restore_meeting(meeting=meeting)
        return redirect("group_dates", group.pk)
    form = CancelForm(request.POST)
    if not form.is_valid():
        return _one(request, group, meeting, canceling=form)
    meetings.cancel_meeting(meeting=meeting, reason=form.cleaned_data["reason"])
    return redirect("group_dates", group.pk)


@require_POST
@for_group(Action.SET_DATES)
@of_group
def repeat(request: HttpRequest, group: Group, meeting: Meeting) -> HttpResponse:
    """Copy a date to the weeks that follow."""
    form = RepeatForm(request.POST)
    if not form.is_valid():
        return _one(request, group, meeting, repeating=form)
    added = meetings.repeat_weekly(meeting=meeting, weeks=form.cleaned_data["weeks"])
    _say_added(request, meeting, added, form.cleaned_data["weeks"])
    return redirect("group_dates", group.pk)


def _say_added(request: HttpRequest, meeting: Meeting, added: int, weeks: int) -> None:
    """Say how many dates there are more, and why some of the weeks have none."""
    said = ngettext(
        "%(count)d date was added.", "%(count)d dates were added.", added
    ) % {"count": added}
    group = meeting.group
    if meeting.day + meetings.WEEK * weeks > group.ends:
        reason = _(
            "The group ends on %(day)s, as was agreed on with its members; later weeks "
            "have no date. Whoever needs more opens another group."
        ) % {"day": date_format(group.ends)}
        messages.warning(request, f"{said} {reason}")
    else:
        messages.success(request, said)


@require_POST
@for_group(Action.SET_DATES)
@of_group
def remove(request: HttpRequest, group: Group, meeting: Meeting) -> HttpResponse:
    """Take a date off that was entered by mistake."""
    meetings.remove_meeting(meeting=meeting)
    return redirect("group_dates", group.pk)


def _timing(form: MeetingForm) -> Timing:
    return cast("Timing", form.cleaned_data)


def _usual(group: Group) -> dict[str, Any]:
    """Return what the last date had: the next one is mostly like it."""
    last = group.meetings.last()
    if last is None:
        return {}
    return {"begins": last.begins, "ends": last.ends, "place": last.place}


def _page(request: HttpRequest, group: Group, **forms: Any) -> HttpResponse:
    known = {"is_listed": group.is_listed, "booking_url": group.booking_url}
    context = {
        "group": group,
        "meetings": group.meetings.all(),
        "form": MeetingForm(group=group, initial=_usual(group)),
        "listing": ListingForm(initial=known),
        "can_be_listed": group.organisation.kind == Kind.ADULTS,
        **forms,
    }
    return _render(request, "courses/groups/dates.html", context)


def _one(
    request: HttpRequest, group: Group, meeting: Meeting, **forms: Any
) -> HttpResponse:
    initial = {name: getattr(meeting, name) for name in MeetingForm.base_fields}
    context = {
        "group": group,
        "meeting": meeting,
        "form": MeetingForm(group=group, initial=initial),
        "canceling": CancelForm(),
        "repeating": RepeatForm(),
        **forms,
    }
    return _render(request, "courses/groups/date.html", context)


def _render(request: HttpRequest, template: str, context: dict) -> HttpResponse:
    """Return a page; a form with errors makes it a 422."""
    status = 422 if request.method == "POST" else 200
    return render(request, template, context, status=status)
