"""The list becomes what was confirmed, all of it or nothing."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.groups.models import Kind, Organisation
from courses.training import services
from courses.training.invitations import employee_of_invitation, invite
from courses.training.lists import Line
from courses.training.models import (
    Assigned,
    Assignment,
    Employee,
    Evidence,
    Proof,
    Renewal,
    Unit,
)
from courses.training.queries import holders_by_assignment
from courses.training.reconciling import Plan
from courses.training.retention import delete_old_evidence, publish_batches
from courses.training.services import ListChanged, TrainingError

pytestmark = pytest.mark.django_db

OFFICE = ("Dezernat II", "Bürgerbüro")
AYLIN = Line("4711", "Aylin Yıldız", OFFICE, "aylin@hellingen.example")
KOFI = Line("4712", "Kofi Mensah", OFFICE)
JANA = Line("4713", "Jana Wolf", ("Dezernat II",))


def take(city: Organisation, *lines: Line) -> Plan:
    plan = services.plan_list(city, lines)
    return services.carry_out(city, lines, digest=plan.digest)


def proof(employee: Employee) -> None:
    Evidence.objects.create(
        employee=employee,
        course_key=uuid4(),
        course_title="Datenschutz im Rathaus",
        month=date(2026, 3, 1),
        proof=Proof.TEST,
    )


def assign(city: Organisation, *people: Employee) -> tuple[Assignment, int]:
    return services.assign(
        organisation=city,
        course_key=COURSE,
        due=date(2027, 3, 31),
        renewal=Renewal.ROLLING,
        valid_months=12,
        people=people,
    )


COURSE = uuid4()


def test_a_list_makes_people_and_their_units(city: Organisation) -> None:
    take(city, AYLIN, KOFI, JANA)
    units = {str(unit): unit.parent and str(unit.parent) for unit in Unit.objects.all()}
    assert units == {"Dezernat II": None, "Bürgerbüro": "Dezernat II"}
    assert Employee.objects.get(reference="4711").unit.name == "Bürgerbüro"


def test_the_same_list_again_writes_nothing(city: Organisation) -> None:
    take(city, AYLIN, KOFI)
    before = list(Employee.objects.order_by("pk").values())
    assert services.plan_list(city, [AYLIN, KOFI]).is_empty
    take(city, AYLIN, KOFI)
    assert list(Employee.objects.order_by("pk").values()) == before


def test_who_moves_keeps_row_invitation_and_evidence(city: Organisation) -> None:
    take(city, AYLIN, KOFI)
    aylin = Employee.objects.get(reference="4711")
    secret = invite([aylin])[aylin]
    proof(aylin)
    take(city, Line("4711", "Aylin Berg", ("Archiv",)), KOFI)
    moved = Employee.objects.get(pk=aylin.pk)
    assert (moved.name, moved.unit.name, moved.email) == ("Aylin Berg", "Archiv", "")
    assert employee_of_invitation(secret) == moved
    assert moved.evidence.count() == 1


def night() -> None:
    publish_batches()
    delete_old_evidence()


def test_who_left_keeps_evidence_and_nothing_else(city: Organisation) -> None:
    take(city, AYLIN, KOFI)
    for each in Employee.objects.all():
        invite([each])
    proof(Employee.objects.get(reference="4711"))
    assign(city, *Employee.objects.all())
    take(city, JANA)
    for left in Employee.objects.exclude(reference="4713"):
        assert left.left == services.this_month()
        assert (left.email, left.invitation) == ("", None)
    assert list(Assigned.objects.held()) == []
    night()
    assert not Employee.objects.filter(reference="4712").exists()
    assert Employee.objects.get(reference="4711").evidence.count() == 1
    # Assigned and gone within a month: the end of no month could tell of it.
    with time_machine.travel(services.this_month() + timedelta(days=31), tick=False):
        night()
    assert Assigned.objects.count() == 0


def test_before_the_night_leaving_does_not_tell_who_had_passed(
    city: Organisation,
) -> None:
    """Else a list without them, and then one with them, would say it in its preview."""
    take(city, AYLIN, KOFI, JANA)
    assign(city, *Employee.objects.all())
    proof(Employee.objects.get(reference="4711"))
    take(city, JANA)

    plan = services.plan_list(city, [AYLIN, KOFI, JANA])
    assert [each.after.reference for each in plan.back] == ["4711", "4712"]
    assert plan.new == ()
    units = {str(unit) for unit in Unit.objects.all()}
    assert units == {"Dezernat II", "Bürgerbüro"}
    kept = Employee.objects.get(reference="4712").pk
    take(city, KOFI, JANA)  # a mistake, mended the same day
    night()

    assert Employee.objects.get(reference="4712").pk == kept
    assert Employee.objects.get(reference="4712").left is None


def test_who_is_gone_is_gone_after_the_night_with_their_unit(
    city: Organisation,
) -> None:
    take(city, AYLIN, JANA)
    take(city, JANA)
    night()
    assert [each.reference for each in Employee.objects.all()] == ["4713"]
    assert [unit.name for unit in Unit.objects.all()] == ["Dezernat II"]
    plan = services.plan_list(city, [AYLIN, JANA])
    assert [line.reference for line in plan.new] == ["4711"]


def test_who_comes_back_is_the_same_person(city: Organisation) -> None:
    take(city, AYLIN, KOFI)
    aylin = Employee.objects.get(reference="4711")
    proof(aylin)
    take(city, KOFI)
    plan = take(city, AYLIN, KOFI)
    assert [each.after.reference for each in plan.back] == ["4711"]
    back = Employee.objects.get(reference="4711")
    assert (back.pk, back.left, back.email) == (aylin.pk, None, AYLIN.email)


def test_who_is_back_the_same_day_holds_what_they_held(city: Organisation) -> None:
    take(city, AYLIN, KOFI, JANA)
    assignment, _new = assign(city, *Employee.objects.all())
    aylin, kofi = (Employee.objects.get(reference=each) for each in ("4711", "4712"))
    services.defer(assignment, [aylin], deferred=True)
    services.withdraw(assignment, [kofi])
    take(city, JANA)
    assert holders_by_assignment(city) == {assignment.pk: 1}
    take(city, AYLIN, KOFI, JANA)
    assert holders_by_assignment(city) == {assignment.pk: 2}
    assert [each.is_deferred for each in aylin.assigned.held()] == [True]
    assert list(kofi.assigned.held()) == []


def test_units_without_people_go(city: Organisation) -> None:
    take(city, AYLIN, JANA)
    take(city, Line("4711", AYLIN.name, JANA.unit), JANA)
    assert [unit.name for unit in Unit.objects.all()] == ["Dezernat II"]


def test_a_plan_that_does_not_hold_any_more_writes_nothing(city: Organisation) -> None:
    digest = services.plan_list(city, [AYLIN, KOFI]).digest
    take(city, JANA)
    with pytest.raises(ListChanged):
        services.carry_out(city, [AYLIN, KOFI], digest=digest)
    assert [each.reference for each in Employee.objects.all()] == ["4713"]


def test_another_organisation_is_not_touched(city: Organisation) -> None:
    other = Organisation.objects.create(
        name="Kreis Hellingen", kind=Kind.ADMINISTRATION, ceiling=1
    )
    take(other, AYLIN)
    take(city, KOFI)
    take(city)
    there = Employee.objects.filter(left=None)
    assert [each.organisation for each in there] == [other]


def test_three_thousand_people_take_few_statements(city: Organisation) -> None:
    lines = [Line(str(n), f"Kim {n}", (f"Amt {n % 50}",)) for n in range(3000)]
    with CaptureQueriesContext(connection) as queries:
        take(city, *lines)
    written = [q for q in queries if q["sql"].startswith("INSERT")]
    assert len(written) < 40
    assert len(queries) < 60


def test_a_unit_is_never_below_itself(city: Organisation) -> None:
    take(city, AYLIN)
    top, below = Unit.objects.order_by("-name")
    with pytest.raises(TrainingError):
        services.change_unit(top, name=top.name, parent=below)


def test_a_unit_is_hung_below_what_is_above_by_now(city: Organisation) -> None:
    """Two managers each read the units before the other one moved his."""
    for name in ("Archiv", "Bürgerbüro"):
        Unit.objects.create(organisation=city, name=name)
    archive, office = Unit.objects.order_by("name")
    read_before = Unit.objects.get(pk=archive.pk)
    services.change_unit(archive, name="Archiv", parent=office)
    with pytest.raises(TrainingError):
        services.change_unit(office, name="Bürgerbüro", parent=read_before)
    Unit.objects.filter(name="Archiv").delete()
    with pytest.raises(TrainingError):
        services.change_unit(office, name="Bürgerbüro", parent=read_before)


def test_units_of_the_same_name_in_the_same_place_become_one(
    city: Organisation,
) -> None:
    take(city, AYLIN, Line("1", "Lou Klein", ("Buergerbuero",)))
    typo = Unit.objects.get(name="Buergerbuero")
    parent = Unit.objects.get(name="Dezernat II")
    unit = Unit.objects.get(name="Bürgerbüro")
    with pytest.raises(TrainingError):  # nobody was asked whether they are one
        services.change_unit(typo, name="Bürgerbüro", parent=parent)
    services.change_unit(typo, name="Bürgerbüro", parent=parent, into=unit)
    assert {each.reference for each in unit.employees.all()} == {"4711", "1"}


def test_assigning_twice_makes_no_duplicates(
    city: Organisation, hire: Callable[..., Employee]
) -> None:
    aylin, kofi = hire("1"), hire("2")
    assert assign(city, aylin)[1] == 1
    assignment, new = assign(city, aylin, kofi)
    assert new == 1
    assert assignment.assigned.count() == 2
    assert Assignment.objects.count() == 1


def test_deferring_keeps_the_row_and_no_reason(
    city: Organisation, clerk: Employee
) -> None:
    assignment, _new = assign(city, clerk)
    services.defer(assignment, [clerk], deferred=True)
    assert assignment.assigned.get().is_deferred
    services.defer(assignment, [clerk], deferred=False)
    assert not assignment.assigned.get().is_deferred


def test_what_was_withdrawn_can_be_assigned_again(
    city: Organisation, clerk: Employee
) -> None:
    assignment, _new = assign(city, clerk)
    Assigned.objects.update(since=date(2026, 1, 1))
    services.withdraw(assignment, [clerk])
    assert assignment.assigned.get().until == services.this_month()
    assert assign(city, clerk)[1] == 1
    before, again = assignment.assigned.order_by("since")
    assert (before.since, before.until) == (date(2026, 1, 1), services.this_month())
    assert (again.since, again.until) == (services.this_month(), None)
