"""Joining a group: what it agreed on comes first; then a number, a name, a key."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from content.requests import private
from courses.catalogue.library import Library, shelf_of
from courses.groups import services, window
from courses.groups.boards import (
    Board,
    Column,
    board_of,
    columns_of,
    invented_counts,
    invented_rows,
    lessons_of,
)
from courses.groups.levels import Visibility
from courses.groups.meetings import with_dates
from courses.groups.models import Group, Membership
from courses.groups.queries import group_by_code, groups_for, vacant_for
from courses.groups.roles import Action
from courses.groups.services import GroupError
from courses.groups.titles import object_title
from courses.groups.views.guard import for_member
from courses.progress.learners import learner_of
from learnsite.accounts.card import render_key_card
from learnsite.accounts.decorators import person_of
from learnsite.accounts.limits import may_sign_up, record_wrong_key
from learnsite.accounts.outbox import has_address
from learnsite.accounts.pseudonyms import Bearer
from learnsite.accounts.services import card_is_unseen, sign_in

from ..assigned import first_open, first_path, lines_of
from ..new_account import forget_token, keeps_none, send_with_token, token_in

#: A number as the list offers it, with no more digits than any seat has.
NUMBER = re.compile("[1-9][0-9]{0,2}")
NO_COOKIES = gettext_lazy(
    "This browser accepts no cookies from this site. Nobody can be signed in without "
    "them, so no seat was taken. Please allow cookies for this site in the settings of "
    "the browser, then try again. Taking part without joining is possible all the same."
)
REFUSALS = {
    GroupError.FULL: gettext_lazy(
        "All seats of this group are taken. Please tell whoever leads it."
    ),
    GroupError.NUMBER_TAKEN: gettext_lazy(
        "Somebody else has this number. Please choose another."
    ),
    GroupError.ENDED: gettext_lazy("This group is over."),
    GroupError.OWN_GROUP: gettext_lazy(
        "This group is led by this account, so it cannot join."
    ),
    GroupError.BOUND: gettext_lazy(
        "This account came by a printed card and stays with its group. To join here, "
        "please sign out first: joining then makes an account and a key of one's own."
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, code: str) -> HttpResponse:
    """Show what a group agreed on; on POST let somebody in under a free number."""
    group = group_by_code(code)
    if group is None or not window.is_open(group):
        return _closed(request, group)
    known = _membership_in(request, group)
    if known:
        # The card may have been on its way when the form came a second time.
        is_unshown = request.method == "POST" and card_is_unseen(request)
        return private(
            redirect("key_card") if is_unshown else redirect("membership", known.pk)
        )
    if request.method != "POST":
        return _invitation(request, group)
    typed = request.POST.get("number", "")
    if typed and not NUMBER.fullmatch(typed):
        problem = _("Please choose a number from the list.")
        return _invitation(request, group, problem, status=422)
    try:
        return _let_in(request, group, int(typed) if typed else None)
    except GroupError as error:
        return _invitation(request, group, str(REFUSALS[error.reason]), status=409)


def _let_in(request: HttpRequest, group: Group, number: int | None) -> HttpResponse:
    """Join by the account that is signed in, or by a new key, shown once.

    A form that comes twice before the card has arrived takes one seat.
    """
    if learner_of(request).has_account:
        member = services.join(group=group, user=request.user, number=number)
        return private(redirect("membership", member.pk))
    token = token_in(request)
    if not token:
        if not keeps_none(request):
            return send_with_token(request)
        return _invitation(request, group, str(NO_COOKIES), status=422)
    if not may_sign_up(request):
        message = _("Very many are joining just now. Please try again in a minute.")
        return _invitation(request, group, message, status=429)
    user, words, member = services.join_anew(group=group, token=token, number=number)
    sign_in(request=request, user=user)
    way_on = reverse("membership", args=[member.pk])
    begin = first_open(group.tasks.all(), shelf_of(request))
    card = render_key_card(request, user, words, continue_url=way_on, begin_url=begin)
    forget_token(card)
    return private(card)


@require_safe
def preview(request: HttpRequest, code: str) -> HttpResponse:
    """Show the teacher's board over invented people, made by the same code."""
    group = group_by_code(code)
    if group is None or not (window.is_open(group) or _belongs(request, group)):
        return _closed(request, group)
    shelf = shelf_of(request)
    tasks = list(group.tasks.all())
    lessons = lessons_of(tasks, shelf) if group.level == Visibility.HELP else []
    boards = []
    for lesson in (None, *lessons[:1]):
        columns = columns_of(group, tasks, shelf, lesson)
        title = lesson.title if lesson else ""
        boards.append({"title": title, "board": _invented(group, columns, shelf)})
    context = {"group": group, "boards": boards, "code": code}
    return private(render(request, "courses/groups/preview.html", context))


