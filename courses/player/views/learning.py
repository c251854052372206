"""“Lernstand”, a device's progress, a new learning key, an empty device."""

from dataclasses import replace
from typing import Any

from allauth.account.views import LogoutView
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from content.requests import TEXT_SIZES, generation_of, is_kiosk, private
from courses.catalogue.library import Library, library, read_covers, shelf_of
from courses.groups.meetings import with_dates
from courses.groups.models import Membership
from courses.groups.queries import memberships_of
from courses.progress.learners import Learner, learner_of
from courses.progress.models import FinalTestState
from courses.progress.state import Progress
from courses.review.rememberers import rememberer_of
from learnsite.accounts.card import render_key_card
from learnsite.accounts.decorators import person_of
from learnsite.accounts.issuing import issue_key_once
from learnsite.accounts.limits import may_sign_up
from learnsite.accounts.queries import is_open_elsewhere
from learnsite.accounts.services import card_is_unseen, sign_in

from ..asking import asked_in
from ..assigned import lines_of
from ..device import device_cookies
from ..new_account import forget_token, keeps_none, send_with_token, token_in
from ..opened import without_sealed
from ..presenting import CourseSummary, is_begun, leads_to_test, onward, summary
from ..refusing import page_changed_hands
from ..remembering import due_goals, met_goals
from ..takeover import forget_device_progress, merge_waiting, waiting_progress
from ..visits import is_for_another

ASKED = "takeover_declined"
SIGNED_OUT = "abgemeldet"


@require_safe
def learning(request: HttpRequest) -> HttpResponse:
    """Show what was begun and done, for visitors too."""
    generation = generation_of(request)
    shelf = shelf_of(request)
    everywhere = {
        key
        for code, _name in settings.LANGUAGES
        for key in library(code, generation).by_key
    }
    learner = learner_of(request)
    lessons = [key for course in shelf.courses for key in course.lesson_keys]
    places, progress = learner.all_progress(list(everywhere), lessons)
    begun = _begun(shelf, places, progress)
    known = {row["course"].key for row in begun} | places.keys() | progress.tests.keys()
    members = _memberships(request, learner)
    groups = [
        [task.given for task in member.group.tasks.all()]
        for member in members
        if member.group.is_running
    ]
    rememberer = rememberer_of(request)
    goals = without_sealed(met_goals(shelf, learner), groups)
    due = due_goals(goals, rememberer, timezone.localdate()) if rememberer.is_on else []
    has_card = any(each.has_card for each in members)
    given = {task.course_key for tasks in groups for task in tasks}
    read_covers(generation_of(request))
    fresh = [course for course in shelf.courses if course.key not in known]
    context = {
        "due": len(due),
        "can_review": bool(goals),
        "started": [row for row in begun if row["onward"]],
        "done": [row for row in begun if row["summary"].is_complete],
        # Whoever comes with a group is not sent to other courses first.
        "suggestions": ([c for c in fresh if c.key in given] or fresh)[:3],
        "elsewhere": len(everywhere & known - shelf.by_key.keys()),
        "has_account": learner.has_account,
        "reader": learner.mark,
        "memberships": [
            (member, lines_of(member.group.tasks.all(), shelf, progress))
            for member in members
        ],
        "asked": asked_in(
            request.user, [(each.group_id, each.group.title) for each in members]
        ),
        "asks_takeover": _asks_takeover(request),
        "card_is_unseen": card_is_unseen(request),
        "card_is_used_twice": has_card
        and is_open_elsewhere(request, person_of(request)),
    }
    return private(render(request, "courses/learning.html", context))


def _memberships(request: HttpRequest, learner: Learner) -> list[Membership]:
    """Return the groups of an account with tasks, dates, messages: four statements."""
    if not learner.has_account:
        return []
    mine = memberships_of(person_of(request)).prefetch_related("group__tasks")
    found = with_dates(mine)
    return list(found)


@require_safe
def go_on(request: HttpRequest) -> HttpResponse:
    """Lead to the first thing not done where one course is begun, else to the list."""
    shelf = shelf_of(request)
    lessons = [key for course in shelf.courses for key in course.lesson_keys]
    keys = list(shelf.by_key)
    begun = _begun(shelf, *learner_of(request).all_progress(keys, lessons))
    ways = [row["onward"].path for row in begun if row["onward"]]
    return private(redirect(ways[0] if len(ways) == 1 else "learning"))


