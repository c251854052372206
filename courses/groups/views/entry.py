"""Letting people in: code and QR for the projector, open for a quarter of an hour."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from learnsite.accounts.card import qr_code

from .. import codes, services, window
from ..models import Group
from ..roles import Action
from ..tags import tag_of
from .guard import for_group


@require_safe
@for_group(Action.LET_IN)
def entry(request: HttpRequest, group: Group) -> HttpResponse:
    """Show the code, large, with the people who are in as a number only.

    To a class that has no card yet it offers cards first.
    """
    context = _context(group, *_shown(group))
    cards = group.members.filter(has_card=True)
    context["is_first_step"] = group.is_class and not cards.exists()
    return render(request, "courses/groups/entry.html", context)


@require_safe
@for_group(Action.LET_IN)
def entry_state(request: HttpRequest, group: Group) -> HttpResponse:
    """Return what has changed of it, or 304: on the wall it closes by itself."""
    is_open, joined = _shown(group)
    tag = tag_of(is_open, joined)
    unchanged = get_conditional_response(request, etag=tag)
    if unchanged:
        return unchanged
    context = _context(group, is_open, joined)
    response = render(request, "courses/groups/includes/entry_now.html", context)
    response.headers["ETag"] = tag
    return response


def _shown(group: Group) -> tuple[bool, int]:
    """Return what changes by itself: whether people can join, and how many have."""
    return window.is_open(group), group.members.count()


def _context(group: Group, is_open: bool, joined: int) -> dict[str, Any]:
    path = reverse("group_join", args=[group.code])
    address = f"{settings.SITE_URL.rstrip('/')}{path}"
    return {
        "group": group,
        "is_open": is_open,
        "tag": tag_of(is_open, joined),
        "code": codes.spaced(group.code),
        "address": address.split("://", 1)[-1],
        "qr_code": qr_code(address, _("QR code that leads to joining the group")),
        "joined": joined,
    }


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
