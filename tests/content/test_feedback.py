"""Feedback on accessibility: easy to send, free of traces, answered in time."""

from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from content.feedback.services import delete_expired_feedback, record_feedback
from content.models import AccessibilityFeedback

pytestmark = pytest.mark.django_db


def send(client, **data):
    return client.post(
        reverse("accessibility_feedback"),
        data,
        headers={"sec-fetch-site": "same-origin"},
    )


def test_the_address_of_the_form():
    assert reverse("accessibility_feedback") == "/barrierefreiheit/rueckmeldung/"


def test_a_report_is_stored_with_its_due_date_and_nothing_about_the_device(client):
    response = send(client, message="Der Kontrast ist zu schwach.", page="/kurse/")

    today = timezone.localdate()
    report = AccessibilityFeedback.objects.get()
    assert response.url == reverse("accessibility_feedback_received")
    assert (report.message, report.email) == ("Der Kontrast ist zu schwach.", "")
    assert (report.received, report.answer_due) == (today, today + timedelta(weeks=6))
    assert [field.name for field in AccessibilityFeedback._meta.concrete_fields] == [
        "id",
        "message",
        "email",
        "page",
        "received",
        "answer_due",
        "answered",
    ]
    assert not client.cookies


def test_the_sender_is_thanked(client):
    html = client.get(reverse("accessibility_feedback_received")).content.decode()

    assert "Danke für die Rückmeldung" in html


def test_a_form_sent_twice_is_one_report(client):
    report = {"message": "Zu leise.", "email": "lena@example.org", "page": "/kurse/"}
    for data in (report, report, {**report, "email": ""}, {**report, "page": ""}):
        assert send(client, **data).status_code == 302

    assert AccessibilityFeedback.objects.count() == 3


def test_the_same_words_on_another_day_are_a_new_report():
    yesterday = record_feedback(message="Zu leise.", email="", page="")
    yesterday.received -= timedelta(days=1)
    yesterday.save()

    assert record_feedback(message="Zu leise.", email="", page="") != yesterday


def test_without_a_message_the_form_says_what_is_missing(client):
    response = send(client, message=" ", email="lena@")

    html = response.content.decode()
    assert response.status_code == 422
    assert "Bitte das Hindernis in ein paar Worten beschreiben." in html
    assert "Diese E-Mail-Adresse ist nicht vollständig." in html
    assert 'value="lena@"' in html
    assert not AccessibilityFeedback.objects.exists()


@pytest.mark.parametrize("sign", ["x", "ü", "я", "💡"])
def test_as_much_text_as_the_field_takes_is_stored_in_every_script(client, sign):
    response = client.post(
        reverse("accessibility_feedback"),
        urlencode({"message": sign * 4000}),  # as browsers send it
        content_type="application/x-www-form-urlencoded",
        headers={"sec-fetch-site": "same-origin"},
    )
    assert response.status_code == 302
    assert AccessibilityFeedback.objects.get().message == sign * 4000


def test_too_much_text_is_refused(client):
    assert send(client, message="x" * 4001).status_code == 422
    assert send(client, message="x" * 70_000).status_code == 413
    assert not AccessibilityFeedback.objects.exists()


def test_a_program_is_thanked_and_ignored(client):
    response = send(client, message="Kaufen Sie", website="https://example.org")

    assert response.status_code == 302
    assert not AccessibilityFeedback.objects.exists()


def test_reports_go_after_twelve_months():
    today = date(2026, 11, 23)
    for age in (364, 365, 366):
        report = record_feedback(message=str(age), email="", page="")
        report.received = today - timedelta(days=age)
        report.save()

    assert delete_expired_feedback(today=today) == 1
    messages = AccessibilityFeedback.objects.values_list("message", flat=True)
    assert sorted(messages) == ["364", "365"]


def test_a_class_reports_and_a_program_is_stopped_with_its_text_kept(client):
    answers = [send(client, message=f"Barriere {number}") for number in range(61)]

    assert {response.status_code for response in answers[:60]} == {302}
    assert answers[60].status_code == 429
    assert "Barriere 60</textarea>" in answers[60].text
    assert "Bitte eine Minute warten" in answers[60].text
    assert AccessibilityFeedback.objects.count() == 60
    other = client.post(
        reverse("accessibility_feedback"),
        {"message": "Von woanders"},
        headers={"sec-fetch-site": "same-origin"},
        REMOTE_ADDR="198.51.100.7",
    )
    assert other.status_code == 302
    assert not [key for key in cache._cache if "127.0.0.1" in key or "198.51" in key]
