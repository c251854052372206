"""Rows of staff training: what the database itself refuses."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from courses.groups.models import Organisation
from courses.training.models import Assignment, Employee, Evidence, Proof, Unit

pytestmark = pytest.mark.django_db


def proof(clerk: Employee, **values: object) -> Evidence:
    return Evidence.objects.create(
        employee=clerk,
        course_key=uuid4(),
        course_title="Datenschutz im Rathaus",
        version="2026-11-01",
        month=date(2026, 11, 1),
        proof=Proof.TEST,
        **values,
    )


def test_a_unit_has_one_place_in_the_tree(city: Organisation) -> None:
    top = Unit.objects.create(organisation=city, name="Dezernat II")
    Unit.objects.create(organisation=city, parent=top, name="Dezernat II")
    for parent in (None, top):
        with pytest.raises(IntegrityError), transaction.atomic():
            Unit.objects.create(organisation=city, parent=parent, name="Dezernat II")


def test_nobody_is_deleted_while_evidence_of_them_is_kept(clerk: Employee) -> None:
    proof(clerk)
    with pytest.raises(ProtectedError):
        clerk.delete()


@pytest.mark.parametrize("months", [0, 121])
def test_evidence_holds_for_months_that_can_be_counted(
    city: Organisation, months: int
) -> None:
    with pytest.raises(IntegrityError):
        Assignment.objects.create(
            organisation=city,
            course_key=uuid4(),
            due=date(2026, 12, 31),
            valid_months=months,
        )


def test_evidence_holds_to_its_last_day(clerk: Employee) -> None:
    kept = proof(clerk, valid_until=date(2027, 11, 30))
    assert kept.is_valid_on(date(2027, 11, 30))
    assert not kept.is_valid_on(date(2027, 12, 1))
    assert not kept.is_valid_on(date(2026, 10, 31))
