"""Lists of more people than a page or a form can hold: pages, filters, all at once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from courses.groups.models import Organisation, StaffRole
from courses.groups.roles import Role
from courses.training import services
from courses.training.lists import Line
from courses.training.models import (
    Assigned,
    Assignment,
    Employee,
    EmployeeAccess,
    Evidence,
    Renewal,
    Unit,
)
from learnsite.accounts.models import User
from tests.groups.test_views import browser_of, text_of

pytestmark = pytest.mark.django_db

#: More than a form may have fields (``DATA_UPLOAD_MAX_NUMBER_FIELDS``).
MANY = 1_100
ARCHIVE = 150


@pytest.fixture
def desk(manager: User) -> Client:
    return browser_of(manager)


@pytest.fixture
def employ(city: Organisation) -> Callable[[int], Assignment]:
    """Return how to enter so many people and assign them a course.

    The last 150 work in the archive below the culture department.
    """

    def entered(number: int) -> Assignment:
        lines = [
            Line(
                f"PN-{each:04}",
                f"Kim {each:04}",
                ("Kultur", "Archiv") if each >= number - ARCHIVE else ("Bürgerbüro",),
            )
            for each in range(number)
        ]
        plan = services.plan_list(city, lines)
        services.carry_out(city, lines, digest=plan.digest)
        assigned, _new = services.assign(
            organisation=city,
            course_key=uuid4(),
            due=timezone.localdate() + timedelta(days=30),
            renewal=Renewal.ROLLING,
            valid_months=12,
            people=city.employees.all(),
        )
        return assigned

    return entered


def page_of(assignment: Assignment, below: str = "") -> str:
    base = f"/gruppen/schulung/{assignment.organisation_id}/"
    return f"{base}zuweisung/{assignment.pk}/{below}"


def names(response: Any) -> list[str]:
    page = BeautifulSoup(response.content, "html.parser")
    return [each.get_text(strip=True) for each in page.select("tbody th")]


def links(response: Any) -> dict[str, str]:
    page = BeautifulSoup(response.content, "html.parser")
    return {link.get_text(strip=True): str(link["href"]) for link in page.select("a")}


def hidden(response: Any) -> dict[str, str]:
    page = BeautifulSoup(response.content, "html.parser")
    fields = page.select("main form[method=post] input[type=hidden]")
    return {str(field["name"]): str(field["value"]) for field in fields}


def unit(name: str) -> str:
    return str(Unit.objects.get(name=name).pk)


# --- Pages and filters ----------------------------------------------------------------


def test_an_assignment_is_shown_by_the_hundred(
    desk: Client, employ: Callable[[int], Assignment]
) -> None:
    page = page_of(employ(250))
    first = desk.get(page)
    assert names(first) == [f"Kim {each:04}" for each in range(100)]
    assert "250 Personen" in text_of(first)
    third = desk.get(links(desk.get(f"{page}?seite=2"))["Weiter"])
    assert names(third) == [f"Kim {each:04}" for each in range(200, 250)]


def test_a_unit_and_a_number_stay_in_the_address(
    desk: Client, employ: Callable[[int], Assignment]
) -> None:
    page = page_of(employ(250))
    found = desk.get(page, {"einheit": unit("Kultur"), "q": "kim"})
    assert len(names(found)) == 100
    following = desk.get(links(found)["Weiter"])
    assert names(following) == [f"Kim {each:04}" for each in range(200, 250)]
    assert names(desk.get(page, {"q": "pn-0123"})) == ["Kim 0123"]
    assert "Niemand" in text_of(desk.get(page, {"q": "\0pn-9999"}))


def test_a_page_of_people_takes_as_many_statements_as_two(
    desk: Client,
    employ: Callable[[int], Assignment],
    django_assert_num_queries: Any,
) -> None:
    page = page_of(employ(ARCHIVE + 100))
    narrow = {"einheit": unit("Archiv"), "q": "kim", "seite": "2"}
    desk.get(page)
    with django_assert_num_queries(9):
        desk.get(page)
    with django_assert_num_queries(10):
        desk.get(page, narrow)


def test_what_is_done_to_people_leads_back_to_their_page(
    desk: Client, employ: Callable[[int], Assignment]
) -> None:
    address = f"{page_of(employ(250))}?einheit={unit('Archiv')}&seite=2"
    someone = str(Employee.objects.get(name="Kim 0249").pk)
    done = desk.post(address, {"person": someone, "defer": "1"})
    assert done["Location"] == address
    assert "Zurückgestellt" in text_of(desk.get(address))


def test_the_list_of_people_comes_back_to_where_one_was(
    desk: Client, employ: Callable[[int], Assignment], city: Organisation
) -> None:
    employ(250)
    people = f"/gruppen/schulung/{city.pk}/personen/"
    query = f"?q=kim&einheit={unit('Archiv')}&seite=2"
    person = links(desk.get(f"{people}{query}"))["Kim 0249"]
    assert links(desk.get(person))["Personen"] == f"{people}{query}"
    values = {"name": "Kim 0250", "email": "", "unit": unit("Archiv")}
    assert desk.post(person, values)["Location"] == f"{people}{query}"


def test_a_unit_of_who_is_due_is_shown_by_the_hundred(
    desk: Client, employ: Callable[[int], Assignment]
) -> None:
    due = page_of(employ(250), f"faellig/{unit('Kultur')}/")
    first = desk.get(due, {"stand": "open"})
    assert len(names(first)) == 100
    following = desk.get(f"{due}{links(first)['Weiter']}")
    assert names(following) == [f"Kim {each:04}" for each in range(200, 250)]
    found = desk.get(due, {"stand": "open", "q": "PN-0123"})
    assert names(found) == ["Kim 0123"]
    # A file has everybody who was found, not a page of them.
    everybody = desk.get(links(first)["CSV"]).content.decode("utf-8-sig")
    assert len(everybody.splitlines()) == 1 + ARCHIVE
    one = desk.get(links(found)["CSV"]).content.decode("utf-8-sig")
    assert len(one.splitlines()) == 1 + 1


# --- All that the filter shows --------------------------------------------------------


def test_all_people_of_a_unit_are_deferred_once_their_number_was_shown(
    desk: Client, employ: Callable[[int], Assignment]
) -> None:
    address = f"{page_of(employ(250))}?einheit={unit('Kultur')}"
    asked = desk.post(address, {"all": "1", "defer": "1"})
    assert "150 Personen zurückstellen?" in text_of(asked)
    assert "Kultur" in text_of(asked)
    assert not Assigned.objects.filter(is_deferred=True).exists()
    done = desk.post(address, hidden(asked) | {"defer": "1"})
    assert done["Location"] == address
    deferred = Assigned.objects.filter(is_deferred=True)
    assert {each.employee.unit.name for each in deferred} == {"Archiv"}
    assert len(deferred) == ARCHIVE


def test_a_number_that_has_changed_is_shown_again(
    desk: Client, employ: Callable[[int], Assignment]
) -> None:
    address = f"{page_of(employ(250))}?einheit={unit('Archiv')}"
    asked = hidden(desk.post(address, {"all": "1", "withdraw": "1"}))
    services.let_go(Employee.objects.filter(reference="PN-0249"))
    again = desk.post(address, asked | {"withdraw": "1"})
    assert again.status_code == 422
    assert "149 Personen" in text_of(again)
    assert Assigned.objects.held().count() == 249


def test_more_people_than_a_form_has_fields_are_done_at_once(
    desk: Client, employ: Callable[[int], Assignment]
) -> None:
    assignment = employ(MANY)
    page = page_of(assignment)
    asked = desk.post(page, {"all": "1", "defer": "1"})
    assert desk.post(page, hidden(asked) | {"defer": "1"}).status_code == 302
    assert Assigned.objects.filter(is_deferred=True).count() == MANY

    confirm = page_of(assignment, "bestaetigen/")
    month = timezone.localdate().replace(day=1).isoformat()
    values = {"all": "1", "proof": "session", "month": month}
    preview = desk.post(confirm, values)
    assert "1100 Personen" in text_of(preview)
    assert "und 1000 weitere Personen" in text_of(preview)
    assert not Evidence.objects.exists()
    done = desk.post(confirm, hidden(preview) | {"confirm": "yes"})
    assert "neu=1100" in done["Location"]
    assert Evidence.objects.count() == MANY


def test_evidence_of_another_number_than_shown_is_not_written(
    desk: Client, employ: Callable[[int], Assignment]
) -> None:
    page = page_of(employ(250), "bestaetigen/")
    month = timezone.localdate().replace(day=1).isoformat()
    values = {"all": "1", "proof": "session", "month": month, "number": "251"}
    refused = desk.post(page, values | {"confirm": "yes"})
    assert refused.status_code == 422
    assert "Die Liste wurde inzwischen geändert." in text_of(refused)
    assert not Evidence.objects.exists()


def test_cards_are_printed_for_those_who_are_shown(
    desk: Client, employ: Callable[[int], Assignment]
) -> None:
    assignment = employ(250)
    query = f"?q=024&einheit={unit('Kultur')}"
    assert "10 Karten drucken" in text_of(desk.get(page_of(assignment) + query))
    sheet = desk.post(page_of(assignment, f"karten/{query}"))
    assert "10 Einladungen" in text_of(sheet)
    invited = Employee.objects.exclude(invitation=None)
    assert {each.name for each in invited} == {f"Kim {n:04}" for n in range(240, 250)}
    assert page_of(assignment) + query in links(sheet).values()


def test_a_sheet_of_the_second_page_is_not_printed_twice(
    desk: Client, employ: Callable[[int], Assignment]
) -> None:
    assignment = employ(250)
    sent = hidden(desk.get(f"{page_of(assignment)}?seite=2"))
    sent["person"] = str(Employee.objects.get(name="Kim 0150").pk)
    cards = page_of(assignment, "karten/?seite=2")
    assert desk.post(cards, sent).status_code == 200
    kept = Employee.objects.get(name="Kim 0150").invitation
    assert kept is not None
    refused = desk.post(cards, sent)
    assert refused.status_code == 422
    assert Employee.objects.get(name="Kim 0150").invitation == kept
    # From there the list goes on where it can be read.
    assert desk.get(links(refused)["Weiter"]).status_code == 200


def test_a_trainer_looked_at_those_shown_and_those_confirmed(
    city: Organisation, employ: Callable[[int], Assignment]
) -> None:
    user = User.objects.create_user(username="tarek")
    StaffRole.objects.create(organisation=city, user=user, role=Role.TEACHER.value)
    desk = browser_of(user)
    address = f"{page_of(employ(250), 'bestaetigen/')}?einheit={unit('Archiv')}"
    assert "Kim 0199" in text_of(desk.get(address))
    assert EmployeeAccess.objects.count() == 100
    month = timezone.localdate().replace(day=1).isoformat()
    preview = desk.post(address, {"all": "1", "proof": "session", "month": month})
    assert "150 Personen" in text_of(preview)
    assert EmployeeAccess.objects.count() == ARCHIVE
    desk.post(address, hidden(preview) | {"confirm": "yes"})
    assert Evidence.objects.count() == ARCHIVE
