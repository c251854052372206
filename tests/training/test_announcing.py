"""Whatever goes of a list is said 14 days before: in numbers, and to people alone."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import translation

from courses.groups.models import Organisation
from courses.training.announcing import announce_to_managers, announce_to_people
from courses.training.erasures import Going, going_soon
from courses.training.invitations import invite
from courses.training.models import (
    Assigned,
    Assignment,
    Employee,
    Evidence,
    Proof,
    Unit,
)
from courses.training.nights import for_each_organisation
from courses.training.retention import delete_old_evidence
from learnsite.accounts import outbox
from learnsite.accounts.models import User
from tests.accounts.test_outbox import give_address, post_office
from tests.groups.test_views import browser_of

__all__ = ["post_office"]

pytestmark = pytest.mark.django_db

COURSE = UUID(int=7)
#: 14 days before the first of January, and the last night in which nothing is said.
SAID, BEFORE = date(2026, 12, 18), date(2026, 12, 17)
GOES = date(2027, 1, 1)
#: Replaced three years before that day.
REPLACED = date(2024, 1, 1)
Hire = Callable[..., Employee]


def proved(employee: Employee, month: date, **values: Any) -> Evidence:
    said = {"is_visible": True, "noted": month, "proof": Proof.TEST, **values}
    return Evidence.objects.create(
        employee=employee,
        course_key=COURSE,
        course_title="Datenschutz im Rathaus",
        month=month,
        **said,
    )


def renewed(employee: Employee, replaced: date = REPLACED) -> Evidence:
    """Write evidence that newer evidence replaced, and return it."""
    old = proved(employee, date(2022, 10, 1))
    proved(employee, replaced)
    return old


@pytest.fixture
def aylin(hire: Hire) -> Employee:
    return hire("4711", email="aylin@hellingen.example")


@pytest.fixture
def lots(hire: Hire, city: Organisation, office: Unit, aylin: Employee) -> None:
    """Something of each kind goes on New Year's Day, and something of each stays."""
    assignment = Assignment.objects.create(
        organisation=city, course_key=COURSE, due=date(2022, 12, 31)
    )
    renewed(aylin)
    renewed(hire("4712", name="Bo"), replaced=date(2024, 2, 1))
    proved(hire("4713", name="Cem", left=REPLACED), date(2023, 5, 1))
    proved(hire("4714", name="Dana", left=date(2024, 2, 1)), date(2023, 5, 1))
    for until in (REPLACED, date(2024, 2, 1), None):
        Assigned.objects.create(
            assignment=assignment,
            employee=aylin,
            unit=office,
            since=date(2022, 1, 1),
            until=until,
        )


def night(day: date) -> list[str]:
    """Run what a night does about announcements; return to whom mail went."""
    mail.outbox.clear()
    with time_machine.travel(day, tick=False):
        delete_old_evidence()
        announce_to_managers()
        outbox.send_waiting()
        announce_to_people()
    return sorted(address for each in mail.outbox for address in each.to)


# --- What goes ------------------------------------------------------------------------


@pytest.mark.usefixtures("lots")
def test_what_is_announced_is_what_goes(city: Organisation) -> None:
    with time_machine.travel(BEFORE, tick=False):
        assert going_soon(city) is None
    with time_machine.travel(SAID, tick=False):
        assert going_soon(city) == Going(
            GOES, evidence=2, people=1, assigned=1, last_state=date(2023, 12, 31)
        )
    before = Employee.objects.count(), Assigned.objects.count()
    with time_machine.travel(date(2026, 12, 31), tick=False):
        assert delete_old_evidence() == 0
    with time_machine.travel(GOES, tick=False):
        assert delete_old_evidence() == 2
    after = Employee.objects.count(), Assigned.objects.count()
    assert (before[0] - after[0], before[1] - after[1]) == (1, 1)


