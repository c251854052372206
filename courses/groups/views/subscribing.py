"""What members choose for themselves: a calendar at a secret address, mail."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
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
from learnsite.accounts.decorators import person_of

from .. import feeds, notices
from ..models import Membership
from ..queries import memberships_of


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def calendar(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Explain the calendar; on POST make its address, shown once, or end it."""
    member = _own(request, pk)
    address = ""
    if request.method == "POST":
        if request.POST.get("choice") == "off":
            feeds.close_feed(membership=member)
            return private(redirect("membership_calendar", member.pk))
        path = reverse("feed", args=[feeds.open_feed(membership=member)])
        address = f"{settings.SITE_URL.rstrip('/')}{path}"
    context = {"member": member, "group": member.group, "address": address}
    return private(render(request, "courses/groups/calendar.html", context))


@require_POST
@login_required
def mail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Switch mail about a group on or off; without an address it stays off."""
    member = _own(request, pk)
    wanted = request.POST.get("choice") == "on"
    is_possible = outbox.has_address(request.user)
    notices.ask_for_mail(membership=member, wanted=wanted and is_possible)
    return private(redirect("membership", member.pk))


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


def _own(request: HttpRequest, pk: UUID) -> Membership:
    found = memberships_of(person_of(request)).filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such membership, or it has ended."))
    return found
