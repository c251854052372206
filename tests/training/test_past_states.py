"""What the end of a month said is told again later, whatever happened since."""

from collections.abc import Callable, Iterator
from datetime import date
from uuid import UUID

import pytest
import time_machine

from courses.groups.models import Organisation
from courses.training import services
from courses.training.evidence import confirm
from courses.training.models import (
    MONTHS_BACK,
    Assigned,
    Assignment,
    Employee,
    Proof,
    Renewal,
    Unit,
)
from courses.training.reports import past_month_ends, report
from courses.training.retention import delete_old_evidence, publish_batches

pytestmark = pytest.mark.django_db
COURSE = UUID(int=7)
NOVEMBER, DECEMBER, MARCH = date(2026, 11, 5), date(2026, 12, 10), date(2027, 3, 9)
#: "Stand am 31.12."
NEW_YEARS_EVE = date(2026, 12, 31)
State = tuple[str, str, str]


def told(assignment: Assignment, day: date = NEW_YEARS_EVE) -> list[State]:
    """Return name, unit and state of everybody in the report of a day."""
    found = report(assignment, day)
    return [
        (state.name, found.tree.title(state.unit), state.status.value)
        for state in found.states
    ]


def recognise(people: list[Employee], month: date) -> None:
    confirm(
        people,
        COURSE,
        course_title="Datenschutz",
        version=None,
        month=month,
        proof=Proof.RECOGNISED,
    )
    publish_batches()


def assign(city: Organisation, *people: Employee) -> Assignment:
    assignment, _new = services.assign(
        organisation=city,
        course_key=COURSE,
        due=date(2027, 3, 31),
        renewal=Renewal.ROLLING,
        valid_months=12,
        people=people,
    )
    return assignment


def take(city: Organisation, people: dict[str, str]) -> None:
    """Upload a list of people by number, all of one office."""
    lines = [services.Line(ref, name, ("Bürgerbüro",)) for ref, name in people.items()]
    plan = services.plan_list(city, lines)
    services.carry_out(city, lines, digest=plan.digest)


@pytest.fixture
def archive(city: Organisation) -> Unit:
    return Unit.objects.create(organisation=city, name="Archiv")


@pytest.fixture
def kim(hire: Callable[..., Employee]) -> Employee:
    return hire("1", name="Kim")


@pytest.fixture
def assignment(
    city: Organisation, hire: Callable[..., Employee], kim: Employee
) -> Iterator[Assignment]:
    """Kim is open, Lou deferred, Max done at the end of the year; it is March now."""
    lou, mo = hire("2", name="Lou"), hire("3", name="Max")
    with time_machine.travel(NOVEMBER, tick=False):
        assigned = assign(city, kim, lou, mo)
        services.defer(assigned, [lou], deferred=True)
    with time_machine.travel(DECEMBER, tick=False):
        recognise([mo], date(2026, 12, 1))
    with time_machine.travel(MARCH, tick=False):
        yield assigned


YEAR_ENDED: list[State] = [
    ("Kim", "Bürgerbüro", "open"),
    ("Lou", "Bürgerbüro", "deferred"),
    ("Max", "Bürgerbüro", "done"),
]


def test_the_end_of_the_year_is_told_in_march(assignment: Assignment) -> None:
    assert told(assignment) == YEAR_ENDED
    assert told(assignment, date(2026, 10, 31)) == []


def test_who_moves_stays_where_they_were(
    assignment: Assignment, kim: Employee, archive: Unit
) -> None:
    services.change_person(kim, name="Kim", email="", unit=archive)
    assert told(assignment) == YEAR_ENDED
    assert told(assignment, MARCH)[0] == ("Kim", "Archiv", "open")


def test_who_moves_by_a_new_list_stays_where_they_were(
    assignment: Assignment, city: Organisation
) -> None:
    unit = ("Archiv",)
    lines = [services.Line(str(n), name, unit) for n, name in enumerate(NAMES, start=1)]
    plan = services.plan_list(city, lines)
    services.carry_out(city, lines, digest=plan.digest)
    assert told(assignment) == YEAR_ENDED
    assert {unit for _name, unit, _state in told(assignment, MARCH)} == {"Archiv"}


NAMES = ("Kim", "Lou", "Max")


def test_deferring_and_ending_it_change_no_earlier_month(
    assignment: Assignment, kim: Employee
) -> None:
    lou = Employee.objects.get(name="Lou")
    services.defer(assignment, [kim], deferred=True)
    services.defer(assignment, [lou], deferred=False)
    assert told(assignment) == YEAR_ENDED
    assert told(assignment, MARCH)[:2] == [
        ("Kim", "Bürgerbüro", "deferred"),
        ("Lou", "Bürgerbüro", "open"),
    ]


def test_changing_ones_mind_within_a_month_leaves_one_row(
    assignment: Assignment, kim: Employee
) -> None:
    for deferred in (True, False, True):
        services.defer(assignment, [kim], deferred=deferred)
    assert kim.assigned.count() == 2
    assert told(assignment, MARCH)[0] == ("Kim", "Bürgerbüro", "deferred")


def test_who_leaves_without_evidence_was_there(
    assignment: Assignment, kim: Employee
) -> None:
    services.let_go([kim])
    assert told(assignment) == YEAR_ENDED
    assert [name for name, _unit, _state in told(assignment, MARCH)] == ["Lou", "Max"]