def test_no_number_tells_what_no_night_has_shown_yet(
    hire: Hire, city: Organisation
) -> None:
    """Neither of a test not shown yet nor of who leaves today and may have passed."""
    Organisation.objects.filter(pk=city.pk).update(evidence_years=1)
    city.refresh_from_db()
    with time_machine.travel(SAID, tick=False):
        ada = hire("1")
        proved(ada, date(2025, 11, 1))
        hire("2", left=date(2026, 12, 1))
        hidden = proved(ada, date(2026, 1, 1), is_visible=False)
        assert going_soon(city) is None
        Evidence.objects.filter(pk=hidden.pk).update(is_visible=True)
        assert going_soon(city) == Going(
            GOES, evidence=1, people=0, assigned=0, last_state=date(2025, 12, 31)
        )


def test_what_fails_for_one_organisation_stops_no_other(city: Organisation) -> None:
    """Whichever comes first: the others are told, and forget, all the same."""
    others = [
        Organisation.objects.create(name=f"Amt {number}", kind="verwaltung", ceiling=1)
        for number in range(4)
    ]
    done = []

    def task(organisation: Organisation) -> int:
        if organisation in others[:2]:
            organisation.employees.create(unit=None)
        done.append(organisation)
        return 1

    with pytest.raises(ExceptionGroup) as failed:
        for_each_organisation(task)
    assert sorted(each.name for each in done) == ["Amt 2", "Amt 3", city.name]
    assert len(failed.value.exceptions) == 2
    assert {"Amt 0", "Amt 1"} == set(failed.value.message.split(", "))


# --- A shorter period -----------------------------------------------------------------

#: By one year the time of what it replaced is long over, by three not for long.
LATER = date(2025, 6, 1)


def keep_for(city: Organisation, years: int, day: date) -> None:
    """Save another period, as a form of that day does."""
    with time_machine.travel(day, tick=False):
        organisation = Organisation.objects.get(pk=city.pk)
        organisation.evidence_years = years
        organisation.save()


@pytest.mark.parametrize(
    ("saved", "silent", "said", "goes"),
    [
        (date(2026, 12, 17), date(2026, 12, 17), SAID, GOES),
        # Too late for 14 days before New Year's Day: a month later then.
        (SAID, date(2027, 1, 17), date(2027, 1, 18), date(2027, 2, 1)),
        (date(2026, 12, 31), date(2027, 1, 17), date(2027, 1, 18), date(2027, 2, 1)),
    ],
)
def test_what_a_shorter_period_lets_go_is_announced_14_days_before(
    aylin: Employee,
    city: Organisation,
    manager: User,
    saved: date,
    silent: date,
    said: date,
    goes: date,
) -> None:
    give_address(manager, "leitung@hellingen.example", verified=True)
    old = renewed(aylin, replaced=LATER)
    keep_for(city, 1, saved)

    assert night(saved) == night(silent) == []
    assert night(said) == ["aylin@hellingen.example", "leitung@hellingen.example"]
    for sent in mail.outbox:
        assert f"1. {'Januar' if goes.month == 1 else 'Februar'} 2027" in sent.body
    assert night(goes - timedelta(days=1)) == []
    assert Evidence.objects.filter(pk=old.pk).exists()
    assert night(goes) == []
    assert not Evidence.objects.filter(pk=old.pk).exists()


def test_people_read_the_day_on_which_a_shorter_period_lets_something_go(
    aylin: Employee, city: Organisation, client: Client
) -> None:
    renewed(aylin, replaced=LATER)
    keep_for(city, 1, SAID)
    with time_machine.travel(SAID, tick=False):
        client.post("/einladung/", {"code": invite([aylin])[aylin]})
        data = client.get("/nachweis/meine-daten.json").json()
    assert [each["erased_on"] for each in data["evidence"]] == ["2027-02-01", None]


@pytest.mark.usefixtures("lots")
def test_assignments_wait_with_the_evidence_for_a_shorter_period(
    city: Organisation,
) -> None:
    keep_for(city, 1, SAID)
    before = Assigned.objects.count(), Evidence.objects.count()
    night(GOES)
    assert (Assigned.objects.count(), Evidence.objects.count()) == before
    night(date(2027, 2, 1))
    assert Assigned.objects.count() == 1  # the one that has not ended


def test_a_period_that_was_shorter_for_a_day_erases_nothing(
    aylin: Employee, city: Organisation
) -> None:
    renewed(aylin, replaced=LATER)
    keep_for(city, 1, SAID)
    keep_for(city, 3, date(2026, 12, 19))
    assert night(date(2027, 1, 18)) == night(date(2027, 2, 1)) == []
    assert Evidence.objects.count() == 2


