"""Pages of training managers: a list, an assignment, invitations."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from courses.groups.models import Kind, Organisation, StaffRole
from courses.groups.roles import Role
from courses.training import services
from courses.training.invitations import employee_of_invitation, invite
from courses.training.models import (
    Assigned,
    Assignment,
    Employee,
    EmployeeAccess,
    Evidence,
    Proof,
    Renewal,
    Unit,
    this_month,
)
from courses.training.retention import delete_old_evidence
from learnsite.accounts.models import User
from tests.accounts.test_outbox import post_office
from tests.groups.test_views import browser_of, text_of
from tests.player.conftest import Shelf, published_shelf, shelf

__all__ = ["post_office", "published_shelf", "shelf"]

pytestmark = pytest.mark.django_db

HEADING = "Personalnummer;Name;Einheit;E-Mail\n"
TWO = (
    f"{HEADING}1;Kim Ly;Dezernat II / Bürgerbüro;kim@hellingen.example\n"
    "2;Lou Berg;Archiv;\n"
)


@pytest.fixture
def desk(manager: User) -> Client:
    return browser_of(manager)


@pytest.fixture
def base(city: Organisation) -> str:
    return f"/gruppen/schulung/{city.pk}/"


def upload(desk: Client, base: str, text: str) -> Any:
    file = SimpleUploadedFile("liste.csv", text.encode())
    return desk.post(f"{base}liste/", {"file": file})


def hidden(response: Any) -> dict[str, str]:
    page = BeautifulSoup(response.content, "html.parser")
    fields = page.select("main input[type=hidden]")
    return {str(field["name"]): str(field["value"]) for field in fields}


def confirm(desk: Client, base: str, text: str, **typed: str) -> Any:
    return desk.post(f"{base}liste/", hidden(upload(desk, base, text)) | typed)


def everything() -> list[Any]:
    models = (Employee, Unit, Assignment, Assigned)
    return [list(model.objects.order_by("pk").values()) for model in models]


# --- The list -------------------------------------------------------------------------


def test_a_list_is_shown_before_anything_is_written(desk: Client, base: str) -> None:
    preview = upload(desk, base, TWO)
    assert "Was die Liste ändert" in text_of(preview)
    assert "Neu: 2" in text_of(preview)
    assert not Employee.objects.exists()
    done = desk.post(f"{base}liste/", hidden(preview))
    assert "Die Liste ist geändert" in text_of(done)
    assert {each.name for each in Employee.objects.all()} == {"Kim Ly", "Lou Berg"}
    assert "genau wie in der Datei" in text_of(upload(desk, base, TWO))


def test_a_preview_says_what_ends_for_whoever_is_gone_and_what_holds_again(
    desk: Client, base: str
) -> None:
    one = TWO.replace("2;Lou Berg;Archiv;\n", "")
    confirm(desk, base, TWO)
    ends = "enden Zuweisungen, Zurückstellungen und Einladungen"
    assert ends in text_of(upload(desk, base, one))
    confirm(desk, base, one)
    again = "1 Person ist erst in diesem Monat gegangen: Zuweisungen und"
    assert again in text_of(upload(desk, base, TWO))
    done = text_of(confirm(desk, base, TWO))
    assert "hat Zuweisungen und Zurückstellungen wieder" in done
    assert "noch nichts zu erledigen" not in done
    confirm(desk, base, one)
    Employee.objects.filter(left__isnull=False).update(left=date(2020, 1, 1))
    earlier = text_of(upload(desk, base, TWO))
    assert "vor diesem Monat gegangen" in earlier
    assert again not in earlier


def test_a_mailbox_that_several_share_is_taken_and_said(
    desk: Client, base: str
) -> None:
    shared = f"{TWO}3;Ada Fuchs;Archiv;KIM@hellingen.example\n"
    preview = upload(desk, base, shared)
    said = "kim@hellingen.example : Ada Fuchs (3), Kim Ly (1)"
    assert said in text_of(preview)
    assert "kann die Einladung jeder dieser Personen öffnen" in text_of(preview)
    desk.post(f"{base}liste/", hidden(preview))
    address = Employee.objects.filter(email="kim@hellingen.example")
    assert {each.reference for each in address} == {"1", "3"}
    assert "dieselbe Adresse" not in text_of(upload(desk, base, TWO))


def test_a_number_that_is_issued_again_is_doubted_before_anything_is_written(
    desk: Client, base: str
) -> None:
    """Whoever gets it would take over the evidence of who had it before."""
    confirm(desk, base, TWO)
    Employee.objects.filter(reference="1").update(left=this_month(), email="")
    preview = text_of(upload(desk, base, TWO.replace("Kim Ly", "Ada Fuchs")))
    assert "Wurden Nummern neu vergeben?" in preview
    assert "1: Kim Ly → Ada Fuchs" in preview
    assert "der Person in der Datei eine andere Nummer geben" in preview
    same = text_of(upload(desk, base, TWO.replace("Kim Ly", "kim ly")))
    assert "Wieder dabei: 1" in same
    assert "neu vergeben" not in same


def test_what_is_wrong_is_listed_by_line_and_nothing_written(
    desk: Client, base: str
) -> None:
    response = upload(desk, base, f"{TWO}2;Doppelt;;\n3;;;\n")
    assert response.status_code == 422
    text = text_of(response)
    assert "2 Stellen sind zu berichtigen" in text
    assert "Zeile 4: „2“ steht schon in Zeile 3." in text
    assert "Zeile 5: Der Name fehlt." in text
    assert not Employee.objects.exists()


def test_a_list_that_loses_many_needs_their_number(desk: Client, base: str) -> None:
    many = HEADING + "".join(f"{n};Kim {n};Archiv;\n" for n in range(20))
    confirm(desk, base, many)
    before = everything()
    few = HEADING + "0;Kim 0;Archiv;\n"
    for typed in ({}, {"gone": "5"}):
        refused = confirm(desk, base, few, **typed)
        assert refused.status_code == 422
        assert "Ist das die richtige Datei?" in text_of(refused)
        assert everything() == before
    confirm(desk, base, few, gone="19")
    assert Employee.objects.filter(left=None).count() == 1


def test_a_list_changed_in_between_is_shown_anew(desk: Client, base: str) -> None:
    shown = hidden(upload(desk, base, TWO))
    confirm(desk, base, f"{HEADING}9;Ada Fuchs;Archiv;\n")
    before = everything()
    response = desk.post(f"{base}liste/", shown)
    assert response.status_code == 422
    assert "Die Liste wurde inzwischen geändert." in text_of(response)
    assert everything() == before


def test_a_forged_list_writes_nothing(desk: Client, base: str) -> None:
    response = desk.post(f"{base}liste/", {"lines": "gefälscht", "digest": ""})
    assert "Diese Vorschau ist zu alt." in text_of(response)
    assert not Employee.objects.exists()


def test_no_file_is_asked_for_in_words(desk: Client, base: str) -> None:
    response = desk.post(f"{base}liste/")
    assert response.status_code == 422
    assert "Bitte eine Datei auswählen." in text_of(response)


# --- People ---------------------------------------------------------------------------


def test_people_are_found_by_name_number_and_unit(desk: Client, base: str) -> None:
    confirm(desk, base, TWO)
    pages = {
        "?q=kim": "Kim Ly",
        "?q=2": "Lou Berg",
        f"?einheit={Unit.objects.get(name='Dezernat II').pk}": "Kim Ly",
    }
    for query, name in pages.items():
        rows = BeautifulSoup(
            desk.get(f"{base}personen/{query}").content, "html.parser"
        ).select("tbody th")
        assert [row.get_text() for row in rows] == [name]


def test_a_person_is_changed_and_leaves(desk: Client, base: str) -> None:
    confirm(desk, base, TWO)
    kim = Employee.objects.get(reference="1")
    values = {"name": "Kim Nguyen", "email": "", "unit": str(kim.unit_id)}
    page = f"{base}personen/{kim.pk}/"
    for name in ("", "Kim\x08"):
        assert desk.post(page, values | {"name": name}).status_code == 422
    desk.post(page, values)
    assert Employee.objects.get(pk=kim.pk).name == "Kim Nguyen"
    desk.post(page, {"leave": "1"})
    assert desk.get(page).status_code == 404
    assert "Kim" not in text_of(desk.get(f"{base}personen/"))
    delete_old_evidence()
    assert not Employee.objects.filter(pk=kim.pk).exists()


def test_a_unit_is_renamed_but_not_put_below_itself(desk: Client, base: str) -> None:
    confirm(desk, base, TWO)
    top = Unit.objects.get(name="Dezernat II")
    below = Unit.objects.get(name="Bürgerbüro")
    page = f"{base}einheiten/{top.pk}/"
    wrong = desk.post(page, {"name": "Dezernat 2", "parent": str(below.pk)})
    assert wrong.status_code == 422
    desk.post(page, {"name": "Dezernat 2", "parent": ""})
    assert Unit.objects.get(pk=top.pk).name == "Dezernat 2"


def test_units_that_somebody_else_moved_meanwhile_are_said(
    desk: Client, base: str
) -> None:
    confirm(desk, base, TWO)
    top, archive = (Unit.objects.get(name=n) for n in ("Dezernat II", "Archiv"))
    moved: list[str] = []

    def move_first(execute: Any, sql: str, *args: Any) -> Any:
        if '"courses_unit"."name" = ' in sql and not moved:  # the form was fine so far
            moved.append(sql)
            Unit.objects.filter(pk=archive.pk).update(parent=top)
        return execute(sql, *args)

    with connection.execute_wrapper(move_first):
        refused = desk.post(
            f"{base}einheiten/{top.pk}/",
            {"name": "Dezernat II", "parent": str(archive.pk)},
        )
    assert refused.status_code == 422
    assert "Die Einheiten wurden inzwischen geändert." in text_of(refused)
    assert Unit.objects.get(pk=top.pk).parent is None


def test_before_units_become_one_stands_what_that_means(
    desk: Client, base: str
) -> None:
    confirm(desk, base, TWO)
    archive = Unit.objects.get(name="Archiv")
    twin = Unit.objects.get(name="Dezernat II")
    page = f"{base}einheiten/{archive.pk}/"
    wanted = {"name": twin.name, "parent": ""}

    asked = desk.post(page, wanted)

    assert "auch in denen vergangener Monate" in text_of(asked)
    assert Unit.objects.filter(pk=archive.pk).exists()
    # Confirmed is what was read: no other unit.
    desk.post(page, {**wanted, "merge": str(archive.pk)})
    assert Unit.objects.filter(pk=archive.pk).exists()
    desk.post(page, {**wanted, "merge": str(twin.pk)})
    assert not Unit.objects.filter(pk=archive.pk).exists()
    assert Employee.objects.get(reference="2").unit == twin


def test_names_typed_are_written_as_a_list_writes_them(
    desk: Client, base: str, city: Organisation
) -> None:
    """Or the next list would find everybody moved and renamed."""
    confirm(desk, base, TWO)
    lou = Employee.objects.get(reference="2")
    typed = unicodedata.normalize("NFD", "Lou  Börg\u200b")
    values = {"name": typed, "email": "", "unit": str(lou.unit_id)}
    desk.post(f"{base}personen/{lou.pk}/", values)
    typed = unicodedata.normalize("NFD", "Gedächtnis")
    desk.post(f"{base}einheiten/{lou.unit_id}/", {"name": typed, "parent": ""})
    lou.refresh_from_db()
    assert (lou.name, lou.unit.name) == ("Lou Börg", "Gedächtnis")


@pytest.mark.parametrize("name", ["Jugend/Soziales", "Jugend > Soziales"])
def test_the_name_of_a_unit_has_nothing_in_it_that_parts_units(
    desk: Client, base: str, name: str
) -> None:
    confirm(desk, base, TWO)
    archive = Unit.objects.get(name="Archiv")
    refused = desk.post(f"{base}einheiten/{archive.pk}/", {"name": name, "parent": ""})
    assert refused.status_code == 422
    assert "Eine Liste trennt Einheiten mit „/“ und „>“." in text_of(refused)
    assert Unit.objects.filter(name="Archiv").exists()


# --- Assigning ------------------------------------------------------------------------


@pytest.fixture
def assign(desk: Client, base: str, shelf: Shelf) -> Callable[..., Any]:
    """Return how the course is assigned, by the form."""
    confirm(desk, base, TWO)

    def post(**changed: Any) -> Any:
        values = {
            "course": str(shelf.course.translation_key),
            "due": (timezone.localdate() + timedelta(days=60)).isoformat(),
            "renewal": "rolling",
            "valid_months": "12",
            "whom": "all",
            **changed,
        }
        return desk.post(f"{base}zuweisen/", values)

    return post


def test_a_day_that_nobody_can_mean_is_refused(assign: Callable[..., Any]) -> None:
    refused = assign(due="9999-12-31", confirm="1")
    assert refused.status_code == 422
    assert "Dieser Tag liegt mehr als zehn Jahre voraus." in text_of(refused)
    assert not Assignment.objects.exists()


def test_assigning_is_shown_first(assign: Callable[..., Any], shelf: Shelf) -> None:
    preview = text_of(assign())
    assert "2 Personen zuweisen?" in preview
    assert shelf.course.title in preview
    assert not Assignment.objects.exists()
    assert assign(confirm="1").status_code == 302
    assert Assigned.objects.count() == 2


def test_units_and_single_people_can_be_meant(assign: Callable[..., Any]) -> None:
    unit = Unit.objects.get(name="Dezernat II")
    assert "1 Person zuweisen?" in text_of(assign(whom="units", units=[str(unit.pk)]))
    typed = "2\nKIM@hellingen.example\n\n"
    assert "2 Personen zuweisen?" in text_of(assign(whom="list", references=typed))
    typed = "2; KIM@hellingen.example"
    assert "2 Personen zuweisen?" in text_of(assign(whom="list", references=typed))


def test_people_are_found_however_their_marks_are_typed(
    assign: Callable[..., Any], city: Organisation
) -> None:
    Employee.objects.filter(reference="2").update(reference="müller")
    typed = unicodedata.normalize("NFD", "müller\u200b")
    assert "1 Person zuweisen?" in text_of(assign(whom="list", references=typed))


def test_a_preview_says_for_whom(assign: Callable[..., Any]) -> None:
    unit = Unit.objects.get(name="Dezernat II")
    assert "Für wen Für alle auf der Liste" in text_of(assign())
    some = text_of(assign(whom="units", units=[str(unit.pk)]))
    assert "Für wen Dezernat II" in some
    assert "Für wen Kim Ly" in text_of(assign(whom="list", references="1"))


def test_units_that_are_ticked_are_never_taken_for_everybody(
    assign: Callable[..., Any],
) -> None:
    unit = Unit.objects.get(name="Dezernat II")
    response = assign(units=[str(unit.pk)], confirm="1")
    assert response.status_code == 422
    assert "Sind sie gemeint oder alle?" in text_of(response)
    assert not Assignment.objects.exists()


def test_no_course_is_chosen_beforehand(desk: Client, base: str, shelf: Shelf) -> None:
    confirm(desk, base, TWO)
    page = BeautifulSoup(desk.get(f"{base}zuweisen/").content, "html.parser")
    first = page.select("[name=course] option")[0]
    assert first["value"] == ""


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"due": "2020-01-01"}, "Dieser Tag ist vorbei."),
        ({"whom": "units"}, "Damit ist niemand gemeint."),
        ({"whom": "list", "references": "99"}, "„99“ steht nicht auf der Liste."),
        ({"valid_months": "0"}, "größer oder gleich 1"),
        ({"course": ""}, "Bitte einen Kurs wählen."),
    ],
)
def test_what_cannot_be_assigned_is_said(
    assign: Callable[..., Any], changed: dict[str, str], words: str
) -> None:
    response = assign(**changed, confirm="1")
    assert response.status_code == 422
    assert words in text_of(response)
    assert not Assignment.objects.exists()


@pytest.fixture
def yearly(city: Organisation, shelf: Shelf, desk: Client, base: str) -> Assignment:
    """The course, assigned to Kim by the last day of March each year; Lou is new."""
    confirm(desk, base, TWO)
    kim = Employee.objects.get(reference="1")
    assignment, _new = services.assign(
        organisation=city,
        course_key=shelf.course.translation_key,
        due=date(2026, 3, 31),
        renewal=Renewal.YEARLY,
        valid_months=12,
        people=[kim],
    )
    return assignment


def add_page(desk: Client, base: str, known: Assignment) -> tuple[str, dict[str, str]]:
    """Return the address that adds people, and what its form begins with."""
    address = f"{base}zuweisen/?zu={known.pk}"
    link = parsed(desk.get(f"{base}zuweisung/{known.pk}/")).find(
        "a", string="Personen dazunehmen"
    )
    assert link is not None
    assert link["href"] == address
    form = desk.get(address).context["form"]
    names = ("course", "due", "renewal", "valid_months", "whom")
    return address, {name: str(form[name].value()) for name in names}


def parsed(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


@time_machine.travel(date(2026, 11, 27), tick=False)
def test_a_newcomer_gets_a_day_that_is_over_and_nobody_else_another(
    yearly: Assignment, desk: Client, base: str
) -> None:
    address, values = add_page(desk, base, yearly)
    values["references"] = "2"
    preview = text_of(desk.post(address, values))
    assert "1 Person zuweisen?" in preview
    assert "Wer den Kurs schon hat, behält, was da ist." in preview
    assert desk.post(address, {**values, "confirm": "1"}).status_code == 302
    yearly.refresh_from_db()
    assert (yearly.due, yearly.renewal) == (date(2026, 3, 31), Renewal.YEARLY)
    assert yearly.assigned.filter(until=None).count() == 2


@time_machine.travel(date(2026, 11, 27), tick=False)
@pytest.mark.parametrize(
    "changed", [{"due": "2026-12-15"}, {"renewal": "rolling"}], ids=["day", "renewal"]
)
def test_a_preview_says_whose_dates_change_as_well(
    yearly: Assignment, desk: Client, base: str, changed: dict[str, str]
) -> None:
    address, values = add_page(desk, base, yearly)
    preview = text_of(desk.post(address, {**values, "references": "2", **changed}))
    assert (
        "Auch die Termine von 1 Person, die den Kurs schon hat, ändern sich." in preview
    )
    assert "Bisher: bis 31. März 2026, In jedem Kalenderjahr." in preview


@time_machine.travel(date(2026, 11, 27), tick=False)
def test_another_day_that_is_over_is_refused_for_a_known_course(
    yearly: Assignment, desk: Client, base: str
) -> None:
    address, values = add_page(desk, base, yearly)
    values |= {"references": "2", "due": "2026-03-30", "confirm": "1"}
    assert "Dieser Tag ist vorbei." in text_of(desk.post(address, values))


@pytest.mark.parametrize("asked", ["", "0", "3f0ac7f1-51c0-4a3c-9be1-f2d0c6c66b1e"])
def test_people_are_added_to_no_assignment_that_is_not_there(
    desk: Client, base: str, asked: str
) -> None:
    assert desk.get(f"{base}zuweisen/?zu={asked}").status_code == 404


def test_people_are_deferred_and_the_course_is_withdrawn(
    assign: Callable[..., Any], desk: Client
) -> None:
    page = assign(confirm="1")["Location"]
    kim = Employee.objects.get(reference="1")
    desk.post(page, {"person": str(kim.pk), "defer": "1"})
    assert [each.employee for each in Assigned.objects.filter(is_deferred=True)] == [
        kim
    ]
    desk.post(page, {"person": str(kim.pk), "resume": "1"})
    assert not Assigned.objects.filter(is_deferred=True).exists()
    desk.post(page, {"person": str(kim.pk), "withdraw": "1"})
    assert [each.employee.reference for each in Assigned.objects.all()] == ["2"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("defer", "1 Person ist zurückgestellt."),
        ("resume", "1 Person ist nicht mehr zurückgestellt."),
        ("withdraw", "1 Person muss den Kurs nicht mehr machen."),
    ],
)
def test_a_change_says_for_how_many_it_was_made(
    assign: Callable[..., Any], desk: Client, change: str, words: str
) -> None:
    page = assign(confirm="1")["Location"]
    kim = Employee.objects.get(reference="1")
    done = desk.post(page, {"person": str(kim.pk), change: "1"}, follow=True)
    assert words in text_of(done)
    nobody = desk.post(page, {change: "1"}, follow=True)
    assert "Niemand ist angekreuzt" in text_of(nobody)


# --- Invitations ----------------------------------------------------------------------


def test_whoever_has_an_address_is_invited_by_mail_once(
    assign: Callable[..., Any], desk: Client
) -> None:
    page = assign(confirm="1")["Location"]
    assert "1 Person per E-Mail einladen" in text_of(desk.get(page))
    said = text_of(desk.post(f"{page}mails/", follow=True))
    assert "1 Person ist per E-Mail eingeladen." in said
    desk.post(f"{page}mails/")
    [sent] = mail.outbox
    due = timezone.localdate() + timedelta(days=60)
    assert f"zu erledigen bis {date_format(due)}" in sent.body
    assert sent.to == ["kim@hellingen.example"]
    secret = re.findall(r"/einladung/#([\w-]+)", sent.body)[0]
    invited = employee_of_invitation(secret)
    assert invited is not None
    assert invited.reference == "1"
    assert "&" not in sent.body


def test_a_double_click_sends_no_invitation_that_opens_nothing(
    assign: Callable[..., Any],
    desk: Client,
    manager: User,
    base: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The second click comes while the first one is at its second mail."""
    rows = [f"{n};Person {n};Archiv;p{n}@hellingen.example" for n in range(3, 7)]
    confirm(desk, base, TWO + "\n".join(rows))
    page = assign(confirm="1")["Location"]
    other = browser_of(manager)
    send = EmailMessage.send

    def send_and_click(message: EmailMessage, **kwargs: Any) -> Any:
        if len(mail.outbox) == 1:
            monkeypatch.setattr(EmailMessage, "send", send)
            said = text_of(other.post(f"{page}mails/", follow=True))
            assert "3 Personen sind per E-Mail eingeladen." in said
        return send(message, **kwargs)

    monkeypatch.setattr(EmailMessage, "send", send_and_click)
    said = text_of(desk.post(f"{page}mails/", follow=True))

    assert "2 Personen sind per E-Mail eingeladen." in said
    assert "keine Mail bekommen" not in said
    found = [re.findall(r"/einladung/#([\w-]+)", each.body)[0] for each in mail.outbox]
    opened = [employee_of_invitation(secret) for secret in found]
    invited = [each.email for each in opened if each is not None]
    assert invited == [each.to[0] for each in mail.outbox]
    assert len(set(invited)) == 5


