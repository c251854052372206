"""The board: where a group is stuck, by what its level allows."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import (
    require_http_methods,
    require_safe,
)

from content.addresses import plain_address
from courses.catalogue.library import LessonEntry, shelf_of
from learnsite.accounts.decorators import person_of

from .. import services
from ..boards import Board, board_of, columns_of, counted, lessons_of
from ..levels import Visibility
from ..models import Group
from ..queries import board_rows, members_that_count, tallies
from ..roles import Action, Role
from .guard import for_group

#: What the page with names may do: load from here, ask here, and send no form at all.
NAMES_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


@require_safe
@for_group(Action.SEE_BOARD)
def board(request: HttpRequest, group: Group) -> HttpResponse:
    """Show the whole page; the look at the members is noted for them."""
    context = _context(request, group)
    cards = group.members.filter(has_card=True)
    context["has_cards"] = group.offers_cards and cards.exists()
    return render(request, "courses/groups/board.html", context)


@require_safe
@for_group(Action.SEE_BOARD)
def state(request: HttpRequest, group: Group) -> HttpResponse:
    """Return the board alone, for a page that renews itself; 304 if nothing is new.

    A page that stays open past midnight looks again, too: the members are told.
    """
    context = _context(request, group)
    shown: Board = context["board"]
    unchanged = get_conditional_response(request, etag=shown.tag)
    if unchanged:
        return unchanged
    response = render(request, "courses/groups/includes/board.html", context)
    response.headers["ETag"] = shown.tag
    return response


@require_safe
@for_group(Action.SEE_BOARD)
def names(request: HttpRequest, group: Group) -> HttpResponse:
    """Show the board beside which a file of names can be opened, on the device only.

    The page holds nothing that editors formatted, and no form.
    """
    context = _context(request, group)
    context["file_name"] = f"namen-{plain_address(group.title) or 'gruppe'}.json"
    response = render(request, "courses/groups/names.html", context)
    response.headers["Content-Security-Policy"] = NAMES_POLICY
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@for_group(Action.END_GROUP)
def end(request: HttpRequest, group: Group) -> HttpResponse:
    """Ask, then erase the group with all of its ledger."""
    if request.method == "POST":
        services.end_group(group=group)
        return redirect("groups")
    leads = group.teachers.filter(user=person_of(request).pk).exists()
    back = ("group", group.pk) if leads else ("organisation", group.organisation_id)
    context = {
        "group": group,
        "members": group.members.count(),
        "back": reverse(back[0], args=[back[1]]),
    }
    return render(request, "courses/groups/end.html", context)


def _context(request: HttpRequest, group: Group) -> dict[str, Any]:
    """Return what a board shows; where it shows members, the look is noted for them."""
    shelf = shelf_of(request)
    tasks = list(group.tasks.all())
    lessons = lessons_of(tasks, shelf) if group.level == Visibility.HELP else []
    lesson = _chosen(lessons, request.GET.get("lektion", ""))
    columns = columns_of(group, tasks, shelf, lesson)
    found: Board
    if group.level == Visibility.NOBODY:
        found = counted(group, columns, tallies(group), members_that_count(group))
    else:
        rows = board_rows(group)
        services.note_access(
            group=group,
            role=Role.TEACHER,
            members=[(row.number, row.pseudonym) for row in rows],
        )
        found = board_of(columns, rows, shelf, group.seats)
    return {"group": group, "board": found, "lessons": lessons, "lesson": lesson}


def _chosen(lessons: list[LessonEntry], slug: str) -> LessonEntry | None:
    return next((each for each in lessons if each.slug == slug), None)