def _begun(shelf: Library, places: dict, progress: Progress) -> list[dict[str, Any]]:
    """Return the begun courses of this language with the way on."""
    rows = []
    read = [c.key for c in shelf.courses if is_begun(c, progress)]
    for key in dict.fromkeys([*places, *progress.tests, *read]):
        course, place = shelf.by_key.get(key), places.get(key)
        if course is None or not course.lessons:
            continue
        numbers: CourseSummary = summary(course, progress)
        state = progress.tests.get(key)
        # Whoever took it and did not pass is not asked again and again.
        goes_to_test = state != FinalTestState.NOT_PASSED and leads_to_test(
            course, numbers, state
        )
        goes_on = onward(course, replace(progress, place=place))
        rows.append(
            {
                "course": course,
                "summary": numbers,
                "test_state": state,
                "goes_to_test": goes_to_test,
                "onward": course.test if goes_to_test else goes_on,
            }
        )
    return rows


def _asks_takeover(request: HttpRequest) -> bool:
    """Whether to ask if the progress found on this device is this person's."""
    return (
        learner_of(request).has_account
        and bool(waiting_progress(request))
        and ASKED not in request.session
    )


@require_POST
def take_over(request: HttpRequest) -> HttpResponse:
    """Merge a device's progress into the account, or leave it where it is.

    Only into the account that was asked: another tab may have opened a different one.
    """
    if is_for_another(request, learner_of(request)):
        title = _("My learning")
        return page_changed_hands(request, path=reverse("learning"), title=title)
    response = redirect("learning")
    if not request.user.is_authenticated:
        return private(response)
    if request.POST.get("choice") == "yes":
        merge_waiting(user=request.user, waiting=waiting_progress(request))
        forget_device_progress(response)
    else:
        request.session[ASKED] = True
    return private(response)


@require_http_methods(["GET", "HEAD", "POST"])
def new_key(request: HttpRequest) -> HttpResponse:
    """Explain the learning key; on POST issue one and show its card once.

    A form that comes twice before a card has arrived leads to the same account.
    """
    if learner_of(request).has_account:
        # A second click or a reload makes no other key; the page says how to get one.
        return private(redirect("key_card" if card_is_unseen(request) else "my_data"))
    waiting = waiting_progress(request)
    context = {"has_progress": bool(waiting), "next": request.POST.get("next", "")}
    if request.method != "POST":
        return private(render(request, "courses/key_new.html", context))
    token = token_in(request)
    if not token:
        if not keeps_none(request):
            return send_with_token(request)
        context["refuses_cookies"] = True
        return private(render(request, "courses/key_new.html", context, status=422))
    if not may_sign_up(request):
        context["is_limited"] = True
        return private(render(request, "courses/key_new.html", context, status=429))
    user, words = issue_key_once(token=token)
    sign_in(request=request, user=user)
    takes_progress = waiting and request.POST.get("progress") == "take"
    if takes_progress:
        merge_waiting(user=user, waiting=waiting)
    way_on = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(way_on, allowed_hosts=None)
    response = render_key_card(
        request, user, words, continue_url=way_on if is_ours else None
    )
    if takes_progress:
        forget_device_progress(response)
    forget_token(response)
    return private(response)


@require_http_methods(["GET", "HEAD", "POST"])
def clear_device(request: HttpRequest) -> HttpResponse:
    """Leave nothing on this device: session, progress, storage, cached pages.

    A redirect follows, so that reloading the last page does not clear a second time.
    """
    if request.method != "POST":
        context = {"signed_out": SIGNED_OUT in request.GET}
        return private(render(request, "courses/device_cleared.html", context))
    query = f"?{SIGNED_OUT}" if request.user.is_authenticated else ""
    logout(request)
    way_on = reverse("clear_device") + query
    response = HttpResponseRedirect(reverse("kiosk") if is_kiosk(request) else way_on)
    response.status_code = 303
    for name in device_cookies():
        if name == settings.KIOSK_COOKIE_NAME:
            continue  # the device stays a shared one until that is ended
        response.delete_cookie(name, samesite="Lax")
    # Also clears the pages kept for the back button. Not "cookies": that would take
    # those of all hosts of the domain, and sign people out of their mail.
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return private(response)


@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out, which leaves nothing on the device either; a link asks before."""
    if request.method == "POST":
        return clear_device(request)
    return private(LogoutView.as_view()(request))


@require_POST
def text_size(request: HttpRequest) -> HttpResponse:
    """Keep the chosen text size in a cookie of its own."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        target = "/"
    response = HttpResponseRedirect(target)
    response.status_code = 303
    size = request.POST.get("size", "")
    if size == TEXT_SIZES[0] or size not in TEXT_SIZES:
        response.delete_cookie(settings.TEXT_SIZE_COOKIE_NAME, samesite="Lax")
    else:
        response.set_cookie(
            settings.TEXT_SIZE_COOKIE_NAME,
            size,
            max_age=settings.PROGRESS_COOKIE_AGE,
            samesite="Lax",
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return private(response)