def test_a_refused_mail_ends_no_invitation_made_meanwhile(
    assign: Callable[..., Any], desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = assign(confirm="1")["Location"]
    kim = Employee.objects.get(reference="1")
    printed: list[str] = []

    def print_and_refuse(_message: EmailMessage, **_kwargs: Any) -> int:
        printed.append(invite([kim])[kim])
        raise SMTPRecipientsRefused({})

    monkeypatch.setattr(EmailMessage, "send", print_and_refuse)
    desk.post(f"{page}mails/")
    assert employee_of_invitation(printed[0]) == kim


def test_a_second_click_says_why_it_did_nothing(
    assign: Callable[..., Any], desk: Client
) -> None:
    page = assign(confirm="1")["Location"]
    desk.post(f"{page}mails/")
    again = text_of(desk.post(f"{page}mails/", follow=True))
    assert "Jetzt ging keine E-Mail hinaus." in again
    desk.post(f"{page}karten/")
    again = text_of(desk.post(f"{page}karten/", follow=True))
    assert "Keine Karte wurde gemacht" in again


def test_a_mail_server_that_refuses_leaves_nobody_invited(
    assign: Callable[..., Any], desk: Client, settings: Any
) -> None:
    page = assign(confirm="1")["Location"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    response = desk.post(f"{page}mails/")
    assert response.status_code == 422
    assert "hat keine E-Mail angenommen" in text_of(response)
    assert not Employee.objects.exclude(invitation=None).exists()


def test_an_address_that_is_refused_keeps_no_mail_from_the_others(
    assign: Callable[..., Any], desk: Client, base: str, post_office: Any
) -> None:
    file = f"{TWO}3;Ada Fuchs;Archiv;ada@hellingen.example\n"
    confirm(desk, base, file)
    page = assign(confirm="1")["Location"]
    server = post_office("550 unbekannt", "250 ja")
    desk.post(f"{page}mails/")
    invited = Employee.objects.exclude(invitation=None)
    assert [each.name for each in invited] == ["Kim Ly"]
    assert server.recipients == []


def test_cards_are_shown_once_and_end_earlier_ones(
    assign: Callable[..., Any], desk: Client
) -> None:
    page = assign(confirm="1")["Location"]
    sheet = desk.post(f"{page}karten/")
    assert sheet["Cache-Control"] == "no-store, private"
    cards = BeautifulSoup(sheet.content, "html.parser").select(".class-card-secret")
    first = [card.get_text() for card in cards]
    assert len(first) == 2
    kim = Employee.objects.get(reference="1")
    desk.post(f"{page}karten/", {"person": str(kim.pk)} | hidden(desk.get(page)))
    still = [each for each in map(employee_of_invitation, first) if each is not None]
    assert [each.reference for each in still] == ["2"]


def test_a_sheet_that_is_reloaded_ends_none_of_its_cards(
    assign: Callable[..., Any], desk: Client
) -> None:
    page = assign(confirm="1")["Location"]
    kim = Employee.objects.get(reference="1")
    sent = {"person": str(kim.pk)} | hidden(desk.get(page))
    sheet = desk.post(f"{page}karten/", sent)
    card = BeautifulSoup(sheet.content, "html.parser").select_one(".class-card-secret")
    assert card is not None

    again = desk.post(f"{page}karten/", sent)

    assert again.status_code == 422
    assert "Niemand hat eine neue erhalten" in text_of(again)
    assert employee_of_invitation(card.get_text()) == kim


def test_cards_of_namesakes_carry_their_numbers(
    assign: Callable[..., Any], desk: Client
) -> None:
    page = assign(confirm="1")["Location"]
    Employee.objects.filter(reference="2").update(name="Kim Ly")
    # One alone on the sheet, too: the other got theirs before.
    Employee.objects.filter(reference="1").update(invitation="x")
    sheet = desk.post(f"{page}karten/")
    [name] = BeautifulSoup(sheet.content, "html.parser").select(".class-card-number")
    assert name.get_text() == "Kim Ly 2"


def test_a_card_says_where_it_goes_and_until_when(
    assign: Callable[..., Any], desk: Client
) -> None:
    """Cards are handed out by units, and lie there without a word of explanation."""
    page = assign(confirm="1")["Location"]
    Employee.objects.filter(reference="1").update(name="Aaron Ly")
    sheet = desk.post(f"{page}karten/")
    found = BeautifulSoup(sheet.content, "html.parser").select(".class-card")
    cards = [" ".join(card.get_text(" ").split()) for card in found]
    assert len(cards) == 2
    assert cards[0].startswith("Lou Berg")
    assert cards[0].partition("QR-Code")[0].strip().endswith("Archiv")
    assert cards[1].startswith("Aaron Ly")
    assert "Dezernat II / Bürgerbüro" in cards[1]
    due = timezone.localdate() + timedelta(days=60)
    assert all(f"zu erledigen bis {date_format(due)}" in card for card in cards)
    assert all("Code scannen" in card for card in cards)


@pytest.mark.parametrize(
    ("is_visible", "day"), [(False, "1. März"), (True, "30. November")]
)
def test_a_card_tells_nothing_that_no_night_has_shown(
    assign: Callable[..., Any], desk: Client, *, is_visible: bool, day: str
) -> None:
    """Else a sheet printed on the day of a test would say who had just passed it."""
    with time_machine.travel(date(2026, 11, 27), tick=False):
        page = assign(confirm="1", due="2027-03-01")["Location"]
        Evidence.objects.create(
            employee=Employee.objects.get(reference="1"),
            course_key=Assignment.objects.get().course_key,
            course_title="Kurs",
            month=date(2026, 11, 1),
            valid_until=date(2027, 11, 30),
            proof=Proof.TEST,
            is_visible=is_visible,
        )
        sheet = text_of(desk.post(f"{page}karten/"))
    assert f"zu erledigen bis {day} 2027 Dezernat II" in sheet


def test_who_is_read_on_a_card_can_read_that(
    assign: Callable[..., Any], desk: Client
) -> None:
    """A day a year ahead says that the course is done, and until when it holds."""
    page = assign(confirm="1")["Location"]
    kim = Employee.objects.get(reference="1")
    sent = {"person": str(kim.pk)} | hidden(desk.get(page))
    assert not EmployeeAccess.objects.exists()
    desk.post(f"{page}karten/", sent)
    today = timezone.localdate()
    assert sorted(EmployeeAccess.objects.values_list("employee", "role", "day")) == [
        (kim.pk, EmployeeAccess.INVITED, today),
        (kim.pk, Role.MANAGER.value, today),
    ]


def test_whom_a_mail_invites_can_read_that_and_nobody_was_read(
    assign: Callable[..., Any], desk: Client
) -> None:
    page = assign(confirm="1")["Location"]
    desk.post(f"{page}mails/")
    looks = EmployeeAccess.objects.values_list("employee__reference", "role")
    assert list(looks) == [("1", EmployeeAccess.INVITED)]


def test_only_who_is_assigned_gets_a_card(
    assign: Callable[..., Any], desk: Client
) -> None:
    page = assign(confirm="1")["Location"]
    desk.post(f"{page}karten/")
    kim = Employee.objects.get(reference="1")
    month = this_month()
    earlier = month - timedelta(days=1)
    Assigned.objects.filter(employee=kim).update(since=earlier, until=month)

    sent = {"person": str(kim.pk)} | hidden(desk.get(page))
    desk.post(f"{page}karten/", sent)

    kept = kim.invitation
    kim.refresh_from_db()
    assert kim.invitation == kept


# --- Who gets in ----------------------------------------------------------------------


def test_only_the_management_of_the_organisation_gets_in(
    city: Organisation, base: str
) -> None:
    other = Organisation.objects.create(
        name="Kreis", kind=Kind.ADMINISTRATION, ceiling=1
    )
    people = {
        "teacher": (city, Role.TEACHER),
        "auditor": (city, Role.AUDITOR),
        "manager elsewhere": (other, Role.MANAGER),
    }
    for name, (organisation, role) in people.items():
        user = User.objects.create_user(username=name.replace(" ", ""))
        StaffRole.objects.create(organisation=organisation, user=user, role=role.value)
        client = browser_of(user)
        for path in ("", "liste/", "personen/", "zuweisen/"):
            assert client.get(f"{base}{path}").status_code == 404, (name, path)


def test_a_password_alone_opens_nothing(manager: User, base: str) -> None:
    client = browser_of(manager, second_factor=False)
    assert client.get(base).status_code == 403


def test_the_list_takes_few_statements(
    desk: Client, base: str, django_assert_num_queries: Any
) -> None:
    people = "".join(f"{n};Kim {n};Amt {n % 20};\n" for n in range(100))
    confirm(desk, base, HEADING + people)
    desk.get(f"{base}personen/")
    with django_assert_num_queries(7):
        desk.get(f"{base}personen/")


@pytest.mark.usefixtures("in_november")
def test_the_overview_counts_the_people_of_all_assignments_in_one_statement(
    desk: Client,
    base: str,
    city: Organisation,
    clerk: Employee,
    django_assert_num_queries: Any,
) -> None:
    _assigned(city, clerk)
    _assigned(city, clerk)
    left = _assigned(city, clerk)
    tomorrow = timezone.localdate() + timedelta(days=1)
    Assigned.objects.filter(assignment=left).update(until=tomorrow)
    desk.get(base)

    with time_machine.travel(date(2026, 11, 16)), django_assert_num_queries(7):
        page = desk.get(base)
    with django_assert_num_queries(10):  # and what goes within 14 days
        desk.get(base)

    assert [row.people for row in page.context["rows"]] == [1, 1]
    assert [row.assignment for row in page.context["ended"]] == [left]


def test_a_course_that_is_withdrawn_from_everybody_leaves_lists_and_then_the_tables(
    desk: Client, base: str, city: Organisation, clerk: Employee
) -> None:
    begun = date(2026, 3, 1)
    old, young = _assigned(city, clerk), _assigned(city, clerk)
    with time_machine.travel(begun, tick=False):
        Assigned.objects.filter(assignment=old).update(since=begun)
    with time_machine.travel(date(2026, 4, 10), tick=False):
        Assigned.objects.filter(assignment=young).update(since=date(2026, 4, 1))
        for each in (old, young):
            services.withdraw(each, [clerk])
        sessions = text_of(desk.get(f"{base}praesenz/"))
        assert "niemand einen Kurs zu erledigen" in sessions
        page = desk.get(base)
        assert page.context["rows"] == []
        assert "Niemand hat diese mehr zu erledigen" in text_of(page)
        delete_old_evidence()
        # The end of March is told, and of the other no month.
        assert [each.pk for each in Assignment.objects.all()] == [old.pk]
        assert desk.get(f"{base}zuweisung/{old.pk}/faellig/").status_code == 200
    with time_machine.travel(date(2029, 4, 1), tick=False):
        delete_old_evidence()
        assert not Assignment.objects.exists()


def test_yearly_training_shows_the_day_of_this_year(
    desk: Client, base: str, city: Organisation, clerk: Employee, manager: User
) -> None:
    assignment = _assigned(city, clerk)
    assignment.due, assignment.renewal = date(2025, 3, 31), Renewal.YEARLY
    assignment.save()
    page = f"{base}zuweisung/{assignment.pk}/"
    for today, shown in (
        (date(2024, 12, 1), "bis 31. März 2025"),
        (date(2027, 1, 1), "bis 31. März 2027"),
        (date(2027, 12, 31), "bis 31. März 2027"),
    ):
        with time_machine.travel(today, tick=False):
            desk.force_login(manager, "learnsite.accounts.backends.LearningKeyBackend")
            assert shown in text_of(desk.get(base))
            assert shown in text_of(desk.get(page))


def _assigned(city: Organisation, clerk: Employee) -> Assignment:
    day = timezone.localdate()
    assignment = Assignment.objects.create(
        organisation=city, course_key=uuid4(), due=day
    )
    Assigned.objects.create(
        assignment=assignment, employee=clerk, unit=clerk.unit, since=day
    )
    return assignment
