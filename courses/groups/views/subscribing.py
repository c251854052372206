"""What members choose for themselves: a calendar at a secret address, mail."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from content.requests import private
from learnsite.accounts import outbox

from .. import feeds, notices
from ..models import Membership
from ..roles import Action
from .guard import for_member


@require_http_methods(["GET", "HEAD", "POST"])
@for_member(Action.TAKE_PART)
def calendar(request: HttpRequest, member: Membership) -> HttpResponse:
    """Explain the calendar; on POST make its address, shown once, or end it."""
    address = ""
    if request.method == "POST":
        if request.POST.get("choice") == "off":
            feeds.close_feed(membership=member)
            return redirect("membership_calendar", member.pk)
        path = reverse("feed", args=[feeds.open_feed(membership=member)])
        address = f"{settings.SITE_URL.rstrip('/')}{path}"
    context = {"member": member, "group": member.group, "address": address}
    return render(request, "courses/groups/calendar.html", context)


@require_POST
@for_member(Action.TAKE_PART)
def mail(request: HttpRequest, member: Membership) -> HttpResponse:
    """Switch mail about a group on or off; without an address it stays off."""
    wanted = request.POST.get("choice") == "on"
    is_possible = outbox.has_address(request.user)
    notices.ask_for_mail(membership=member, wanted=wanted and is_possible)
    return redirect("membership", member.pk)


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Return the dates behind a secret address; asks for no session and sets none."""
    group = feeds.group_of_token(token)
    if group is None:
        raise Http404(_("This calendar has been switched off, or never existed."))
    content = feeds.calendar_of(group, group.meetings.all())
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="termine.ics"'
    return private(response)
