"""Letting people in: code and QR for the projector, open for a quarter of an hour."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from learnsite.accounts.card import qr_code

from .. import codes, services, window
from ..models import Group
from ..roles import Action
from .guard import for_group


@require_safe
@for_group(Action.LET_IN)
def entry(request: HttpRequest, group: Group) -> HttpResponse:
    """Show the code, large, with the people who are in as a number only."""
    path = reverse("group_join", args=[group.code])
    address = f"{settings.SITE_URL.rstrip('/')}{path}"
    context = {
        "group": group,
        "is_open": window.is_open(group),
        "code": codes.spaced(group.code),
        "address": address.split("://", 1)[-1],
        "qr_code": qr_code(address, _("QR code that leads to joining the group")),
        "joined": group.members.count(),
    }
    return render(request, "courses/groups/entry.html", context)


@require_POST
@for_group(Action.LET_IN)
def open_or_close(request: HttpRequest, group: Group) -> HttpResponse:
    """Let people in for a quarter of an hour, or nobody any more."""
    if request.POST.get("open") == "yes":
        window.open_window(group)
    else:
        window.close_window(group)
    return redirect("group_entry", group.pk)


@require_safe
@for_group(Action.REMOVE_MEMBER)
def members(request: HttpRequest, group: Group) -> HttpResponse:
    """List numbers and made-up names, to take out who should not be in."""
    context = {
        "group": group,
        "members": group.members.order_by("number", "pseudonym"),
    }
    return render(request, "courses/groups/members.html", context)


@require_POST
@for_group(Action.REMOVE_MEMBER)
def remove(request: HttpRequest, group: Group) -> HttpResponse:
    """Take the chosen members out, with what the ledger says of them."""
    chosen = set(request.POST.getlist("member"))
    for member in group.members.all():
        if str(member.pk) in chosen:
            services.leave(membership=member)
    return redirect("group_members", group.pk)
