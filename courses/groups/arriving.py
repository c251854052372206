"""Where those land who work for an organisation: at their work, not at lessons."""

from typing import Any

from django.urls import reverse

from learnsite.accounts.landing import lands

from .models import Kind, StaffRole
from .roles import Role


@lands
def page_of_work(user: Any) -> str:
    """Return the page of somebody's only role, the list of all where there are more.

    One statement; "" for whoever has none. Roles are given by user name, so nothing is
    asked for an account without one.
    """
    if not user.username:
        return ""
    about = ("role", "organisation", "organisation__kind")
    roles = StaffRole.objects.filter(user=user.pk).values_list(*about)[:2]
    if not roles:
        return ""
    role, organisation, kind = roles[0]
    if len(roles) == 1 and role == Role.AUDITOR:
        return reverse("audit", args=[organisation])
    if len(roles) == 1 and role == Role.MANAGER and kind == Kind.ADMINISTRATION:
        return reverse("training", args=[organisation])
    return reverse("groups")
