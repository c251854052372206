"""Evidence that was confirmed by mistake: taken back, told to the person, kept away."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.utils import translation

from courses.groups.models import Organisation
from courses.training.document import Paragraph
from courses.training.dossier import facts
from courses.training.evidence import confirm, duties_of
from courses.training.forms import ConfirmForm
from courses.training.invitations import invite, written
from courses.training.models import (
    Assigned,
    Assignment,
    Employee,
    EmployeeAccess,
    Evidence,
    Proof,
)
from courses.training.reports import report
from courses.training.retention import publish_batches
from courses.training.services import let_go
from courses.training.states import Status
from courses.training.taking_back import take_back
from learnsite.accounts import tombstones
from learnsite.accounts.models import User
from tests.groups.test_views import browser_of, text_of

pytestmark = pytest.mark.django_db

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
TODAY = date(2026, 11, 27)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(TODAY, tick=False) as now:
        yield now


@pytest.fixture
def assigned(city: Organisation, clerk: Employee) -> Assignment:
    found = Assignment.objects.create(
        organisation=city, course_key=uuid4(), due=date(2026, 12, 15)
    )
    Assigned.objects.create(
        assignment=found, employee=clerk, unit=clerk.unit, since=date(2026, 9, 1)
    )
    return found


@pytest.fixture
def vouch(assigned: Assignment, clerk: Employee) -> Callable[..., int]:
    """Return how evidence of the clerk is confirmed."""

    def confirmed(month: date = NOVEMBER, until: date | None = None) -> int:
        return confirm(
            [clerk],
            assigned.course_key,
            course_title="Spuren",
            version=None,
            month=month,
            proof=Proof.RECOGNISED,
            until=until,
        )

    return confirmed


@pytest.fixture
def desk(manager: User) -> Client:
    return browser_of(manager)


@pytest.fixture
def address(city: Organisation, clerk: Employee) -> str:
    return f"/gruppen/schulung/{city.pk}/personen/{clerk.pk}/nachweis/"


def status(assigned: Assignment, day: date = TODAY) -> Status:
    [state] = report(assigned, day).states
    return state.status


def test_it_is_shown_first_and_then_taken_back(
    desk: Client,
    address: str,
    assigned: Assignment,
    clerk: Employee,
    vouch: Callable[..., int],
) -> None:
    vouch()
    publish_batches()
    assert address in desk.get(address.removesuffix("nachweis/")).content.decode()
    values = {"course": str(assigned.course_key), "month": "2026-11-01"}
    assert "Bestätigtes zurücknehmen?" in text_of(desk.post(address, values))
    assert status(assigned) == Status.DONE

    done = text_of(desk.post(address, {**values, "confirm": "yes"}, follow=True))

    assert "ist zurückgenommen" in done
    assert status(assigned) == Status.OPEN
    [duty] = duties_of(clerk)
    assert (duty.proof, duty.due) == (None, assigned.due)


def test_a_passed_test_stays_and_the_answer_does_not_tell(
    desk: Client,
    address: str,
    assigned: Assignment,
    clerk: Employee,
    vouch: Callable[..., int],
) -> None:
    values = {
        "course": str(assigned.course_key),
        "month": "2026-11-01",
        "confirm": "yes",
    }
    nothing = text_of(desk.post(address, values, follow=True))
    Evidence.objects.create(
        employee=clerk,
        course_key=assigned.course_key,
        month=NOVEMBER,
        proof=Proof.TEST,
        is_visible=True,
    )
    assert text_of(desk.post(address, values, follow=True)) == nothing
    assert status(assigned) == Status.DONE
    # The state tells that it was a test; so the person reads that somebody asked.
    assert EmployeeAccess.objects.get().role == EmployeeAccess.TAKEN_BACK


def test_what_follows_tells_how_it_was_proved_and_page_and_papers_say_so(
    desk: Client, address: str, city: Organisation, assigned: Assignment
) -> None:
    said = "lässt aber auf die Art des Nachweises schließen"
    assert said in text_of(desk.get(address))
    values = {"course": str(assigned.course_key), "month": "2026-11-01"}
    assert "Hält kein anderer Nachweis, ist der Kurs wieder offen." in text_of(
        desk.post(address, values)
    )
    with translation.override("de"):
        parts = [each for each in facts(city).parts if isinstance(each, Paragraph)]
    assert any("auf die Art des Nachweises schließen" in each.text for each in parts)


def test_what_is_assigned_no_more_is_taken_back_all_the_same(
    desk: Client,
    address: str,
    assigned: Assignment,
    clerk: Employee,
    vouch: Callable[..., int],
    hire: Callable[..., Employee],
) -> None:
    """Of everybody the same courses: the form tells nothing of the one."""
    vouch()
    publish_batches()
    key = str(assigned.course_key)
    Assigned.objects.all().delete()
    assigned.delete()
    other = hire("4712", name="Lou Berg")
    elsewhere = address.replace(str(clerk.pk), str(other.pk))
    assert f'value="{key}">Spuren' in desk.get(elsewhere).text

    values = {"course": key, "month": "2026-11-01", "confirm": "yes"}
    desk.post(address, values)

    assert not Evidence.objects.exists()


def test_evidence_of_who_left_is_taken_back_once_a_night_has_shown_it(
    desk: Client,
    address: str,
    city: Organisation,
    assigned: Assignment,
    clerk: Employee,
    vouch: Callable[..., int],
) -> None:
    people = f"/gruppen/schulung/{city.pk}/personen/"
    vouch()
    let_go([clerk])
    assert desk.get(address).status_code == 404
    assert address not in desk.get(f"{people}?q={clerk.reference}").text
    publish_batches()
    assert desk.get(address).status_code == 200
    assert address in desk.get(f"{people}?q={clerk.reference}").text
    assert address not in desk.get(f"{people}?q=niemand").text
    assert address not in desk.get(people).text

    values = {
        "course": str(assigned.course_key),
        "month": "2026-11-01",
        "confirm": "yes",
    }
    done = desk.post(address, values)

    assert done["Location"] == people
    assert not Evidence.objects.exists()


def test_states_of_past_months_are_told_as_they_were(
    clock: Any, assigned: Assignment, clerk: Employee, vouch: Callable[..., int]
) -> None:
    clock.move_to(date(2026, 10, 5))
    vouch(OCTOBER)
    publish_batches()
    clock.move_to(TODAY)

    take_back(clerk, assigned.course_key, OCTOBER)

    assert status(assigned, date(2026, 10, 31)) == Status.DONE
    assert status(assigned) == Status.OPEN

    # Confirmed anew with another end: October stays told, and so will be today.
    assert vouch(OCTOBER, date(2028, 10, 31)) == 1
    publish_batches()
    assert status(assigned, date(2026, 10, 31)) == Status.DONE
    assert status(assigned) == Status.DONE
    assert clerk.evidence.get().valid_until == date(2028, 10, 31)


def test_what_no_night_has_shown_is_confirmed_anew_or_simply_gone(
    assigned: Assignment, clerk: Employee, vouch: Callable[..., int]
) -> None:
    vouch(until=date(2027, 1, 31))
    vouch(until=date(2027, 12, 31))
    assert clerk.evidence.get().valid_until == date(2027, 12, 31)
    assert take_back(clerk, assigned.course_key, NOVEMBER)
    assert not take_back(clerk, assigned.course_key, NOVEMBER)
    assert not Evidence.objects.exists()


def test_reminders_of_the_old_date_begin_anew(
    assigned: Assignment, clerk: Employee, vouch: Callable[..., int]
) -> None:
    vouch()
    publish_batches()
    Assigned.objects.update(reminded=date(2027, 11, 1))
    take_back(clerk, assigned.course_key, NOVEMBER)
    assert Assigned.objects.get().reminded is None


def test_the_person_reads_that_something_was_taken_back(
    assigned: Assignment, clerk: Employee, vouch: Callable[..., int], client: Client
) -> None:
    vouch()
    take_back(clerk, assigned.course_key, NOVEMBER)
    code = written(invite([clerk])[clerk])
    own = text_of(client.post("/einladung/", {"code": code}, follow=True))
    assert (
        "hat etwas Bestätigtes zurückgenommen oder wollte es: 27. November 2026" in own
    )


@pytest.mark.parametrize("is_shown", [True, False])
def test_a_restored_backup_does_not_bring_it_again(
    assigned: Assignment, clerk: Employee, vouch: Callable[..., int], *, is_shown: bool
) -> None:
    """Rows get other ids at night; a backup of the evening holds the old ones."""
    vouch()
    backup = list(Evidence.objects.all())
    publish_batches()
    if is_shown:
        backup = list(Evidence.objects.all())
    take_back(clerk, assigned.course_key, NOVEMBER)
    Evidence.objects.bulk_create(backup)

    said = tombstones.replay()

    assert not said.failed
    assert not Evidence.objects.exists()


def test_what_is_confirmed_again_outlives_a_restore(
    assigned: Assignment, clerk: Employee, vouch: Callable[..., int]
) -> None:
    vouch()
    take_back(clerk, assigned.course_key, NOVEMBER)
    vouch()
    tombstones.replay()
    assert Evidence.objects.get().employee == clerk


def test_confirming_says_for_whom_it_changed_nothing(
    desk: Client,
    assigned: Assignment,
    clerk: Employee,
    hire: Callable[..., Employee],
    vouch: Callable[..., int],
) -> None:
    """Whoever passed the test today counts as confirmed: no night has shown it yet."""
    other, passed = hire("4712", name="Lou Berg"), hire("4713", name="Kim Ly")
    for each in (other, passed):
        Assigned.objects.create(
            assignment=assigned, employee=each, unit=each.unit, since=NOVEMBER
        )
    vouch()
    publish_batches()
    Evidence.objects.create(
        employee=passed,
        course_key=assigned.course_key,
        month=NOVEMBER,
        proof=Proof.TEST,
    )
    path = f"/gruppen/schulung/{assigned.organisation_id}/zuweisung/{assigned.pk}/"
    values = {
        "proof": "session",
        "month": "2026-11-01",
        "person": [str(each.pk) for each in (clerk, other, passed)],
        "confirm": "yes",
    }
    said = text_of(desk.post(f"{path}bestaetigen/", values, follow=True))
    assert "Für 2 Personen bestätigt" in said
    assert "1 Person hatte aus diesem Monat schon einen Nachweis" in said
    looks = EmployeeAccess.objects.values_list("role", flat=True)
    assert list(looks) == ["manager"] * 3


@pytest.mark.parametrize(
    ("until", "is_taken"), [("2026-11-26", False), ("2026-11-27", True)]
)
def test_other_evidence_that_is_over_is_not_recognised(
    until: str, *, is_taken: bool
) -> None:
    data = {"proof": "recognised", "month": "2026-06-01", "until": until}
    assert ConfirmForm(data, is_trainer=False).is_valid() is is_taken
