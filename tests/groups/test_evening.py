"""Evening courses: dates, the public list, the calendar, messages, mail, two cards."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from bs4 import BeautifulSoup
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone, translation
from django.utils.formats import date_format
from icalendar import Calendar

from courses.groups import feeds, meetings, notices, services, window
from courses.groups.dates import Announcement, Meeting
from courses.groups.levels import Visibility
from courses.groups.models import Group, Kind, Membership, Organisation, StaffRole
from courses.groups.retention import delete_ended_groups
from courses.groups.roles import Role
from learnsite.accounts import outbox
from learnsite.accounts.models import User, WaitingMail
from tests.accounts.test_outbox import post_office
from tests.groups.test_views import browser_of, text_of
from tests.player.conftest import Shelf, published_shelf, shelf
from tests.player.test_statements import statements

__all__ = ["post_office", "published_shelf", "shelf"]

pytestmark = pytest.mark.django_db
TOMORROW = timedelta(days=1)


@pytest.fixture
def centre(db: None) -> Organisation:
    return Organisation.objects.create(name="VHS Hellingen", kind=Kind.ADULTS)


@pytest.fixture
def evening(
    centre: Organisation, teacher: User, open_group: Callable[..., Group]
) -> Group:
    StaffRole.objects.create(organisation=centre, user=teacher, role=Role.TEACHER.value)
    return open_group(
        Visibility.NOBODY, organisation=centre, title="Dienstagabend", teacher=teacher
    )


@pytest.fixture
def desk(teacher: User) -> Client:
    return browser_of(teacher)


@pytest.fixture
def member(evening: Group, lena: User) -> Membership:
    return services.join(group=evening, user=lena)


@pytest.fixture
def phone(lena: User) -> Client:
    return browser_of(lena, second_factor=False)


def dated(group: Group, days: int = 1, **changed: Any) -> Meeting:
    timing: Any = {
        "day": timezone.localdate() + timedelta(days=days),
        "begins": time(18, 30),
        "ends": time(20, 0),
        "place": "Bücherei, Raum 2",
        "note": "",
        **changed,
    }
    meeting, _is_new = meetings.add_meeting(group=group, timing=timing)
    return meeting


def form(**changed: Any) -> dict[str, Any]:
    return {
        "day": (timezone.localdate() + TOMORROW).isoformat(),
        "begins": "18:30",
        "ends": "20:00",
        "place": "Bücherei, Raum 2",
        "note": "Handy mitbringen",
        **changed,
    }


def with_address(user: User) -> None:
    EmailAddress.objects.create(
        user=user, email="lena@example.org", verified=True, primary=True
    )


# --- Opening --------------------------------------------------------------------------


def test_an_evening_course_is_asked_for_its_last_day_and_a_class_is_not(
    desk: Client, evening: Group, school: Organisation, shelf: Shelf
) -> None:
    path = "/gruppen/neu/"
    kinds = {evening.organisation: False, school: True}
    for organisation, has_day in kinds.items():
        page = desk.get(path, {"organisation": organisation.pk})
        field = BeautifulSoup(page.content, "html.parser").select_one("[name=ends]")
        assert field
        assert field.has_attr("value") == has_day
    refused = desk.post(
        path,
        {
            "organisation": evening.organisation_id,
            "title": "Mittwochabend",
            "course": shelf.course.translation_key,
            "level": 0,
            "seats": 12,
            "ends": "",
        },
    )
    assert refused.status_code == 422
    assert "Bitte den Tag des letzten Treffens angeben." in text_of(refused)
    assert Group.objects.get() == evening


# --- Dates ----------------------------------------------------------------------------


def test_a_date_is_entered_changed_called_off_and_taken_off(
    desk: Client, evening: Group
) -> None:
    path = f"/gruppen/{evening.pk}/termine/"
    desk.post(path, form())
    meeting = Meeting.objects.get()
    assert (meeting.place, meeting.begins) == ("Bücherei, Raum 2", time(18, 30))
    one = f"{path}{meeting.pk}/"
    desk.post(one, form(place="Rathaus"))
    refused = desk.post(f"{one}absagen/", {"reason": ""})
    assert refused.status_code == 422
    assert "Bitte einen Grund angeben" in text_of(refused)
    desk.post(f"{one}absagen/", {"reason": "Feiertag"})
    shown = text_of(desk.get(path))
    assert "Fällt aus" in shown
    assert "Grund: Feiertag" in shown
    assert "Rathaus" in shown
    desk.post(f"{one}absagen/", {"restore": "yes"})
    assert Meeting.objects.get().canceled == ""
    assert Meeting.objects.get().sequence == 3
    desk.post(f"{one}entfernen/")
    assert not Meeting.objects.exists()
    assert desk.get(one).status_code == 404


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"day": "2020-01-01"}, "Dieser Tag ist vorbei."),
        ({"day": "2099-01-01"}, "Die Gruppe endet am"),
        ({"day": "bald"}, "Bitte einen Tag angeben, etwa 1.12.2026."),
        ({"begins": "abends"}, "Bitte eine Uhrzeit angeben, etwa 18:30."),
        ({"ends": "18:30"}, "Das Ende muss nach dem Beginn liegen."),
        ({"place": " "}, "Bitte einen Ort angeben."),
    ],
)
def test_a_date_that_cannot_be_says_what_to_do(
    desk: Client, evening: Group, changed: dict[str, str], said: str
) -> None:
    response = desk.post(f"/gruppen/{evening.pk}/termine/", form(**changed))
    assert response.status_code == 422
    assert said in text_of(response)
    assert not Meeting.objects.exists()


def test_a_weekly_series_ends_with_the_group_and_makes_nothing_twice(
    evening: Group,
) -> None:
    evening.ends = timezone.localdate() + timedelta(days=22)
    first = dated(evening)
    first.group = evening
    assert meetings.repeat_weekly(meeting=first, weeks=2) == 2
    assert meetings.repeat_weekly(meeting=first, weeks=30) == 1
    days = list(evening.meetings.values_list("day", flat=True))
    assert days == [first.day + timedelta(days=7 * n) for n in range(4)]


def test_weeks_after_the_last_day_are_said_to_have_no_date(
    desk: Client, evening: Group
) -> None:
    meeting = dated(evening)
    end = meeting.day + timedelta(days=7)
    Group.objects.filter(pk=evening.pk).update(ends=end)
    path = f"/gruppen/{evening.pk}/termine/{meeting.pk}/wiederholen/"
    said = text_of(desk.post(path, {"weeks": 5}, follow=True))
    assert "1 Termin eingetragen." in said
    assert f"Die Gruppe endet am {date_format(end)}" in said
    assert max(evening.meetings.values_list("day", flat=True)) == end


def test_nobody_sets_dates_of_a_group_of_somebody_else(
    evening: Group, lena: User, member: Membership
) -> None:
    stranger = browser_of(User.objects.create_user(username="fremd"))
    meeting = dated(evening)
    for client in (stranger, browser_of(lena)):
        for page in ("termine/", f"termine/{meeting.pk}/", "nachrichten/"):
            path = f"/gruppen/{evening.pk}/{page}"
            assert client.post(path, form(text="x")).status_code == 404
    assert Meeting.objects.get() == meeting
    assert not Announcement.objects.exists()


def test_a_date_of_another_group_is_not_found(
    desk: Client, evening: Group, open_group: Callable[..., Group]
) -> None:
    other = dated(open_group())
    assert desk.get(f"/gruppen/{evening.pk}/termine/{other.pk}/").status_code == 404


# --- The public list ------------------------------------------------------------------


def listed(group: Group, url: str = "") -> None:
    meetings.list_publicly(group=group, is_listed=True, booking_url=url)


def test_the_public_list_shows_listed_evening_courses_and_no_others(
    shelf: Shelf, evening: Group, open_group: Callable[..., Group]
) -> None:
    empty = text_of(Client().get("/termine/"))
    assert "Zurzeit keine Termine" in empty
    school = open_group(title="9b")
    for group in (school, evening):
        dated(group)
        assert "Bücherei" not in text_of(Client().get("/termine/"))
        listed(group, "https://vhs.example.org/kurs/7")
    page = Client().get("/termine/")
    shown = text_of(page)
    assert "Dienstagabend" in shown
    assert "Bücherei, Raum 2" in shown
    assert "18:30 bis 20:00 Uhr" in shown
    assert "Platz buchen bei vhs.example.org" in shown
    assert "9b" not in shown
    assert "Kurse vor Ort" in text_of(Client().get("/kurse/"))  # in the footer
    assert not page.cookies
    assert "Cookie" not in page["Vary"]


def test_a_change_of_a_listed_date_is_seen_at_once(
    shelf: Shelf, evening: Group
) -> None:
    listed(evening)
    meeting = dated(evening)
    assert "Fällt aus" not in text_of(Client().get("/termine/"))
    meetings.cancel_meeting(meeting=meeting, reason="Heizung defekt")
    assert "Grund: Heizung defekt" in text_of(Client().get("/termine/"))
    services.end_group(group=evening)
    assert "Zurzeit keine Termine" in text_of(Client().get("/termine/"))


def test_the_list_can_be_narrowed_to_a_provider(
    shelf: Shelf, evening: Group, open_group: Callable[..., Group]
) -> None:
    other = Organisation.objects.create(name="Bürgerhaus", kind=Kind.ADULTS)
    elsewhere = open_group(Visibility.NOBODY, organisation=other, title="Montags")
    for group in (evening, elsewhere):
        dated(group)
        listed(group)
    shown = text_of(Client().get(f"/termine/?anbieter={other.pk}"))
    assert "Montags" in shown
    assert "Dienstagabend" not in shown
    both = text_of(Client().get("/termine/?anbieter=unsinn"))
    assert "Montags" in both
    assert "Dienstagabend" in both


@pytest.mark.parametrize("groups", [1, 3])
def test_the_list_costs_three_statements_for_any_number_of_courses(
    shelf: Shelf, centre: Organisation, open_group: Callable[..., Group], groups: int
) -> None:
    for number in range(groups):
        group = open_group(
            Visibility.NOBODY, organisation=centre, title=f"Kurs {number}"
        )
        dated(group)
        listed(group)
    Client().get("/kurse/")
    run = statements(lambda: Client().get("/termine/?anbieter="))
    # generation, groups, their dates
    assert len(run) == 3, run


@pytest.mark.parametrize(
    "url",
    [
        "http://vhs.example.org/",
        "javascript:alert(1)",
        "https://vhs.example.org:x@boese.example/",
        "ftp://vhs.example.org/",
        "irgendwas und mehr",
    ],
)
def test_a_booking_page_is_encrypted_and_hides_nothing(
    desk: Client, evening: Group, url: str
) -> None:
    path = f"/gruppen/{evening.pk}/termine/liste/"
    response = desk.post(path, {"is_listed": "on", "booking_url": url})
    assert response.status_code == 422
    assert "mit https:// beginnt" in text_of(response)
    assert not Group.objects.get(pk=evening.pk).is_listed
    fine = {"is_listed": "on", "booking_url": "https://vhs.example.org/"}
    assert "in der öffentlichen Liste" in text_of(desk.post(path, fine, follow=True))
    assert Group.objects.get(pk=evening.pk).is_listed
    assert "in keiner öffentlichen Liste" in text_of(desk.post(path, {}, follow=True))
    assert not Group.objects.get(pk=evening.pk).is_listed


def test_a_class_is_never_listed(
    desk: Client, open_group: Callable[..., Group]
) -> None:
    group = open_group()
    desk.post(f"/gruppen/{group.pk}/termine/liste/", {"is_listed": "on"})
    assert not Group.objects.get(pk=group.pk).is_listed
    assert "Öffentliche Liste" not in text_of(desk.get(f"/gruppen/{group.pk}/termine/"))


# --- The calendar ---------------------------------------------------------------------


def address_in(response: Any) -> str:
    page = BeautifulSoup(response.content, "html.parser")
    return page.select(".feed-address")[0].get_text(strip=True)


def path_of(address: str) -> str:
    return "/" + address.split("://", 1)[-1].split("/", 1)[-1]


def test_the_calendar_stands_at_a_secret_address_shown_once(
    phone: Client, member: Membership, evening: Group
) -> None:
    meeting = dated(evening, day=date(2026, 12, 1), note="Ä, ö; und\nüben \\ lernen")
    page = f"/lernen/gruppe/{member.pk}/kalender/"
    first = path_of(address_in(phone.post(page, {"choice": "new"})))
    assert "feed-address" not in phone.get(page).content.decode()
    member.refresh_from_db()
    assert first.split("/")[-1].removesuffix(".ics") not in str(member.feed_hash)

    response = Client().get(first)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert "no-store" in response["Cache-Control"]
    assert all(len(line) <= 75 for line in response.content.split(b"\r\n"))
    [event] = Calendar.from_ical(response.content).walk("VEVENT")
    assert event["uid"] == f"termin-{meeting.pk}@{urlsplit(settings.SITE_URL).hostname}"
    assert event["status"] == "CONFIRMED"
    assert event["location"] == "Bücherei, Raum 2"
    assert event["description"] == "Ä, ö; und\nüben \\ lernen"
    assert event.decoded("dtstart").isoformat() == "2026-12-01T17:30:00+00:00"
    assert str(member.pseudonym) not in response.content.decode()

    second = path_of(address_in(phone.post(page, {"choice": "new"})))
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    phone.post(page, {"choice": "off"})
    assert Client().get(second).status_code == 404


def test_a_cancelled_date_keeps_its_id_and_counts_up(evening: Group) -> None:
    meeting = dated(evening)
    [before] = Calendar.from_ical(
        feeds.calendar_of(evening, evening.meetings.all())
    ).walk("VEVENT")
    meetings.cancel_meeting(meeting=meeting, reason="Sturm")
    [after] = Calendar.from_ical(
        feeds.calendar_of(evening, evening.meetings.all())
    ).walk("VEVENT")
    assert after["uid"] == before["uid"]
    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert (after["status"], after["description"]) == ("CANCELLED", "Sturm")


def test_who_leaves_loses_the_calendar(member: Membership) -> None:
    token = feeds.open_feed(membership=member)
    assert Client().get(f"/termine/abo/{token}.ics").status_code == 200
    services.leave(membership=member)
    assert Client().get(f"/termine/abo/{token}.ics").status_code == 404


def test_nobody_opens_the_calendar_page_of_somebody_else(member: Membership) -> None:
    other = browser_of(User.objects.create_user(username="fremd"))
    for page in ("kalender/", "post/"):
        response = other.post(f"/lernen/gruppe/{member.pk}/{page}", {"choice": "new"})
        assert response.status_code == 404
    member.refresh_from_db()
    assert member.feed_hash is None


# --- Messages and mail ----------------------------------------------------------------


def test_a_message_reaches_the_members_and_leaves_no_trace_of_reading(
    shelf: Shelf, desk: Client, phone: Client, evening: Group, member: Membership
) -> None:
    dated(evening)
    desk.post(f"/gruppen/{evening.pk}/nachrichten/", {"text": "<b>Raum 3</b>!"})
    [message] = Announcement.objects.all()
    sent = text_of(desk.get(f"/gruppen/{evening.pk}/nachrichten/"))
    assert sent.count("Raum 3") == 2  # once to read, once to be named by its button
    for path in ("/lernen/", f"/lernen/gruppe/{member.pk}/"):
        page = phone.get(path)
        assert "<b>Raum 3</b>!" in text_of(page)
        assert "Bücherei, Raum 2" in text_of(page)
    assert [field.name for field in Announcement._meta.fields] == [
        "id",
        "group",
        "text",
        "day",
        "is_mailed",
    ]
    desk.post(f"/gruppen/{evening.pk}/nachrichten/{message.pk}/zuruecknehmen/")
    assert "Raum 3" not in text_of(phone.get("/lernen/"))


def test_a_double_click_on_taking_back_says_that_it_is_done(
    desk: Client, evening: Group
) -> None:
    desk.post(f"/gruppen/{evening.pk}/nachrichten/", {"text": "Raum 3"})
    message = Announcement.objects.get()
    there = f"/gruppen/{evening.pk}/nachrichten/{message.pk}/zuruecknehmen/"
    desk.post(there)
    again = desk.post(there, follow=True)
    assert again.redirect_chain == [(f"/gruppen/{evening.pk}/nachrichten/", 302)]
    assert "Diese Nachricht ist schon zurückgenommen." in text_of(again)


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "Bitte eine Nachricht schreiben."), ("x" * 1001, "höchstens 1.000 Zeichen")],
)
def test_an_empty_or_endless_message_is_refused(
    desk: Client, evening: Group, text: str, said: str
) -> None:
    response = desk.post(f"/gruppen/{evening.pk}/nachrichten/", {"text": text})
    assert response.status_code == 422
    assert said in text_of(response)
    assert not Announcement.objects.exists()


@pytest.mark.parametrize("number", [1, 3])
def test_dates_and_messages_cost_two_statements_on_my_learning(
    shelf: Shelf, phone: Client, evening: Group, member: Membership, number: int
) -> None:
    for days in range(number):
        dated(evening, days)
        notices.announce(group=evening, text="Bis bald")
    phone.get("/lernen/")
    run = statements(lambda: phone.get("/lernen/"))
    own = [sql for sql in run if "courses_meeting" in sql or "announcement" in sql]
    assert len(own) == 2, own


def test_mail_goes_only_to_those_who_asked_for_it_and_gave_an_address(
    phone: Client, lena: User, evening: Group, member: Membership
) -> None:
    path = f"/lernen/gruppe/{member.pk}/post/"
    phone.post(path, {"choice": "on"})
    member.refresh_from_db()
    assert not member.wants_mail  # no address was given
    with_address(lena)
    other = User.objects.create_user(username="ohne")
    services.join(group=evening, user=other)
    phone.post(path, {"choice": "on"})
    notices.announce(group=evening, text="Bitte Ausweis mitbringen")
    dated(evening, 1)
    dated(evening, 2)
    call_command("housekeeping", verbosity=0)
    assert [each.to for each in mail.outbox] == [["lena@example.org"]] * 2
    texts = "\n".join(each.body for each in mail.outbox)
    assert "Bitte Ausweis mitbringen" in texts
    assert texts.count("Bücherei, Raum 2") == 1
    assert "Keine solchen E-Mails mehr: http" in texts
    call_command("housekeeping", verbosity=0)
    assert len(mail.outbox) == 2
    meetings.cancel_meeting(meeting=evening.meetings.first(), reason="Sturm")
    call_command("housekeeping", verbosity=0)
    assert "Dieser Termin fällt aus: Sturm" in mail.outbox[-1].body
    phone.post(path, {"choice": "off"})
    notices.announce(group=evening, text="Schade")
    call_command("housekeeping", verbosity=0)
    assert len(mail.outbox) == 3


@pytest.fixture
def reachable(lena: User, member: Membership) -> Membership:
    """Somebody who gave an address and wants mail about the group."""
    with_address(lena)
    notices.ask_for_mail(membership=member, wanted=True)
    return member


def in_the_night() -> list[str]:
    """Return what the mails of a night tell, and in what subject."""
    mail.outbox.clear()
    call_command("housekeeping", verbosity=0)
    return [f"{each.subject}\n{each.body}" for each in mail.outbox]


def test_a_message_and_a_date_sent_twice_are_there_once(
    desk: Client, evening: Group, reachable: Membership
) -> None:
    for page, sent, told in (
        ("nachrichten", {"text": "Raum 3"}, "steht seit heute schon da"),
        ("termine", form(), "Dieser Termin steht schon in der Liste."),
    ):
        path = f"/gruppen/{evening.pk}/{page}/"
        assert told not in text_of(desk.post(path, sent, follow=True))
        assert told in text_of(desk.post(path, sent, follow=True))
    assert (evening.announcements.count(), evening.meetings.count()) == (1, 1)
    desk.post(path, form(begins="17:00"))
    assert evening.meetings.count() == 2
    assert len([each for each in in_the_night() if "Raum 3" in each]) == 1


def test_a_message_of_yesterday_is_sent_again(evening: Group) -> None:
    notices.announce(group=evening, text="Raum 3")
    evening.announcements.update(day=timezone.localdate() - TOMORROW)
    notices.announce(group=evening, text="Raum 3")
    assert evening.announcements.count() == 2


def test_a_message_that_was_taken_back_is_mailed_to_nobody(
    evening: Group, reachable: Membership
) -> None:
    gone, _is_new = notices.announce(group=evening, text="Raum 3")
    notices.announce(group=evening, text="Raum 4")
    assert notices.withdraw(group=evening, pk=gone.pk)
    [told] = in_the_night()
    assert "Raum 4" in told
    assert in_the_night() == []


def test_who_left_or_wants_no_mail_any_more_by_the_night_gets_none(
    evening: Group, reachable: Membership
) -> None:
    notices.announce(group=evening, text="Raum 3")
    notices.ask_for_mail(membership=reachable, wanted=False)
    assert in_the_night() == []
    notices.ask_for_mail(membership=reachable, wanted=True)
    notices.announce(group=evening, text="Raum 4")
    services.leave(membership=reachable)
    assert in_the_night() == []


@pytest.fixture
def refused(reachable: Membership, evening: Group, post_office: Any) -> Meeting:
    """Two messages and a reminder that the mail server refused in the night."""
    for text in ("Raum 3", "Raum 4"):
        notices.announce(group=evening, text=text)
    dated(evening)
    post_office(*["550 unbekannt"] * 3)
    in_the_night()
    assert len(waiting()) == 3
    return evening.meetings.get()


def waiting() -> list[str]:
    """Return what the mails that wait for another night begin with."""
    bodies = WaitingMail.objects.values_list("body", flat=True)
    return sorted(body.partition("\n")[0] for body in bodies)


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_refused_mail_goes_no_more_once_its_message_is_taken_back(
    evening: Group, refused: Meeting, language: str
) -> None:
    with translation.override(language):
        notices.withdraw(group=evening, pk=evening.announcements.get(text="Raum 3").pk)
    told = waiting()
    assert len(told) == 2
    assert "Raum 4" in told
    assert "Raum 3" not in told


def test_a_refused_mail_still_goes_where_another_message_says_the_same(
    evening: Group, refused: Meeting
) -> None:
    evening.announcements.update(day=timezone.localdate() - TOMORROW)
    again, _is_new = notices.announce(group=evening, text="Raum 3")
    first = evening.announcements.exclude(pk=again.pk).get(text="Raum 3")
    notices.withdraw(group=evening, pk=again.pk)
    assert "Raum 3" in waiting()
    notices.withdraw(group=evening, pk=first.pk)
    assert "Raum 3" not in waiting()


def test_a_refused_mail_does_not_go_beside_the_one_that_the_night_makes_anew(
    evening: Group, refused: Meeting
) -> None:
    evening.announcements.update(day=timezone.localdate() - TOMORROW)
    first = evening.announcements.get(text="Raum 3")
    notices.announce(group=evening, text="Raum 3")
    notices.withdraw(group=evening, pk=first.pk)
    notices.mail_messages()
    assert waiting().count("Raum 3") == 1


def call_off(meeting: Meeting) -> None:
    meetings.cancel_meeting(meeting=meeting, reason="Sturm")


def move(meeting: Meeting) -> None:
    timing = {"day": meeting.day, "begins": time(17, 0), "ends": meeting.ends}
    timing |= {"place": meeting.place, "note": meeting.note}
    meetings.change_meeting(meeting=meeting, timing=timing)


def take_off(meeting: Meeting) -> None:
    meetings.remove_meeting(meeting=meeting)


@pytest.mark.parametrize("change", [call_off, move, take_off])
@pytest.mark.parametrize("language", ["de", "en"])
def test_a_refused_reminder_goes_no_more_once_its_date_is_another(
    refused: Meeting, change: Callable[[Meeting], None], language: str
) -> None:
    with translation.override(language):
        change(refused)
    assert waiting() == ["Raum 3", "Raum 4"]


def note(meeting: Meeting) -> None:
    timing = {"day": meeting.day, "begins": meeting.begins, "ends": meeting.ends}
    timing |= {"place": meeting.place, "note": "Handy mitbringen"}
    meetings.change_meeting(meeting=meeting, timing=timing)


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_refused_reminder_tells_the_note_as_it_is_by_then(
    refused: Meeting, language: str
) -> None:
    with translation.override(language):
        note(refused)
    notices.remind()  # of nothing else
    bodies = WaitingMail.objects.values_list("body", flat=True)
    assert len(bodies) == 3
    assert len([body for body in bodies if "\nHandy mitbringen\n" in body]) == 1


@pytest.mark.parametrize("change", [call_off, move, take_off])
def test_a_refused_reminder_with_another_note_goes_no_more_either(
    refused: Meeting, change: Callable[[Meeting], None]
) -> None:
    note(refused)
    change(refused)
    assert waiting() == ["Raum 3", "Raum 4"]


def unsubscribe(member: Membership) -> None:
    notices.ask_for_mail(membership=member, wanted=False)


def leave(member: Membership) -> None:
    services.leave(membership=member)


def erase(member: Membership) -> None:
    services.end_group(group=member.group)


def outlive(member: Membership) -> None:
    today, group = timezone.localdate(), Group.objects.filter(pk=member.group_id)
    ended = today - timedelta(days=1)
    group.update(starts=ended, ends=ended, delete_on=today)
    delete_ended_groups()


@pytest.mark.parametrize("end", [unsubscribe, leave, erase, outlive])
@pytest.mark.usefixtures("refused")
def test_nothing_waits_about_a_group_for_somebody_who_is_done_with_it(
    reachable: Membership, end: Callable[[Membership], None]
) -> None:
    outbox.post(user=reachable.user, subject="Anderes", body="Bleibt")
    end(reachable)
    assert waiting() == ["Bleibt"]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"begins": time(17, 30)}, "17:30 bis 20:00"),
        ({"ends": time(21, 0)}, "18:30 bis 21:00"),
        ({"place": "Rathaus"}, "Rathaus"),
        ({"note": "Handy mitbringen"}, ""),
    ],
)
def test_another_time_or_place_after_the_reminder_is_told_once_more(
    evening: Group, reachable: Membership, changed: dict[str, Any], says: str
) -> None:
    meeting = dated(evening)
    assert len(in_the_night()) == 1
    timing = {"day": meeting.day, "begins": meeting.begins, "ends": meeting.ends}
    timing |= {"place": meeting.place, "note": "", **changed}
    meetings.change_meeting(meeting=Meeting.objects.get(), timing=timing)
    told = in_the_night()
    assert len(told) == bool(says)
    assert says in "".join(told)


# --- Cards ----------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["karten/", "namen/", ""])
def test_an_evening_course_is_no_class(
    desk: Client, evening: Group, open_group: Callable[..., Group], page: str
) -> None:
    """What a class calls its class list is a list of participants elsewhere."""
    groups = (evening, open_group())
    paths = [f"/gruppen/{group.pk}/{page}" for group in groups]
    if not page:
        paths = [f"/beitreten/gruppe/{group.code}/" for group in groups]
        for group in groups:
            window.open_window(group)
    adults, pupils = (text_of(desk.get(path)) for path in paths)
    assert "Teilnahmeliste" in adults
    assert "Klasse" not in adults
    assert "Klassenliste" in pupils


def test_adults_get_two_cards_with_the_same_key_and_pupils_one(
    desk: Client, evening: Group, open_group: Callable[..., Group]
) -> None:
    for group, cards in ((evening, 4), (open_group(), 2)):
        page = desk.post(f"/gruppen/{group.pk}/karten/", {"first": 1, "last": 2})
        sheet = BeautifulSoup(page.content, "html.parser").select(".class-card")
        words = [each.select_one(".class-card-words").get_text() for each in sheet]
        assert (len(words), len(set(words))) == (cards, 2)
        assert group.members.count() == 2
