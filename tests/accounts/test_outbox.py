"""Mails wait for the night, reach confirmed addresses only, and leave nothing."""

import socket
from collections.abc import Callable, Iterator
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.utils import timezone

from learnsite.accounts import outbox
from learnsite.accounts.models import User, WaitingMail

pytestmark = pytest.mark.django_db

SMTP = "django.core.mail.backends.smtp.EmailBackend"


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


def test_a_line_break_in_a_title_is_no_other_header(reachable: User) -> None:
    outbox.post(user=reachable, subject="9b\nBcc: fremd@example.org", body="Ein Satz.")

    assert outbox.send_waiting() == 1

    [sent] = mail.outbox
    assert sent.subject.endswith("] 9b Bcc: fremd@example.org")
    assert sent.recipients() == ["tom@example.org"]


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


class Server(Thread):
    """A mail server that answers with what it is given, and counts who came."""

    def __init__(self, *recipients: str) -> None:
        super().__init__(daemon=True)
        self.recipients = list(recipients)
        self.came = 0
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.start()

    def run(self) -> None:
        while True:
            try:
                client, _address = self.listening.accept()
            except OSError:  # closed: the test is over
                return
            self.came += 1
            with client, client.makefile("rwb", buffering=0) as stream:
                self.talk(stream)

    def talk(self, stream: Any) -> None:
        stream.write(b"220 hier\r\n")
        for line in stream:
            word = line[:4].upper()
            answer = "250 ja"
            if word == b"RCPT":
                answer = self.recipients.pop(0)
            elif word == b"DATA":
                stream.write(b"354 bitte\r\n")
                while next(stream) != b".\r\n":
                    continue
            stream.write(f"{answer}\r\n".encode())
            if word == b"QUIT":
                return


@pytest.fixture
def post_office(settings: Any) -> Iterator[Callable[..., Server]]:
    """Return how to let mail go to a server that answers as one says."""
    settings.EMAIL_BACKEND = SMTP
    settings.EMAIL_HOST = "127.0.0.1"
    opened: list[Server] = []

    def answering(*recipients: str) -> Server:
        server = Server(*recipients)
        opened.append(server)
        settings.EMAIL_PORT = server.port
        return server

    yield answering
    for server in opened:
        server.listening.close()


def test_a_refused_mail_waits_and_the_others_go(
    reachable: User, editor: User, post_office, caplog
) -> None:
    give_address(editor, "redaktion@example.org", verified=True)
    for user in (reachable, editor):
        outbox.post(user=user, subject="Hinweis", body="Ein Satz.")
    server = post_office("550 unbekannt", "250 ja", "250 ja")

    assert outbox.send_waiting() == 1

    assert WaitingMail.objects.count() == 1
    assert "example.org" not in caplog.text
    assert server.came == 1  # one connection for all
    assert outbox.send_waiting() == 1
    assert not WaitingMail.objects.exists()


def test_where_no_server_answers_all_of_them_wait(
    reachable: User, editor: User, settings, caplog
) -> None:
    give_address(editor, "redaktion@example.org", verified=True)
    for user in (reachable, editor):
        outbox.post(user=user, subject="Hinweis", body="")
    settings.EMAIL_BACKEND = SMTP
    with socket.create_server(("127.0.0.1", 0)) as closed:
        settings.EMAIL_HOST, settings.EMAIL_PORT = closed.getsockname()

    assert outbox.send_waiting() == 0

    assert WaitingMail.objects.count() == 2
    assert len(caplog.records) == 1  # the second one was not tried
    assert "example.org" not in caplog.text


def test_what_waited_for_more_than_a_week_is_forgotten(reachable: User) -> None:
    outbox.post(user=reachable, subject="Hinweis", body="")
    long_ago = timezone.localdate() - timedelta(days=8)
    WaitingMail.objects.update(day=long_ago)
    assert outbox.send_waiting() == 0
    assert not WaitingMail.objects.exists()
    assert mail.outbox == []
