"""Printed cards of a class: made, and made anew where one was lost.

A view of teachers that stands here because a new card touches the learner's answers.
"""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from courses.groups import services
from courses.groups.forms import CardsForm
from courses.groups.models import Group, Kind, Membership
from courses.groups.queries import vacant_in, with_cards
from courses.groups.roles import Action
from courses.groups.services import GroupError
from courses.groups.views.guard import for_group
from learnsite.accounts.card import key_address, qr_code
from learnsite.accounts.retention import KEEP_UNUSED_MONTHS

from ..reissuing import CardsChanged, renew_cards

#: Adults get two cards with the same key: one stays in a safe place.
COPIES = (gettext_lazy("for at home"), gettext_lazy("for the purse"))

View = Callable[..., HttpResponse]

REFUSALS = {
    GroupError.NUMBER_TAKEN: gettext_lazy("One of these numbers has just been taken."),
    GroupError.FULL: gettext_lazy(
        "Meanwhile fewer seats are left. Please choose fewer numbers."
    ),
    GroupError.ENDED: gettext_lazy("This group is over."),
}


def with_cards_only(view: View) -> View:
    """Refuse in words where a group has no printed cards."""

    @wraps(view)
    def refusing(request: HttpRequest, group: Group, **ids: UUID) -> HttpResponse:
        if group.offers_cards:
            return view(request, group, **ids)
        context = {"group": group}
        return render(request, "courses/groups/no_cards.html", context, status=403)

    return refusing


@require_http_methods(["GET", "HEAD", "POST"])
@for_group(Action.LET_IN)
@with_cards_only
def cards(request: HttpRequest, group: Group) -> HttpResponse:
    """Ask for how many cards; on POST make them and show the sheet, once."""
    vacant = vacant_in(group)
    given = with_cards(group)
    form = CardsForm(request.POST or None, vacant=vacant)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.add_cards(group=group, numbers=form.numbers)
        except GroupError as error:
            form.add_error("last", REFUSALS[error.reason])
        else:
            return _sheet(request, group, made)
    context = {
        "group": group,
        "form": form,
        "seats": vacant.seats,
        "cards": len(given),
        "replaces": services.mark_of_cards(given),
    }
    status = 422 if form.is_bound else 200
    return render(request, "courses/groups/cards.html", context, status=status)


@require_safe
@for_group(Action.LET_IN)
@with_cards_only
def find(request: HttpRequest, group: Group) -> HttpResponse:
    """Lead from the number on a lost card to the question whether to make it anew."""
    number = request.GET.get("nummer", "").strip()
    by_number = {
        str(member.number): member for member in group.members.filter(has_card=True)
    }
    if number in by_number:
        return redirect("group_card_renew", group.pk, by_number[number].pk)
    advice = _("No card has this number. Here are all numbers of the group.")
    messages.warning(request, advice)
    return redirect("group_members", group.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@for_group(Action.LET_IN)
@with_cards_only
def renew(request: HttpRequest, group: Group, member_id: UUID) -> HttpResponse:
    """Ask, then make a card anew: the old one is dead at once."""
    member = group.members.filter(pk=member_id, has_card=True).first()
    if member is None:
        raise Http404(_("There is no card with this number."))
    if request.method == "POST":
        return _made_anew(request, group, only=member.pk)
    mark = services.mark_of_cards([member])
    context = {"group": group, "member": member, "replaces": mark}
    return render(request, "courses/groups/card_renew.html", context)


@require_POST
@for_group(Action.LET_IN)
@with_cards_only
def renew_all(request: HttpRequest, group: Group) -> HttpResponse:
    """Make all cards anew, where the sheet was closed before it was printed."""
    if not with_cards(group):
        return redirect("group_cards", group.pk)
    return _made_anew(request, group)


def _made_anew(
    request: HttpRequest, group: Group, only: UUID | None = None
) -> HttpResponse:
    """Show new cards, or say that a form of before (a reload) renews nothing."""
    mark = request.POST.get("replaces", "")
    try:
        made = renew_cards(group=group, mark=mark, only=only)
    except CardsChanged:
        advice = _(
            "No card was made anew: cards of this page were made in the meantime."
        )
        messages.warning(request, advice)
        return redirect("group_cards", group.pk)
    return _sheet(request, group, made)


def _sheet(
    request: HttpRequest, group: Group, made: list[tuple[Membership, tuple[str, ...]]]
) -> HttpResponse:
    copies = COPIES if group.organisation.kind == Kind.ADULTS else ("",)
    rows = [
        {
            "member": member,
            "words": words,
            "qr_code": qr_code(key_address(words)),
            "copy": copy,
        }
        for member, words in made
        for copy in copies
    ]
    context = {
        "group": group,
        "rows": rows,
        "people": len(made),
        "address": key_address(()).removesuffix("#"),
        "kept_months": KEEP_UNUSED_MONTHS,
    }
    return render(request, "courses/groups/card_sheet.html", context)