@pytest.mark.parametrize("months", [0, 1])
def test_who_drops_off_by_mistake_has_it_again_within_the_month_alone(
    assignment: Assignment, city: Organisation, months: int
) -> None:
    """Lou is deferred, and so again; a month later it is over."""
    lou = Employee.objects.get(name="Lou")
    lines = {"1": "Kim", "2": "Lou", "3": "Max"}
    take(city, {"1": "Kim", "3": "Max"})
    assert [name for name, _unit, _state in told(assignment, MARCH)] == ["Kim", "Max"]
    delete_old_evidence()
    with time_machine.travel(date(2027, 3 + months, 20), tick=False):
        take(city, lines)
        back = [(each.since, each.is_deferred) for each in lou.assigned.held()]
        assert back == ([(date(2026, 11, 1), True)] if not months else [])
        now = told(assignment, date(2027, 3 + months, 20))
        assert [name for name, _unit, _state in now] == (
            ["Kim", "Lou", "Max"] if not months else ["Kim", "Max"]
        )
    assert told(assignment) == YEAR_ENDED
    ended = told(assignment, date(2027, 3, 31))
    assert ("Lou" in [name for name, _unit, _state in ended]) is (not months)


def test_what_leavers_held_ends_for_good_with_the_month(
    assignment: Assignment, city: Organisation, kim: Employee
) -> None:
    other, _new = services.assign(
        organisation=city, course_key=UUID(int=8), due=MARCH, renewal="once",
        valid_months=12, people=[kim],
    )  # fmt: skip
    services.let_go([kim])
    assert list(kim.assigned.held()) == []
    delete_old_evidence()
    assert kim.assigned.filter(until=None).count() == 2
    with time_machine.travel(date(2027, 4, 1), tick=False):
        delete_old_evidence()
        (row,) = kim.assigned.all()
        assert (row.assignment, row.until) == (assignment, date(2027, 3, 1))


def test_who_comes_back_was_away_in_between(
    assignment: Assignment, city: Organisation, kim: Employee
) -> None:
    services.let_go([kim])
    with time_machine.travel(date(2027, 6, 2), tick=False):
        take(city, {"1": "Kim", "2": "Lou", "3": "Max"})
        assign(city, kim)
    assert told(assignment) == YEAR_ENDED
    assert ("Kim", "Bürgerbüro", "open") not in told(assignment, date(2027, 4, 30))
    assert ("Kim", "Bürgerbüro", "open") in told(assignment, date(2027, 6, 30))


def test_who_is_withdrawn_and_assigned_again_has_two_times(
    assignment: Assignment, city: Organisation, kim: Employee
) -> None:
    services.withdraw(assignment, [kim])
    with time_machine.travel(date(2027, 5, 2), tick=False):
        assign(city, kim)
    assert told(assignment) == YEAR_ENDED
    assert ("Kim", "Bürgerbüro", "open") not in told(assignment, date(2027, 4, 30))


def test_evidence_recognised_later_changes_no_earlier_month(
    assignment: Assignment, kim: Employee
) -> None:
    recognise([kim], date(2026, 12, 1))
    assert told(assignment) == YEAR_ENDED
    assert told(assignment, MARCH)[0] == ("Kim", "Bürgerbüro", "done")


def test_a_unit_stays_as_long_as_a_past_month_tells_of_it(
    assignment: Assignment, city: Organisation, kim: Employee, archive: Unit
) -> None:
    lines = [services.Line("1", "Kim", ("Archiv",))]
    plan = services.plan_list(city, lines)
    services.carry_out(city, lines, digest=plan.digest)
    assert told(assignment) == YEAR_ENDED


def test_what_ended_goes_when_no_month_can_be_asked_for_that_knew_it(
    assignment: Assignment, kim: Employee
) -> None:
    services.let_go([kim])
    last = services.this_month().replace(year=MARCH.year + MONTHS_BACK // 12)
    with time_machine.travel(last.replace(day=1), tick=False):
        delete_old_evidence()
        assert Employee.objects.filter(pk=kim.pk).exists() is False
        assert not Assigned.objects.filter(until__isnull=False).exists()
    assert MONTHS_BACK % 12 == 0


@pytest.mark.parametrize("years", [1, 2])
def test_the_oldest_month_that_is_offered_is_still_told_rightly(
    assignment: Assignment, city: Organisation, years: int
) -> None:
    """Max renews in January; the old evidence goes so many years later."""
    city.evidence_years = years
    city.save()
    mo = Employee.objects.get(name="Max")
    with time_machine.travel(date(2027, 1, 12), tick=False):
        recognise([mo], date(2027, 1, 1))
    with time_machine.travel(date(2026 + years, 12, 20), tick=False):
        delete_old_evidence()
        assert NEW_YEARS_EVE in past_month_ends(city)
        assert told(assignment) == YEAR_ENDED
    with time_machine.travel(date(2027 + years, 1, 20), tick=False):
        delete_old_evidence()
        assert NEW_YEARS_EVE not in past_month_ends(city)


def test_evidence_recognised_later_replaces_from_then_on(
    assignment: Assignment, city: Organisation
) -> None:
    city.evidence_years = 1
    city.save()
    mo = Employee.objects.get(name="Max")
    with time_machine.travel(date(2027, 11, 12), tick=False):
        recognise([mo], date(2027, 1, 1))
        before = told(assignment, date(2027, 10, 31))
        assert before[2] == ("Max", "Bürgerbüro", "done")
    with time_machine.travel(date(2028, 2, 12), tick=False):
        delete_old_evidence()
        assert told(assignment, date(2027, 10, 31)) == before


def test_a_month_before_that_it_can_still_be_told(
    assignment: Assignment, kim: Employee
) -> None:
    services.let_go([kim])
    with time_machine.travel(date(2030, 2, 20), tick=False):
        delete_old_evidence()
        assert Employee.objects.filter(pk=kim.pk).exists()
