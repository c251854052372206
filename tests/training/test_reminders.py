"""Reminders of training reach the person, once, and nobody else."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command

from courses.groups.models import Organisation
from courses.training import services
from courses.training.evidence import confirm, write_evidence
from courses.training.models import Assigned, Assignment, Employee, Proof, Renewal
from courses.training.reminder_days import reminder_day
from courses.training.reminders import send_reminders
from courses.training.retention import publish_batches
from learnsite.accounts.models import User, WaitingMail
from tests.accounts.test_outbox import give_address, post_office
from tests.player.conftest import Shelf, published_shelf, shelf

__all__ = ["post_office", "published_shelf", "shelf"]

pytestmark = pytest.mark.django_db

DUE = date(2027, 3, 31)
A_MONTH_BEFORE, A_WEEK_BEFORE = date(2027, 3, 1), date(2027, 3, 24)
THE_DAY_AFTER = date(2027, 4, 1)


@pytest.fixture
def aylin(hire: Callable[..., Employee]) -> Employee:
    return hire("4711", email="aylin@hellingen.example")


@pytest.fixture
def assign(city: Organisation, shelf: Shelf) -> Callable[..., Assignment]:
    """Return how to assign the course of the shelf to everybody."""

    def assigned(**values: Any) -> Assignment:
        wanted = {"due": DUE, "renewal": Renewal.ROLLING, "valid_months": 12, **values}
        found, _new = services.assign(
            organisation=city,
            course_key=shelf.course.translation_key,
            people=city.employees.all(),
            **wanted,
        )
        return found

    return assigned


def nights(first: date, last: date) -> list[tuple[date, list[str]]]:
    """Run every night; return the days on which mails went, and to whom."""
    found = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        mail.outbox.clear()
        with time_machine.travel(day, tick=False):
            send_reminders()
        if mail.outbox:
            found.append(
                (day, [address for each in mail.outbox for address in each.to])
            )
    return found


def test_reminders_go_30_and_7_days_before_and_once_afterwards(
    aylin: Employee, hire: Callable[..., Employee], assign: Callable[..., Assignment]
) -> None:
    hire("4712", name="Ohne Adresse")
    assign()
    assert nights(date(2027, 2, 20), date(2027, 6, 1)) == [
        (A_MONTH_BEFORE, ["aylin@hellingen.example"]),
        (A_WEEK_BEFORE, ["aylin@hellingen.example"]),
        (THE_DAY_AFTER, ["aylin@hellingen.example"]),
    ]


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (date(2027, 2, 28), None),
        (A_MONTH_BEFORE, A_MONTH_BEFORE),
        (date(2027, 3, 7), A_MONTH_BEFORE),
        (date(2027, 3, 8), None),  # too late to be made up for
        (date(2027, 3, 26), A_WEEK_BEFORE),
        (DUE, None),
        (date(2027, 4, 7), THE_DAY_AFTER),
        (date(2027, 4, 8), None),
    ],
)
def test_a_missed_night_is_made_up_for_within_a_week(
    today: date, day: date | None
) -> None:
    assert reminder_day(DUE, today) == day


def test_the_mail_says_what_the_employer_sees_and_no_secret(
    aylin: Employee, assign: Callable[..., Assignment], shelf: Shelf
) -> None:
    assign()
    with time_machine.travel(A_MONTH_BEFORE, tick=False):
        send_reminders()
    [sent] = mail.outbox
    assert sent.subject == "[Datenkundig] Schulung von Stadt Hellingen: Erinnerung"
    assert shelf.course.title not in sent.subject
    for words in (
        "31. März 2027",
        shelf.course.title,
        "/einladung/\n",
        "Der Arbeitgeber sieht später: offen, erledigt oder zurückgestellt",
        "nur an diese Adresse",
        "zurückstellt oder entzieht",
    ):
        assert words in sent.body
    assert "#" not in sent.body  # an invitation would end the one somebody has
    assert (sent.cc, sent.bcc, sent.reply_to) == ([], [], [])


def test_a_late_mail_says_so(
    aylin: Employee, assign: Callable[..., Assignment]
) -> None:
    assign()
    with time_machine.travel(THE_DAY_AFTER, tick=False):
        send_reminders()
    [sent] = mail.outbox
    assert "war bis 31. März 2027 fällig" in sent.body
    assert "keine weitere Erinnerung" in sent.body


def test_managers_get_nothing_and_nothing_waits(
    aylin: Employee, assign: Callable[..., Assignment], manager: User
) -> None:
    give_address(manager, "leitung@hellingen.example", verified=True)
    assign()
    with time_machine.travel(A_WEEK_BEFORE, tick=False):
        send_reminders()
        assert not WaitingMail.objects.exists()
    assert [each.to for each in mail.outbox] == [["aylin@hellingen.example"]]


def test_who_has_evidence_is_reminded_when_it_ends(
    aylin: Employee, assign: Callable[..., Assignment], shelf: Shelf
) -> None:
    assignment = assign()
    with time_machine.travel(A_MONTH_BEFORE, tick=False):
        send_reminders()
        write_evidence(
            aylin, assignment.course_key, course_title="Datenschutz", version=None
        )
    # Valid until 31 March 2028: nothing before, and nothing of the old date.
    assert [day for day, _to in nights(date(2027, 3, 2), date(2027, 4, 10))] == []
    assert [day for day, _to in nights(date(2028, 2, 25), date(2028, 4, 9))] == [
        date(2028, 3, 1),
        date(2028, 3, 24),
        date(2028, 4, 1),
    ]


def test_yearly_training_is_reminded_of_before_its_day_of_the_next_year(
    assign: Callable[..., Assignment], aylin: Employee
) -> None:
    """And nobody is told on New Year's Day that they are late."""
    assignment = assign(due=date(2026, 3, 31), renewal=Renewal.YEARLY)
    with time_machine.travel(date(2026, 2, 10), tick=False):
        write_evidence(
            aylin, assignment.course_key, course_title="Spuren", version=None
        )
    found = nights(date(2026, 12, 1), date(2027, 4, 2))
    to = ["aylin@hellingen.example"]
    assert found == [(A_MONTH_BEFORE, to), (A_WEEK_BEFORE, to), (THE_DAY_AFTER, to)]