def test_a_longer_period_holds_at_once_and_holds_nothing_else_off(
    aylin: Employee, city: Organisation
) -> None:
    old = renewed(aylin, replaced=date(2023, 1, 1))
    keep_for(city, 4, SAID)
    assert "aylin@hellingen.example" in night(SAID)
    night(GOES)
    assert not Evidence.objects.filter(pk=old.pk).exists()


@pytest.mark.parametrize(
    ("second", "from_when"),
    [
        (date(2027, 1, 17), "1. Februar 2027"),
        # Announced by now, and told to people: that day holds.
        (date(2027, 1, 19), "2. Februar 2027"),
        (date(2027, 2, 1), "2. Februar 2027"),
    ],
)
def test_years_are_not_lowered_again_before_what_was_promised_went(
    aylin: Employee, city: Organisation, second: date, from_when: str
) -> None:
    """The day would move for ever, a month and more each time."""
    old = renewed(aylin, replaced=date(2024, 6, 1))
    keep_for(city, 2, SAID)
    if second > date(2027, 1, 18):
        assert night(date(2027, 1, 18)) == ["aylin@hellingen.example"]
    with time_machine.travel(second, tick=False):
        organisation = Organisation.objects.get(pk=city.pk)
        organisation.evidence_years = 1
        with translation.override("de"), pytest.raises(ValidationError) as refused:
            organisation.full_clean()
        assert from_when in str(refused.value.message_dict["evidence_years"])
        with pytest.raises(ValueError, match="Something is to go"):
            organisation.save()
    night(date(2027, 2, 1))
    assert not Evidence.objects.filter(pk=old.pk).exists()
    keep_for(city, 1, date(2027, 2, 2))


def test_more_years_in_between_are_no_way_to_lower_them_again(
    city: Organisation,
) -> None:
    keep_for(city, 2, SAID)
    keep_for(city, 30, SAID)
    with pytest.raises(ValueError, match="Something is to go"):
        keep_for(city, 2, SAID)


def test_whoever_was_told_a_day_that_more_years_moved_is_told_the_new_one(
    aylin: Employee, city: Organisation
) -> None:
    renewed(aylin)
    assert night(SAID) == ["aylin@hellingen.example"]
    keep_for(city, 4, date(2026, 12, 20))
    assert night(GOES) == []
    assert night(date(2027, 12, 18)) == ["aylin@hellingen.example"]
    assert "am 1. Januar 2028 werden" in mail.outbox[0].body
    assert night(date(2027, 12, 19)) == []


# --- To managers ----------------------------------------------------------------------


@pytest.mark.usefixtures("lots")
def test_managers_are_told_in_numbers_once_14_days_before(
    city: Organisation, manager: User
) -> None:
    give_address(manager, "leitung@hellingen.example", verified=True)
    Organisation.objects.filter(pk=city.pk).update(sends_reminders=False)

    assert night(BEFORE) == []
    assert night(SAID) == ["leitung@hellingen.example"]

    [sent] = mail.outbox
    assert sent.subject == (
        "[Datenkundig] Stadt Hellingen: "
        "Altes aus der Schulung wird am 1. Januar 2027 gelöscht"
    )
    for words in (
        "seit mindestens 3 Jahren ersetzt sind oder deren Person so lange nicht mehr "
        "dabei ist: 2\n– Personen,",
        "Nummer, Name und Einheit: 1\n",
        "beendete Zuweisungen: 1\n",
        "Der Stand vom 31. Dezember 2023 lässt sich nur bis dahin abrufen.",
        f"/gruppen/schulung/{city.pk}/\n",
    ):
        assert words in sent.body
    for name in ("Yıldız", "Cem", "Datenschutz im Rathaus"):
        assert name not in sent.body
    for day in (SAID, date(2026, 12, 19), date(2026, 12, 31), GOES):
        assert night(day) == []


