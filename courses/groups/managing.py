"""Who is the only one to manage an organisation, and what that means."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from learnsite.accounts.registry import Need, needs_account

from .models import Organisation, StaffRole
from .queries import managers_of
from .roles import Role


def nobody_else_manages(users: Collection[Any], organisation_id: UUID) -> bool:
    """Return whether nobody manages an organisation but some, who can sign in."""
    others = managers_of(organisation_id).exclude(pk__in=[user.pk for user in users])
    return not others.exists()


@needs_account
def organisations_without_another(users: Collection[Any]) -> list[Need]:
    """Return the organisations that nobody would manage without some accounts.

    Their rows are locked until the transaction around ends: of two managers who go at
    once, one stays.
    """
    managed = StaffRole.objects.filter(
        user__in=[user.pk for user in users], role=Role.MANAGER.value
    )
    with transaction.atomic():
        found = Organisation.objects.filter(pk__in=managed.values("organisation"))
        organisations = list(found.select_for_update().order_by("name"))
    return [
        _need(organisation)
        for organisation in organisations
        if nobody_else_manages(users, organisation.pk)
    ]


def _need(organisation: Organisation) -> Need:
    name = {"organisation": organisation.name}
    return Need(
        advice=_(
            "Nobody else manages “%(organisation)s”. Please name another manager "
            "first, or have the organisation closed by those who run this site."
        )
        % name,
        address=reverse("organisation", args=[organisation.pk]),
    )