def test_a_date_that_is_put_off_is_reminded_of_anew(
    aylin: Employee, assign: Callable[..., Assignment]
) -> None:
    assign()
    assert [day for day, _to in nights(A_WEEK_BEFORE, A_WEEK_BEFORE)] == [A_WEEK_BEFORE]
    with time_machine.travel(A_WEEK_BEFORE, tick=False):
        assign(due=date(2027, 6, 30))
    assert [day for day, _to in nights(date(2027, 3, 25), date(2027, 7, 5))] == [
        date(2027, 5, 31),
        date(2027, 6, 23),
        date(2027, 7, 1),
    ]


def test_evidence_without_an_end_ends_reminders(
    aylin: Employee, assign: Callable[..., Assignment]
) -> None:
    assignment = assign(renewal=Renewal.ONCE)
    write_evidence(aylin, assignment.course_key, course_title="D", version=None)
    assert nights(A_MONTH_BEFORE, date(2027, 4, 10)) == []


def test_nobody_is_reminded_who_is_deferred_withdrawn_or_gone(
    hire: Callable[..., Employee], assign: Callable[..., Assignment]
) -> None:
    people = [hire(str(n), email=f"{n}@hellingen.example") for n in range(4)]
    assignment = assign()
    services.defer(assignment, people[:1], deferred=True)
    services.withdraw(assignment, people[1:2])
    services.let_go(people[2:3])
    assert nights(A_MONTH_BEFORE, A_MONTH_BEFORE) == [
        (A_MONTH_BEFORE, ["3@hellingen.example"])
    ]


def test_a_mailbox_that_several_read_gets_no_reminder(
    aylin: Employee, hire: Callable[..., Employee], assign: Callable[..., Assignment]
) -> None:
    """A reminder says that somebody has not proved their training yet."""
    hire("4712", name="Lou Berg", email="Amt@hellingen.example")
    ada = hire("4713", name="Ada Fuchs", email="amt@hellingen.example")
    assign()
    [(_day, first)] = nights(A_MONTH_BEFORE, A_MONTH_BEFORE)
    assert first == [aylin.email]
    # Who is left there alone has it to themselves.
    services.let_go([ada])
    [(_day, second)] = nights(A_WEEK_BEFORE, A_WEEK_BEFORE)
    assert sorted(second) == ["Amt@hellingen.example", aylin.email]


def test_an_organisation_can_do_without(
    aylin: Employee, assign: Callable[..., Assignment], city: Organisation
) -> None:
    assign()
    Organisation.objects.filter(pk=city.pk).update(sends_reminders=False)
    assert nights(A_MONTH_BEFORE, DUE) == []