def _invented(group: Group, columns: tuple[Column, ...], shelf: Library) -> Board:
    """Return the board over invented people, with a month where the level has one."""
    if group.level == Visibility.NOBODY:
        return invented_counts(group, columns)
    today = timezone.localdate()
    month = today.replace(day=1) if group.level == Visibility.COMPLETED else None
    rows = invented_rows(columns, month)
    return board_of(columns, rows, shelf, seats=len(rows))


@require_safe
@for_member(Action.TAKE_PART, rows=with_dates)
def membership(request: HttpRequest, member: Membership) -> HttpResponse:
    """Show a member what the group does, and exactly what it knows of them."""
    shelf = shelf_of(request)
    context = {
        "member": member,
        "group": member.group,
        "lines": lines_of(member.group.tasks.all(), shelf, by_lesson=True),
        "facts": sorted(
            member.facts.all(), key=lambda fact: object_title(fact.object_key, shelf)
        ),
        "accesses": list(member.accesses.order_by("-day")),
        "has_address": has_address(request.user),
        "rerolls_left": services.MOST_REROLLS - member.rerolls,
    }
    return render(request, "courses/groups/membership.html", context)


@require_POST
@for_member(Action.TAKE_PART)
def reroll(request: HttpRequest, member: Membership) -> HttpResponse:
    """Give a member another made-up name, of a thing where no animal is wanted."""
    is_thing = request.POST.get("of") == Bearer.THING
    bearer = Bearer.THING if is_thing else Bearer.ANIMAL
    services.reroll_name(membership=member, bearer=bearer)
    return redirect("membership", member.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@for_member(Action.LEAVE)
def leave(request: HttpRequest, member: Membership) -> HttpResponse:
    """Ask, then leave: what the group knows goes at once, the own progress stays."""
    if request.method == "POST":
        services.leave(membership=member)
        return redirect("learning")
    context = {"member": member, "group": member.group}
    return render(request, "courses/groups/leave.html", context)


def _membership_in(request: HttpRequest, group: Group) -> Membership | None:
    if not learner_of(request).has_account:
        return None
    return group.members.filter(user=person_of(request).pk).first()


def _belongs(request: HttpRequest, group: Group) -> bool:
    """Say whether somebody may read a group's contract, also when nobody can join."""
    if not learner_of(request).has_account:
        return False
    mine = groups_for(person_of(request), Action.SEE_CONTRACT)
    return mine.filter(pk=group.pk).exists()


def _invitation(
    request: HttpRequest, group: Group, problem: str = "", status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "group": group,
        "code": group.code,
        "vacant": vacant_for(group, token_in(request)),
        "chosen": request.POST.get("number", ""),
        "problem": problem,
        "first_path": first_path(group.tasks.all(), shelf_of(request)),
        "has_account": learner_of(request).has_account,
    }
    page = render(request, "courses/groups/join.html", context, status=status)
    return private(page)


def _closed(request: HttpRequest, group: Group | None) -> HttpResponse:
    """Say that a code opens nothing (now); wrong ones are counted like wrong keys."""
    wait = record_wrong_key(request) if group is None else 0
    tasks = group.tasks.all() if group else []
    path = first_path(tasks, shelf_of(request))
    context = {"group": group, "wait_seconds": wait, "first_path": path}
    status = 404 if group is None else 403
    page = render(request, "courses/groups/closed.html", context, status=status)
    return private(page)