@pytest.mark.usefixtures("lots")
def test_nights_that_were_missed_move_the_mail_and_never_the_day(
    manager: User,
) -> None:
    give_address(manager, "leitung@hellingen.example", verified=True)
    assert "leitung@hellingen.example" in night(date(2026, 12, 28))
    assert "am 1. Januar 2027 gelöscht" in mail.outbox[0].subject


@pytest.mark.usefixtures("lots")
def test_after_all_nights_were_missed_it_goes_without_a_mail(manager: User) -> None:
    """What was promised to people goes first; pages have said so all the time."""
    give_address(manager, "leitung@hellingen.example", verified=True)
    assert night(date(2027, 1, 9)) == []
    old = Evidence.objects.filter(month=date(2022, 10, 1))
    assert old.get().employee.reference == "4712"


@pytest.mark.usefixtures("lots")
def test_the_page_of_the_training_says_it_from_that_day_on(
    city: Organisation, manager: User
) -> None:
    base = f"/gruppen/schulung/{city.pk}/"
    with time_machine.travel(BEFORE, tick=False):
        assert "gelöscht wird" not in browser_of(manager).get(base).text
    with time_machine.travel(SAID, tick=False):
        page = browser_of(manager).get(base).text
    assert "Was am 1. Januar 2027 gelöscht wird" in page
    assert "beendete Zuweisungen: 1" in page


# --- To people ------------------------------------------------------------------------


def test_whoever_has_an_address_of_their_own_is_told_once(
    aylin: Employee, hire: Hire
) -> None:
    renewed(aylin)
    renewed(hire("2", name="Ohne"))
    for reference in "34":
        renewed(hire(reference, email="amt@hellingen.example"))

    assert night(BEFORE) == []
    assert night(SAID) == ["aylin@hellingen.example"]

    [sent] = mail.outbox
    assert "Datenschutz im Rathaus, Oktober 2022\n" in sent.body
    assert "Januar 2024" not in sent.body  # what replaced it stays
    assert "am 1. Januar 2027 werden" in sent.body
    assert "/einladung/\n" in sent.body
    assert night(SAID) == night(date(2026, 12, 30)) == []


def test_an_organisation_without_reminders_sends_this_mail_neither(
    aylin: Employee, city: Organisation
) -> None:
    renewed(aylin)
    Organisation.objects.filter(pk=city.pk).update(sends_reminders=False)
    assert night(SAID) == []


def test_a_refused_address_is_tried_again_and_keeps_no_mail_from_the_others(
    aylin: Employee, hire: Hire, post_office: Any
) -> None:
    renewed(aylin)
    renewed(hire("2", email="bo@hellingen.example"))
    with time_machine.travel(SAID, tick=False):
        post_office("550 unbekannt", "250 ja", "250 ja")
        assert announce_to_people() == 1
        assert announce_to_people() == 1
        assert announce_to_people() == 0


def test_people_read_on_their_page_what_goes_and_when(
    aylin: Employee, client: Client
) -> None:
    renewed(aylin)
    with time_machine.travel(BEFORE, tick=False):
        client.post("/einladung/", {"code": invite([aylin])[aylin]})
        page = client.get("/nachweis/").text
        assert "Oktober 2022, wird am 1. Januar 2027 gelöscht" in " ".join(page.split())
        assert "wird etwas Altes gelöscht" not in page
        data = client.get("/nachweis/meine-daten.json").json()
    assert [each["erased_on"] for each in data["evidence"]] == ["2027-01-01", None]
    with time_machine.travel(SAID, tick=False):
        assert "Am 1. Januar 2027 wird etwas Altes" in client.get("/nachweis/").text
        announce_to_people()
        assert "per E-Mail angekündigt" in client.get("/nachweis/").text


def test_evidence_of_today_does_not_show_by_what_it_replaces(
    aylin: Employee, client: Client
) -> None:
    """A manager could make a new invitation and look for that day."""
    with time_machine.travel(SAID, tick=False):
        proved(aylin, date(2025, 12, 1))
        proved(aylin, date(2026, 12, 1), is_visible=False)
        client.post("/einladung/", {"code": invite([aylin])[aylin]})
        page = client.get("/nachweis/").text
    assert "Dezember 2025" in page
    assert "gelöscht" not in page.partition("Nachweise</dt>")[2].partition("</dd>")[0]