def test_a_refused_address_is_tried_again_and_keeps_no_mail_from_the_others(
    hire: Callable[..., Employee],
    assign: Callable[..., Assignment],
    post_office: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:
    for n in range(2):
        hire(str(n), email=f"{n}@hellingen.example")
    assign()
    with time_machine.travel(A_WEEK_BEFORE, tick=False):
        server = post_office("550 unbekannt", "250 ja", "250 ja")
        assert send_reminders() == 1
        assert Assigned.objects.filter(reminded=None).count() == 1
        assert send_reminders() == 1
        assert send_reminders() == 0
    assert server.recipients == []
    assert "hellingen.example" not in caplog.text


def kept() -> set[date | None]:
    return set(Assigned.objects.values_list("reminded", flat=True))


@pytest.mark.parametrize("passed", [date(2027, 3, 12), date(2027, 3, 26)])
def test_which_reminder_went_does_not_narrow_the_day_of_a_test(
    aylin: Employee, assign: Callable[..., Assignment], passed: date
) -> None:
    """Whoever was reminded on the 24th passed later than whoever was not."""
    assignment = assign()
    for day in (A_MONTH_BEFORE, A_WEEK_BEFORE, passed, date(2027, 3, 31)):
        with time_machine.travel(day, tick=False):
            if day == passed:
                write_evidence(
                    aylin, assignment.course_key, course_title="Spuren", version=None
                )
            publish_batches()
            send_reminders()
    assert kept() == {None}


def test_a_row_that_ended_forgets_which_reminder_went(
    aylin: Employee, assign: Callable[..., Assignment]
) -> None:
    """Deferred, moved or gone after a reminder: not passed before it."""
    with time_machine.travel(date(2027, 2, 1), tick=False):
        assignment = assign()
    with time_machine.travel(A_MONTH_BEFORE, tick=False):
        send_reminders()
        services.defer(assignment, [aylin], deferred=True)
        assert kept() == {None, A_MONTH_BEFORE}
        services.let_go([aylin])
        assert kept() == {None}


def test_whoever_passed_is_not_reminded_once_more_that_night(
    aylin: Employee, assign: Callable[..., Assignment]
) -> None:
    """Evidence that ends before the due date leaves that date as it is."""
    assignment = assign(due=date(2027, 4, 10), valid_months=1)
    assert [day for day, _to in nights(date(2027, 3, 11), date(2027, 3, 11))] != []
    with time_machine.travel(date(2027, 2, 20), tick=False):
        write_evidence(
            aylin, assignment.course_key, course_title="Spuren", version=None
        )
    with time_machine.travel(date(2027, 3, 12), tick=False):
        publish_batches()
    assert [day for day, _to in nights(date(2027, 3, 12), date(2027, 4, 2))] == []
    assert [day for day, _to in nights(date(2027, 4, 3), date(2027, 4, 12))] == [
        date(2027, 4, 3),
        date(2027, 4, 11),
    ]


def test_evidence_that_ends_soon_counts_as_reminded_of(
    aylin: Employee, assign: Callable[..., Assignment]
) -> None:
    assignment = assign()
    found = nights(A_MONTH_BEFORE, A_WEEK_BEFORE)
    assert [day for day, _to in found] == [A_MONTH_BEFORE, A_WEEK_BEFORE]
    with time_machine.travel(date(2027, 3, 30), tick=False):
        confirm(
            [aylin],
            assignment.course_key,
            course_title="Anderswo",
            version=None,
            month=date(2027, 3, 1),
            proof=Proof.RECOGNISED,
            until=date(2027, 4, 5),
        )
        publish_batches()
    assert [day for day, _to in nights(date(2027, 3, 30), date(2027, 4, 10))] == [
        date(2027, 4, 6)
    ]


def test_what_is_kept_is_counted_from_the_due_date_not_from_the_night(
    aylin: Employee, assign: Callable[..., Assignment]
) -> None:
    assign()
    with time_machine.travel(date(2027, 3, 27), tick=False):
        send_reminders()
    assert Assigned.objects.get().reminded == A_WEEK_BEFORE


def test_housekeeping_sends_them_once(
    aylin: Employee,
    assign: Callable[..., Assignment],
    capsys: pytest.CaptureFixture[str],
) -> None:
    assign()
    with time_machine.travel(A_WEEK_BEFORE, tick=False):
        call_command("housekeeping")
        assert "Mails verschickt: 1." in capsys.readouterr().out
        call_command("housekeeping")
        assert "Mails verschickt: 0." in capsys.readouterr().out


@pytest.mark.parametrize("people", [1, 3])
def test_reading_takes_three_statements_for_each_assignment(
    people: int,
    hire: Callable[..., Employee],
    assign: Callable[..., Assignment],
    django_assert_num_queries: Any,
) -> None:
    for n in range(people):
        hire(str(n), email=f"{n}@hellingen.example")
    assign()
    with time_machine.travel(date(2027, 1, 5), tick=False):
        send_reminders()
        # The generation of the site's texts, the assignments, and these three: one
        # reads which addresses several people have.
        with django_assert_num_queries(5):
            send_reminders()
