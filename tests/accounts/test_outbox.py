"""Mails wait for the night, reach confirmed addresses only, and leave nothing."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.utils import timezone

from learnsite.accounts import outbox
from learnsite.accounts.models import User, WaitingMail

pytestmark = pytest.mark.django_db


def give_address(user: User, address: str, **fields: bool) -> None:
    EmailAddress.objects.create(user=user, email=address, **fields)


@pytest.fixture
def reachable(tom: User) -> User:
    give_address(tom, "alt@example.org", verified=True)
    give_address(tom, "tom@example.org", verified=True, primary=True)
    return tom


def test_a_mail_goes_once_to_the_first_confirmed_address(reachable: User) -> None:
    assert outbox.post(user=reachable, subject="Hinweis", body="Ein Satz.")
    assert mail.outbox == []

    assert outbox.send_waiting() == 1

    [sent] = mail.outbox
    assert sent.to == ["tom@example.org"]
    assert sent.subject.endswith("] Hinweis")
    assert sent.body == "Ein Satz."
    assert not WaitingMail.objects.exists()
    assert outbox.send_waiting() == 0
    assert len(mail.outbox) == 1


def test_nothing_waits_for_an_address_that_nobody_confirmed(tom: User) -> None:
    give_address(tom, "tom@example.org", primary=True)
    assert not outbox.post(user=tom, subject="Hinweis", body="")
    assert not WaitingMail.objects.exists()


def test_nothing_waits_where_no_mail_is_sent(reachable: User, settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert not outbox.post(user=reachable, subject="Hinweis", body="")


def test_an_address_taken_away_meanwhile_gets_no_mail(reachable: User) -> None:
    outbox.post(user=reachable, subject="Hinweis", body="")
    EmailAddress.objects.all().delete()
    assert outbox.send_waiting() == 0
    assert mail.outbox == []
    assert not WaitingMail.objects.exists()


def test_what_the_server_refuses_waits_for_the_next_night(
    reachable: User, settings, caplog
) -> None:
    outbox.post(user=reachable, subject="Hinweis", body="")
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody answers there
    assert outbox.send_waiting() == 0
    assert "tom@example.org" not in caplog.text
    settings.EMAIL_BACKEND = working
    assert outbox.send_waiting() == 1


def test_what_waited_for_more_than_a_week_is_forgotten(reachable: User) -> None:
    outbox.post(user=reachable, subject="Hinweis", body="")
    long_ago = timezone.localdate() - timedelta(days=8)
    WaitingMail.objects.update(day=long_ago)
    assert outbox.send_waiting() == 0
    assert not WaitingMail.objects.exists()
    assert mail.outbox == []
