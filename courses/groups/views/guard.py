"""Who gets in: the role is part of the query, a second factor comes before anything."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from content.requests import private
from learnsite.accounts.decorators import person_of
from learnsite.accounts.models import User
from learnsite.accounts.second_factor import (
    has_second_factor,
    may_go_without,
    second_factor_of,
)
from learnsite.accounts.second_factor import (
    second_factor_page as ask_for_second_factor,
)

from ..models import Group, Membership
from ..queries import (
    groups_for,
    memberships_of,
    organisations_for,
    works_somewhere,
)
from ..roles import Action

View = Callable[..., HttpResponse]
Rows = Callable[[QuerySet[Membership]], QuerySet[Membership]]


def _as_they_are(memberships: QuerySet[Membership]) -> QuerySet[Membership]:
    return memberships


def staff_only(view: View) -> View:
    """Ask for sign-in and a second factor; who has no role learns how to get one."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return _sign_in(request)
        user = person_of(request)
        # Who has no role is told so, not asked for a passkey that would open nothing.
        if works_somewhere(user) and not has_second_factor(user):
            return second_factor_page(request)
        return private(view(request, *args, **kwargs))

    return guarded


def _sign_in(request: HttpRequest) -> HttpResponse:
    """Lead to signing in with a name or a passkey, as staff do, and back."""
    target = request.get_full_path()
    return private(redirect_to_login(target, reverse("account_login")))


def for_group(action: Action) -> Callable[[View], View]:
    """Hand a view the group of its address if the person may do ``action`` with it.

    Role and second factor are asked in one statement; a group of somebody else is not
    found.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(
            request: HttpRequest, group_id: UUID, *args: Any, **kwargs: Any
        ) -> HttpResponse:
            if not request.user.is_authenticated:
                return _sign_in(request)
            user = person_of(request)
            group, is_proven = _group_of(user, group_id, action)
            if not (is_proven or may_go_without(user)):
                return second_factor_page(request)
            return private(view(request, group, *args, **kwargs))

        guarded.action = action  # type: ignore[attr-defined]  # for the matrix
        return guarded

    return decorate


def for_organisation(action: Action) -> Callable[[View], View]:
    """Hand a view the organisation of its address if the person may do ``action``.

    As :func:`for_group`: role and second factor in one statement, and what belongs to
    somebody else is not found.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(
            request: HttpRequest, organisation_id: UUID, *args: Any, **kwargs: Any
        ) -> HttpResponse:
            if not request.user.is_authenticated:
                return _sign_in(request)
            user = person_of(request)
            found = organisations_for(user, action).filter(pk=organisation_id)
            organisation = found.annotate(is_proven=second_factor_of(user)).first()
            if organisation is None:
                raise Http404(_("There is no such organisation, or no role in it."))
            if not (organisation.is_proven or may_go_without(user)):
                return second_factor_page(request)
            return private(view(request, organisation, *args, **kwargs))

        guarded.action = action  # type: ignore[attr-defined]  # for the matrix
        return guarded

    return decorate


def for_member(action: Action, *, rows: Rows = _as_they_are) -> Callable[[View], View]:
    """Hand a view one's own membership of its address if members may do ``action``.

    ``rows`` adds to the memberships what the view shows. Members sign in as learners
    do, with a key; a membership of somebody else is not found.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, pk: UUID) -> HttpResponse:
            if not request.user.is_authenticated:
                return private(redirect_to_login(request.get_full_path()))
            mine = rows(memberships_of(person_of(request), action))
            member = mine.filter(pk=pk).first()
            if member is None:
                page = render(request, "courses/groups/gone.html", status=404)
                return private(page)
            return private(view(request, member))

        guarded.action = action  # type: ignore[attr-defined]  # for the matrix
        return guarded

    return decorate


def _group_of(user: User, group_id: UUID, action: Action) -> tuple[Group, bool]:
    groups = groups_for(user, action).select_related("organisation")
    found = groups.annotate(is_proven=second_factor_of(user)).filter(pk=group_id)
    group = found.first()
    if group is None:
        raise Http404(_("There is no such group, or it is somebody else's."))
    return group, bool(group.is_proven)


def second_factor_page(request: HttpRequest) -> HttpResponse:
    """Say that roles around groups need a second factor, and how to set one up."""
    return ask_for_second_factor(
        request,
        _(
            "Whoever leads groups sees something about others. So a password alone "
            "does not open these pages."
        ),
    )
