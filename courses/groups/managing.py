"""Who is the only one to manage an organisation, and what that means."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from learnsite.accounts.registry import Need, needs_account

from .models import Organisation, StaffRole
from .queries import managers_of
from .roles import Role


def manages_alone(user: Any, organisation_id: UUID) -> bool:
    """Return whether nobody else manages an organisation who can sign in."""
    return not managers_of(organisation_id).exclude(pk=user.pk).exists()


@needs_account
def organisations_without_another(user: Any) -> list[Need]:
    """Return the organisations that nobody would manage without an account.

    Their rows are locked until the transaction around ends: of two managers who go at
    once, one stays.
    """
    managed = StaffRole.objects.filter(user=user.pk, role=Role.MANAGER.value)
    with transaction.atomic():
        found = Organisation.objects.filter(pk__in=managed.values("organisation"))
        organisations = list(found.select_for_update().order_by("name"))
    return [
        _need(organisation)
        for organisation in organisations
        if manages_alone(user, organisation.pk)
    ]


def _need(organisation: Organisation) -> Need:
    name = {"organisation": organisation.name}
    return Need(
        advice=_(
            "Nobody else manages “%(organisation)s”. Please name another manager "
            "first, or have the organisation closed by those who run this site."
        )
        % name,
        consequence=_(
            "Nobody would manage “%(organisation)s” any more; only those who run the "
            "site could name somebody."
        )
        % name,
        address=reverse("organisation", args=[organisation.pk]),
    )
